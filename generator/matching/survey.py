"""A matcher in; in one pass over all designs and open requests what every hub comes to, and what is missing, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .aims import Aim, aims
from .by_process import World
from .gaps import Gaps, Ledger, by_country, everywhere
from .reverse import ByHub
from .search import Matcher
from .standing import Standing, standings


@dataclass(frozen=True, slots=True)
class Survey:
    """What every hub comes to, and what is missing: everywhere, and in each country with hubs."""

    hubs: ByHub
    everywhere: Gaps
    countries: Mapping[str, Gaps]


def survey(matcher: Matcher) -> Survey:
    """Return what all hubs come to. Nothing that is invented makes a gap."""
    whole, parts, wanted = everywhere(matcher), by_country(matcher), aims(matcher.registry)
    hubs = ByHub(matcher, _noted(standings(matcher, wanted), (whole, parts)))
    silent = sum(not aim.is_matchable for aim in wanted if _is_real(aim))
    return Survey(hubs, whole.gaps(0, silent), {name: parts.gaps(at, silent) for at, name in enumerate(parts.names)})


def _noted(found: Iterable[Standing], ledgers: Iterable[Ledger]) -> Iterator[Standing]:
    """Yield what comes in, once each ledger has it."""
    for standing in found:
        for ledger in ledgers if _is_real(standing.aim) else ():
            ledger.add(standing)
        yield standing


def _is_real(aim: Aim) -> bool:
    return aim.wish.world is World.REAL
