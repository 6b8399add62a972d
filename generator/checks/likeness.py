"""A hub in; what its name comes down to out, so that two spellings of one name can be told from two names.

'BLOLAB' and 'Blolab Cotonou' in Cotonou come down to the same word; 'FabLab ENIT' and 'FabLab Mahdia' don't.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass

from .. import words
from ..records import Hub

# What a hub is, in the languages of the directories: says nothing about which one it is.
TYPES = frozenset({
    "atelier", "fablab", "fablabs", "hackerspace", "hacklab", "hackspace", "hub", "lab", "labo", "labor",
    "laboratoire", "laboratori", "laboratorio", "laboratory", "labs", "maker", "makerlab", "makers", "makerspace",
    "makerspaces", "makespace", "oficina", "space", "taller", "werkstatt", "werkstatte", "workshop",
})  # fmt: skip
_FILLERS = frozenset({
    "a", "am", "an", "and", "at", "das", "de", "del", "della", "der", "des", "di", "die", "do", "dos", "du", "e",
    "el", "em", "en", "et", "for", "fur", "im", "in", "l", "la", "le", "les", "los", "of", "region", "the", "und",
    "y",
})  # fmt: skip
_LEGAL = frozenset({
    "asbl", "asso", "association", "ev", "ggmbh", "gmbh", "gug", "inc", "limited", "llc", "ltd", "ngo", "ong",
    "sarl", "sas", "stiftung", "ug", "verein", "vzw",
})  # fmt: skip
# Words that many names share: alone they do not tell one hub from another.
COMMON = frozenset({
    "academy", "business", "center", "centre", "centro", "club", "college", "community", "creative", "design",
    "digital", "factory", "faculty", "innovation", "institute", "mobile", "national", "open", "public", "regional",
    "school", "science", "solidaire", "solidarity", "stem", "studio", "tech", "technical", "technology", "training",
    "universidad", "universitat", "universite", "university", "youth",
})  # fmt: skip
_FIRST = frozenset({"fab", "hack", "hacker", "maker"})  # of a type in two words: 'Fab Lab'
_SECOND = frozenset({"lab", "labs", "space", "spaces"})
_AT = re.compile(r"\s+(?:at|@|c/o|bei|chez)\s+", re.IGNORECASE)  # before it the hub's name, after it the house's
_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Likeness:
    """One form of a hub's name.

    `words` are those that are no fillers, `whole` the same without spaces; `core` those that are neither a type
    nor the town, `bare` the same without spaces; `initials` the first letters of those that are no type, where
    there are three or more. The core is telling when it has three letters and a word that is not common.
    """

    words: tuple[str, ...]
    whole: str
    core: tuple[str, ...]
    bare: str
    initials: str
    is_telling: bool
    towns: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Two names that are the same but for a slip share one of these."""
        return (self.whole, " ".join(sorted(self.words)), self.bare, " ".join(sorted(self.core)), self.initials)

    @property
    def ends(self) -> tuple[str, ...]:
        """Two names of one town that are the same but for a slip, or for kind, share one of these."""
        return (f"{self.bare[:4]}…", f"…{self.bare[-4:]}")


@functools.cache
def spelling(text: str) -> tuple[str, ...]:
    """Return the words of a name in one spelling: 'Fab Lab' is one word, 'ue' is 'u', legal forms are left out."""
    plain = words.plain(text.replace("'", " ").replace("’", " "))
    found: list[str] = []
    for word in plain.replace("ae", "a").replace("oe", "o").replace("ue", "u").split():
        if found and ((found[-1] in _FIRST and word in _SECOND) or (found[-1], word) == ("e", "v")):
            found[-1] += word
        else:
            found.append(word)
    return tuple(word for word in found if word not in _LEGAL)


def likenesses(hub: Hub) -> tuple[Likeness, ...]:
    """Return the forms of a hub's name: for each language, for an abbreviation in brackets, and without its house."""
    places = {*spelling(hub.location.locality), *spelling(words.country_name(hub.country))}
    names = dict.fromkeys(text for _, text in hub.name.texts)
    forms: dict[Likeness, None] = {}
    for name in names:
        forms[_likeness(_BRACKETS.sub(" ", name), places)] = None
        head, *house = _AT.split(name, maxsplit=1)
        if house and len(spelling(head)) > 1:
            forms[_likeness(_BRACKETS.sub(" ", head), places)] = None
        for short in _BRACKETS.findall(name):
            if short.isupper():
                forms[_likeness(short, places)] = None
    return tuple(forms)


