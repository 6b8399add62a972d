"""A peer's licence and ours in; whether its records may be shown here, and whether they could become ours, out.

Showing foreign hubs beside ours, each marked with its origin, makes a collection: any licence that is open by the Open
Definition (https://opendefinition.org/licenses) allows it. Taking records over into ours makes an adaptation: what may
become what follows Creative Commons' and Open Data Commons' own tables.
"""

from __future__ import annotations

import enum
import re

_PUBLIC = frozenset({"CC0-1.0", "PDDL-1.0", "Unlicense", "CC-PDDC"})
_NAMED = frozenset({
    "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0", "ODC-By-1.0", "OGL-UK-3.0", "OGL-Canada-2.0", "etalab-2.0",
    "DL-DE-BY-2.0", "NLOD-2.0", "MIT", "Apache-2.0",
})  # fmt: skip
_ALIKE = frozenset({"CC-BY-SA-3.0", "CC-BY-SA-4.0", "ODbL-1.0"})
_OPEN = _PUBLIC | _NAMED | _ALIKE
# Records under the first may become part of a whole under the second.
_BECOMES = frozenset({("CC-BY-SA-3.0", "CC-BY-SA-4.0")})


class Use(enum.StrEnum):
    """What a licence lets us do: take records over (and show them), show them with their origin, or nothing."""

    COMPATIBLE = "compatible"
    SHOWN = "shown"
    FORBIDDEN = "forbidden"


_ORDER = (Use.FORBIDDEN, Use.SHOWN, Use.COMPATIBLE)


def use(theirs: str, ours: str) -> Use:
    """Return what a licence (SPDX) lets us do with records. Of `A OR B` the better counts, of `A AND B` the worse."""
    if re.search(r"[()]| WITH ", theirs):
        return Use.FORBIDDEN  # nobody has read these terms
    alternatives = [part.split(" AND ") for part in theirs.split(" OR ")]
    return max((min((_use(one, ours) for one in every), key=_ORDER.index) for every in alternatives), key=_ORDER.index)


def _use(theirs: str, ours: str) -> Use:
    if theirs not in _OPEN:
        return Use.FORBIDDEN
    if theirs in _PUBLIC or theirs == ours or (theirs, ours) in _BECOMES:
        return Use.COMPATIBLE
    is_open = ours in _NAMED | _ALIKE
    return Use.COMPATIBLE if theirs in _NAMED and is_open else Use.SHOWN
