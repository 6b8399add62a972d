"""What differs between two registries, in words; what follows; and that no text of a stranger does harm."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import registry, schemas
from generator.checks import example
from generator.differences import Differences, Effect, Entry, Sides, Statement, as_json, differences, markdown, text
from generator.differences.facts import facts
from generator.differences.sides import both
from generator.differences.text import flat, visible
from generator.documents import parse
from generator.markdown import escaped
from generator.matching.by_process import World, offers
from generator.records import BY_NAME
from generator.registry import Registry

Files = Mapping[str, str | None]


@pytest.fixture
def known(small: Path) -> Registry:
    return registry.load(small, as_of=date(2026, 6, 1), prefix="registry/")


def between(before: Registry, files: Files, unplain: frozenset[str] = frozenset()) -> Differences:
    """What differs when some files of a registry get other texts."""
    after = registry.replaced(before, {path: None if new is None else new.encode() for path, new in files.items()})
    return differences(Sides(
        before, after, tuple(path for path in files if files[path] is not None),
        tuple(path for path in files if files[path] is None), unplain=unplain,
    ))  # fmt: skip


def told(found: Differences) -> list[str]:
    return text(found).split("\n\n")[0].rstrip("\n").split("\n")


def follows(found: Differences) -> list[str]:
    return [effect.text for effect in found.effects]


# Facts. Before and after are YAML; what they have in common stands in BASE.

BASE = {
    "hub": "name: X\nkind: fab-lab\nlocation: {locality: Accra, latitude: 5.6, longitude: -0.2}\n",
    "machine": "name: Laser\n",
    "design": "name: X\nlicence: {hardware: MIT}\n",
    "process": "labels: {en: X}\n",
}
MULTIKEY = "z6MkkKKG3bT6g1HaL4vcu35PeKg8JthzeABpUHjDQsfT9FgN"
KEY = f"keys:\n- public_key: {MULTIKEY}\n  valid_from: 2026-01-01\n"
NEWER = f"keys:\n- public_key: {MULTIKEY[:-1]}x\n  valid_from: 2026-01-01\n"
FACTS = [
    ("hub", "access: public", "access: membership", ["access: public → membership"]),
    ("hub", "", "access: public", ["access: not given → public"]),
    ("hub", "access: public", "", ["access: public → not given"]),
    ("hub", "", "status: active", []),
    ("hub", "", "languages: []", []),
    ("hub", "status: active", "status: paused", ["status: active → paused"]),
    ("hub", "", "status: planned", ["status: active → planned"]),
    ("hub", "", "status: closed\nclosed_on: 2026-05-01", ["closed on 2026-05-01"]),
    ("hub", "", "status: closed", ["closed"]),
    ("hub", "status: closed\nclosed_on: 2026-05-01", "", ["no longer closed: active"]),
    ("hub", "status: closed\nclosed_on: 2026-05-01", "status: closed\nclosed_on: 2026-06-01", ["closed on 2026-06-01"]),
    ("hub", "languages: [en, tw]", "languages: [en, fr, ee]", ["2 languages added: fr, ee", "language removed: tw"]),
    ("hub", "languages: [en, fr]", "languages: [fr, en]", ["languages: same values, other order or number"]),
    ("hub", "processes: [a, b]", "processes: [a]", ["process removed: b"]),
    ("hub", "services: [a]", "services: [a, b]", ["service added: b"]),
    ("hub", "floor_m2: 100", "floor_m2: 120.5", ["floor area: 100 m² → 120.5 m²"]),
    ("hub", "summary: old", "summary: new", ["summary changed: “old” → “new”"]),
    ("hub", "summary: {en: old}", "summary: {en: old, fr: neuf}", ["summary (fr) added: “neuf”"]),
    ("hub", "summary: {en: old, fr: x}", "summary: {fr: y}",
     ["summary (en) removed: “old”", "summary (fr) changed: “x” → “y”"]),
    ("hub", "summary: a", "summary: {en: a}", ["summary removed: “a”", "summary (en) added: “a”"]),
    ("hub", "contact: {email: a@x.org}", "contact: {email: b@x.org, phone: '1'}",
     ["contact email: a@x.org → b@x.org", "contact phone: not given → 1"]),
    ("hub", "contact: {email: a@x.org}", "", ["contact email: a@x.org → not given"]),
    ("hub", "stewards: [{github: ama}]", "stewards: [{github: ama}, {github: kofi, github_id: 7}]",
     ["steward added: kofi (id 7)"]),
    ("hub", "stewards: [{github: ama, github_id: 1}]", "stewards: [{github: ama, github_id: 2}]",
     ["steward ama: github id: 1 → 2"]),
    ("hub", "stewards: [{github: ama}]", "stewards: [{github: kofi}]", ["steward added: kofi", "steward removed: ama"]),
    ("hub", KEY, KEY + "  revoked_on: 2026-03-01\n", ["key z6MkkKKG…QsfT9FgN revoked on 2026-03-01"]),
    ("hub", KEY, KEY + "  compromised_since: 2026-02-01\n", ["key z6MkkKKG…QsfT9FgN compromised since 2026-02-01"]),
    ("hub", KEY + "  revoked_on: 2026-03-01\n", KEY, ["key z6MkkKKG…QsfT9FgN: revoked on: 2026-03-01 → not given"]),
    ("hub", KEY, NEWER, ["key added: z6MkkKKG…QsfT9Fgx", "key removed: z6MkkKKG…QsfT9FgN"]),
    ("hub", "", "verified: {on: 2026-05-01, how: visit, by: GIG}", ["verified on 2026-05-01 (visit, by GIG)"]),
    ("hub", "verified: {on: 2025-05-01, how: self}", "verified: {on: 2026-05-01, how: call}",
     ["verified on 2026-05-01 (call); before, on 2025-05-01 (self)"]),
    ("hub", "verified: {on: 2025-05-01, how: self}", "",
     ["verified on: 2025-05-01 → not given", "verified how: self → not given"]),
    ("hub", "infrastructure: {ups: absent}", "infrastructure: {ups: present}",
     ["infrastructure ups: absent → present"]),
    ("hub", "accepts: [a/1]", "accepts: [a/1, a/2, b/1]", ["2 accepted contracts added: a/2, b/1"]),
    ("machine", "envelope_mm: [600, 400]", "envelope_mm: [600, 400, 20]",
     ["working area: 600 × 400 mm → 600 × 400 × 20 mm"]),
    ("machine", "envelope_mm: [600, 400]", "envelope_mm: {diameter: 30}", ["working area: 600 × 400 mm → ⌀ 30 mm"]),
    ("machine", "", "quantity: 3", ["quantity: 1 → 3"]),
    ("machine", "quantity: 1", "", []),
    ("machine", "power_w: 40", "power_w: 60", ["power: 40 W → 60 W"]),
    ("machine", "features: {axes: 3}", "features: {axes: 4, laser: CO2}",
     ["features axes: 3 → 4", "features laser: not given → CO2"]),
    ("machine", "requires: [{competence: a, level: 1}]",
     "requires: [{competence: a, level: 2}, {competence: b, level: 3}]",
     ["requirement added: b level 3", "requirement a: level: 1 → 2"]),
    ("machine", "materials: [{material: mdf, form: sheet}]", "materials: [{material: mdf, form: block}]",
     ["material added: mdf block", "material removed: mdf sheet"]),
    ("machine", "materials: [{material: mdf}]", "materials: [{material: mdf, max_thickness_mm: 6}]",
     ["material mdf: max thickness: not given → 6 mm"]),
    ("machine", "rate: {amount: '5', currency: GHS, per: hour}", "rate: {amount: '6', currency: GHS, per: hour}",
     ["rate amount: 5 → 6"]),
    ("machine", "demonstration: true", "", ["demonstration: yes → no"]),
    ("design", "operations: [{id: cut, process: a, thickness_mm: 3}]",
     "operations: [{id: cut, process: b, thickness_mm: 3}]",
     ["operation cut: process: a → b"]),
    ("process", "aliases: {en: [x]}", "aliases: {en: [x, y], fr: [z]}", ["aliases en added: y", "aliases fr added: z"]),
    ("process", "broader: [a]", "broader: [b]", ["broader added: b", "broader removed: a"]),
    ("process", "substitutes: [{process: a, when: x}]", "substitutes: [{process: a, when: y}]",
     ["substitute a: when changed: “x” → “y”"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "before", "after", "expected"), FACTS)
def test_statements(kind: str, before: str, after: str, expected: list[str]) -> None:
    was, now = (parse(f"{BASE[kind]}{part}\n".encode()) for part in (before, after))
    assert [one.text for one in facts(BY_NAME[kind], was, now)] == expected


@pytest.mark.parametrize(
    ("latitude", "expected"),
    [
        ("5.60005", "location moved by 6 m"), ("5.62", "location moved by 2.2 km"),
        ("-5.6", "location moved by 1,245 km"),
    ],
)  # fmt: skip
def test_places_that_move(latitude: str, expected: str) -> None:
    was, now = parse(BASE["hub"].encode()), parse(BASE["hub"].replace("5.6", latitude).encode())
    assert [one.text for one in facts(BY_NAME["hub"], was, now)] == [expected]


def test_coordinates_that_come_and_go() -> None:
    was, now = parse(BASE["hub"].encode()), parse(b"name: X\nkind: fab-lab\nlocation: {locality: Tema}\n")
    kind = BY_NAME["hub"]
    assert [one.text for one in facts(kind, was, now)] == [
        "coordinates removed: 5.600000, -0.200000",
        "locality: Accra → Tema",
    ]
    assert [one.text for one in facts(kind, now, was)] == [
        "coordinates added: 5.600000, -0.200000",
        "locality: Tema → Accra",
    ]


@pytest.mark.parametrize(("kind", "before", "after", "_"), FACTS)
def test_nothing_is_said_of_what_is_the_same(kind: str, before: str, after: str, _: list[str]) -> None:
    for part in (before, after):
        data = parse(f"{BASE[kind]}{part}\n".encode())
        assert facts(BY_NAME[kind], data, data) == ()


# Records.

HUB = "name: New Hub\nkind: fab-lab\nlocation:\n  locality: Accra\n  precision: city\nwebsite: https://new.example/\n"
BASE_HUB = "hubs/gh/base-hub.yaml"
LASER = "machines/gh/base-hub/laser.yaml"


def test_machines_are_told_at_their_hub(known: Registry) -> None:
    found = between(known, {
        "machines/gh/base-hub/mill.yaml": "name: Mill\nprocesses:\n  - sawing\n",
        "machines/gh/base-hub/b-60.yaml": "model: base/laser-60\n",
    })  # fmt: skip
    assert told(found) == ["changed hub: Base Hub (gh/base-hub)", "  2 machines added: b-60 (base/laser-60), mill"]
    assert [(entry.kind, entry.told_in) for entry in found.entries] == [("hub", ""), *[("machine", BASE_HUB)] * 2]


def test_changed_machine_is_told_itself(known: Registry) -> None:
    found = between(known, {LASER: "model: base/laser-60\nquantity: 2\n"})
    assert told(found)[0].startswith("changed machine: ")
    assert "  quantity: 1 → 2" in told(found)


def test_new_and_removed_hubs(known: Registry) -> None:
    new = between(known, {"hubs/gh/new.yaml": HUB + "stewards:\n  - github: ama\n    github_id: 5\n"})
    assert told(new) == ["added hub: New Hub (gh/new)", "  fab lab in Accra", "  stewards: ama (id 5)"]
    gone = between(known, {BASE_HUB: None, LASER: None})
    assert told(gone)[0] == "removed hub: Base Hub (gh/base-hub)"
    assert told(gone)[-1] == "  machine removed: laser (base/laser-60)"


def test_renamed_hub_takes_its_machines_along(known: Registry) -> None:
    hub, laser = (known.read(path).decode() for path in (BASE_HUB, LASER))
    found = between(known, {
        BASE_HUB: None, LASER: None,
        "hubs/gh/other.yaml": hub.replace("Base Hub", "Other") + "formerly:\n  - gh/base-hub\n",
        "machines/gh/other/laser.yaml": laser,
    })  # fmt: skip
    assert told(found) == [
        "renamed hub: Other (gh/other), formerly gh/base-hub", "  name changed: “Base Hub” → “Other”",
        "  machine moved along: laser",
    ]  # fmt: skip
    assert len(found.entries) == 2


def test_new_hub_that_claims_the_id_of_another(known: Registry) -> None:
    found = between(known, {"hubs/gh/new.yaml": HUB + "formerly:\n  - gh/base-hub\n"})
    assert "  says that it was gh/base-hub before, which is still there" in told(found)


def test_rename_without_saying_so(known: Registry) -> None:
    files: Files = {BASE_HUB: None, "hubs/gh/other.yaml": known.read(BASE_HUB).decode()}
    after = registry.replaced(known, {path: None if new is None else new.encode() for path, new in files.items()})
    found = differences(Sides(known, after, ("hubs/gh/other.yaml",), (BASE_HUB,), {"hubs/gh/other.yaml": BASE_HUB}))
    assert any("looks like gh/base-hub under another id" in line for line in told(found))


def test_what_a_hub_was_called_before_is_told_once(known: Registry) -> None:
    """A hub that moves keeps its former ids; only those that are new in the change are claims."""
    older = registry.replaced(known, {BASE_HUB: known.read(BASE_HUB) + b"formerly: [gh/first]\n"})
    files: Files = {
        BASE_HUB: None,
        "hubs/gh/other.yaml": older.read(BASE_HUB).decode().replace("first]", "first, gh/x]"),
    }
    after = registry.replaced(older, {path: None if new is None else new.encode() for path, new in files.items()})
    found = differences(Sides(older, after, ("hubs/gh/other.yaml",), (BASE_HUB,), {"hubs/gh/other.yaml": BASE_HUB}))
    said = [line for line in told(found) if "says that it was" in line]
    assert said == ["  says that it was gh/x before, which this change does not remove"]


def test_comments_and_layout_are_no_facts(known: Registry) -> None:
    found = between(known, {BASE_HUB: "# hello\n" + known.read(BASE_HUB).decode()})
    assert told(found) == [
        "rewritten hub: Base Hub (gh/base-hub)", "  no fact changed: comments, order or layout only",
    ]  # fmt: skip
    assert found.effects == ()


def test_broken_files_say_why_and_where(known: Registry) -> None:
    found = between(known, {BASE_HUB: HUB.replace("kind: fab-lab", "kind: nonsense")})
    assert told(found)[0] == "broken hub: Base Hub (gh/base-hub)"
    assert re.match(r"  cannot be read: .*nonsense.* \(line 2\)", told(found)[1])
    mended = between(registry.replaced(known, {BASE_HUB: b"name: [\n"}), {BASE_HUB: HUB})
    assert told(mended) == ["mended hub: New Hub (gh/base-hub)", "  it could not be read before"]


def test_files_that_are_no_records(known: Registry) -> None:
    link = "hubs/gh/link.yaml"
    found = between(known, {link: "", "odd/caf\udce9.yaml": "", "hubs/gh/UP.yaml": HUB}, frozenset({link}))
    lines = told(found)
    assert "  is no plain file: a symbolic link or a submodule" in lines
    assert "changed file: odd/caf\\xe9.yaml" in lines
    assert "broken hub: gh/UP" in lines
    assert "\udce9" not in as_json(found, "0" * 40, "")


def test_passports_are_never_named(known: Registry) -> None:
    source = (
        "consent_on: 2026-01-01\ncredentials:\n  - id: secret-one\n    issuer: gh/base-hub\n"
        "    competence: laser-cutter-operation\n    level: 1\n    assessed_on: 2026-01-01\n    basis: test\n"
    )
    for content in (source, "consent_on: secret-two\n"):
        found = between(known, {"passports/abc123secret.yaml": content})
        assert len(found.entries) == 1
        for shown in (text(found), markdown(found), as_json(found, "0" * 40, "")):
            assert "secret" not in shown
            assert "a passport" in shown


# What follows.

DESIGN = (
    "name: Box\nlicence:\n  hardware: MIT\nrepository: https://box.example/\n"
    "operations:\n  - id: cut\n    process: laser-cutting\n"
)
REQUEST = (
    "design: box\nquantity: 5\nposted_on: 2026-05-01\nneeded_by: 2026-08-01\n"
    "by: gh/base-hub\nplace:\n  country: gh\n  locality: Accra\n"
)


def wanting(known: Registry) -> Registry:
    """The registry with a design that needs a laser, and a request for it in Ghana."""
    return registry.replaced(known, {"designs/box.yaml": DESIGN.encode(), "requests/boxes.yaml": REQUEST.encode()})


def closed(known: Registry) -> str:
    return known.read(BASE_HUB).decode() + "status: closed\nclosed_on: 2026-05-30\n"


def test_last_hub_that_closes(known: Registry) -> None:
    assert follows(between(wanting(known), {BASE_HUB: closed(known)})) == [
        "can no longer be made in Ghana, nor anywhere else: Box (box)",
        "request boxes (box) can no longer be met by hubs in Ghana",
        "nobody left in Ghana for Laser cutting: Base Hub (gh/base-hub) is closed",
        "Ghana: hubs −1, machines −1",
        "no hub left in Ghana",
    ]


def test_hub_that_closes_is_not_the_last_while_another_does_the_same(known: Registry) -> None:
    other = registry.replaced(
        wanting(known), {"hubs/gh/other.yaml": (HUB + "processes:\n  - laser-cutting\n").encode()}
    )
    assert follows(between(other, {BASE_HUB: closed(known)})) == ["Ghana: hubs −1, machines −1"]


def test_first_hub_of_a_country(known: Registry) -> None:
    found = between(wanting(known), {"hubs/tg/new.yaml": HUB + "processes:\n  - laser-cutting\n"})
    assert follows(found) == [
        "can now be made in Togo: Box (box)",
        "first in Togo for Laser cutting: New Hub (tg/new)",
        "Togo: hubs +1",
        "first hub in Togo",
    ]
    assert found.effects[1] == Effect(
        "first-hub", found.effects[1].text, ("laser-cutting",), ("tg",), ("tg/new",)
    )  # fmt: skip


def test_broken_machine_and_machine_that_is_mended(known: Registry) -> None:
    found = between(wanting(known), {LASER: "model: base/laser-60\nstatus: broken\n"})
    assert "can no longer be made in Ghana, nor anywhere else: Box (box)" in follows(found)
    assert "nobody left in Ghana for Laser cutting: Base Hub (gh/base-hub) no longer offers it" in follows(found)
    broken = registry.replaced(wanting(known), {LASER: b"model: base/laser-60\nstatus: broken\n"})
    assert "can now be made in Ghana, for the first time anywhere: Box (box)" in follows(
        between(broken, {LASER: "model: base/laser-60\n"})
    )


def test_model_that_loses_a_process_touches_every_hub_that_has_it(known: Registry) -> None:
    model = known.read("models/base/laser-60.yaml").decode().replace("laser-cutting", "sawing")
    assert follows(between(wanting(known), {"models/base/laser-60.yaml": model}))[:3] == [
        "can no longer be made in Ghana, nor anywhere else: Box (box)",
        "request boxes (box) can no longer be met by hubs in Ghana",
        "nobody left in Ghana for Laser cutting: Base Hub (gh/base-hub) no longer offers it",
    ]


def test_process_that_comes_under_another(known: Registry) -> None:
    before = registry.replaced(wanting(known), {"designs/box.yaml": DESIGN.replace("laser-cutting", "sawing").encode()})
    laser = known.read("processes/laser-cutting.yaml").decode().replace("- separating", "- separating\n  - sawing")
    assert follows(between(before, {"processes/laser-cutting.yaml": laser}))[0] == (
        "can now be made in Ghana, for the first time anywhere: Box (box)"
    )


def test_design_made_by_several_countries_together(known: Registry) -> None:
    steps = DESIGN + "  - id: saw\n    process: sawing\n"
    before = registry.replaced(known, {"designs/box.yaml": steps.encode()})
    found = between(before, {"hubs/tg/new.yaml": HUB + "processes:\n  - sawing\n"})
    assert follows(found)[0] == "can now be made by several countries together: Box (box)"


def test_new_design_and_changed_design(known: Registry) -> None:
    assert follows(between(known, {"designs/box.yaml": DESIGN})) == [
        "can now be made in Ghana, for the first time anywhere: Box (box)"
    ]
    assert follows(between(wanting(known), {"designs/box.yaml": DESIGN.replace("laser-cutting", "sawing")}))[0] == (
        "can no longer be made in Ghana, nor anywhere else: Box (box)"
    )
    assert follows(between(wanting(known), {"designs/box.yaml": DESIGN.replace("Box", "Crate")})) == []


def test_invented_hubs_count_for_invented_designs_only(known: Registry) -> None:
    invented = DESIGN.replace("name: Box", "name: Box\ndemonstration: true")
    before = registry.replaced(wanting(known), {"designs/demo.yaml": invented.encode()})
    found = between(before, {"hubs/tg/new.yaml": HUB + "demonstration: true\nprocesses:\n  - laser-cutting\n"})
    assert follows(found) == ["can now be made in Togo: Box (demo, invented)"]


# The law: what is found by looking at few hubs is what looking at all of them finds.

PROCESSES = ("laser-cutting", "sawing", "separating")
HUBS = st.fixed_dictionaries({}, optional={
    f"{country}/{name}": st.fixed_dictionaries({
        "status": st.sampled_from(["active", "closed", "paused"]), "invented": st.booleans(),
        "claims": st.lists(st.sampled_from(PROCESSES), unique=True, max_size=2),
        "machine": st.sampled_from(["", "status: working", "status: broken", "demonstration: true"]),
    }) for country in ("gh", "tg") for name in ("a", "a-b", "b")
})  # fmt: skip


def made(hubs: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of hubs, each perhaps with a laser."""
    files = {}
    for id, hub in hubs.items():
        claims = "".join(f"\n- {claim}" for claim in hub["claims"])
        text = f"{HUB}status: {hub['status']}\ndemonstration: {str(hub['invented']).lower()}\n"
        files[f"hubs/{id}.yaml"] = (text + (f"processes:{claims}\n" if claims else "")).encode()
        if hub["machine"]:
            files[f"machines/{id}/laser.yaml"] = f"model: base/laser-60\n{hub['machine']}\n".encode()
    return files


