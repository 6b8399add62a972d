"""`karakana passport issue`: what a hub found in an assessment, signed with its key and noted in its ledger."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from .. import markdown, signatures
from ..passports import issuing, ledger, presentation
from ..passports.issuing import Award
from ..passports.ledger import Entry, Ledger, LedgerError
from ..passports.reading import Carried
from ..passports.values import ASSESSMENT, RECOGNITION, Fault
from ..records import Competence, Hub, R
from ..registry import path_of, single
from .carried import METAVAR, opened, shown, told
from .hub_keys import address_of, hub_option, key_option, passphrase_option, registry_of, registry_option, signer_of
from .ledger_files import keep_ledger, ledger_option, read_ledger
from .private_files import refuse_bad_place, warn_of_repository, write_new
from .session import CLEAN

_DAY = click.DateTime(["%Y-%m-%d"])
_GIVEN = {
    "/credentialSubject/identifier": "--name", "/credentialSubject/note": "--note",
    "/credentialSubject/assessedOn": "--assessed-on", "/validUntil": "--valid-until",
}  # fmt: skip


@click.command()
@hub_option
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
    "--passport", "carried", metavar=METAVAR,
    help="What the maker carries so far; --out then holds that too.",
)  # fmt: skip
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Of the texts in it.")
@click.option("--rdf", is_flag=True, help="Sign it once more, for programs that read RDF only (needs karakana[rdf]).")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="The file that the maker carries; never one that is there already.",
)  # fmt: skip
@key_option
@ledger_option
@passphrase_option
@registry_option
def issue(
    *, hub: str, carried: str | None, rdf: bool, out: Path, key_file: Path, ledger_file: Path,
    passphrase_fd: int | None, start: Path | None, **said: Any,
) -> int:  # fmt: skip
    """Write a signed credential for a maker, and note its number in the hub's ledger.

    The file is the maker's. The hub keeps no name: its ledger has the credential's id, competence, level and days.

    \b
    karakana passport issue --hub gh/kumasi-hive --competence laser-cutter-operation --level 2 \\
      --assessed-on 2026-11-20 --key ~/keys/hive.pem --ledger ~/keys/hive.jsonl --out ama.json
    """
    refuse_bad_place(out)
    if out.resolve() == ledger_file.resolve():
        raise click.UsageError("--out and --ledger name one file: the first is the maker's, the second the hub's")
    registry, now = registry_of(start), datetime.now(UTC)
    known, before = read_ledger(ledger_file, hub), _opened(carried, said["name"]) if carried is not None else None
    award = _award(registry, hub, now, before.holder if before is not None else "", said)
    award = replace(award, status_index=_free(known))
    signer = signer_of(registry, hub, key_file, passphrase_fd, now)
    found = issuing.issued(award, address_of(registry), signer, now)
    if rdf and not isinstance(found, Fault):
        found = issuing.signed_for_rdf(found, signer, address_of(registry), now)
    if isinstance(found, Fault):
        raise click.ClickException(f"not issued: {told(_by_option(found))}")
    content = _content((*before.credentials, found) if before is not None else (found,))
    keep_ledger(ledger_file, known, ledger.issued(known, [_entry(award, now)]))
    write_new(out, content, f"nobody has {award.id}, and its number stays unused: issue it anew")
    warn_of_repository(out)
    click.echo(f"{out}: {award.competence.id}, level {award.level}, signed by {hub}\nid: {award.id}")
    return CLEAN


def _award(registry: Path, hub: str, now: datetime, holder: str, said: Mapping[str, Any]) -> Award:
    """Return what is to be signed, as the options say it; its place in the status list is not drawn yet."""
    until: datetime | None = said["valid_until"]
    if said["assessed_on"].date() > now.date():
        raise click.UsageError(f"--assessed-on {said['assessed_on'].date()} is in the future")
    skill, language = _record(registry, Competence, said["competence"]), said["language"]
    if language not in ("en", *skill.labels.languages):
        raise click.UsageError(f"--language: {skill.id} is not told in {language!r}, but in {_told_in(skill)}")
    return Award(
        id=f"urn:uuid:{uuid.uuid4()}",
        hub=_record(registry, Hub, hub),
        competence=skill,
        holder=holder or f"urn:uuid:{uuid.uuid4()}",
        level=said["level"],
        assessed_on=said["assessed_on"].date(),
        valid_from=now,
        valid_until=until.replace(hour=23, minute=59, second=59) if until is not None else None,
        status_index=-1,
        basis=said["basis"],
        note=said["note"],
        name=said["name"],
        language=language,
    )


def _record(registry: Path, kind: type[R], id: str) -> R:
    """Return one sound record of the registry without reading the others."""
    found = single(registry, kind, id)
    if found is not None:
        return found
    if (registry / path_of(kind.record_kind, id)).is_file():
        raise click.ClickException(f"the {kind.record_kind} `{id}` is not sound; `karakana check` says why")
    raise click.ClickException(f"no {kind.record_kind} is called `{markdown.visible(id)}` in {registry}")


def _told_in(skill: Competence) -> str:
    return ", ".join(filter(None, skill.labels.languages)) or "one language that it does not name"


def _opened(named: str, name: str) -> presentation.Passport:
    """Return what the maker carries so far, which must be read as a whole and be nobody else's."""
    found = opened(named)
    if found.faults:
        raise click.ClickException(f"{shown(named)}: {told(found.faults[0])}")
    others = {one.claim.name for one in found.credentials} - {"", name}
    if name and others:
        hint = "without --passport the maker gets a file of its own"
        raise click.ClickException(f"{shown(named)} is of {sorted(others)[0]!r}, not of {name!r}; {hint}")
    return found


def _by_option(fault: Fault) -> Fault:
    """Return a fault at the option that gave the term, for whoever has never seen the file."""
    given = next((option for place, option in _GIVEN.items() if fault.place.startswith(place)), fault.place)
    return fault._replace(place=given)


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
