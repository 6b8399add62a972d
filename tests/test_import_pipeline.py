"""Every row becomes a file, a duplicate or a rejection; a second import of the same rows drafts nothing."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import documents, schemas
from generator.importers.drafts import Draft, Rejected, Row
from generator.importers.outcomes import Account, Drafted, Duplicate, Outcome
from generator.importers.pipeline import Intake
from generator.importers.report import as_json, as_markdown, as_text
from generator.importers.source import Source
from generator.registry import Registry

DAY = date(2026, 3, 31)
SOURCE = Source("A list", url="https://list.example", licence="CC-BY-4.0", retrieved="2026-03")


def registry(hubs: dict[str, dict[str, Any]] | None = None, **kinds: dict[str, Any]) -> Registry:
    tables = {kind: {id: json.dumps(data).encode() for id, data in found.items()} for kind, found in kinds.items()}
    tables["hub"] = {id: json.dumps(data).encode() for id, data in (hubs or {}).items()}
    return Registry(root=Path(), as_of=DAY, tables=tables)


def hub(name: str = "Wood House", town: str = "Ho", at: tuple[Any, Any] | None = None, **more: Any) -> dict[str, Any]:
    location = {"locality": town} | ({} if at is None else {"latitude": at[0], "longitude": at[1]})
    return {"name": name, "kind": "makerspace", "location": location, "website": "https://shared.example", **more}


def row(data: dict[str, Any], place: str = "row 2", country: str = "gh", key: str = "") -> Draft:
    return Draft("hub", "", data, place, country=country, key=key)


def take(rows: Iterable[Row], known: Sequence[Registry] = ()) -> list[Outcome]:
    return list(Intake([*known, registry()], SOURCE, DAY).take(rows))


def one(rows: Iterable[Row], known: Sequence[Registry] = ()) -> Outcome:
    (found,) = take(rows, known)
    return found


def data_of(outcome: Outcome) -> dict[str, Any]:
    assert isinstance(outcome, Drafted), outcome
    found: dict[str, Any] = documents.parse(outcome.content)
    return found


def known_by(outcomes: Iterable[Outcome]) -> Registry:
    """Return a registry with the drafts as records."""
    tables: dict[str, dict[str, bytes]] = {}
    for found in outcomes:
        if isinstance(found, Drafted):
            id = found.path.partition("/")[2].removesuffix(".yaml")
            tables.setdefault(found.kind, {})[id] = json.dumps(documents.parse(found.content)).encode()
    return Registry(root=Path(), as_of=DAY, tables=tables)


def test_a_draft_says_where_it_comes_from() -> None:
    found = one([row(hub(at=(6.61234567, 0.47)))])
    assert isinstance(found, Drafted)
    assert found.path == "hubs/gh/wood-house.yaml"
    data = data_of(found)
    assert data["verified"] == {"on": "2026-03-15", "how": "imported"}
    assert data["sources"] == [
        {"name": "A list", "url": "https://list.example", "licence": "CC-BY-4.0", "retrieved": "2026-03"}
    ]
    assert data["location"] == {"locality": "Ho", "latitude": 6.61235, "longitude": 0.47, "precision": "street"}


def test_what_does_not_fit_is_left_out_with_a_note() -> None:
    junk = {
        "website": "http://planned", "founded_year": 32202, "access": "whenever", "floor_m2": -3, "batch": "many",
        "hours": "ask us", "oddity": 1, "same_as": ["https://other.example/x", "ftp://y"], "processes": ["a b"],
    }  # fmt: skip
    found = one([row({**hub(at=(48.3, 14.3)), **junk})])
    data = data_of(found)
    assert set(data) == {"name", "kind", "location", "verified", "sources", "same_as"}
    assert data["location"] == {"locality": "Ho", "precision": "city"}
    notes = "\n".join(found.notes) if isinstance(found, Drafted) else ""
    for word in ("website", "founded_year", "access", "floor_m2", "batch", "hours", "oddity", "processes", "Austria"):
        assert word in notes


def test_personal_data_stays_behind() -> None:
    contact = {"email": "ama.mensah77@gmail.com", "phone": "+233 24 412 3456", "other": ["call 024 412 3456"]}
    summary = "Ask Ama: ama@home.example or +233 24 412 3456, born 1.2.1990."
    text = json.dumps(data_of(one([row(hub(contact=contact, summary=summary))])))
    for private in ("gmail", "412", "home.example", "1990"):
        assert private not in text


def test_a_role_address_and_an_office_number_stay() -> None:
    data = data_of(one([row(hub(contact={"email": "info@lab.ch", "phone": "044 668 18 00"}), country="CH")]))
    assert data["contact"] == {"email": "info@lab.ch", "phone": "+41 44 668 18 00"}


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (row(hub(town="")), "no town"),
        (row(hub(), country=""), "country is not known"),
        (row(hub(), country="Atlantis"), "Atlantis"),
        (row(hub(name="")), "`name` is missing"),
        (row({**hub(), "website": ""}), "`website`"),
        (row({**hub(), "kind": "castle"}), "`kind`"),
        (Draft("machine", "", {"name": "Laser"}, "row 2", hub="nobody"), "not in the file"),
        (Draft("design", "Not An Id", {"name": "Chair", "licence": {}}, "row 2"), "licence"),
    ],
)
def test_what_makes_no_record_is_rejected_with_a_reason(draft: Draft, reason: str) -> None:
    found = one([draft])
    assert isinstance(found, Rejected)
    assert reason in found.reason


def test_a_missing_town_comes_from_a_hub_nearby_whichever_row_comes_first() -> None:
    rows = [row(hub("Oak", "", at=(6.6, 0.47)), "row 2"), row(hub("Elm", "Ho", at=(6.61, 0.47)), "row 3")]
    found = {outcome.place: data_of(outcome)["location"]["locality"] for outcome in take(rows)}
    assert found == {"row 2": "Ho", "row 3": "Ho"}


def test_a_point_without_a_town_is_kept_and_says_so() -> None:
    found = one([row(hub("Oak", "", at=(6.6, 0.47)))])
    assert data_of(found)["location"]["locality"] == "Ghana"
    assert "look it up" in "".join(found.notes if isinstance(found, Drafted) else ())


SAME = [
    ("the same name and town", hub("Wood House"), hub("Wood  HOUSE Ltd"), True),
    ("the same page elsewhere", hub("A", same_as=["https://www.fablabs.io/labs/a"]),
     hub("B", "Accra", same_as=["http://fablabs.io/labs/a/"]), True),
    ("another town", hub("Wood House"), hub("Wood House", "Tamale"), False),
    ("labs of one school with one website", hub("Oak Lab"), hub("Elm Lab"), False),
    ("a part of the name, one website, one town", hub("xHouse"), hub("xHouse hack and make space", "Ho"), True),
    ("hubs at a town's middle", hub("Oak Lab", at=(6.6, 0.47)), hub("Elm Lab", at=(6.6, 0.47)), False),
    ("kinds at a town's middle", hub("FabLab Ho", at=(6.6, 0.47)), hub("Ho Makerspace", at=(6.6, 0.47)), False),
    ("one name across a town's border", hub("Woodlark", at=(6.6, 0.47)), hub("Woodlark", "Hoe", (6.65, 0.47)), True),
    ("branches with numbers", hub("Woodlark 1", at=(6.6, 0.47)), hub("Woodlark 2", at=(6.6, 0.47)), False),
    ("short names", hub("Ama"), hub("Ada"), False),
    ("a hub that has closed", hub("Wood House", status="closed"), hub("Wood House"), True),
]  # fmt: skip


@pytest.mark.parametrize(("why", "first", "second", "is_one"), SAME, ids=[case[0] for case in SAME])
def test_duplicates_in_the_registry_and_in_the_run(
    why: str, first: dict[str, Any], second: dict[str, Any], is_one: bool
) -> None:
    run = take([row(first, "row 2"), row(second, "row 3")])
    assert isinstance(run[1], Duplicate) is is_one, why
    against = one([row(second, "row 3")], [known_by(take([row(first)]))])
    assert isinstance(against, Duplicate) is is_one
    if isinstance(against, Duplicate):
        assert against.of.startswith("hubs/gh/")
        assert against.why


_TREES = "Oak Elm Teak Iroko Odum Wawa Cedar Ebony Ash Beech Birch Larch Maple Pine Spruce Walnut Willow"


def test_seventeen_labs_with_one_website_stay_seventeen() -> None:
    rows = [row(hub(f"{name} FabLab", "Ho", at=(6.6, 0.47)), name) for name in _TREES.split()]
    assert len(rows) == 17
    assert all(isinstance(found, Drafted) for found in take(rows))


def test_ids_get_the_town_and_then_a_number() -> None:
    towns = ["Ho", "Tamale", "Tamale Nord", "Accra"]
    points = [(6.6, 0.47), (9.4, -0.84), (9.9, -0.84), (5.6, -0.2)]
    rows = [row(hub("Wood House", town, point), town) for town, point in zip(towns, points, strict=True)]
    rows.append(row(hub("Woodhouse Lab", "Ho", (7.6, -1.5)), "x"))
    paths = [found.path for found in take(rows) if isinstance(found, Drafted)]
    assert paths[:4] == [
        "hubs/gh/wood-house.yaml", "hubs/gh/wood-house-tamale.yaml", "hubs/gh/wood-house-tamale-nord.yaml",
        "hubs/gh/wood-house-accra.yaml",
    ]  # fmt: skip
    assert len(set(paths)) == len(paths) == 5


def test_names_without_latin_letters_get_an_id_of_their_address() -> None:
    found = one([row({**hub("東京ハッカースペース", "東京"), "website": "https://tokyo-hack.jp/"}, country="jp")])
    assert isinstance(found, Drafted)
    assert found.path == "hubs/jp/tokyo-hack.yaml"


def test_machines_go_where_their_hub_went() -> None:
    known = registry({"gh/wood-house": hub()}, machine={"gh/wood-house/saw": {"name": "Saw"}})
    rows: list[Row] = [row(hub(), key="a"), row(hub("Elm"), key="b"), row(hub(name=""), key="c")]
    rows += [Draft("machine", "", {"name": name}, name, hub=key) for name, key in
             (("Laser", "a"), ("Saw", "a"), ("Laser", "b"), ("laser", "b"), ("Laser", "c"))]  # fmt: skip
    found = take(rows, [known])[3:]
    assert [getattr(outcome, "path", getattr(outcome, "of", "rejected")) for outcome in found] == [
        "machines/gh/wood-house/laser.yaml", "machines/gh/wood-house/saw.yaml", "machines/gh/elm/laser.yaml",
        "machines/gh/elm/laser.yaml", "rejected",
    ]  # fmt: skip
    assert [type(outcome) for outcome in found] == [Drafted, Duplicate, Drafted, Duplicate, Rejected]


NAMES = st.sampled_from(["Oak", "Elm Lab", "FabLab Ho", "Ho", "東京", "🛠", "Oak 2", "Élan", "-", "x" * 200]) | st.text(
    max_size=12
)
POINTS = st.none() | st.tuples(
    st.sampled_from([6.6, 6.61, 6.75, 0, 48.3, "6,6", "x"]), st.sampled_from([0.47, 0.48, 0, 14.3, None])
)
HUBS = st.builds(
    hub,
    NAMES,
    st.sampled_from(["Ho", "Tamale", "", "Hô", "n/a"]),
    POINTS,
    summary=st.text(max_size=20),
    same_as=st.lists(st.sampled_from(["https://a.example/1", "https://a.example/2", "nothing"]), max_size=2),
    founded_year=st.sampled_from([None, 2016, 32202, "2016-01-01"]),
)
ROWS = st.lists(
    st.one_of(
        st.builds(row, HUBS, country=st.sampled_from(["gh", "Ghana", "AT", "", "??"]), key=st.sampled_from("abc")),
        st.builds(
            Draft, st.just("machine"), st.just(""), st.fixed_dictionaries({"name": NAMES}), st.just("m"),
            hub=st.sampled_from("abcd"),
        ),
        st.builds(Rejected, st.just("r"), NAMES, st.just("broken")),
    ),
    max_size=12,
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(ROWS)
def test_every_row_is_drafted_a_duplicate_or_rejected_and_a_second_import_drafts_nothing(rows: list[Row]) -> None:
    first = take(rows)
    assert len(first) == len(rows)
    drafted = [found for found in first if isinstance(found, Drafted)]
    assert len({found.path for found in drafted}) == len(drafted)
    for found in drafted:
        assert schemas.validator(found.kind)(documents.parse(found.content))
    again = take(rows, [known_by(first)])
    assert [found for found in again if isinstance(found, Drafted)] == []
    # A row that says too little to be a record may be known by what others made of its hub.
    rejected = sum(isinstance(found, Rejected) for found in first)
    assert sum(isinstance(found, Rejected) for found in again) <= rejected


def account() -> Account:
    drafted = Drafted("hub", "row 2", "A", "hubs/gh/a.yaml", ("coordinates left out",))
    known = Duplicate("hub", "row 3", "B | <b>", "hubs/gh/b.yaml", "the same name")
    return Account(
        "list.csv", (drafted,), (known,), (Rejected("row 4", "\x1b[31m@all", "no town"),), {("process", "x"): 3}
    )


def test_reports_add_up_and_what_rows_say_is_harmless() -> None:
    text, markdown = as_text(account()), as_markdown(account())
    assert "3 read = 1 drafted + 1 duplicate + 1 rejected" in text
    assert "3 × process `x`" in text
    assert "\x1b" not in text + markdown
    assert "\\<b\\>" in markdown
    assert "\\@all" in markdown
    told = json.loads(as_json(account()))
    assert told["read"] == told["drafted"] + told["duplicate"] + told["rejected"] == len(told["rows"])
