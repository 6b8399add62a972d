"""`karakana key new`, `show`, `rotate` and `revoke`: key files of hubs, and the lines for their records."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from .. import multikey, signatures
from ..records.hub import HubKey
from ..signatures import KeyFileError, Signer
from .hub_keys import (
    HUB_ID,
    keys_of,
    open_key,
    outside_repositories,
    passphrase,
    passphrase_option,
    registry_of,
    registry_option,
)
from .private_files import write_new
from .session import CLEAN

_SEED_BYTES = 32
_NEVER = "a key is never overwritten"
_FILE = click.Path(dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])
_hub_option = click.option("--hub", required=True, metavar="ID", help="Whose key it is: the record has it.")
_day_option = click.option("--on", "day", type=_DAY, metavar="DATE", help="Today when left out.")


@click.group()
def key() -> None:
    """Make, show and replace the keys with which a hub signs. A private key never enters a repository.

    \b
    karakana key new ~/keys/kumasi-hive.pem
    karakana key show ~/keys/kumasi-hive.pem
    karakana key rotate ~/keys/kumasi-hive.pem ~/keys/kumasi-hive-2.pem --hub gh/kumasi-hive
    karakana key revoke ~/keys/kumasi-hive.pem --hub gh/kumasi-hive
    """


@key.command()
@click.argument("file", type=_FILE)
@_day_option
@passphrase_option
def new(*, file: Path, day: datetime | None, passphrase_fd: int | None) -> int:
    """Make a key, write it to FILE, and print the lines for the hub's record.

    FILE must not be there yet. It is encrypted PKCS#8, as openssl reads and writes it, and stays with the hub.
    """
    _show(_make(file, passphrase_fd), _on(day))
    return CLEAN


@key.command()
@click.argument("file", type=_FILE)
@_day_option
@passphrase_option
def show(*, file: Path, day: datetime | None, passphrase_fd: int | None) -> int:
    """Print the public key of a key FILE, as it goes into a hub's record."""
    _show(open_key(file, passphrase_fd), _on(day))
    return CLEAN


@key.command()
@click.argument("old")
@click.argument("file", metavar="NEW", type=_FILE)
@_hub_option
@_day_option
@passphrase_option
@click.option(
    "--new-passphrase-fd", type=click.IntRange(min=0), metavar="N", help="Read the new key's passphrase from there."
)
@registry_option
def rotate(
    *, old: str, file: Path, hub: str, day: datetime | None, passphrase_fd: int | None,
    new_passphrase_fd: int | None, start: Path | None,
) -> int:  # fmt: skip
    """Make a key in the file NEW that takes the place of OLD, and print the keys of the hub's record.

    OLD is a key file, or the public key itself (z6Mk…). Both keys count on the day of the change. What the old key
    signed until then stays good: nothing has to be issued again.
    """
    on, public_key = _on(day), _public_key(old, passphrase_fd)
    known = _known(hub, start, public_key)
    if late := [one.valid_from for one in known if one.public_key == public_key and one.valid_from > on]:
        raise click.ClickException(f"the old key is valid from {late[0]} only, which is after {on}")
    fresh = HubKey(public_key=_make(file, new_passphrase_fd).public_key, valid_from=on)
    ended = [replace(one, valid_until=min(on, one.valid_until or on)) for one in known]
    _print([*(end if end.public_key == public_key else one for one, end in zip(known, ended, strict=True)), fresh])
    click.echo("# what the old key signed until its last day stays good; sign the status list with the new one")
    return CLEAN


