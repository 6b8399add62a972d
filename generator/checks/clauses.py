"""The texts of contract templates: their languages, and the parameters that they use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .. import placeholders, unseen, words
from ..diagnostics import Finding, Key, Severity
from ..placeholders import Reading
from ..records import Contract
from ..registry import Registry
from ..words import Text
from .check import check
from .conditions import comparisons
from .contracts import related
from .parameters import JURISDICTION
from .steps import meant

Keyed = tuple[tuple[Key, ...], Text]
_TAG = re.compile(r"\{[{%][^{}]*[%}]\}")
_LIST = re.compile(r"^[ \t]*[0-9]+\.(?= |$)", re.MULTILINE)
_APART = r"[.,' \u00a0\u202f\u2019\u066b\u066c]"  # thousands and decimals of some language
_NUMBER = re.compile(rf"\d+(?:{_APART}\d{{3}}(?!\d))*(?:[.,\u066b]\d+)?")
_NO_FIGURE = re.compile(r"\D")


@check(Severity.ERROR)
def forbidden_template_syntax(registry: Registry) -> Iterator[Finding]:
    """A clause uses template syntax that is not allowed.

    Templates come from many hands, so that their syntax is a short list: `{{ name }}` prints a parameter,
    `{% if name %}` or `{% if not name %}` up to `{% endif %}` shows a text when it is given, and `{% for item
    in name %}` up to `{% endfor %}` repeats a text for each item of a list. Nothing is computed or called. Titles
    and labels hold no tags at all: they are printed as they are.
    """
    for contract in registry.each(Contract):
        for keys, _, reading in _readings(contract):
            for problem in reading.problems:
                yield Finding(contract.at(*keys), problem, f"write only {placeholders.SYNTAX}")
        for keys, text in (*_labels(contract), *_explanations(contract)):
            for language, string in text.texts:
                reading = placeholders.read(string)
                if reading.problems or reading.names:
                    place = contract.at(*keys, language) if language else contract.at(*keys)
                    yield Finding(place, "tags are not filled in here", "write it without `{{`, `{%` and `{#`")


@check(Severity.ERROR)
def unseen_in_contract(registry: Registry) -> Iterator[Finding]:
    """A text of a contract template holds what nobody can see.

    Nobody must sign letters that are not seen or that turn the writing around, or a label that goes on in a line of
    its own, where it looks like a clause. Delete the character; write titles, headings and labels on one line.
    """
    for contract in registry.each(Contract):
        for keys, text in (*_labels(contract), *_template_texts(contract)):
            for language, string in text.texts:
                found = unseen.fault(string.replace("\n", " "))
                if keys[-1] != "text" and "\n" in string:
                    found = "goes on in another line"
                if found:
                    place = contract.at(*keys, language) if language else contract.at(*keys)
                    yield Finding(place, f"the text {found}", "delete what is not seen; titles and labels are one line")


@check(Severity.ERROR)
def undeclared_parameter(registry: Registry) -> Iterator[Finding]:
    """A clause uses a parameter that the template does not declare.

    Nobody would be asked for its value, and what a parameter or milestone is compared with (`sum_of`, `per`,
    `not_before`, `apart_from`, `at_most`, `below`, `due`, `payment`) would never be looked at. Declare it, or correct
    the name.
    """
    for contract in registry.each(Contract):
        names = [parameter.name for parameter in contract.parameters]
        used = [(keys, name) for keys, _, reading in _readings(contract) for name in sorted(reading.names)]
        used += [(comparison.keys, comparison.parameter) for comparison in comparisons(contract)]
        used += related(contract)
        for keys, name in used:
            if name not in names:
                yield Finding(contract.at(*keys), f"no parameter is called `{name}`", meant(name, names))


@check(Severity.WARNING)
def unused_parameter(registry: Registry) -> Iterator[Finding]:
    """A parameter of a contract template is used nowhere.

    People would fill in a value that no clause mentions and no condition looks at. Use it, or take it away.
    """
    for contract in registry.each(Contract):
        used = {name for _, _, reading in _readings(contract) for name in reading.names}
        used |= {comparison.parameter for comparison in comparisons(contract)}
        used |= {JURISDICTION for clause in contract.clauses if clause.variants}
        for at, parameter in enumerate(contract.parameters):
            if parameter.name not in used:
                text = f"no clause uses `{parameter.name}`"
                yield Finding(contract.at("parameters", at, "name"), text, "use it in a clause, or take it away")


@check(Severity.ERROR)
def loop_over_one_value(registry: Registry) -> Iterator[Finding]:
    """A clause goes through the items of a parameter that is no list.

    `{% for %}` needs a parameter with `many: true`. Print a single value with `{{ name }}`.
    """
    for contract in registry.each(Contract):
        single = {parameter.name for parameter in contract.parameters if not parameter.many}
        for keys, _, reading in _readings(contract):
            for use in sorted(reading.uses):
                if use.what == "for" and use.name in single:
                    text = f"`{use.name}` takes one value, and `{use}` needs a list"
                    yield Finding(contract.at(*keys), text, f"give `{use.name}` `many: true`, or print it")


@check(Severity.ERROR)
def hidden_parameter(registry: Registry) -> Iterator[Finding]:
    """A loop of a clause gives its items the name of a parameter.

    Within the loop the name no longer means what was filled in for the parameter, and who reads the clause is misled.
    Give the items a name of their own.
    """
    for contract in registry.each(Contract):
        names = {parameter.name for parameter in contract.parameters}
        for keys, _, reading in _readings(contract):
            for name in sorted(reading.items & names):
                text = f"`{{% for {name} in … %}}` hides the parameter `{name}`"
                yield Finding(contract.at(*keys), text, "give the items another name")


@check(Severity.ERROR)
def placeholders_differ(registry: Registry) -> Iterator[Finding]:
    """A clause says different things in two languages.

    The text uses other parameters in one language than in another, or under other conditions, or names another
    number: the two are no translations of each other, and a contract would depend on the language in which it is
    read. Use the same ones, and write a number in figures in every language or in none.
    """
    for contract in registry.each(Contract):
        for keys, text in _template_texts(contract):
            readings = [(language, placeholders.read(words)) for language, words in text.texts]
            first, expected = readings[0]
            for language, reading in readings[1:]:
                if reading.structure != expected.structure:
                    uses = [str(use) for use in sorted(reading.uses ^ expected.uses)]
                    differing = words.listed(uses or sorted(reading.structure ^ expected.structure))
                    hint = "use the same parameters in every language"
                    problem = f"`{language}` and `{first}` differ in {differing}"
                    yield Finding(contract.at(*keys, language), problem, hint)
            for language, odd in _other_numbers(text):
                problem = f"`{language}` and `{first}` differ in the numbers {words.listed(odd)}"
                yield Finding(contract.at(*keys, language), problem, "write the same numbers in every language")


def _other_numbers(text: Text) -> Iterator[tuple[str, list[str]]]:
    """Yield each language whose figures are not those of the first, and which ones."""
    known = [(language, _numbers(string)) for language, string in text.texts]
    for language, found in known[1:]:
        if odd := sorted(found ^ known[0][1]):
            yield language, odd


def _numbers(text: str) -> set[str]:
    """Return the numbers of a text in figures, whatever their script and separators; not those that begin a list."""
    figures = (_NO_FIGURE.sub("", found) for found in _NUMBER.findall(_LIST.sub("", _TAG.sub(" ", text))))
    return {"".join(str(unicodedata.digit(one)) for one in found) for found in figures}


@check(Severity.ERROR)
def missing_translation(registry: Registry) -> Iterator[Finding]:
    """A text of a contract template lacks one of the template's languages.

    `languages` promises that every clause, label and heading is there in each of them, the prevailing one
    among them. Translate the text, or take the language out of `languages`.
    """
    for contract in registry.each(Contract):
        if contract.prevailing_language not in contract.languages:
            problem = f"the prevailing language `{contract.prevailing_language}` is none of `languages`"
            yield Finding(
                contract.at("prevailing_language"), problem, f"choose one of {words.listed(contract.languages)}"
            )
        for keys, text in (*_labels(contract), *_template_texts(contract)):
            there = [language or registry.language for language, string in text.texts if string.strip()]
            missing = [language for language in contract.languages if language not in there]
            if missing:
                problem = f"not translated into {words.listed(missing)}"
                yield Finding(contract.at_key(*keys), problem, "translate it, or shorten `languages`")


def _readings(contract: Contract) -> Iterator[tuple[tuple[Key, ...], str, Reading]]:
    """Yield (keys, language, what it uses) of each text with placeholders, in each of its languages."""
    for keys, text in _template_texts(contract):
        for language, string in text.texts:
            yield (*keys, language) if language else keys, language, placeholders.read(string)


def _template_texts(contract: Contract) -> Iterator[Keyed]:
    """Yield the keys and text of everything in which placeholders may stand."""
    for at, clause in enumerate(contract.clauses):
        yield ("clauses", at, "heading"), clause.heading
        yield ("clauses", at, "text"), clause.text
        for number, variant in enumerate(clause.variants):
            yield ("clauses", at, "variants", number, "text"), variant.text


def _labels(contract: Contract) -> Iterator[Keyed]:
    """Yield the keys and text of the title and the labels, which the form shows."""
    yield ("title",), contract.title
    for at, role in enumerate(contract.roles):
        yield ("roles", at, "label"), role.label
    for at, parameter in enumerate(contract.parameters):
        yield ("parameters", at, "label"), parameter.label
        for choice, label in parameter.choice_labels.items():
            yield ("parameters", at, "choice_labels", choice), Text.of(label)
    for at, milestone in enumerate(contract.milestones):
        yield ("milestones", at, "label"), milestone.label


def _explanations(contract: Contract) -> Iterator[Keyed]:
    """Yield the keys and text of what explains the template, in which lines may break."""
    found: list[tuple[tuple[Key, ...], Text | None]] = [(("summary",), contract.summary)]
    found += [(("roles", at, "duties"), role.duties) for at, role in enumerate(contract.roles)]
    found += [(("parameters", at, "description"), one.description) for at, one in enumerate(contract.parameters)]
    yield from ((keys, text) for keys, text in found if text is not None)