def _likeness(name: str, places: set[str]) -> Likeness:
    found = tuple(word for word in spelling(name) if word not in _FILLERS)
    core = tuple(word for word in found if word not in TYPES and word not in places)
    untyped = [word for word in found if word not in TYPES and len(word) > 1]
    bare = "".join(core)
    return Likeness(
        words=found,
        whole="".join(found),
        core=core,
        bare=bare,
        initials="".join(word[0] for word in untyped) if len(untyped) > 2 else "",
        is_telling=len(bare) > 2 and not COMMON.issuperset(core),
        towns=tuple(word for word in found if word in places),
    )


def agreement(a: Likeness, b: Likeness) -> str:
    """Return in which way two names are the same ("" if they are not)."""
    if a.whole and len(a.whole) == len(b.whole) and (a.whole == b.whole or sorted(a.words) == sorted(b.words)):
        return "the same name"
    if a.is_telling and b.is_telling:
        if a.bare == b.bare or (len(a.bare) == len(b.bare) and sorted(a.core) == sorted(b.core)):
            return "the same name but for town and kind"
        if _is_misspelt(a.bare, b.bare):
            return "almost the same name"
    if (a.is_telling and a.bare == b.initials) or (b.is_telling and b.bare == a.initials):
        return "one name abbreviates the other"
    if _is_acronym(a, b):
        return "one name abbreviates the other"
    return "one name shortens the other" if _is_shortened(a.words, b.words) else ""


def differ_in_kind(a: Likeness, b: Likeness) -> bool:
    """Tell whether two names are the same but for town and kind: 'FabLab Kumasi' and 'Kumasi Makerspace'."""
    return a.core == b.core


def _is_misspelt(a: str, b: str) -> bool:
    """Tell whether two names differ by one letter too many, by two exchanged or, in long ones, by one letter.

    A digit is no slip: it counts rooms and branches.
    """
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 6:
        return False
    at = next((at for at, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if long[at].isdigit() or short[at : at + 1].isdigit():
        return False
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    is_exchanged = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return is_exchanged or (len(short) > 8 and short[at + 1 :] == long[at + 1 :])


def _is_shortened(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether names agree word by word where one may be cut short: 'Tech' for 'Technical'."""
    if len(a) != len(b) or not set(a) & set(b) - COMMON - TYPES:
        return False
    return all(
        x == y or (min(len(x), len(y)) >= 3 and (x.startswith(y) or y.startswith(x))) for x, y in zip(a, b, strict=True)
    )


def holds(a: Likeness, b: Likeness) -> bool:
    """Tell whether all telling words of one name are in the other; digits must be the same: they count branches.

    Of a name that has none, such as 'FabLab Ho', all words must be there, glued or not.
    """
    if {word for word in a.core if word.isdigit()} != {word for word in b.core if word.isdigit()}:
        return False
    short, long = sorted((a, b), key=lambda one: (len(one.core), len(one.words), one.words))
    if short.core and set(short.core) <= set(long.core):
        return True
    if not short.core and len(short.words) > 1 and set(short.words) <= set(long.words):
        return True
    return len(short.whole) > 5 and short.whole in _runs(long)


def _runs(one: Likeness) -> set[str]:
    """Return the words of a name glued together, from each to each."""
    return {"".join(one.words[start:end]) for start, end in itertools.combinations(range(len(one.words) + 1), 2)}


def rest(a: Likeness, b: Likeness) -> set[str]:
    """Return the words that only one of two names has, apart from towns."""
    return (set(a.core) ^ set(b.core)) if a.core or b.core else set(a.words) ^ set(b.words)


def _is_acronym(a: Likeness, b: Likeness) -> bool:
    """Tell whether a word of one name stands for three or more of the other's, all else being the same."""
    short, long = (a.words, b.words) if len(a.words) < len(b.words) else (b.words, a.words)
    size = len(long) - len(short) + 1
    return size > 2 and any(
        short[:at] == long[:at]
        and short[at + 1 :] == long[at + size :]
        and short[at] == "".join(word[0] for word in long[at : at + size])
        for at in range(len(short))
    )
