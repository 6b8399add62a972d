"""`karakana check` and `karakana explain`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import click

from .. import checks, registry, reports
from ..checks import example
from ..diagnostics import Diagnostic, Severity
from ..registry import Registry
from ..words import closest
from . import memory
from .session import (
    CLEAN,
    FINDINGS,
    Workplace,
    as_of_option,
    changes_since,
    find_workplace,
    load,
    progress,
    quiet_option,
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--since", metavar="REV", help="Check only what changed since this Git revision, and what refers to it.")
@click.option(
    "--format", "form", type=click.Choice(sorted(reports.FORMATS)), help="text when left out; github in GitHub Actions."
)
@as_of_option
@quiet_option
def check(paths: tuple[Path, ...], since: str | None, form: str | None, as_of: datetime | None, quiet: bool) -> int:
    """Check records against their schemas and against each other.

    With PATHS, only what is found in these files or folders is reported; the whole registry is read all the
    same, because a record can be wrong in what it says of another.

    \b
    karakana check
    karakana check registry/hubs/gh
    karakana check --since origin/main --format github
    """
    place = find_workplace(paths[0] if paths else None)
    found = memory.recalled(place, as_of, since, lambda: _run(place, load(place, as_of, quiet=quiet), since, quiet))
    found = tuple(one for one in found if not paths or _lies_in(one, paths))
    in_actions = bool(os.environ.get("GITHUB_ACTIONS"))
    _print(found, form or ("github" if in_actions else "text"))
    if summary := os.environ.get("GITHUB_STEP_SUMMARY") if in_actions else None:
        with open(summary, "a", encoding="utf-8") as file:
            file.write(reports.summary(found))
    if not quiet:
        click.echo(reports.tally(found), err=True)
    return FINDINGS if any(one.severity is Severity.ERROR for one in found) else CLEAN


def _run(place: Workplace, loaded: Registry, since: str | None, quiet: bool) -> tuple[Diagnostic, ...]:
    if since is not None:
        changes = changes_since(place, since)
        loaded = loaded.within(registry.scope(loaded, changes.changed, changes.removed, changes.before))
    with progress("checking", quiet=quiet) as step:
        return checks.run(loaded, checks.CHECKS, step)


def _lies_in(one: Diagnostic, paths: Sequence[Path]) -> bool:
    where = Path(one.location.path).resolve()
    return any(where == path.resolve() or path.resolve() in where.parents for path in paths)


def _print(found: Sequence[Diagnostic], form: str) -> None:
    if form == "text" and sys.stdout.isatty():
        text = reports.with_sources(found, _source_line)
        click.echo(re.sub(r"^(?:error|warning|note):", _coloured, text, flags=re.MULTILINE), nl=False)
    else:
        click.echo(reports.FORMATS[form](found), nl=False)


def _coloured(word: re.Match[str]) -> str:
    return click.style(word[0], fg={"e": "red", "w": "yellow", "n": "cyan"}[word[0][0]], bold=True)


def _source_line(path: str, number: int) -> str:
    lines = _lines(path)
    return lines[number - 1] if number <= len(lines) else ""


@cache
def _lines(path: str) -> Sequence[str]:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ()


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what a RULE means, what to do, and show a good and a bad example. Without RULE, list all rules.

    \b
    karakana explain
    karakana explain unknown-process
    """
    known = {one.id: one for one in checks.RULES}
    if rule is None:
        width = max(map(len, known))
        for one in checks.RULES:
            click.echo(f"{one.id:{width}}  {one.severity:7}  {one.title}")
        return
    if rule not in known:
        guess = closest(rule, known)
        raise click.UsageError(
            f"no rule is called {rule!r}" + (f"; did you mean {guess!r}?" if guess else "; see `karakana explain`")
        )
    one = known[rule]
    strict = f" (new and changed records: {one.changed})" if one.changed else ""
    click.echo(f"{one.id}: {one.severity}{strict}\n\n{one.help.strip()}\n")
    for title, shown in (("Bad", example.bad(rule)), ("Good", example.good(rule))):
        for path, text in shown.shown():
            click.echo(f"{title}: {path}\n")
            click.echo("".join(f"    {line}\n" for line in text.rstrip("\n").split("\n")))
