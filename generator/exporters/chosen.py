"""A registry in; the records of a kind that are published out: all but the invented, unless those are asked for."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator

from ..records import R
from ..registry import Registry
from ..registry.demonstration import is_invented


class Invented(enum.Enum):
    """What to do with demonstration records."""

    LEFT_OUT = "left out"
    INCLUDED = "included"


def shown(registry: Registry, kind: type[R], invented: Invented) -> Iterator[R]:
    """Yield the records of a kind to publish, by id."""
    return wanted(registry, registry.all(kind), invented)


def wanted(registry: Registry, given: Iterable[R | None], invented: Invented) -> Iterator[R]:
    """Yield those of some records that are to be published."""
    for record in given:
        if record is not None and (invented is Invented.INCLUDED or not is_invented(registry, record)):
            yield record
