"""Two suspects and how many others share their site and point in; whether they are one hub, and why, out.

Signs that two names and places give alone are those of `suspects`; here the website, the address for letters and the
company that hubs keep are weighed too. A verdict is the same whichever hub comes first.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import Enum

from . import websites
from .likeness import COMMON, TYPES, Likeness, agreement, differ_in_kind, holds, rest
from .suspects import DOOR_KM, TOWN_KM, Suspect, distance_km, in_one_town, is_here, nearness, signs
from .towns import is_unknown

_MOVED_KM = 10.0  # across the border of a town
_WRONG_KM = 200.0  # one of two points must be wrong
_YARD_KM = 0.5  # two geocoders at one door
_FAR_KM = 100.0  # two hubs with one page elsewhere: then the page is a network's
_FEWEST = 5  # letters of a website's name
_PURPOSE = frozenset({"build", "code", "diy", "fabrication", "hack", "hacking", "make", "making", "repair", "tinker"})
Pair = tuple[Likeness, Likeness]


class Answer(Enum):
    """What can be said of two hubs."""

    ONE = "one"
    PERHAPS = "perhaps one"
    TWO = "two"


@dataclass(frozen=True, slots=True)
class Company:
    """How many hubs have the same point, website and name in the country as the one that is looked at, with it."""

    points: int = 1
    sites: int = 1
    names: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two hubs are one, what speaks for it and what against."""

    answer: Answer
    signs: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """The verdict in words."""
        return "; but ".join(filter(None, (", ".join(self.signs), " and ".join(self.against))))


ALONE = Company()
_TWO = Verdict(Answer.TWO)


@dataclass(frozen=True, slots=True)
class _Case:
    """What is looked at of two hubs."""

    a: Suspect
    b: Suspect
    company: Company
    km: float | None
    pairs: tuple[Pair, ...]
    shared: str  # "the same website", "the same e-mail address" or ""

    @property
    def place(self) -> str:
        """How far they are apart, in words."""
        apart = "" if self.km is None else f"{self.km:.1f} km apart"
        return ", ".join(filter(None, ("the same town" if in_one_town(self.a, self.b) else "", apart)))

    @property
    def is_near(self) -> bool:
        """Whether they lie where one hub could: at one door, or in one town as far as that is known."""
        if self.km is not None and self.a.is_at_door and self.b.is_at_door:
            return self.km <= DOOR_KM
        return in_one_town(self.a, self.b) and (self.km is None or self.km <= TOWN_KM)

    @property
    def at_doors(self) -> bool:
        """Whether both points are those of a door, and no crowd stands there."""
        return self.km is not None and self.a.is_at_door and self.b.is_at_door and self.company.points < 2

    @property
    def against(self) -> tuple[str, ...]:
        """What speaks against them."""
        found: list[str] = []
        if _sites_differ(self.a, self.b):
            found.append("their websites differ")
        if not in_one_town(self.a, self.b):
            found.append("their towns differ")
        if self.company.points > 1:
            found.append(f"{self.company.points} hubs have that very point")
        return tuple(found)

    def one(self, *found: str) -> Verdict:
        return Verdict(Answer.ONE, tuple(sign for sign in found if sign))

    def perhaps(self, *found: str, against: str = "") -> Verdict:
        return Verdict(
            Answer.PERHAPS, tuple(sign for sign in found if sign), (*filter(None, (against,)), *self.against)
        )


def verdict(a: Suspect, b: Suspect, company: Company = ALONE) -> Verdict:
    """Return whether two hubs of one country are one."""
    pairs = tuple(itertools.product(a.forms, b.forms))
    case = _Case(a, b, company, distance_km(a, b), pairs, _shared(a, b, company))
    found = _TWO
    for step in (_by_pages, _by_name, _by_name_elsewhere, _by_part, _by_site, _by_kind):
        said = step(case)
        if said.answer is Answer.ONE:
            return said
        found = said if found.answer is Answer.TWO else found
    return found


def _by_pages(case: _Case) -> Verdict:
    """Judge by a record elsewhere that both give."""
    shared = sorted(set(map(websites.site, case.a.hub.same_as)) & set(map(websites.site, case.b.hub.same_as)))
    if not shared:
        return _TWO
    sign = f"both are {shared[0]}"
    if case.km is not None and case.km > _FAR_KM:
        return case.perhaps(sign, against=f"they lie {case.km:.0f} km apart")
    return case.one(sign)


