"""A hub's id as somebody typed it in; its record out, or what is wrong and which hub may be meant."""

from __future__ import annotations

import click

from ..records import Hub
from ..registry import Registry
from ..words import closest


def open_hub(registry: Registry, id: str, option: str) -> Hub:
    """Return a hub that has not closed. Raises `click.UsageError` for an id that is none's, `ClickException` else."""
    hub = registry.get(Hub, id)
    if hub is None:
        guess = closest(id, registry.ids(Hub))
        raise click.UsageError(f"{option}: no hub is called {id!r}" + (f"; did you mean {guess!r}?" if guess else ""))
    if hub.status == "closed":
        raise click.ClickException(f"{id} has closed")
    return hub
