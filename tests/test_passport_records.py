"""What is published of a passport names nobody, cannot be found by the file that its holder carries, and can go."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator import registry, schemas, signatures
from generator.checks import CHECKS, run
from generator.cli.app import cli
from generator.passports import issuing, presentation, publishing
from generator.passports.reading import Carried
from generator.passports.values import Claim
from generator.records import Competence, Hub
from generator.registry import Registry

from .conftest import Repository

SIGNER = signatures.signer(bytes(range(32)))
HUB, SITE = "gh/base-hub", "https://registry.example/"
AT = datetime(2026, 5, 23, 9, 41, 7, tzinfo=UTC)
DRAWN = "urn:uuid:11111111-2222-4333-8444-555555555555"
CLAIM = Claim(
    id="urn:uuid:aaaaaaaa-0001-4001-8001-000000000001", issuer=HUB,
    holder="urn:uuid:bbbbbbbb-0002-4002-8002-000000000002", name="Canary Person",
    competence="laser-cutter-operation", version=1, level=2, assessed_on=date(2026, 5, 23), valid_from=AT,
    valid_until=datetime(2096, 5, 22, 23, 59, 59, tzinfo=UTC), basis="assessment", note="canary note",
    status_list=f"{SITE}statuses/{HUB}.json", status_index=94567,
)  # fmt: skip
days = st.dates(date(1900, 1, 1), date(2200, 1, 1))


def claimed(at: int = 0, **changes: object) -> Claim:
    return replace(CLAIM, id=f"urn:uuid:aaaaaaaa-0001-4001-8001-{at:012}", **changes)  # type: ignore[arg-type]


def ids(count: int) -> list[str]:
    return [f"{DRAWN[:-2]}{at:02}" for at in range(count)]


# The record


def test_a_record_says_hub_competence_level_and_months() -> None:
    assert publishing.record([CLAIM], [DRAWN], date(2026, 6, 1)) == {
        "consent_on": "2026-06-01",
        "credentials": [
            {
                "id": DRAWN, "issuer": HUB, "competence": "laser-cutter-operation", "level": 2,
                "assessed_on": "2026-05-01", "valid_until": "2096-04-30", "basis": "assessment",
            }
        ],
    }  # fmt: skip


def test_the_order_of_a_file_leaves_no_trace() -> None:
    claims = [claimed(1, level=1), claimed(2, level=2), claimed(3, competence="a")]
    assert publishing.record(claims, ids(3), AT.date()) == publishing.record(claims[::-1], ids(3), AT.date())


@pytest.mark.parametrize("drawn", [[CLAIM.id], [CLAIM.holder], [], [DRAWN, DRAWN]])
def test_no_id_of_the_file_is_taken_over(drawn: list[str]) -> None:
    with pytest.raises(ValueError, match="an id of its own"):
        publishing.record([CLAIM], drawn, AT.date())


@given(days, days)
def test_a_record_never_promises_longer_and_never_tells_a_day(one: date, other: date) -> None:
    first, last = sorted((one, other))
    claim = claimed(assessed_on=first, valid_until=datetime(last.year, last.month, last.day, tzinfo=UTC))
    if publishing.is_too_short(claim):
        assert (last - first).days < 60
        with pytest.raises(ValueError, match="less than a whole month"):
            publishing.record([claim], [DRAWN], last)
        return
    (entry,) = publishing.record([claim], [DRAWN], last)["credentials"]
    assert entry["assessed_on"] <= entry["valid_until"] <= last.isoformat()
    assert entry["assessed_on"][:8] == f"{first.isoformat()[:8]}"
    assert entry["assessed_on"].endswith("-01")


def test_a_holder_finds_a_record_whose_name_is_lost() -> None:
    data = publishing.record([CLAIM], [DRAWN], AT.date())
    assert publishing.says_the_same(data, [claimed(7, level=1), CLAIM])
    assert not publishing.says_the_same(data, [claimed(level=1)])


def test_what_a_record_gives_away_is_told() -> None:
    two = publishing.record([claimed(1), claimed(2, issuer="at/other")], ids(2), AT.date())
    assert any("several hubs" in one for one in publishing.gives_away(two, []))
    alone = publishing.record([CLAIM], [DRAWN], AT.date())
    assert [one for one in publishing.gives_away(alone, []) if "no line of it" in one]
    assert publishing.gives_away(alone, [alone]) == ()


# The commands


def carried(known: Registry, **changes: object) -> Carried:
    """Return a credential of which every field is full, signed by the hub."""
    hub, competence = known.get(Hub, HUB), known.get(Competence, "laser-cutter-operation")
    assert hub is not None
    assert competence is not None
    award = issuing.Award(
        id=CLAIM.id, hub=hub, competence=competence, holder=CLAIM.holder, level=2, assessed_on=CLAIM.assessed_on,
        valid_from=AT, status_index=CLAIM.status_index, valid_until=CLAIM.valid_until, note=CLAIM.note,
        name=CLAIM.name,
    )  # fmt: skip
    found = issuing.issued(replace(award, **changes), SITE, SIGNER, AT)  # type: ignore[arg-type]
    assert isinstance(found, Carried), found
    return found


@pytest.fixture
def place(committed: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A committed registry whose hub has a key, as the working folder."""
    hub = committed.folder / f"registry/hubs/{HUB}.yaml"
    keys = f"keys:\n  - public_key: {SIGNER.public_key}\n    valid_from: 2026-01-01\n"
    committed.commit({f"registry/hubs/{HUB}.yaml": hub.read_text() + keys}, day="2026-06-29")
    monkeypatch.chdir(committed.folder)
    return committed


