"""`karakana passport card`: a credential on paper, with a code that any telephone reads and that holds all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import click

from .. import markdown
from ..passports import packing
from ..passports.card import CARD, LANGUAGES, PAPERS, SHEET, Face, Format, coded, face, svg
from ..passports.presentation import Passport
from ..passports.qr import Code
from ..passports.reading import Carried
from ..passports.statuses import REVOKED
from ..registry import Registry
from .carried import opened, passport_argument, shown, unread
from .evidence import evidence_of
from .hub_keys import address_of
from .passport_reading import sentence_of
from .private_files import refuse_bad_place, warn_of_repository, write_new
from .session import CLEAN, FINDINGS, find_workplace, load, quiet_option

_FORMATS = ("svg", "pdf")
_PAPERS = {paper.name: paper for paper in PAPERS}
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class _Card(NamedTuple):
    face: Face
    paper: Format
    code: Code


@click.command("card")
@passport_argument
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE",
    help="card.svg or card.pdf; or a folder, for a card of each credential.",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(_FORMATS), help="What the name of --out ends in, when left out.")
@click.option(
    "--credential", "chosen", default="", metavar="N|ID",
    help="Which of several: its number in `karakana passport show`, its id, or its competence.",
)  # fmt: skip
@click.option(
    "--paper", type=click.Choice([*_PAPERS]), default=CARD.name, show_default=True,
    help="card: 85.6 × 54 mm, as a bank's; sheet: A6, for a credential whose code needs more room.",
)  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), help="The registry's when left out.")
@click.option("--fonts", multiple=True, type=_FOLDER, help="A folder with more fonts for the PDF; may be repeated.")
@quiet_option
def card_(
    *, named: str, out: Path, form: str | None, chosen: str, paper: str, language: str | None,
    fonts: tuple[Path, ...], quiet: bool,
) -> int:  # fmt: skip
    """Draw the card of a credential, to be printed: what its holder can do, who says so, and a QR code.

    The code is the address of the verifier page with the whole credential behind the #, which no server is told of.
    Print it in its size, without scaling. A .pdf has its letters with it, an .svg takes those of the computer that
    shows it.

    \b
    karakana passport card ama.json --out ama.pdf
    karakana passport card ama.json --credential laser-cutter-operation --out laser.svg --language fr
    """
    found = opened(named)
    files = _files(found, named, chosen, out, form)
    for path, _ in files:
        refuse_bad_place(out if path.parent == out else path)
    place, today = find_workplace(), datetime.now(UTC).date()
    known, site = load(place, quiet=quiet), address_of(place.folder)
    if not site:
        raise click.ClickException("registry.yaml has no `url`, and the code has to lead somewhere")
    said = language or (known.language if known.language in LANGUAGES else LANGUAGES[0])
    for _, one in files:
        _refuse_false(known, one, today)
    made = [(path, _made(known, one, said, site, _PAPERS[paper])) for path, one in files]
    contents = [(path, _content(one, form or path.suffix[1:].lower(), fonts)) for path, one in made]
    for path, content in contents:
        if path.parent == out:
            out.mkdir(exist_ok=True)
        write_new(path, content)
        click.echo(f"{markdown.visible(str(path))}: print it in its size, without scaling")
        warn_of_repository(path)
    for fault in found.faults:
        click.echo(unread(fault), err=True)
    return FINDINGS if found.faults else CLEAN


def _files(found: Passport, named: str, chosen: str, out: Path, form: str | None) -> list[tuple[Path, Carried]]:
    """Return which credentials are drawn, and the file of each."""
    if not found.credentials:
        raise click.ClickException(f"{shown(named)}: no credential in it can be read; see `karakana passport show`")
    is_plain = out.suffix[1:].lower() in _FORMATS or form is None
    if out.is_dir() or not (is_plain or chosen or len(found.credentials) == 1):
        if form is None:
            raise click.UsageError(f"--out names a folder; say --format {' or '.join(_FORMATS)}")
        these = [_chosen(found, chosen)] if chosen else [*enumerate(found.credentials, 1)]
        return [(out / f"{one.claim.competence}-{at}.{form}", one) for at, one in these]
    if form is None and out.suffix[1:].lower() not in _FORMATS:
        raise click.UsageError(f"--out: {shown(str(out))} ends in neither .svg nor .pdf; say --format")
    if not chosen and len(found.credentials) > 1:
        raise click.UsageError(f"choose one with --credential, or name a folder with --out for all:\n{_listed(found)}")
    return [(out, _chosen(found, chosen or "1")[1])]


def _chosen(found: Passport, chosen: str) -> tuple[int, Carried]:
    numbered = list(enumerate(found.credentials, 1))
    these = [(at, one) for at, one in numbered if chosen in (str(at), one.claim.id, one.claim.competence)]
    if len(these) != 1:
        why = f"{len(these)} credentials are of {chosen!r}" if these else f"no credential is {chosen!r}"
        raise click.UsageError(f"--credential: {why}; there are\n{_listed(found)}")
    return these[0]


def _listed(found: Passport) -> str:
    return "\n".join(
        f"  {at}. {one.claim.competence}, level {one.claim.level}, by {one.claim.issuer}"
        for at, one in enumerate(found.credentials, 1)
    )


def _refuse_false(known: Registry, one: Carried, today: date) -> None:
    """Refuse what is forged or revoked: on a card it would look as good as any."""
    evidence = evidence_of(known, one, today)
    wrong = evidence.proof or (evidence.status if evidence.status == REVOKED else "")
    if wrong:
        raise click.ClickException(f"no card of {one.claim.competence}: {sentence_of(evidence, wrong)}")


def _made(known: Registry, one: Carried, language: str, site: str, paper: Format) -> _Card:
    digits = packing.pack(one.document)
    if (found := coded(site, digits, [paper])) is not None:
        return _Card(face(known, one.claim, language, site), *found)
    where = f"the code of {one.claim.competence} is too fine for a {paper.name}"
    if paper is not SHEET and coded(site, digits) is not None:
        raise click.ClickException(f"{where}, no telephone would read it; --paper {SHEET.name} has room for it")
    raise click.ClickException(f"{where}: let the maker carry the file instead")


def _content(card: _Card, form: str, fonts: Sequence[Path]) -> bytes:
    picture = svg(card.face, card.code, card.paper)
    if form == "svg":
        return picture.encode()
    try:
        from ..passports.pdf import pdf
    except ImportError as error:
        raise click.UsageError("PDF needs one more package: pip install 'karakana[pdf]'") from error
    content, lacking = pdf(picture, card.paper, fonts)
    if lacking:
        named = ", ".join(f"{one} ({' '.join(f'U+{ord(char):04X}' for char in one)})" for one in lacking)
        hint = "give a folder with a font that has them, --fonts FOLDER, or draw an .svg"
        raise click.ClickException(f"no PDF: no font has {named}; {hint}")
    return content
