"""The folder of last good copies in; what is known of each peer out, and new copies into it, whole or not at all.

`<folder>/<peer>/copy.json` says what was fetched when, and names the file beside it with one hub a line. Whatever is
damaged, of another peer or of an older form counts as not there: the next pull brings it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..artifacts import replace_file
from ..records import Hub, Settings, build
from ..records.instance import Peer
from ..registry.foreign import Attempt, Copy, ForeignHub, Neighbour, State, Terms
from .licences import Use, use
from .lines import LinesError

_FORM = 1  # of the copies; a copy of another form is not read
_COPY, _ATTEMPT, _PART = "copy.json", "attempt.json", ".hubs.part"


def neighbours(folder: Path, settings: Settings) -> tuple[Neighbour, ...]:
    """Return how each peer of a registry stands. Never fails, whatever lies in the folder."""
    return tuple(_neighbour(folder / peer.id, peer, settings.licences.data) for peer in settings.peers)


def _neighbour(folder: Path, peer: Peer, licence: str) -> Neighbour:
    attempt, copy = _attempt(folder), read(folder, peer)
    if copy is not None and use(copy.terms.licence, licence) is Use.FORBIDDEN:
        attempt = Attempt(at=attempt.at, error=attempt.error, licence=copy.terms.licence)
        copy = None
    if copy is None:
        refused = bool(attempt.licence) and use(attempt.licence, licence) is Use.FORBIDDEN
        return Neighbour(peer=peer, state=State.REFUSED if refused else State.MISSING, attempt=attempt)
    state = State.KEPT if attempt.error else State.CURRENT
    return Neighbour(peer=peer, state=state, attempt=attempt, copy=copy)


def read(folder: Path, peer: Peer) -> Copy | None:
    """Return the last good copy of a peer; None when there is none that can be used."""
    try:
        about = json.loads((folder / _COPY).read_bytes())
        if about["form"] != _FORM or about["source"] != source_of(peer):
            return None
        with (folder / _named(about["sha256"])).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != about["sha256"]:
                return None
            file.seek(0)
            hubs = sorted((_hub(peer, json.loads(row)) for row in file), key=lambda one: one.record.id)
        fetched = datetime.fromisoformat(about["fetched"]).astimezone(UTC)
        return Copy(peer=peer.id, terms=Terms(**about["terms"]), fetched=fetched, hubs=tuple(hubs))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def source_of(peer: Peer) -> list[str]:
    """Return where a peer's copies come from: with another address it is another peer."""
    return [peer.url.rstrip("/") + "/", peer.git, peer.branch]


def _named(digest: str) -> str:
    return f"hubs-{digest[:16]}.jsonl"


def _hub(peer: Peer, data: dict[str, Any]) -> ForeignHub:
    can = tuple(data.pop("can", ()))
    record = build(Hub, data.pop("id"), data)
    return ForeignHub(peer=peer.id, record=record, can=can, page=f"{source_of(peer)[0]}hubs/{record.id}/")


def _attempt(folder: Path) -> Attempt:
    try:
        about = json.loads((folder / _ATTEMPT).read_bytes())
        at = datetime.fromisoformat(about["at"]).astimezone(UTC)
        return Attempt(at=at, error=str(about["error"]), licence=str(about["licence"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Attempt()


def note(folder: Path, attempt: Attempt) -> None:
    """Write down how a pull went. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / _ATTEMPT, _as_json({**asdict(attempt), "at": attempt.at.isoformat()}))


def keep(folder: Path, peer: Peer, terms: Terms, fetched: datetime, lines: Iterable[bytes]) -> Terms:
    """Make lines (b"" for one that was skipped) the last good copy; return its terms with what they came to.

    Raises `LinesError` when most lines were skipped, what `lines` raises, and `OSError`; then the copy before stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / _PART
    try:
        with part.open("wb") as file:
            counts, digest = {"hubs": 0, "skipped": 0}, hashlib.sha256()
            for row in _rows(lines, counts):
                digest.update(row)
                file.write(row)
        if counts["skipped"] > counts["hubs"]:
            raise LinesError(f"has hubs of which most cannot be read: {counts['skipped']} of {sum(counts.values())}")
        part.replace(folder / _named(digest.hexdigest()))
    finally:
        part.unlink(missing_ok=True)
    kept = replace(terms, hubs=counts["hubs"], skipped=counts["skipped"])
    about = {"form": _FORM, "source": source_of(peer), "fetched": fetched.isoformat(), "sha256": digest.hexdigest()}
    replace_file(folder / _COPY, _as_json({**about, "terms": asdict(kept)}))
    for old in folder.glob("hubs-*.jsonl"):
        if old.name != _named(digest.hexdigest()):
            old.unlink()
    return kept


def _rows(lines: Iterable[bytes], counts: dict[str, int]) -> Iterator[bytes]:
    for line in lines:
        counts["hubs" if line else "skipped"] += 1
        if line:
            yield line + b"\n"


def forget(folder: Path) -> None:
    """Remove what is kept of a peer."""
    for name in (_COPY, _ATTEMPT, _PART):
        (folder / name).unlink(missing_ok=True)
    for old in folder.glob("hubs-*.jsonl"):
        old.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _as_json(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