@pytest.fixture
def known(place: Repository) -> Registry:
    return registry.load(place.folder / "registry", as_of=date(2026, 6, 29))


@pytest.fixture
def mine(known: Registry, tmp_path: Path) -> Path:
    file = tmp_path / "mine.json"
    document = presentation.presented([carried(known), carried(known, id=DRAWN, level=1)])
    file.write_text(json.dumps(document))
    return file


Told = Callable[..., tuple[int, str]]


@pytest.fixture
def told() -> Told:
    def call(*words: str, given: str = "") -> tuple[int, str]:
        found = CliRunner().invoke(cli, ["passport", *words], input=given)
        return found.exit_code, found.output

    return call


def records(place: Repository) -> list[Path]:
    return list((place.folder / "registry/passports").glob("*.yaml"))


def test_a_yes_publishes_and_withdrawing_leaves_nothing(place: Repository, told: Told, mine: Path) -> None:
    code, said = told("publish", "-q", str(mine), given="yes\n")
    assert code == 0, said
    (file,) = records(place)
    assert file.read_text().partition("credentials")[2] in said  # what was shown is what was written
    fresh = registry.load(place.folder / "registry", as_of=datetime.now(UTC).date())
    assert [one for one in run(fresh, CHECKS) if "passports/" in one.location.path] == []
    code, said = told("withdraw", file.stem)
    assert (code, records(place)) == (0, [])
    assert "Git keeps what was committed" in said


@pytest.mark.parametrize("answer", ["no\n", "\n", "y\n", ""])
def test_without_a_yes_nothing_is_written(place: Repository, told: Told, mine: Path, answer: str) -> None:
    assert told("publish", "-q", str(mine), given=answer)[0] != 0
    assert records(place) == []


def test_a_written_consent_needs_no_question(place: Repository, told: Told, mine: Path) -> None:
    assert told("publish", "-q", str(mine), "--consent-on", "2026-06-01")[0] == 0
    assert "consent_on: 2026-06-01" in records(place)[0].read_text()
    assert told("publish", "-q", str(mine), "--consent-on", "9999-01-01")[0] == 2


def test_only_what_is_chosen_is_published(place: Repository, told: Told, mine: Path) -> None:
    assert told("publish", "-q", str(mine), "--only", "sewing")[0] == 2
    assert records(place) == []


def test_what_no_hub_signed_is_not_published(place: Repository, told: Told, mine: Path) -> None:
    mine.write_text(mine.read_text().replace('"level": 1', '"level": 2'))
    code, said = told("publish", "-q", str(mine), given="yes\n")
    assert (code, records(place)) == (1, [])
    assert "nothing was published" in said


@pytest.mark.parametrize("id", ["", "../hubs/gh/base-hub", "nobody", "a/b", "\x1b[31m"])
def test_nothing_else_can_be_withdrawn(place: Repository, told: Told, id: str) -> None:
    before = sorted(place.folder.rglob("*.yaml"))
    assert told("withdraw", id)[0] == 2
    assert sorted(place.folder.rglob("*.yaml")) == before


def test_the_schema_takes_no_address_and_no_further_key() -> None:
    data = publishing.record([CLAIM], [DRAWN], date(2026, 6, 1))
    assert schemas.validator("passport")(data)
    entry = data["credentials"][0]
    for more in ({"name": "x"}, {"holder": "x"}, {"proof": []}, {"id": "https://badges.example/assertions/7"}):
        assert not schemas.validator("passport")({**data, "credentials": [{**entry, **more}]})
    assert not schemas.validator("passport")({**data, "name": "x"})
