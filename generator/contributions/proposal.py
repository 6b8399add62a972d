"""What an issue becomes: the files of a pull request, or what is wanted of its author; as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Want:
    """Something that keeps an issue from becoming a record.

    `at` is the answer's label, or a file's path and line; `message` says what is wrong, with values between backticks,
    `hint` what to do, and `said` is what was answered, word for word.
    """

    at: str
    message: str
    hint: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Files by their path in the registry's folder, notes for whoever reads them, and what is still wanted.

    There are files or wants, never both. `changes` are the paths that are records already.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    name: str = ""
    notes: tuple[str, ...] = ()
    wants: tuple[Want, ...] = ()
    changes: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether a pull request can be made of it."""
        return bool(self.files) and not self.wants


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an issue: an account on the forge, with the number that stays; "" and 0 when unknown."""

    login: str = ""
    number: int = 0
