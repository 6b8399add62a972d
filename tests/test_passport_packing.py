"""Packing a credential into digits and back, in the generator and in a browser: the same bytes, or a refusal."""

from __future__ import annotations

import hashlib
import subprocess
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator import signatures
from generator.passports import packing, reading
from generator.passports.values import Fault
from tests.passport_typical import SITE, credential

ROOT = Path(__file__).parent.parent
RUNNER = """
import { digitsOf, unpack } from "./app/passports/packing";
(globalThis as any).unpacked = async (all, dictionary) => {
  const bytes = new TextEncoder().encode(dictionary);
  const found = [];
  for (const digits of all) {
    const one = await unpack(digits, bytes);
    found.push(typeof one === "string" ? one : [...one].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  return found;
};
(globalThis as any).read = (all) => all.map((scanned) => { const one = digitsOf(scanned); return one.digits ?? one; });
"""
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
documents = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
PACKED = packing.pack(credential())


def crossed(data: bytes) -> str:
    """Return the digits of DEFLATE data whose check is right, whatever they hold."""
    return packing.to_digits(zlib.crc32(data).to_bytes(4, "big") + data)


def pressed(source: bytes) -> bytes:
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return press.compress(source) + press.flush()


BAD = {
    "": "not-digits", "12a": "not-digits", "١٢٣": "not-digits", " 1": "not-digits", "-1": "not-digits",
    "1" * 170_000: "too-long", "0": "misread", "9" * 17: "misread", "0" * 17: "misread", PACKED[:-1]: "misread",
    PACKED + "0": "misread", PACKED + "000": "misread", "000" + PACKED: "misread", crossed(b""): "misread",
    crossed(b"\xff"): "misread", crossed(pressed(b"[]")[:-1]): "misread", crossed(pressed(b"[]") + b"0"): "misread",
    crossed(pressed(bytes(64 * 1024 + 1))): "too-long", crossed(pressed(bytes(100_000_000))): "too-long",
    crossed(b"\x63\xff\xff\xff\xff"): "misread",
}  # fmt: skip


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    command = ["node_modules/.bin/esbuild", "--bundle", "--format=iife", "--loader=ts", "--target=es2020"]
    done = subprocess.run(command, cwd=ROOT / "site", input=RUNNER, capture_output=True, text=True, check=True)
    opened = browser.new_page()
    opened.evaluate(done.stdout)
    yield opened
    opened.close()


def browsed(page: Page, all: Sequence[str]) -> list[str]:
    """Return what the browser unpacks: hexadecimal digits, or a code."""
    given = [all, packing.dictionary().decode()]
    found: list[str] = page.evaluate("(given) => unpacked(...given)", given)
    return found


def told(digits: str) -> str:
    found = packing.unpack(digits)
    return found.code if isinstance(found, Fault) else found.hex()


def test_the_dictionary_never_changes() -> None:
    """What was packed with it is printed on cards."""
    known = "0e17f499137f4774d6efd0107a1a79b18ad46559073e329808085efd3cf6a2f8"
    assert hashlib.sha256(packing.dictionary()).hexdigest() == known
    assert len(packing.dictionary()) <= 32_768


@given(documents)
def test_whatever_is_packed_comes_back_canonical(document: Any) -> None:
    assert packing.unpack(packing.pack(document)) == signatures.canonical(document)


@given(st.binary(max_size=60))
def test_digits_are_bytes(data: bytes) -> None:
    digits = packing.to_digits(data)
    assert digits.isdigit() or not data
    assert packing.from_digits(digits) == data


@given(st.data())
def test_a_wrong_digit_is_told(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(PACKED) - 1))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != PACKED[at]]))
    assert told(PACKED[:at] + digit + PACKED[at + 1 :]) == "misread"


def test_every_digit_counts() -> None:
    for at, digit in enumerate(PACKED):
        assert told(PACKED[:at] + str((int(digit) + 1) % 10) + PACKED[at + 1 :]) == "misread"
        assert told(PACKED[:at] + PACKED[at + 1 :]) == "misread"


