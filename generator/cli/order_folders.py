"""An order's folder in; its terms, its log and what this machine saw of it before out, and new entries written."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from .. import documents, markdown, orders, signatures
from ..orders import Entry, Expected, Fault, Head, Log, OrderFile, Terms
from ..signatures import ReadError
from .hub_keys import keys_of
from .reading import beginning
from .signing import refuse_links

LOG = "log"
_ENTRY = re.compile(r"[^.].*\.json")
_MOST_FILES = 10_000


class Order(NamedTuple):
    """An order as it lies in a folder."""

    folder: Path
    terms: Terms
    sha256: str
    log: Log


def read_order(folder: Path, registry: Path, seen: tuple[Head, ...] = ()) -> Order:
    """Return an order, its log held against the hubs' keys and against what was seen of it."""
    source = folder / orders.FILE
    if not source.is_file():
        raise click.ClickException(f"no {orders.FILE} in {folder}; `karakana order new` begins an order")
    refuse_links(source, folder / LOG)
    found = orders.read_terms(beginning(source, documents.LIMIT_BYTES + 1))
    refuse_troubles(source, found)
    (terms,) = found.terms
    files = log_files(folder)
    hubs = {*terms.parties, *(_signer(content) for content in files.values())}
    expected = Expected(found.sha256, keys_of(registry, hubs), (*seen, *remembered(found.sha256)))
    log = orders.read_log(terms, files, expected)
    faults = (*log.faults, *_strays(folder / LOG), *_replaced(folder, found.sha256))
    return Order(folder, terms, found.sha256, log._replace(faults=faults))


def refuse_troubles(source: Path, found: OrderFile) -> None:
    """Stop with everything that is wrong with an order's file, with line and column."""
    for one in found.troubles:
        hint = f" ({one.hint})" if one.hint else ""
        click.echo(markdown.visible(f"{source}:{one.line}:{one.column}: {one.message}{hint}"), err=True)
    if found.troubles:
        raise click.ClickException(f"{source} cannot be used as it is")


def log_files(folder: Path) -> dict[str, bytes]:
    """Return the files of an order's log by name; hidden ones, folders and links are not part of it."""
    found = [path for path in _inside(folder / LOG) if _is_entry(path)]
    if len(found) > _MOST_FILES:
        raise click.ClickException(f"{folder / LOG} has more than {_MOST_FILES:,} files")
    return {path.name: beginning(path, orders.LONGEST + 1) for path in found}


def _inside(place: Path) -> list[Path]:
    return sorted(path for path in place.iterdir() if not path.name.startswith(".")) if place.is_dir() else []


def _is_entry(path: Path) -> bool:
    return _ENTRY.fullmatch(path.name) is not None and path.is_file() and not path.is_symlink()


def _strays(place: Path) -> list[Fault]:
    """Return what lies in a log's folder and cannot be an entry."""
    told = "nothing but entries belongs in the log"
    return [
        Fault(path.name, "a symbolic link: put the file itself there" if path.is_symlink() else told)
        for path in _inside(place)
        if not _is_entry(path)
    ]


def _replaced(folder: Path, sha256: str) -> list[Fault]:
    """Return that this machine saw another order in a folder before: order.yaml was changed, and the log is new."""
    before = _known(_place_of(folder))
    if not before or before == sha256 or not any(head.number for head in remembered(before)):
        return []
    text = f"this machine saw another {orders.FILE} in this folder, and steps of that: it was changed or replaced"
    hint = "get the old one from another party; `order verify --forget` when all parties agreed to begin anew"
    return [Fault("", text, hint)]


def _signer(content: bytes) -> str:
    """Return the hub that a file of a log says it is of, "" when it is none: somebody may have joined later."""
    try:
        data = signatures.read(content)
    except ReadError:
        return ""
    return str(data.get("by", "")) if isinstance(data, dict) else ""


def append(order: Order, one: Entry) -> None:
    """Write a new entry and the head, and remember it. An entry is never overwritten, and never there by halves."""
    place = order.folder / LOG
    place.mkdir(exist_ok=True)
    if (place / one.file).exists():
        raise click.ClickException(f"{place / one.file} is there already")
    with _beside(place / orders.HEAD_FILE, orders.head_file(one.head)) as head:
        with _beside(place / one.file, orders.entry_file(one)) as entry:
            entry.replace(place / one.file)
        head.replace(place / orders.HEAD_FILE)
    remember(order.folder, order.sha256, one.head)


def write_head(folder: Path, head: Head) -> None:
    """Write which entry is the last."""
    path = folder / LOG / orders.HEAD_FILE
    with _beside(path, orders.head_file(head)) as new:
        new.replace(path)


@contextlib.contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """Give a hidden file of this process beside another, with its new content as a whole; no such file is left."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        yield new
    finally:
        new.unlink(missing_ok=True)


def _memory(sha256: str) -> Path:
    """Return where this machine notes the last entry that it saw of an order, outside the order's folder."""
    base = os.environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    return Path(base) / "karakana" / "orders" / f"{sha256}.json"


def remembered(sha256: str) -> tuple[Head, ...]:
    """Return the last entry that this machine saw of an order."""
    try:
        data = signatures.read(_memory(sha256).read_bytes())
        return (Head(int(data["number"]), str(data["last"])),)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def remember(folder: Path, sha256: str, head: Head) -> None:
    """Note the last entry of an order; without a place to note it the log is checked all the same."""
    path = _memory(sha256)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(orders.head_file(head))
        _place_of(folder).write_bytes(signatures.canonical({"order": sha256}))
    except OSError:
        return


def forget(folder: Path, sha256: str) -> None:
    """Forget what this machine saw of an order, and of another one in its folder."""
    _memory(sha256).unlink(missing_ok=True)
    _place_of(folder).unlink(missing_ok=True)


def _place_of(folder: Path) -> Path:
    """Return where this machine notes which order it saw in a folder."""
    return _memory(f"in-{hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()}")


def _known(path: Path) -> str:
    try:
        data = signatures.read(path.read_bytes())
    except (OSError, ReadError):
        return ""
    return str(data.get("order", "")) if isinstance(data, dict) else ""
