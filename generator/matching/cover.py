"""What hubs offer for the tasks of a plan in; the fewest of them that do everything, and how sure that is, out."""

from __future__ import annotations

import numpy as np

from .offers import Cover, Offers
from .shared import shared
from .whole import whole


def cover(offers: Offers) -> Cover:
    """Return the hubs that do all tasks, the fewest and then those with least to ask, the nearest and best.

    A task is shared by several hubs only when nobody does it alone. What all together cannot make stays undone.
    """
    if not len(offers.demands):
        return Cover(hubs=())
    can = offers.most >= np.array(offers.demands)[:, None]
    found = whole(offers, can) if can.any(axis=1).all() else None
    return found if found is not None else shared(offers)
