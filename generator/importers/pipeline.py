"""Drafts in; for each a file, the record that it duplicates, or the reason why it is none, out, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from .. import canonical, documents, schemas, words
from ..records import Hub, Machine, build
from ..registry import Registry, hours, path_of
from . import fitting, hubs, privacy, text
from .drafts import Draft, Rejected, Row
from .duplicates import KnownHubs
from .identity import Identities
from .known_machines import KnownMachines
from .listings import is_listing
from .others import KnownOthers
from .outcomes import Drafted, Duplicate, Outcome
from .source import Source

_LOST = "_"  # the hub of a key whose row was rejected
_TOWN = "no town is given: the country's name stands for it; look it up on a map"
_WAITS = "?"  # the hub of a key whose row has no town yet


class Intake:
    """Takes the rows of one source, knowing the registries' records and what the rows before became.

    `registries` are the one that is imported into and others whose records count as known. `as_of` is the day of the
    import: the one on which facts were verified when the source does not say when they were read.
    """

    def __init__(self, registries: Sequence[Registry], source: Source, as_of: date) -> None:
        self._source = source
        self._as_of = as_of
        self._ids = Identities(registries)
        self._hubs = KnownHubs(registries)
        self._machines = KnownMachines(registries)
        self._others = KnownOthers(registries)
        self._waiting: dict[str, Draft] = {}
        self._is_last = False
        self._keys: dict[str, str] = {}  # what the source calls a hub → its id, _LOST or _WAITS

    def take(self, rows: Iterable[Row]) -> Iterator[Outcome]:
        """Yield what becomes of each row: exactly one outcome each.

        A hub that names no town or no country, or no way to reach it, comes last, with its machines: all other rows
        have said by then which hubs and towns there are.
        """
        waiting: list[Draft] = []
        for row in rows:
            outcome = row if isinstance(row, Rejected) else self._taken(row)
            if outcome is not None:
                yield outcome
            elif isinstance(row, Draft):
                waiting.append(row)
        while waiting:
            left: list[Draft] = []
            for row in waiting:
                outcome = self._taken(row)
                if outcome is not None:
                    yield outcome
                else:
                    left.append(row)
            self._is_last = len(left) == len(waiting)  # nothing that is still to come knows another town
            waiting = sorted(left, key=_lacks) if self._is_last else left

    def _taken(self, draft: Draft) -> Outcome | None:
        """Return what becomes of a row, None when that cannot be said yet."""
        if draft.kind == "hub":
            outcome = self._hub(draft)
            self._call(draft, outcome)
            return outcome
        return self._machine(draft) if draft.kind == "machine" else self._other(draft)

    def _call(self, draft: Draft, outcome: Outcome | None) -> None:
        """Note which hub a key of the source means: that of the first row that has it, also when the row waits."""
        if draft.key and (draft.key not in self._keys or self._waiting.get(draft.key) is draft):
            self._keys[draft.key] = _WAITS if outcome is None else _id_in(outcome)
            if outcome is None:
                self._waiting[draft.key] = draft

    def _hub(self, draft: Draft) -> Outcome | None:
        data, country, notes = hubs.located(fitting.cleaned(draft.data), draft.country, self._hubs)
        if not self._is_last and not (country and data["location"].get("locality") and _can_be_reached(data)):
            return None
        if not country:
            return self._without_country(draft, data, notes)
        if not draft.country and (known := self._misplaced(draft, data, country, notes)):
            return known
        here = self._without_town if not data["location"].get("locality") else self._new_hub
        return here(draft, data, country, notes)

    def _misplaced(self, draft: Draft, data: dict[str, Any], country: str, notes: tuple[str, ...]) -> Duplicate | None:
        """Return the known hub that a row is whose country is guessed by its point, if it is none there."""
        hub = self._stand_in(data, country)
        if hub is None or self._hubs.find(hub)[0]:
            return None
        return self._guessed(draft, (*hubs.across(data, country), *hubs.exchanged(data, draft.data)), notes)

    def _without_country(self, draft: Draft, data: dict[str, Any], notes: tuple[str, ...]) -> Outcome:
        """Return the known hub that a row without a country is: by a page elsewhere, its town or its point."""
        name = _name(data)
        guesses = hubs.guesses(data, draft.data, self._hubs)
        if known := self._guessed(draft, guesses, notes):
            return known
        hint = [guess.hint for guess in guesses if guess.hint]
        return Rejected(draft.place, name, "; ".join(["the country is not known", *notes, *hint]))

    def _guessed(self, draft: Draft, guesses: Sequence[hubs.Guess], notes: tuple[str, ...]) -> Duplicate | None:
        """Return the known hub that a row is if it lies where it does not say; None if it is none."""
        for guess in guesses:
            hub = self._stand_in(guess.data, guess.country)
            of, why = ("", "") if hub is None else self._hubs.find(hub) if guess.country else self._hubs.listed(hub)
            if of:
                why = ", ".join(filter(None, (why, guess.told)))
                return Duplicate("hub", draft.place, _name(guess.data), path_of("hub", of), why, (*draft.notes, *notes))
        return None

    def _stand_in(self, data: dict[str, Any], country: str) -> Hub | None:
        """Return a hub to look for, with what is missing made up; None when there is too little."""
        location = {"locality": "(not given)", **data["location"]}
        reach = {} if _can_be_reached(data) else {"same_as": ["https://not-given.example/"]}
        fit = self._fitted("hub", {**data, **reach, "location": location}, country)
        return build(Hub, f"{country or 'zz'}/_", fit.data) if fit.data else None

    def _new_hub(self, draft: Draft, data: dict[str, Any], country: str, notes: tuple[str, ...]) -> Outcome:
        """Return the file that a hub becomes, unless it is known."""
        name = _name(data)
        fit = self._fitted("hub", data, country)
        if fit.reason:
            found = self._stand_in(data, country)
            of, why = self._hubs.find(found) if found else ("", "")
            if of:
                return Duplicate("hub", draft.place, name, path_of("hub", of), why, (*draft.notes, *notes))
            return Rejected(draft.place, name, "; ".join([fit.reason, *notes]))
        notes = (*draft.notes, *notes, *fit.notes)
        hub = build(Hub, self._ids.of_hub(country, fit.data), fit.data)
        of, why = self._hubs.find(hub)
        if of:
            return Duplicate("hub", draft.place, name, path_of("hub", of), why, notes)
        notes += self._crowd(hub)
        outcome = self._written("hub", hub.id, fit.data, draft.place, notes)
        if isinstance(outcome, Drafted):
            self._hubs.add(hub)
        return outcome

    def _without_town(self, draft: Draft, data: dict[str, Any], country: str, notes: tuple[str, ...]) -> Outcome:
        """Return the hub that a row without a town is, as far as its name, its point and its addresses tell."""
        name = _name(data)
        hub = self._stand_in(data, country)
        of, why = self._hubs.find(hub) if hub else ("", "")
        if of:
            return Duplicate("hub", draft.place, name, path_of("hub", of), why, (*draft.notes, *notes))
        if "latitude" not in data["location"]:
            reason = "no town is given, and neither the address nor a known hub nearby tells one"
            return Rejected(draft.place, name, "; ".join([reason, *notes]))
        town = words.country_name(country)
        return self._new_hub(
            draft, {**data, "location": {**data["location"], "locality": town}}, country, (*notes, _TOWN)
        )

    def _crowd(self, hub: Hub) -> tuple[str, ...]:
        """Return notes on a hub that it may be, and on others at its point."""
        of, why = self._hubs.resembling(hub)
        others = self._hubs.sharing(hub.location.point)
        middle = f"{others} other hubs have the very same point: it may be a town's middle" if others > 1 else ""
        return tuple(filter(None, (f"may be the same as {path_of('hub', of)}: {why}" if of else "", middle)))

    def _machine(self, draft: Draft) -> Outcome | None:
        hub = self._keys.get(draft.hub, draft.hub if self._ids.is_hub(draft.hub) else "")
        if hub == _WAITS:
            return None
        name = _name(draft.data) or str(draft.data.get("model", ""))
        if hub in ("", _LOST):
            reason = "its hub was rejected" if hub else f"its hub `{text.line(draft.hub, 60)}` is not in the file"
            return Rejected(draft.place, name, reason)
        fit = self._fitted("machine", fitting.cleaned(draft.data), hub[:2])
        if fit.reason:
            return Rejected(draft.place, name, fit.reason)
        of, why = self._machines.find(hub, fit.data)
        notes = (*draft.notes, *fit.notes)
        if of:
            return Duplicate("machine", draft.place, name, path_of("machine", of), why, notes)
        id = self._ids.of_machine(hub, fit.data)
        outcome = self._written("machine", id, fit.data, draft.place, notes)
        if isinstance(outcome, Drafted):
            self._machines.add(build(Machine, id, fit.data))
        return outcome

    def _other(self, draft: Draft) -> Outcome:
        name = _name(draft.data)
        fit = self._fitted(draft.kind, fitting.cleaned(draft.data), "")
        if fit.reason:
            return Rejected(draft.place, name, fit.reason)
        notes = (*draft.notes, *fit.notes)
        of, why = self._others.find(draft.kind, draft.id, fit.data)
        if of:
            return Duplicate(draft.kind, draft.place, name, path_of(draft.kind, of), why, notes)
        id = self._ids.free(draft.kind, draft.id)
        if not id:
            return Rejected(draft.place, name, f"`{text.line(draft.id, 80)}` is no id of a {draft.kind}")
        outcome = self._written(draft.kind, id, fit.data, draft.place, notes)
        if isinstance(outcome, Drafted):
            self._others.add(draft.kind, id, fit.data)
        return outcome

    def _fitted(self, kind: str, data: dict[str, Any], country: str) -> fitting.Fitted:
        """Return a record's data with its provenance and without personal data, as far as it fits the schema."""
        data, notes = privacy.protected(data, country)
        data, more = _usable(kind, data)
        fit = fitting.fitted(kind, fitting.cleaned({**data, **self._provenance(kind, data)}))
        reason = "; ".join([fit.reason, *more]) if fit.reason else ""
        return fitting.Fitted(fit.data, (*notes, *more, *fit.notes), reason)

    def _provenance(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """Return `sources` and `verified` as far as records of a kind have them; what the row says of them stays."""
        source, known = self._source, schemas.properties(kind)
        found: dict[str, Any] = {}
        if "sources" in known:
            facts = {
                "name": source.name, "url": source.url, "licence": source.licence, "retrieved": source.retrieved,
                "attribution": source.attribution,
            }  # fmt: skip
            found["sources"] = [*data.get("sources", ()), {key: value for key, value in facts.items() if value}]
        if "verified" in known:
            said = data.get("verified")
            on = said.get("on", "") if isinstance(said, dict) else ""
            found["verified"] = {"on": str(on) or self._verified_on(), "how": "imported"}
        return found

    def _verified_on(self) -> str:
        """Return the day on which facts were read: the middle of a month or a year where no day is known."""
        said = self._source.retrieved
        day = said + {4: "-06-30", 7: "-15"}.get(len(said), "") if said else self._as_of.isoformat()
        return min(day, self._as_of.isoformat())

    def _written(self, kind: str, id: str, data: dict[str, Any], place: str, notes: tuple[str, ...]) -> Outcome:
        content = canonical.canonical(kind, data).encode()
        try:
            is_same = documents.parse(content) == data
        except documents.UncleanError:
            is_same = False
        if not is_same:
            return Rejected(place, _name(data), "it cannot be written as a record: too large, or with odd characters")
        self._ids.take(kind, id)
        return Drafted(kind, place, _name(data), path_of(kind, id), notes, content)


def _usable(kind: str, data: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return data with addresses that lead somewhere and hours that can be read, and a note for what went."""
    notes: list[str] = []
    found = dict(data)
    for key in ("website", "repository", "documentation", "manifest", "url"):
        if key in found and key in schemas.properties(kind):
            found[key] = text.website(found[key])
            if not found[key]:
                notes.append(f"{key}: `{text.line(data[key], 60)}` leads nowhere: left out")
    if kind == "hub" and is_listing(str(found.get("website", ""))):  # a page about it, and not its own
        found["same_as"] = [*found.get("same_as", ()), found.pop("website")]
    if isinstance(found.get("same_as"), list):
        found["same_as"] = [address for one in found["same_as"] if (address := text.website(one))]
    if kind == "hub" and found.get("hours") and not hours.is_readable(str(found["hours"])):
        notes.append(f"hours: `{text.line(found.pop('hours'), 60)}` is not in the syntax of opening hours: left out")
    return fitting.cleaned(found), tuple(notes)


def _lacks(draft: Draft) -> tuple[bool, bool]:
    """Return what a row leaves unsaid, its way to be reached and its point: rows that say more may tell what it is."""
    location = draft.data.get("location")
    has_point = isinstance(location, dict) and location.get("latitude") is not None
    return draft.kind == "hub" and not _can_be_reached(draft.data), draft.kind == "hub" and not has_point


def _can_be_reached(data: dict[str, Any]) -> bool:
    """Tell whether a hub gives one of the addresses without which it is no record."""
    return any(data.get(key) for key in ("website", "contact", "same_as"))


def _name(data: dict[str, Any]) -> str:
    value = data.get("name") or data.get("title") or ""
    return text.line(words.Text.of(value).into("en") if isinstance(value, str | dict) and value else "", 80)


def _id_in(outcome: Outcome) -> str:
    """Return the id of the hub that a row became or is."""
    if isinstance(outcome, Rejected):
        return _LOST
    path = outcome.path if isinstance(outcome, Drafted) else outcome.of
    return path.removeprefix("hubs/").removesuffix(".yaml")
