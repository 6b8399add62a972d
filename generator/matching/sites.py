"""A wish and a hub in; every check of what the hub says of itself, its place and its people, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from ..records.parts import Requirement
from ..units import distance_km
from ..words import term
from .capabilities import Crew, Site
from .judging import Question
from .operators import NOWHERE, Operators, Wanted
from .values import Check, Checks, Result, Subject
from .wanted import Point, Use, Wish

PASS, UNKNOWN, FAIL = Result.PASS, Result.UNKNOWN, Result.FAIL
_OPERATED = ("operated", "both")
MADE_FOR_OTHERS = "made-to-order"
_ADMITTING = ("public", "membership", "shared", "restricted-with-public-hours")
_PASSPORTS = "passports"
_EDITION = re.compile(r":\d{4}$")  # the year of a standard, as certificates name it
# Licences against commercial use, as their identifiers tell: CC-BY-NC-4.0, PolyForm-Noncommercial-1.0.0, NCGL-UK-2.0.
_NO_TRADE = re.compile(r"-NC\b|non-?commercial|^NCGL-", re.IGNORECASE)


def judged_site(wish: Wish, site: Site) -> Checks:
    """Return every check of a wish against what a hub says of itself, without its people."""
    return tuple(check for judge in BY_SITE for check in judge(wish, site))


def _open(wish: Wish, site: Site) -> Iterator[Check]:
    del wish
    result = PASS if site.status == "active" else FAIL
    yield Check("open", result, Subject.HUB, "status", site.status, "active", site.status)


def _access(wish: Wish, site: Site) -> Iterator[Check]:
    del wish
    if MADE_FOR_OTHERS in site.services:
        yield Check("access", PASS, Subject.HUB, "services", "made-to-order", "", MADE_FOR_OTHERS)
    elif not site.access:
        yield Check("access", UNKNOWN, Subject.HUB, "access", "silent")
    else:
        result, reason = (PASS, "exact") if site.access in _ADMITTING else (FAIL, "closed")
        yield Check("access", result, Subject.HUB, "access", reason, "", site.access)


def _contract(wish: Wish, site: Site) -> Iterator[Check]:
    if wish.contract:
        result = PASS if wish.contract in site.accepts else FAIL if site.accepts else UNKNOWN
        reason = {PASS: "exact", FAIL: "other", UNKNOWN: "silent"}[result]
        found = ", ".join(sorted(site.accepts))
        yield Check("contract", result, Subject.HUB, "accepts", reason, wish.contract, found)


def _distance(wish: Wish, site: Site) -> Iterator[Check]:
    if wish.within_km is None:
        return
    asked = f"{wish.within_km:g} km"
    if wish.near is None:
        yield Check("distance", UNKNOWN, Subject.REQUEST, "place", "no-place", asked, "", wish.name)
        return
    if site.point is None:
        yield Check("distance", UNKNOWN, Subject.HUB, "location", "silent", asked)
        return
    distance = away(wish.near, site.point)
    result, reason = (PASS, "enough") if distance <= wish.within_km else (FAIL, "too-far")
    yield Check("distance", result, Subject.HUB, "location", reason, asked, f"{distance:.1f} km")


def away(here: Point, there: Point) -> float:
    """Return the distance of two points in kilometres, to the metre: so far all machines agree."""
    return round(distance_km(*here, *there), 3)


BY_SITE: tuple[Callable[[Wish, Site], Iterator[Check]], ...] = (_open, _access, _contract, _distance)


def people_of(asked: Question, place: int, site: Site, crew: Crew, operators: Operators) -> Checks:
    """Return what a step asks of a machine and its hub together: certifications, and competent people.

    `place` is the number of the machine, or of its hub, among the places of the operators.
    """
    return (*certifications_of(asked, site, crew), *competences_of(asked, place, site, crew, operators))


def certifications_of(asked: Question, site: Site, crew: Crew) -> Checks:
    """Return whether the certifications that a step asks for are held when it is done."""
    day = _day(asked).isoformat()
    return tuple(certified(scheme, site, crew, day) for scheme in asked.step.certifications)


def _day(asked: Question) -> date:
    """Return the day on which people are asked for: the last one of a wish that has one."""
    return asked.wish.by or asked.wish.start


def competences_of(asked: Question, place: int, site: Site, crew: Crew, operators: Operators) -> Checks:
    """Return whether somebody has the competences that a step asks for: staff, else who published a passport."""
    found = (staffed(required, site, crew) for required in asked.step.requires)
    if place == NOWHERE:
        return tuple(found)
    return tuple(
        check if check.result is PASS else _published(asked, place, required, operators, check)
        for check, required in zip(found, asked.step.requires, strict=True)
    )


def _published(asked: Question, place: int, required: Requirement, operators: Operators, silent: Check) -> Check:
    """Return whether anybody who published a passport is competent at a place; if not, what is said without them."""
    wanted = Wanted(place, required.competence, required.level, asked.wish.world)
    at_once, on_condition = operators.count(wanted, _day(asked))
    if at_once:
        return silent._replace(result=PASS, field=_PASSPORTS, reason="published", found=str(at_once))
    if on_condition:
        return silent._replace(field=_PASSPORTS, reason="after-induction", found=str(on_condition))
    return silent


def certified(scheme: str, site: Site, crew: Crew, day: str) -> Check:
    """Return whether a certification of a machine or its hub is in force on a day (ISO 8601)."""
    stated: tuple[tuple[Subject, str, str], ...] = (
        *((Subject.MACHINE, name, until) for name, until in crew.certifications),
        *((Subject.HUB, name, until) for name, until in site.certifications),
    )
    named = [(of, until) for of, name, until in stated if _holds(name, scheme)]
    field, rule = "certifications", "certification"
    for of, until in named:
        if not until or until >= day:
            return Check(rule, PASS, of, field, "in-force", scheme, scheme)
    for of, name, until in stated:
        if _plain(name) == _plain(_EDITION.sub("", scheme)) and (not until or until >= day):
            return Check(rule, UNKNOWN, of, field, "edition", scheme, name)
    if named:
        of, until = max(named, key=lambda one: one[1])
        return Check(rule, FAIL, of, field, "expired", scheme, f"until {until}")
    result, reason = (FAIL, "other") if stated else (UNKNOWN, "silent")
    found = ", ".join(sorted({name for _, name, _ in stated}))
    return Check(rule, result, Subject.HUB, field, reason, scheme, found)


def _holds(held: str, scheme: str) -> bool:
    """Tell whether a certification is one for a scheme: `ISO9001:2015` is one for ISO 9001, of that edition."""
    return _plain(scheme) in (_plain(held), _plain(_EDITION.sub("", held)))


def _plain(scheme: str) -> str:
    return term(scheme) or scheme


def staffed(required: Requirement, site: Site, crew: Crew) -> Check:
    """Return whether somebody is known to be competent: staff who make things for others, or who run the machine."""
    asked = f"{required.competence} {required.level}"
    if crew.use in _OPERATED:
        return Check("competence", PASS, Subject.MACHINE, "use", "operated", asked, crew.use)
    if MADE_FOR_OTHERS in site.services:
        return Check("competence", PASS, Subject.HUB, "services", "made-to-order", asked, MADE_FOR_OTHERS)
    return Check("competence", UNKNOWN, Subject.HUB, "services", "silent", asked)


def judged_design(wish: Wish) -> Checks:
    """Return what speaks for and against making it at all, whoever does: silent designs, and licences for the use."""
    words, reason = ", ".join(wish.not_understood), "not-understood" if wish.not_understood else "silent"
    silent = (Check("operations", UNKNOWN, Subject.DESIGN, "operations", reason, words, "", id) for id in wish.silent)
    licences = wish.licences if wish.use is Use.COMMERCIAL else ()
    return (*silent, *(_licence(design, licence) for design, licence in licences))


def _licence(design: str, licence: str) -> Check:
    # With OR the one who uses it chooses.
    may = any(not _NO_TRADE.search(one) for one in licence.split(" OR "))
    result, reason = (PASS, "exact") if may else (FAIL, "non-commercial")
    if not licence:
        result, reason = UNKNOWN, "silent"
    return Check("licence", result, Subject.DESIGN, "licence.hardware", reason, "commercial use", licence, design)
