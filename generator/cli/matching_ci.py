"""`karakana match --reverse`, `--gaps` and `--ci`: what a hub can make, what is missing, and what a change turns."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from .. import differences, matching, registry, reports
from ..diagnostics import Diagnostic, Severity
from ..history import Changes
from ..records import Hub
from ..registry import Registry
from .known_hub import open_hub
from .session import CLEAN, FINDINGS, Workplace, git_errors, load, progress

if TYPE_CHECKING:
    from ..matching.operators import Operators
    from ..matching.turns import Turn

_LAST_HUB = "last-hub"
Day = datetime | None  # the day to ask for; the commit's when it is None


def reverse(place: Workplace, day: Day, hub: str, form: str, limit: int, *, quiet: bool) -> int:
    """Print what a hub can make alone and which fix opens most; return the exit code."""
    loaded = load(place, day, quiet=quiet)
    open_hub(loaded, hub, "--reverse")
    from ..matching import names
    from ..matching import reverse as asked
    from ..matching import reverse_told as told
    from ..operators import operators_of

    found = asked.reverse(loaded, hub, operators_of(loaded))
    tellers = {"text": told.as_text, "markdown": told.as_markdown}
    named = names.reverse_with_names(loaded, found)
    click.echo(told.as_json(found) if form == "json" else tellers[form](named, limit), nl=False)
    return CLEAN


def gaps(place: Workplace, day: Day, countries: tuple[str, ...], form: str, limit: int, *, quiet: bool) -> int:
    """Print which missing facts and machines would open most, everywhere or in countries; return the exit code."""
    loaded = load(place, day, quiet=quiet)
    codes = tuple(dict.fromkeys(country.lower() for country in countries))
    known = {hub.partition("/")[0] for hub in loaded.ids(Hub)}
    if unknown := [code for code in codes if code not in known]:
        raise click.UsageError(f"--country: no hub lies in {', '.join(unknown)}; two letters name a country, as in gh")
    from ..matching import gaps as asked
    from ..matching import gaps_told as told
    from ..operators import matcher_of

    with progress("looking at machines", quiet=quiet) as step:
        found = asked.gaps(loaded, matcher_of(loaded, progress=step), codes)
    tellers = {"text": told.as_text, "markdown": told.as_markdown}
    click.echo(told.as_json(found) if form == "json" else tellers[form](found, limit), nl=False)
    return CLEAN


@dataclass(frozen=True, slots=True)
class _Change:
    """The registry before and after, and the paths that differ."""

    before: Registry
    after: Registry
    changes: Changes


def ci(place: Workplace, day: Day, base: str, form: str, *, quiet: bool) -> int:
    """Print what no hub can make and what a change since a revision ("" for none) turns; return the exit code.

    In GitHub Actions the findings are annotations, and the summary of the step has them too.
    """
    if base and place.history is None:
        raise click.UsageError("--base needs a Git repository, and this folder is in none")
    loaded = load(place, day, quiet=quiet)
    from ..matching import policy, turns, turns_told
    from ..operators import operators_of

    change = _change(place, loaded, base) if base else None
    settled = policy.policy_of(change.before.settings if change is not None else loaded.settings)
    operators = operators_of(loaded)
    turned = _turned(change, operators) if change is not None else ()
    without = turns.without_plan(loaded, operators) if policy.is_asked(settled) else ()
    found = (
        *policy.of_turns(turned, settled, place.prefix),
        *policy.of_last_hubs(_last_hubs(change) if change is not None else (), settled, place.prefix),
        *policy.of_requests(without, settled, place.prefix),
    )
    report = tuple(matching.report(loaded))
    if form == "json":
        with git_errors():
            commit = place.history.commit(base) if base and place.history is not None else ""
        click.echo(turns_told.as_json(turned, found, commit, without), nl=False)
    else:
        _print(report, found, turns_told.as_markdown(report, found), form)
    return FINDINGS if any(one.severity is Severity.ERROR for one in found) else CLEAN


def _turned(change: _Change, operators: Operators) -> tuple[Turn, ...]:
    """Return what a change turns, given who can operate machines after it."""
    from ..matching.turns import turns
    from ..operators import operators_of

    return turns(change.before, change.after, _paths(change), (operators_of(change.before), operators))


def _change(place: Workplace, loaded: Registry, base: str) -> _Change:
    """Return what changed since a revision, compared with the files on disk."""
    assert place.history is not None
    with git_errors():
        changes = place.history.changes(base)
        return _Change(registry.replaced(loaded, changes.contents_before), loaded, changes)


def _paths(change: _Change) -> tuple[str, ...]:
    return (*change.changes.changed, *change.changes.removed)


def _last_hubs(change: _Change) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield in words which processes nobody in a country does any more, and the hubs that did."""
    changes = change.changes
    sides = differences.Sides(
        before=change.before, after=change.after, changed=changes.changed, removed=changes.removed,
        renamed=changes.renamed,
    )  # fmt: skip
    if sides.paths:
        yield from ((one.text, one.hubs) for one in differences.effects(sides) if one.kind == _LAST_HUB)


def _print(report: Sequence[str], found: Sequence[Diagnostic], markdown: str, form: str) -> None:
    in_actions = bool(os.environ.get("GITHUB_ACTIONS"))
    if form == "markdown":
        click.echo(markdown, nl=False)
        return
    for line in report:
        click.echo(line)
    click.echo(reports.FORMATS["github" if in_actions else "text"](found), nl=False)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY") if in_actions else None:
        with open(summary, "a", encoding="utf-8") as file:
            file.write(markdown)
