"""A lot's size, an inspection level and an AQL in; sample size and acceptance number of MIL-STD-105E out.

Tables I and II-A of MIL-STD-105E (10 May 1989), single sampling, normal inspection, a work of the United States
government. The master table is a diagonal: from one sample size to the next the same numbers stand one AQL to the
left, so it is one row of numbers here. AQLs are percent nonconforming, which the standard limits to 10.
"""

from __future__ import annotations

from fractions import Fraction

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
LETTERS = "ABCDEFGHJKLMNPQR"
SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)
AQLS = (
    "0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65",
    "1.0", "1.5", "2.5", "4.0", "6.5", "10",
)  # fmt: skip
# Table I: the greatest lot of each row, and the code letter for each of LEVELS.
_LETTER_OF = (
    (8, "AAAAAAB"), (15, "AAAAABC"), (25, "AABBBCD"), (50, "ABBCCDE"), (90, "BBCCCEF"), (150, "BBCDDFG"),
    (280, "BCDEEGH"), (500, "BCDEFHJ"), (1200, "CCEFGJK"), (3200, "CDEGHKL"), (10_000, "CDFGJLM"),
    (35_000, "CDFHKMN"), (150_000, "DEGJLNP"), (500_000, "DEGJMPQ"),
)  # fmt: skip
_LARGEST = "DEHKNQR"
# Table II-A along its diagonals: the letter's number plus the AQL's number gives the acceptance number. At 15 the
# table's arrow points up, to the next smaller sample; at 16 and below 14 it points down.
_ACCEPT = {14: 0, 17: 1, 18: 2, 19: 3, 20: 5, 21: 7, 22: 10, 23: 14, 24: 21, 25: 30, 26: 44}
_GREATEST_OF_LARGE = 24  # from letter F on the table ends with 21; its arrows then point up
_LARGE = LETTERS.index("F")
_UP, _DOWN = -1, 1


def is_known(aql: str) -> bool:
    """Tell whether the tables have a column for an AQL in percent."""
    return any(Fraction(known) == Fraction(aql) for known in AQLS)


def letter(lot: int, level: str) -> str:
    """Return the code letter for a lot of at least two pieces."""
    row = next((letters for greatest, letters in _LETTER_OF if lot <= greatest), _LARGEST)
    return row[LEVELS.index(level)]


def plan(lot: int, level: str, aql: str) -> tuple[int, int]:
    """Return (sample size, acceptance number). A sample as large as the lot means that every piece is checked."""
    column = next(at for at, known in enumerate(AQLS) if Fraction(known) == Fraction(aql))
    row = LETTERS.index(letter(lot, level))
    step = 0
    while (accept := _accept(row, column)) is None:
        step = step or _arrow(row, column)
        row += step
    return SIZES[row], accept


def _accept(row: int, column: int) -> int | None:
    diagonal = row + column
    if row >= _LARGE and diagonal > _GREATEST_OF_LARGE:
        return None
    return _ACCEPT.get(diagonal)


def _arrow(row: int, column: int) -> int:
    """Return where the arrow in an empty place points. At the table's edges it can point one way only."""
    diagonal = row + column
    if diagonal > _GREATEST_OF_LARGE or row == len(LETTERS) - 1:
        return _UP
    return _UP if diagonal == 15 and row > 0 else _DOWN
