"""Records that are known already, and a draft that is neither hub nor machine, in; which one it is, and why, out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from .. import words
from ..checks.suspects import plain_address
from ..records import BY_NAME, Record
from ..registry import Registry
from .terms import model_term

_COMPUTED = ("sources", "verified")


class KnownOthers:
    """Records of registries and of this run by kind, read when first asked for."""

    def __init__(self, registries: Sequence[Registry]) -> None:
        self._registries = registries
        self._known: dict[str, dict[str, str]] = {}  # kind → what a record is called by → its id

    def find(self, kind: str, id: str, data: dict[str, Any]) -> tuple[str, str]:
        """Return the id of the record that a draft is, and what speaks for it; ("", "") when it is new."""
        known = self._of(kind)
        for sign, why in _signs(kind, id, data):
            if sign in known:
                return known[sign], why
        return "", ""

    def add(self, kind: str, id: str, data: dict[str, Any]) -> None:
        """Make a record known that was drafted now."""
        for sign, _ in _signs(kind, id, data):
            self._of(kind).setdefault(sign, id)

    def _of(self, kind: str) -> dict[str, str]:
        if kind not in self._known:
            self._known[kind] = {}
            record: type[Record] = BY_NAME[kind]
            for registry in self._registries:
                for one in registry.all(record):
                    self.add(kind, one.id, registry.data(one))
        return self._known[kind]


def _signs(kind: str, id: str, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a record can be found again by, each with words for it."""
    if kind == "design" and data.get("repository"):
        name = words.term(str(data.get("name", "")))
        yield f"{plain_address(str(data['repository']))} {name}", "the same repository and name"
    if kind == "model":
        brand = data.get("brand", "")
        for name in (data.get("name", ""), *data.get("aliases", ())):
            yield f"model {model_term(_whole(str(name), str(brand)))}", "the same brand and name"
    content = {key: value for key, value in data.items() if key not in _COMPUTED}
    yield f"content {json.dumps(content, sort_keys=True)}", "the same content"
    if kind != "design":
        yield f"id {id}", "the same id"


def _whole(name: str, brand: str) -> str:
    return name if name.lower().startswith(brand.lower()) else f"{brand} {name}"
