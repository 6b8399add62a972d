"""An edition in; what the browser decides from about passports, out: keys once, rules and doors by country, words.

The facts of `passports.recognising`; site/app/passports/facts.ts reads them. Of hubs without a key only the id is told,
for nothing that they issue counts, and of machines only those that ask for something or that nobody may use.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from ..artifacts import Artifact
from ..passports.codes import CODES
from ..passports.recognising import Door, Facts, Rule
from ..records import Competence, Hub, Machine
from ..records.hub import HubKey
from .columns_tables import file
from .edition import Edition

KEYS = "data/passports/keys.json"
OTHERS = "data/passports/others.json"
SIGNING_LIMIT = 200  # hubs with a key that it holds; more than these stand apart, by country
OTHERS_LIMIT = 500  # hubs without a key that the keys' own file names
_FORMAT = 1
_OWN, _PASSPORT = "opens.", "passport."
_PARTS = ("rules", "unreadable", "shut", "lost", "machines")
_WORKING, _STAFF = "working", "operated"


def passport_data(edition: Edition) -> Iterator[Artifact]:
    """Yield the keys of hubs, and for each country that has any the rules of its hubs and the doors of machines."""
    facts = edition.relations.facts
    signing = {hub for hub, standing in facts.hubs.items() if standing.keys}
    countries = _countries(edition, facts)
    is_whole = len(signing) <= SIGNING_LIMIT
    ids = [hub for hub in facts.hubs if not (is_whole and hub in signing)]
    others, is_small = _by_country(ids), len(ids) <= OTHERS_LIMIT
    hubs = {hub: _hub(edition, facts, hub) for hub in facts.hubs if hub in signing}
    apart = {} if is_whole else _apart(hubs)
    yield file(KEYS, {
        "format": _FORMAT,
        "day": edition.registry.as_of.isoformat(),
        "site": edition.settings.url.rstrip("/") + "/",
        "codes": {code: told.result.value for code, told in CODES.items()},
        "competences": facts.competences,
        "hubs": hubs if is_whole else {},
        "apart": list(apart),
        "others": others if is_small else 0,
        "countries": {country: _asked(part) for country, part in countries.items()},
    })  # fmt: skip
    for country, part in apart.items():
        yield file(f"data/passports/keys/{country}.json", part)
    if not is_small:
        yield file(OTHERS, others)
    for country, part in countries.items():
        yield file(f"data/passports/rules/{country}.json", part)


def words(edition: Edition) -> Iterator[Artifact]:
    """Yield what codes, competences and levels are called in the edition's language, for Explore."""
    texts = edition.strings.texts
    own = {key.removeprefix(_OWN): text for key, text in texts.items() if key.startswith(_OWN)}
    codes = {key.removeprefix(_PASSPORT): text for key, text in texts.items() if key.startswith(f"{_PASSPORT}code.")}
    names = {
        one.id: [edition.text(one.labels), {level.level: edition.text(level.name) for level in one.levels}]
        for one in edition.registry.all(Competence)
    }
    told = {**own, **codes, "code.unable": texts["verify.unable"]}
    yield file(f"data/passports/words.{edition.language}.json", {"words": told, "competences": names})


def _apart(hubs: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what is told of hubs, by their country."""
    found: dict[str, dict[str, Any]] = {}
    for hub, told in hubs.items():
        found.setdefault(hub.partition("/")[0], {})[hub] = told
    return found


def _by_country(hubs: Iterable[str]) -> dict[str, str]:
    """Return hubs by their country, without it and with spaces between them."""
    found: dict[str, list[str]] = {}
    for hub in hubs:
        country, _, name = hub.partition("/")
        found.setdefault(country, []).append(name)
    return {country: " ".join(names) for country, names in found.items()}


def _hub(edition: Edition, facts: Facts, id: str) -> dict[str, Any]:
    standing = facts.hubs[id]
    hub = edition.registry.get(Hub, id)
    return {
        **({"demonstration": True} if hub is not None and edition.is_invented(hub) else {}),
        "name": edition.label(Hub, id),
        "active": standing.is_open,
        "networks": sorted(standing.networks),
        "keys": [_key(key) for key in standing.keys],
    }


def _key(key: HubKey) -> dict[str, str]:
    """Return a key as its record has it, without what it does not state."""
    values = ((field.name, getattr(key, field.name)) for field in fields(key))
    return {name: str(value) for name, value in values if value is not None}


def _countries(edition: Edition, facts: Facts) -> dict[str, dict[str, Any]]:
    """Return each country that has a rule, a machine that asks for something, or what else is not as everywhere."""
    found: dict[str, dict[str, list[Any]]] = {}
    for part, hub, told in _parts(edition, facts):
        empty: dict[str, list[Any]] = {name: [] for name in _PARTS}
        found.setdefault(hub.partition("/")[0], empty)[part].append(told)
    return {
        country: {"format": _FORMAT, "names": _names(edition, parts), **parts}
        for country, parts in sorted(found.items())
    }


def _names(edition: Edition, parts: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """Return what the hubs are called at which there is a machine to be told of."""
    hubs = {machine.rpartition("/")[0] for machine, *_ in parts["machines"]}
    return {hub: edition.label(Hub, hub) for hub in sorted(hubs)}


def _parts(edition: Edition, facts: Facts) -> Iterator[tuple[str, str, Any]]:
    """Yield what each country's file says: in which list, of which hub, and the words of it."""
    for (hub, competence), both in facts.rules.items():
        for decision, rules in (("accept", both.accepting), ("refuse", both.refusing)):
            for rule in rules:
                yield "rules", hub, _rule(hub, competence, decision, rule)
    lost = {door.hub for door in facts.doors.values()} - set(facts.hubs)
    shut = (hub for hub, standing in facts.hubs.items() if not standing.is_open)
    for part, hubs in (("unreadable", sorted(facts.unreadable)), ("shut", shut), ("lost", sorted(lost))):
        for hub in hubs:
            yield part, hub, hub
    for door in facts.doors.values():
        if door.needs or door.use == _STAFF or door.status != _WORKING:
            yield "machines", door.hub, _door(edition, door)


def _rule(hub: str, competence: str, decision: str, rule: Rule) -> dict[str, Any]:
    """Return a rule without what it does not state."""
    told = {
        "id": rule.id, "hub": hub, "competence": competence, "decision": decision,
        "issuers": sorted(rule.issuers), "networks": sorted(rule.networks),
        "levels": rule.levels, "max_age_days": rule.max_age_days, "excludes": sorted(rule.excludes),
        "valid_from": rule.valid_from.isoformat(),
        "valid_until": rule.valid_until.isoformat() if rule.valid_until is not None else None,
        "asks_first": rule.asks_first, "unclear": not rule.is_clear,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def _door(edition: Edition, door: Door) -> list[Any]:
    """Return [id, name, status, use, what it asks for as competence and level]."""
    return [door.machine, edition.label(Machine, door.machine), door.status, door.use, door.needs]


def _asked(part: Mapping[str, Any]) -> Collection[str]:
    """Return the competences that the machines of a country ask for, so that nobody fetches it for nothing."""
    return sorted({competence for *_, needs in part["machines"] for competence, _ in needs})
