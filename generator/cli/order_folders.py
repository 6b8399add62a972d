"""An order's folder in; its terms, its log and what this machine saw of it before out, and new entries written."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

import click

from .. import documents, markdown, orders, signatures
from ..orders import Entry, Expected, Head, Log, OrderFile, Terms
from ..signatures import ReadError
from .hub_keys import keys_of

LOG = "log"
_ENTRY = re.compile(r"[^.].*\.json")
_MOST_BYTES, _MOST_FILES = 256 * 1024, 10_000


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
    found = orders.read_terms(source.read_bytes()[: documents.LIMIT_BYTES + 1])
    refuse_troubles(source, found)
    (terms,) = found.terms
    files = log_files(folder)
    hubs = {*terms.parties, *(_signer(content) for content in files.values())}
    expected = Expected(found.sha256, keys_of(registry, hubs), (*seen, *remembered(found.sha256)))
    return Order(folder, terms, found.sha256, orders.read_log(terms, files, expected))


def refuse_troubles(source: Path, found: OrderFile) -> None:
    """Stop with everything that is wrong with an order's file, with line and column."""
    for one in found.troubles:
        hint = f" ({one.hint})" if one.hint else ""
        click.echo(markdown.visible(f"{source}:{one.line}:{one.column}: {one.message}{hint}"), err=True)
    if found.troubles:
        raise click.ClickException(f"{source} cannot be used as it is")


def log_files(folder: Path) -> dict[str, bytes]:
    """Return the files of an order's log by name; hidden ones and folders are not part of it."""
    place = folder / LOG
    if not place.is_dir():
        return {}
    found = sorted(path for path in place.iterdir() if _ENTRY.fullmatch(path.name) and path.is_file())
    if len(found) > _MOST_FILES:
        raise click.ClickException(f"{place} has more than {_MOST_FILES:,} files")
    return {path.name: path.read_bytes()[: _MOST_BYTES + 1] for path in found}


def _signer(content: bytes) -> str:
    """Return the hub that a file of a log says it is of, "" when it is none: somebody may have joined later."""
    try:
        data = signatures.read(content)
    except ReadError:
        return ""
    return str(data.get("by", "")) if isinstance(data, dict) else ""


def append(order: Order, one: Entry) -> None:
    """Write a new entry and the head, and remember it. An entry is never overwritten."""
    place = order.folder / LOG
    place.mkdir(exist_ok=True)
    try:
        with (place / one.file).open("xb") as stream:
            stream.write(orders.entry_file(one))
    except FileExistsError as error:
        raise click.ClickException(f"{place / one.file} is there already") from error
    write_head(order.folder, one.head)
    remember(order.sha256, one.head)


def write_head(folder: Path, head: Head) -> None:
    """Write which entry is the last."""
    beside = folder / LOG / ".head.new"
    beside.write_bytes(orders.head_file(head))
    beside.replace(folder / LOG / orders.HEAD_FILE)


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


def remember(sha256: str, head: Head) -> None:
    """Note the last entry of an order; without a place to note it the log is checked all the same."""
    path = _memory(sha256)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(orders.head_file(head))
    except OSError:
        return


def forget(sha256: str) -> None:
    """Forget what this machine saw of an order."""
    _memory(sha256).unlink(missing_ok=True)
