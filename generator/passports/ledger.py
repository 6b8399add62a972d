"""A hub's private ledger of what it issued in; free indexes, what is revoked, and the ledger with one line more out.

JSON lines: the first names the hub, each other one says that a credential was issued, or revoked. No name of a person
stands in it. It stays with the hub, outside every repository; with it the status list can be made again at any time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .. import signatures
from ..signatures import ReadError
from .bits import ENTRIES
from .values import Fault

FORM = 1
_CODE = "ledger-unreadable"
_HUB = re.compile(r"[a-z]{2}/[a-z0-9]+(?:-[a-z0-9]+)*\Z", re.ASCII)
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_MOST_BYTES = 64 * 1024 * 1024
Below = Callable[[int], int]  # a random number from 0 up to, and without, the one given: `secrets.randbelow`


class LedgerError(ValueError):
    """The ledger cannot take this; the message says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A credential that the hub issued: its index in the hub's status list, and the day when it was revoked."""

    credential: str
    index: int
    competence: str
    level: int
    issued: date
    until: date | None = None
    revoked: date | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a hub issued, in the order in which it did."""

    hub: str
    entries: tuple[Entry, ...] = ()

    def revoked_by(self, day: date) -> tuple[int, ...]:
        """Return the indexes of what was revoked up to a day and on it, sorted: the hub's status list of that day."""
        found = (one.index for one in self.entries if one.revoked is not None and one.revoked <= day)
        return tuple(sorted(found))


def free_indexes(ledger: Ledger, count: int, below: Below) -> tuple[int, ...]:
    """Return so many indexes that no credential ever had, each as likely as any other; raise `LedgerError` if full.

    An index is never used again: a credential that was once revoked must not come back with the next one's bit.
    """
    used = {one.index for one in ledger.entries}
    free = [index for index in range(ENTRIES) if index not in used]
    if count > len(free):
        raise LedgerError(f"the list has {len(free):,} free places of {ENTRIES:,}, and {count:,} are wanted")
    for at in range(count):  # a shuffle that stops early (Fisher and Yates)
        other = at + below(len(free) - at)
        free[at], free[other] = free[other], free[at]
    return tuple(free[:count])


def issued(ledger: Ledger, entries: Iterable[Entry]) -> Ledger:
    """Return the ledger with more credentials; raise `LedgerError` when an id or an index stands there already."""
    ids, indexes = {one.credential for one in ledger.entries}, {one.index for one in ledger.entries}
    fresh = tuple(entries)
    for one in fresh:
        if one.credential in ids or one.index in indexes:
            what = one.credential if one.credential in ids else f"index {one.index}"
            raise LedgerError(f"{what} stands in the ledger already")
        ids.add(one.credential)
        indexes.add(one.index)
    return replace(ledger, entries=(*ledger.entries, *fresh))


def revoked(ledger: Ledger, credential: str, day: date) -> Ledger:
    """Return the ledger with a credential revoked on a day; raise `LedgerError` when that cannot be."""
    known = next((one for one in ledger.entries if one.credential == credential), None)
    if known is None:
        raise LedgerError(f"the ledger of `{ledger.hub}` has no credential {credential}")
    if known.revoked is not None:
        raise LedgerError(f"{credential} was revoked on {known.revoked} already")
    if day < known.issued:
        raise LedgerError(f"{credential} was issued on {known.issued}, after {day}")
    changed = replace(known, revoked=day)
    return replace(ledger, entries=tuple(changed if one is known else one for one in ledger.entries))


def written(ledger: Ledger) -> bytes:
    """Return the ledger's file."""
    lines: list[dict[str, Any]] = [{"ledger": FORM, "hub": ledger.hub}]
    for one in ledger.entries:
        line = {
            "credential": one.credential, "index": one.index, "competence": one.competence, "level": one.level,
            "issued": f"{one.issued}",
        }  # fmt: skip
        days = {"until": one.until, "revoked": one.revoked}
        lines.append(line | {key: f"{day}" for key, day in days.items() if day is not None})
    return b"".join(json.dumps(line, ensure_ascii=True).encode() + b"\n" for line in lines)


