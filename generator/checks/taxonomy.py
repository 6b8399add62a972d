"""Processes, materials and competences as vocabularies: their order, their labels, their words."""

from __future__ import annotations

from collections.abc import Iterator

from .. import graphs, words
from ..diagnostics import Finding, Severity
from ..records import Machine, Material, Model, Process
from ..registry import Registry
from ..registry.vocabulary import TERMS, Term, names
from .check import check
from .collisions import Claim, collisions

KINDS: tuple[type[Process | Material], ...] = (Process, Material)


@check(Severity.ERROR)
def broader_cycle(registry: Registry) -> Iterator[Finding]:
    """A process or material is a kind of itself.

    Following `broader` from one term to the next leads back to where it began. Take the `broader` away that
    is not true: if every A is a B and every B is an A, they are one term with two labels.
    """
    for kind in KINDS:
        in_question = {term.id for term in registry.each(kind)}
        for cycle in graphs.cycles({term.id: term.broader for term in registry.all(kind)}) if in_question else ():
            first = next((at for at, id in enumerate(cycle) if id in in_question), -1)
            way = cycle[first:] + cycle[: max(first, 0) + 1]
            term = registry.get(kind, way[0])
            if first >= 0 and term is not None:
                at = term.broader.index(way[1])
                round_trip = " → ".join(f"`{id}`" for id in way)
                yield Finding(
                    term.at("broader", at), f"`{term.id}` is a kind of itself: {round_trip}", "take one `broader` away"
                )


@check(Severity.ERROR)
def alias_collision(registry: Registry) -> Iterator[Finding]:
    """A label or alias means two things.

    The same word, apart from case, accents, spaces and hyphens, stands for two processes, two materials or
    two competences, in one language or in two. Who writes it means one of them, and nobody can tell which.
    Keep the word at the one that it means, and find a longer one for the other.
    """
    for kind in TERMS:
        in_question = {term.id for term in registry.each(kind)}
        for claim, other in collisions(_claims(registry, kind, in_question) if in_question else ()):
            text = f"`{claim.value}` also means {kind.record_kind} `{other.owner}`"
            related = ((other.place, f"`{other.owner}` is called so here"),)
            yield Finding(claim.place, text, "keep the word at the one that it means", related)


def _claims(registry: Registry, kind: type[Term], in_question: set[str]) -> Iterator[Claim]:
    for term in registry.all(kind):
        for keys, text in names(term):
            value = words.term(text)
            yield Claim(value=value, owner=term.id, place=term.at(*keys), in_question=term.id in in_question)


@check(Severity.WARNING)
def orphan_term(registry: Registry) -> Iterator[Finding]:
    """A process or material stands alone in its taxonomy.

    It is a kind of nothing and nothing is a kind of it, so that no search for something wider finds it. Say
    what it is a kind of with `broader`; if it gathers others, they name it.
    """
    for term, children in _terms(registry):
        if not (term.broader or term.group or children):
            hint = "say with `broader` what it is a kind of"
            yield Finding(term.at(), f"`{term.id}` has nothing broader and nothing narrower", hint)


@check(Severity.WARNING)
def unused_heading(registry: Registry) -> Iterator[Finding]:
    """A heading gathers nothing.

    A `group` is there for what is narrower, and no term names this one as `broader`. Take `group` away if
    it can be done or worked itself; otherwise name it from the terms that belong to it, or delete it.
    """
    for term, children in _terms(registry):
        if term.group and not children:
            hint = f"name it as `broader` from what belongs to it, or delete {term.path}"
            yield Finding(term.at("group"), f"nothing is narrower than the heading `{term.id}`", hint)


def _terms(registry: Registry) -> Iterator[tuple[Process | Material, tuple[str, ...]]]:
    """Yield each process and material in question with its direct narrower terms."""
    for process in registry.each(Process):
        yield process, registry.processes.children.get(process.id, ())
    for material in registry.each(Material):
        yield material, registry.materials.children.get(material.id, ())


@check(Severity.WARNING)
def missing_label(registry: Registry) -> Iterator[Finding]:
    """A term has no label in a language of this registry.

    People see the English label instead. The languages are those of `registry.yaml`. If you know the word in
    use among makers, add it under `labels`; a literal translation that nobody says is worse than none.
    """
    languages = registry.settings.languages if registry.settings else ()
    for kind in TERMS:
        for term in registry.each(kind):
            missing = [language for language in languages if language not in term.labels.languages]
            if missing:
                text = f"`{term.id}` has no label in {words.listed(missing)}"
                yield Finding(term.at_key("labels"), text, "add the word that makers use there")


@check(Severity.ERROR)
def substitute_of_itself(registry: Registry) -> Iterator[Finding]:
    """A process is its own substitute.

    `substitutes` lists other processes that can stand in for this one, and when. Name another, or take the
    entry away.
    """
    for process in registry.each(Process):
        for at, substitute in enumerate(process.substitutes):
            if substitute.process == process.id:
                text = f"`{process.id}` cannot stand in for itself"
                yield Finding(process.at("substitutes", at, "process"), text, "name another process, or none")


@check(Severity.NOTE)
def unlisted_term(registry: Registry) -> Iterator[Finding]:
    """A machine is described only by a word that the vocabulary does not know.

    The machine or model names no process, and its name is neither a label nor an alias of one. For whoever
    keeps the vocabulary, these are the words that people use and it lacks. Name the machine's `processes`; if
    one is missing in `registry/processes`, propose it, and if only the word is, propose an alias.
    """
    hint = "name its `processes`; if the vocabulary lacks one, propose it in registry/processes"
    for model in registry.each(Model):
        if not model.processes and not _is_known(registry, model.name, *model.aliases):
            yield Finding(model.at("name"), f"`{model.name}` names no process and is no word for one", hint)
    for machine in registry.each(Machine):
        if not (machine.processes or machine.model or _is_known(registry, machine.name)):
            yield Finding(machine.at("name"), f"`{machine.name}` names no process and is no word for one", hint)


def _is_known(registry: Registry, *names: str) -> bool:
    return any(registry.vocabulary.resolve(Process, name) for name in names)
