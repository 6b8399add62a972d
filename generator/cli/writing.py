"""`karakana fmt` and `karakana new`: writing records."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from .. import canonical, schemas
from ..artifacts import replace_file
from ..diagnostics import Finding
from ..records import BY_NAME, KINDS
from ..registry import files, identify, path_of
from ..words import countries, slug
from .questions import QUESTIONS, Question, ask, put
from .session import CLEAN, FINDINGS, Workplace, find_workplace


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; say which files would change, and exit with 1."
)
def fmt(paths: tuple[Path, ...], only_check: bool) -> int:
    """Put records into their canonical form: order of keys, indentation, quotes. Comments stay.

    \b
    karakana fmt
    karakana fmt registry/hubs/gh
    karakana fmt --check
    """
    place = find_workplace(paths[0] if paths else None)
    differing = unreadable = 0
    chosen = tuple(_chosen(place, paths))
    if paths and not chosen:
        raise click.UsageError("no record is there; `karakana check` says what stands in the wrong place")
    for path, kind in chosen:
        source = path.read_bytes()
        better = canonical.reformatted(kind, source)
        if better is None:
            unreadable += 1
            click.echo(f"{path}: cannot be read; `karakana check {path}` says why", err=True)
        elif better != source:
            differing += 1
            click.echo(f"{'would change' if only_check else 'changed'} {path}")
            if not only_check:
                replace_file(path, better)
    return FINDINGS if unreadable or (only_check and differing) else CLEAN


def _chosen(place: Workplace, paths: tuple[Path, ...]) -> Iterable[tuple[Path, str]]:
    """Yield (path, kind) of the records in some files or folders; of all without any."""
    wanted = [path.resolve() for path in paths]
    entries, _ = files.scan(place.folder, place.elsewhere)
    for entry in entries:
        path = place.elsewhere.file(place.folder, entry.path)
        if not wanted or any(path == one or one in path.parents for one in wanted):
            yield Path(place.shown(entry.path)), entry.kind.record_kind


@click.command()
@click.argument("kind", type=click.Choice([kind.record_kind for kind in KINDS]))
def new(kind: str) -> int:
    """Write a record of KIND by answering questions. Press Enter to leave out what is not known.

    \b
    karakana new hub
    karakana new machine
    """
    place = find_workplace()
    data: dict[str, Any] = {}
    click.echo("Press Enter for what you do not know. Ctrl-C ends it, and nothing is written.\n")
    try:
        _answer(kind, QUESTIONS[kind], data)
        _complete(kind, data)
        id = drawn_id() if kind == "passport" else _ask_id(place, kind, data)
    except click.Abort:
        if data:
            click.echo(f"\nnothing was written. Your answers:\n\n{canonical.canonical(kind, data)}", err=True)
        raise
    path = Path(place.shown(path_of(kind, id)))
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, canonical.canonical(kind, data).encode())
    click.echo(f"wrote {path}\nnext: karakana check {path}")
    return CLEAN


def drawn_id() -> str:
    """Return 20 random letters and digits, without those that look alike: what a passport is called."""
    while True:
        id = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(20))
        if sum(one.isdigit() != other.isdigit() for one, other in pairwise(id)) >= 4:
            return id


def _answer(kind: str, questions: Iterable[Question], data: dict[str, Any]) -> None:
    for question in questions:
        answer = ask(kind, question)
        if answer is not None:
            put(data, question.path, answer)


def _complete(kind: str, data: dict[str, Any]) -> None:
    """Ask again for what the record as a whole lacks; give up, showing the answers, when it stays out."""
    if kind == "hub" and "latitude" not in data["location"]:
        data["location"].setdefault("precision", "city")
    while faults := list(schemas.explain(kind, "", data)):
        before = canonical.canonical(kind, data)
        for _, found in faults:
            click.echo(f"{found.message}: {found.hint}", err=True)
            _answer(kind, (one for one in QUESTIONS[kind] if _is_about(found, one)), data)
        if canonical.canonical(kind, data) == before:
            raise click.ClickException(f"this is no {kind} yet; nothing was written. Your answers:\n\n{before}")


def _is_about(found: Finding, question: Question) -> bool:
    keys = found.at.keys
    return question.path[0] == keys[0] if keys else f"`{question.path[0]}`" in found.message


def _ask_id(place: Workplace, kind: str, data: dict[str, Any]) -> str:
    """Ask for the parts of the id, proposing one made of the name, until they make one that is not taken."""
    depth = BY_NAME[kind].depth
    while True:
        parts = []
        if kind in ("hub", "machine", "recognition"):
            parts.append(click.prompt("Country code (ISO 3166-1, such as gh)", value_proc=_country))
        if kind in ("machine", "recognition"):
            parts.append(click.prompt("Hub (the last part of its id)"))
        if kind in ("model", "contract"):
            parts.append(click.prompt("First part of the id", default=slug(data.get("brand", "") or _named(data))))
        while len(parts) < depth:
            proposed = "1" if kind == "contract" else slug(_named(data))
            parts.append(click.prompt("Id", default=proposed or None))
        id = "/".join(parts)
        path = path_of(kind, id)
        if identify(path) is None or id != "/".join(slug(part) for part in parts):
            click.echo(f"{id} is not an id: lower-case letters a-z, digits and hyphens", err=True)
        elif (place.folder / path).exists():
            click.echo(f"{place.prefix}{path} is there already: choose another id", err=True)
        else:
            return id


def _country(value: str) -> str:
    code = value.strip().lower()
    if code not in countries():
        raise click.BadParameter(f"{value!r} is not a country code of ISO 3166-1; Ghana is gh, Austria is at")
    return code


def _named(data: dict[str, Any]) -> str:
    """Return the best name that the answers hold, in English or the first language given."""
    for key in ("name", "labels", "title"):
        value = data.get(key)
        if isinstance(value, dict):
            return str(value.get("en") or next(iter(value.values())))
        if value:
            return str(value)
    return str(data.get("model", data.get("design", ""))).rpartition("/")[2]
