"""The bytes that a maker carries in; the credentials in them, all of one holder, and what was left out of them, out.

One credential, or several in an unsigned presentation (W3C, Verifiable Credentials Data Model 2.0, section 4.13). It is
unsigned because the holder has no key: whoever stands at the counter is compared with the name, as with a licence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from . import contexts, reading
from .nodes import Node, Refused
from .reading import Carried
from .values import Fault

MOST = 50
LIMIT_BYTES = MOST * reading.LIMIT_BYTES + 4096
_TYPES = ["VerifiablePresentation"]


class Passport(NamedTuple):
    """The credentials that a maker carries; a credential that cannot be read does not hide the others."""

    holder: str
    credentials: tuple[Carried, ...]
    faults: tuple[Fault, ...] = ()


def opened(source: bytes) -> Passport | Fault:
    """Return the passport in a file, or why it is none."""
    data = reading.parsed(source, LIMIT_BYTES)
    if isinstance(data, Fault):
        return data
    if not isinstance(data, dict) or "verifiableCredential" not in data:
        one = reading.carried(Node(data))
        return one if isinstance(one, Fault) else Passport(one.claim.holder, (one,))
    try:
        return _many(Node(data))
    except Refused as refused:
        return refused.fault


def _many(node: Node) -> Passport:
    parts = node.members("@context type holder verifiableCredential")
    parts["@context"].exactly([contexts.CREDENTIALS], "context-unknown")
    parts["type"].exactly(_TYPES, "type-unknown")
    holder = parts["holder"].text()
    found = [(one, reading.carried(one)) for one in parts["verifiableCredential"].items(1, MOST)]
    for place, one in found:
        if isinstance(one, Carried) and one.claim.holder != holder:
            raise place.refused("it is not of the holder of the presentation", "holder-differs")
    credentials = tuple(one for _, one in found if isinstance(one, Carried))
    return Passport(holder, credentials, tuple(one for _, one in found if isinstance(one, Fault)))


def presented(credentials: Iterable[Carried]) -> dict[str, Any] | Fault:
    """Return one presentation of a holder's credentials, each once, the one that begins last first."""
    once = {one.claim.id: one for one in credentials}
    ordered = sorted(once.values(), key=lambda one: (one.claim.valid_from, one.claim.id), reverse=True)
    if not 1 <= len(ordered) <= MOST:
        return Fault("too-many", "", f"{len(ordered)} credentials; a presentation holds 1 to {MOST}")
    holders = {one.claim.holder for one in ordered}
    if len(holders) > 1 or "" in holders:
        return Fault("holder-differs", "", "the credentials are not all of one holder with a random id")
    return {
        "@context": [contexts.CREDENTIALS],
        "type": _TYPES,
        "holder": ordered[0].claim.holder,
        "verifiableCredential": [dict(one.document) for one in ordered],
    }
