"""`karakana key`: files that only their owner reads, and the lines for a hub's record."""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator import signatures
from generator.cli.app import main
from generator.documents import parse

REGISTRY = Path(__file__).parent / "mini" / "registry"
PASSPHRASE, OTHER = "a long passphrase", "another long one"
Karakana = Callable[..., tuple[int, str, str]]
HUB = "gh/key-house"
RECORD = """\
name: Key House
kind: makerspace
location:
  locality: Tamale
  latitude: 9.41
  longitude: -0.8393
website: https://key-house.example/
stewards:
  - github: key-house
keys:
  - public_key: z6Mkfbt52NAcPcYKV36L6eWTnyfxyGrGrxvJBxF5pjjCctGQ
    valid_from: 2025-02-01
    valid_until: 2026-02-01
  - public_key: {key}
    valid_from: 2026-02-01
verified:
  on: 2026-05-01
  how: self
"""


@pytest.fixture
def karakana(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Karakana:
    """Run the command in this process, with passphrases on descriptors."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(*words: object, **passphrases: str) -> tuple[int, str, str]:
        given: list[str] = []
        for name, text in passphrases.items():
            reading, writing = os.pipe()
            os.write(writing, text.encode() + b"\n")
            os.close(writing)
            given += [f"--{name.replace('_', '-')}-fd", str(reading)]
        monkeypatch.setattr(sys, "argv", ["karakana", "key", *map(str, words), *given])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return run


@pytest.fixture
def old(karakana: Karakana, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a key of a hub whose record is in a registry here, and return its public key."""
    file = tmp_path / "keys" / "old.pem"
    _, out, _ = karakana("new", file, "--on", "2026-02-01", passphrase=PASSPHRASE)
    shutil.copytree(REGISTRY, tmp_path / "registry")
    public_key = str(keys_of(out)[0]["public_key"])
    (tmp_path / "registry" / "hubs" / f"{HUB}.yaml").write_text(RECORD.format(key=public_key))
    monkeypatch.chdir(tmp_path)
    return public_key


def keys_of(out: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = parse(out.encode())["keys"]
    return found


def test_a_new_key_is_sealed_and_shown(karakana: Karakana, tmp_path: Path) -> None:
    file = tmp_path / "far" / "keys" / "mine.pem"
    code, out, err = karakana("new", file, "--on", "2026-02-01", passphrase=PASSPHRASE)
    assert (code, err) == (0, "")
    assert [path.stat().st_mode & 0o777 for path in (file, file.parent)] == [0o600, 0o700]
    public_key = signatures.opened(file.read_bytes(), PASSPHRASE.encode()).public_key
    assert keys_of(out) == [{"public_key": public_key, "valid_from": "2026-02-01"}]
    assert f"--hub did:key:{public_key}" in out
    assert karakana("show", file, "--on", "2026-02-01", passphrase=PASSPHRASE)[1] == out
    assert "PRIVATE" not in out
    assert "never overwritten" in karakana("new", file, passphrase=PASSPHRASE)[2]
    code, _, err = karakana("show", file, passphrase="wrong")
    assert (code, "the passphrase does not open it" in err) == (2, True)


def test_no_key_is_made_or_read_in_a_repository(karakana: Karakana, tmp_path: Path) -> None:
    file = tmp_path / "mine.pem"
    assert karakana("new", file, passphrase=PASSPHRASE)[0] == 0
    (tmp_path / ".git").mkdir()
    for words in (
        ("show", file),
        ("new", tmp_path / "a" / "b.pem"),
        ("revoke", file, "--hub", HUB),
        ("rotate", file, "c.pem", "--hub", HUB),
    ):
        code, _, err = karakana(*words, passphrase=PASSPHRASE)
        assert (code, "lies in the Git repository" in err) == (2, True), words
    assert not (tmp_path / "a").exists()


def test_a_short_passphrase_leaves_no_file(karakana: Karakana, tmp_path: Path) -> None:
    code, _, err = karakana("new", tmp_path / "mine.pem", passphrase="short")
    assert (code, "fewer than 8" in err, (tmp_path / "mine.pem").exists()) == (2, True, False)


@pytest.mark.parametrize("how", ["by its file", "by its name"])
def test_rotate_prints_the_whole_list(karakana: Karakana, old: str, tmp_path: Path, how: str) -> None:
    named = tmp_path / "keys" / "old.pem" if how == "by its file" else old
    fresh = tmp_path / "keys" / "new.pem"
    words = ("rotate", named, fresh, "--hub", HUB, "--on", "2026-06-01")
    code, out, err = karakana(*words, passphrase=PASSPHRASE, new_passphrase=OTHER)
    assert (code, err) == (0, "")
    first, second, third = keys_of(out)
    assert first == {
        "public_key": "z6Mkfbt52NAcPcYKV36L6eWTnyfxyGrGrxvJBxF5pjjCctGQ", "valid_from": "2025-02-01",
        "valid_until": "2026-02-01",
    }  # fmt: skip
    assert second == {"public_key": old, "valid_from": "2026-02-01", "valid_until": "2026-06-01"}
    opened = signatures.opened(fresh.read_bytes(), OTHER.encode())
    assert third == {"public_key": opened.public_key, "valid_from": "2026-06-01"}
    assert opened.public_key != old


def test_an_expired_key_is_not_made_valid_for_longer(karakana: Karakana, old: str, tmp_path: Path) -> None:
    expired = "z6Mkfbt52NAcPcYKV36L6eWTnyfxyGrGrxvJBxF5pjjCctGQ"
    words = ("rotate", expired, tmp_path / "new.pem", "--hub", HUB, "--on", "2026-06-01")
    found = keys_of(karakana(*words, new_passphrase=OTHER)[1])
    assert [one.get("valid_until") for one in found] == ["2026-02-01", None, None]
    assert found[1]["public_key"] == old


def test_revoke_says_what_it_means(karakana: Karakana, old: str) -> None:
    code, out, err = karakana("revoke", old, "--hub", HUB, "--on", "2026-06-01")
    assert (code, err) == (0, "")
    assert keys_of(out)[1] == {"public_key": old, "valid_from": "2026-02-01", "revoked_on": "2026-06-01"}
    assert "before 2026-06-01 stays good" in out
    code, out, _ = karakana("revoke", old, "--hub", HUB, "--on", "2026-06-01", "--compromised-since", "2026-05-20")
    assert keys_of(out)[1]["compromised_since"] == "2026-05-20"
    assert "issue them again" in out
    assert date.fromisoformat(keys_of(out)[1]["revoked_on"]) == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("revoke", "{other}", "--hub", HUB), f"the record of `{HUB}` has no key"),
        (("revoke", "{old}", "--hub", "gh/nobody"), "the record of `gh/nobody` has no key"),
        (("revoke", "{old}", "--hub", "../gh"), "no id of a hub"),
        (("revoke", "nothing.pem", "--hub", HUB), "neither a file nor a public key"),
        (
            ("revoke", "{old}", "--hub", HUB, "--on", "2026-06-01", "--compromised-since", "2026-06-02"),
            "is after 2026-06-01",
        ),
        (("rotate", "{other}", "keys/new.pem", "--hub", HUB), f"the record of `{HUB}` has no key"),
        (("rotate", "{old}", "keys/old.pem", "--hub", HUB), "never overwritten"),
        (("rotate", "{old}", "keys/new.pem", "--hub", HUB, "--on", "2026-01-31"), "valid from 2026-02-01 only"),
    ],
)
def test_what_cannot_be_is_said(karakana: Karakana, old: str, words: tuple[str, ...], why: str, tmp_path: Path) -> None:
    other = signatures.signer(bytes(32)).public_key
    given = {"new_passphrase": OTHER} if words[0] == "rotate" else {}
    code, out, err = karakana(*(word.format(old=old, other=other) for word in words), **given)
    assert (code, why in err, "keys:" in out) == (2, True, False)
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["old.pem"]
