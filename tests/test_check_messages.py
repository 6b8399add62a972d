"""What checks say: the value that is wrong, and the hint that puts it right."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.checks import CHECKS
from generator.registry import Registry, Scope

HUB = {
    "name": "Wood House",
    "kind": "workshop",
    "website": "https://wood-house.example",
    "location": {"locality": "Ho"},
}
KUMASI = {"locality": "Kumasi", "latitude": 6.69, "longitude": -1.62}
SAW = {"name": "Saw", "processes": ["sawing"]}


def found(rule: str, tables: dict[str, dict[str, Any]], scope: Scope | None = None) -> list[str]:
    """Return message and hint of each finding of a check."""
    data = {
        kind: {id: json.dumps(record, ensure_ascii=False).encode() for id, record in table.items()}
        for kind, table in tables.items()
    }
    registry = Registry(root=Path(), as_of=date(2026, 6, 30), tables=data, scope=scope)
    check = next(check for check in CHECKS if check.rule.id == rule)
    return [f"{finding.message}; {finding.hint}" for finding in check.look(registry)]


def at(latitude: float, longitude: float) -> dict[str, Any]:
    return {"gh/wood-house": {**HUB, "location": {**KUMASI, "latitude": latitude, "longitude": longitude}}}


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ((6.69, 1.62), "6.69, 1.62 lies 80 km outside Ghana, in Benin; did you mean 6.69, -1.62?"),
        ((-6.69, -1.62), "outside Ghana; did you mean 6.69, -1.62?"),
        ((-6.69, 1.62), "outside Ghana; did you mean 6.69, -1.62?"),
        ((51.5, -0.1), "outside Ghana, in United Kingdom; look the place up on a map"),
    ],
)
def test_a_point_outside_the_country_is_put_right_by_its_signs(point: tuple[float, float], said: str) -> None:
    [message] = found("outside-country", {"hub": at(*point)})
    assert said in message


def test_swapped_coordinates_are_given_the_right_way_round() -> None:
    [message] = found("swapped-coordinates", {"hub": at(-1.62, 6.69)})
    assert message == "-1.62, 6.69 lies outside Ghana; write latitude: 6.69 and longitude: -1.62"


@pytest.mark.parametrize(
    ("hubs", "said"),
    [
        ({"gh/timber": {**HUB, "formerly": ["gh/wood-house"]}}, "it is now called `gh/timber`"),
        ({"gh/wood-hous": HUB}, "did you mean `gh/wood-hous`?"),
        ({"gb/wood-house": HUB}, "did you mean `gb/wood-house`?"),
        ({"ke/iron-yard": HUB}, "add hubs/gh/wood-house.yaml, or see `karakana find`"),
    ],
)
def test_a_reference_that_leads_nowhere_is_put_right(hubs: dict[str, Any], said: str) -> None:
    tables = {"hub": hubs, "machine": {"gh/wood-house/saw": SAW}}
    assert found("orphan-machine-folder", tables) == [f"no hub is called `gh/wood-house`; {said}"]


def test_the_signs_of_one_hub_are_named() -> None:
    first = {**HUB, "name": "Wood House e.V.", "location": KUMASI}
    second = {**HUB, "name": "FabLab Wood House", "location": {**KUMASI, "latitude": 6.7, "precision": "city"}}
    [message] = found("same-hub", {"hub": {"gh/a": first, "gh/b": second}})
    signs = "the same name but for town and kind, the same town, 1.1 km apart, the same website"
    assert message.startswith(f"may be the same hub as `gh/a`: {signs}; keep one")


def test_a_machine_that_is_added_to_a_closed_hub_is_found() -> None:
    tables = {"hub": {"gh/wood-house": {**HUB, "status": "closed"}}, "machine": {"gh/wood-house/saw": SAW}}
    scope = Scope(frozenset({("machine", "gh/wood-house/saw")}))
    assert len(found("closed-hub-with-working-machines", tables, scope)) == 1
    assert found("closed-hub-with-working-machines", tables, Scope(frozenset())) == []
    tables["hub"] = {"gh/wood-house": HUB}
    assert found("closed-hub-with-working-machines", tables, scope) == []


@pytest.mark.parametrize(
    ("rule", "record", "said"),
    [
        ("same-hubs", "hubs/gh/a", ["no check is called `same-hubs`; did you mean `same-hub`?"]),
        ("quite-wrong", "hubs/gh/a", ["no check is called `quite-wrong`; see `karakana explain`"]),
        (
            "same-hub",
            "hubs/gh/wood-hous",
            ["no record lies at `hubs/gh/wood-hous`; did you mean `hubs/gh/wood-house`?"],
        ),
        ("same-hub", "hub/gh/a", ["no record lies at `hub/gh/a`; take the exception away, or correct the path"]),
    ],
)
def test_an_exception_that_means_nothing_is_put_right(rule: str, record: str, said: list[str]) -> None:
    exception = {"rule": rule, "record": record, "reason": "-", "until": "2026-12-31"}
    tables = {"exceptions": {"exceptions": {"exceptions": [exception]}}, "hub": {"gh/a": HUB, "gh/wood-house": HUB}}
    rules = ("unknown-rule-in-exception", "unknown-record-in-exception")
    assert [text for name in rules for text in found(name, tables)] == said


@pytest.mark.parametrize("rule", ["invisible-character", "placeholder-url"])
def test_texts_are_looked_through_in_the_records_in_question_only(rule: str) -> None:
    hub = {**HUB, "name": "Wood\u200bHouse", "website": "http://planned"}
    tables = {"hub": {"gh/a": hub, "gh/b": hub}}
    assert len(found(rule, tables)) == 2
    assert len(found(rule, tables, Scope(frozenset({("hub", "gh/a")})))) == 1


def test_an_invisible_character_is_named_with_what_stands_before_it() -> None:
    [message] = found("invisible-character", {"hub": {"gh/a": {**HUB, "name": "Wood\u200bHouse"}}})
    assert message.startswith("U+200B (zero width space) stands after `Wood`")
    [message] = found("invisible-character", {"hub": {"gh/a": {**HUB, "name": "\u00adWood"}}})
    assert message.startswith("U+00AD (soft hyphen) stands at the beginning")


@pytest.mark.parametrize(
    ("name", "is_hidden"),
    [
        ("می\u200cسازیم", False),
        ("ꦩ\u200cꦤ", False),
        ("👩\u200d🔧", False),
        ("❤️\u200d🔥", False),
        ("ورشة \u200eLab\u200f", False),
        ("Wood\u200fHouse", True),
        ("Wood\u061cHouse", True),
        ("Wood\u200dHouse", True),
        ("\u200dWood", True),
        ("ورش\u00adة", True),
        ("ورشة \u202eLab", True),
        ("Wood\u2066House", True),
        ("Wood\U000e0041House", True),
    ],
)
def test_joiners_and_direction_marks_are_allowed_where_a_script_needs_them(name: str, is_hidden: bool) -> None:
    assert bool(found("invisible-character", {"hub": {"gh/a": {**HUB, "name": name}}})) is is_hidden


@pytest.mark.parametrize(
    ("licence", "hint"), [("CC-BY-SA", "did you mean `CC-BY-SA-4.0`?"), ("MIT-ish", "see https://spdx.org/licenses")]
)
def test_a_licence_without_its_version_is_completed(licence: str, hint: str) -> None:
    source = {"name": "List", "licence": licence}
    [message] = found("unknown-licence", {"hub": {"gh/a": {**HUB, "sources": [source]}}})
    assert hint in message


def test_verification_counts_three_years_from_a_leap_day() -> None:
    hub = {**HUB, "verified": {"on": "2025-02-27", "how": "visit"}}
    data = {"hub": {"gh/a": json.dumps(hub).encode()}}
    registry = Registry(root=Path(), as_of=date(2028, 2, 29), tables=data)
    check = next(check for check in CHECKS if check.rule.id == "stale-verification")
    assert len(list(check.look(registry))) == 1


@pytest.mark.parametrize(
    ("name", "email", "is_personal"),
    [
        ("Wood House", "wh@gmail.com", False),
        ("Great Wood Hall Ho", "gwh@gmail.com", False),
        ("Great Wood Hall Ho", "wh@gmail.com", True),
        ("Ada Yard", "ada.mensah@gmail.com", True),
        ("Adam Yard", "adam.k@gmail.com", False),
        ("Wood House", "2016@gmail.com", False),
        ("Wood House", "ama.mensah+info@gmail.com", True),
        ("Wood House", "ama.mensah@wood-house.example", False),
    ],
)
def test_an_address_is_personal_when_it_is_neither_a_role_nor_the_name(
    name: str, email: str, is_personal: bool
) -> None:
    assert (
        bool(found("private-email", {"hub": {"gh/x": {**HUB, "name": name, "contact": {"email": email}}}}))
        is is_personal
    )


@pytest.mark.parametrize(
    ("country", "text", "is_personal"),
    [("tg", "Call 90 12 34 56", True), ("gh", "Call 90 12 34 56", False), ("tg", "Plot 9012345", False)],
)
def test_telephone_numbers_are_those_of_the_country(country: str, text: str, is_personal: bool) -> None:
    assert bool(found("personal-data", {"hub": {f"{country}/x": {**HUB, "summary": text}}})) is is_personal


@pytest.mark.parametrize(
    ("url", "leads_nowhere"),
    [
        ("http://planned", True),
        ("https://www.none/about", True),
        ("http://lab.local", True),
        ("https://ama@wood-house.org", True),
        ("https://www.example.org/lab", True),
        ("https://example.org.gh", False),
        ("https://wood-house.example:8443/@ama", False),
    ],
)
def test_placeholders_are_told_from_addresses(url: str, leads_nowhere: bool) -> None:
    assert bool(found("placeholder-url", {"hub": {"gh/a": {**HUB, "website": url}}})) is leads_nowhere
