"""A registry in; for each design the operations that no hub can do, judged by process alone, and what is near, out.

The first and coarsest question: does anybody offer the process at all? An operation can be done when an
active hub offers its process or a narrower one, with a usable machine or claimed. Different hubs may do
different operations. What invented hubs offer counts for invented designs only.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..records import Design, Hub, Machine, Model, Process
from ..records.design import Operation
from ..registry import Registry

Hubs = frozenset[str]
NOBODY: Hubs = frozenset()


class World(enum.Enum):
    """Whose offers count: those of real hubs, or of invented ones too."""

    REAL = "real"
    INVENTED = "invented"

    def holds(self, record: Hub | Machine) -> bool:
        """Tell whether what a record offers counts."""
        return self is World.INVENTED or not record.demonstration


@dataclass(frozen=True, slots=True)
class Near:
    """What some hubs offer instead: `how` is substitute, broader (ask whether they do it) or out of use."""

    how: str
    process: str
    hubs: tuple[str, ...]
    when: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """An operation that nobody can do; `design` is the one that states it, perhaps contained in another."""

    design: str
    operation: str
    process: str
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one design: how many operations it takes, the gaps, and contained designs that state none."""

    design: str
    operations: int
    gaps: tuple[Gap, ...]
    silent: tuple[str, ...]

    @property
    def is_matchable(self) -> bool:
        """Whether the design and all that it contains say how they are made."""
        return not self.silent

    @property
    def is_matched(self) -> bool:
        """Whether somebody can do each operation, as far as processes tell."""
        return self.is_matchable and not self.gaps


@dataclass(frozen=True, slots=True)
class Offers:
    """Hubs by the process that they offer: now, and once they or their machines are in use again."""

    now: Mapping[str, Hubs]
    out_of_use: Mapping[str, Hubs]


class ByProcess:
    """Answers for the designs of one registry; what is offered is gathered once."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._offers = functools.cache(functools.partial(offers, registry))
        self._able = functools.cache(self._find_able)
        self._near = functools.cache(lambda process, world: tuple(self._find_near(process, world)))

    def answer(self, design: Design) -> Answer:
        """Return what came of a design."""
        world = World.INVENTED if design.demonstration else World.REAL
        steps, silent = explode(self.registry, design)
        gaps = tuple(
            Gap(owner, step.id, step.process, self._near(step.process, world))
            for owner, step in steps
            if not self._able(step.process, world)
        )
        return Answer(design.id, len(steps), gaps, silent)

    def _find_able(self, process: str, world: World) -> Hubs:
        """Return the hubs that offer a process or a narrower one."""
        return self._with_narrower(self._offers(world).now, process)

    def _with_narrower(self, offered: Mapping[str, Hubs], process: str) -> Hubs:
        asked = (process, *self.registry.processes.narrower(process))
        return NOBODY.union(*(offered.get(id, NOBODY) for id in asked))

    def _find_near(self, process: str, world: World) -> Iterator[Near]:
        record = self.registry.get(Process, process)
        for substitute in record.substitutes if record is not None else ():
            if hubs := self._able(substitute.process, world):
                when = substitute.when.into(self.registry.language)
                yield Near("substitute", substitute.process, tuple(sorted(hubs)), when)
        offered = self._offers(world)
        for broader in sorted(self.registry.processes.broader(process)):
            if hubs := offered.now.get(broader, NOBODY):
                yield Near("broader", broader, tuple(sorted(hubs)))
        if hubs := self._with_narrower(offered.out_of_use, process):
            yield Near("out of use", process, tuple(sorted(hubs)))


def offers(registry: Registry, world: World) -> Offers:
    """Return who offers which process; of what is invented, what counts in `world`."""
    now: dict[str, set[str]] = {}
    out_of_use: dict[str, set[str]] = {}
    hubs = {hub.id: hub for hub in registry.all(Hub) if world.holds(hub) and hub.status != "closed"}
    for hub in hubs.values():
        for process in hub.processes:
            (now if hub.is_open else out_of_use).setdefault(process, set()).add(hub.id)
    for machine in registry.all(Machine):
        home = hubs.get(machine.hub)
        if home is not None and world.holds(machine):
            kept = now if home.is_open and machine.is_usable else out_of_use
            for process in _processes(registry, machine):
                kept.setdefault(process, set()).add(home.id)
    return Offers(_frozen(now), _frozen(out_of_use))


def _processes(registry: Registry, machine: Machine) -> tuple[str, ...]:
    """Return a machine's processes, or its model's; without the cost of completing the whole machine."""
    if machine.processes:
        return machine.processes
    model = registry.get(Model, machine.model)
    return model.processes if model is not None else ()


def _frozen(found: Mapping[str, set[str]]) -> Mapping[str, Hubs]:
    return {process: frozenset(hubs) for process, hubs in found.items()}


def explode(registry: Registry, design: Design) -> tuple[tuple[tuple[str, Operation], ...], tuple[str, ...]]:
    """Return (design, operation) of a design and of all that it contains, and the designs that state none.

    A design is looked at once, however often it is contained; one that is not in the registry states none.
    """
    steps: list[tuple[str, Operation]] = []
    silent: list[str] = []
    seen: set[str] = set()
    pending = [design.id]
    while pending:
        id = pending.pop(0)
        record = design if id == design.id else registry.get(Design, id)
        if id in seen:
            continue
        seen.add(id)
        contained = [part.design for part in record.parts if part.design] if record is not None else []
        pending += contained
        if record is None or not (record.operations or contained):
            silent.append(id)
        else:
            steps += [(id, operation) for operation in record.operations]
    return tuple(steps), tuple(silent)


def answers(registry: Registry) -> tuple[Answer, ...]:
    """Return what came of each design in question, in the order of ids."""
    matcher = ByProcess(registry)
    return tuple(matcher.answer(design) for design in registry.each(Design))


def report(registry: Registry) -> Iterator[str]:
    """Yield lines to read: how many designs can be made, and what stands in the way of each other one."""
    found = answers(registry)
    matched = sum(answer.is_matched for answer in found)
    yield f"{matched} of {len(found)} designs can be made, judged by process alone"
    for answer in found:
        for id in answer.silent:
            where = "" if id == answer.design else f"`{id}`, which it contains, "
            yield f"{answer.design}: not matchable: {where}states no operations"
        for gap in answer.gaps:
            where = "" if gap.design == answer.design else f" of `{gap.design}`"
            yield f"{answer.design}: no hub offers `{gap.process}` for operation `{gap.operation}`{where}"
            yield from (f"  {line}" for line in _told(gap.near))


def _told(near: Iterable[Near]) -> Iterator[str]:
    for one in near:
        number = f"{len(one.hubs)} hub{'' if len(one.hubs) == 1 else 's'}"
        if one.how == "substitute":
            yield f"`{one.process}` can stand in when {one.when}: {number}"
        elif one.how == "broader":
            yield f"{number} offer{'s' if len(one.hubs) == 1 else ''} `{one.process}`, which is broader: ask"
        else:
            yield f"{number} had it: paused, planned or broken"
