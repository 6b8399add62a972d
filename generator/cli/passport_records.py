"""`karakana passport publish` and `withdraw`: what a maker lets the registry say, and takes back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import click

from .. import canonical
from ..artifacts import replace_file
from ..passports import publishing, statuses
from ..passports.presentation import Passport as PassportFile
from ..passports.reading import Carried
from ..records import Competence, Passport
from ..records.passport import month_of
from ..registry import Registry, path_of
from . import passport_card, passport_issuing, passport_reading, passport_revoking
from .carried import METAVAR, opened, passport_argument, shown, told
from .evidence import evidence_of
from .passport_reading import fault_of, sentence_of
from .session import CLEAN, FINDINGS, Workplace, find_workplace, load, quiet_option
from .writing import drawn_id

# Nobody knows whether it was revoked: that is said, and does not stop anybody.
_NOT_KNOWN = (statuses.MISSING, statuses.STALE)
_HISTORY = """\
The site loses it with its next build. Git keeps what was committed:
  - where passports have a repository of their own, start its history anew, as the guide "Take something out for
    good" says; in the registry's own repository, the history has to be rewritten
  - copies that others made before are out of reach
  - delete build/cache: it holds what was read before
The credentials themselves stay valid: they are their holder's. Only the hub that issued one can revoke it."""


@click.group()
def passport() -> None:
    """Sign what a maker carries, look at it, print it, publish it under a random name, and take it back.

    \b
    karakana passport issue --hub gh/kumasi-hive --competence laser-cutter-operation --level 2 …
    karakana passport verify mine.json
    karakana passport card mine.json --out mine.pdf
    karakana passport publish mine.json
    karakana passport withdraw w73cgw73l33a2qorngxy
    """


@passport.command()
@passport_argument
@click.option(
    "--only", multiple=True, metavar="COMPETENCE", help="Only credentials of this competence; may be repeated."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder; the registry's when left out.")
@click.option(
    "--consent-on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
    help="The day on which the holder agreed in writing; asks here and now when left out.",
)  # fmt: skip
@quiet_option
def publish(named: str, only: tuple[str, ...], out: Path | None, consent_on: datetime | None, quiet: bool) -> int:
    """Write the record of a passport into the registry, once its holder has seen it and agreed.

    The record names hubs, competences, levels and months. It holds no name, no id that the file has, no signature and
    no note: nothing in it leads to the file, nor tells later that a credential was revoked. Only credentials are
    published that hold today, as far as the registry on this machine knows.

    \b
    karakana passport publish mine.json
    karakana passport publish mine.json --only laser-cutter-operation
    """
    today = datetime.now(UTC).date()
    if consent_on is not None and consent_on.date() > today:
        raise click.UsageError(f"--consent-on {consent_on.date()} is in the future")
    place = find_workplace()
    known = load(place, quiet=quiet)
    found = _chosen(opened(named), only)
    _refuse_doubtful(known, named, found, today)
    claims = [one.claim for one in found.credentials]
    data = publishing.record(claims, [f"urn:uuid:{uuid.uuid4()}" for _ in claims], today)
    click.echo(f"This will be public, and copied:\n\n{canonical.canonical(Passport.record_kind, data)}")
    others = (known.data(record) for record in known.all(Passport))
    for remark in (*publishing.gives_away(data, others), *_unknown(known, found, today)):
        click.echo(f"note: {remark}")
    if consent_on is None:
        _agreed()
    else:
        data["consent_on"] = month_of(consent_on.date()).isoformat()
    id = drawn_id()
    path = _file(place, id, out)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, canonical.canonical(Passport.record_kind, data).encode())
    click.echo(f"wrote {path}\nGive its name to the holder: `karakana passport withdraw {id}` takes it back.")
    click.echo("Let the hub commit it, not the holder: a commit names its author.")
    return CLEAN


def _file(place: Workplace, id: str, out: Path | None) -> Path:
    inside = path_of(Passport.record_kind, id)
    if out is not None:
        return out / f"{id}.yaml"
    if place.elsewhere.folder and not place.elsewhere.is_there:
        hint = "clone the passports there, or name a folder with --out"
        raise click.ClickException(f"there is no folder {place.elsewhere.shown}; {hint}")
    return Path(place.shown(inside))


