"""`karakana build` and `karakana serve`: the site."""

from __future__ import annotations

import os
import time
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from .session import CLEAN, Workplace, as_of_option, find_workplace, load, progress, quiet_option
from .sources import sources


@click.command()
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Where to; build/site when left out.")
@as_of_option
@quiet_option
def build(output: Path | None, as_of: datetime | None, quiet: bool) -> int:
    """Build the site and the open data from the records.

    The previous site stays until the new one is whole. Records that are broken are left out; `karakana
    check` names them.

    \b
    karakana build
    karakana build --output public
    """
    place = find_workplace()
    if output is not None and _holds_other_files(output):
        raise click.UsageError(f"{output} holds other files, and the site would take their place; name a new folder")
    started = time.monotonic()
    count = build_site(place, output or place.top / "build" / "site", as_of, quiet=quiet)
    if not quiet:
        click.echo(f"{count} files in {output or 'build/site'} after {time.monotonic() - started:.1f} s", err=True)
    return CLEAN


def _holds_other_files(folder: Path) -> bool:
    """Tell whether a folder holds something that is no site built before."""
    return folder.is_dir() and any(folder.iterdir()) and not (folder / "sitemap.xml").is_file()


def build_site(place: Workplace, output: Path, as_of: datetime | None, *, quiet: bool) -> int:
    """Build the site of a workplace into a folder; return the number of files."""
    from .. import checks, exporters, federation, log, mkdocs_hook, publish
    from .peering import copies_of

    loaded = load(place, as_of, prefix=place.lead, quiet=quiet)
    data = tuple(exporters.open_data(loaded, commit=_commit(place)))
    try:
        with progress("writing pages", quiet=quiet) as step, sources(place.top) as found:
            return publish.build(
                loaded, sources=found.site, engine=partial(mkdocs_hook.build, found.config), output=output,
                modules=found.modules, app=found.app, rules=checks.RULES, tables=exporters.described(), also=data,
                history=partial(log.read, place.history), federation=federation.federation(loaded, copies_of(place)),
                progress=step, processes=os.cpu_count() or 1,
            )  # fmt: skip
    except (publish.BundleError, ValueError, mkdocs_hook.GuideError) as error:
        raise click.ClickException(str(error)) from error


def _commit(place: Workplace) -> str:
    """Return the id of the commit that holds just these records; "" when there is none."""
    history = place.history
    return history.commit("HEAD") if history and history.has_commits and history.is_clean else ""


@click.command()
@click.option("--port", default=8000, show_default=True, help="The port on this computer.")
@quiet_option
def serve(port: int, quiet: bool) -> int:
    """Show the site on this computer, and build it again when a file changes.

    \b
    karakana serve
    karakana serve --port 8080
    """
    from .preview import serve_site

    output = find_workplace().top / "build" / "site"
    serve_site(find_workplace, output, port, lambda place: build_site(place, output, None, quiet=quiet))
    return CLEAN
