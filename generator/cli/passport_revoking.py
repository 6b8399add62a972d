"""`karakana passport revoke` and `status`: what a hub takes back, in its ledger and in the list that it signs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from .. import signatures
from ..artifacts import replace_file
from ..passports import ledger, statuses
from ..passports.ledger import Ledger, LedgerError
from ..passports.statuses import StatusList
from .hub_keys import address_of, hub_option, key_option, passphrase_option, registry_of, registry_option, signer_of
from .ledger_files import existing_ledger, keep_ledger, ledger_option, read_ledger
from .session import CLEAN


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@hub_option
@ledger_option
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Today when left out.")
def revoke(*, ids: tuple[str, ...], hub: str, ledger_file: Path, day: datetime | None) -> int:
    """Note in the hub's ledger that credentials hold no longer; `karakana passport status` then publishes it.

    \b
    karakana passport revoke urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-0d1f6f0f4a10 --hub gh/kumasi-hive --ledger hive.jsonl
    """
    before, on = existing_ledger(ledger_file, hub), (day or datetime.now(UTC)).date()
    if on > datetime.now(UTC).date():
        raise click.UsageError(f"--on {on} is in the future: revoke on the day")
    known = before
    try:
        for id in dict.fromkeys(ids):
            known = ledger.revoked(known, id, on)
    except LedgerError as error:
        raise click.ClickException(f"nothing was revoked: {error}; `karakana passport show` tells ids") from error
    keep_ledger(ledger_file, before, known)
    click.echo(f"{len({*ids})} revoked in {ledger_file}; publish it with `karakana passport status`")
    click.echo("A record that the holder let you publish says it still, and nothing leads there from here:")
    click.echo("let the holder withdraw it (`karakana passport withdraw`).")
    return CLEAN


@click.command()
@hub_option
@click.option(
    "--days", type=click.IntRange(1, statuses.MOST_DAYS), default=statuses.DAYS, show_default=True,
    help="For how long the list counts; sign a new one before that.",
)  # fmt: skip
@key_option
@ledger_option
@passphrase_option
@registry_option
def status(
    *, hub: str, days: int, key_file: Path, ledger_file: Path, passphrase_fd: int | None, start: Path | None
) -> int:
    """Sign the list of what a hub revoked, and put it into the registry, to be committed.

    Do this once a month and after each revocation: what a list that is out of date says counts for nothing.

    \b
    karakana passport status --hub gh/kumasi-hive --key ~/keys/hive.pem --ledger ~/keys/hive.jsonl
    """
    registry, now = registry_of(start), datetime.now(UTC)
    known, address = _ledger_of_list(ledger_file, registry, hub), address_of(registry)
    signer = signer_of(registry, hub, key_file, passphrase_fd, now)
    revoked = known.revoked_by(now.date())
    _refuse_taking_back(registry, hub, revoked)
    document = statuses.signed(statuses.unsigned(address, hub, revoked, now, days), signer, hub, address)
    path = registry / statuses.path_of(hub)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, signatures.canonical(document) + b"\n")
    until = document["validUntil"][:10]
    click.echo(f"{os.path.relpath(path)}: {len(revoked)} revoked, counts until {until}; commit it")
    return CLEAN


def _ledger_of_list(path: Path, registry: Path, hub: str) -> Ledger:
    """Return the ledger that a list is made of: one that is not there yet only before the hub's first list."""
    return read_ledger(path, hub) if statuses.published(registry, hub) is None else existing_ledger(path, hub)


def _refuse_taking_back(registry: Path, hub: str, revoked: Iterable[int]) -> None:
    """Refuse a list that makes valid again what the one that is published revoked."""
    source = statuses.published(registry, hub)
    before = statuses.read(source) if source is not None else None
    lost = set(before.revoked) - {*revoked} if isinstance(before, StatusList) else ()
    if lost:
        raise click.ClickException(
            f"the list that is published revokes {len(lost)} that this ledger does not; is it the hub's newest?"
        )