@key.command()
@click.argument("old", metavar="KEY")
@_hub_option
@_day_option
@click.option(
    "--compromised-since", "since", type=_DAY, metavar="DATE",
    help="Somebody else may have had the key from this day on.",
)  # fmt: skip
@passphrase_option
@registry_option
def revoke(
    *, old: str, hub: str, day: datetime | None, since: datetime | None, passphrase_fd: int | None, start: Path | None
) -> int:
    """Print the keys of a hub's record with a KEY taken out of use.

    KEY is a key file, or the public key itself (z6Mk…) when the file is gone.
    Without --compromised-since: nobody else had the key. What it signed before the day stays good, nothing after.
    With --compromised-since: somebody may have had it, who can write any date. From that day on no credential that it
    signed opens anything, whatever its date, and the hub issues them again with a new key.
    """
    on, public_key = _on(day), _public_key(old, passphrase_fd)
    if since is not None and since.date() > on:
        raise click.ClickException(f"--compromised-since is after {on}: say since when it may have been known")
    known = _known(hub, start, public_key)
    theft = since.date() if since is not None else None
    _print([_withdrawn(one, on, theft) if one.public_key == public_key else one for one in known])
    if theft is None:
        click.echo(
            f"# what it signed before {on} stays good; if somebody else may have had it, use --compromised-since"
        )
    else:
        click.echo(f"# from {theft} on no credential signed with it counts, whatever its date: issue them again")
    click.echo("# sign the hub's status list anew with another key: one signed with this key counts no more")
    return CLEAN


def _withdrawn(key: HubKey, day: date, theft: date | None) -> HubKey:
    """Return a key taken out of use; what the record says already stays: an earlier day is not made a later one."""
    revoked = min(day, key.revoked_on or day)
    since = min((one for one in (theft, key.compromised_since) if one is not None), default=None)
    return replace(key, revoked_on=revoked, compromised_since=since)


def _on(day: datetime | None) -> date:
    return (day or datetime.now(UTC)).date()


def _make(file: Path, descriptor: int | None) -> Signer:
    outside_repositories(file)
    _make_room(file)
    signer = signatures.signer(os.urandom(_SEED_BYTES))
    try:
        write_new(file, signatures.sealed(signer, passphrase(descriptor, again=True)), "choose another place")
    except KeyFileError as error:
        raise click.ClickException(str(error)) from error
    return signer


def _public_key(named: str, descriptor: int | None) -> str:
    """Return the public key that is named, or that is in the file of that name."""
    if Path(named).is_file():
        return open_key(Path(named), descriptor).public_key
    try:
        multikey.decode(named)
    except ValueError as error:
        raise click.ClickException(f"{named} is neither a file nor a public key (z6Mk…)") from error
    return named


def _known(hub: str, start: Path | None, public_key: str) -> Sequence[HubKey]:
    """Return the keys of a hub's record, one of which must be the key."""
    if not HUB_ID.fullmatch(hub):
        raise click.ClickException(f"`{hub}` is no id of a hub, such as gh/kumasi-hive")
    known = keys_of(registry_of(start), [hub]).get(hub, ())
    if public_key not in [one.public_key for one in known]:
        raise click.ClickException(f"the record of `{hub}` has no key {public_key}")
    return known


def _show(signer: Signer, day: date) -> None:
    _print([HubKey(public_key=signer.public_key, valid_from=day)])
    click.echo(f"# of a party without a hub: `key: {signer.public_key}` in the contract; it signs as")
    click.echo(f"# --hub {signatures.OWN_KEY}{signer.public_key}")


def _print(keys: Sequence[HubKey]) -> None:
    """Print keys as a hub's record has them."""
    click.echo("keys:")
    for one in keys:
        click.echo(f"  - public_key: {one.public_key}\n    valid_from: {one.valid_from}")
        for name in ("valid_until", "revoked_on", "compromised_since"):
            if (day := getattr(one, name)) is not None:
                click.echo(f"    {name}: {day}")


def _make_room(file: Path) -> None:
    """Make the folders of a new key, which only their owner may read; refuse a key that is there, before anything."""
    if file.exists():
        raise click.ClickException(f"{file} is there already; {_NEVER}")
    if any(one.exists() and not one.is_dir() for one in file.absolute().parents):
        raise click.ClickException(f"{file.parent} is no folder; choose another place")
    try:
        for folder in reversed([one for one in file.absolute().parents if not one.exists()]):
            folder.mkdir(mode=0o700)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}; choose another place") from error
