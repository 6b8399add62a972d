"""Rows of numbers about hubs in, as they come; those of one hub out, at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from .arrays import Numbers

Column = npt.NDArray[np.int32]


class Rows:
    """Rows that are gathered: a hub's number, and more numbers."""

    def __init__(self, width: int) -> None:
        self._parts: list[list[Column]] = [[] for _ in range(width + 1)]

    def add(self, hubs: Numbers, *columns: Numbers | int) -> None:
        """Add a row for each hub; a single number stands for a column of it."""
        for part, column in zip(self._parts, (hubs, *columns), strict=True):
            part.append(np.broadcast_to(np.asarray(column, np.int32), hubs.shape))

    def by_hub(self) -> Table:
        """Return all rows in the order of hubs, and for each hub as they were added."""
        columns = [np.concatenate(part) if part else np.zeros(0, np.int32) for part in self._parts]
        order = np.argsort(columns[0], kind="stable")
        return Table([column[order] for column in columns])


class Table:
    """Rows in the order of hubs."""

    def __init__(self, columns: list[Column]) -> None:
        self._hubs, *self._columns = columns

    def of(self, hub: int) -> Iterator[tuple[int, ...]]:
        """Yield the rows of a hub without its number."""
        first, end = np.searchsorted(self._hubs, (hub, hub + 1)).tolist()
        return zip(*(column[first:end].tolist() for column in self._columns), strict=True)
