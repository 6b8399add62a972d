"""A design, or a request, in; what has to be done for it, how often, where and by when, out: a wish."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ..graphs import cycles
from ..records import Design, Request
from ..records.design import Operation, Tolerance
from ..records.parts import Features, Requirement
from ..registry import Registry
from ..units import Envelope
from .by_process import World
from .tolerances import plus_or_minus, written

_FOR_EVER = 1_000_000  # days
_MOST = 10**9  # of one design in another: more is a mistake
Point = tuple[float, float]  # latitude and longitude in degrees, WGS 84


class Use(enum.Enum):
    """What is made is for oneself, or against money: some licences allow only the first."""

    OWN = "own"
    COMMERCIAL = "commercial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One operation of a wish: what is done to which part, of what, how large, how exact, by whom, and how often.

    `id` is the operation's, after the id of its design where that is contained in another one. `pieces` are those of
    one unit of what is wished for, through all levels. `after` are ids of steps.
    """

    id: str
    process: str
    design: str = ""
    part: str = ""
    material: str = ""
    form: str = ""
    envelope: Envelope | None = None
    may_rotate: bool = True
    thickness_mm: float | None = None
    tolerance_mm: float | None = None  # plus or minus
    tolerance: str = ""  # as it is written; with no number behind it, nobody can tell
    features: Features = field(default_factory=dict)
    pieces: int = 1
    requires: tuple[Requirement, ...] = ()
    certifications: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants made: the steps, how many units, near which point, by when, on which terms.

    `silent` are designs that state no operation: as long as there is one, nobody can say that the whole can be made.
    `not_understood` are the words because of which nobody understands what a manifest states, where one is asked
    about. `licences` are (design, SPDX expression of its hardware). An empty or missing value asks for nothing.
    """

    name: str
    steps: tuple[Step, ...]
    silent: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    licences: tuple[tuple[str, str], ...] = ()
    quantity: int = 1
    near: Point | None = None
    within_km: float | None = None
    start: date
    by: date | None = None
    countries: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    contract: str = ""
    use: Use = Use.OWN
    currency: str = ""
    languages: frozenset[str] = frozenset()
    world: World = World.REAL

    @property
    def days(self) -> int:
        """How many days are left; more than anybody can wait for when there is no last day."""
        return (self.by - self.start).days if self.by is not None else _FOR_EVER

    def pieces(self, step: Step) -> int:
        """Return how many pieces of a step the whole wish takes."""
        return self.quantity * step.pieces


class TreeError(ValueError):
    """A design contains itself, perhaps through others, or more of another than anybody makes; the message tells."""


def wish_for(registry: Registry, design: Design) -> Wish:
    """Return the wish for one unit of a design, starting on the registry's day. Raises `TreeError`."""
    tree = _Tree(registry, design)
    world = World.INVENTED if design.demonstration else World.REAL
    return Wish(
        name=design.id, steps=tuple(tree.steps()), silent=tree.silent, licences=tree.licences,
        start=registry.as_of, world=world,
    )  # fmt: skip


def wish_of(registry: Registry, request: Request, design: Design) -> Wish:
    """Return the wish that a request for a design stands for. Raises `TreeError`."""
    place, wish = request.place, wish_for(registry, design)
    near = None if place.latitude is None or place.longitude is None else (place.latitude, place.longitude)
    return replace(
        wish, name=request.id, quantity=request.quantity, near=near, by=request.needed_by, contract=request.contract,
        within_km=request.within_km if near is not None else None,
        use=Use.COMMERCIAL if request.budget is not None else Use.OWN,
        currency=request.budget.currency if request.budget is not None else "",
        world=World.INVENTED if request.demonstration or design.demonstration else World.REAL,
    )  # fmt: skip