def _agreed() -> None:
    said = click.prompt("Does the holder agree? Type yes to publish", default="", show_default=False)
    if said.strip().lower() != "yes":
        raise click.ClickException("nothing was written: publishing needs the holder's yes")


def _chosen(found: PassportFile, only: tuple[str, ...]) -> PassportFile:
    """Return what is to be published, each credential once."""
    missing = sorted(set(only) - {one.claim.competence for one in found.credentials})
    if missing:
        raise click.UsageError(f"no credential in it is of {missing[0]!r}")
    once = {one.claim.id: one for one in found.credentials}.values()
    return found._replace(credentials=tuple(one for one in once if not only or one.claim.competence in only))


def _refuse_doubtful(known: Registry, named: str, found: PassportFile, today: date) -> None:
    faults = [*map(told, found.faults), *(why for one in found.credentials for why in _doubts(known, one, today))]
    if faults:
        listed = "".join(f"\n  {one}" for one in faults)
        hint = "what was published before stays: `karakana passport withdraw --passport …` finds it"
        raise click.ClickException(f"{shown(named)}: nothing was published:{listed}\n{hint}")


def _doubts(known: Registry, one: Carried, today: date) -> Iterable[str]:
    """Yield why a credential cannot be published: it does not hold, or its competence is not here."""
    evidence = evidence_of(known, one, today)
    code = fault_of(evidence, today)
    if code and code not in _NOT_KNOWN:
        yield f"{one.claim.competence}: {sentence_of(evidence, code)}"
    elif one.claim.competence not in known.ids(Competence):
        yield f"`{one.claim.competence}` is no competence of this registry"
    elif publishing.is_too_short(one.claim):
        yield f"{one.claim.competence}: it holds for less than a whole month, and a record tells months"


def _unknown(known: Registry, found: PassportFile, today: date) -> Iterable[str]:
    """Yield of which credentials nobody here can tell whether they were revoked."""
    for one in found.credentials:
        evidence = evidence_of(known, one, today)
        if evidence.status:
            yield f"{one.claim.competence}: {sentence_of(evidence, evidence.status)}"


@passport.command()
@click.argument("id", required=False, default="")
@click.option(
    "--passport", "named", metavar=METAVAR, help="Say which records may be of it; nothing is taken out. For a lost ID."
)
@quiet_option
def withdraw(id: str, named: str | None, quiet: bool) -> int:
    """Take the record with a random ID out of the registry, and say what that leaves.

    A record has no id that the passport has. Who lost the record's finds it by what it says, as others may find theirs:
    take out only what is yours.

    \b
    karakana passport withdraw w73cgw73l33a2qorngxy
    karakana passport withdraw --passport mine.json
    """
    if bool(id) == (named is not None):
        raise click.UsageError("name the record by its ID, or look for it with --passport; one of the two")
    place = find_workplace()
    if named is not None:
        return _alike(load(place, quiet=quiet), named)
    path = Path(place.shown(path_of(Passport.record_kind, id)))
    if not id.isalnum() or not id.isascii() or not path.is_file():
        raise click.UsageError(f"no passport is called {id!r}")
    path.unlink()
    click.echo(f"took {path} away; commit that now.\n\n{_HISTORY}")
    return CLEAN


def _alike(known: Registry, named: str) -> int:
    claims = [one.claim for one in opened(named).credentials]
    found = [one for one in known.all(Passport) if publishing.says_the_same(known.data(one), claims)]
    for record in found:
        about = ", ".join(f"{one.competence} {one.level}" for one in record.credentials)
        click.echo(f"{record.id}: {about}, published with a consent of {record.consent_on}")
    if not found:
        click.echo("no record here says what it says")
        return FINDINGS
    click.echo("Others may have a record that says the same. `karakana passport withdraw ID` takes one out.")
    return CLEAN


for command in (
    passport_issuing.issue, passport_revoking.revoke, passport_revoking.status, passport_reading.show,
    passport_reading.verify, passport_card.card_,
):  # fmt: skip
    passport.add_command(command)
