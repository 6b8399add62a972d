"""Nothing in; what the form in the browser needs to see what the checks will see: borders, telephone numbers, mail out.

The same lists and patterns as in `checks.contacts` and `outlines`, so that there is one place to change them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import outlines, words
from ..artifacts import Artifact
from ..checks import contacts
from .columns_tables import file


def rules() -> Iterator[Artifact]:
    """Yield `data/form.json`, and for each country `data/records/land/gh.json`: its outline and its numbers.

    Nobody fetches a country but who has chosen it.
    """
    found = contacts.by_the_same_rules()
    patterns = {name: _for_javascript(found[name]) for name in ("email", "birth")}
    yield file("data/form.json", {**found, **patterns})
    for country in sorted(words.countries() | outlines.countries()):
        yield file(f"data/records/land/{country}.json", _land(country))


def _land(country: str) -> dict[str, Any]:
    code, prefix, *patterns = contacts.numbers(country)
    return {"outline": outlines.steps(country), "phone": [code, prefix, *patterns]}


def _for_javascript(pattern: str) -> str:
    """Return a pattern of Python's as JavaScript reads it with the flag `u`: letters and digits of all scripts."""
    letters = pattern.replace(r"[^\W\d]", r"[\p{L}_]").replace(r"[\w", r"[\p{L}\p{N}_")
    return letters.replace(r"\w", r"[\p{L}\p{N}_]").replace(r"\d", r"\p{Nd}")
