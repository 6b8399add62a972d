"""Files of values and of a plan in; a contract's files in a folder out, or what is wrong and in which line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from .. import contracts, documents, markdown, signatures
from ..contracts import Filled, Problem, World
from ..contracts.planned import planned
from ..documents import Examination
from ..records import Contract
from ..registry import Registry
from .session import CLEAN, FINDINGS
from .signing import MANIFEST, PARAMETERS, write

FORMATS = ("md", "html", "pdf")
_LARGEST_PLAN = 16 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Given:
    """Values for parameters, the file that they stand in with its positions, and the plan."""

    values: Mapping[str, Any]
    path: Path | None = None
    positions: Examination | None = None
    plan: Mapping[str, Any] | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The files that are wanted: languages, the folder, formats, and folders with fonts for the PDF."""

    languages: tuple[str, ...]
    out: Path
    formats: tuple[str, ...]
    fonts: tuple[Path, ...] = ()


def read_plan(path: Path, template: Contract) -> Given:
    """Return what a plan says of a template's parameters."""
    if path.stat().st_size > _LARGEST_PLAN:
        raise click.UsageError(f"{path} is larger than any plan")
    try:
        plan = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"{path} is no JSON; `karakana plan --format json` writes it") from error
    if not isinstance(plan, dict):
        raise click.UsageError(f"{path} is no plan; `karakana plan --format json` writes it")
    values, problems = planned(template, plan)
    return Given(values, plan=plan, problems=problems)


def read_parameters(path: Path, known: Given | None = None) -> Given:
    """Return the values of a file, over those that are known already."""
    found = documents.examine(path.read_bytes()[: documents.LIMIT_BYTES + 1])
    if found.is_broken:
        first = found.problems[0]
        raise click.UsageError(f"{path}:{first.line}:{first.column}: {first.message}")
    if not isinstance(found.data, dict):
        raise click.UsageError(
            f"{path} holds no values; `karakana contract fill` without --params prints a file to start from"
        )
    before = known if known is not None else Given({})
    own = {name: value for name, value in found.data.items() if value is not None}
    problems = tuple(one for one in before.problems if one.parameter not in own)
    return replace(before, values={**before.values, **own}, path=path, positions=found, problems=problems)


def fill_in(loaded: Registry, template: Contract, given: Given, wanted: Wanted) -> int:
    """Write a contract's files, all or none, and say what is wrong instead."""
    from .doubted import doubts_of

    world = World(loaded, doubts_of(loaded, given.plan))
    written = [contracts.filled(template, given.values, language, world) for language in wanted.languages]
    problems = list(dict.fromkeys((*given.problems, *(problem for one in written for problem in one.problems))))
    if problems:
        for problem in problems:
            click.echo(_told(problem, given), err=True)
        return FINDINGS
    files = dict(_files(loaded, template, written, wanted))
    _refuse_signed(wanted.out)
    wanted.out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write(wanted.out / name, content)
        click.echo(f"{wanted.out / name}")
    return CLEAN


def _files(
    loaded: Registry, template: Contract, written: Sequence[Filled], wanted: Wanted
) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of each file. The Markdown is what is signed, so it is always there."""
    texts = {one.language: contracts.markdown(one) for one in written}
    for one in written:
        yield f"contract.{one.language}.md", texts[one.language].encode()
        if "html" in wanted.formats:
            yield f"contract.{one.language}.html", contracts.html(one).encode()
        if "pdf" in wanted.formats:
            yield f"contract.{one.language}.pdf", _pdf(one, wanted.fonts)
    data, parameters = loaded.data(template), written[0].parameters
    found = contracts.manifest(template.id, data, parameters, texts, template.prevailing_language)
    yield PARAMETERS, signatures.canonical(parameters) + b"\n"
    yield "template.json", signatures.canonical(data) + b"\n"
    yield MANIFEST, signatures.canonical(found) + b"\n"


def _pdf(one: Filled, fonts: Sequence[Path]) -> bytes:
    try:
        from ..contracts.pdf import pdf
    except ImportError as error:
        raise click.UsageError("PDF needs one more package: pip install 'karakana[pdf]'") from error
    content, lacking = pdf(one, fonts)
    if lacking:
        shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in lacking)
        hint = "give a folder with a font that has them: --fonts FOLDER"
        raise click.ClickException(f"no PDF: no font has {shown}; {hint}")
    return content


def _refuse_signed(out: Path) -> None:
    """Refuse a folder with a contract that somebody has signed: its texts must not change."""
    path = out / MANIFEST
    try:
        before = signatures.read(path.read_bytes()) if path.is_file() else {}
    except signatures.ReadError as error:
        raise click.UsageError(f"{path} is there and no manifest; choose another folder with --out") from error
    if isinstance(before, Mapping) and "proof" in before:
        raise click.UsageError(f"the contract in {out} is signed; choose another folder with --out")


def _told(problem: Problem, given: Given) -> str:
    """Return a problem with its place and the way out."""
    place = ""
    if given.path is not None and given.positions is not None:
        line, column = given.positions.find((problem.parameter,), on_key=True)
        place = f"{given.path}:{line}:{column}: " if problem.parameter in given.positions.data else f"{given.path}: "
    name = f"`{markdown.visible(problem.parameter)}` " if problem.parameter else ""
    return f"{place}{name}{markdown.visible(problem.message)}\n  {markdown.visible(problem.hint)}"