def _by_name(case: _Case) -> Verdict:
    """Judge by a name and a place that are the same, unless the name says only what a hub is."""
    found = signs(case.a, case.b)
    if not found:
        return _TWO
    agreeing = [(x, y) for x, y in case.pairs if agreement(x, y)]
    if not agreeing:  # names that differ only in kind, at one door: two clubs of one house, or one that was renamed
        if case.shared:
            return case.one(*found, case.shared)
        return case.perhaps(*found, against="one town can have several kinds of hub")
    if all(_is_generic(x) or _is_generic(y) for x, y in agreeing):
        if case.shared or (case.at_doors and is_here(case.a, case.b) and not _sites_differ(case.a, case.b)):
            return case.one(*found, case.shared)
        return case.perhaps(*found, against="the name says only what it is")
    if all(_are_branches(x, y, case) for x, y in agreeing):
        return case.perhaps(*found, against="each name has its own town")
    return case.one(*found, case.shared if case.shared not in found else "")


def _by_name_elsewhere(case: _Case) -> Verdict:
    """Judge by a telling name that is the same, at places that are not."""
    if not any(x.whole == y.whole and _is_named(x) and _is_named(y) for x, y in case.pairs):
        return _TWO
    name, km = "the same name", case.km
    if km is None:
        unknown = any(is_unknown(one.hub.location.locality, one.hub.country) for one in (case.a, case.b))
        if unknown and case.company.names < 2:
            return case.one(name, "no other of that name in the country", "one of the two says no town")
        return case.perhaps(name, case.shared) if unknown or case.shared else _TWO
    if km <= _MOVED_KM:
        return case.one(name, f"{km:.1f} km apart", case.shared)
    if in_one_town(case.a, case.b) and km <= _WRONG_KM and case.company.names < 2:
        return case.one(name, "the same town", f"{km:.0f} km apart: one of the two points must be wrong")
    if in_one_town(case.a, case.b) or case.shared or km <= TOWN_KM:
        return case.perhaps(name, case.shared, against=f"they lie {km:.0f} km apart")
    return _TWO


def _by_part(case: _Case) -> Verdict:
    """Judge by one name that is in the other."""
    held = [(x, y) for x, y in case.pairs if holds(x, y) and not _are_branches(x, y, case)]
    if not held:
        return _TWO
    name = "one name is a part of the other"
    telling = [(x, y) for x, y in held if x.is_telling and y.is_telling]
    is_more = not any(rest(x, y) <= COMMON | TYPES | _PURPOSE for x, y in held)  # words that may name a branch
    in_yard = case.at_doors and case.km is not None and case.km <= _YARD_KM
    if case.shared and case.is_near and (in_yard or not is_more):
        return case.one(name, case.place, case.shared)
    if _sites_differ(case.a, case.b):
        return case.perhaps(name, case.place) if case.is_near and telling else _TWO
    if telling and case.at_doors and is_here(case.a, case.b):
        return case.one(name, "the same point")
    if telling and in_yard and any(min(len(x.core), len(y.core)) > 1 for x, y in telling):
        return case.one(name, case.place)
    if telling and not is_more and case.is_near and (case.at_doors or _has_two_words(telling)):
        return case.one(name, case.place)
    is_worth_it = case.is_near and (telling or in_yard or case.shared or any(x.towns and y.towns for x, y in held))
    return case.perhaps(name, case.place, case.shared) if is_worth_it else _TWO


def _by_site(case: _Case) -> Verdict:
    """Judge by a website that only these two have, when their names cannot be one."""
    if not case.is_near:
        return _TWO
    borne = _by_sign_of_the_other(case)
    if not case.shared or borne.answer is Answer.ONE:
        return borne
    if _differ_in_script(case.a, case.b) and case.at_doors and case.km is not None and case.km <= _YARD_KM:
        return case.one(case.shared, case.place, "their names are in two scripts")
    own = websites.name_of(case.a.hub.website) if case.a.website else ""
    bearers = [_bears(one, own) for one in (case.a, case.b)]
    if len(own) > 3 and any(bearers) and not all(bearers) and case.at_doors and is_here(case.a, case.b):
        return case.one(case.shared, case.place, "the site bears one of the two names: it may have been renamed")
    return case.perhaps(case.shared, case.place, against="their names differ")


