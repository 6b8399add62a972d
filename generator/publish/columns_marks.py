"""A hub in; its place and what a point on the map tells of it, as small numbers for columns, out."""

from __future__ import annotations

from datetime import date

from ..records import Hub
from ..registry.freshness import freshness
from .columns_tables import FRESHNESS, STATUSES

SOFT, INVENTED = 1, 2  # bits of marks; freshness stands in bits 2 and 3, status in bits 4 and 5
PER_DEGREE = 10_000
LATIN = "\u024f"  # up to this letter the browser makes the same ids of names as we do, whatever its Unicode


def marks(hub: Hub, as_of: date) -> int:
    """Return the marks of a hub on a day."""
    found = 0 if hub.location.precision in ("exact", "street") else SOFT
    found |= INVENTED if hub.demonstration else 0
    found |= FRESHNESS.index(freshness(hub.verified, as_of)) << 2
    return found | STATUSES.index(hub.status) << 4


def point(hub: Hub) -> tuple[int, int] | tuple[None, None]:
    """Return where a hub is, in ten-thousandths of a degree."""
    found = hub.location.point
    return (round(found[0] * PER_DEGREE), round(found[1] * PER_DEGREE)) if found else (None, None)
