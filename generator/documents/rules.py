"""What can be wrong with a file as such: its limits and its rules."""

from __future__ import annotations

from dataclasses import dataclass

from ..diagnostics import Rule, Severity, rule

LIMIT_BYTES = 64 * 1024
LIMIT_DEPTH = 24
LIMIT_DIGITS = 30


NOT_UTF_8 = rule(
    "not-utf-8",
    Severity.ERROR,
    """The file is not UTF-8.

Save it as UTF-8. An old spreadsheet or editor may have written it in a national code page.""",
)
BYTE_ORDER_MARK = rule(
    "byte-order-mark",
    Severity.WARNING,
    """The file begins with a byte order mark.

It is read all the same. `karakana fmt` takes the mark away.""",
)
CARRIAGE_RETURN = rule(
    "carriage-return",
    Severity.WARNING,
    """The file has Windows line ends.

It is read all the same. `karakana fmt` writes plain line feeds.""",
)
CONTROL_CHARACTER = rule(
    "control-character",
    Severity.ERROR,
    """The file holds a character that cannot be seen.

Control characters, line separators and NUL come from copying out of other programs. Delete them.""",
)
TOO_LARGE = rule(
    "too-large",
    Severity.ERROR,
    f"""The file is larger than {LIMIT_BYTES // 1024} KiB.

One record is one file, and a record is short. Pictures and long texts belong elsewhere, with a link.""",
)
TOO_DEEP = rule(
    "too-deep",
    Severity.ERROR,
    f"""The file is nested more than {LIMIT_DEPTH} levels deep.

No record needs that. Look for a bracket that is not closed, or lines that are indented too far.""",
)
EMPTY_FILE = rule(
    "empty-file",
    Severity.ERROR,
    """The file holds no record.

It is empty or holds comments only. Write the record, or delete the file.""",
)
YAML_SYNTAX = rule(
    "yaml-syntax",
    Severity.ERROR,
    """The file is not YAML.

The message says what the parser met. Often a quote is missing around a text with a colon, or the
indentation is off. Tabs cannot indent YAML.""",
)
SEVERAL_DOCUMENTS = rule(
    "several-documents",
    Severity.ERROR,
    """The file holds more than one document.

One record is one file: move what follows the second `---` to a file of its own.""",
)
ALIAS = rule(
    "alias",
    Severity.ERROR,
    """The file uses an anchor or an alias.

`&name` and `*name` make a record hard to read and easy to abuse. Write the value out. If the text
begins with `&` or `*`, put it in quotes.""",
)
TAG = rule(
    "tag",
    Severity.ERROR,
    """The file uses a YAML tag.

Records have JSON's types only. Take the `!tag` away. If the text begins with `!`, put it in quotes.""",
)
DUPLICATE_KEY = rule(
    "duplicate-key",
    Severity.ERROR,
    """A key stands twice in the same place.

Only one of the values would count. Keep one, or join them.""",
)
KEY_NOT_TEXT = rule(
    "key-not-text",
    Severity.ERROR,
    """A key is not text.

Keys are words. A number, `true`, `null` or a list cannot be a key; put quotes around it if it must be.""",
)
NUMBER_OUT_OF_RANGE = rule(
    "number-out-of-range",
    Severity.ERROR,
    f"""A number is too long or too large.

Numbers have at most {LIMIT_DIGITS} characters and are finite. If it is a code, put it in quotes.""",
)
PRIVATE_KEY_MATERIAL = rule(
    "private-key-material",
    Severity.ERROR,
    """The file holds a private key.

Whoever has it signs in the hub's name. It counts as known from the moment it was pushed, even when it is encrypted:
a copy stays in the history. `karakana key revoke` prints what goes into the hub's record, and `karakana key new` makes
another key. Then take it out of the file and, with `git filter-repo`, out of the history. What belongs into a record is
the public key, which begins with `z6Mk`: `karakana key show` prints it. This rule has no exceptions.""",
)

RULES: tuple[Rule, ...] = (
    NOT_UTF_8, BYTE_ORDER_MARK, CARRIAGE_RETURN, CONTROL_CHARACTER, TOO_LARGE, TOO_DEEP, EMPTY_FILE, YAML_SYNTAX,
    SEVERAL_DOCUMENTS, ALIAS, TAG, DUPLICATE_KEY, KEY_NOT_TEXT, NUMBER_OUT_OF_RANGE, PRIVATE_KEY_MATERIAL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file as such. Line and column count from 1; 0 stands for the whole file."""

    rule: Rule
    message: str
    line: int = 0
    column: int = 0
