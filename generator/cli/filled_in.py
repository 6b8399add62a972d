"""Files of values and of a plan in; a contract's files in a folder out, or what is wrong and in which line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from .. import contracts, documents, markdown, signatures, words
from ..contracts import Filled, Problem, World, asking
from ..contracts.planned import left_open, planned
from ..contracts.terms import silent
from ..documents import Examination
from ..records import Contract
from ..registry import Registry
from .plan_files import read_plan, refuse_impossible
from .private_folders import registry_around
from .reading import beginning
from .session import CLEAN, FINDINGS
from .signing import MANIFEST, PARAMETERS, write

FORMATS = ("md", "html", "pdf")
_MOST_TOLD = 20  # problems of a file


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


def known_of(path: Path, template: Contract) -> Given:
    """Return what a plan says of a template's parameters."""
    plan = read_plan(path)
    refuse_impossible(path, plan)
    values, problems = planned(template, plan)
    return Given(values, plan=plan, problems=problems)


def notes_of(template: Contract, known: Given) -> Iterator[str]:
    """Yield what a plan says and a form cannot take over, a line each."""
    if known.plan is not None:
        yield from (f"note: `{one.parameter}` {one.message}: {one.hint}" for one in known.problems)
        for name in left_open(template, known.values):
            yield f"note: `{name}` is left open: the hubs of the plan do different steps; write down who makes how many"


def read_parameters(path: Path, known: Given | None = None) -> Given:
    """Return the values of a file, over those that are known already."""
    found = documents.examine(beginning(path, documents.LIMIT_BYTES + 1))
    if found.is_broken:
        raise click.UsageError("\n".join(_unread(path, one) for one in found.problems[:_MOST_TOLD]))
    if not isinstance(found.data, dict):
        raise click.UsageError(
            f"{path} holds no values; `karakana contract fill` without --params prints a file to start from"
        )
    before = known if known is not None else Given({})
    own = {name: value for name, value in found.data.items() if value is not None}
    problems = tuple(one for one in before.problems if one.parameter not in own)
    return replace(before, values={**before.values, **own}, path=path, positions=found, problems=problems)


def _unread(path: Path, problem: documents.Problem) -> str:
    """Return what is wrong with a file as such: its place, what stands there, and the rule."""
    return f"{path}:{problem.line or 1}:{problem.column or 1}: {problem.message}: {problem.rule.title}"


def fill_in(loaded: Registry, template: Contract, given: Given, wanted: Wanted) -> int:
    """Write a contract's files, all or none, and say what is wrong instead."""
    from .doubted import doubts_of

    world = World(loaded, doubts_of(loaded, given.plan))
    written = [contracts.filled(template, given.values, language, world) for language in wanted.languages]
    problems = list(dict.fromkeys((*given.problems, *(problem for one in written for problem in one.problems))))
    if problems:
        for problem in problems:
            click.echo(_told(template, problem, given), err=True)
        return FINDINGS
    files = dict(_files(loaded, template, written, wanted))
    _refuse_signed(wanted.out)
    wanted.out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write(wanted.out / name, content)
        click.echo(f"{wanted.out / name}")
    for note in _notes(template, world, written[0].parameters, wanted.out):
        click.echo(f"note: {note}", err=True)
    return CLEAN


def _notes(template: Contract, world: World, values: Mapping[str, Any], out: Path) -> Iterator[str]:
    """Yield what does not hinder a contract, and should be known."""
    if hubs := silent(template, values, world):
        says = "says" if len(hubs) == 1 else "say"
        yield f"{words.listed(hubs, 100)} {says} nothing under `accepts`: ask first; what counts is the signature"
    if around := registry_around(out):
        yield f"{out} lies in {around}, which is public: move it elsewhere before you commit, or give --out ~/orders/…"


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


def _told(template: Contract, problem: Problem, given: Given) -> str:
    """Return a problem with its place and the way out."""
    wanted = next((one for one in template.parameters if one.name == problem.parameter), None)
    hint = problem.hint if wanted is None else asking.way_out(problem, wanted)
    place = ""
    if given.path is not None and given.positions is not None:
        line, column = given.positions.find((problem.parameter,), on_key=True)
        place = f"{given.path}:{line}:{column}: " if problem.parameter in given.positions.data else f"{given.path}: "
    name = f"`{markdown.visible(problem.parameter)}` " if problem.parameter else ""
    return f"{place}{name}{markdown.visible(problem.message)}\n  {markdown.visible(hint)}"
