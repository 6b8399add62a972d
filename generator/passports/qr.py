"""A web address and the digits at its end in; the dark squares of one QR code out. The home of segno.

The address is written in bytes and the digits as numbers (ISO/IEC 18004, 7.3), which takes about half of the squares
that bytes alone would.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import segno

from .packing import address

QUIET = 4  # squares that stay white around a code (ISO/IEC 18004, 9.1)


@dataclass(frozen=True, slots=True)
class Code:
    """Rows of squares, 1 for dark, and how much damage they bear: L for 7 %, M for 15 %."""

    rows: tuple[bytes, ...]
    level: str

    @property
    def size(self) -> int:
        """The number of squares along a side: 17 and four for each version."""
        return len(self.rows)


def code(site: str, digits: str, level: str) -> Code | None:
    """Return the code of a packed credential, or None when no QR code holds so much. `level` is "L" or "M"."""
    parts: Any = [address(site, ""), digits]  # each is written as suits it; the stubs know of one alone
    try:
        made = segno.make_qr(parts, error=level, encoding="utf-8", boost_error=False)
    except segno.DataOverflowError:
        return None
    return Code(tuple(bytes(row) for row in made.matrix), level)


def path(squares: Code) -> str:
    """Return the dark squares as the data of an SVG path, a run of each row as one piece."""
    return "".join(
        f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(squares.rows) for x, length in _runs(row)
    )  # fmt: skip


def _runs(row: bytes) -> list[tuple[int, int]]:
    found, at = [], 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            found.append((at, length))
        at += length
    return found
