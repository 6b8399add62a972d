"""A pull request's reviews as a forge's API lists them in; the accounts that approve its last commit out.

Source: GitHub REST API, "List reviews for a pull request" (Forgejo's is the same); pages may be lists in a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .accounts import Account, account

_DECIDING = ("APPROVED", "CHANGES_REQUESTED", "REQUEST_CHANGES", "DISMISSED")


def approvals(reviews: Any, commit: str) -> tuple[Account, ...]:
    """Return who approves a commit: whose last word is an approval, and was given to just this commit.

    What was approved before the last commit was pushed may have had another content. Raises `ValueError` for what is
    no list of reviews.
    """
    last: dict[int, Any] = {}
    for one in _each(reviews):
        # A deleted account has no user; a mere comment leaves the last word as it was.
        if one.get("user") and str(one.get("state")).upper() in _DECIDING:
            last[one["user"]["id"]] = one
    given = (one["user"] for one in last.values()
             if str(one["state"]).upper() == "APPROVED" and one.get("commit_id") == commit)  # fmt: skip
    return tuple(_account(str(user["login"]), int(user["id"])) for user in given)


def _account(login: str, number: int) -> Account:
    """Return who approved; a login that no record could name must not keep others' approvals from being read."""
    try:
        return account(f"{login}:{number}")
    except ValueError:
        return Account("?", number)


def _each(reviews: Any) -> Iterator[Any]:
    if not isinstance(reviews, list):
        raise ValueError("reviews are a list, as the forge's API gives it")
    for one in reviews:
        if isinstance(one, list):
            yield from _each(one)
        elif isinstance(one, dict):
            yield one
        else:
            raise ValueError("a review is a mapping, as the forge's API gives it")
