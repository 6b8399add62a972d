"""Values of several parts in (a party, a design, a place, a document); each with all of its parts out.

A party may be the id of a hub and a design that of a record: what the contract needs to know of them is put in then,
so that the contract goes on standing when the records change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .. import words
from ..records import Design, Hub
from ..records.contract import Parameter
from .cleaning import cleaned, fault
from .values import Fault
from .world import World

PARTS = {
    "party": ("name", "hub", "register", "address", "country", "key"),
    "design": ("name", "id", "version", "url"),
    "place": ("address", "locality", "country"),
    "document": ("name", "version", "url", "sha256"),
}
_LONGEST = 300  # characters of one part
_CODES = {"country": re.compile(r"[a-z]{2}\Z"), "sha256": re.compile(r"[0-9a-f]{64}\Z"),
          "hub": re.compile(r"[a-z]{2}/[a-z0-9-]{1,64}\Z"), "id": re.compile(r"[a-z0-9-]{1,64}\Z"),
          "url": re.compile(r"https?://[^\s<>\"'`\\]+\Z"),
          "key": re.compile(r"z6Mk[1-9A-HJ-NP-Za-km-z]{44}\Z")}  # fmt: skip


def party(value: Any, parameter: Parameter, world: World) -> Any:
    """Return who takes part: `name`, and what is known of the other parts of a party; or a `Fault`.

    Who has no hub may sign with a key that the contract itself names, as `key` (a multikey, Ed25519).
    """
    del parameter
    if isinstance(value, str) and _CODES["hub"].match(value):
        record = world.hub(value)
        if record is None:
            return Fault(f"no hub is called `{value}`", world.meant(value, Hub))
        value = _of_hub(record)
    found = _read(value, "party", "the id of a hub, or `name: …` with `address: …` and `country: …`")
    if not isinstance(found, Fault) and "key" in found and "hub" in found:
        return Fault("has a `key` and a `hub`", "leave `key` out: a hub signs with a key of its record")
    return found


def design(value: Any, parameter: Parameter, world: World) -> Any:
    """Return what is made: `name`, and what is known of `id`, `version`, `url`; or a `Fault`."""
    del parameter
    if isinstance(value, str):
        record = world.design(value)
        if record is None:
            shown = value if _CODES["id"].match(value) else "this"
            return Fault(f"no design is called `{shown}`", world.meant(shown, Design))
        name = record.name.into("en")
        value = {"name": name, "id": record.id, "version": record.version, "url": record.repository}
    return _read(value, "design", "the id of a design, or `name: …` with `version: …` and `url: …`")


def place(value: Any, parameter: Parameter, world: World) -> Any:
    """Return where something happens: `address`, `locality`, `country`; or a `Fault`."""
    del parameter, world
    return _read(
        {"address": value} if isinstance(value, str) else value, "place", "an address", ("address", "locality")
    )


def document(value: Any, parameter: Parameter, world: World) -> Any:
    """Return a document that belongs to the contract: `name`, `version`, `url`, `sha256` of its bytes; or a `Fault`."""
    del parameter, world
    hint = "its name, or `name: …` with `version: …`, `url: …` and `sha256: …`"
    return _read({"name": value} if isinstance(value, str) else value, "document", hint)


def _of_hub(hub: Hub) -> dict[str, str]:
    where = hub.location
    address = ", ".join(part for part in (where.address, f"{where.postcode} {where.locality}".strip()) if part)
    return {"name": hub.name.into("en"), "hub": hub.id, "address": address, "country": hub.country}


def _read(value: Any, kind: str, hint: str, needed: Sequence[str] = ("name",)) -> Any:
    """Return the parts of a value in one order, without those that are empty."""
    if not isinstance(value, Mapping):
        return Fault(f"takes a {kind}", f"give {hint}")
    unknown = sorted(str(name)[:40] for name in set(value) - set(PARTS[kind]))
    if unknown:
        return Fault(f"has no part {cleaned(unknown[0])!r}", f"its parts are {words.listed(PARTS[kind])}")
    found = {}
    for name in PARTS[kind]:
        given = value.get(name, "")
        if not isinstance(given, str):
            return Fault(f"has a `{name}` that is no text", "put it between quotes")
        text = cleaned(given)
        wrong = fault(text, _LONGEST) if text else ""
        if text and not wrong and name in _CODES and not _CODES[name].match(text):
            wrong = "is none"
        if wrong:
            return Fault(f"has a `{name}` that {wrong}", "correct it, or leave it out")
        if text:
            found[name] = text
    if not found.keys() & set(needed):
        return Fault(f"lacks {words.listed(needed)}", f"give {hint}")
    return found
