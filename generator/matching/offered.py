"""Tasks and the machines that can do them in; what each hub offers, as numbers to choose by, out."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from .arrays import UNKNOWN, Flags, Floats, Numbers
from .bins import Bins
from .capabilities import Rate
from .index import LATE
from .offers import RANK_BITS, Offers
from .search import FAR, Search
from .tasks import UNLIMITED, Work, clipped, leasts_of, rooms_of


def offers_of(work: Work) -> tuple[Numbers, Offers]:
    """Return the hubs that do something, by number, and what they offer for the tasks, in the same order."""
    search = work.search
    homes = np.concatenate([task.homes for task in work.tasks]) if work.tasks else np.zeros(0, np.int64)
    hubs = np.unique(homes)
    shape = (len(work.tasks), len(hubs))
    most, asks, least = np.zeros(shape, np.int64), np.full(shape, 1 << 20, np.int64), np.full(shape, UNLIMITED)
    for at, task in enumerate(work.tasks):
        where, rooms = np.searchsorted(hubs, task.homes), clipped(work, task, rooms_of(work, task))
        np.add.at(most[at], where, rooms)
        np.minimum.at(asks[at], where[rooms > 0], task.asks[rooms > 0])
        np.minimum.at(least[at], where[rooms > 0], leasts_of(work, task)[rooms > 0])
    metres = _metres(search)[hubs]
    own = sum((results == UNKNOWN).astype(np.int64)[hubs] for _, results in search.of_sites())
    offers = Offers(
        demands=[task.demand for task in work.tasks], most=np.minimum(most, UNLIMITED), least=least, asks=asks,
        own=np.asarray(own) + np.zeros(len(hubs), np.int64), metres=metres, rank=_rank(work, hubs, metres),
        known=np.isin(hubs, sorted(work.known)), tight=_tight(work, hubs),
        bins=Bins(work, hubs),
    )  # fmt: skip
    return hubs, offers


def _metres(search: Search) -> Numbers:
    if search.wish.near is None:
        return np.zeros(len(search.known.hubs), np.int64)
    return np.round(np.nan_to_num(search.distances, nan=FAR) * 1000).astype(np.int64)


def _tight(work: Work, hubs: Numbers) -> Flags:
    """Tell at which hubs a machine that makes so many pieces and no more is wanted for several tasks."""
    limited = [task.machines[task.most < UNLIMITED] for task in work.tasks]
    found = np.zeros(len(hubs), bool)
    if limited:
        machines, count = np.unique(np.concatenate(limited), return_counts=True)
        found[np.searchsorted(hubs, work.search.matcher.homes[machines[count > 1]])] = True
    return found


def _rank(work: Work, hubs: Numbers, metres: Numbers) -> Numbers:
    """Return which place each hub takes by distance, lead time, price, language, evidence, freshness and id."""
    sites, rows, search = work.search.known.sites, work.search.matcher.site_rows, work.search
    mute = np.array([search.wish.languages.isdisjoint(one) for one in sites["languages"].values], bool)
    evidence, fresh = (np.array(sites[one].values, np.int64)[rows[one][hubs]] for one in ("evidence", "freshness"))
    leads, prices = np.zeros(len(hubs), np.int64), np.zeros(len(hubs))
    for lead, price in _terms(work, hubs):
        leads, prices = np.maximum(leads, lead), np.maximum(prices, price)
    keys: Sequence[Numbers | Floats | Flags] = (
        hubs, fresh, evidence, mute[rows["languages"][hubs]], prices, leads, metres,
    )  # fmt: skip
    found = np.empty(len(hubs), np.int64)
    found[np.lexsort(keys)] = np.arange(len(hubs))
    if len(hubs) >> RANK_BITS:
        raise OverflowError("more hubs than a rank holds")
    return found


def _terms(work: Work, hubs: Numbers) -> Iterator[tuple[Numbers, Floats]]:
    """Yield for each task the soonest start in days and the lowest rate at each hub that does it.

    Rates count in the wish's currency and by the hour: what is paid for a gram cannot be compared.
    """
    known, matcher = work.search.known.skills, work.search.matcher
    price_of: Callable[[Rate | None], float] = functools.partial(_hourly, work.search.wish.currency)
    rates = np.array([price_of(one) for one in known["rate"].values] or [np.inf])
    for task in work.tasks:
        where, count = np.searchsorted(hubs, task.homes), len(hubs)
        lead, price = np.full(count, LATE, np.int64), np.full(count, np.inf)
        np.minimum.at(lead, where, matcher.leads[matcher.rows["time"][task.machines]])
        np.minimum.at(price, where, rates[matcher.rows["rate"][task.machines]])
        does = np.isin(np.arange(count), where)
        yield np.where(does, lead, 0), np.where(does, price, 0.0)


def _hourly(currency: str, rate: Rate | None) -> float:
    is_known = rate is not None and rate.currency == currency and rate.per == "hour"
    return float(rate.amount) if rate is not None and is_known else math.inf
