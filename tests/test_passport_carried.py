"""What a maker carries, named by a file, a card's address or standard input: each command reads the same of it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import jsonschema
import pytest

from generator import schemas, signatures
from generator.passports import packing, presentation
from tests.commands import Done, karakana
from tests.passport_samples import SITE, made
from tests.test_decide_command import MACHINE
from tests.test_decide_command import here as here  # noqa: PLC0414  a fixture

pytestmark = pytest.mark.usefixtures("alone")
DIGITS = packing.pack(made().document)
ADDRESS = packing.address(SITE, DIGITS)
COMMANDS = {
    "show": ("passport", "show"),
    "verify": ("passport", "verify", "--on", "2026-11-22"),
    "decide": ("decide", "-q", "--on", "2026-11-22", "--machine", MACHINE, "--passport"),
    "where": ("where", "-q", "--on", "2026-11-22", "--passport"),
}


def piped(folder: Path, source: str | bytes, *words: str) -> Done:
    data = source.encode() if isinstance(source, str) else source
    with patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(data))):
        return karakana(folder, *words, "-")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_a_file_an_address_and_standard_input_say_the_same(here: Path, command: tuple[str, ...]) -> None:
    document = json.dumps(made().document)
    (here / "one.json").write_text(document)
    (here / "link.txt").write_text(f"{ADDRESS}\n")
    wrapped = "\r\n".join(ADDRESS[at : at + 70] for at in range(0, len(ADDRESS), 70))
    first = karakana(here, *command, "one.json")
    assert first.code == 0, first.err
    assert first.out
    for named in ("link.txt", ADDRESS, f"1.{DIGITS}", f"#1.{DIGITS}", f" {ADDRESS} ".strip()):
        assert karakana(here, *command, named) == first, named[:40]
    for source in (document, ADDRESS, f"1.{DIGITS}\n", wrapped):
        assert piped(here, source, *command) == first


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("nothing.json", "nothing.json: there is no such file"),
        ("", "no name of a file"),
        (".", ". is no file that can be read"),
        ("registry", "registry is no file that can be read"),
        ("x" * 300, "there is no such file"),
        ("a\x1b[31m\u202e.json", "a\\u001b[31m\\u202e.json"),
        ("https://karakana.example/hubs/", "the address: no address of a passport's code; the address of a card ends"),
        (f"{SITE}verify/#2.123", "packed in version 2, and this program knows 1"),
        (ADDRESS[:-9], "the address: a digit of the code is wrong or missing; the address of a card ends"),
        (ADDRESS.replace("#1.", "#1.9"), "a digit of the code is wrong or missing"),
        (f"1.{DIGITS[:-1]}", "the digits: a digit of the code is wrong or missing"),
        ("1." + "9" * 400_000, "digits"),
        (packing.address(SITE, packing.pack({"a": 1})), "the address: it is no verifiable credential"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it_is_said(here: Path, named: str, told: str) -> None:
    done = karakana(here, "passport", "show", "--", named)
    assert done.code == 2
    assert told in done.err
    assert len(done.err) < 500
    assert not {"\x1b", "\u202e"} & {*done.err}


def test_standard_input_without_anything_is_said(here: Path) -> None:
    done = piped(here, b" \n", "passport", "show")
    assert (done.code, "standard input is empty" in done.err) == (2, True)
    assert piped(here, b"x" * (presentation.LIMIT_BYTES + 9), "passport", "show").code == 2


def test_a_file_that_is_too_long_is_told_like_any_other_fault(here: Path) -> None:
    (here / "long.json").write_bytes(b" " * (presentation.LIMIT_BYTES + 1))
    done = karakana(here, "passport", "verify", "long.json", "--format", "json")
    assert (done.code, [one["code"] for one in json.loads(done.out)["faults"]]) == (1, ["too-large"])


def test_show_says_who_what_and_that_nothing_was_checked(here: Path) -> None:
    forged = signatures.canonical(made().document).decode().replace('"level":2', '"level":3')
    (here / "forged.json").write_text(forged)
    code, out, _ = karakana(here, "passport", "show", "forged.json")
    assert code == 0
    expected = (
        "Adjoa N.", "laser-operation, level 3", "Tamale Works (gh/tamale-works), assessed on 2026-11-18",
        "from 2026-11-20 until 2028-11-19", "CO2 lasers only", "says of itself", "`karakana passport verify`",
    )  # fmt: skip
    assert [words for words in expected if words not in out] == []
    assert karakana(here, "passport", "verify", "forged.json")[0] == 1


@pytest.mark.parametrize("command", ["show", "verify"])
def test_json_is_as_its_schema_says(here: Path, command: str) -> None:
    mixed: Any = presentation.presented([made()])
    mixed["verifiableCredential"].append({"a": "\x1b"})
    (here / "mixed.json").write_text(json.dumps(mixed))
    for name in ("ama.json", "mixed.json"):
        done = karakana(here, "passport", command, name, "--format", "json")
        found = json.loads(done.out)
        jsonschema.Draft202012Validator(schemas.load_published()["credentials"]).validate(found)
        assert found["checked"] == (command == "verify")
        assert len(found["credentials"]) == 1
        assert (done.code, len(found["faults"])) == (
            (0, 0) if name == "ama.json" and command == "show" else (1, 1)
        ) or (name == "ama.json" and command == "verify")
