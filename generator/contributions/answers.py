"""Answers by their labels in; the same by the questions' ids, with the ticked boxes, and what is wanted, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..importers import text
from ..words import closest, listed, term
from .proposal import Want
from .questions import QUESTIONS, Question

_TICKED = re.compile(r"\s*[-*+] \[[xX]\][ \t]+(.*)\Z")
_BOX = re.compile(r"\s*[-*+] \[[ xX]?\]")
_BOXES = ("services", "consent")
_LONG = ("machines", "summary")
_LONGEST_LINE = 1000
_LONGEST = 25_000  # more than a summary may have; cleaning takes the square of it at worst
_LONGEST_ROW = 400


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, by question; "" for nothing. Where boxes are ticked, their words."""

    texts: Mapping[str, str]
    services: tuple[str, ...]
    wants: tuple[Want, ...]

    def __getitem__(self, id: str) -> str:
        return self.texts.get(id, "")


def read(given: Mapping[str, str]) -> Answers:
    """Return the answers of a body, and a want for each that is missing or none of its choices."""
    texts: dict[str, str] = {}
    services: tuple[str, ...] = ()
    wants: list[Want] = []
    for question in QUESTIONS:
        said = given.get(question.label, "")
        if len(said) > _LONGEST:
            wants.append(Want(question.label, "the answer is far too long", "shorten it"))
            continue
        if question.id in _BOXES:
            ticked, faults = _ticked(question, said)
            services = ticked if question.id == "services" else services
            texts[question.id] = " ".join(ticked)
        else:
            texts[question.id], faults = _one(question, said)
        wants += faults
        if question.is_required and not texts[question.id] and not faults:
            wants.append(Want(question.label, "it is not answered", _how(question), said))
    return Answers(texts, services, tuple(wants))


def _one(question: Question, said: str) -> tuple[str, list[Want]]:
    """Return an answer without what cannot be seen; one of the choices, where there are any."""
    if question.id in _LONG:
        return text.prose(said) if question.id == "summary" else _machines(said), []
    found = text.line(said)
    if len(found) > _LONGEST_LINE:
        return "", [Want(question.label, "the answer is far too long", "one line is enough", said)]
    if not question.choices or not found:
        return found, []
    if choice := _choice(question, found):
        return choice, []
    if question.id == "access" and found.lower() in ("none", "i don't know"):
        return "", []
    return "", [Want(question.label, "it is none of the choices", _how(question, found), said)]


def _machines(said: str) -> str:
    """Return the lines of an answer, one machine each. A `-` or a number that makes a list of them goes."""
    rows = [text.line(re.sub(r"\A\s*(?:[-*+•]|\d{1,2}[.)])\s+", "", row), _LONGEST_ROW) for row in said.split("\n")]
    return "\n".join(row for row in rows if row)


def _choice(question: Question, found: str) -> str:
    same = {term(choice): choice for choice in question.choices}
    return same.get(term(found), "")


def _ticked(question: Question, said: str) -> tuple[tuple[str, ...], list[Want]]:
    """Return the boxes that are ticked, in the form's order; a want for what is none of them."""
    rows = [row for row in said.split("\n") if row.strip()]
    words = [text.line(found[1]) for row in rows if (found := _TICKED.match(row))]
    chosen = {choice for word in words if (choice := _choice(question, word))}
    strange = [word for word in words if not _choice(question, word)]
    strange += [text.line(row) for row in rows if not _BOX.match(row)]
    wants = [Want(question.label, f"`{text.cut(word, 80)}` is none of the boxes", _how(question, word), said)
             for word in strange[:3]]  # fmt: skip
    return tuple(choice for choice in question.choices if choice in chosen), wants


def _how(question: Question, found: str = "") -> str:
    if not question.choices:
        return "write it below its heading"
    if question.id == "consent":
        return "tick its box: `- [x]`"
    near = closest(found, question.choices) if found else ""
    return f"did you mean `{near}`?" if near else f"choose one of {listed(question.choices)}"
