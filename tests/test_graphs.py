"""Cycles and what can be reached, against small pictures and a slow but plain definition."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.graphs import cycles, reachable, reversed_edges

PICTURES = {
    "nothing": ({}, []),
    "a line": ({"a": ["b"], "b": ["c"], "c": []}, []),
    "a diamond": ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
    "itself": ({"a": ["a"]}, [("a",)]),
    "two": ({"b": ["a"], "a": ["b"]}, [("a", "b")]),
    "three, and a way to them": ({"a": ["d"], "d": ["c"], "c": ["b"], "b": ["d"]}, [("b", "d", "c")]),
    "two apart": ({"a": ["b"], "b": ["a"], "c": ["c"]}, [("a", "b"), ("c",)]),
    "the shorter of two": ({"a": ["b", "c"], "b": ["c"], "c": ["a"]}, [("a", "c")]),
    "a name that leads nowhere": ({"a": ["x"]}, []),
}
graphs = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefx"), max_size=3), max_size=6)


@pytest.mark.parametrize("picture", PICTURES)
def test_cycles(picture: str) -> None:
    edges, expected = PICTURES[picture]
    assert cycles(edges) == expected


def test_reachable_leaves_out_the_start_and_comes_to_an_end() -> None:
    edges = {"a": ["b"], "b": ["c", "a"], "c": []}
    assert reachable(edges, "a") == {"b", "c"}
    assert reachable(edges, "c") == set()
    assert reachable(edges, "unknown") == set()


def test_reversed_edges() -> None:
    assert reversed_edges({"b": ["x"], "a": ["x", "b"]}) == {"x": ("a", "b"), "b": ("a",)}


@given(graphs)
def test_a_cycle_is_found_when_there_is_one(edges: dict[str, list[str]]) -> None:
    has_cycle = any(name in reachable(edges, other) or other == name for name in edges for other in edges[name])
    found = cycles(edges)
    assert bool(found) == has_cycle
    for cycle in found:
        assert cycle[0] == min(cycle)
        assert all(other in edges[name] for name, other in itertools.pairwise((*cycle, cycle[0])))
    names = list(itertools.chain(*found))
    assert len(names) == len(set(names))
