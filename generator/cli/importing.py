"""`karakana import`: drafts of records out of lists that others keep."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import registry
from ..registry import Registry
from .import_steps import MAPPED, next_steps
from .session import CLEAN, FINDINGS, Workplace, find_workplace, load, quiet_option

if TYPE_CHECKING:
    from ..importers import Importer
    from ..importers.drafts import Row
    from ..importers.mapping import Columns
    from ..importers.outcomes import Account, Outcome
    from ..importers.source import Source
    from ..importers.terms import Terms

_DAY = re.compile(r"[12]\d{3}(?:-[01]\d(?:-[0-3]\d)?)?")
_SHOWS_FROM = 200  # rows, before a progress line is shown


def _names() -> list[str]:
    from .. import importers

    return ["auto", *importers.BY_NAME]


class _Format(click.Choice[str]):
    """The formats' names; the importers are loaded when one is asked for."""

    def __init__(self) -> None:
        super().__init__([])

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        self.choices = tuple(_names())
        return str(super().convert(value, param, ctx))

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        return "FORMAT"


@click.command("import")
@click.argument("name", metavar="FORMAT", type=_Format())
@click.argument("file", metavar="FILE")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="Write below DIR, not into the registry."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; report what would become of each row.")
@click.option("--mapping", "mapping_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="YAML that says which column fills which key (csv, json, kobo).")  # fmt: skip
@click.option("--source-name", default="", help="What the facts were taken from.")
@click.option("--source-url", default="", help="Where it can be found.")
@click.option("--licence", default="", metavar="SPDX", help="The source's licence, such as CC-BY-4.0.")
@click.option("--retrieved", default="", metavar="DATE", help="When the file was fetched: a year, month or day.")
@click.option(
    "--report", "report_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to FILE."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="The report's form."
)
@quiet_option
def import_(
    *, name: str, file: str, into: Path | None, dry_run: bool, mapping_file: Path | None, source_name: str,
    source_url: str, licence: str, retrieved: str, report_file: Path | None, form: str, quiet: bool,
) -> int:  # fmt: skip
    """Turn FILE, a list of hubs that somebody else keeps, into drafts of records for a pull request.

    FORMAT is auto, karakana, okw, okw-facilities, open-badges, okh, spaceapi, openstreetmap, fablabs-io,
    hackerspaces-org, make-works, okw-machines, fablabs-ch, kobo, csv or json. Each row becomes a file, a duplicate
    of a record, or is rejected with a reason. No file is ever overwritten.

    \b
    karakana import auto labs.json --dry-run
    karakana import csv hubs.csv --mapping columns.yaml --source-name "Our survey" --licence CC-BY-4.0
    karakana import okw okw.json --retrieved 2026-03-31 --report import.md --format markdown
    """
    from ..importers import report
    from ..importers.terms import Terms

    path = _file(file)
    place = find_workplace()
    importer = _importer(name, path)
    columns = _columns(importer, mapping_file)
    loaded = load(place, quiet=quiet)
    source = _source(importer, path, (source_name, source_url, licence, retrieved), loaded.as_of)
    folder = into or place.folder
    terms = Terms(loaded)
    registries = (loaded, *_drafted_before(folder, place, loaded.as_of))
    rows = _rows(importer, source, terms, columns)
    account = _import(rows, source, registries, terms=terms, folder=None if dry_run else folder, quiet=quiet)
    text = {"text": report.as_text, "markdown": report.as_markdown, "json": report.as_json}[form]
    told = text(account, next_steps(account, importer, source, columns, folder if not dry_run else None))
    if report_file is None:
        click.echo(told, nl=False)
    else:
        report_file.write_text(told, encoding="utf-8")
        click.echo(f"{account.read} read; the report is in {report_file}")
    return FINDINGS if account.rejected and not (account.drafted or account.duplicates) else CLEAN


def _file(file: str) -> Path:
    """Return the path of what to import; say how to download what is an address."""
    if file.startswith(("http://", "https://")):
        name = file.partition("?")[0].rstrip("/").rpartition("/")[2] or "list.json"
        raise click.UsageError(
            f"addresses are not fetched; download the file first:\n"
            f"  curl --location --fail --output {name} '{file}'\n"
            f"  karakana import auto {name} --source-url '{file}' --retrieved {datetime.now().date()}"
        )
    path = Path(file)
    if not path.exists():
        raise click.UsageError(f"{file}: there is no such file")
    return path


def _importer(name: str, path: Path) -> Importer:
    from .. import importers
    from ..importers.source import Source

    source = Source("", path=path)
    if told := source.packing:
        raise click.UsageError(f"{path}: {told}")
    if name == "auto":
        found = importers.recognised(source)
        if not found:
            raise click.UsageError(f"{path}: the format cannot be told; name it: {', '.join(importers.BY_NAME)}")
        name = found[0]
    if name == "okw" and "okw-facilities" in importers.recognised(source):  # the standard has two forms
        name = "okw-facilities"
    return importers.BY_NAME[name]


def _columns(importer: Importer, file: Path | None) -> Columns | None:
    from ..importers import mapping

    if file is None:
        return None
    if importer.NAME not in MAPPED:
        raise click.UsageError(f"--mapping is for {' and '.join(MAPPED)}, not for {importer.NAME}")
    found, fault = mapping.read(file.read_bytes())
    if fault:
        raise click.UsageError(f"{file}: {fault}")
    return found


def _source(importer: Importer, path: Path, given: tuple[str, str, str, str], today: date) -> Source:
    """Return the source with what was said of it, else what is known of the format."""
    from ..checks.texts import is_licence
    from ..importers.source import Source
    from ..importers.text import website

    name, url, licence, retrieved = given
    if licence and not is_licence(licence):
        raise click.UsageError(f"--licence {licence!r} is no SPDX expression, such as CC-BY-4.0 or ODbL-1.0")
    if url and not website(url):
        raise click.UsageError(f"--source-url {url!r} is no address that begins with https://")
    if retrieved and (not _DAY.fullmatch(retrieved) or retrieved > today.isoformat()):
        raise click.UsageError(f"--retrieved {retrieved!r} is no year, month or day up to {today}, such as 2026-03-31")
    return Source(
        name=(name or importer.TITLE)[:120], path=path, url=url or importer.URL, licence=licence or importer.LICENCE,
        retrieved=retrieved or today.isoformat(), attribution="" if name else importer.ATTRIBUTION,
        seed=secrets.token_hex(16),
    )  # fmt: skip


def _drafted_before(folder: Path, place: Workplace, as_of: date) -> tuple[Registry, ...]:
    """Return what lies in another folder than the registry's: drafts of an earlier run count as known."""
    if not folder.is_dir() or folder.resolve() == place.folder:
        return ()
    return (registry.load(folder, as_of=as_of),)


def _rows(importer: Importer, source: Source, terms: Terms, columns: Columns | None) -> Iterator[Row]:
    from .. import importers
    from ..importers import json_list, kobo, spreadsheet

    if columns is None:
        return importers.rows(importer, source, terms)
    readers = {"kobo": kobo.read_by, "csv": spreadsheet.read_by, "json": json_list.read_by}
    return readers[importer.NAME](source, terms, columns)


def _import(
    rows: Iterable[Row],
    source: Source,
    registries: Sequence[Registry],
    *,
    terms: Terms,
    folder: Path | None,
    quiet: bool,
) -> Account:
    """Write a draft at a time and return what became of all rows."""
    from ..importers.drafts import Rejected
    from ..importers.outcomes import Account, Drafted, Duplicate
    from ..importers.pipeline import Intake

    intake = Intake(registries, source, registries[0].as_of)
    drafted: list[Drafted] = []
    known: list[Duplicate] = []
    rejected: list[Rejected] = []
    with _counting(quiet) as count:
        for number, outcome in enumerate(intake.take(rows), 1):
            kept = _kept(outcome, folder)
            if isinstance(kept, Drafted):
                drafted.append(kept)
            elif isinstance(kept, Duplicate):
                known.append(kept)
            else:
                rejected.append(kept)
            count(number)
    return Account(source.file or source.name, tuple(drafted), tuple(known), tuple(rejected), dict(terms.unknown))


def _kept(outcome: Outcome, folder: Path | None) -> Outcome:
    """Write a draft where no file is, and return the outcome without the file's bytes."""
    from ..importers.drafts import Rejected
    from ..importers.outcomes import Drafted

    if not isinstance(outcome, Drafted):
        return outcome
    if folder is not None:
        path = folder / outcome.path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("xb") as file:
                file.write(outcome.content)
        except FileExistsError:
            return Rejected(
                outcome.place, outcome.name, f"{outcome.path} is there already and is no record that can be read"
            )
    return replace(outcome, content=b"")


@contextmanager
def _counting(quiet: bool) -> Iterator[Callable[[int], None]]:
    """Give a function that shows how many rows are done, on a terminal, from some hundred rows on."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    columns = (SpinnerColumn(), TextColumn("importing: {task.completed:.0f} rows"), TimeElapsedColumn())
    with_rows = Progress(*columns, console=console, transient=True)
    task = with_rows.add_task("rows", total=None)

    def count(number: int) -> None:
        if number >= _SHOWS_FROM:
            if number == _SHOWS_FROM:
                with_rows.start()
            with_rows.update(task, completed=number)

    try:
        yield count
    finally:
        with_rows.stop()
