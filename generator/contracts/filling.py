"""A contract template, values for its parameters, a language and what is known of the world in; the contract out.

Everything that is wrong is told at once. Same template, values and language: same contract.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from .. import placeholders, words
from ..conditions import holds
from ..records import Contract
from ..records import contract as records
from ..words import Text
from . import kinds, printing, templates, terms, wording
from .cover import parties, variables
from .templates import Given, MissingError, TooLongError
from .values import Clause, Fault, Filled, Plain, Problem
from .wording import said
from .world import World

_LACKING = "is missing, and clause"
JURISDICTION = "jurisdiction"  # the parameter that chooses among the variants of a clause


def filled(template: Contract, parameters: Mapping[str, Any], language: str, world: World | None = None) -> Filled:
    """Return the contract that a template and values make in one of its languages, or all that is wrong with them."""
    around = world if world is not None else World()
    empty = Filled(
        template=template.id, language=language, prevailing=template.prevailing_language, title="",
        is_reviewed=template.review.state == "reviewed", parameters={},
    )  # fmt: skip
    if problems := tuple(_unwritable(template, language)):
        return replace(empty, problems=problems)
    values, faulty = normal(template, parameters, around)
    scribe = _Scribe(template, values, language)
    clauses = tuple(scribe.clauses())
    problems = (*faulty, *terms.broken(template, values, around), *(scribe.problems or scribe.idle()))
    return replace(
        empty, title=said(template.title, language), cover=tuple(variables(template, values, language)),
        clauses=clauses, parties=tuple(parties(template, values, language)), parameters=values,
        problems=_once(problems),
    )  # fmt: skip


def normal(template: Contract, given: Mapping[str, Any], world: World) -> tuple[Plain, tuple[Problem, ...]]:
    """Return the values of a template's parameters in their normal form, and what is wrong with those left out."""
    known = [one.name for one in template.parameters]
    problems = [Problem(str(name)[:60], "is no parameter of this template", _meant(str(name), known))
                for name in given if name not in known]  # fmt: skip
    values: dict[str, Any] = {}
    for one in template.parameters:
        value = given.get(one.name)
        if value is None or value in ([], {}, ""):
            if one.required:
                problems.append(Problem(one.name, "is missing", f"it takes {_takes(one)}"))
            continue
        read = kinds.read(value, one, world)
        if isinstance(read, Fault):
            problems.append(Problem(one.name, *read))
        else:
            values[one.name] = read
    return values, tuple(problems)


