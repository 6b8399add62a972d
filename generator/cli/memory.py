"""What `check` said about exactly these files, this day and this code, kept so that it need not be said twice.

Safe to delete and to corrupt: what cannot be read, or does not match its checksum, is computed again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from .. import schemas
from ..artifacts import replace_file
from ..diagnostics import Diagnostic, Location, Related, Severity
from .session import Workplace, day_of, git_errors

Answer = tuple[Diagnostic, ...]


def recalled(place: Workplace, as_of: datetime | None, since: str | None, compute: Callable[[], Answer]) -> Answer:
    """Return the diagnostics, remembered when nothing that could change them did, else computed and remembered."""
    key = _key(place, as_of) if since is None else ""
    if not key:
        return compute()
    path = place.cache / f"check-{key}.json"
    known = _load(path)
    if known is not None:
        return known
    answer = compute()
    _save(path, answer)
    return answer


def _key(place: Workplace, as_of: datetime | None) -> str:
    """Return a digest of everything an answer depends on; "" when the files are not just those of a commit."""
    if place.history is None:
        return ""
    if place.elsewhere.is_there and place.passports is None:
        return ""
    with git_errors():
        trees = [place.history.tree, *([place.passports.tree] if place.passports is not None else [])]
    if not all(trees):
        return ""
    seen = f"{place.prefix} {place.elsewhere.shown} {' '.join(trees)}"
    return hashlib.sha256(f"{_code()} {day_of(place, as_of)} {seen}".encode()).hexdigest()[:32]


def _code() -> str:
    """Return a digest of the generator's code and data and of the schemas."""
    package = Path(__file__).resolve().parent.parent
    paths = [path for end in ("py", "json") for path in package.rglob(f"*.{end}")]
    digest = hashlib.sha256()
    for path in sorted((*paths, *schemas.folder().glob("*.json"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _load(path: Path) -> Answer | None:
    try:
        checksum, _, text = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if checksum != _checksum(text):
        return None
    return tuple(_diagnostic(row) for row in json.loads(text))


def _checksum(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode()


def _save(path: Path, answer: Answer) -> None:
    text = json.dumps([_row(one) for one in answer]).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("check-*.json"):
            old.unlink(missing_ok=True)
        replace_file(path, _checksum(text) + b"\n" + text)
    except OSError:
        return


def _row(one: Diagnostic) -> list[Any]:
    related = [[*_place(other.location), other.message] for other in one.related]
    return [one.rule, one.severity.value, *_place(one.location), one.message, one.hint, related]


def _place(location: Location) -> list[Any]:
    return [location.path, location.line, location.column]


def _diagnostic(row: list[Any]) -> Diagnostic:
    rule, severity, path, line, column, message, hint, related = row
    others = tuple(Related(Location(*place), said) for *place, said in related)
    return Diagnostic(rule, Severity(severity), Location(path, line, column), message, hint, others)
