"""A word for what a hub is, as other lists have it, in; the registry's kind of hub out."""

from __future__ import annotations

from .. import words

_KINDS = {
    "fab-lab": ("fablab", "fablabs", "minifablab", "supernode", "plannedfablab", "fabricationlab"),
    "mobile-lab": ("mobile", "mobilelab", "mobilefablab", "fabvan", "fabtruck"),
    "hackerspace": ("hackerspace", "hackspace", "hackerlab", "hacklab", "chaostreff"),
    "makerspace": ("makerspace", "makerlab", "communityworkshop", "openworkshop"),
    "digital-innovation-hub": ("digitalinnovationhub", "dih", "innovationhub", "techhub"),
    "workshop": ("workshop", "repaircafe", "bicyclerepair", "diyworkshop", "offenewerkstatt"),
    "training-centre": ("trainingcentre", "trainingcenter", "school", "vocationalschool"),
    "manufacturer": ("manufacturer", "factory", "industry", "company", "sme", "manufacturing"),
}
_BY_WORD = {word: kind for kind, several in _KINDS.items() for word in (*several, words.term(kind))}
_INSIDE = (
    ("fablab", "fab-lab"), ("hackerspace", "hackerspace"), ("hackspace", "hackerspace"), ("hacklab", "hackerspace"),
    ("makerspace", "makerspace"), ("makerlab", "makerspace"),
)  # fmt: skip


def kind_of_hub(word: str) -> str:
    """Return the kind that a word means, exactly; "" when none."""
    return _BY_WORD.get(words.term(word), "")


def kind_by_name(name: str) -> str:
    """Return the kind that a hub's own name says it is; "" when it says none."""
    letters = words.term(name)
    return next((kind for part, kind in _INSIDE if part in letters), "")
