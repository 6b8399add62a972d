"""Accounts on the forge, as records and commands name them, in; whether two are the same person's out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

# GitHub's logins, the dots and underscores of other forges, and the ending of GitHub's apps. ASCII only.
_ACCOUNT = re.compile(r"(?P<login>[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}(?:\[bot\])?)(?::(?P<number>[1-9][0-9]{0,17}))?")


class Account(NamedTuple):
    """A login, and the account's number, which stays when the login changes hands; 0 where it is not known."""

    login: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.login}:{self.number}" if self.number else self.login


def account(text: str) -> Account:
    """Return the account that `LOGIN` or `LOGIN:ID` names. Raises `ValueError` for anything else."""
    found = _ACCOUNT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no account: write LOGIN or LOGIN:ID, such as kumasi-hive:583231")
    return Account(found["login"], int(found["number"] or 0))


def listed(data: Mapping[str, Any], key: str) -> tuple[Account, ...]:
    """Return the accounts that a record lists under a key as `{github, github_id}`."""
    return tuple(Account(one["github"], int(one.get("github_id", 0))) for one in data.get(key, ()))


def has(accounts: Iterable[Account], one: Account) -> bool:
    """Tell whether an account is among others: by its number where there is one, else by its login without case.

    A login whose number is listed counts with that number only: who takes over a freed login inherits nothing.
    """
    known = tuple(accounts)
    return has_for_certain(known, one) or _has_login(known, one)


def has_for_certain(accounts: Iterable[Account], one: Account) -> bool:
    """Tell whether an account is among others by its number."""
    return one.number != 0 and any(other.number == one.number for other in accounts)


def _has_login(accounts: Iterable[Account], one: Account) -> bool:
    numbers = [other.number for other in accounts if other.login.lower() == one.login.lower()]
    return bool(numbers) and not any(numbers)
