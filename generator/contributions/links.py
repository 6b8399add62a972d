"""Records and what their addresses answered on several days in; which addresses somebody should look at, out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..checks import texts
from ..registry import Registry, path_of
from .probe import host
from .replies import Answer, Outcome

COUNTS_AFTER = {Outcome.HARD: 3, Outcome.SOFT: 7}  # days in a row
_LONGEST_STATE = 64 << 20
_VERSION = 1
_FEW = 10
_RESERVED = ("example", "invalid", "localhost", "test")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of an address: when it was asked last, and since when and how often in a row it failed."""

    asked: str
    failures: int = 0
    since: str = ""
    outcome: str = ""


State = Mapping[str, Seen]


@dataclass(frozen=True, slots=True)
class Row:
    """An address to look at: what it answers, since when, where it moved, and the records that name it."""

    url: str
    detail: str
    since: str
    failures: int
    moved_to: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a round of asking found. `waiting` failed, but not often enough yet to count."""

    day: str
    addresses: int
    asked: int
    fine: int
    gone: tuple[Row, ...]
    unclear: tuple[Row, ...]
    moved: tuple[Row, ...]
    waiting: int


def addresses(registry: Registry) -> dict[str, tuple[str, ...]]:
    """Return each web address of the records with the places that name it: `hubs/gh/kumasi-hive.yaml website`.

    Addresses on hosts that stand for none, such as example.org, and those of invented records are left out.
    """
    found: dict[str, list[str]] = {}
    for kind, id, source in registry.raw():
        data = json.loads(source)
        if data.get("demonstration") or data.get("status") == "closed":
            continue
        for url, keys in _strings(data, ""):
            if _can_answer(host(url)):
                found.setdefault(url, []).append(f"{path_of(kind, id)} {keys}")
    return {url: tuple(places) for url, places in sorted(found.items())}


def _can_answer(name: str) -> bool:
    """Tell whether a host can exist: names such as lab.example stand for none (RFC 2606)."""
    return bool(name) and name.rpartition(".")[2] not in _RESERVED and not texts.host_fault(name.encode())


def _strings(value: Any, keys: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if value.startswith(("https://", "http://")) and not any(mark in value for mark in " {}\n"):
            yield value, keys
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, f"{keys}.{key}" if keys else key)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, keys)


def due(urls: Iterable[str], state: State, limit: int) -> list[str]:
    """Return the addresses to ask, at most `limit`: those that failed last, then never asked ones, then by age."""

    def rank(url: str) -> tuple[bool, str, str]:
        seen = state.get(url)
        return (seen is None or not seen.failures, seen.asked if seen else "", url)

    return sorted(urls, key=rank)[:limit]


def after(state: State, answers: Iterable[Answer], urls: Iterable[str], day: date) -> dict[str, Seen]:
    """Return what is to be remembered; addresses that no record names any more are forgotten.

    A second round on one day counts no second time.
    """
    today = day.isoformat()
    found = {url: state[url] for url in urls if url in state}
    for answer in answers:
        seen = found.get(answer.url, Seen(""))
        if answer.outcome is Outcome.FINE:
            found[answer.url] = Seen(today)
        else:
            begins = not seen.failures or (answer.outcome is Outcome.HARD and seen.outcome != Outcome.HARD)
            count = 1 if begins else seen.failures + (seen.asked != today)
            found[answer.url] = Seen(today, count, seen.since or today, answer.outcome)
    return dict(sorted(found.items()))


def report(known: Mapping[str, tuple[str, ...]], answers: Sequence[Answer], state: State, day: date) -> Report:
    """Return what to look at; `state` is that after the round."""
    rows: dict[str, list[Row]] = {"gone": [], "unclear": [], "moved": []}
    waiting = 0
    for answer in answers:
        seen = state[answer.url]
        row = Row(answer.url, answer.detail, seen.since, seen.failures, answer.moved_to, known.get(answer.url, ()))
        if answer.outcome is Outcome.FINE:
            rows["moved"] += [row] if answer.moved_to else []
        elif seen.failures >= COUNTS_AFTER[answer.outcome]:
            rows["gone" if answer.outcome is Outcome.HARD else "unclear"].append(row)
        else:
            waiting += 1
    outcomes = Counter(answer.outcome for answer in answers)
    gone, unclear, moved = (tuple(rows[key]) for key in ("gone", "unclear", "moved"))
    return Report(day.isoformat(), len(known), len(answers), outcomes[Outcome.FINE], gone, unclear, moved, waiting)


def is_offline(answers: Sequence[Answer]) -> bool:
    """Tell whether so much failed that this computer's own network must be at fault: then nothing is remembered."""
    return len(answers) >= _FEW and all(answer.outcome is not Outcome.FINE for answer in answers)


def read_state(source: bytes) -> dict[str, Seen] | None:
    """Return what was remembered; None for what cannot be read."""
    try:
        data = json.loads(source) if len(source) <= _LONGEST_STATE else None
        if not isinstance(data, dict) or data.get("version") != _VERSION:
            return None
        return {str(url): _seen(*row) for url, row in data["addresses"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _seen(asked: Any, failures: Any = 0, since: Any = "", outcome: Any = "") -> Seen:
    if type(failures) is not int or failures < 0 or outcome not in ("", *Outcome):
        raise ValueError("a row of another form")
    days = [day and date.fromisoformat(day).isoformat() for day in (asked, since)]
    return Seen(days[0], failures, days[1], outcome)


def written_state(state: State) -> bytes:
    """Return what is to be remembered as JSON, an address a line."""
    rows = {url: [seen.asked, *((seen.failures, seen.since, seen.outcome) if seen.failures else ())]
            for url, seen in state.items()}  # fmt: skip
    lines = ",\n".join(f"{json.dumps(url)}: {json.dumps(row)}" for url, row in sorted(rows.items()))
    return f'{{"version": {_VERSION}, "addresses": {{\n{lines}\n}}}}\n'.encode()