def _by_sign_of_the_other(case: _Case) -> Verdict:
    """Judge by a website or a host of e-mail addresses that bears the other's name."""
    if _sites_differ(case.a, case.b):
        return _TWO
    several = ((case.a, case.b), (case.b, case.a))
    by_site = sorted(sign for one, other in several if (sign := _named_by(one.hub.website, other)))
    by_mail = sorted(sign for one, other in several if (sign := _named_by(_mail_host(one), other)))
    if by_site and case.at_doors and is_here(case.a, case.b):
        return case.one(by_site[0], case.place)
    found = (*by_site, *by_mail)
    return case.perhaps(found[0], case.place, against="their names differ") if found else _TWO


def _named_by(address: str, other: Suspect) -> str:
    """Return that an address bears the name of the other hub, "" if it does not."""
    own = "" if not address or websites.is_social(address) else websites.name_of(address)
    if len(own) < _FEWEST or not any(own in (form.whole, form.bare) for form in other.forms if form.is_telling):
        return ""
    return f"{websites.host_of(address)} bears the other's name"


def _mail_host(one: Suspect) -> str:
    host = one.hub.contact.email.lower().rpartition("@")[2] if one.hub.contact else ""
    return f"https://{host}" if host else ""


def _by_kind(case: _Case) -> Verdict:
    """Judge by names that differ only in kind, near each other."""
    if case.km is None or case.km > DOOR_KM or not any(differ_in_kind(x, y) for x, y in case.pairs):
        return _TWO
    if case.company.points > 1 or nearness(case.a, case.b) == "":
        return _TWO
    return case.perhaps("names that differ only in kind", case.place, against="one town can have several kinds of hub")


def _shared(a: Suspect, b: Suspect, company: Company) -> str:
    """Return which address only these two have: a website, or one for letters."""
    if a.website and websites.site(a.hub.website) == websites.site(b.hub.website):
        is_telling = company.sites < 2 and not websites.is_short(a.hub.website)
        return "the same website" if is_telling else ""
    mails = [one.hub.contact.email.lower() if one.hub.contact else "" for one in (a, b)]
    return "the same e-mail address" if mails[0] and mails[0] == mails[1] and company.sites < 2 else ""


def _sites_differ(a: Suspect, b: Suspect) -> bool:
    """Tell whether each has a website of its own, on two hosts."""
    own = [one.hub.website for one in (a, b) if one.hub.website and not websites.is_social(one.hub.website)]
    if len(own) < 2 or websites.host_of(own[0]) == websites.host_of(own[1]):
        return False
    return websites.name_of(own[0]) != websites.name_of(own[1])


def _is_named(one: Likeness) -> bool:
    """Tell whether a name is more than what a hub is: it tells which, or in which town."""
    return one.is_telling or bool(one.towns)


def _is_generic(one: Likeness) -> bool:
    """Tell whether a name says only what a hub is, and not even in which town."""
    return not one.is_telling and set(one.words) <= TYPES | COMMON | _PURPOSE


def _are_branches(x: Likeness, y: Likeness, case: _Case) -> bool:
    """Tell whether two names each have their own town, and the towns are two."""
    return bool(x.towns and y.towns and not set(x.towns) & set(y.towns)) and not in_one_town(case.a, case.b)


def _has_two_words(telling: list[Pair]) -> bool:
    return any(min(len(x.core), len(y.core)) > 1 for x, y in telling)


def _bears(one: Suspect, name: str) -> bool:
    """Tell whether a hub's name is that of a site."""
    return any(form.bare and len(form.bare) > 2 and (form.bare in name or name in form.whole) for form in one.forms)


def _differ_in_script(a: Suspect, b: Suspect) -> bool:
    """Tell whether one name is in Latin letters, and the other has none."""
    latin = [any(form.whole.isascii() and form.whole for form in one.forms) for one in (a, b)]
    other = [any(not form.whole.isascii() for form in one.forms) for one in (a, b)]
    return (latin[0] and other[1] and not latin[1]) or (latin[1] and other[0] and not latin[0])
