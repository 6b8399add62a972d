"""`karakana passport publish` and `withdraw`: what a maker lets the registry say, and takes back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import click

from .. import canonical
from ..artifacts import replace_file
from ..passports import proving, publishing
from ..passports.reading import Carried
from ..passports.values import Claim
from ..records import Competence, Hub, Passport
from ..registry import Registry, path_of
from . import passport_issuing, passport_reading
from .carried import opened, told
from .session import CLEAN, Workplace, find_workplace, load, quiet_option
from .writing import drawn_id

_HISTORY = """\
The site loses it with its next build. Git keeps what was committed:
  - where passports have a repository of their own, start its history anew, as the guide "Take something out for
    good" says; in the registry's own repository, the history has to be rewritten
  - copies that others made before are out of reach
  - delete build/cache: it holds what was read before
The credentials themselves stay valid: they are their holder's. Only the hub that issued one can revoke it."""


@click.group()
def passport() -> None:
    """Sign what a maker carries, look at it, publish it under a random name, and take it back.

    \b
    karakana passport issue --hub gh/kumasi-hive --competence laser-cutter-operation --level 2 …
    karakana passport verify mine.json
    karakana passport publish mine.json
    karakana passport withdraw w73cgw73l33a2qorngxy
    """


@passport.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--only", multiple=True, metavar="COMPETENCE", help="Only credentials of this competence; may be repeated."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder; the registry's when left out.")
@click.option(
    "--consent-on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
    help="The day on which the holder agreed in writing; asks here and now when left out.",
)  # fmt: skip
@quiet_option
def publish(file: Path, only: tuple[str, ...], out: Path | None, consent_on: datetime | None, quiet: bool) -> int:
    """Write the record of a passport FILE into the registry, once its holder has seen it and agreed.

    The record names hubs, competences, levels and months. It holds no name, no id that the file has, no signature and
    no note, so nobody can find it by the file. Only credentials whose signature holds are published.

    \b
    karakana passport publish mine.json
    karakana passport publish mine.json --only laser-cutter-operation
    """
    today = datetime.now(UTC).date()
    if consent_on is not None and consent_on.date() > today:
        raise click.UsageError(f"--consent-on {consent_on.date()} is in the future")
    place = find_workplace()
    known = load(place, quiet=quiet)
    claims = _chosen(_proved(known, file, today), only)
    data = publishing.record(claims, [f"urn:uuid:{uuid.uuid4()}" for _ in claims], today)
    click.echo(f"This will be public, and copied:\n\n{canonical.canonical(Passport.record_kind, data)}")
    others = (known.data(record) for record in known.all(Passport))
    for remark in publishing.gives_away(data, others):
        click.echo(f"note: {remark}")
    if consent_on is None:
        _agreed()
    else:
        data["consent_on"] = consent_on.date().isoformat()
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


def _proved(known: Registry, file: Path, today: date) -> list[Claim]:
    """Return what the credentials in a file claim, all of them signed by a hub of the registry."""
    found = opened(file)
    faults = [*map(told, found.faults), *_doubts(known, found.credentials, today)]
    if faults:
        raise click.ClickException(f"{file}: nothing was published:\n" + "\n".join(f"  {one}" for one in faults))
    return list({one.claim.id: one.claim for one in found.credentials}.values())


def _doubts(known: Registry, credentials: Iterable[Carried], today: date) -> Iterable[str]:
    """Yield why credentials cannot be published: a signature that does not hold, a competence that is not here."""
    for one in credentials:
        hub = known.get(Hub, one.claim.issuer)
        proof = proving.proof_of(one, {hub.id: hub.keys} if hub is not None else {}, today)
        if proof.code:
            yield f"{one.claim.competence}: {proof.message}"
        elif one.claim.competence not in known.ids(Competence):
            yield f"`{one.claim.competence}` is no competence of this registry"
        elif publishing.is_too_short(one.claim):
            yield f"{one.claim.competence}: it holds for less than a whole month, and a record tells months"


def _chosen(claims: list[Claim], only: tuple[str, ...]) -> list[Claim]:
    missing = sorted(set(only) - {claim.competence for claim in claims})
    if missing:
        raise click.UsageError(f"no credential in the file is of `{missing[0]}`")
    return [claim for claim in claims if not only or claim.competence in only]


@passport.command()
@click.argument("id")
def withdraw(id: str) -> int:
    """Take the record with a random ID out of the registry, and say what that leaves.

    \b
    karakana passport withdraw w73cgw73l33a2qorngxy
    """
    place = find_workplace()
    path = Path(place.shown(path_of(Passport.record_kind, id)))
    if not id.isalnum() or not id.isascii() or not path.is_file():
        raise click.UsageError(f"no passport is called {id!r}")
    path.unlink()
    click.echo(f"took {path} away; commit that now.\n\n{_HISTORY}")
    return CLEAN


for command in (passport_issuing.issue, passport_issuing.revoke, passport_issuing.status, passport_reading.verify):
    passport.add_command(command)