def parse(source: bytes) -> Ledger | tuple[Fault, ...]:
    """Return the ledger in a file, or everything that is wrong with it, line by line.

    Nothing is passed over: an index that was lost would be given out again.
    """
    if len(source) > _MOST_BYTES:
        return (Fault(_CODE, "", f"longer than {_MOST_BYTES:,} bytes"),)
    if not source.endswith(b"\n"):
        return (Fault(_CODE, "", "it does not end in a line feed: its last line may be cut short"),)
    lines = [_line(line) for line in source[:-1].split(b"\n")]
    faults = [Fault(_CODE, f"line {at}", line) for at, line in enumerate(lines, start=1) if isinstance(line, str)]
    rows = [(at, line) for at, line in enumerate(lines, start=1) if isinstance(line, dict)]
    head = lines[0] if isinstance(lines[0], dict) else {}
    if isinstance(lines[0], dict):
        faults += [Fault(_CODE, "line 1", text) for text in _head_faults(head)]
        rows = rows[1:]
    faults += [Fault(_CODE, f"line {at}", text) for at, row in rows for text in _row_faults(row)]
    faults += [] if faults else _twice(rows)
    if faults:
        return tuple(faults)
    return Ledger(head["hub"], tuple(_entry(row) for _, row in rows))


def _line(source: bytes) -> dict[str, Any] | str:
    try:
        found = signatures.read(source)
    except ReadError as error:
        return str(error)
    return found if isinstance(found, dict) else "no object"


def _head_faults(head: dict[str, Any]) -> Iterator[str]:
    if head.keys() != {"ledger", "hub"} or head["ledger"] != FORM:
        yield f'it does not begin with {{"ledger": {FORM}, "hub": "…"}}'
    elif not _matches(_HUB, head["hub"]):
        yield f"hub: `{head['hub']}` is no id of a hub"


def _row_faults(row: dict[str, Any]) -> Iterator[str]:
    needed, possible = {"credential", "index", "competence", "level", "issued"}, {"until", "revoked"}
    yield from (f"{key}: missing" for key in sorted(needed - row.keys()))
    yield from (f"{key}: not one of a ledger's keys" for key in sorted(row.keys() - needed - possible))
    for key, form in (("credential", _URN), ("competence", _SLUG)):
        if key in row and not _matches(form, row[key]):
            yield f"{key}: `{row[key]}` is none"
    for key, least, most in (("index", 0, ENTRIES - 1), ("level", 1, 99)):
        if key in row and not (type(row[key]) is int and least <= row[key] <= most):
            yield f"{key}: `{row[key]}` is no whole number from {least} to {most}"
    for key in ("issued", "until", "revoked"):
        if key in row and not _is_day(row[key]):
            yield f"{key}: `{row[key]}` is no day like 2026-11-22"


def _twice(rows: Iterable[tuple[int, dict[str, Any]]]) -> list[Fault]:
    seen: dict[tuple[str, Any], int] = {}
    faults = []
    for at, row in rows:
        for key in ("credential", "index"):
            first = seen.setdefault((key, row[key]), at)
            if first != at:
                faults.append(Fault(_CODE, f"line {at}", f"{key}: `{row[key]}` stands in line {first} already"))
    return faults


def _matches(form: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and form.match(value) is not None


def _is_day(value: Any) -> bool:
    if not _matches(_DAY, value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _entry(row: dict[str, Any]) -> Entry:
    days = {key: date.fromisoformat(row[key]) for key in ("issued", "until", "revoked") if key in row}
    return Entry(
        credential=row["credential"], index=row["index"], competence=row["competence"], level=row["level"],
        issued=days["issued"], until=days.get("until"), revoked=days.get("revoked"),
    )  # fmt: skip
