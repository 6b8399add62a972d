"""Unquoted YAML scalars in; JSON's types out. And the characters that no file may hold."""

from __future__ import annotations

import math
import re
from typing import Any

from .rules import LIMIT_DIGITS

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")
_NUMBER_START = frozenset("-0123456789")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
# C0 and C1 controls, DEL, line separators, BOM, non-characters; tab and newline are YAML's own affair.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def resolve(plain: str) -> Any:
    """Return what an unquoted scalar means in JSON's types; raise `OverflowError` for a monstrous number."""
    if plain[:1] in _NUMBER_START:
        match = _NUMBER.match(plain)
        if match is None:
            return plain
        if len(plain) > LIMIT_DIGITS:
            raise OverflowError(plain)
        number = int(plain) if match.lastindex is None else float(plain)
        if not math.isfinite(number):
            raise OverflowError(plain)
        return number
    return _WORDS.get(plain, plain)
