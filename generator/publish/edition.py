"""One language's edition of the site: the registry, the interface words, and the links between records."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..log import Log
from ..matching.needs import Needs, needs
from ..operators import matcher_of
from ..passports.mutual import Naming, Place, Weighing, naming_of, with_members
from ..passports.recognising import Facts, facts_of
from ..records import Design, Hub, Machine, Network, Passport, Record, Settings
from ..records.machine import Model
from ..registry import Registry
from ..registry.coverage import Coverage, coverage
from ..registry.demonstration import is_invented
from ..registry.foreign import Federation, ForeignHub
from ..registry.freshness import Freshness, freshness
from ..registry.nearby import Nearby
from ..words import Text, plain
from .crossings import Crossings
from .page import Item
from .strings import Strings

if TYPE_CHECKING:
    from ..matching.search import Matcher

_ALONE = Federation()


@dataclass(frozen=True, eq=False)
class Relations:
    """What editions in every language have in common: who refers to whom, who is near whom, what changed when.

    `read_history` gives the history of the records; it may wait for another process, and is called once. `federation`
    is what is known of other registries.
    """

    registry: Registry
    read_history: Callable[[], Log] = Log
    federation: Federation = _ALONE

    @functools.cached_property
    def history(self) -> Log:
        """What changed when; empty when nobody gave it."""
        return self.read_history()

    @functools.cached_property
    def foreign(self) -> tuple[ForeignHub, ...]:
        """Hubs of other registries that are none of ours too, in the order of peers and ids."""
        known = self.federation
        return tuple(one for one in known.hubs if all(twin.peer for twin in known.twins.get(one.key, ())))

    @functools.cached_property
    def foreign_in(self) -> Mapping[str, tuple[ForeignHub, ...]]:
        """The same hubs by country."""
        found: dict[str, list[ForeignHub]] = {}
        for one in self.foreign:
            found.setdefault(one.record.country, []).append(one)
        return {code: tuple(hubs) for code, hubs in found.items()}

    @functools.cached_property
    def coverage(self) -> Coverage:
        """What the registry covers, in figures."""
        return coverage(self.registry)

    @functools.cached_property
    def needs(self) -> Needs:
        """What designs and requests need, and who lacks it."""
        return needs(self.registry)

    @functools.cached_property
    def matcher(self) -> Matcher:
        """Who can make what, with reasons: gathered once, when somebody asks first."""
        return matcher_of(self.registry)

    @functools.cached_property
    def has_steps(self) -> bool:
        """Whether any design says how it is made: without one there is nothing to match."""
        return any(design.operations for design in self.registry.all(Design))

    @functools.cached_property
    def crossings(self) -> Crossings:
        """Who refers to whom."""
        return Crossings(self.registry)

    @functools.cached_property
    def facts(self) -> Facts:
        """What decisions about passports are taken from."""
        return facts_of(self.registry)

    @functools.cached_property
    def members(self) -> Facts:
        """The same facts, which also know what stands for any member of a network."""
        return with_members(self.facts, self.registry.ids(Network))

    @functools.cached_property
    def naming(self) -> Naming:
        """Which hubs have rules of recognition, and whom these name."""
        return naming_of(self.facts)

    @functools.lru_cache(maxsize=1 << 13)  # noqa: B019 there is one of these for a build
    def weighing(self, place: Place, top: int) -> Weighing:
        """What credentials count as at a hub for a competence, on the registry's day."""
        return Weighing(self.members, self.registry.as_of, place, top)

    @functools.cached_property
    def nearby(self) -> Nearby:
        """Open hubs that lie near each other."""
        hubs = (hub for hub in self.registry.all(Hub) if hub.status != "closed")
        return Nearby({hub.id: point for hub in hubs if (point := hub.location.point)})

    def prepare(self) -> None:
        """Make ahead what every page asks for, so that processes that are forked later share it."""
        for hub in self.registry.all(Hub):
            self.registry.machines_of(hub)
        _ = self.coverage, self.crossings, self.nearby, self.history, self.foreign_in, self.members, self.naming
        _ = self.has_steps and self.matcher


