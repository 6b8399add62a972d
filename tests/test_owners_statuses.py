"""Who may publish a hub's status list: its own stewards, when its key signed it and nothing is taken back."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from generator import signatures
from generator.owners import Account, Verdict
from generator.passports import statuses
from generator.signatures import Signer

from .conftest import Repository
from .test_owners import MAINTAINER, OTHERS, STEWARD, STRANGER, hub, judged, only

SIGNER, OTHER, THIEF = (signatures.signer(bytes([one]) * 32) for one in (1, 2, 3))
SITE = "https://registry.example/"
HUB, LIST = "registry/hubs/gh/base-hub.yaml", "registry/statuses/gh/base-hub.json"


def keys(signer: Signer, more: str = "") -> str:
    return f"keys:\n  - public_key: {signer.public_key}\n    valid_from: 2026-01-01\n{more}"


def listed(*revoked: int, day: int = 10, hub: str = "gh/base-hub", signer: Signer = SIGNER, days: int = 30) -> str:
    document = statuses.unsigned(SITE, hub, revoked, datetime(2026, 6, day, 8, tzinfo=UTC), days)
    return signatures.canonical(statuses.signed(document, signer, hub, SITE)).decode() + "\n"


@pytest.fixture
def work(committed: Repository) -> Repository:
    """Two hubs with keys and stewards; `topic` is checked out."""
    settings = (committed.folder / "registry/registry.yaml").read_text()
    committed.commit({
        HUB: hub(more=keys(SIGNER)),
        "registry/hubs/gh/other.yaml": hub("Other", 2002, "other-hub", keys(OTHER)),
        "registry/registry.yaml": f"{settings}maintainers:\n  - github: ama\n    github_id: 9\n",
        LIST: listed(5, 94567),
    })  # fmt: skip
    committed.git("checkout", "--quiet", "-b", "topic")
    return committed


def decided(work: Repository, *authors: Account, by: tuple[Account, ...] = ()) -> Verdict:
    found: Verdict = judged(work, *authors, by=by)
    return found


@pytest.mark.parametrize("revoked", [(5, 94567), (5, 7, 94567)])
def test_a_steward_renews_the_list_alone(work: Repository, revoked: tuple[int, ...]) -> None:
    work.commit({LIST: listed(*revoked, day=20)})
    found = decided(work, STEWARD)
    assert only(found).reasons == ("is signed by its hub, and takes nothing back",)
    assert (found.missing, found.may_merge_itself) == ((), True)
    for stranger in (STRANGER, OTHERS):
        assert decided(work, stranger).missing
        assert decided(work, STRANGER, by=(stranger,)).missing
    assert not decided(work, STRANGER, by=(MAINTAINER,)).missing
    assert decided(work).missing


def test_the_first_list_is_approved_by_a_steward_and_merged_by_somebody_else(work: Repository) -> None:
    work.commit({"registry/statuses/gh/other.json": listed(hub="gh/other", signer=OTHER)})
    found = decided(work, OTHERS)
    assert (found.missing, found.may_merge_itself) == ((), False)
    assert [one.text for one in found.objections] == ["is a new status list"]
    assert decided(work, STEWARD).missing


Trick = Callable[[Any], Any]
TRICKS: dict[str, tuple[Trick, str]] = {
    "fewer are revoked": (lambda w: w.commit({LIST: listed(5, day=20)}), "takes revocations back"),
    "others are revoked": (lambda w: w.commit({LIST: listed(5, 7, day=20)}), "takes revocations back"),
    "an older list": (lambda w: w.commit({LIST: listed(5, 94567, day=1)}), "counts for less long"),
    "another hub's list": (
        lambda w: w.commit({LIST: listed(5, 94567, hub="gh/other", signer=OTHER)}), "is the list of `gh/other`",
    ),
    "another hub's key": (lambda w: w.commit({LIST: listed(5, 94567, signer=OTHER)}), "is not signed with a key"),
    "a key of nobody": (lambda w: w.commit({LIST: listed(5, 94567, signer=THIEF)}), "is not signed with a key"),
    "a key that comes with it": (
        lambda w: w.commit({LIST: listed(5, 94567, signer=THIEF), HUB: hub(more=keys(THIEF))}),
        "is not signed with a key",
    ),
    "changed after it was signed": (
        lambda w: w.commit({LIST: listed(5, 94567).replace("2026-07-10T", "2026-08-10T")}), "is not signed with a key",
    ),
    "no list": (lambda w: w.commit({LIST: "{}\n"}), "is no status list that can be read"),
    "a huge list": (lambda w: w.commit({LIST: " " * 200_000 + listed(5, 94567)}), "is no status list"),
    "removed": (lambda w: w.git("rm", "--quiet", LIST) + w.commit(), "is removed"),
    "in capitals": (
        lambda w: w.commit({"registry/statuses/GH/base-hub.json": listed(5, 94567)}), "differs only in letters' forms",
    ),
    "of a hub that is not there": (
        lambda w: w.commit({"registry/statuses/gh/new.json": listed(hub="gh/new")}), "which is no hub of the base",
    ),
    "elsewhere": (lambda w: w.commit({"registry/statuses/gh/a/b.json": listed()}), "is no place of a record"),
    "no list by its name": (lambda w: w.commit({"registry/statuses/gh/base-hub.yaml": "a: 1\n"}), "is no place"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_everything_else_needs_a_maintainer(work: Repository, name: str) -> None:
    trick, reason = TRICKS[name]
    trick(work)
    found = decided(work, STEWARD)
    assert any(reason in text for one in found.missing for text in one.reasons)
    assert not found.may_merge_itself
    assert not decided(work, MAINTAINER).missing


def test_a_key_that_was_withdrawn_signs_nothing_whatever_its_date(work: Repository) -> None:
    work.git("checkout", "--quiet", "main")
    work.commit({HUB: hub(more=keys(SIGNER, "    revoked_on: 2026-06-15\n"))})
    work.git("checkout", "--quiet", "topic")
    work.git("merge", "--quiet", "main")
    work.commit({LIST: listed(5, 94567, day=12)})
    (one,) = decided(work, STEWARD).missing
    assert "its key was revoked" in one.reasons[0]


def test_what_both_lines_renewed_is_looked_at(work: Repository) -> None:
    work.commit({LIST: listed(5, 94567, day=20)})
    work.git("checkout", "--quiet", "main")
    work.commit({LIST: listed(5, 7, 94567, day=21)})
    work.git("checkout", "--quiet", "topic")
    (one,) = decided(work, STEWARD).missing
    assert any("takes revocations back" in text for text in one.reasons)


def test_a_link_is_no_list(work: Repository) -> None:
    (work.folder / LIST).unlink()
    (work.folder / LIST).symlink_to("other.json")
    work.commit()
    (one,) = decided(work, STEWARD).missing
    assert "becomes a symbolic link" in one.reasons