def able(known: Registry, world: World) -> set[tuple[str, str]]:
    """What can be done where, by asking every hub."""
    now = offers(known, world).now
    return {
        (process, hub.partition("/")[0]) for process in PROCESSES
        for one in (process, *known.processes.narrower(process)) for hub in now.get(one, ())
    }  # fmt: skip


@given(HUBS, HUBS, st.booleans())
def test_few_hubs_tell_as_much_as_all(before: dict[str, Any], after: dict[str, Any], is_other_model: bool) -> None:
    base = registry.load(example.BASE, as_of=date(2026, 6, 1))
    old, new = made(before), made(after)
    was = registry.replaced(base, old)
    if is_other_model:
        model = base.read("models/base/laser-60.yaml").replace(b"laser-cutting", b"sawing")
        new["models/base/laser-60.yaml"] = model
    contents = {path: new.get(path) for path in {*old, *new} if old.get(path) != new.get(path)}
    now = registry.replaced(was, contents)
    removed = tuple(path for path, source in contents.items() if source is None)
    found = both(Sides(was, now, tuple(contents.keys() - set(removed)), removed))
    for world in World:
        expected = {where: where in able(now, world) for where in able(was, world) ^ able(now, world)}
        assert found.flips(world) == expected


# Text of strangers.

HOSTILE = [
    "@torvalds", "@org/team", "a@b.example", "#1", "GH-1", "owner/repo#12", "!12", "~label", "%milestone", "$snippet",
    "&7", "[x](https://evil.example)", "![x](https://evil.example/x.png)", "https://evil.example", "www.evil.example",
    "<img src=x onerror=alert(1)>", "<!-- ", "</details>", "`code`", "**bold**", "| a | b |", "> quote",
    "- [ ] task", "# head", "1. one", "* x", "---", "\nnew line\n\n# head", "\r\n::error::x", "$$x$$", ":tada:",
    "\u202egnp.exe", "\u2066x\u2069", "\x1b[31mred", "\u200bzero", "\U0001f600", "x" * 5000,
    "0123456789abcdef0123456789abcdef01234567",
]  # fmt: skip
ACTIVE = re.compile(
    r"@\w|#\d|GH-\d|!\d|~\w|%\w|&\d|https?://|www\.|(?<!\\)[`*_\[\]<>|]|[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]"
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_only_text(hostile: str) -> None:
    found = Differences(
        (Entry("changed", "hub", "gh/x", hostile, "p", (Statement("text", "name", hostile),), hostile),),
        (Effect("figures", hostile),),
    )
    lines = markdown(found).replace("- **changed hub:** ", "- ").rstrip("\n").split("\n")
    assert len(lines) == 8
    for line in lines:
        assert line == "" or line.startswith(("#### What", "- ", "  - "))
        assert not ACTIVE.search(line.replace("&lt;", "").replace("&gt;", "").replace("#### ", "")), line
        assert not re.match(r"\s*- ([-+*>#=]|\d+[.)] )", line), line
    for line in text(found).split("\n"):
        assert all(char.isprintable() for char in line)
    assert json.loads(as_json(found, "0" * 40, ""))["records"][0]["name"] == hostile


PIECES = st.sampled_from(
    [*"`*_{}[]()<>#|!~-+=.@&$:^%1a \n\\\"'/", "http://x", "www.x", "](", "&lt;", "\u202e", "GH-", "é"]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=30).map("".join))
