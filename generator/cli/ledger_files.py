"""A hub's ledger file in; what it holds out, and the file with more in it: one ledger for a hub, and nothing lost.

A ledger is a private file outside every repository: what a hub issued, with its numbers in the status list.
"""

from __future__ import annotations

from pathlib import Path

import click

from ..artifacts import replace_file
from ..passports import ledger
from ..passports.ledger import Ledger
from .carried import told
from .hub_keys import outside_repositories
from .reading import whole

_MOST = 64 * 1024 * 1024

ledger_option = click.option(
    "--ledger", "ledger_file", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="What the hub issued so far: a private file outside every repository, made with the first credential.",
)  # fmt: skip


def read_ledger(path: Path, hub: str) -> Ledger:
    """Return a hub's ledger, an empty one when there is no file yet; a damaged one is refused as a whole."""
    outside_repositories(path)
    if not path.exists():
        return Ledger(hub)
    found = ledger.parse(whole(path, _MOST))
    if not isinstance(found, Ledger):
        lines = "".join(f"\n  {told(fault)}" for fault in found[:10])
        raise click.ClickException(f"{path} is no ledger, or a damaged one: take it from a backup:{lines}")
    if found.hub != hub:
        raise click.ClickException(f"{path} is the ledger of `{found.hub}`, not of `{hub}`")
    return found


def existing_ledger(path: Path, hub: str) -> Ledger:
    """Return a hub's ledger, which must be there: from an empty one nobody could tell what was revoked."""
    if not path.exists():
        raise click.ClickException(f"{path} is not there, and without the hub's ledger nobody knows what was revoked")
    return read_ledger(path, hub)


def keep_ledger(path: Path, before: Ledger, known: Ledger) -> None:
    """Write the ledger before anything leaves the hub: an index that was given out is never lost."""
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if read_ledger(path, before.hub) != before:
        raise click.ClickException(f"somebody else wrote to {path} meanwhile: nothing was done, say it again")
    replace_file(path, ledger.written(known))
    path.chmod(0o600)
    if is_new:
        click.echo(f"{path}: a new ledger; keep it safe, and use no other for {before.hub}")
