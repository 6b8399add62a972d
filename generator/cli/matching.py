"""`karakana match`: who can make what."""

from __future__ import annotations

from typing import Any

import click

from ..registry import Registry
from . import matching_ci
from .known_hub import open_hub
from .session import CLEAN, as_of_option, find_workplace, load, progress, quiet_option
from .wish_options import form_option, terms_of, wish_options
from .wishes import Asked, asked


@click.command()
@click.argument("what", metavar="[DESIGN|REQUEST|FILE]", required=False, default="")
@wish_options
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many hubs to show.")
@click.option("--explain", metavar="HUB", default="", help="Show every check of one hub.")
@click.option("--reverse", metavar="HUB", default="", help="Say instead what a hub can make, and what a fix unlocks.")
@click.option("--gaps", is_flag=True, help="Say instead which missing facts and machines would unlock most.")
@click.option("--ci", is_flag=True, help="Say which designs and requests nobody can make, and what a change turns.")
@click.option("--base", metavar="REV", default="", help="With --ci: the revision to compare with.")
@form_option
@as_of_option
@quiet_option
def match(what: str, form: str, limit: int, quiet: bool, **options: Any) -> int:
    """Say who can make a DESIGN, a REQUEST or what a FILE describes: every hub, the best first, with the reasons.

    FILE is a design as the registry keeps it, or an Open Know-How manifest (YAML, TOML or JSON); it need not be in
    the registry. Each check holds, fails, or is not known; a hub of which something is not known is one to ask.

    \b
    karakana match ohloom --near Kumasi --within 500
    karakana match demo-25-looms-kumasi --explain gh/demo-adum-makers
    karakana match okh.toml --country fr --quantity 20 --by 2027-03-31
    karakana match --reverse gh/kumasi-hive
    karakana match --ci --base origin/main
    """
    _insist_on_one_question(what, **options)
    place, day = find_workplace(), options["as_of"]
    if options["reverse"]:
        return matching_ci.reverse(place, day, options["reverse"], form, limit, quiet=quiet)
    if options["gaps"]:
        return matching_ci.gaps(place, day, options["countries"], form, limit, quiet=quiet)
    if options["ci"]:
        return matching_ci.ci(place, day, options["base"], form, quiet=quiet)
    loaded = load(place, day, quiet=quiet)
    wanted = asked(loaded, what, terms_of(options))
    click.echo(_told(loaded, wanted, options["explain"], form, limit, quiet=quiet), nl=False)
    return CLEAN


def _insist_on_one_question(what: str, **options: Any) -> None:
    said = [f"--{name}" for name in ("reverse", "gaps", "ci") if options[name]] + [what] * bool(what)
    if len(said) != 1:
        raise click.UsageError(
            f"{' and '.join(said)} are different questions: ask one"
            if said
            else "name a design, a request or a file; or ask --reverse HUB, --gaps or --ci"
        )
    if options["base"] and not options["ci"]:
        raise click.UsageError("--base goes with --ci")


def _told(loaded: Registry, wanted: Asked, hub: str, form: str, limit: int, *, quiet: bool) -> str:
    """Return the answer in a form: of the best hubs, or of one."""
    from ..matching import answer_json, answer_markdown, answer_text, names, shown
    from ..matching.search import Search
    from ..operators import matcher_of

    if hub:
        open_hub(loaded, hub, "--explain")
    with progress("looking at machines", quiet=quiet) as step:
        found = Search(matcher_of(loaded, progress=step), wanted.wish)
    if hub:
        report = shown.report_of_one(found, wanted.title, wanted.notes, hub)
        tellers = {"text": answer_text.text_of_one, "markdown": answer_markdown.markdown_of_one}
    else:
        report = shown.report_of(found, wanted.title, wanted.notes, limit)
        tellers = {"text": answer_text.text, "markdown": answer_markdown.markdown}
    return answer_json.as_json(report) if form == "json" else tellers[form](names.with_names(loaded, report))