def test_escaped_text_is_never_active(anything: str) -> None:
    shown = escaped(flat(anything))
    bare = shown.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "").replace("&quot;", "")
    assert not ACTIVE.search(bare)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"- {shown}\n")
    assert {token.tag for token in tokens if token.tag} <= {"ul", "li", "p"}
    children = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in children} <= {"text"}
    assert "".join(child.content for child in children).replace("\u2060", "") == visible(anything).strip()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क\u094d\u200dष", "क\u094d\u200dष"),
        ("\U0001f469\u200d\U0001f527", "\U0001f469\u200d\U0001f527"),
        ("a\u200cb", "a\\u200cb"),
        ("\u200d", "\\u200d"),
        ("a  b\n c", "a b c"),
    ],
)
def test_letters_that_need_a_joiner_keep_it(name: str, shown: str) -> None:
    """Between Latin letters a joiner only hides that two names differ."""
    assert visible(name) == shown


def test_words_in_a_comment_are_as_they_were_written() -> None:
    assert (
        escaped("Ghana: hubs −1 (gh/base-hub), 1.5 mm - 2 + x = y")
        == "Ghana: hubs −1 (gh/base-hub), 1.5 mm - 2 + x = y"
    )


def test_comment_is_cut_and_says_how_much_is_left() -> None:
    entries = tuple(Entry("added", "hub", f"gh/h{number}", "H", f"p{number}") for number in range(5000))
    for limit in (150, 1000, 28_000):
        shown = markdown(Differences(entries), limit)
        assert len(shown) <= limit
        kept = shown.count("**added hub:**")
        assert f"and {5000 - kept} more" in shown
    many = Entry("changed", "hub", "gh/x", "X", "p", tuple(Statement("set", "f", f"s{n}") for n in range(100)))
    assert "and 60 more" in markdown(Differences((many,)))


def test_nothing_differs() -> None:
    assert text(Differences()) == "no differences\n"
    assert markdown(Differences()) == "No record differs.\n"


def test_json_is_as_its_schema_says(known: Registry) -> None:
    found = between(
        wanting(known),
        {BASE_HUB: closed(known), LASER: None, "hubs/tg/n.yaml": HUB, "x/y.txt": "", "models/a/b.yaml": ""},
    )
    data = json.loads(as_json(found, "0" * 40, ""))
    assert schemas.published("diff")(data)
    assert len(data["records"]) == 5
    assert data["effects"]
    assert not schemas.published("diff")(data | {"more": 1})
