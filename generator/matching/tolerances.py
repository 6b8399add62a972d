"""A tolerance as a design states it and the sizes it is for, in; plus or minus how many millimetres, out.

General tolerances of ISO 2768-1:1989 (linear dimensions) and standard tolerance grades of ISO 286-1:2010. A class or a
grade allows less on a smaller dimension, so that the smallest known side of the piece decides.
"""

from __future__ import annotations

from bisect import bisect_left

from ..records.design import Tolerance

# ISO 2768-1, table 1: the largest nominal size of each range (mm), and plus or minus (mm) for each class.
_GENERAL_UP_TO = (3, 6, 30, 120, 400, 1000, 2000, 4000)
_GENERAL = {
    "f": (0.05, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, None),
    "m": (0.1, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 2.0),
    "c": (0.2, 0.3, 0.5, 0.8, 1.2, 2.0, 3.0, 4.0),
    "v": (None, 0.5, 1.0, 1.5, 2.5, 4.0, 6.0, 8.0),
}
# ISO 286-1, table 1: the largest nominal size of each range (mm), and the width of the tolerance (µm) of IT5 to IT18.
_GRADES_UP_TO = (3, 6, 10, 18, 30, 50, 80, 120, 180, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150)
_FIRST_GRADE = 5
_GRADES = (
    (4, 6, 10, 14, 25, 40, 60, 100, 140, 250, 400, 600, 1000, 1400),
    (5, 8, 12, 18, 30, 48, 75, 120, 180, 300, 480, 750, 1200, 1800),
    (6, 9, 15, 22, 36, 58, 90, 150, 220, 360, 580, 900, 1500, 2200),
    (8, 11, 18, 27, 43, 70, 110, 180, 270, 430, 700, 1100, 1800, 2700),
    (9, 13, 21, 33, 52, 84, 130, 210, 330, 520, 840, 1300, 2100, 3300),
    (11, 16, 25, 39, 62, 100, 160, 250, 390, 620, 1000, 1600, 2500, 3900),
    (13, 19, 30, 46, 74, 120, 190, 300, 460, 740, 1200, 1900, 3000, 4600),
    (15, 22, 35, 54, 87, 140, 220, 350, 540, 870, 1400, 2200, 3500, 5400),
    (18, 25, 40, 63, 100, 160, 250, 400, 630, 1000, 1600, 2500, 4000, 6300),
    (20, 29, 46, 72, 115, 185, 290, 460, 720, 1150, 1850, 2900, 4600, 7200),
    (23, 32, 52, 81, 130, 210, 320, 520, 810, 1300, 2100, 3200, 5200, 8100),
    (25, 36, 57, 89, 140, 230, 360, 570, 890, 1400, 2300, 3600, 5700, 8900),
    (27, 40, 63, 97, 155, 250, 400, 630, 970, 1550, 2500, 4000, 6300, 9700),
    (32, 44, 70, 110, 175, 280, 440, 700, 1100, 1750, 2800, 4400, 7000, 11000),
    (36, 50, 80, 125, 200, 320, 500, 800, 1250, 2000, 3200, 5000, 8000, 12500),
    (40, 56, 90, 140, 230, 360, 560, 900, 1400, 2300, 3600, 5600, 9000, 14000),
    (47, 66, 105, 165, 260, 420, 660, 1050, 1650, 2600, 4200, 6600, 10500, 16500),
    (55, 78, 125, 195, 310, 500, 780, 1250, 1950, 3100, 5000, 7800, 12500, 19500),
    (65, 92, 150, 230, 370, 600, 920, 1500, 2300, 3700, 6000, 9200, 15000, 23000),
    (78, 110, 175, 280, 440, 700, 1100, 1750, 2800, 4400, 7000, 11000, 17500, 28000),
    (96, 135, 210, 330, 540, 860, 1350, 2100, 3300, 5400, 8600, 13500, 21000, 33000),
)


def plus_or_minus(tolerance: Tolerance, sizes: tuple[float, ...]) -> float | None:
    """Return plus or minus how many millimetres a tolerance allows, or None when the standard does not say.

    It does not for sizes that nobody knows or that lie outside its tables, nor below IT5.
    """
    if tolerance.mm is not None:
        return tolerance.mm
    if not sizes:
        return None
    size = min(sizes)
    if tolerance.iso2768:
        row = bisect_left(_GENERAL_UP_TO, size)
        return _GENERAL[tolerance.iso2768][row] if row < len(_GENERAL_UP_TO) else None
    row, grade = bisect_left(_GRADES_UP_TO, size), int(tolerance.iso286.removeprefix("IT")) - _FIRST_GRADE
    return _GRADES[row][grade] / 2000 if row < len(_GRADES) and grade >= 0 else None


def written(tolerance: Tolerance) -> str:
    """Return a tolerance as people write it: `± 0.1 mm`, `ISO 2768-m`, `IT11`."""
    if tolerance.mm is not None:
        return f"± {tolerance.mm:g} mm"
    return f"ISO 2768-{tolerance.iso2768}" if tolerance.iso2768 else f"IT{tolerance.iso286.removeprefix('IT')}"
