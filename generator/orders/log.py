"""The files of an order's log and the hubs' keys in; its entries in order, and everything wrong with them, out.

Each entry is signed by who took the step and holds the hash of the entry before it. Whatever is changed, removed,
reordered, cut off, copied in or written twice breaks that chain at a place that is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .. import signatures
from ..signatures import Keys, ReadError
from . import entries, machine
from .entries import Entry, Head
from .values import IllegalStepError, State, Terms

HEAD_FILE = "head.json"
LONGEST = 256 * 1024  # bytes of a file
_REWRITTEN = "its bytes are not the canonical form (JCS) of what it says: somebody wrote it anew"
Files = Mapping[str, bytes]  # the files of the log's folder, by name


class Fault(NamedTuple):
    """What is wrong: in which file ("" for the log as a whole), and what can be done."""

    file: str
    message: str
    hint: str = ""


class Log(NamedTuple):
    """What a log says, as far as it holds: its entries in order, where the order stands, and every fault.

    After the first entry that is false or not legal nothing counts: what follows stands on it.
    """

    entries: tuple[Entry, ...]
    state: State
    faults: tuple[Fault, ...]

    @property
    def head(self) -> Head:
        """The last entry that holds."""
        return self.entries[-1].head if self.entries else Head()


class Expected(NamedTuple):
    """What a log is held against: the hash of the order's file, the hubs' keys, and heads that somebody saw before."""

    order: str
    keys: Keys
    seen: tuple[Head, ...] = ()


def read(terms: Terms, files: Files, expected: Expected) -> Log:
    """Return what the log says, with every fault in it; a log without faults is whole as far as anybody can tell."""
    known, faults = _parsed(files)
    chain, broken = _chained(known)
    faults += broken
    false = {one.file: found for one in chain if (found := _entry_faults(one, expected))}
    faults += [fault for found in false.values() for fault in found]
    held, state, illegal = _played(terms, list(itertools.takewhile(lambda one: one.file not in false, chain)))
    faults += illegal
    if not broken:
        faults += _head_faults(chain, files.get(HEAD_FILE))
    faults += _seen_faults(chain, expected.seen)
    return Log(held, state, tuple(sorted(set(faults), key=lambda one: (one.file == "", one.file, one.message))))


def head_file(head: Head) -> bytes:
    """Return the file that says which entry is the last."""
    return signatures.canonical({"last": head.sha256, "number": head.number}) + b"\n"


def head_in(source: bytes) -> Head:
    """Return which entry that file says is the last. Raises ReadError when it says none."""
    data = signatures.read(source)
    try:
        return Head(int(data["number"]), str(data["last"]))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise ReadError(str(error)) from error


def entry_file(one: Entry) -> bytes:
    """Return the file of an entry."""
    return signatures.canonical(one.data) + b"\n"


def _parsed(files: Files) -> tuple[list[Entry], list[Fault]]:
    known: list[Entry] = []
    faults: list[Fault] = []
    for name in sorted(set(files) - {HEAD_FILE}):
        if len(files[name]) > LONGEST:
            faults.append(Fault(name, f"longer than {LONGEST:,} bytes, which no entry is", "get it again"))
            continue
        try:
            data = signatures.read(files[name])
        except ReadError as error:
            faults.append(Fault(name, f"cannot be read: {error}", "get the file again from another party"))
            continue
        if wrong := entries.form_fault(data):
            faults.append(Fault(name, wrong, "nothing but entries belongs in the log"))
            continue
        one = entries.named(data, name)
        known.append(one)
        if name != entries.named(data).file:
            faults.append(Fault(name, "its name was made from another content: it was changed or renamed"))
        elif not _is_written_as(data, files[name]):
            faults.append(Fault(name, _REWRITTEN, "get the file again from another party"))
    return known, faults


def _is_written_as(data: Any, source: bytes) -> bool:
    """Tell whether bytes are data's canonical ones; the one line end after them may be that of another system."""
    exact = signatures.canonical(data)
    return source in (exact, exact + b"\n", exact + b"\r\n")


def _chained(known: Sequence[Entry]) -> tuple[list[Entry], list[Fault]]:
    """Return the entries that follow one another from the first on, and what does not fit into that chain."""
    following: dict[str, list[Entry]] = {}
    for one in known:
        following.setdefault(one.data["previous"], []).append(one)
    chain: list[Entry] = []
    faults: list[Fault] = []
    head = Head()
    while next_ones := _distinct(following.get(head.sha256, [])):
        if len(next_ones) > 1:
            faults.append(_fork(head, next_ones))
            break
        one = next_ones[0]
        if one.number != head.number + 1:
            faults.append(Fault(one.file, f"it follows entry {head.number} and says that it is number {one.number}"))
            break
        chain.append(one)
        head = one.head
    placed = {one.file for one in chain} | {one.file for fork in faults for one in known if one.file in fork.message}
    faults += [_stray(one, chain, known) for one in known if one.file not in placed]
    return chain, faults


