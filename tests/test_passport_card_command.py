"""`karakana passport card`: a code that leads to the verifier page and holds the very bytes; nothing false gets one."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from generator import signatures
from generator.passports import card, packing, presentation, qr
from tests.commands import Done, karakana
from tests.passport_samples import SITE, made
from tests.test_decide_command import here as here  # noqa: PLC0414  a fixture
from tests.test_decide_command import publish

pytestmark = pytest.mark.usefixtures("alone")
SECOND = "urn:uuid:11111111-2222-4333-8444-555555555555"


def drawn(here: Path, *words: str, passport: str = "ama.json") -> Done:
    return karakana(here, "passport", "card", "-q", passport, *words)


def scanned(picture: str) -> str:
    """Return what a scanner reads in a card's picture: the squares as the path draws them."""
    (path,) = re.findall(r'<path d="([^"]+)"', picture)
    runs = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)]
    size = max(y for _, y, _ in runs) + 1
    squares = np.full((size, size), 255, dtype=np.uint8)
    for x, y, length in runs:
        squares[y, x : x + length] = 0
    (found,) = zxingcpp.read_barcodes(
        np.kron(np.pad(squares, qr.QUIET, constant_values=255), np.ones((4, 4), np.uint8))
    )
    return str(found.text)


@pytest.fixture
def two(here: Path) -> Path:
    """A passport with two credentials of one competence."""
    (here / "two.json").write_text(json.dumps(presentation.presented([made(), made(id=SECOND, level=1)])))
    return here


@pytest.mark.parametrize("paper", ["card", "sheet"])
def test_the_code_leads_to_the_page_and_reads_back_to_the_same_bytes(here: Path, paper: str) -> None:
    done = drawn(here, "--out", "ama.svg", "--paper", paper)
    assert (done.code, done.err) == (0, "")
    text = scanned((here / "ama.svg").read_text())
    assert text.startswith(f"{SITE}verify/#1.")
    digits = packing.digits_of(text)
    assert isinstance(digits, str)
    assert packing.unpack(digits) == signatures.canonical(made().document)
    size = {"card": ("85.6mm", "54mm"), "sheet": ("105mm", "148mm")}[paper]
    root = ET.parse(here / "ama.svg").getroot()
    assert (root.get("width"), root.get("height")) == size
    verified = karakana(here, "passport", "verify", "--on", "2026-11-22", text)
    assert verified.code == 0, "what was scanned is what the card was made of"
    assert (here / "ama.svg").stat().st_mode & 0o777 == 0o600


def test_the_face_has_the_registrys_words_in_a_language(here: Path) -> None:
    drawn(here, "--out", "fr.svg", "--language", "fr")
    picture = (here / "fr.svg").read_text()
    assert "Passeport de maker" in picture
    assert "Tamale Works" in picture
    assert "Adjoa N." in picture


def test_a_pdf_of_the_cards_size(here: Path) -> None:
    assert drawn(here, "--out", "ama.pdf").code == 0
    content = (here / "ama.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert re.search(rb"/MediaBox ?\[0 0 242\.6\d* 153\.0\d*\]", content)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--out", "x.svg"), "choose one with --credential"),
        (("--out", "x.svg", "--credential", "laser-operation"), "2 credentials are of 'laser-operation'"),
        (("--out", "x.svg", "--credential", "3"), "no credential is '3'"),
        (("--out", "x.png", "--credential", "1"), "ends in neither .svg nor .pdf"),
        (("--out", "."), "say --format svg or pdf"),
        (("--out", "two.json", "--format", "svg", "--credential", "1"), "two.json is there already"),
        (("--out", "none/x.svg", "--credential", "1"), "none is no folder"),
    ],
)
def test_what_has_to_be_said_first(two: Path, words: tuple[str, ...], told: str) -> None:
    before = sorted(path.name for path in two.iterdir())
    done = drawn(two, *words, passport="two.json")
    assert (done.code, told in done.err) == (2, True), done.err
    assert sorted(path.name for path in two.iterdir()) == before


@pytest.mark.parametrize("chosen", ["2", SECOND, made().claim.id])
def test_one_of_several(two: Path, chosen: str) -> None:
    assert drawn(two, "--out", "x.svg", "--credential", chosen, passport="two.json").code == 0
    digits = packing.digits_of(scanned((two / "x.svg").read_text()))
    assert isinstance(digits, str)
    found = presentation.opened(packing.unpack(digits))  # type: ignore[arg-type]
    assert isinstance(found, presentation.Passport)
    numbered = presentation.opened((two / "two.json").read_bytes())
    assert isinstance(numbered, presentation.Passport)
    wanted = numbered.credentials[1].claim.id if chosen == "2" else chosen
    assert found.credentials[0].claim.id == wanted


def test_a_card_of_each(two: Path) -> None:
    assert drawn(two, "--out", "cards", "--format", "svg", passport="two.json").code == 0
    assert sorted(path.name for path in (two / "cards").iterdir()) == ["laser-operation-1.svg", "laser-operation-2.svg"]


def test_nothing_false_gets_a_card(here: Path) -> None:
    forged = signatures.canonical(made().document).decode().replace('"level":2', '"level":3')
    (here / "forged.json").write_text(forged)
    done = drawn(here, "--out", "x.svg", passport="forged.json")
    assert (done.code, "the signature does not fit" in done.err) == (2, True)
    publish(here, 4711, at=datetime.now(UTC).replace(microsecond=0))  # an old list would not tell
    done = drawn(here, "--out", "x.svg")
    assert (done.code, "revoked the credential" in done.err) == (2, True), done.err
    assert not (here / "x.svg").exists()


def test_too_much_for_a_card_is_offered_a_sheet(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "LEAST_SQUARE", 0.6)  # as if telephones saw less: the texts of a credential are bounded
    done = drawn(here, "--out", "x.svg")
    assert (done.code, "--paper sheet has room for it" in done.err) == (2, True)
    assert drawn(here, "--out", "x.svg", "--paper", "sheet").code == 0
    monkeypatch.setattr(card, "LEAST_SQUARE", 6)
    done = drawn(here, "--out", "y.svg")
    assert (done.code, "let the maker carry the file instead" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "lacking"), [("أما منسا", ""), ("አማረ ከበደ", "አ (U+12A0)"), ("王小明", "王 (U+738B)"), ("Ọlá Ṣẹ́gun", "")]
)
def test_names_in_other_scripts(here: Path, name: str, lacking: str) -> None:
    (here / "named.json").write_text(json.dumps(made(name=name).document))
    assert drawn(here, "--out", "n.svg", passport="named.json").code == 0
    assert name.partition(" ")[0] in (here / "n.svg").read_text()
    done = drawn(here, "--out", "n.pdf", passport="named.json")
    assert done.code == (2 if lacking else 0), done.err
    assert lacking in done.err
    assert (here / "n.pdf").exists() == (not lacking)


def test_a_card_in_a_repository_is_warned_of(here: Path) -> None:
    (here / ".git").mkdir()
    done = drawn(here, "--out", "ama.svg")
    assert "do not commit it" in done.err
