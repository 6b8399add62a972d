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
        return self._above.get(id, frozenset())

    def narrower(self, id: str) -> frozenset[str]:
        """Return everything that is a kind of a term, without itself."""
        return self._below.get(id, frozenset())

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Direct narrower terms by term."""
        return graphs.reversed_edges(self.edges)

    # Both are asked for again and again, of few terms.
    @cached_property
    def _above(self) -> Mapping[str, frozenset[str]]:
        return {id: graphs.reachable(self.edges, id) for id in self.edges}

    @cached_property
    def _below(self) -> Mapping[str, frozenset[str]]:
        return {id: graphs.reachable(self.children, id) for id in self.children}


def taxonomy(terms: Iterable[Process | Material]) -> Taxonomy:
    """Return the taxonomy that records make up."""
    return Taxonomy({term.id: term.broader for term in terms})
