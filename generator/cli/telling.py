"""`karakana history`: who changed a record, when and how."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from .. import log
from ..history import History
from ..log import Change, Log
from ..records import KINDS, Passport, Record
from ..records.instance import Settings
from ..registry import Registry, path_of
from ..words import closest
from .session import Workplace, find_workplace, load

_MISSING = {
    "shallow": "this clone is shallow and lacks the history: fetch the rest with `git fetch --unshallow`",
    "unreadable": "Git cannot read the history of this repository; `git log` says why",
}
_WHAT = {(True, False): "added", (False, True): "removed", (True, True): "renamed"}


@click.command()
@click.argument("id")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="text when left out.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many changes, newest first.")
def history(id: str, form: str, limit: int) -> None:
    """Say when and how the record with an ID changed, the newest first; `kind:ID` when several have it.

    What a merge brought is one change, on the day of the merge. A record is followed to the ids that it had before
    (`formerly`); one that was removed is still found. Names are shown where registry.yaml allows it.

    \b
    karakana history gh/kumasi-hive
    karakana history process:laser-cutting --format json
    """
    place = find_workplace()
    if place.history is None:
        raise click.UsageError("`karakana history` needs a Git repository, and this folder is in none")
    loaded = load(place)
    told = [_told(place, place.history, loaded, paths, limit) for paths in _paths(place, place.history, loaded, id)]
    if form == "json":
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True))
    else:
        click.echo("\n\n".join("\n".join(_lines(one)) for one in told))


def _paths(place: Workplace, history: History, loaded: Registry, id: str) -> list[tuple[str, ...]]:
    """Return for each record that is meant the paths that it has and had."""
    kind_name, _, rest = id.rpartition(":")
    if rest in loaded.ids(Passport) and kind_name in ("", Passport.record_kind):
        raise click.UsageError("the history of a passport is not told: it names whoever committed it")
    kinds = [kind for kind in KINDS if kind_name in ("", kind.record_kind) and kind is not Passport]
    if found := [_path_and_former(record) for kind in kinds for record in _called(loaded, kind, rest)]:
        return found
    candidates = [path_of(kind.record_kind, rest) for kind in kinds]
    past = [path for path in candidates if (place.folder / path).is_file() or _read(history, (path,), 1).changes]
    if past:
        return [(path,) for path in past]
    guess = closest(rest, [known for kind in kinds for known in loaded.ids(kind)])
    hint = f"did you mean {guess!r}?" if guess else "try `karakana find`"
    raise click.UsageError(f"no record is or was called {id!r}; {hint}")


def _called(loaded: Registry, kind: type[Record], id: str) -> Iterator[Record]:
    """Yield the record with an id; where there is none, the one that had it before."""
    record = loaded.get(kind, id)
    if record is not None:
        yield record
    else:
        yield from (one for one in loaded.mentioning(kind, (id,)) if id in getattr(one, "formerly", ()))


def _path_and_former(record: Record) -> tuple[str, ...]:
    former = (path_of(record.record_kind, old) for old in getattr(record, "formerly", ()))
    return (record.path, *former)


def _read(history: History, paths: tuple[str, ...], limit: int) -> Log:
    found = log.read(history, limit, frozenset(paths))
    if found.missing:
        raise click.ClickException(_MISSING.get(found.missing, found.missing))
    return found


def _told(place: Workplace, history: History, loaded: Registry, paths: tuple[str, ...], limit: int) -> dict[str, Any]:
    """Return what is known of a record's changes as plain data."""
    found = _read(history, paths, limit)
    spans = [found.spans[path] for path in paths if path in found.spans]
    names = dict.fromkeys(name for span in reversed(spans) for name in span.authors)
    return {
        "path": place.prefix + paths[0],
        "formerly": [place.prefix + path for path in paths[1:]],
        "days": {"first": str(min(span.first for span in spans)), "last": str(max(span.last for span in spans))}
        if spans
        else {},
        "contributors": list(names) if _are_shown(loaded.settings) else [],
        "changes": [_change(one, loaded.settings) for one in found.changes],
    }


def _change(one: Change, settings: Settings | None) -> dict[str, Any]:
    from ..publish import forge

    told: dict[str, Any] = {
        "commit": one.id,
        "on": str(one.day),
        "what": _WHAT.get((bool(one.added.count), bool(one.removed.count)), "changed"),
        "title": one.summary,
    }
    if _are_shown(settings):
        told["by"] = list(one.authors)
    if settings is not None and settings.forge is not None:
        told["url"] = forge.commit(settings.forge, one.id)
    return told


def _are_shown(settings: Settings | None) -> bool:
    return settings is not None and settings.contributor_names == "shown"


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield told["path"]
    yield from (f"formerly {path}" for path in told["formerly"])
    for one in told["changes"]:
        by = f"  ({', '.join(one['by'])})" if one.get("by") else ""
        yield f"{one['on']}  {one['commit'][:10]}  {one['what']:8}{one['title']}{by}".rstrip()
    if not told["changes"]:
        yield "not committed yet"
    if told["contributors"]:
        yield f"by {', '.join(told['contributors'])}"
