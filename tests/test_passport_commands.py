"""`karakana passport issue`, `verify`, `revoke` and `status`: a hub issues, publishes, takes back; anybody looks."""

import errno
import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator import documents
from generator.cli.app import main
from generator.passports import issuing
from generator.signatures import SUITE, rdf

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
OTHER_ENTRY = (
    b'{"credential": "urn:uuid:11111111-2222-4333-8444-555555555555", "index": 7, "competence": "laser-operation", '
    b'"level": 1, "issued": "2026-03-02"}\n'
)
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


@pytest.mark.parametrize(("line", "start"), [("\r\n", ""), ("\n", "\ufeff")], ids=["line ends", "byte order mark"])
def test_a_record_that_is_taken_with_a_warning_counts_here_too(
    karakana: Karakana, registry: Path, line: str, start: str
) -> None:
    """What an editor on Windows writes: the keys must not be missing for that."""
    for record in (f"hubs/{HUB}.yaml", "competences/laser-operation.yaml"):
        path = registry / record
        path.write_bytes((start + path.read_text().replace("\n", line)).encode())
    code, _, err = issue(karakana, registry, "ama.json")
    assert (code, err) == (0, "")
    assert sign_list(karakana, registry)[0] == 0
    assert karakana("passport", "verify", "ama.json", "--registry", registry)[0] == 0


def test_a_broken_record_is_not_half_read(karakana: Karakana, registry: Path) -> None:
    assert issue(karakana, registry, "ama.json")[0] == 0
    sign_list(karakana, registry)
    path = registry / f"hubs/{HUB}.yaml"
    path.write_text(path.read_text() + "kind: unheard-of\n")
    code, _, err = issue(karakana, registry, "other.json")
    assert (code, "is not sound; `karakana check` says why" in err) == (2, True)
    assert karakana("passport", "verify", "ama.json", "--registry", registry)[0] == 1