class _Tree:
    """A design with everything that it contains, each once, and how many of each one unit takes."""

    def __init__(self, registry: Registry, top: Design) -> None:
        self.top = top
        self.designs: dict[str, Design | None] = {}
        pending = [top.id]
        while pending:
            id = pending.pop()
            if id not in self.designs:
                record = self.designs[id] = top if id == top.id else registry.get(Design, id)
                pending += [part.design for part in record.parts if part.design] if record is not None else []
        if circles := cycles({id: self._contained(id) for id in self.designs}):
            raise TreeError(f"`{top.id}` contains itself: " + " → ".join((*circles[0], circles[0][0])))
        self.units = self._units()
        self.ends = self._ends()

    def _contained(self, id: str) -> tuple[str, ...]:
        record = self.designs[id]
        return tuple(part.design for part in record.parts if part.design) if record is not None else ()

    def _units(self) -> dict[str, int]:
        """Return how many of each design one unit of the top takes, those that contain others before them."""
        found = {self.top.id: 1}
        waiting = Counter(other for id in self.designs for other in set(self._contained(id)))
        ready = [self.top.id]
        for id in ready:  # grows while it is gone through
            record = self.designs[id]
            for part in record.parts if record is not None else ():
                if part.design:
                    found[part.design] = found.get(part.design, 0) + found[id] * part.quantity
                    if found[part.design] > _MOST:
                        raise TreeError(f"`{self.top.id}` takes more than {_MOST:,} of `{part.design}`")
            for other in dict.fromkeys(self._contained(id)):
                waiting[other] -= 1
                if not waiting[other]:
                    ready.append(other)
        return {id: found[id] for id in ready}

    @property
    def silent(self) -> tuple[str, ...]:
        return tuple(
            id
            for id in self.units
            if (record := self.designs[id]) is None or not (record.operations or self._contained(id))
        )

    @property
    def licences(self) -> tuple[tuple[str, str], ...]:
        return tuple((id, record.licence.hardware) for id in self.units if (record := self.designs[id]) is not None)

    def steps(self) -> Iterator[Step]:
        """Yield the steps, those of contained designs before those that use them."""
        for id in reversed(self.units):
            record = self.designs[id]
            for operation in record.operations if record is not None else ():
                yield _step(operation, id, self._name(id, operation), self.units[id], self._before(id, operation))

    def _name(self, id: str, operation: Operation) -> str:
        return operation.id if id == self.top.id else f"{id}/{operation.id}"

    def _before(self, id: str, operation: Operation) -> tuple[str, ...]:
        """Return what comes before an operation: what it names, and the last steps of the designs that it uses.

        An operation for a part that is a design of its own uses that one; an operation for no part uses all.
        """
        record = self.designs[id]
        known = {one.id: one for one in record.operations} if record is not None else {}
        found = [self._name(id, known[name]) for name in operation.after if name in known]
        for part in record.parts if record is not None else ():
            if part.design and operation.part in ("", part.id):
                found += self.ends[part.design]
        return tuple(dict.fromkeys(found))

    def _ends(self) -> Mapping[str, tuple[str, ...]]:
        """Return for each design its steps that no other one of it comes after; without steps, those it contains."""
        found: dict[str, tuple[str, ...]] = {}
        for id in reversed(self.units):
            record = self.designs[id]
            operations = record.operations if record is not None else ()
            earlier = {name for one in operations for name in one.after}
            own = tuple(self._name(id, one) for one in operations if one.id not in earlier)
            below = (name for other in self._contained(id) for name in found[other])
            found[id] = own or tuple(dict.fromkeys(below))
        return found


def _step(operation: Operation, design: str, name: str, units: int, after: tuple[str, ...]) -> Step:
    tolerance: Tolerance | None = operation.tolerance
    sizes = operation.envelope_mm.numbers if operation.envelope_mm is not None else ()
    return Step(
        id=name, process=operation.process, design=design, part=operation.part, material=operation.material,
        form=operation.form, envelope=operation.envelope_mm, may_rotate=operation.may_rotate,
        thickness_mm=operation.thickness_mm,
        tolerance_mm=plus_or_minus(tolerance, sizes) if tolerance is not None else None,
        tolerance=written(tolerance) if tolerance is not None else "",
        features=operation.features, pieces=units * operation.quantity_per_unit, requires=operation.requires,
        certifications=operation.certifications, after=after,
    )  # fmt: skip