@given(st.text("0123456789", max_size=200) | st.text(max_size=20) | st.binary(max_size=80).map(crossed))
def test_no_digits_are_too_odd(digits: str) -> None:
    assert isinstance(packing.unpack(digits), bytes | Fault)


@pytest.mark.parametrize("digits", BAD, ids=lambda digits: f"{digits[:20]}-{len(digits)}")
def test_what_is_no_code_is_refused(digits: str) -> None:
    assert told(digits) == BAD[digits]


def test_a_document_too_long_is_not_packed() -> None:
    assert packing.unpack(packing.pack("x" * (packing.LIMIT_BYTES - 2))) == b'"' + b"x" * (64 * 1024 - 2) + b'"'
    with pytest.raises(signatures.ReadError, match="longer than 65,536 bytes"):
        packing.pack("x" * (packing.LIMIT_BYTES - 1))


def test_the_longest_document_stays_within_the_digits() -> None:
    noise = hashlib.shake_256(b"noise").digest(49_000)
    text = "".join(chr(0x4E00 + byte) + chr(0x80 + byte) for byte in noise)[:13_000]
    packed = packing.pack(text)
    assert packing.unpack(packed) == signatures.canonical(text)
    worst = zlib.compressobj(0, zlib.DEFLATED, -15)
    stored = worst.compress(bytes(packing.LIMIT_BYTES)) + worst.flush()
    assert len(packing.to_digits(b"0000" + stored)) < 165_000


SCANNED = {
    packing.address(SITE, "123"): "123", packing.address(SITE.rstrip("/"), "123"): "123", "#1.9": "9", "1.9": "9",
    " 1.007\n": "007", "1.": "", "#2.9": "later-version", "01.9": "later-version", "https://x/#1.9#1.8": "no-code",
    "": "no-code", "9": "no-code", "1.9x": "no-code", "https://x/1.9": "no-code", "a b#1.9": "no-code",
    "#١.9": "no-code", "#1.٩": "no-code", "#99999.1": "no-code",
}  # fmt: skip


@pytest.mark.parametrize("scanned", SCANNED)
def test_what_a_scanner_gives_is_an_address_or_its_end(scanned: str) -> None:
    found = packing.digits_of(scanned)
    assert (found.code if isinstance(found, Fault) else found) == SCANNED[scanned]


@pytest.mark.browser
def test_a_browser_reads_the_same(page: Page) -> None:
    samples = [
        credential(),
        credential(name="Ama Óladè 木"),
        [],
        {},
        "",
        "x" * 60_000,
        {"a": [1.5, None, True]},
        PACKED,
    ]
    cases = [*map(packing.pack, samples), *BAD]
    assert browsed(page, cases) == [told(one) for one in cases]
    assert page.evaluate("(all) => read(all)", [*SCANNED]) == [*SCANNED.values()]


@pytest.mark.browser
def test_a_browser_agrees_on_any_digits(page: Page) -> None:
    """Drawn once for all: a browser takes many at a time."""
    cases: list[str] = []

    @given(documents | st.binary(max_size=60), st.integers(0, 10**6), st.sampled_from("0123456789"))
    def draw(document: Any, at: int, digit: str) -> None:
        packed = crossed(document) if isinstance(document, bytes) else packing.pack(document)
        cases.extend((packed, packed[: at % len(packed)] + digit + packed[at % len(packed) + 1 :]))

    draw()
    assert browsed(page, cases) == [told(one) for one in cases]


def test_what_was_packed_is_read_strictly() -> None:
    found = packing.unpack(PACKED)
    assert isinstance(found, bytes)
    carried = reading.credential(found)
    assert not isinstance(carried, Fault), carried
    assert carried.document == credential()


def test_a_credential_takes_a_sixth_of_its_bytes() -> None:
    whole = len(signatures.canonical(credential()))
    assert len(packing.from_digits(PACKED)) < whole / 6 < 400
