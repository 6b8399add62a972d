"""The registry on a day in; the hubs that somebody should ask whether their facts still hold, most useful first, out.

First come facts that nobody has confirmed for so long that the map greys them, then those that are due; among them,
what no other hub of the country can do, then how many machines stand there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from .. import markdown, words
from ..records import Hub
from ..registry import Registry
from ..registry.freshness import Freshness, freshness

_RANK = {Freshness.STALE: 0, Freshness.UNKNOWN: 0, Freshness.DUE: 1}
_MOST = 200
_SHOWN_PROCESSES = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A hub to ask: since when its facts stand, what only it does in its country, its machines, whom to ask."""

    country: str
    id: str
    name: str
    page: str
    age: str
    verified: str
    how: str
    alone: tuple[str, ...]
    machines: int
    stewards: tuple[str, ...]


def asked(registry: Registry, countries: Sequence[str] = ()) -> tuple[Asked, ...]:
    """Return the hubs to ask in order of use; `countries` are lower-case codes, all when empty."""
    doing = {hub.id: _processes(registry, hub) for hub in registry.all(Hub) if _counts(hub)}
    makers = Counter((id[:2], process) for id, several in doing.items() for process in several)
    found = []
    for hub in registry.all(Hub):
        age = freshness(hub.verified, registry.as_of)
        if hub.id in doing and age in _RANK and (not countries or hub.country in countries):
            alone = tuple(process for process in sorted(doing[hub.id]) if makers[hub.country, process] == 1)
            found.append(_asked(registry, hub, age, alone))
    return tuple(sorted(found, key=_order))


def _counts(hub: Hub) -> bool:
    return hub.status == "active" and not hub.demonstration


def _order(one: Asked) -> tuple[int, int, int, str, str]:
    return (_RANK[Freshness(one.age)], -len(one.alone), -one.machines, one.verified, one.id)


def _processes(registry: Registry, hub: Hub) -> frozenset[str]:
    return frozenset([*hub.processes, *(id for machine in registry.machines_of(hub) for id in machine.processes)])


def _asked(registry: Registry, hub: Hub, age: Freshness, alone: tuple[str, ...]) -> Asked:
    settings = registry.settings
    page = f"{settings.url.rstrip('/')}/hubs/{hub.id}/" if settings else ""
    verified = hub.verified
    return Asked(
        country=hub.country, id=hub.id, name=hub.name.into(registry.language), page=page, age=age.value,
        verified=verified.on.isoformat() if verified else "", how=verified.how if verified else "", alone=alone,
        machines=len(registry.machine_ids.get(hub.id, ())), stewards=tuple(one.github for one in hub.stewards),
    )  # fmt: skip


def _by_country(several: Iterable[Asked]) -> Iterator[tuple[str, list[Asked]]]:
    """Yield the hubs of each country, the country with the most useful one first."""
    found: dict[str, list[Asked]] = {}
    for one in several:
        found.setdefault(one.country, []).append(one)
    yield from found.items()


def _facts(one: Asked) -> str:
    since = f"verified {one.verified} ({one.how})" if one.verified else "never verified"
    more = f" and {len(one.alone) - _SHOWN_PROCESSES} more" if len(one.alone) > _SHOWN_PROCESSES else ""
    alone = f"alone in its country with {', '.join(one.alone[:_SHOWN_PROCESSES])}{more}" if one.alone else ""
    machines = f"{one.machines} machine{'' if one.machines == 1 else 's'}" if one.machines else ""
    return "; ".join(filter(None, (since, alone, machines)))


def as_text(several: Sequence[Asked]) -> str:
    """Return a line for each hub, by country."""
    lines: list[str] = []
    for country, hubs in _by_country(several):
        lines.append(f"{words.country_name(country)}: {len(hubs)}")
        for one in hubs:
            ask = f"; ask {', '.join(one.stewards)}" if one.stewards else ""
            lines.append(f"  {one.id}: {_facts(one)}{ask}")
    return "\n".join(map(markdown.visible, [*lines, f"{len(several)} to ask"])) + "\n"


def as_markdown(several: Sequence[Asked]) -> str:
    """Return a part of an issue's text: a table for each country, without a mention of anybody."""
    lines = ["## Facts to confirm", "", f"{len(several)} hubs, most useful first.", ""]
    shown = several[:_MOST]
    for country, hubs in _by_country(shown):
        lines += [
            f"### {markdown.escaped(words.country_name(country))}",
            "",
            "| Hub | Facts | Stewards |",
            "|---|---|---|",
        ]
        lines += [_row(one) for one in hubs]
        lines.append("")
    if len(several) > len(shown):
        lines += [f"And {len(several) - len(shown)} more: `karakana stale`", ""]
    return "\n".join(lines)


def _row(one: Asked) -> str:
    name = f"[{markdown.escaped(one.name[:80])}]({one.page})" if one.page else markdown.code(one.name)
    return f"| {name} | {markdown.escaped(_facts(one))} | {', '.join(markdown.code(login) for login in one.stewards)} |"


def as_json(several: Sequence[Asked]) -> str:
    """Return the hubs as JSON."""
    return json.dumps([asdict(one) for one in several], indent=1) + "\n"