def _distinct(found: Sequence[Entry]) -> list[Entry]:
    """Return entries once each; a copy under a second name is told apart as a stray."""
    return list({one.sha256: one for one in sorted(found, key=lambda one: one.file, reverse=True)}.values())[::-1]


def _fork(head: Head, found: Sequence[Entry]) -> Fault:
    told = "; ".join(f"{one.file} (`{one.data['by']}`: {one.data['step']}, {one.data['at']})" for one in found)
    after = f"follow entry {head.number}" if head.number else "begin the log"
    keep = found[0].sha256[:12]
    return Fault(
        found[0].file,
        f"two heads: {len(found)} entries {after}, so several people wrote at once, or one wrote two stories: {told}",
        f"agree on one of them, keep it with `karakana order resolve DIR --keep {keep}`, and take the other step again",
    )


def _stray(one: Entry, chain: Sequence[Entry], known: Sequence[Entry]) -> Fault:
    if any(one.sha256 == other.sha256 for other in chain):
        return Fault(one.file, f"a copy of entry {one.number} under another name", "remove it")
    if any(one.data["previous"] == other.sha256 for other in known):
        return Fault(one.file, f"entry {one.number} stands on one that is not part of the log")
    missing = one.number - 1
    hint = "get the log again from another party, or from the history of its repository"
    if any(other.number == missing for other in known):
        return Fault(
            one.file, f"entry {one.number} follows another entry {missing} than the one here, which was changed", hint
        )
    return Fault(one.file, f"entry {missing}, which entry {one.number} follows, is missing", hint)


def _entry_faults(one: Entry, expected: Expected) -> list[Fault]:
    data, faults = one.data, []
    if data["order"] != expected.order:
        hint = "the terms never change after the offer; an entry never moves to another order"
        faults.append(Fault(one.file, f"entry {one.number} was made for another order.yaml than this one", hint))
    proof = data["proof"]
    if wrong := signatures.fault_of(data, proof, data["by"], expected.keys):
        faults.append(Fault(one.file, f"entry {one.number} is not signed by `{data['by']}`: {wrong}"))
    elif proof["created"] != data["at"]:
        faults.append(
            Fault(one.file, f"entry {one.number} is dated {data['at']}, and its signature {proof['created']}")
        )
    return faults


def _played(terms: Terms, chain: Sequence[Entry]) -> tuple[tuple[Entry, ...], State, list[Fault]]:
    """Return the entries up to the first that is not legal, where the order stands after them, and why it is not."""
    state = machine.begun(terms)
    for at, one in enumerate(chain):
        try:
            state = machine.advanced(terms, state, one.action)
        except IllegalStepError as error:
            told = Fault(one.file, f"entry {one.number} is not legal: {error.message}", error.hint)
            return tuple(chain[:at]), state, [told]
    return tuple(chain), state, []


def _head_faults(chain: Sequence[Entry], source: bytes | None) -> list[Fault]:
    head = chain[-1].head if chain else Head()
    if source is None:
        return (
            [Fault(HEAD_FILE, "missing, so that nobody sees whether entries were cut off", "get it again")]
            if chain
            else []
        )
    try:
        said = head_in(source)
    except ReadError as error:
        return [Fault(HEAD_FILE, f"cannot be read: {error}", "when two people wrote at once, see `order resolve`")]
    if said == head:
        same = _is_written_as({"last": head.sha256, "number": head.number}, source)
        return [] if same else [Fault(HEAD_FILE, _REWRITTEN, "get the file again from another party")]
    ends = f"it names entry {said.number} as the last, and the log ends with {head.number}"
    if said in [one.head for one in chain]:
        hint = f"a step was broken off, or not copied whole: `karakana order resolve DIR --keep {head.sha256[:12]}`"
        return [Fault(HEAD_FILE, f"{ends}: the log goes on after it", hint)]
    lost = said.number > head.number
    what = f"entries after number {head.number} were cut off" if lost else "the log and its head do not agree"
    return [Fault(HEAD_FILE, f"{ends}: {what}")]


def _seen_faults(chain: Sequence[Entry], seen: Sequence[Head]) -> list[Fault]:
    known = {one.head for one in chain}
    hint = "ask the other parties for the log that they have"
    return [
        Fault("", f"entry {head.number} was seen before as {head.sha256[:12]}…, and is not in this log", hint)
        for head in seen
        if head.number and head not in known
    ]
