"""`karakana passport issue`, `revoke` and `status`: what a hub signs, and takes back, with its key and its ledger."""

from __future__ import annotations

import os
import secrets
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from .. import documents, schemas, signatures
from ..artifacts import replace_file
from ..documents import UncleanError
from ..passports import issuing, ledger, presentation, statuses
from ..passports.issuing import Award
from ..passports.ledger import Entry, Ledger, LedgerError
from ..passports.reading import Carried
from ..passports.values import ASSESSMENT, RECOGNITION, Fault
from ..records import Competence, Hub, build
from ..signatures import Signer
from .carried import opened, told
from .hub_keys import (
    HUB_ID,
    address_of,
    key_option,
    keys_of,
    open_key,
    outside_repositories,
    passphrase_option,
    registry_of,
    registry_option,
)
from .reading import whole
from .session import CLEAN

_DAY = click.DateTime(["%Y-%m-%d"])
_MOST_LEDGER = 64 * 1024 * 1024
_hub_option = click.option("--hub", required=True, metavar="ID", help="The hub that signs, such as gh/kumasi-hive.")
_ledger_option = click.option(
    "--ledger", "ledger_file", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="What the hub issued so far: a private file outside every repository, made when it is not there.",
)  # fmt: skip
_on_option = click.option("--on", "day", type=_DAY, metavar="DATE", help="Today when left out.")


@click.command()
@_hub_option
@click.option("--competence", required=True, metavar="ID", help="What was assessed.")
@click.option("--level", required=True, type=click.IntRange(min=1), metavar="N", help="The level reached.")
@click.option("--assessed-on", required=True, type=_DAY, metavar="DATE", help="The day of the assessment.")
@click.option("--valid-until", type=_DAY, metavar="DATE", help="The last day it holds; without end when left out.")
@click.option(
    "--basis", type=click.Choice([ASSESSMENT, RECOGNITION]), default=ASSESSMENT, show_default=True,
    help="Whether this hub assessed, or recognised another hub's assessment.",
)  # fmt: skip
@click.option("--name", default="", metavar="NAME", help="The holder's name; it stands in the holder's file alone.")
@click.option("--note", default="", metavar="TEXT", help="What the assessment was limited to; nothing of the person.")
@click.option(
    "--passport", "carried", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="What the maker carries so far; --out then holds that too.",
)  # fmt: skip
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Of the texts in it.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="The file that the maker carries; never one that is there already.",
)  # fmt: skip
@key_option
@_ledger_option
@passphrase_option
@registry_option
def issue(
    *, hub: str, competence: str, level: int, assessed_on: datetime, valid_until: datetime | None, basis: str,
    name: str, note: str, carried: Path | None, language: str, out: Path, key_file: Path, ledger_file: Path,
    passphrase_fd: int | None, start: Path | None,
) -> int:  # fmt: skip
    """Write a signed credential for a maker, and note its number in the hub's ledger.

    The file is the maker's. The hub keeps no name: its ledger has the credential's id, competence, level and days.

    \b
    karakana passport issue --hub gh/kumasi-hive --competence laser-cutter-operation --level 2 \\
      --assessed-on 2026-11-20 --key ~/keys/hive.pem --ledger ~/keys/hive.jsonl --out ama.json
    """
    if out.exists():
        raise click.ClickException(f"{out} is there already; choose another name")
    registry, now = registry_of(start), datetime.now(UTC)
    known, before = read_ledger(ledger_file, hub), _opened(carried) if carried is not None else None
    award = Award(
        id=f"urn:uuid:{uuid.uuid4()}",
        hub=_record(registry, Hub, hub, "hub"),
        competence=_record(registry, Competence, competence, "competence"),
        holder=before.holder if before is not None and before.holder else f"urn:uuid:{uuid.uuid4()}",
        level=level,
        assessed_on=assessed_on.date(),
        valid_from=now,
        valid_until=valid_until.replace(hour=23, minute=59, second=59) if valid_until is not None else None,
        status_index=_free(known),
        basis=basis,
        note=note,
        name=name,
        language=language,
    )
    signer = _signer(registry, hub, key_file, passphrase_fd, now)
    found = issuing.issued(award, address_of(registry), signer, now)
    if isinstance(found, Fault):
        raise click.ClickException(f"not issued: {told(found)}")
    content = _content((*before.credentials, found) if before is not None else (found,))
    _keep(ledger_file, ledger.issued(known, [_entry(award, now)]))
    _write_private(out, content)
    click.echo(f"{out}: {competence}, level {level}, signed by {hub}\nid: {award.id}")
    return CLEAN


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@_hub_option
@_ledger_option
@_on_option
def revoke(*, ids: tuple[str, ...], hub: str, ledger_file: Path, day: datetime | None) -> int:
    """Note in the hub's ledger that credentials hold no longer; `karakana passport status` then publishes it.

    \b
    karakana passport revoke urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-0d1f6f0f4a10 --hub gh/kumasi-hive --ledger hive.jsonl
    """
    known, on = read_ledger(ledger_file, hub), (day or datetime.now(UTC)).date()
    try:
        for id in ids:
            known = ledger.revoked(known, id, on)
    except LedgerError as error:
        raise click.ClickException(f"nothing was revoked: {error}") from error
    _keep(ledger_file, known)
    click.echo(f"{len(ids)} revoked in {ledger_file}; publish it with `karakana passport status`")
    return CLEAN


