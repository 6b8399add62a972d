"""The answers of an issue form and the registry in; a proposal of a hub and its machines out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from .. import canonical, words
from ..checks import contacts
from ..importers import fitting, licences, places, privacy, text
from ..importers.duplicates import KnownHubs
from ..importers.identity import Identities
from ..importers.terms import Terms
from ..records import Hub, build
from ..registry import Registry, path_of
from . import answers, machines, points, reaching
from .proposal import Author, Proposal, Want
from .questions import LABELS, RELATIONS

_EXACT_DECIMALS = 4  # ten metres: somebody pointed at the door


def proposed(registry: Registry, given: dict[str, str], author: Author, day: date) -> Proposal:
    """Return what the answers propose: all files, or all that is wanted."""
    said = answers.read(given)
    country, wants = _country(said["country"])
    wants = [*said.wants, *wants]
    data: dict[str, Any] = {"name": text.cut(said["name"], 120), "kind": said["kind"], "access": said["access"]}
    data |= {"services": list(said.services), "summary": said["summary"]}
    notes: list[str] = []
    if country:
        data["location"], more = _location(said, country)
        wants += more
        data |= _reached(said, country, wants, notes)
    wants += _personal(said, country)
    data |= _provenance(said, author, day)
    if wants:
        return Proposal(name=said["name"], wants=tuple(wants))
    return _written(registry, data, country, said, notes)


def _country(said: str) -> tuple[str, list[Want]]:
    if not said:
        return "", []
    if code := places.country_named(said):
        return code, []
    names = {name for code in words.countries() for name in (words.country_name(code), words.country_name(code, "fr"))}
    near = words.closest(said.title(), sorted(names))
    hint = f"did you mean `{near}`?" if near else "write its name, or its two letters such as `GH`"
    return "", [Want(LABELS["country"], "this is no country that is known", hint, said)]


def _location(said: answers.Answers, country: str) -> tuple[dict[str, Any], list[Want]]:
    """Return where the hub is; a point that cannot be true is asked for again."""
    location: dict[str, Any] = {"locality": text.cut(said["locality"], 120), "address": text.cut(said["address"], 300)}
    written = said["coordinates"]
    if not written:
        return {**location, "precision": "city"}, []
    point = points.point(written)
    if point is None:
        hint = "write degrees, latitude first, such as `6.6885, -1.6244`; leave it empty if you are not sure"
        if points.is_link(written):
            message = "no coordinates stand in this address"
            return location, [
                Want(LABELS["coordinates"], message, f"open it, copy them from the map, and {hint}", written)
            ]
        return location, [Want(LABELS["coordinates"], "these are no coordinates", hint, written)]
    spot = places.spot(country, *point)
    if spot.point is None:
        message = "; ".join(note.removesuffix(": left out") for note in spot.notes).replace(": left out", "")
        return location, [Want(LABELS["coordinates"], message, "look them up again, latitude first", written)]
    location["latitude"], location["longitude"] = spot.point
    decimals = min(len(f"{value:.5f}".rstrip("0").partition(".")[2]) for value in point)
    if decimals < _EXACT_DECIMALS:
        location["precision"] = "street" if decimals > 2 else "city"
    return location, []


def _reached(said: answers.Answers, country: str, wants: list[Want], notes: list[str]) -> dict[str, Any]:
    """Return website and contact; a want when nothing is left of the answer, else a note on what was left out."""
    if not said["website"]:
        return {}
    found = reaching.reach(said["website"], country, said["name"])
    hint = "give the hub's website, an address such as info@ of the hub, or its office number"
    if found.is_empty:
        wants += [Want(LABELS["website"], why, hint) for why in found.refused]
    else:
        notes += [f"{LABELS['website']}: {why}: left out" for why in found.refused]
    return {"website": found.website, "contact": {"email": found.email, "phone": found.phone}}


def _personal(said: answers.Answers, country: str) -> Iterator[Want]:
    """Yield a want for each answer that holds what is a person's; it is not repeated."""
    for id in ("name", "locality", "address", "summary", "machines", "source"):
        kinds = {what.partition("`")[0].rstrip(": ") for what, _ in contacts.personal(said[id], country.upper())}
        for kind in sorted(kinds):
            hint = "take it out; what belongs to the hub goes where the form asks for a way to reach it"
            yield Want(LABELS[id], f"the answer holds {kind}, and this registry is public for good", hint)


