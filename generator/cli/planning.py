"""`karakana plan`: who makes it together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ..records import Hub
from ..registry import Registry
from ..words import closest
from .session import CLEAN, FINDINGS, as_of_option, find_workplace, load, progress, quiet_option
from .wish_options import form_option, terms_of, wish_options
from .wishes import Asked, asked

if TYPE_CHECKING:
    from ..matching.plans import Plan

_COUNT = click.IntRange(1, 1_000_000)


@click.command()
@click.argument("what", metavar="REQUEST|DESIGN|FILE")
@wish_options
@click.option("--max-hubs", type=_COUNT, metavar="N", help="At most so many hubs.")
@click.option("--max-share", type=_COUNT, metavar="N", help="An operation for at most so many units at one hub.")
@click.option("--min-lot", type=_COUNT, metavar="N", help="No fewer pieces of an operation at one hub, if possible.")
@click.option("--without", multiple=True, metavar="HUB", help="A hub that drops out of the plan; several times.")
@form_option
@as_of_option
@quiet_option
def plan(what: str, form: str, without: tuple[str, ...], quiet: bool, **options: Any) -> int:
    """Say who makes a REQUEST, a DESIGN or what a FILE describes: one hub, or several together.

    Each operation is given to a hub, or shared by several when none makes all pieces in time. Fewest hubs come first,
    then least to ask, then nearest. A hub that drops out is replaced; what the others do stays as it was. Ends with 1
    when it cannot be made.

    \b
    karakana plan demo-25-looms-kumasi
    karakana plan open-wobble-switch --quantity 200 --near Douala --max-share 50
    karakana plan demo-25-looms-kumasi --without gh/demo-adum-makers
    """
    loaded = load(find_workplace(), options["as_of"], quiet=quiet)
    for hub in without:
        _insist_on_hub(loaded, hub)
    wanted = asked(loaded, what, terms_of(options))
    found, notes = _found(loaded, wanted, without, quiet=quiet, **options)
    said = _Said(wanted.title, (*wanted.notes, *notes), without)
    click.echo(_told(loaded, found, said, form), nl=False)
    return CLEAN if found.is_valid else FINDINGS


def _found(
    loaded: Registry, wanted: Asked, without: Sequence[str], *, quiet: bool, **options: Any
) -> tuple[Plan, list[str]]:
    """Return the plan, and which hubs that drop out are not in it."""
    from ..matching.planning import Bounds, plan_for
    from ..matching.replan import replan
    from ..matching.search import Matcher

    bounds = Bounds(hubs=options["max_hubs"] or 0, lot=options["min_lot"] or 0, share=options["max_share"] or 0)
    with progress("looking at machines", quiet=quiet) as step:
        matcher = Matcher(loaded, progress=step)
    found = plan_for(matcher, wanted.wish, bounds)
    notes = [f"{hub} has nothing to do in the plan" for hub in without if hub not in found.hubs]
    return replan(matcher, found, without, bounds), notes


def _told(loaded: Registry, found: Plan, said: _Said, form: str) -> str:
    from ..matching import outlined, plan_blocks, plan_json

    if form == "json":
        return plan_json.as_json(loaded, found, said.title, said.notes, said.without)
    tell = outlined.markdown if form == "markdown" else outlined.text
    return tell(plan_blocks.title_of(found, said.title), plan_blocks.blocks(loaded, found, said.notes))


class _Said(NamedTuple):
    """What a report says beside the plan: what is wanted, remarks, and the hubs that dropped out."""

    title: str
    notes: tuple[str, ...]
    without: tuple[str, ...]


def _insist_on_hub(loaded: Registry, id: str) -> None:
    hub = loaded.get(Hub, id)
    if hub is None:
        guess = closest(id, loaded.ids(Hub))
        raise click.UsageError(f"--without: no hub is called {id!r}" + (f"; did you mean {guess!r}?" if guess else ""))
    if hub.status == "closed":
        raise click.UsageError(f"--without: {id} has closed; it is in no plan")
