"""`karakana from-issue`, `karakana links` and `karakana stale`: what people write and what ages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .session import CLEAN, FINDINGS, as_of_option, find_workplace, load, progress, quiet_option

if TYPE_CHECKING:
    from ..contributions.links import Seen
    from ..contributions.proposal import Author

_AUTHOR = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))(?::([1-9]\d{0,14}))?")
_DAY = click.DateTime(["%Y-%m-%d"])


class _AuthorType(click.ParamType["Author"]):
    """An account on the forge, as `LOGIN` or `LOGIN:ID`."""

    name = "account"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Author:
        """Return the account that was written."""
        from ..contributions.proposal import Author

        found = _AUTHOR.fullmatch(str(value))
        if found is None:
            self.fail(f"{value!r} is no account; write LOGIN or LOGIN:ID", param, ctx)
        return Author(found[1], int(found[2] or 0))


@click.command("from-issue")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--issue", type=click.IntRange(1), default=None, metavar="NUMBER", help="The issue's number.")
@click.option(
    "--author", type=_AuthorType(), metavar="LOGIN[:ID]", help="Who wrote it; who works there becomes steward."
)
@click.option("--day", type=_DAY, metavar="DATE", help="The day it was written; today when left out.")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="Write below DIR, not into the registry."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown"]), default="text", help="How to say what became."
)
@quiet_option
def from_issue(
    *, file: Path, issue: int | None, author: Author | None, day: datetime | None, into: Path | None, form: str,
    quiet: bool,
) -> int:  # fmt: skip
    """Turn FILE, the text of an issue made with the form "Add a hub", into records.

    Also read is what the form on the site writes: files in fences below `### Files`. Either all files are written, or
    none, and what is missing is said (exit code 1). `-` reads the text from standard input.

    \b
    karakana from-issue body.md
    karakana from-issue body.md --issue 12 --author kumasi-hive:583231 --format markdown
    """
    from ..contributions import comment
    from ..contributions.body import LIMIT_BYTES
    from ..contributions.issue import proposal
    from ..contributions.proposal import Author

    place = find_workplace()
    with click.open_file(str(file), "rb") as stream:
        source = stream.read(LIMIT_BYTES + 1)
    known = load(place, None, quiet=quiet)
    written_on = day.date() if day else datetime.now(UTC).date()
    found = proposal(known, source, author or Author(), min(written_on, max(known.as_of, datetime.now(UTC).date())))
    if found.is_complete:
        _write(into or place.folder, found.files)
    click.echo(comment.as_markdown(found, issue or 0) if form == "markdown" else comment.as_text(found), nl=False)
    return CLEAN if found.is_complete else FINDINGS


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder; nothing when one of them would lie outside of it."""
    top = folder.resolve()
    targets = {top / path: content for path, content in files.items()}
    for target in targets:
        if not target.resolve().is_relative_to(top) or target.is_symlink():
            raise click.ClickException(f"{target} leads out of {folder}; nothing was written")
    for target, content in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@click.command()
@click.option("--state", "state_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="What earlier rounds found; read and written. Keep it outside of the repository.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=2000, show_default=True, help="Ask at most so many addresses.")
@click.option("--seconds", type=click.IntRange(1, 36_000), default=3000, show_default=True, help="Time for all of it.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="The report's form."
)
@as_of_option
@quiet_option
def links(
    *, state_file: Path | None, limit: int, seconds: int, form: str, as_of: datetime | None, quiet: bool
) -> int:  # fmt: skip
    """Ask the web addresses in the records whether they still answer.

    An address counts as gone after three days in a row with 404, 410 or without such a host, and as unclear after
    seven days without a usable answer; `--state` remembers them. Each host is asked one thing at a time. The exit code
    is 1 when somebody should look at an address.

    \b
    karakana links --state ~/.cache/karakana-links.json
    karakana links --state links.json --limit 500 --format markdown
    """
    from .. import __version__
    from ..contributions import links as rules
    from ..contributions import links_report
    from ..contributions.probe import Pace, probe
    from ..federation.limits import Reach

    place = find_workplace()
    state = _remembered(state_file)
    registry = load(place, as_of, quiet=quiet)
    day = as_of.date() if as_of else datetime.now(UTC).date()
    known = rules.addresses(registry)
    urls = rules.due(known, state, limit)
    home = registry.settings.url if registry.settings else "https://github.com/karakana-registry/karakana"
    with _asking(len(urls), quiet) as step:
        answers = probe(urls, f"karakana-links/{__version__} (+{home})", Pace(seconds=seconds), Reach.PUBLIC, step)
    if rules.is_offline(answers):
        raise click.ClickException("no address answers: is this computer offline? Nothing was noted")
    state = rules.after(state, answers, known, day)
    found = rules.report(known, answers, state, day)
    if state_file is not None:
        _replace(state_file, rules.written_state(state))
    told = {"text": links_report.as_text, "markdown": links_report.as_markdown, "json": links_report.as_json}[form]
    click.echo(told(found), nl=False)
    return FINDINGS if found.gone or found.unclear or found.moved else CLEAN


def _remembered(file: Path | None) -> dict[str, Seen]:
    """Return what earlier rounds found; nothing where there is no such file or none that can be read."""
    from ..contributions import links as rules

    if file is None or not file.exists():
        return {}
    state = rules.read_state(file.read_bytes())
    if state is None:
        click.echo(f"{file}: it cannot be read; all counts begin again", err=True)
    return state or {}


def _replace(file: Path, content: bytes) -> None:
    """Write a file as a whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(content)
    beside.replace(file)


@contextmanager
def _asking(total: int, quiet: bool) -> Iterator[Callable[[object], None]]:
    """Give a function that counts an answer on a terminal."""
    done = 0
    with progress("asking addresses", quiet=quiet) as step:

        def count(_: object) -> None:
            nonlocal done
            done += 1
            step(done, total)

        yield count


@click.command()
@click.option("--country", "countries", multiple=True, metavar="CC", help="Only hubs of this country, such as gh.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="The list's form."
)
@as_of_option
@quiet_option
def stale(*, countries: tuple[str, ...], form: str, as_of: datetime | None, quiet: bool) -> int:
    """List the hubs whose facts somebody should confirm, most useful first, with their stewards.

    Facts are due for a check after 12 months, and greyed on the map after 36.

    \b
    karakana stale --country gh
    karakana stale --format markdown
    """
    from .. import words
    from ..contributions import stale as rules

    wanted = tuple(code.lower() for code in countries)
    for code in wanted:
        if code not in words.countries():
            raise click.UsageError(f"--country {code!r} is no country's code; write two letters such as gh")
    found = rules.asked(load(find_workplace(), as_of, quiet=quiet), wanted)
    told = {"text": rules.as_text, "markdown": rules.as_markdown, "json": rules.as_json}[form]
    click.echo(told(found), nl=False)
    return CLEAN
