"""`karakana diff`: what a change to the registry means."""

from __future__ import annotations

import click

from .. import differences, registry
from ..history import Changes, History
from ..registry import Registry
from .session import Workplace, find_workplace, git_errors, load, quiet_option

FORMATS = ("text", "markdown", "json")


@click.command()
@click.argument("revisions", metavar="BASE[..HEAD]")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="text when left out.")
@quiet_option
def diff(revisions: str, form: str, quiet: bool) -> None:
    """Say in words what HEAD brings since it left BASE, and what that changes for who can make what.

    BASE..HEAD and BASE...HEAD mean the same. BASE alone compares with the files on disk.

    \b
    karakana diff main
    karakana diff origin/main..HEAD --format markdown
    """
    base, head = _ends(revisions)
    place = find_workplace()
    if place.history is None:
        raise click.UsageError("`karakana diff` needs a Git repository, and this folder is in none")
    with git_errors():
        changes = place.history.between(base, head) if head else place.history.changes(base)
        found = differences.Differences()
        if changes.changed or changes.removed:
            found = differences.differences(_sides(place, place.history, changes, head, quiet))
        ids = tuple(place.history.commit(name) if name else "" for name in (base, head))
    if form == "json":
        click.echo(differences.as_json(found, *ids), nl=False)
    else:
        click.echo(differences.markdown(found) if form == "markdown" else differences.text(found), nl=False)


def _ends(revisions: str) -> tuple[str, str]:
    """Return base and head; head is "" for the files on disk, and HEAD where a range leaves an end out."""
    base, dots, head = revisions.partition("..")
    head = head.removeprefix(".")
    return (base or "HEAD", head or "HEAD") if dots else (base, "")


def _sides(place: Workplace, history: History, changes: Changes, head: str, quiet: bool) -> differences.Sides:
    after = _after(place, history, changes, head, quiet)
    unplain = frozenset(changes.changed) - changes.after.keys() if head else frozenset()
    return differences.Sides(
        before=registry.replaced(after, changes.contents_before),
        after=after,
        changed=changes.changed,
        removed=changes.removed,
        renamed=changes.renamed,
        unplain=unplain,
    )


def _after(place: Workplace, history: History, changes: Changes, head: str, quiet: bool) -> Registry:
    """Return the registry as it is at the other end."""
    found = load(place, quiet=quiet)
    if not head or history.is_checked_out(head):
        return found
    return registry.replaced(registry.replaced(found, history.onto(head)), changes.contents)
