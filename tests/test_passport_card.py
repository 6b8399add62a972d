"""Cards: a code that another program reads back to the very bytes, on paper where a telephone can read it."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator import registry, signatures
from generator.passports import card, lettering, packing, pdf, qr
from generator.passports.card import CARD, LANGUAGES, SHEET, Face, Format
from generator.passports.values import Claim
from generator.registry import Registry
from tests.passport_typical import SITE, credential

ROOT = Path(__file__).parent.parent
CLAIM = Claim(
    id="urn:uuid:0", issuer="gh/tamale-open-workshop", holder="urn:uuid:1", name="Akosua Mensah-Boateng",
    competence="laser-cutter-operation", version=1, level=2, assessed_on=date(2026, 5, 11),
    valid_from=datetime(2026, 5, 12, tzinfo=UTC), valid_until=datetime(2028, 5, 11, tzinfo=UTC), basis="assessment",
    note="", status_list="", status_index=1,
)  # fmt: skip
DRAWN = """async ([picture, width, height]) => {
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture);
  await image.decode();
  const canvas = new OffscreenCanvas(width, height), pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0, width, height);
  const all = pen.getImageData(0, 0, width, height).data;
  return Array.from({ length: height }, (_, y) => {
    const row = Array.from({ length: width }, (_, x) => String.fromCharCode(all[(y * width + x) * 4 + 1]));
    return btoa(row.join(""));
  });
}"""
BOXES = """(picture) => {
  document.body.innerHTML = picture;
  const box = (one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return [left, right, top, bottom]; };
  return [box(document.querySelector("path")), ...[...document.querySelectorAll("text")].map(box)];
}"""  # noqa: E501  # JavaScript


@pytest.fixture(scope="module")
def known() -> Registry:
    return registry.load(ROOT / "tests/mini/registry", as_of=date(2026, 6, 30))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def made(face: Face, digits: str, paper: Format) -> str:
    found = card.coded(SITE, digits)
    assert found is not None
    return card.svg(face, found[1], paper)


def read(pixels: np.ndarray) -> list[str]:
    return [one.text for one in zxingcpp.read_barcodes(pixels)]


@pytest.mark.parametrize("name", ["", "Akosua Mensah-Boateng"])
@pytest.mark.parametrize("level", ["L", "M"])
def test_another_program_reads_the_bytes_back(name: str, level: str) -> None:
    document = credential(name)
    made = qr.code(SITE, packing.pack(document), level)
    assert made is not None
    squares = 255 - 255 * np.array([list(row) for row in made.rows], dtype=np.uint8)
    (scanned,) = read(np.kron(np.pad(squares, qr.QUIET, constant_values=255), np.ones((3, 3), np.uint8)))
    digits = packing.digits_of(scanned)
    assert isinstance(digits, str)
    assert scanned == packing.address(SITE, digits)
    assert packing.unpack(digits) == signatures.canonical(document)


def test_a_scratch_does_no_harm() -> None:
    made = qr.code(SITE, packing.pack(credential("Ama")), "M")
    assert made is not None
    squares = np.pad(255 - 255 * np.array([list(row) for row in made.rows], dtype=np.uint8), 4, constant_values=255)
    squares[30:42, 40:52] = 0
    assert len(read(np.kron(squares, np.ones((3, 3), np.uint8)))) == 1


def test_a_typical_credential_stands_on_a_card() -> None:
    versions = []
    for name in ("", "Akosua Mensah-Boateng"):
        paper, code = card.coded(SITE, packing.pack(credential(name))) or (SHEET, None)
        assert code is not None
        assert (paper, code.level) == (CARD, "M")
        versions.append((code.size - 17) // 4)
    assert max(versions) <= 17


@pytest.mark.parametrize(
    ("digits", "paper"), [(2400, "card M"), (2900, "card L"), (4000, "sheet M"), (6000, "sheet L"), (7100, "")]
)
def test_the_paper_is_the_smallest_that_a_telephone_reads(digits: int, paper: str) -> None:
    found = card.coded(SITE, "1" * digits)
    assert (f"{found[0].name} {found[1].level}" if found else "") == paper
    if found:
        assert re.search(r"scale\(([0-9.]+)\)", card.svg(FACE, found[1], found[0]))[1] >= "0.35"  # type: ignore[index]


FACE = Face(
    language="en", title="Maker passport", competence="Laser cutter operation", level="Level 2: operator",
    holder="Akosua", by=("Assessed by", "Tamale"), days=(("Assessed on", "11 May 2026"),), scan="Scan", site="x.org",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_face_says_what_the_claim_does(known: Registry, language: str) -> None:
    face = card.face(known, CLAIM, language, SITE)
    assert face.holder == "Akosua Mensah-Boateng"
    assert "2" in face.level
    assert "2026" in face.days[0][1]
    assert "2028" in face.days[1][1]
    assert face.site == "karakana-registry.github.io/karakana"
    other = card.face(known, replace(CLAIM, basis="recognition", valid_until=None, name=""), language, SITE)
    assert other.by[0] != face.by[0]
    assert len(other.days) == 1
    unknown = card.face(known, replace(CLAIM, competence="none", issuer="xx/none", level=9), language, SITE)
    assert (unknown.competence, unknown.by[1]) == ("none", "xx/none")
    assert unknown.level.endswith("9")


HOSTILE = '</text><script>alert(1)</script>&" \u202e\x00\ud800\ufffe]]>'


@pytest.mark.parametrize("paper", [CARD, SHEET])
def test_a_text_is_never_markup(paper: Format) -> None:
    face = replace(FACE, title=HOSTILE, competence=HOSTILE, holder=HOSTILE, by=(HOSTILE, HOSTILE), site=HOSTILE)
    picture = made(face, packing.pack(credential()), paper)
    assert {one.tag.partition("}")[2] for one in ET.fromstring(picture).iter()} == {
        "svg", "title", "rect", "g", "path", "text"
    }  # fmt: skip
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\ud800\ufffe]", picture)
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")


@given(st.text(max_size=80), st.floats(1, 30), st.integers(1, 3), st.booleans())
def test_lines_fit_and_lose_nothing_untold(text: str, ems: float, most: int, is_bold: bool) -> None:
    shown = lettering.clean(text)
    found = lettering.lines(shown, ems, most, is_bold=is_bold)
    assert len(found) <= most
    for line in found:
        assert lettering.width(line, is_bold=is_bold) <= ems + 1e-6 or len(line.rstrip("…")) <= 1 or _marks(line)
    if not found or not found[-1].endswith("…"):
        assert "".join("".join(found).split()) == "".join(shown.split())


def _marks(line: str) -> bool:
    """Tell whether a line is one letter, which is never broken, with marks of no width."""
    return sum(lettering.width(char, is_bold=False) > 0 for char in line.rstrip("…")) <= 1


LONG = ("Wolfeschlegelsteinhausenbergerdorff " + "Nwachukwu WWWWWWWWWWWW " * 9, "مركز التصنيع الرقمي والابتكار " * 6)


@pytest.mark.browser
@pytest.mark.parametrize("paper", [CARD, SHEET], ids=["card", "sheet"])
def test_no_text_reaches_the_code_or_the_edge(known: Registry, page: Page, paper: Format) -> None:
    """Distances in pixels of the screen, where a millimetre has 3.8."""
    digits = packing.pack(credential("Ama"))
    claims = [CLAIM, replace(CLAIM, name=LONG[0], issuer=LONG[0]), replace(CLAIM, name=LONG[1], competence=LONG[1])]
    for claim in claims:
        for language in LANGUAGES:
            page.set_content("<!doctype html><style>body{margin:0}svg{display:block}</style>")
            code, *texts = page.evaluate(BOXES, made(card.face(known, claim, language, SITE), digits, paper))
            quiet = qr.QUIET * (code[1] - code[0]) / 81
            assert len(texts) >= 8
            for left, right, _, bottom in texts:
                assert left >= 0, (claim, language)
                assert right <= paper.width * 96 / 25.4
                is_beside = right <= code[0] - quiet + 1 or left >= code[1] + quiet - 1
                assert is_beside or bottom <= code[2] - quiet + 3, (claim.name, language)
            for above, below in pairwise(texts):
                assert above[3] <= below[3] - 2, "one line hides another"


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("paper", [CARD, SHEET], ids=["card", "sheet"])
def test_the_picture_reads_back(known: Registry, page: Page, paper: Format, language: str) -> None:
    """At 200 dots per inch."""
    document = credential("Ama")
    picture = made(card.face(known, CLAIM, language, SITE), packing.pack(document), paper)
    width, height = round(paper.width * 8), round(paper.height * 8)
    rows = page.evaluate(DRAWN, [picture, width, height])
    pixels = np.frombuffer(b"".join(map(base64.b64decode, rows)), dtype=np.uint8)
    (scanned,) = read(pixels.reshape(height, width))
    digits = packing.digits_of(scanned)
    assert isinstance(digits, str)
    assert packing.unpack(digits) == signatures.canonical(document)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_card_becomes_a_pdf_of_its_size(known: Registry, language: str) -> None:
    picture = made(card.face(known, CLAIM, language, SITE), packing.pack(credential()), CARD)
    found, lacking = pdf.pdf(picture, CARD)
    assert not lacking
    assert found.startswith(b"%PDF-")
    box = re.search(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", found)
    assert box is not None
    assert [round(float(side) / 72 * 25.4, 1) for side in box.groups()] == [CARD.width, CARD.height]
    assert pdf.pdf(picture, CARD) == (found, ()), "the same bytes each time"


def test_letters_that_no_font_has_are_named() -> None:
    picture = made(replace(FACE, holder="Ama 木村 አማረ e\u0323\u0301"), packing.pack(credential()), CARD)
    assert pdf.pdf(picture, CARD) == (b"", ("ማ", "ረ", "አ", "木", "村"))
