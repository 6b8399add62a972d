"""The path of what a maker carries in; the passport in it, or why none can be read, in words for a terminal, out."""

from __future__ import annotations

from pathlib import Path

import click

from ..passports import presentation
from ..passports.presentation import Passport
from ..passports.values import Fault
from .reading import whole


def opened(path: Path) -> Passport:
    """Return the passport in a file; one that cannot be read as a whole is refused."""
    found = presentation.opened(whole(path, presentation.LIMIT_BYTES))
    if isinstance(found, Fault):
        raise click.ClickException(f"{path}: {told(found)}")
    return found


def told(fault: Fault) -> str:
    """Return a fault in one line of letters that work on no terminal: its file is a stranger's."""
    return ascii(f"{fault.place}: {fault.message}" if fault.place else fault.message)[1:-1]
