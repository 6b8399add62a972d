"""A hub's status list before and after a change, and the hub's keys on the base, in; what speaks against it out.

The steward of a hub publishes its list, and the hub's key says that it is the hub's: an account that was taken over has
no key, and a key that was stolen has no account.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..passports import statuses
from ..passports.statuses import StatusList
from ..records import Hub, build
from ..records.hub import HubKey
from .changes import NOTHING, PLAIN, Base, Change, Version, data
from .subjects import hub_path

_EVER = date.max  # whoever has a key that was withdrawn, whenever that was, can write any date


def faults(change: Change, hub: str, base: Base) -> Iterator[str]:
    """Yield what a maintainer has to look at in a list that is put in place."""
    now = _read(change.head)
    if now is None:
        yield "is no status list that can be read"
    elif now.hub != hub:
        yield f"is the list of `{now.hub}`"
    elif wrong := statuses.signature_fault(now, {hub: _keys(base, hub)}, _EVER):
        yield f"is not signed with a key that the base has of `{hub}`: {wrong}"
    else:
        yield from _losses([before for one in change.before if (before := _read(one))], now)
        if any(one != NOTHING and _read(one) is None for one in change.before):
            yield "takes the place of what cannot be read: nobody can tell what that revoked"


def _losses(before: Sequence[StatusList], now: StatusList) -> Iterator[str]:
    if any(set(one.revoked) - set(now.revoked) for one in before):
        yield "takes revocations back"
    if any(now.valid_until < one.valid_until for one in before):
        yield "counts for less long than the list that is there"


def _read(version: Version) -> StatusList | None:
    if version.mode != PLAIN:
        return None
    found = statuses.read(version.content)
    return found if isinstance(found, StatusList) else None


def _keys(base: Base, hub: str) -> tuple[HubKey, ...]:
    values = data("hub", base.found.get(base.lead + hub_path(hub), NOTHING))
    return build(Hub, hub, values).keys if values else ()
