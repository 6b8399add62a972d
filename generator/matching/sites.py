"""A wish and a hub in; every check of what the hub says of itself, its place and its people, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..records.parts import Requirement
from ..units import distance_km
from .capabilities import Crew, Site
from .judging import Question
from .values import Check, Checks, Result, Subject
from .wanted import Point, Use, Wish

PASS, UNKNOWN, FAIL = Result.PASS, Result.UNKNOWN, Result.FAIL
_OPERATED = ("operated", "both")
MADE_FOR_OTHERS = "made-to-order"
_ADMITTING = ("public", "membership", "shared", "restricted-with-public-hours")
# Who says whether somebody at a hub has a competence: the hub's id, what is required, the hub, the machine's crew. Of
# what the hub says of itself only whether it makes things for others is given.
Competent = Callable[[str, Requirement, Site, Crew], Check]


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


def people_of(asked: Question, hub: str, site: Site, crew: Crew, competent: Competent) -> Checks:
    """Return what a step asks of a machine and its hub together: certifications, and competent people."""
    return (*certifications_of(asked, site, crew), *competences_of(asked, hub, site, crew, competent))


def certifications_of(asked: Question, site: Site, crew: Crew) -> Checks:
    """Return whether the certifications that a step asks for are held when it is done."""
    day = (asked.wish.by or asked.wish.start).isoformat()
    return tuple(certified(scheme, site, crew, day) for scheme in asked.step.certifications)


def competences_of(asked: Question, hub: str, site: Site, crew: Crew, competent: Competent) -> Checks:
    """Return whether somebody has the competences that a step asks for."""
    return tuple(competent(hub, required, site, crew) for required in asked.step.requires)


def certified(scheme: str, site: Site, crew: Crew, day: str) -> Check:
    """Return whether a certification of a machine or its hub is in force on a day (ISO 8601)."""
    stated: tuple[tuple[Subject, str, str], ...] = (
        *((Subject.MACHINE, name, until) for name, until in crew.certifications),
        *((Subject.HUB, name, until) for name, until in site.certifications),
    )
    named = [(of, until) for of, name, until in stated if name.casefold() == scheme.casefold()]
    field, rule = "certifications", "certification"
    for of, until in named:
        if not until or until >= day:
            return Check(rule, PASS, of, field, "in-force", scheme, scheme)
    if named:
        of, until = max(named, key=lambda one: one[1])
        return Check(rule, FAIL, of, field, "expired", scheme, f"until {until}")
    result, reason = (FAIL, "other") if stated else (UNKNOWN, "silent")
    found = ", ".join(sorted({name for _, name, _ in stated}))
    return Check(rule, result, Subject.HUB, field, reason, scheme, found)


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
    # With OR the one who uses it chooses; NC is the mark of SPDX's identifiers for licences against commercial use.
    may = any("-NC" not in one.upper() for one in licence.split(" OR "))
    result, reason = (PASS, "exact") if may else (FAIL, "non-commercial")
    if not licence:
        result, reason = UNKNOWN, "silent"
    return Check("licence", result, Subject.DESIGN, "licence.hardware", reason, "commercial use", licence, design)


def by_staff(hub: str, required: Requirement, site: Site, crew: Crew) -> Check:
    """Return whether the hub's staff makes things for others, whichever hub it is: nobody asks for passports."""
    del hub
    return staffed(required, site, crew)