def test_two_people_issue_at_once(
    karakana: Karakana, registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one is told, and no number of the first is lost."""
    assert issue(karakana, registry, "first.json")[0] == 0
    before = (tmp_path / "hive.jsonl").read_bytes()

    def wait(*given: Any) -> Any:
        (tmp_path / "hive.jsonl").write_bytes(before + OTHER_ENTRY)
        return original(*given)

    original = issuing.issued
    monkeypatch.setattr(issuing, "issued", wait)
    code, _, err = issue(karakana, registry, "second.json")
    assert (code, "somebody else wrote" in err) == (2, True)
    assert (tmp_path / "hive.jsonl").read_bytes() == before + OTHER_ENTRY
    assert not (tmp_path / "second.json").exists()


def test_the_command_signs_twice_and_says_what_it_could_not_check(
    karakana: Karakana,
    registry: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert issue(karakana, registry, "ama.json", "--rdf")[0] == 0
    assert sign_list(karakana, registry)[0] == 0
    document = json.loads((tmp_path / "ama.json").read_bytes())
    assert [one["cryptosuite"] for one in document["proof"]] == [SUITE, rdf.SUITE]
    verify = ("passport", "verify", "ama.json", "--registry", registry)
    code, out, _ = karakana(*verify)
    assert (code, "besides" in out) == (0, False)
    document["proof"][1]["proofValue"] = document["proof"][0]["proofValue"]
    (tmp_path / "bad.json").write_text(json.dumps(document))
    code, out, _ = karakana("passport", "verify", "bad.json", "--registry", registry)
    assert code == 1
    assert "because   the signature does not fit the credential" in out
    monkeypatch.setitem(sys.modules, "pyld", None)
    code, out, _ = karakana(*verify)
    assert code == 0
    assert "its second signature (eddsa-rdfc-2022) was not checked: pip install 'karakana[rdf]'" in out
    assert json.loads(karakana(*verify, "--format", "json")[1])["credentials"][0]["unchecked"] == [rdf.SUITE]
    code, _, err = issue(karakana, registry, "kofi.json", "--rdf")
    assert code == 2
    assert "not issued: signatures of the kind eddsa-rdfc-2022 need one more package" in err
    assert not (tmp_path / "kofi.json").exists()


def test_a_list_is_made_of_the_newest_ledger_alone(karakana: Karakana, registry: Path, tmp_path: Path) -> None:
    """Nothing that was revoked comes back because somebody took another file."""
    code, out, _ = issue(karakana, registry, "ama.json")
    assert code == 0
    old = (tmp_path / "hive.jsonl").read_bytes()
    assert karakana("passport", "revoke", out.splitlines()[-1][4:], "--hub", HUB, "--ledger", "hive.jsonl")[0] == 0
    assert sign_list(karakana, registry)[0] == 0
    published = (registry / f"statuses/{HUB}.json").read_bytes()
    (tmp_path / "hive.jsonl").write_bytes(old)
    code, _, err = sign_list(karakana, registry)
    assert (code, "is it the hub's newest?" in err) == (2, True)
    (tmp_path / "hive.jsonl").unlink()
    code, _, err = sign_list(karakana, registry)
    assert (code, "is not there" in err) == (2, True)
    assert (registry / f"statuses/{HUB}.json").read_bytes() == published
    assert not (tmp_path / "hive.jsonl").exists()


def test_a_first_list_needs_no_credential(karakana: Karakana, registry: Path) -> None:
    assert sign_list(karakana, registry)[::2] == (0, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--assessed-on", "2999-01-01"), "is in the future"),
        (("--valid-until", "2026-03-03"), "--valid-until: it ends before it begins"),
        (("--name", "A\x1b[31mB"), "--name: the text holds U+001B"),
        (("--name", "A\u202eB"), "--name: the text holds U+202E"),
        (("--note", "x" * 301), "--note: a text of 1 to 300 characters"),
        (("--out", "none/x.json"), "none is no folder"),
        (("--ledger", "hive.pem"), "hive.pem is no ledger"),
        (("--ledger", "ama.json"), "--out and --ledger name one file"),
        (("--language", "xx"), "laser-operation is not told in 'xx', but in en"),
        (("--competence", "../hubs"), "no competence is called"),
        (("--passport", "hive.pem"), "hive.pem: no JSON"),
    ],
)
def test_a_slip_is_told_and_uses_up_nothing(
    karakana: Karakana, registry: Path, tmp_path: Path, words: tuple[object, ...], told: str
) -> None:
    code, _, err = issue(karakana, registry, "ama.json", *words)
    assert (code, told in err) == (2, True), err
    assert "\x1b" not in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hive.pem", "there"]


def test_another_makers_file_is_not_added_to(karakana: Karakana, registry: Path, tmp_path: Path) -> None:
    assert issue(karakana, registry, "ama.json")[0] == 0
    code, _, err = issue(karakana, registry, "kofi.json", "--passport", "ama.json", "--name", "Kofi Invented")
    assert (code, "is of 'Ama Invented', not of 'Kofi Invented'" in err) == (2, True)
    assert not (tmp_path / "kofi.json").exists()


@pytest.mark.parametrize("words", [("a", "--on", "2999-01-01"), ("a",), ("ama.json",)])
def test_what_is_not_revoked(karakana: Karakana, registry: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert issue(karakana, registry, "ama.json")[0] == 0
    before = (tmp_path / "hive.jsonl").read_bytes()
    assert karakana("passport", "revoke", *words, "--hub", HUB, "--ledger", "hive.jsonl")[0] == 2
    assert karakana("passport", "revoke", *words, "--hub", HUB, "--ledger", "none.jsonl")[0] == 2
    assert (tmp_path / "hive.jsonl").read_bytes() == before


def test_no_private_key_is_printed_whatever_file_is_mistaken_for_another(
    karakana: Karakana, registry: Path, tmp_path: Path
) -> None:
    assert issue(karakana, registry, "ama.json")[0] == 0
    secret = {line for line in (tmp_path / "hive.pem").read_text().splitlines() if line and not line.startswith("---")}
    assert secret
    key, said = "hive.pem", []
    for command in ("show", "verify", "publish"):
        said.append(karakana("passport", command, key))
    said += [
        issue(karakana, registry, "x.json", "--passport", key), issue(karakana, registry, "x.json", "--ledger", key),
        issue(karakana, registry, "x.json", "--key", "ama.json"),
        karakana("passport", "card", key, "--out", "x.svg"), karakana("passport", "withdraw", "--passport", key),
        karakana("passport", "revoke", "x", "--hub", HUB, "--ledger", key),
        karakana("decide", "--passport", key, "--machine", "gh/a/b"), karakana("where", "--passport", key),
        karakana("key", "revoke", "ama.json", "--hub", HUB), karakana("key", "show", "hive.jsonl"),
    ]  # fmt: skip
    for code, out, err in said:
        assert code == 2, err
        assert not [line for line in secret | {PASSPHRASE} if line in out + err]


def test_a_full_disk_leaves_nothing_by_halves(
    karakana: Karakana, registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    code, _, err = issue(karakana, registry, "ama.json")
    assert (code, "nothing of it was kept" in err) == (2, True)
    assert not (tmp_path / "ama.json").exists()
    assert len((tmp_path / "hive.jsonl").read_text().splitlines()) == 2, "the number stays used"


def test_a_passport_is_named_once(karakana: Karakana, registry: Path) -> None:
    assert issue(karakana, registry, "ama.json")[0] == 0
    words = ("--passport", "ama.json", "--passport", "ama.json")
    code, _, err = karakana("where", *words)
    assert (code, "one at a time" in err) == (2, True)
