"""What pages of designs and requests say: hubs by verdict with reasons, plans whose pieces add up, a map."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import registry
from generator.matching.values import Check, Result, Subject
from generator.matching.words import REASONS
from generator.publish import making, markup, matched, plotted, strings
from generator.publish.edition import Edition, Relations
from generator.publish.page import Item, Page, Section
from generator.publish.reasons import reason
from generator.records import Design, Request
from generator.registry import Registry
from tests.matching_world import HUB, design, machine, world

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "fr", "pt", "sw", "ar")
FAST = {"throughput": {"quantity": 10, "per": "week"}, "availability": {"lead_days": 0}}
PLACE = {"country": "gh", "locality": "Kumasi", "latitude": 6.69, "longitude": -1.62}
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.fixture(scope="module")
def mini() -> Registry:
    return registry.load(ROOT / "tests/mini/registry", as_of=date(2026, 6, 30), prefix="registry/")


def edition_of(known: Registry, mini: Registry, language: str = "en") -> Edition:
    assert mini.settings is not None
    return Edition(known, mini.settings, strings.read(ROOT / "site/strings", language), Relations(known))


def design_page(edition: Edition, id: str) -> Page:
    record = edition.registry.get(Design, id)
    assert record is not None
    return making.design(edition, record)


def request_page(edition: Edition, id: str) -> Page:
    record = edition.registry.get(Request, id)
    assert record is not None
    return making.request(edition, record)


def part(sections: tuple[Section, ...], id: str) -> Section:
    return next(one for one in sections if one.id == id)


def names(page: Page) -> Mapping[str, list[str]]:
    """Return the hubs that a page names, by the group in which they stand."""
    groups = part(page.sections, "makers").sections
    return {group.id.removeprefix("makers-"): [item.text for item in group.items] for group in groups}


def said(item: Item) -> dict[str, list[str]]:
    return {fact.label: [one.text for one in fact.items] for fact in item.facts}


def asking(designs: dict[str, Any], hubs: dict[str, Any], machines: dict[str, Any], **request: Any) -> Registry:
    """Return a registry with one request, for the first of its designs."""
    known = world(designs, hubs, machines)
    wanted = {
        "design": next(iter(designs)), "quantity": 10, "posted_on": "2026-06-01", "needed_by": "2026-09-30",
        "place": PLACE, **request,
    }  # fmt: skip
    tables = {**known._tables, "request": {"call": json.dumps(wanted).encode()}}
    return Registry(root=Path(), as_of=known.as_of, tables=tables)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    known = strings.read(ROOT / "site/strings", language).texts
    assert [pair for pair in REASONS if "match.{}.{}".format(*pair) not in known] == []
    assert [rule for rule, _ in REASONS if f"match.{rule}" not in known] == []


def test_a_design_of_the_small_registry_names_its_maker_and_no_invented_one(mini: Registry) -> None:
    edition = edition_of(mini, mini)
    page = design_page(edition, "stool")
    assert names(page) == {"yes": ["Tamale Open Workshop"]}
    (card,) = part(page.sections, "makers").sections[0].items
    assert said(card) == {"With": ["Big laser"]}
    assert [link.page for link in part(page.sections, "makers").links] == [
        "match/?design=stool", "explore/?process=laser-cutting",
    ]  # fmt: skip
    assert said(part(page.sections, "operations").items[0])["Who can do it"] == ["Can: 1 · to be asked: 0"]


WANTED = design({"envelope_mm": [400, 400], "material": "plywood", "tolerance": {"mm": 0.1}})
BIG = machine(envelope_mm=[600, 600], materials=[{"material": "plywood"}], tolerance_mm=0.05)


@pytest.mark.parametrize(
    ("one", "group", "reasons"),
    [
        (BIG, "yes", {"With": ["Machine"]}),
        ({**BIG, "tolerance_mm": None}, "ask",
         {"Precision": ["± 0.1 mm needed; the record does not say how exactly it works"]}),
        ({**BIG, "envelope_mm": [300, 300]}, "one-fix", {"Size": ["400 × 400 mm needed; only 300 × 300 mm available"]}),
        ({**BIG, "envelope_mm": [300, 300], "tolerance_mm": None}, "one-fix",
         {"Size": ["400 × 400 mm needed; only 300 × 300 mm available"], "Ask, too": ["Precision"]}),
        ({**BIG, "envelope_mm": [300, 300], "tolerance_mm": 0.5}, "fixes",
         {"Size": ["400 × 400 mm needed; only 300 × 300 mm available"],
          "Precision": ["± 0.1 mm needed; only ± 0.5 mm is kept"]}),
    ],
)  # fmt: skip
def test_a_hub_stands_in_its_group_with_what_decided(
    mini: Registry, one: dict[str, Any], group: str, reasons: dict[str, list[str]]
) -> None:
    stated = {key: value for key, value in one.items() if value is not None}
    edition = edition_of(world({"thing": WANTED}, {"gh/hub": {}}, {"gh/hub/m": stated}), mini)
    page = design_page(edition, "thing")
    assert names(page) == {group: ["Hub"]}
    assert said(part(page.sections, "makers").sections[0].items[0]) == reasons


def test_what_is_missing_everywhere_is_said_once(mini: Registry) -> None:
    silent = {"gh/a": {}, "gh/b": {}, "gh/c": {}}
    machines = {f"{hub}/m": {**BIG, "envelope_mm": [600, 600]} for hub in silent}
    for one in machines.values():
        one.pop("tolerance_mm")
    machines["gh/c/m"].pop("envelope_mm")
    page = design_page(edition_of(world({"thing": WANTED}, silent, machines), mini), "thing")
    group = part(page.sections, "makers").sections[0]
    assert [fact.label for fact in group.facts] == ["Precision"]
    assert [list(said(item)) for item in group.items] == [[], [], ["Size"]]


def test_a_claim_is_asked_about_in_one_line(mini: Registry) -> None:
    known = world({"thing": WANTED}, {"gh/hub": {"processes": ["laser-cutting"]}}, {})
    page = design_page(edition_of(known, mini), "thing")
    line = "laser-cutting is offered, but no machine is named: ask about Material, Size, Precision"
    assert said(part(page.sections, "makers").sections[0].items[0]) == {"Machine": [line]}


def test_who_does_some_of_the_steps_says_which_ones_not(mini: Registry) -> None:
    known = world({"thing": design({}, {"process": "turning"})}, {"gh/hub": {}}, {"gh/hub/m": machine()})
    page = design_page(edition_of(known, mini), "thing")
    assert said(part(page.sections, "makers").sections[0].items[0]) == {
        "Does": ["1 of 2 steps"], "Does not do": ["turning"],
    }  # fmt: skip
    able = [said(item)["Who can do it"] for item in part(page.sections, "operations").items]
    assert able == [["Can: 1 · to be asked: 0"], ["Can: 0 · to be asked: 0"]]


@pytest.mark.parametrize(("invented", "named"), [(True, {"yes": ["Hub"]}), (False, {})])
def test_invented_hubs_make_invented_designs_only(mini: Registry, invented: bool, named: dict[str, list[str]]) -> None:
    wanted = {**WANTED, "demonstration": invented}
    known = world({"thing": wanted}, {"gh/hub": {"demonstration": True}}, {"gh/hub/m": BIG})
    assert names(design_page(edition_of(known, mini), "thing")) == named


def test_a_design_without_operations_is_not_for_everyone(mini: Registry) -> None:
    page = design_page(edition_of(world({"thing": {}}, {"gh/hub": {}}, {"gh/hub/m": BIG}), mini), "thing")
    section = part(page.sections, "makers")
    assert section.paragraphs[0].startswith("Not matchable: this design states no operations")
    assert (section.sections, section.facts, section.links, page.plot) == ((), (), (), "")


def test_a_design_says_which_part_of_it_is_silent(mini: Registry) -> None:
    designs = {
        "thing": {**WANTED, "parts": [{"id": "p", "source": "design", "design": "box"}]}, "box": {},
        "ring": {"parts": [{"id": "p", "source": "design", "design": "ring"}]},
    }  # fmt: skip
    edition = edition_of(world(designs, {"gh/hub": {}}, {"gh/hub/m": BIG}), mini)
    page = design_page(edition, "thing")
    assert "(box)" in part(page.sections, "makers").paragraphs[0]
    assert names(page) == {"ask": ["Hub"]}
    assert part(design_page(edition, "ring").sections, "makers").paragraphs == (
        "Not matchable: this design contains itself.",
    )


def shared(quantity: int = 40) -> Registry:
    """Return a registry in which no hub alone is fast enough, and one has to turn what the others cut."""
    steps = design({"part": "leg", "quantity_per_unit": 2}, {"process": "turning", "part": "leg", "after": ["s0"]})
    hubs = {
        f"gh/{name}": {"location": {"locality": name, "latitude": 6 + at, "longitude": -1.5}}
        for at, name in enumerate(("accra", "ho", "wa"))
    }
    machines = {
        "gh/accra/laser": machine(**FAST), "gh/ho/laser": machine(**FAST),
        "gh/wa/lathe": {"processes": ["turning"], "throughput": {"quantity": 90, "per": "week"},
                        "availability": {"lead_days": 1}},
    }  # fmt: skip
    parts = [{"id": "leg", "source": "made", "name": "Leg"}]
    return asking({"stool": {**steps, "parts": parts}}, hubs, machines, quantity=quantity, needed_by="2026-08-20")


def test_pieces_of_a_plan_add_up_on_the_page(mini: Registry) -> None:
    edition = edition_of(shared(), mini)
    plan = matched.plan_of(edition.relations, "call")
    assert plan is not None
    assert plan.is_valid
    sections = part(request_page(edition, "call").sections, "plan").sections
    for step in plan.wish.steps:
        assert sum(one.pieces for one in plan.doing(step.id)) == plan.wish.pieces(step)
    (cut,), (turned,) = (stage.facts for stage in part(sections, "plan-stages").items)
    notes = [one.note for one in cut.items]
    assert [one.text for one in cut.items][-1] == "Together"
    assert sum(map(number, notes[:-1])) == number(notes[-1]) == 80
    assert [(one.text, one.note) for one in turned.items] == [("Hub", "40 pieces")]
    by_hub = [number(one.note) for hub in part(sections, "plan-work").items for fact in hub.facts for one in fact.items]
    assert sum(by_hub) == 120


def number(text: str) -> int:
    found = re.match(r"\d+", text)
    return int(found[0]) if found else 0


def test_a_plan_names_its_ways_and_draws_them(mini: Registry) -> None:
    edition = edition_of(shared(), mini)
    page = request_page(edition, "call")
    transport = part(part(page.sections, "plan").sections, "plan-transport")
    assert len(transport.items) == 3
    assert transport.paragraphs[0].endswith("km in all, as the crow flies.")
    drawn = json.loads(page.plot)
    assert [spot[4] for spot in drawn["spots"]] == ["yes", "yes", "yes", plotted.GOAL]
    assert len(drawn["ways"]) == 3
    assert all(start != end for start, end, _ in drawn["ways"])


def test_a_request_that_nobody_can_meet_says_what_is_missing_and_who_comes_close(mini: Registry) -> None:
    known = asking({"thing": WANTED}, {"gh/hub": {}}, {"gh/hub/m": {**BIG, "envelope_mm": [300, 300]}})
    section = part(request_page(edition_of(known, mini), "call").sections, "plan")
    assert section.paragraphs == ("There is no plan for all of it yet.",)
    (gap,) = part(section.sections, "plan-uncovered").items
    assert said(gap) == {"Without a maker": ["10 pieces"], "Comes close": ["Hub"]}
    assert gap.facts[-1].items[0].note == "400 × 400 mm needed; only 300 × 300 mm available"


def test_a_request_whose_day_has_passed_says_so(mini: Registry) -> None:
    known = asking({"thing": WANTED}, {"gh/hub": {}}, {"gh/hub/m": {**BIG, **FAST}}, needed_by="2026-06-20")
    section = part(request_page(edition_of(known, mini), "call").sections, "plan")
    assert section.paragraphs[0] == "There is no plan for all of it yet."
    obstacles = part(section.sections, "plan-obstacles").items
    assert [one.text for one in obstacles] == ["The last day, 20 Jun 2026, has passed."]


def test_a_request_that_is_not_open_looks_for_nobody(mini: Registry) -> None:
    known = asking({"thing": WANTED}, {"gh/hub": {}}, {"gh/hub/m": BIG}, status="filled")
    page = request_page(edition_of(known, mini), "call")
    assert (page.sections, page.plot) == ((), "")


def test_a_request_leads_to_the_page_that_matches_with_all_that_it_asks(mini: Registry) -> None:
    budget = {"amount": "5", "currency": "GHS"}
    known = asking({"thing": WANTED}, {"gh/hub": {}}, {"gh/hub/m": BIG}, within_km=50, budget=budget)
    links = part(request_page(edition_of(known, mini), "call").sections, "makers").links
    assert [link.page for link in links] == [
        "explore/?near=6.69,-1.62&within=50",
        "match/?design=thing&quantity=10&by=2026-09-30&near=6.69,-1.62&within=50&sale=1",
        "explore/?process=laser-cutting",
    ]


def test_a_request_says_who_accepts_its_contract(mini: Registry) -> None:
    hubs = {"gh/hub": {"accepts": ["deal/1"]}}
    known = asking({"thing": WANTED}, hubs, {"gh/hub/m": BIG}, contract="deal/1")
    sections = request_page(edition_of(known, mini), "call").sections
    facts = {fact.label: [one.text for one in fact.items] for fact in part(sections, "plan").facts}
    assert facts["Contract accepted by"] == ["Hub"]
    assert any(link.page.endswith("&contract=deal/1") for link in part(sections, "makers").links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_stay_text_in_every_language(mini: Registry, language: str) -> None:
    hubs = {name: {"name": HOSTILE, "location": {**HUB["location"], "latitude": 6.6, "longitude": -1}} for name in
            ("gh/a", "gh/b")}  # fmt: skip
    machines = {"gh/a/m": {**BIG, "name": HOSTILE}, "gh/b/m": {**BIG, "name": HOSTILE, "envelope_mm": [1, 1]}}
    wanted = {**WANTED, "name": HOSTILE, "parts": [{"id": "p", "source": "made", "name": HOSTILE}]}
    wanted["operations"] = [{**wanted["operations"][0], "part": "p", "certifications": [HOSTILE]}]
    edition = edition_of(asking({"thing": wanted}, hubs, machines), mini, language)
    for page in (design_page(edition, "thing"), request_page(edition, "call")):
        text = markup.sections(page.sections, "../")
        assert "<img" not in text
        assert "<script" not in text
        assert "&lt;img" in text


def test_a_sentence_names_several_sizes_once(mini: Registry) -> None:
    sizes = [700, 710, 720, 730, 740]
    known = world({"thing": design(*({"envelope_mm": [size, 9]} for size in sizes))}, {"gh/hub": {}}, {"gh/hub/m": BIG})
    page = design_page(edition_of(known, mini), "thing")
    line = "700 × 9 mm, 710 × 9 mm, 720 × 9 mm, 2 more needed; only 600 × 600 mm available"
    assert said(part(page.sections, "makers").sections[0].items[0])["Size"] == [line]


def test_nothing_is_gathered_where_nothing_is_made(mini: Registry) -> None:
    without = world({"thing": {}}, {"gh/hub": {}}, {"gh/hub/m": BIG})
    relations = edition_of(without, mini).relations
    relations.prepare()
    matched.prepare(relations)
    assert "matcher" not in vars(relations)
    with_steps = edition_of(world({"thing": WANTED}, {"gh/hub": {}}, {}), mini).relations
    with_steps.prepare()
    assert "matcher" in vars(with_steps)


@pytest.mark.parametrize(
    ("language", "fact", "said"),
    [
        ("en", "nozzle_mm: 0.4", "Nozzle 0.4 mm needed; the record does not say"),
        ("en", "zigzag: true", "Zigzag stitch needed; the record does not say"),
        ("en", "zigzag: false", "Zigzag stitch: no needed; the record does not say"),
        ("en", "own_thing_um: 5", "own thing 5 µm needed; the record does not say"),
        ("en", "laser_type: co2", "Laser co2 needed; the record does not say"),
        ("fr", "nozzle_mm: 0.4", "Buse 0,4 mm nécessaire ; la fiche ne le dit pas"),
    ],
)
def test_features_are_called_as_people_call_them(mini: Registry, language: str, fact: str, said: str) -> None:
    check = Check("features", Result.UNKNOWN, Subject.MACHINE, "features.x", "silent", fact)
    assert reason(edition_of(mini, mini, language), check) == said
