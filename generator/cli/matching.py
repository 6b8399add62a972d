"""`karakana match`: who can make what."""

from __future__ import annotations

import click

from .. import matching
from .session import find_workplace, load, quiet_option


@click.command()
@click.option(
    "--ci", is_flag=True, required=True, expose_value=False, help="Say which designs no hub can make, by process alone."
)
@quiet_option
def match(quiet: bool) -> None:
    """Say which designs the hubs of the registry can make.

    \b
    karakana match --ci
    """
    place = find_workplace()
    loaded = load(place, quiet=quiet)
    for line in matching.report(loaded):
        click.echo(line)
