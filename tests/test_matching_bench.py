"""The bench of matching: on a made registry, arrays find the same hubs as judging machine by machine."""

from pathlib import Path

from bench import make, matching


def test_both_ways_find_the_same_hubs(tmp_path: Path) -> None:
    make.make(tmp_path / "top", 40, 4, seed=1)
    found = matching.measured(tmp_path / "top", rounds=2)  # it stops where they differ
    assert found["hubs"] > 30
    assert {f"{name}: peer" for name in matching.STEPS} <= found.keys()
