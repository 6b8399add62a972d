"""A workplace and a revision, or none, in; the registry as the commit has it, and what to call it, out.

An answer is worth repeating only when one can say from which registry it was taken: the commit says so, and files on
disk that differ from it are told.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import click

from .. import registry
from ..history import History
from ..registry import Registry
from .session import Workplace, find_workplace, git_errors, load

_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)


def _given(_: click.Context, option: click.Parameter, revision: str | None) -> str:
    """Return the revision, "" when left out; an empty one comes of a command that found no commit."""
    if revision == "":
        raise click.BadParameter("no commit; on that day there may have been none", param=option)
    return revision or ""


revision_option = click.option(
    "--as-of", "revision", callback=_given, metavar="COMMIT",
    help="The registry as a commit has it: its records, keys, rules and lists of what was revoked.",
)  # fmt: skip
day_option = click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
    help="The day of use; today when left out, with --as-of the day of the commit.",
)  # fmt: skip


class Replay(NamedTuple):
    """A registry, the day of use, and the commit that it is of: "" without one; `is_changed` when files differ."""

    registry: Registry
    day: date
    commit: str = ""
    is_changed: bool = False

    @property
    def source(self) -> str:
        """A line for people: from which registry an answer was taken."""
        if not self.commit:
            return "From the files on disk, of which no commit is known: nobody can repeat this answer."
        if self.is_changed:
            return (
                f"From the files on disk, which differ from commit {self.commit[:10]}: nobody can repeat this answer."
            )
        return f"From the registry as of commit {self.commit[:10]}."

    @property
    def told(self) -> dict[str, Any]:
        """The same for programs."""
        return {"commit": self.commit, "changed": self.is_changed}


def replayed(revision: str, day: datetime | None, *, quiet: bool) -> Replay:
    """Return the registry as of a commit, or as it lies on disk without one."""
    place = find_workplace()
    on = day.date() if day is not None else datetime.now(UTC).date()
    if not revision:
        return _on_disk(place, load(place, day, quiet=quiet), on)
    if place.history is None:
        raise click.UsageError("--as-of needs a Git repository, and this folder is in none")
    if _DAY.match(revision):
        hint = f"the last one of a day is `git rev-list -1 --before={revision}T23:59:59Z HEAD`"
        raise click.UsageError(f"--as-of takes a commit, and {revision} is a day; {hint}")
    with git_errors():
        commit = place.history.commit(revision)
        contents = place.history.onto(commit)
        on = day.date() if day is not None else place.history.commit_date(commit) or on
        found = registry.replaced(load(place, day, quiet=quiet), contents)
        if "registry.yaml" not in place.history.contents(commit, ["registry.yaml"]):
            raise click.ClickException(f"commit {commit[:10]} has no registry in {place.lead or 'its top folder'}")
    return Replay(found, on, commit)


def _on_disk(place: Workplace, loaded: Registry, on: date) -> Replay:
    with git_errors():
        history: History | None = place.history
        if history is None or not history.has_commits:
            return Replay(loaded, on)
        return Replay(loaded, on, history.commit("HEAD"), is_changed=not history.tree)
