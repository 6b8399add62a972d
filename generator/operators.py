"""A registry in; who can operate its machines beside the staff, out; and the matcher that knows it.

The one place where matching and passports meet: whoever matches takes the matcher from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .matching.by_process import World
from .matching.operators import STAFF_ONLY, Operators, Wanted
from .passports.published import Asked, Published
from .records import Passport
from .registry import Progress, Registry, quiet

if TYPE_CHECKING:
    from .matching.search import Matcher


def matcher_of(registry: Registry, *, progress: Progress = quiet) -> Matcher:
    """Return what answers who can make what; `progress` is told how many hubs are done of how many."""
    from .matching.search import Matcher  # noqa: PLC0415 it brings NumPy, which a build without designs can spare

    return Matcher(registry, operators_of(registry), progress=progress)


def operators_of(registry: Registry) -> Operators:
    """Return who published a passport and what the hubs' rules make of it; each count is worked out when asked for."""
    if not registry.ids(Passport):
        return STAFF_ONLY
    published = Published(registry)

    def asked(wanted: Wanted) -> Asked:
        return Asked(wanted.place, wanted.competence, wanted.level, wanted.world is World.INVENTED)

    return Operators(
        published.places.numbers,
        published.competences,
        count=lambda wanted, day: published.on(asked(wanted), day),
        since=lambda wanted: published.since(asked(wanted)),
    )