def _provenance(said: answers.Answers, author: Author, day: date) -> dict[str, Any]:
    """Return who says so: `verified` by the author's relation, the source where there is one, and the steward."""
    how = RELATIONS.get(said["relation"], "imported")
    found: dict[str, Any] = {"verified": {"on": day.isoformat(), "how": how}}
    if source := said["source"]:
        url = next((address for word in source.split() if "." in word and (address := text.website(word))), "")
        licence = next((spdx for part in _pieces(source) if (spdx := licences.spdx(part))), "")
        facts = {"name": text.cut(source, 120), "url": url, "licence": licence, "retrieved": day.isoformat()}
        found["sources"] = [{key: value for key, value in facts.items() if value}]
    if how == "self" and author.login and author.number:
        found["stewards"] = [{"github": author.login, "github_id": author.number}]
    return found


def _pieces(source: str) -> Iterator[str]:
    """Yield parts of an answer that may name a licence."""
    yield source
    for separator in (",", ";", "(", " "):
        yield from (part.strip(" ().") for part in source.split(separator))


def _written(
    registry: Registry, data: dict[str, Any], country: str, said: answers.Answers, notes: list[str]
) -> Proposal:
    """Return the files of a hub that is not known yet, and of its machines."""
    fit = fitting.fitted("hub", fitting.cleaned(data))
    if fit.reason or fit.notes:
        whole = [*([fit.reason] if fit.reason else []), *fit.notes]
        return Proposal(name=said["name"], wants=tuple(Want("", text.cut(one, 300)) for one in whole))
    ids = Identities([registry])
    hub = build(Hub, ids.of_hub(country, fit.data), fit.data)
    of, why = KnownHubs([registry]).find(hub)
    if of:
        hint = "if it is another hub, say in your answers what tells them apart: its own website, or its point"
        known = f"the registry has this hub already: `{of}` ({why}). To correct that record, use its page's link"
        return Proposal(name=said["name"], wants=(Want(LABELS["name"], known, hint, said["name"]),))
    files = {path_of("hub", hub.id): canonical.canonical("hub", fit.data).encode()}
    if "stewards" in fit.data:
        notes.append(f"`{fit.data['stewards'][0]['github']}` says to work there, and becomes the hub's steward")
    proposal = Proposal(files, said["name"], tuple(notes))
    return _with_machines(proposal, hub, said, ids, Terms(registry))


def _with_machines(proposal: Proposal, hub: Hub, said: answers.Answers, ids: Identities, terms: Terms) -> Proposal:
    """Return a hub's proposal with a file for each machine that is named; they are as well known as the hub."""
    files, notes, label = dict(proposal.files), list(proposal.notes), LABELS["machines"]
    assert hub.verified is not None
    verified = {"on": hub.verified.on.isoformat(), "how": hub.verified.how}
    rows = said["machines"].count("\n") + 1
    if rows > machines.MOST:
        notes.append(f"{label}: of {rows} lines the first {machines.MOST} are read")
    for draft in machines.drafts(said["machines"], hub.id, terms):
        data, more = privacy.protected(draft.data, hub.country)
        fit = fitting.fitted("machine", fitting.cleaned({**data, "verified": verified}))
        notes += [f"{label}: {note}" for note in (*draft.notes, *more, *fit.notes)]
        if fit.reason:
            notes.append(f"{label}: {draft.place}: {fit.reason}: left out")
            continue
        id = ids.of_machine(hub.id, fit.data)
        ids.take("machine", id)
        files[path_of("machine", id)] = canonical.canonical("machine", fit.data).encode()
    return Proposal(files, proposal.name, tuple(notes))
