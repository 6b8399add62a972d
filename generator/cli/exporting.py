"""`karakana export`: the registry in one file of another format."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from .. import artifacts
from .session import CLEAN, as_of_option, find_workplace, load, quiet_option

_FORMATS = (
    "data-package", "geojson", "hubs-csv", "machines-csv", "okw", "spaceapi", "sqlite",
)  # fmt: skip


@click.command(name="export")
@click.argument("format", type=click.Choice(_FORMATS))
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--demonstration", is_flag=True, help="With the invented records too.")
@as_of_option
@quiet_option
def export(format: str, file: Path, demonstration: bool, as_of: datetime | None, quiet: bool) -> int:
    """Write the registry to FILE in another FORMAT; `-` for the standard output.

    \b
    data-package   tables with a Frictionless descriptor (ZIP)
    geojson        hubs as GeoJSON (RFC 7946)
    hubs-csv       hubs as a table
    machines-csv   machines as a table
    okw            Open Know-Where, as the Internet of Production Alliance has it
    spaceapi       endpoints of SpaceAPI and their directory (ZIP)
    sqlite         tables with keys and an index for searching

    Demonstration records are left out. The site has the same files below `api/v1/`.

    \b
    karakana export okw hubs.json
    karakana export sqlite registry.sqlite
    """
    from .. import exporters

    loaded = load(find_workplace(), as_of, quiet=quiet)
    if loaded.settings is None:
        raise click.ClickException("registry.yaml is missing or broken; `karakana check` says why")
    invented = exporters.Invented.INCLUDED if demonstration else exporters.Invented.LEFT_OUT
    content = exporters.FORMATS[format].make(loaded, invented)
    if str(file) == "-":
        sys.stdout.buffer.write(content)
        return CLEAN
    artifacts.replace_file(file, content)
    if not quiet:
        click.echo(f"{file}: {len(content):,} bytes", err=True)
    return CLEAN
