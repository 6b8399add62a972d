"""`karakana plan`: who makes it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ..records import Hub
from ..registry import Registry
from .known_hub import open_hub
from .plan_files import read_plan
from .session import CLEAN, FINDINGS, as_of_option, find_workplace, load, progress, quiet_option
from .wish_options import form_option, terms_of, wish_options
from .wishes import Asked, asked

if TYPE_CHECKING:
    from ..matching.planning import Bounds
    from ..matching.plans import Plan
    from ..matching.search import Matcher

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_COUNT = click.IntRange(1, 1_000_000)


@click.command()
@click.argument("what", metavar="REQUEST|DESIGN|FILE")
@wish_options
@click.option("--max-hubs", type=_COUNT, metavar="N", help="At most so many hubs.")
@click.option("--max-share", type=_COUNT, metavar="N", help="An operation for at most so many units at one hub.")
@click.option("--min-lot", type=_COUNT, metavar="N", help="No fewer pieces of an operation at one hub, if possible.")
@click.option("--without", multiple=True, metavar="HUB", help="A hub that drops out of the plan; several times.")
@click.option("--plan", "earlier", type=_FILE, help="An earlier plan (--format json): who has work there keeps it.")
@form_option
@as_of_option
@quiet_option
def plan(
    what: str, form: str, without: tuple[str, ...], earlier: Path | None, quiet: bool, **options: Any
) -> int:  # fmt: skip
    """Say who makes a REQUEST, a DESIGN or what a FILE describes: one hub, or several together.

    Each operation is given to a hub, or shared by several when none makes all pieces in time. Fewest hubs come first,
    then least to ask, then nearest. A hub that drops out is replaced; what the others do stays as it was, also in an
    earlier plan that --plan names. Ends with 1 when it cannot be made.

    \b
    karakana plan demo-25-looms-kumasi
    karakana plan open-wobble-switch --quantity 200 --near Douala --max-share 50
    karakana plan demo-25-looms-kumasi --format json > plan.json
    karakana plan demo-25-looms-kumasi --plan plan.json --without gh/demo-adum-makers
    """
    loaded = load(find_workplace(), options["as_of"], quiet=quiet)
    for hub in without:
        _insist(loaded, hub, earlier)
    wanted = asked(loaded, what, terms_of(options))
    data = read_plan(earlier) if earlier is not None else {}
    found, notes = _found(loaded, wanted, data, without, quiet=quiet, **options)
    said = _Said(wanted.title, (*wanted.notes, *notes), without)
    click.echo(_told(loaded, found, said, form), nl=False)
    return CLEAN if found.is_valid else FINDINGS


def _found(
    loaded: Registry, wanted: Asked, earlier: Mapping[str, Any], without: Sequence[str], *, quiet: bool, **options: Any
) -> tuple[Plan, list[str]]:
    """Return the plan, and which hubs that drop out are not in it; it begins from an earlier plan, if there is one."""
    from ..matching.planning import Bounds, plan_for
    from ..matching.replan import replan
    from ..operators import matcher_of

    bounds = Bounds(hubs=options["max_hubs"] or 0, lot=options["min_lot"] or 0, share=options["max_share"] or 0)
    with progress("looking at machines", quiet=quiet) as step:
        matcher = matcher_of(loaded, progress=step)
    if earlier:
        return _changed(matcher, wanted, earlier, without, bounds)
    found = plan_for(matcher, wanted.wish, bounds)
    return replan(matcher, found, without, bounds), _idle(without, found.hubs)


def _idle(without: Sequence[str], hubs: Sequence[str]) -> list[str]:
    return [f"{hub} has nothing to do in the plan" for hub in without if hub not in hubs]


def _changed(
    matcher: Matcher, wanted: Asked, earlier: Mapping[str, Any], without: Sequence[str], bounds: Bounds
) -> tuple[Plan, list[str]]:
    """Return an earlier plan in which others do what hubs cannot do any more, and what that is."""
    from ..matching.remarks import told
    from ..matching.replan import replan
    from ..matching.stored import OtherOrder, restored

    try:
        held = restored(matcher, wanted.wish, earlier)
    except OtherOrder as error:
        raise click.UsageError(f"--plan: it is a plan for another order: {error}; make a new plan") from error
    there = [hub for hub in without if hub in matcher.numbers]
    notes = [*map(told, held.gone), *_idle(without, [one["hub"] for one in earlier["assignments"]])]
    return replan(matcher, held.plan, there, bounds, held.lost), notes


def _insist(loaded: Registry, hub: str, earlier: Path | None) -> None:
    """Insist on a hub that there is; one that has closed may well be in an earlier plan."""
    record = loaded.get(Hub, hub)
    if earlier is None or record is None or record.status != "closed":
        open_hub(loaded, hub, "--without")


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
