"""A record's data in; an id that nothing has yet out, made of its name, then its town, then a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from .. import words
from ..checks.duplicates import reduced_id
from ..records import BY_NAME, KINDS, Hub, Record
from ..registry import Registry, identify, path_of

_LONGEST = 64


class Identities:
    """The ids that records have, had, or were given in this run."""

    def __init__(self, registries: Sequence[Registry]) -> None:
        self._registries = registries
        self._taken: set[tuple[str, str]] = set()
        for registry in registries:
            for kind in KINDS:
                ids = [*registry.ids(kind), *(id for name, id in registry.broken if name == kind.record_kind)]
                self._taken.update((kind.record_kind, _plain(kind, id)) for id in ids)
            for hub in registry.all(Hub):
                self._taken.update(("hub", _plain(Hub, id)) for id in hub.formerly)

    def is_hub(self, id: str) -> bool:
        """Tell whether an id is a hub's."""
        return any(registry.knows(Hub, id) for registry in self._registries)

    def take(self, kind: str, id: str) -> None:
        """Note that an id is given."""
        self._taken.add((kind, _plain(BY_NAME[kind], id)))

    def of_hub(self, country: str, data: dict[str, Any]) -> str:
        """Return a free id for a hub's valid data."""
        return next(id for id in _proposals(country, data) if self._is_free("hub", id))

    def of_machine(self, hub: str, data: dict[str, Any]) -> str:
        """Return a free id for a machine's valid data."""
        name = words.slug(str(data.get("name", ""))) or words.slug(str(data.get("model", "")).rpartition("/")[2])
        return self.free("machine", f"{hub}/{name or 'machine'}")

    def free(self, kind: str, id: str) -> str:
        """Return an id, with a number when it is taken; "" when it is none for this kind."""
        folder, _, name = id.rpartition("/")
        lead = f"{folder}/" if folder else ""
        ids = (id, *(f"{lead}{name[: _LONGEST - 4].rstrip('-')}-{number}" for number in range(2, 1000)))
        found = next((one for one in ids if self._is_free(kind, one)), "")
        return found if found and identify(path_of(kind, found)) == (BY_NAME[kind], found) else ""

    def _is_free(self, kind: str, id: str) -> bool:
        return (kind, _plain(BY_NAME[kind], id)) not in self._taken


def _plain(kind: type[Record], id: str) -> str:
    """Return an id for comparing: of hubs without hyphens and words of kind, so that people can tell two apart."""
    return reduced_id(id) if kind is Hub else id


def _proposals(country: str, data: dict[str, Any]) -> Iterator[str]:
    location = data["location"]
    name = words.slug(words.Text.of(data["name"]).into("en")) or _fallback(data)
    town = words.slug(location["locality"])[:30].strip("-")
    yield f"{country}/{name}"
    if town and town not in name:
        name = f"{name[: _LONGEST - len(town) - 1].strip('-')}-{town}"
        yield f"{country}/{name}"
    for number in count(2):
        yield f"{country}/{name[: _LONGEST - 6].strip('-')}-{number}"


def _fallback(data: dict[str, Any]) -> str:
    """Return a name made of an address or the town, for a name without a Latin letter."""
    for address in (data.get("website", ""), *data.get("same_as", ())):
        parts = urlsplit(address)
        last = parts.path.strip("/").rpartition("/")[2]
        host = (parts.hostname or "").removeprefix("www.").partition(".")[0]
        if found := words.slug(host if address == data.get("website") else last):
            return found
    return words.slug(f"{data['kind']} {data['location']['locality']}") or data["kind"]
