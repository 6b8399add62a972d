"""What `karakana match` is asked about, and on which terms, in; a wish, with remarks on it, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from .. import documents, schemas
from ..matching.wanted import TreeError, Use, Wish, wish_for, wish_of
from ..records import Competence, Contract, Design, Material, Network, Process, Record, Request, build
from ..registry import Registry
from ..words import closest, countries, is_language, listed, slug
from .places import point_of

_ENDINGS = (".yaml", ".yml", ".toml", ".json")
_SHOWN = 5
_WAY_OUT = (
    "what is not understood: use the words of `karakana find --kind process` and `--kind material`, or add yours to "
    "the `aliases` of what they mean"
)
_WORDS = 12  # words of a manifest that are named as not understood
_HEAD = 64 * 1024  # bytes that tell a format


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What stands on the command line besides the design; empty and None leave it as the design or request has it."""

    quantity: int | None = None
    near: str = ""
    within: float | None = None
    by: datetime | None = None
    countries: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    contract: str = ""
    commercial: bool = False
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish, what it is called, and remarks on what could not be understood."""

    title: str
    wish: Wish
    notes: tuple[str, ...] = ()


def asked(registry: Registry, what: str, terms: Terms) -> Asked:
    """Return what is wanted: a design, a request, or what a file describes, on some terms."""
    try:
        found = _found(registry, what)
    except TreeError as error:
        raise click.ClickException(str(error)) from error
    wish = _on_terms(registry, found.wish, terms)
    late = [f"its last day, {wish.by}, is past on {wish.start}"] if wish.by is not None and wish.days < 0 else []
    if wish.within_km is not None and wish.near is None and terms.within is not None:
        raise click.UsageError("--within needs --near: a point, a hub or a town")
    return Asked(found.title, wish, (*found.notes, *late, *_unknown(registry, wish)))


def _found(registry: Registry, what: str) -> Asked:
    path = Path(what)
    if what.startswith(("http://", "https://")):
        raise click.UsageError("addresses are not fetched; download the file first and give its name")
    if path.suffix in _ENDINGS or path.is_file():
        return _of_file(registry, path)
    kind, _, id = what.rpartition(":")
    design = registry.get(Design, id) if kind in ("", "design") else None
    request = registry.get(Request, id) if kind in ("", "request") else None
    if design is not None and request is not None:
        raise click.UsageError(f"{what!r} is a design and a request: say design:{id} or request:{id}")
    if design is not None:
        return _of_design(registry, design)
    if request is not None:
        return _of_request(registry, request)
    for one in (Design, Request):
        if kind in ("", one.record_kind) and registry.knows(one, id):
            raise click.ClickException(f"{id} is no valid record; `karakana check` says why")
    guess = closest(id, [*registry.ids(Design), *registry.ids(Request)])
    hint = f"did you mean {guess!r}?" if guess else "`karakana find --kind design` lists designs by their words"
    raise click.UsageError(f"no design, request or file is called {what!r}; {hint}")


def _of_design(registry: Registry, design: Design, notes: Sequence[str] = ()) -> Asked:
    name = design.name.into(registry.language)
    return Asked(f"{name} ({design.id})", wish_for(registry, design), tuple(notes))


def _of_request(registry: Registry, request: Request) -> Asked:
    design = registry.get(Design, request.design)
    if design is None:
        raise click.ClickException(f"request {request.id} asks for design {request.design!r}, which is not there")
    notes = [] if request.status == "open" else [f"the request is {request.status}"]
    name = f"{design.name.into(registry.language)} ({request.id})"
    return Asked(name, wish_of(registry, request, design), tuple(notes))


def _of_file(registry: Registry, path: Path) -> Asked:
    """Return what a file describes: a design as the registry keeps it, else an Open Know-How manifest."""
    if not path.is_file():
        raise click.UsageError(f"{path}: there is no such file")
    content = path.read_bytes()
    read = documents.examine(content) if path.suffix != ".toml" and len(content) <= documents.LIMIT_BYTES else None
    data = read.data if read is not None and not read.is_broken else None
    if isinstance(data, dict) and schemas.validator("design")(data):
        return _of_design(registry, build(Design, slug(path.stem) or "design", data))
    from ..importers import okh

    if okh.recognises(content[:_HEAD], path.name.lower()) or path.suffix == ".toml":
        return _of_manifest(registry, path)
    if read is not None and read.is_broken:
        problem = read.problems[0]
        raise click.ClickException(f"{path}:{problem.line}:{problem.column}: {problem.message}")
    faults = [finding for _, finding in schemas.explain("design", path.name, data)][:_SHOWN]
    raise click.ClickException(
        f"{path}: this is no design, and no Open Know-How manifest:\n"
        + "\n".join(f"  {_keys(fault)}{fault.message}" for fault in faults)
    )


def _keys(fault: Any) -> str:
    keys = ".".join(map(str, fault.at.keys))
    return f"{keys}: " if keys else ""


def _of_manifest(registry: Registry, path: Path) -> Asked:
    """Return what an Open Know-How manifest describes; what it does not say, and nobody understands, stays unknown."""
    from ..importers import fitting, okh, okh_parts, text
    from ..importers.licences import spdx
    from ..importers.source import Source
    from ..importers.terms import Terms as Vocabulary

    data, fault = okh.manifest(Source("", path=path))
    if fault:
        raise click.ClickException(f"{path}: {fault}")
    name = text.line(data.get("name") or data.get("title"), 120) or path.stem
    said = data.get("license") or data.get("licence")
    licence = spdx(text.line(said.get("hardware") if isinstance(said, dict) else said))
    vocabulary, notes, found = Vocabulary(registry), list[str](), okh_parts.pieces(data)
    made = okh_parts.operations(data, found, vocabulary, notes)
    facts = {"name": name, "parts": okh_parts.parts(found), "operations": made}
    # A design of the registry needs a licence and an address; to be made, a thing does not.
    lent = {"licence": {"hardware": licence or "NONE"}, "repository": "https://example.org"}
    kept = fitting.fitted("design", {**fitting.cleaned(facts), **lent})
    if kept.reason:
        raise click.ClickException(f"{path}: {kept.reason}")
    design = build(Design, slug(name) or "design", kept.data)
    notes += kept.notes
    wish = wish_for(registry, design)
    if lacking := [word for kind, word in vocabulary.unknown if kind == "process"]:
        notes.append(f"no process of the registry is called {listed(lacking)}: left out")
    if vocabulary.unknown:  # nobody knows whether a hub can what nobody understands
        notes.append(_WAY_OUT)
        words = tuple(dict.fromkeys(word for _, word in vocabulary.unknown))[:_WORDS]
        wish = replace(wish, silent=tuple(dict.fromkeys((*wish.silent, design.id))), not_understood=words)
    return Asked(name, replace(wish, licences=((design.id, licence),)), tuple(notes))


def _on_terms(registry: Registry, wish: Wish, terms: Terms) -> Wish:
    """Return a wish with what the command line says instead."""
    if terms.by is not None and terms.by.date() < wish.start:
        raise click.UsageError(f"--by {terms.by.date()} is past: the registry's day is {wish.start}")
    codes = frozenset(code.lower() for code in terms.countries)
    if wrong := sorted(codes - countries()):
        raise click.UsageError(f"--country {wrong[0]!r} is no country code of two letters, such as gh or fr")
    if wrong := [code for code in terms.languages if not is_language(code)]:
        raise click.UsageError(f"--language {wrong[0]!r} is no language code, such as en or sw")
    for network in terms.networks:
        _known(registry, Network, network, "--network")
    if terms.contract:
        _known(registry, Contract, terms.contract, "--contract")
    by: date | None = terms.by.date() if terms.by is not None else wish.by
    return replace(
        wish, quantity=terms.quantity or wish.quantity, by=by, contract=terms.contract or wish.contract,
        near=point_of(registry, terms.near) if terms.near else wish.near,
        within_km=terms.within if terms.within is not None else wish.within_km,
        countries=codes or wish.countries, networks=frozenset(terms.networks) or wish.networks,
        use=Use.COMMERCIAL if terms.commercial else wish.use,
        languages=frozenset(terms.languages) or wish.languages,
    )  # fmt: skip


def _known(registry: Registry, kind: type[Record], id: str, option: str) -> None:
    if id not in registry.ids(kind):
        guess = closest(id, registry.ids(kind))
        hint = f"; did you mean {guess!r}?" if guess else ""
        raise click.UsageError(f"{option}: no {kind.record_kind} is called {id!r}{hint}")


def _unknown(registry: Registry, wish: Wish) -> Iterator[str]:
    """Yield a remark for each term of a wish that the registry does not know."""
    named: tuple[tuple[type[Record], list[str]], ...] = (
        (Process, [step.process for step in wish.steps]),
        (Material, [step.material for step in wish.steps if step.material]),
        (Competence, [one.competence for step in wish.steps for one in step.requires]),
    )
    for kind, ids in named:
        for id in dict.fromkeys(ids):
            if id not in registry.ids(kind):
                guess = closest(id, registry.ids(kind))
                hint = f"; did you mean `{guess}`?" if guess else ""
                yield f"no {kind.record_kind} of the registry is called `{id}`{hint}"
