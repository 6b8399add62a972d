"""`karakana passport publish` looks at what was revoked, and `withdraw --passport` finds what was published before."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.passports import statuses
from tests.conftest import Repository
from tests.test_passport_records import CLAIM, HUB, SIGNER, SITE, Told, records
from tests.test_passport_records import known as known  # noqa: PLC0414  a fixture
from tests.test_passport_records import mine as mine  # noqa: PLC0414
from tests.test_passport_records import place as place  # noqa: PLC0414
from tests.test_passport_records import told as told  # noqa: PLC0414


def listed(place: Repository, *revoked: int, age: int = 0) -> None:
    at = datetime.now(UTC) - timedelta(days=age)
    document = statuses.signed(statuses.unsigned(SITE, HUB, revoked, at), SIGNER, HUB, SITE)
    place.write({f"registry/{statuses.path_of(HUB)}": json.dumps(document)})


def test_with_a_fresh_list_there_is_nothing_to_say(place: Repository, told: Told, mine: Path) -> None:
    listed(place)
    code, said = told("publish", "-q", str(mine), "--consent-on", "2026-06-01")
    assert (code, len(records(place))) == (0, 1)
    assert "revoked" not in said


def test_what_was_revoked_is_not_published(place: Repository, told: Told, mine: Path) -> None:
    listed(place, CLAIM.status_index)
    code, said = told("publish", "-q", str(mine), "--consent-on", "2026-06-01")
    assert (code, records(place)) == (1, [])
    assert f"{HUB} revoked the credential" in said
    assert "what was published before stays" in said


@pytest.mark.parametrize(("age", "words"), [(None, "there is no list"), (60, "is out of date: fetch it anew")])
def test_what_nobody_can_know_is_said(place: Repository, told: Told, mine: Path, age: int | None, words: str) -> None:
    if age is not None:
        listed(place, age=age)
    code, said = told("publish", "-q", str(mine), "--consent-on", "2026-06-01")
    assert (code, len(records(place))) == (0, 1)
    assert f"note: laser-cutter-operation: {'the list' if age else 'there is no list'}" in said
    assert words in said


def test_a_list_that_nobody_signed_stops_it(place: Repository, told: Told, mine: Path) -> None:
    listed(place)
    path = place.folder / "registry" / statuses.path_of(HUB)
    path.write_text(path.read_text().replace('"proofValue": "z', '"proofValue": "z1'))
    assert told("publish", "-q", str(mine), "--consent-on", "2026-06-01")[0] == 1
    assert records(place) == []


def test_a_record_whose_name_is_lost_is_found_by_what_it_says(place: Repository, told: Told, mine: Path) -> None:
    assert told("withdraw", "-q", "--passport", str(mine))[1] == "no record here says what it says\n"
    listed(place)
    assert told("publish", "-q", str(mine), "--consent-on", "2026-06-01")[0] == 0
    listed(place, CLAIM.status_index)
    code, said = told("withdraw", "-q", "--passport", str(mine))
    (record,) = records(place)
    assert (code, record.stem in said) == (0, True)
    assert "laser-cutter-operation 2" in said
    assert told("withdraw", record.stem)[0] == 0
    assert records(place) == []


@pytest.mark.parametrize("words", [(), ("abc", "--passport", "x")])
@pytest.mark.usefixtures("place")
def test_withdraw_wants_one_of_the_two(told: Told, words: tuple[str, ...]) -> None:
    code, said = told("withdraw", *words)
    assert (code, "one of the two" in said) == (2, True)
