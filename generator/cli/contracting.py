"""`karakana contract`: list and show contract templates, and fill one in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from .. import checks, markdown, words
from ..contracts import asking, wording
from ..contracts.filling import missing
from ..diagnostics import Severity
from ..records import Contract
from ..registry import Registry, Scope
from . import signing
from .chances_shown import samples_shown
from .filled_in import FORMATS, Given, Wanted, fill_in, known_of, notes_of, read_parameters
from .session import CLEAN, as_of_option, find_workplace, load, quiet_option

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_OUT = click.Path(file_okay=False, path_type=Path)


@click.group()
def contract() -> None:
    """Fill in contract templates, and sign what was filled in.

    \b
    karakana contract list
    karakana contract fill one-to-one-order > order.yaml     a file to fill in
    karakana contract fill one-to-one-order --params order.yaml --out order
    """


@contract.command("list")
@quiet_option
def list_(quiet: bool) -> None:
    """List the templates: id, title, shape, status, whether a lawyer has read it, languages."""
    loaded = load(find_workplace(), quiet=quiet)
    rows = [("id", "title", "shape", "status", "read by a lawyer", "languages")]
    for one in loaded.all(Contract):
        title = markdown.visible(one.title.into(loaded.language))
        is_read = "yes" if one.review.state == "reviewed" else "no"
        rows.append((one.id, title, one.shape, one.status, is_read, ", ".join(one.languages)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@contract.command()
@click.argument("template")
@click.option("--params", type=_FILE, help="Say what it lacks.")
@click.option("--language", metavar="LANG", default="", help="The language of labels; the registry's when left out.")
@quiet_option
def show(template: str, params: Path | None, language: str, quiet: bool) -> int:
    """Explain a TEMPLATE's parameters; with --params, say which ones the file still lacks."""
    loaded = load(find_workplace(), quiet=quiet)
    record = template_of(loaded, template)
    given = read_parameters(params).values if params is not None else {}
    for line in _explained(record, language or loaded.language, given):
        click.echo(words.wrapped(line))
    for line in samples_shown(record, given):
        click.echo(line)
    if params is not None:
        lacking = missing(record, given)
        click.echo("\n" + words.wrapped(f"lacks {words.listed(lacking, 100)}" if lacking else "lacks nothing"))
    return CLEAN


@contract.command()
@click.argument("template")
@click.option("--plan", type=_FILE, help="Who makes how many: what `karakana plan --format json` prints.")
@click.option("--params", type=_FILE, help="The values, as YAML or JSON.")
@click.option("--language", "languages", multiple=True, metavar="LANG", help="Each; all of the template's if left out.")
@click.option("--out", type=_OUT, default=Path("contract"), show_default=True, help="The folder for the files.")
@click.option("--format", "form", default="md,html", show_default=True, help=f"Of {', '.join(FORMATS)}, with commas.")
@click.option("--fonts", multiple=True, type=_FOLDER, help="A folder with more fonts for the PDF.")
@as_of_option
@quiet_option
def fill(
    *, template: str, plan: Path | None, params: Path | None, languages: tuple[str, ...], out: Path, form: str,
    fonts: tuple[Path, ...], as_of: datetime | None, quiet: bool,
) -> int:  # fmt: skip
    """Fill in a TEMPLATE: texts, values and a manifest of their checksums, in a folder. Nothing leaves this machine.

    Without --params it prints a file to fill in, with a comment for each value, and with what the plan says.

    \b
    karakana contract fill distributed-manufacturing --plan plan.json > order.yaml
    karakana contract fill distributed-manufacturing --params order.yaml --language fr --out order
    """
    formats = _formats(form)
    loaded = load(find_workplace(), as_of, quiet=quiet)
    record = template_of(loaded, template)
    _refuse_faulty(loaded, record)
    known = known_of(plan, record) if plan is not None else Given({})
    if params is None:
        for note in notes_of(record, known):
            click.echo(markdown.visible(note), err=True)
        click.echo(asking.form(record, known.values, languages[0] if languages else loaded.language), nl=False)
        return CLEAN
    wanted = Wanted(_languages(record, languages), out, formats, fonts)
    return fill_in(loaded, record, read_parameters(params, known), wanted)


def _refuse_faulty(loaded: Registry, template: Contract) -> None:
    """Refuse a template that the registry's checks would not let in: nobody knows what it would say."""
    asked = loaded.within(Scope(changed=frozenset({(template.record_kind, template.id)})))
    wrong = [one for one in checks.run(asked, checks.TEMPLATES) if one.severity is Severity.ERROR]
    for one in wrong:
        click.echo(f"{one.location}: {markdown.visible(one.message)}\n  {markdown.visible(one.hint)}", err=True)
    if wrong:
        raise click.ClickException(f"the template `{template.id}` cannot be filled in before it is mended")


def template_of(loaded: Registry, id: str) -> Contract:
    """Return a template by its id; without a version, its newest that was not withdrawn."""
    record = loaded.get(Contract, id)
    if record is not None:
        return record
    versions = [one for one in loaded.all(Contract) if one.id.rpartition("/")[0] == id and one.status != "withdrawn"]
    if not versions:
        guess = words.closest(id, [*loaded.ids(Contract), *{one.rpartition("/")[0] for one in loaded.ids(Contract)}])
        hint = f"; did you mean {guess!r}?" if guess else "; `karakana contract list` names them"
        raise click.UsageError(f"no contract template is called {id!r}{hint}")
    return max(versions, key=lambda one: (len(one.id), one.id))


def _explained(record: Contract, language: str, given: Mapping[str, Any]) -> list[str]:
    """Return a template in words: what it is for, its roles, and each parameter."""
    is_read = "read by a lawyer" if record.review.state == "reviewed" else "not read by a lawyer"
    lines = [markdown.visible(record.title.into(language)), f"{record.id}, {record.status}, {is_read}"]
    lines += [markdown.visible(record.summary.into(language))] if record.summary else []
    lines += ["", "Roles"]
    for role in record.roles:
        lines.append(f"  {role.id}: {markdown.visible(role.label.into(language))}{', several' if role.many else ''}")
    lines += ["", "Parameters"]
    for one in record.parameters:
        state = "given" if given.get(one.name) is not None else "needed" if one.required else "may be left out"
        lines.append(f"  {one.name} ({state}): {markdown.visible(one.label.into(language))}")
        if one.description is not None:
            lines.append(f"      {markdown.visible(' '.join(one.description.into(language).split()))}")
        lines.append(f"      takes {asking.takes(one)}")
    return lines


def _formats(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    wrong = [part for part in found if part not in FORMATS]
    if wrong or not found:
        raise click.UsageError(f"--format takes {', '.join(FORMATS)}" + (f", not {wrong[0]!r}" if wrong else ""))
    return found


def _languages(record: Contract, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the languages to write: those wanted, and the one that prevails, without which the others say little."""
    every = wanted or tuple(one for one in record.languages if one in wording.wordings())
    return tuple(dict.fromkeys((*every, record.prevailing_language)))


for command in (signing.sign, signing.verify):
    contract.add_command(command)