@click.command()
@_hub_option
@click.option(
    "--days", type=click.IntRange(1, statuses.MOST_DAYS), default=statuses.DAYS, show_default=True,
    help="For how long the list counts; sign a new one before that.",
)  # fmt: skip
@key_option
@_ledger_option
@passphrase_option
@registry_option
def status(
    *, hub: str, days: int, key_file: Path, ledger_file: Path, passphrase_fd: int | None, start: Path | None
) -> int:
    """Sign the list of what a hub revoked, and put it into the registry, to be committed.

    Do this once a month and after each revocation: what a list that is out of date says counts for nothing.
    """
    registry, now = registry_of(start), datetime.now(UTC)
    known, address = read_ledger(ledger_file, hub), address_of(registry)
    signer = _signer(registry, hub, key_file, passphrase_fd, now)
    revoked = known.revoked_by(now.date())
    document = statuses.signed(statuses.unsigned(address, hub, revoked, now, days), signer, hub, address)
    path = registry / statuses.path_of(hub)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, signatures.canonical(document) + b"\n")
    click.echo(f"{path}: {len(revoked)} revoked, counts until {document['validUntil'][:10]}; commit it")
    return CLEAN


def read_ledger(path: Path, hub: str) -> Ledger:
    """Return a hub's ledger, an empty one when there is no file yet; a damaged one is refused as a whole."""
    outside_repositories(path)
    if not path.exists():
        return Ledger(hub)
    found = ledger.parse(whole(path, _MOST_LEDGER))
    if not isinstance(found, Ledger):
        lines = "".join(f"\n  {told(fault)}" for fault in found[:10])
        raise click.ClickException(f"{path} is damaged, take it from a backup:{lines}")
    if found.hub != hub:
        raise click.ClickException(f"{path} is the ledger of `{found.hub}`, not of `{hub}`")
    return found


def _record(registry: Path, kind: Any, id: str, name: str) -> Any:
    """Return one sound record of the registry without reading the others."""
    path = registry / kind.folder / f"{id}.yaml"
    is_named = HUB_ID.fullmatch(id) if kind is Hub else id.replace("-", "").isalnum()
    if not is_named or not path.is_file():
        raise click.ClickException(f"no {name} is called `{id}` in {registry}")
    try:
        data = documents.parse(path.read_bytes())
    except UncleanError as error:
        raise click.ClickException(f"{path} is not sound; `karakana check` says why") from error
    if not schemas.validator(name)(data):
        raise click.ClickException(f"{path} is not sound; `karakana check` says why")
    return build(kind, id, data)


def _signer(registry: Path, hub: str, key_file: Path, descriptor: int | None, now: datetime) -> Signer:
    """Return the signer in a key file, which must be one of the hub's keys that count today."""
    signer = open_key(key_file, descriptor)
    if wrong := signatures.key_fault(keys_of(registry, [hub]), hub, signer.public_key, now.date()):
        raise click.ClickException(f"{wrong}; `karakana key show` prints the lines for the record")
    return signer


def _opened(path: Path) -> presentation.Passport:
    found = opened(path)
    if found.faults:
        raise click.ClickException(f"{path}: {told(found.faults[0])}")
    return found


def _free(known: Ledger) -> int:
    try:
        return ledger.free_indexes(known, 1, secrets.randbelow)[0]
    except LedgerError as error:
        raise click.ClickException(str(error)) from error


def _entry(award: Award, now: datetime) -> Entry:
    until = award.valid_until.date() if award.valid_until is not None else None
    return Entry(
        credential=award.id, index=award.status_index, competence=award.competence.id, level=award.level,
        issued=now.date(), until=until,
    )  # fmt: skip


def _content(credentials: tuple[Carried, ...]) -> bytes:
    """Return what the maker carries: one credential, or all of them in a presentation."""
    if len(credentials) == 1:
        return signatures.canonical(credentials[0].document) + b"\n"
    found = presentation.presented(credentials)
    if isinstance(found, Fault):
        raise click.ClickException(f"not issued: {told(found)}")
    return signatures.canonical(found) + b"\n"


def _keep(path: Path, known: Ledger) -> None:
    """Write the ledger before anything leaves the hub: an index that was given out is never lost."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(path, ledger.written(known))
    path.chmod(0o600)


def _write_private(path: Path, content: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}; the ledger has the credential, revoke it") from error
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
