"""A check of matching in; what it asks, and what came of it and why, in the words of an edition, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from ..matching.values import Check
from ..records import Competence, Contract, Design, Material, Process
from .capabilities import feature
from .edition import Edition
from .recognising import level

_NAMED = 4  # values that a sentence names
_NUMBER = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLAUSE = re.compile(r"(?P<id>\S+) \((?P<when>.*)\)\Z", re.DOTALL)
Values = tuple[str, str]


def rule(edition: Edition, check: Check) -> str:
    """Return what a check is about in a word: size, material."""
    return edition.strings.label("match", check.rule)


def reasons(edition: Edition, checks: Iterable[Check]) -> tuple[str, ...]:
    """Return what checks of one fact say: of those that differ only in what was asked, one sentence names all."""
    alike: dict[tuple[str, str, str], list[Check]] = {}
    for check in checks:
        alike.setdefault((check.rule, check.reason, check.found), []).append(check)
    return tuple(_reason(edition, several) for several in alike.values())


def reason(edition: Edition, check: Check) -> str:
    """Return what was asked for and what was found, as a sentence; the two alone for a reason without words."""
    return _reason(edition, (check,))


def asked(edition: Edition, check: Check) -> str:
    """Return what a check asked for, as people read it."""
    return isolated(edition, _values(edition, check)[0])


def _values(edition: Edition, check: Check) -> Values:
    return _VALUES.get(check.rule, _as_they_are)(edition, check)


def _reason(edition: Edition, alike: Sequence[Check]) -> str:
    strings, first = edition.strings, alike[0]
    values = [_values(edition, check) for check in alike]
    names = list(dict.fromkeys(isolated(edition, wanted) for wanted, _ in values))
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], strings("makers.reasons", count=len(names) - _NAMED + 1)]
    wanted, found = strings.joined(names), isolated(edition, values[0][1])
    key = f"match.{first.rule}.{first.reason}"
    if key not in strings.texts:
        return " · ".join(one for one in (wanted, found) if one)
    return strings(key, asked=wanted, found=found)


def isolated(edition: Edition, text: str) -> str:
    """Return a value so that its direction leaves that of a sentence alone which runs the other way."""
    return f"\u2068{text}\u2069" if text and edition.strings("direction") == "rtl" else text


def _as_they_are(edition: Edition, check: Check) -> Values:
    del edition
    return check.asked, check.found


def _processes(edition: Edition, check: Check) -> Values:
    """Return names of processes; what may do instead brings its condition along, in the registry's language."""
    clause = _CLAUSE.match(check.found)
    if clause is None:
        return edition.label(Process, check.asked), edition.label(Process, check.found)
    return edition.label(Process, check.asked), _with_condition(edition, check.asked, clause["id"], clause["when"])


def _with_condition(edition: Edition, wanted: str, found: str, when: str) -> str:
    record, broader = edition.registry.get(Process, wanted), edition.registry.processes.broader(found)
    for one in record.substitutes if record is not None else ():
        if one.process == found or one.process in broader:
            when = edition.text(one.when) or when
            break
    return f"{edition.label(Process, found)} ({when})"


def _materials(edition: Edition, check: Check) -> Values:
    return edition.label(Material, check.asked), edition.label(Material, check.found)


def _forms(edition: Edition, check: Check) -> Values:
    return edition.strings.label("form", check.asked), edition.strings.label("form", check.found)


def _statuses(edition: Edition, check: Check) -> Values:
    return check.asked, edition.strings.label("machine.status", check.found)


def _entries(edition: Edition, check: Check) -> Values:
    group = "hub.services" if check.field == "services" else "hub.access"
    return check.asked, edition.strings.label(group, check.found)


def _features(edition: Edition, check: Check) -> Values:
    return _feature(edition, check.asked), _feature(edition, check.found)


def _feature(edition: Edition, text: str) -> str:
    """Return a feature, which a check names as `nozzle_mm: 0.4`, with its unit behind the value.

    Of what is there or not, the label says enough.
    """
    key, _, value = text.partition(": ")
    if value in ("true", "false"):
        label, shown = feature(edition, key, value == "true")
        return label if value == "true" else edition.strings("matcher.colon").join((label, shown))
    label, shown = feature(edition, key, float(value) if _DECIMAL.fullmatch(value) else value)
    return f"{label} {shown}".strip()


def _contracts(edition: Edition, check: Check) -> Values:
    names = (edition.label(Contract, id) for id in check.found.split(", "))
    return edition.label(Contract, check.asked), edition.strings.joined(names)


def _competences(edition: Edition, check: Check) -> Values:
    is_count = check.field == "passports"
    found = edition.strings.number(int(check.found)) if is_count else _held(edition, check.found)
    return _held(edition, check.asked), found


def _held(edition: Edition, text: str) -> str:
    """Return a competence and its level, which a check names as `laser-operation 2`."""
    id, _, number = text.rpartition(" ")
    if not id or not number.isdigit():
        return edition.strings.label("machine.use", text)
    return f"{edition.label(Competence, id)}, {level(edition, id, int(number))}"


def _certifications(edition: Edition, check: Check) -> Values:
    ended = _DAY.search(check.found) if check.reason == "expired" else None
    return check.asked, edition.strings.day(date.fromisoformat(ended[0])) if ended else check.found


def _licences(edition: Edition, check: Check) -> Values:
    return check.asked, check.found or edition.label(Design, check.record)


def _operations(edition: Edition, check: Check) -> Values:
    return check.asked, edition.label(Design, check.record)


def _distances(edition: Edition, check: Check) -> Values:
    return _kilometres(edition, check.asked), _kilometres(edition, check.found)


def _kilometres(edition: Edition, text: str) -> str:
    number = text.removesuffix(" km")
    if not _DECIMAL.fullmatch(number):
        return text
    return edition.strings("explore.km", km=edition.strings.number(round(float(number))))


def _times(edition: Edition, check: Check) -> Values:
    """Return pieces and days, which a check gives in figures: "40 in 90 days", "starts after 12 days"."""
    strings = edition.strings
    wanted, taken = _NUMBER.findall(check.asked), _NUMBER.findall(check.found)
    if len(wanted) != 2:
        return check.asked, check.found
    pieces, days = (int(one) for one in wanted)
    within = strings("match.pieces_in", pieces=strings("pieces", count=pieces), days=strings("days", count=days))
    return within, strings("days", count=int(taken[0])) if taken else ""


_VALUES: Mapping[str, Callable[[Edition, Check], Values]] = {
    "process": _processes, "material": _materials, "form": _forms, "status": _statuses, "access": _entries,
    "contract": _contracts, "competence": _competences, "certification": _certifications, "features": _features,
    "licence": _licences, "operations": _operations, "distance": _distances, "capacity": _times,
}  # fmt: skip
