"""The base, the changed files and the people in; for each file who must approve it and whether they have, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .accounts import Account, has, has_for_certain, listed
from .changes import NOTHING, Base, Change, data
from .claims import Held, held
from .low_risk import objections
from .rules import Reason, Role, changed_fields, reasons
from .subjects import STATUS_LIST, Subject, hub_path, subject

_SETTINGS = "registry.yaml"


@dataclass(frozen=True, slots=True)
class People:
    """Who proposes a change (nobody who vouches for it: none), who approves it, and maintainers beside the base's."""

    authors: tuple[Account, ...] = ()
    approvals: tuple[Account, ...] = ()
    maintainers: tuple[Account, ...] = ()


class Given(NamedTuple):
    """An approval: whose, and as what."""

    account: Account
    role: Role


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one file needs: whose approval, for which reasons, of which stewards, and who has given it."""

    path: str
    kind: str
    id: str
    hub: str
    need: Role
    reasons: tuple[str, ...]
    stewards: tuple[Account, ...] = ()
    given: tuple[Given, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether somebody who may has approved."""
        return bool(self.given)


class Objection(NamedTuple):
    """What speaks against merging a file's change on its author's word; "" is the change as a whole."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every changed file with what it needs, the maintainers, and what speaks against merging without a second look."""

    requirements: tuple[Requirement, ...]
    maintainers: tuple[Account, ...] = ()
    objections: tuple[Objection, ...] = ()

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """What nobody who may has approved yet."""
        return tuple(one for one in self.requirements if not one.is_met)

    @property
    def may_merge_itself(self) -> bool:
        """Whether it is an edit of low risk that a steward may merge without anybody else."""
        return not self.objections


def verdict(base: Base, changes: Sequence[Change], people: People) -> Verdict:
    """Return who must approve what. Everything about ownership is read from the base."""
    maintainers = tuple(dict.fromkeys((*_maintainers(base), *people.maintainers)))
    crew = People(people.authors, people.approvals, maintainers)
    holders = held(base)
    requirements: list[Requirement] = []
    against = [] if changes else [Objection("", "nothing changes")]
    for change in sorted(changes, key=lambda one: one.path):
        one = subject(base.lead, change.path)
        found = _requirement(base, holders, change, one, crew)
        requirements.append(found)
        against += (Objection(one.path, text) for text in _objections(change, one, found, crew))
    return Verdict(tuple(requirements), maintainers, tuple(against))


def _maintainers(base: Base) -> tuple[Account, ...]:
    values = base.data("registry", _SETTINGS)
    return listed(values, "maintainers") if values else ()


def _requirement(base: Base, holders: Held, change: Change, one: Subject, people: People) -> Requirement:
    why = reasons(change, one, base, holders)
    need = Role.MAINTAINER if any(reason.need is Role.MAINTAINER for reason in why) else Role.STEWARD
    stewards = _stewards(base, one.hub)
    return Requirement(
        change.path, one.kind, one.id, one.hub, need, _texts(why), stewards, tuple(_given(need, stewards, people))
    )


def _texts(why: Iterable[Reason]) -> tuple[str, ...]:
    """Return the reasons in words, those of maintainers first."""
    return tuple(reason.text for reason in sorted(why, key=lambda reason: reason.need is not Role.MAINTAINER))


def _stewards(base: Base, hub: str) -> tuple[Account, ...]:
    values = base.data("hub", hub_path(hub)) if hub else None
    return listed(values, "stewards") if values else ()


def _given(need: Role, stewards: Sequence[Account], people: People) -> Iterator[Given]:
    for one in dict.fromkeys((*people.authors, *people.approvals)):
        if has(people.maintainers, one):
            yield Given(one, Role.MAINTAINER)
        elif need is Role.STEWARD and has(stewards, one):
            yield Given(one, Role.STEWARD)


def _objections(change: Change, one: Subject, found: Requirement, people: People) -> Iterator[str]:
    """Yield what speaks against merging a file's change on its author's word."""
    if found.need is Role.MAINTAINER:
        yield "needs a maintainer"
        return
    if change.base == NOTHING:
        yield f"is a new {one.kind}"
    elif change.has_moved_on:
        yield "changed on the base too since the branch was made"
    else:
        yield from _risks(change, one)
    if not any(has_for_certain(found.stewards, author) for author in people.authors):
        yield "its author is not known by number to be a steward"


def _risks(change: Change, one: Subject) -> Iterator[str]:
    if one.kind == STATUS_LIST:
        return  # what would speak against it needs a maintainer
    before, after = data(one.kind, change.base), data(one.kind, change.head)
    if before is None or after is None:
        yield "cannot be read on the base"
    else:
        yield from objections(one.kind, before, after, changed_fields(one.kind, change))