def missing(template: Contract, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the parameters that a contract cannot do without and that are not given."""
    return tuple(one.name for one in template.parameters if one.required and given.get(one.name) in (None, [], {}, ""))


def _takes(parameter: records.Parameter) -> str:
    if parameter.choices:
        return f"one of {words.listed(parameter.choices)}"
    return (
        f"a list of values of the type {parameter.type}" if parameter.many else f"a value of the type {parameter.type}"
    )


def _unwritable(template: Contract, language: str) -> Iterator[Problem]:
    """Yield why nothing can be written in a language, or why the template is not to be trusted."""
    if language not in template.languages:
        hint = f"its languages are {words.listed(template.languages)}"
        yield Problem("", f"the template has no text in `{language[:40]}`", hint)
    elif language not in wording.wordings():
        hint = (
            f"there are words for {words.listed(sorted(wording.wordings()))}; add them to generator/data/contracts.json"
        )
        yield Problem("", f"a contract cannot be written in `{language}` yet", hint)
    for clause in template.clauses:
        for text in (clause.heading, clause.text, *(variant.text for variant in clause.variants)):
            for _, words_of in text.texts:
                for fault in templates.faults(words_of):
                    yield Problem(
                        "", f"clause `{clause.id}`: {fault}", "correct the template; `karakana check` shows where"
                    )


class _Scribe:
    """Writes the clauses that apply, and notes what hinders it."""

    def __init__(self, template: Contract, values: Plain, language: str) -> None:
        self.template, self.values, self.language = template, values, language
        self.problems: list[Problem] = []
        self.given: dict[str, Given] = {}
        self.printed = {templates.NO: wording.word("no", language)}
        self.used: set[str] = set()
        self.room = templates.LONGEST_WRITTEN
        for one in template.parameters:
            if one.name in values:
                self.given[one.name] = self._marked(one, values[one.name])

    def _marked(self, one: records.Parameter, value: Any) -> Given:
        """Return the marks of a value, and note what stands for them in the end."""
        if value is False:
            return False
        shown = printing.printed(value, one, self.language)
        marks = [f"{one.name}.{at}" for at in range(len(shown))]
        for mark, text, item in zip(marks, shown, value if one.many else (value,), strict=True):
            self.printed[mark] = text
            code = item if isinstance(item, str) else item.get("country", "") if isinstance(item, dict) else ""
            is_code = code in words.countries()
            self.printed[templates.country_of(mark)] = words.country_name(code, self.language) if is_code else text
        return tuple(map(templates.mark, marks)) if one.many else templates.mark(marks[0])

    def clauses(self) -> Iterator[Clause]:
        """Yield the clauses that apply, numbered from 1."""
        number = 0
        for one in self.template.clauses:
            if holds(one.when, self.values):
                number += 1
                yield from self._clause(one, number)

    def _clause(self, one: records.Clause, number: int) -> Iterator[Clause]:
        text = self._chosen(one)
        if text is None:
            return
        try:
            heading = templates.inserted(self._rendered(one, one.heading), self.printed)
            blocks = templates.blocks(self._rendered(one, text), self.printed)
            self.room -= len(heading) + sum(len(line) for block in blocks for line in block.lines)
            if self.room < 0:
                raise TooLongError
        except TooLongError:
            text_of = f"clause `{one.id}` makes the contract longer than {templates.LONGEST_WRITTEN} characters"
            self.problems.append(Problem("", text_of, "shorten the values"))
            return
        self.used |= {use.name for part in (one.heading, text) for use in _uses(part, self.language)}
        yield Clause(one.id, number, " ".join(heading.split()), blocks)

    def idle(self) -> Iterator[Problem]:
        """Yield values that could be left out and that no clause of this contract says anything of."""
        for one in self.template.parameters:
            could_go = not one.required and one.name in self.values and one.name not in self.used
            if could_go and any(one.name == use.name for clause in self.template.clauses for use in _every_use(clause)):
                yield Problem(one.name, "is given, and no clause that applies says it", "leave it out")

    def _rendered(self, one: records.Clause, text: Text) -> str:
        """Return a text with marks; what is missing in it is noted, once for each value."""
        given = dict(self.given)
        while True:
            try:
                return templates.rendered(said(text, self.language), given, self.language)
            except MissingError as error:
                self.problems.append(self._lacking(one.id, error.name))
                given[error.name] = ""

    def _lacking(self, clause: str, name: str) -> Problem:
        if any(one.name == name for one in self.template.parameters):
            return Problem(name, f"{_LACKING} `{clause}` needs it", "give it a value")
        return Problem("", f"clause `{clause}` uses `{name}`, which the template does not declare", "mend the template")

    def _chosen(self, one: records.Clause) -> Text | None:
        """Return the text of a clause for the jurisdiction. One with variants has no other text to fall back on."""
        if not one.variants:
            return one.text
        where = self.values.get(JURISDICTION)
        for variant in one.variants:
            if where in variant.jurisdictions:
                return variant.text
        if where is None:
            text = f"{_LACKING} `{one.id}` differs from law to law"
        else:
            text = f"is `{where}`, and clause `{one.id}` has no text for that law"
        known = sorted({code for variant in one.variants for code in variant.jurisdictions})
        self.problems.append(Problem(JURISDICTION, text, f"there are texts for {words.listed(known)}"))
        return None


def _uses(text: Text, language: str) -> frozenset[placeholders.Use]:
    return placeholders.read(said(text, language)).uses


def _every_use(clause: records.Clause) -> Iterator[placeholders.Use]:
    for text in (clause.heading, clause.text, *(variant.text for variant in clause.variants)):
        for _, written in text.texts:
            yield from placeholders.read(written).uses


def _meant(name: str, known: list[str]) -> str:
    guess = words.closest(name, known)
    return f"did you mean `{guess}`?" if guess else "take it out"


def _once(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return problems without repetitions: that a clause lacks a value follows from what is wrong with the value."""
    wrong = {one.parameter for one in problems if not one.message.startswith(_LACKING)}
    kept = (one for one in problems if one.parameter not in wrong or not one.message.startswith(_LACKING))
    return tuple(dict.fromkeys(kept))
