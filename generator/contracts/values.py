"""What filling a contract template gives: the text in parts, the plain values in it, and what is wrong with them."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Plain = Mapping[str, Any]  # values of parameters as JSON has them, by name


class Problem(NamedTuple):
    """What is wrong with the value of a parameter ("" for the template's or the whole), and the way out."""

    parameter: str
    message: str
    hint: str


class Fault(NamedTuple):
    """What is wrong with one value, and the way out."""

    message: str
    hint: str


class Shape(enum.StrEnum):
    """How the lines of a block stand."""

    PARAGRAPH = "paragraph"
    NUMBERS = "numbers"
    BULLETS = "bullets"


class Block(NamedTuple):
    """One paragraph (a single line), or the items of a list. Lines are plain text: nothing in them is markup."""

    shape: Shape
    lines: tuple[str, ...]


class Clause(NamedTuple):
    """A clause that is part of the contract: its id in the template, its number here, and what it says."""

    id: str
    number: int
    heading: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The text without markup, with empty lines between blocks."""
        return "\n\n".join("\n".join(block.lines) for block in self.blocks)


class Variable(NamedTuple):
    """A line of the cover page: the parameter, its label, and its value or values as they are printed."""

    name: str
    label: str
    printed: tuple[str, ...]


class Party(NamedTuple):
    """Who signs: the labels of its roles, and the party as it is printed."""

    role: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A contract in one language. With problems its clauses are incomplete, and it must not be given out.

    `parameters` are the values in their one normal form, as the manifest hashes them: filling the template with
    them again gives the same text, without any registry.
    """

    template: str
    language: str
    prevailing: str
    title: str
    is_reviewed: bool
    cover: tuple[Variable, ...] = ()
    clauses: tuple[Clause, ...] = ()
    parties: tuple[Party, ...] = ()
    parameters: Plain
    problems: tuple[Problem, ...] = ()
