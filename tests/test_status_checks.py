"""Checks of status lists against the base of a change, in real repositories, and what stands in nobody's way."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from generator import signatures
from generator.cli.app import cli
from generator.passports import statuses

from .conftest import Repository

SIGNER = signatures.signer(bytes(range(32)))
HUB, SITE = "gh/base-hub", "https://registry.example/"
FILE, LIST = f"registry/hubs/{HUB}.yaml", f"registry/statuses/{HUB}.json"
KEYS = f"keys:\n  - public_key: {SIGNER.public_key}\n    valid_from: 2026-01-01\n"
Checked = Callable[..., tuple[int, str]]


def listed(*revoked: int, day: int = 20) -> str:
    at = datetime(2026, 6, day, 8, tzinfo=UTC)
    document = statuses.unsigned(SITE, HUB, revoked, at)
    return signatures.canonical(statuses.signed(document, SIGNER, HUB, SITE)).decode() + "\n"


@pytest.fixture
def place(committed: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A registry whose hub has revoked two credentials; `topic` is checked out."""
    hub = (committed.folder / FILE).read_text()
    committed.commit({FILE: hub + KEYS, LIST: listed(5, 94567, day=10)}, day="2026-06-10")
    committed.git("checkout", "--quiet", "-b", "topic")
    monkeypatch.chdir(committed.folder)
    return committed


@pytest.fixture
def checked() -> Checked:
    def call(*words: str, day: str = "2026-06-30") -> tuple[int, str]:
        words = ("check", "-q", "--format", "text", "--as-of", day, *words)
        done = CliRunner().invoke(cli, words, standalone_mode=False)
        assert done.exception is None
        return done.return_value, done.output

    return call


@pytest.mark.parametrize("revoked", [(5, 94567), (5, 94567, 131071)])
def test_a_list_may_be_renewed_and_grow(place: Repository, checked: Checked, revoked: tuple[int, ...]) -> None:
    place.commit({LIST: listed(*revoked)}, day="2026-06-20")
    assert checked("--since", "main") == (0, "")


@pytest.mark.parametrize(("revoked", "count"), [((), "2 credentials"), ((5, 7), "1 credential ")])
def test_what_is_revoked_stays_so(place: Repository, checked: Checked, revoked: tuple[int, ...], count: str) -> None:
    place.commit({LIST: listed(*revoked)}, day="2026-06-20")
    code, said = checked("--since", "main")
    assert (code, said.count("revocation-taken-back")) == (1, 1)
    assert f"{count}" in said
    assert "94567" not in said
    assert checked() == (0, "")  # nobody can see it in the list alone


def test_on_disk_counts_as_well(place: Repository, checked: Checked) -> None:
    place.write({LIST: listed(5)})
    assert checked("--since", "main")[0] == 1


def test_a_list_is_not_taken_away_in_one_change_to_come_back_empty_in_another(
    place: Repository, checked: Checked
) -> None:
    (place.folder / LIST).unlink()
    place.commit(day="2026-06-20")
    code, said = checked("--since", "main")
    assert code == 1
    assert "2 credentials that it revoked" in said


def test_a_list_goes_with_its_hub(place: Repository, checked: Checked) -> None:
    for path in (FILE, LIST, "registry/machines/gh/base-hub/laser.yaml"):
        (place.folder / path).unlink()
    place.commit(day="2026-06-20")
    assert "revocation-taken-back" not in checked("--since", "main")[1]


def test_nothing_stands_in_the_way_of_withdrawing_a_key(place: Repository, checked: Checked) -> None:
    text = (place.folder / FILE).read_text()
    place.commit({FILE: text.replace(KEYS, f"{KEYS}    compromised_since: 2026-06-09\n")}, day="2026-06-20")
    code, said = checked("--since", "main")
    assert (code, said.startswith(f"{LIST}:1:"), "warning: unsigned-status-list" in said) == (0, True, True)
    place.commit({LIST: listed(5, 94567)}, day="2026-06-21")  # signed by whoever has the key
    assert checked("--since", "main")[0] == 1


def test_only_lists_in_question_are_looked_at(place: Repository, checked: Checked) -> None:
    place.commit({"registry/materials/oak.yaml": "label:\n  en: Oak\nbroader: [wood]\n"}, day="2026-06-20")
    assert "status-list" not in checked("--since", "main", day="2026-12-01")[1]
    _, said = checked(day="2026-12-01")
    assert "warning: stale-status-list: it counted until 2026-07-10" in said
    assert "karakana passport status --hub gh/base-hub" in said


@pytest.mark.parametrize("source", ["", "[]", "{", "null", '{"a":' * 5000, "\ufeff{}", "x" * 70_000, "{}\n{}"])
def test_whatever_lies_there_is_a_finding(place: Repository, checked: Checked, source: str) -> None:
    place.commit({LIST: source}, day="2026-06-20")
    code, said = checked("--since", "main")
    assert (code, said.count("error: unreadable-status-list")) == (1, 1)
