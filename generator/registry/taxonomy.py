"""Processes or materials in; what is narrower and what is broader than each, at any distance, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from .. import graphs
from ..records import Material, Process


@dataclass(frozen=True)
class Taxonomy:
    """The edges of a taxonomy, from each term to its direct `broader` ones. Unknown terms have none."""

    edges: Mapping[str, tuple[str, ...]]

    def broader(self, id: str) -> frozenset[str]:
        """Return everything that a term is a kind of, without itself."""
        return graphs.reachable(self.edges, id)

    def narrower(self, id: str) -> frozenset[str]:
        """Return everything that is a kind of a term, without itself."""
        return graphs.reachable(self.children, id)

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Direct narrower terms by term."""
        return graphs.reversed_edges(self.edges)


def taxonomy(terms: Iterable[Process | Material]) -> Taxonomy:
    """Return the taxonomy that records make up."""
    return Taxonomy({term.id: term.broader for term in terms})
