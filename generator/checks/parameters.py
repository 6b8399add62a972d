"""The parameters of contract templates: what they are compared with, their choices, and the law that they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import placeholders, words
from ..diagnostics import Finding, Key, Severity
from ..records import Contract
from ..records.contract import Clause, Parameter
from ..registry import Registry
from ..words import Text
from .check import check
from .conditions import NUMBERS

JURISDICTION = "jurisdiction"  # the parameter that chooses among the variants of a clause
_DATES, _PARTIES, _MONEY = ("date",), ("party",), ("money",)
Wrong = tuple[tuple[Key, ...], str, str]  # keys below the parameter or milestone, what is wrong, the way out


@check(Severity.ERROR)
def unfit_parameter(registry: Registry) -> Iterator[Finding]:
    """A parameter of a contract template has a rule that its type cannot keep.

    Sums and limits are of numbers or of money, `not_before` and `due` of dates, `apart_from` and `role` of parties,
    `per` of lists, `payment` of money, `choices` and `choice_labels` of choices; each choice has a label of its own,
    or none has. No parameter is compared with itself, and none is named like a word of the clauses' syntax (`if`,
    `loop`, `self`).
    """
    for contract in registry.each(Contract):
        parameters = {one.name: one for one in contract.parameters}
        for at, one in enumerate(contract.parameters):
            for keys, problem, hint in (*_named(one), *_compared(one, parameters), *_limits(one), *_choices(one)):
                yield Finding(contract.at_key("parameters", at, *keys), problem, hint)
        for at, milestone in enumerate(contract.milestones):
            for key, name, kinds in (("due", milestone.due, _DATES), ("payment", milestone.payment, _MONEY)):
                found = parameters.get(name)
                if found is not None and (found.type not in kinds or (found.many and kinds is _DATES)):
                    problem = f"`{key}` takes one {kinds[0]}, and `{name}` is {_kind(found)}"
                    yield Finding(contract.at("milestones", at, key), problem, f"name a {kinds[0]}")


def _named(one: Parameter) -> Iterator[Wrong]:
    if one.name in placeholders.RESERVED:
        yield ("name",), f"`{one.name}` is a word of the syntax and no name", "rename it"


def _compared(one: Parameter, parameters: Mapping[str, Parameter]) -> Iterator[Wrong]:
    """Yield what a parameter is compared with and cannot be."""
    numbers = NUMBERS if one.type in NUMBERS else ()
    rules = (
        ("sum_of", one.sum_of, numbers or (_MONEY if one.type in _MONEY else ())),
        ("at_most", (one.at_most,) if one.at_most else (), numbers),
        ("below", (one.below,) if one.below else (), numbers),
        ("not_before", one.not_before, _DATES if one.type in _DATES else ()),
        ("apart_from", one.apart_from, _PARTIES if one.type in _PARTIES else ()),
        ("per", (one.per,) if one.per else (), tuple({other.type for other in parameters.values()})),
    )
    for key, names, kinds in rules:
        for name in names:
            other = parameters.get(name)
            if name == one.name:
                yield (key,), f"`{name}` is compared with itself", "name another parameter"
            elif other is not None and (other.type not in kinds or not _is_as_many(key, one, other)):
                problem = f"`{key}` does not go from {_kind(one)} to `{name}`, {_kind(other)}"
                yield (key,), problem, "compare what is of one kind"
    if one.role and one.type not in _PARTIES:
        yield ("role",), f"`role` is for parties, and this is {_kind(one)}", "take `role` away"


def _is_as_many(key: str, one: Parameter, other: Parameter) -> bool:
    """Tell whether lists and single values stand where a rule can use them."""
    if key == "per":
        return one.many and other.many
    if key in ("at_most", "below"):
        return one.many == other.many
    return key != "sum_of" or not one.many


def _limits(one: Parameter) -> Iterator[Wrong]:
    """Yield limits of what has none, and what no value can keep."""
    given = {key: limit for key in ("minimum", "maximum") if (limit := getattr(one, key)) is not None}
    for key in given:
        if one.type not in (*NUMBERS, *_MONEY):
            yield (key,), f"`{key}` is for numbers and money, and this is {_kind(one)}", f"take `{key}` away"
    if len(given) == 2 and given["minimum"] > given["maximum"]:
        yield ("minimum",), "the least value is greater than the greatest", "correct one of the two"


def _choices(one: Parameter) -> Iterator[Wrong]:
    """Yield choices and labels that stand where none are, or that cannot be told apart."""
    for key in ("choices", "choice_labels"):
        if getattr(one, key) and one.type != "choice":
            yield (key,), f"`{key}` are for a choice, and this is {_kind(one)}", f"take `{key}` away"
    if not one.choice_labels or one.type != "choice":
        return
    if odd := sorted(set(one.choices) ^ set(one.choice_labels)):
        yield ("choice_labels",), f"choices and labels differ in {words.listed(odd)}", "give each choice a label"
    seen: dict[tuple[str, str], str] = {}
    for choice, label in sorted(one.choice_labels.items()):
        for language, text in Text.of(label).texts:
            first = seen.setdefault((language, words.plain(text)), choice)
            if first != choice:
                yield ("choice_labels", choice), f"`{choice}` is called the same as `{first}`", "tell them apart"


def _kind(one: Parameter) -> str:
    return f"{'a list' if one.many else 'one value'} of the type {one.type}"


@check(Severity.ERROR)
def unclear_variant(registry: Registry) -> Iterator[Finding]:
    """A clause has texts for several laws, and it is not clear which one stands.

    The parameter `jurisdiction` chooses among `variants`: it is one choice among countries, each of them has one
    variant and no more, or the clause would be there without anybody knowing what it says.
    """
    for contract in registry.each(Contract):
        where = next((one for one in contract.parameters if one.name == JURISDICTION), None)
        for at, clause in enumerate(contract.clauses):
            for problem, hint in _unclear(clause, where) if clause.variants else ():
                yield Finding(contract.at_key("clauses", at, "variants"), problem, hint)


def _unclear(clause: Clause, where: Parameter | None) -> Iterator[tuple[str, str]]:
    codes = [code for variant in clause.variants for code in variant.jurisdictions]
    if where is None or where.type != "choice" or where.many:
        yield f"no parameter `{JURISDICTION}` is one choice", "add it, with the countries as its choices"
        return
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{words.listed(twice)} has several texts", "leave each country in one variant"
    if not clause.when and (lacking := sorted(set(where.choices) - set(codes))):
        yield f"{words.listed(lacking)} can be chosen and has no text", "write one, or take the choice away"