@dataclass(frozen=True, eq=False)
class Edition:
    """What every page of one language is made from."""

    registry: Registry
    settings: Settings
    strings: Strings
    relations: Relations

    @property
    def language(self) -> str:
        """The language of its pages, BCP 47."""
        return self.strings.language

    @property
    def prefix(self) -> str:
        """Where its pages lie below the site's root: "" for the registry's default language, else `fr/`."""
        return prefix(self.settings, self.language)

    @functools.cached_property
    def name(self) -> str:
        """What the registry calls itself."""
        return self.text(self.settings.name)

    @property
    def crossings(self) -> Crossings:
        """Who refers to whom."""
        return self.relations.crossings

    @property
    def matcher(self) -> Matcher:
        """Who can make what, with reasons."""
        return self.relations.matcher

    @property
    def nearby(self) -> Nearby:
        """Open hubs that lie near each other."""
        return self.relations.nearby

    @property
    def history(self) -> Log:
        """What changed when; `history.spans` by the path of a record."""
        return self.relations.history

    @functools.cached_property
    def hub_ranks(self) -> dict[str, int]:
        """Where each hub stands in lists: by town and name, those closed or not verified for years last."""
        return {hub.id: rank for rank, hub in enumerate(sorted(self.registry.all(Hub), key=self._order))}

    def _order(self, hub: Hub) -> tuple[bool, str, str, str]:
        is_old = hub.status != "active" or freshness(hub.verified, self.registry.as_of) is Freshness.STALE
        return (is_old, plain(hub.location.locality), plain(self.text(hub.name)), hub.id)

    @functools.cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        return {}

    def text(self, text: Text | None) -> str:
        """Return text in this edition's language, else the registry's; "" for none."""
        return text.into(self.language, self.settings.language) if text is not None else ""

    def language_of(self, text: Text | None) -> str:
        """Return the language of what `text` returns when it is another than the page's, else ""."""
        if text is None:
            return ""
        found = text.chosen(self.language, self.settings.language)[0] or self.settings.language
        return "" if found == self.language else found

    def label(self, kind: type[Record], id: str) -> str:
        """Return what a record is called in this language; its id when it is not there."""
        key = (kind.record_kind, id)
        known = self._labels.get(key)
        if known is None:
            record = self.registry.get(kind, id)
            known = self._labels[key] = title(self, record) if record is not None else id
        return known

    def link(self, kind: type[Record], id: str, note: str = "", tone: str = "") -> Item:
        """Return a link to a record's page; its bare id when it is not there."""
        if id not in self.registry.ids(kind):
            return Item(id, note=note)
        return Item(self.label(kind, id), page=address(kind, id), note=note, tone=tone)

    def links(self, kind: type[Record], ids: Iterable[str]) -> tuple[Item, ...]:
        """Return links to records of a kind, in the order given."""
        return tuple(self.link(kind, id) for id in ids)

    def is_invented(self, record: Record) -> bool:
        """Tell whether a record is a demonstration, which is marked and left out of the open data."""
        return is_invented(self.registry, record)

    def is_hidden(self, record: Record) -> bool:
        """Tell whether search engines shall not list a record's page: passports, and what is invented."""
        return isinstance(record, Passport) or self.is_invented(record)

    def data(self, record: Record) -> str:
        """Return the path of a record's open data; "" for an invented one, which has none."""
        return "" if self.is_invented(record) else f"api/v1/{record.folder}/{record.id}.json"

    def words(self, group: str, values: Iterable[str]) -> tuple[Item, ...]:
        """Return the words for allowed values of a schema."""
        return tuple(Item(self.strings.label(group, value)) for value in values)


def prefix(settings: Settings, language: str) -> str:
    """Return where a language's pages lie below the site's root: the default language at the root itself."""
    return "" if language == settings.language else f"{language}/"


def address(kind: type[Record], id: str) -> str:
    """Return the path of a record's page below the site's root."""
    return f"{kind.folder}/{id}/"


def title(edition: Edition, record: Record) -> str:
    """Return what a record is called, in the edition's language."""
    if isinstance(record, Machine):
        return edition.registry.complete(record).name or record.id.rpartition("/")[2]
    if isinstance(record, Model):
        return record.full_name
    for key in ("labels", "name", "title"):
        text = getattr(record, key, None)
        if isinstance(text, Text):
            return edition.text(text)
    return record.id.rpartition("/")[2]
