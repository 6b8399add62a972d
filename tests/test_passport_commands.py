"""`karakana passport issue`, `verify`, `revoke` and `status`: a hub issues, publishes, takes back; anybody looks."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator import documents
from generator.cli.app import main

REGISTRY = Path(__file__).parent / "mini" / "registry"
HUB = "gh/seal-house"
RECORD = """\
name: Seal House
kind: makerspace
location:
  locality: Tamale
  precision: city
website: https://seal-house.example/
keys:
  - public_key: {key}
    valid_from: 2025-02-01
"""
PASSPHRASE = "a long passphrase"
Karakana = Callable[..., tuple[int, str, str]]


@pytest.fixture
def karakana(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Karakana:
    """Run the command in this process, with the passphrase on a descriptor where a key is asked for."""

    def run(*words: object) -> tuple[int, str, str]:
        given: list[str] = []
        if any(word in ("--key", "new") for word in words):
            reading, writing = os.pipe()
            os.write(writing, PASSPHRASE.encode() + b"\n")
            os.close(writing)
            given = ["--passphrase-fd", str(reading)]
        monkeypatch.setattr(sys, "argv", ["karakana", *map(str, words), *given])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    monkeypatch.chdir(tmp_path)
    return run


@pytest.fixture
def registry(tmp_path: Path, karakana: Karakana) -> Path:
    """A registry whose hub has the key in `hive.pem`."""
    folder = Path(shutil.copytree(REGISTRY, tmp_path / "there" / "registry"))
    code, out, err = karakana("key", "new", tmp_path / "hive.pem")
    assert code == 0, err
    key = next(line.split()[-1] for line in out.splitlines() if "public_key" in line)
    (folder / "hubs" / f"{HUB}.yaml").write_text(RECORD.format(key=key))
    return folder


def issue(karakana: Karakana, registry: Path, out: str, *more: object) -> tuple[int, str, str]:
    return karakana(
        "passport", "issue", "--hub", HUB, "--competence", "laser-operation", "--level", 2,
        "--assessed-on", "2026-03-02", "--name", "Ama Invented", "--key", "hive.pem", "--ledger", "hive.jsonl",
        "--out", out, "--registry", registry, *more,
    )  # fmt: skip


def sign_list(karakana: Karakana, registry: Path) -> tuple[int, str, str]:
    return karakana(
        "passport", "status", "--hub", HUB, "--key", "hive.pem", "--ledger", "hive.jsonl", "--registry", registry
    )


def test_issued_published_revoked(karakana: Karakana, registry: Path, tmp_path: Path) -> None:
    code, out, err = issue(karakana, registry, "ama.json")
    assert (code, err) == (0, "")
    id = out.splitlines()[-1].removeprefix("id: ")
    assert (tmp_path / "ama.json").stat().st_mode & 0o777 == 0o600

    def told() -> tuple[int, str, str]:
        code, out, _ = karakana("passport", "verify", "ama.json", "--registry", registry, "--format", "json")
        (row,) = json.loads(out)["credentials"]
        return code, row["code"], row["competence"]

    # Without a list of what was revoked nothing is known, and what is not known does not count.
    assert told() == (1, "status-missing", "laser-operation")
    assert sign_list(karakana, registry)[0] == 0
    assert told() == (0, "", "laser-operation")
    code, _, err = karakana("passport", "revoke", id, "--hub", HUB, "--ledger", "hive.jsonl")
    assert (code, err) == (0, "")
    assert told()[1] == "", "noted, and not published yet"
    assert sign_list(karakana, registry)[0] == 0
    assert told() == (1, "status-revoked", "laser-operation")
    assert karakana("passport", "revoke", id, "--hub", HUB, "--ledger", "hive.jsonl")[0] != 0


def test_a_list_grows_old(karakana: Karakana, registry: Path) -> None:
    assert issue(karakana, registry, "ama.json")[::2] == (0, "")
    sign_list(karakana, registry)
    later = f"{datetime.now(UTC).year + 1}-12-31"
    code, out, _ = karakana("passport", "verify", "ama.json", "--registry", registry, "--on", later)
    assert code == 1
    assert "NOT VALID" in out
    assert "out of date" in out


def test_a_second_credential_joins_the_first(karakana: Karakana, registry: Path, tmp_path: Path) -> None:
    assert issue(karakana, registry, "ama.json")[::2] == (0, "")
    code, _, err = issue(karakana, registry, "both.json", "--passport", "ama.json", "--note", "wood only")
    assert (code, err) == (0, "")
    data = json.loads((tmp_path / "both.json").read_text())
    assert data["type"] == ["VerifiablePresentation"]
    subjects = [one["credentialSubject"]["id"] for one in data["verifiableCredential"]]
    assert subjects == [data["holder"]] * 2
    sign_list(karakana, registry)
    assert karakana("passport", "verify", "both.json", "--registry", registry)[0] == 0


def test_the_hub_keeps_no_name(karakana: Karakana, registry: Path, tmp_path: Path) -> None:
    assert issue(karakana, registry, "ama.json")[::2] == (0, "")
    sign_list(karakana, registry)
    kept = (tmp_path / "hive.jsonl").read_text() + (registry / f"statuses/{HUB}.json").read_text()
    holder = json.loads((tmp_path / "ama.json").read_text())["credentialSubject"]["id"]
    assert "Ama" not in kept
    assert holder not in kept


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--level", 9), "has no level 9"),
        (("--competence", "no-such-thing"), "no competence is called"),
        (("--hub", "gh/nobody"), "gh/nobody"),
        (("--out", "hive.pem"), "is there already"),
    ],
)
def test_what_cannot_be_issued(
    karakana: Karakana, registry: Path, tmp_path: Path, words: tuple[object, ...], told: str
) -> None:
    code, _, err = issue(karakana, registry, "ama.json", *words)
    assert code != 0
    assert told in err
    assert not (tmp_path / "ama.json").exists()
    assert not (tmp_path / "hive.jsonl").exists(), "no index is used up"


def test_a_tampered_credential_is_told(karakana: Karakana, registry: Path, tmp_path: Path) -> None:
    assert issue(karakana, registry, "ama.json")[::2] == (0, "")
    sign_list(karakana, registry)
    file = tmp_path / "ama.json"
    file.write_text(file.read_text().replace('"level":2', '"level":3'))
    code, out, _ = karakana("passport", "verify", "ama.json", "--registry", registry)
    assert code == 1
    assert "signature does not fit" in out


def test_another_hubs_ledger_is_not_written_to(karakana: Karakana, registry: Path, tmp_path: Path) -> None:
    (tmp_path / "hive.jsonl").write_text('{"ledger": 1, "hub": "gh/other"}\n')
    code, _, err = issue(karakana, registry, "ama.json")
    assert code != 0
    assert "is the ledger of `gh/other`" in err


def test_a_public_key_may_hold_the_letters_of_a_private_one() -> None:
    key = "z6Mkty7jTTMYf7VgkxPRqSu29G8sqfHSSDuY78TUHRGNR6sV"
    assert documents.parse(RECORD.format(key=key).encode())
