"""Processes, materials and competences in; the one term that a word means, exactly, out.

A word means a term when both are equal in their normal form (`words.term`: no case, accents, spaces or
hyphens). A part of a word means nothing: "screen printing" is no "printing", "podcasting" no "casting".
Two things have another form in lists of what a hub has: English counts machines (saws, drill presses), and Arabic names
a thing with its article or without it (القطع بالليزر, قطع بالليزر).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .. import words
from ..diagnostics import Key
from ..records import Competence, Material, Process, Record

Term = Process | Material | Competence
_ARTICLE = "ال"
_MACHINE = re.compile(
    r"(?:cutter|drill|engraver|grinder|jointer|kiln|lathe|loom|machine|mill|oven|planer|plotter|press|printer|router|"
    r"sander|saw|scanner|station|welder)$"
)
TERMS: tuple[type[Term], ...] = (Process, Material, Competence)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Ids by the kind of record and the normal form of a word; "" for a word that means several."""

    ids: Mapping[tuple[str, str], str]

    def resolve(self, kind: type[Record], text: str) -> str:
        """Return the id of the term of a kind that a word means; "" when none or several do."""
        return self.ids.get((kind.record_kind, words.term(text)), "")


def vocabulary(terms: Iterable[Term]) -> Vocabulary:
    """Return the vocabulary of all words by which terms are called."""
    ids: dict[tuple[str, str], str] = {}
    others: dict[tuple[str, str], str] = {}
    for term in terms:
        for keys, text in names(term):
            key = (term.record_kind, words.term(text))
            ids[key] = term.id if ids.get(key, term.id) == term.id else ""
            if other := _other_form(keys, text):
                key = (term.record_kind, words.term(other))
                others[key] = term.id if others.get(key, term.id) == term.id else ""
    return Vocabulary({key: id for key, id in (others | ids).items() if key[1]})


def _other_form(keys: tuple[Key, ...], text: str) -> str:
    """Return the plural of an English machine, or Arabic without its article or with one; "" for any other word."""
    if "ar" in keys:
        return text.removeprefix(_ARTICLE) if text.startswith(_ARTICLE) else f"{_ARTICLE}{text}"
    if "en" in keys and _MACHINE.search(text):
        return f"{text}es" if text.endswith("press") else f"{text}s"
    return ""


def names(term: Term) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Yield every word for a term with the keys at which it stands: its id, former ids, labels and aliases."""
    yield (), term.id
    for at, id in enumerate(term.formerly):
        yield ("formerly", at), id
    for language, label in term.labels.texts:
        yield ("labels", language), label
    for language, aliases in term.aliases.items():
        for at, alias in enumerate(aliases):
            yield ("aliases", language, at), alias
