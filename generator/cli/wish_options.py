"""The options on which a wish is judged: the same for every command that asks who can make something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from .wishes import Terms

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--quantity", type=click.IntRange(1, 1_000_000), help="How many; one, or what the request says."),
    click.option("--near", metavar="PLACE", default="", help='Where it is wanted: "lat,lon", a hub\'s id, or a town.'),
    click.option("--within", type=click.FloatRange(0, min_open=True), metavar="KM", help="At most so far from there."),
    click.option("--by", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day."),
    click.option("--country", "countries", multiple=True, metavar="CC", help="Only hubs of a country; several times."),
    click.option("--network", "networks", multiple=True, metavar="ID", help="Only hubs of a network; several times."),
    click.option("--contract", metavar="ID", default="", help="Under a contract template, such as one-to-one-order/1."),
    click.option("--commercial", is_flag=True, help="It is made against money: some licences forbid that."),
    click.option("--language", "languages", multiple=True, metavar="LANG", help="Hubs that speak it first."),
)
form_option = click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True,
    help="How to tell it.",
)  # fmt: skip


def wish_options(command: F) -> F:
    """Give a command the options from which `terms_of` makes terms."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def terms_of(options: Mapping[str, Any]) -> Terms:
    """Return the terms among a command's options."""
    return Terms(**{name: value for name, value in options.items() if name in Terms.__dataclass_fields__})
