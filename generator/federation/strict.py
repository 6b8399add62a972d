"""Bytes of somebody else's JSON in; plain data out, and nothing that readers of JSON understand differently.

Refused are: bytes that are not UTF-8, keys that stand twice, NaN and Infinity, numbers beyond a double, halves of
surrogate pairs, and what is nested deeper than 16 levels.
"""

from __future__ import annotations

import json
import math
from typing import Any

_DEPTH = 16


class JsonError(Exception):
    """What is wrong, to be read after the name of a file."""


def read(source: bytes) -> Any:
    """Return the data. Raises `JsonError`."""
    try:
        found = _DECODER.decode(source.decode("utf-8"))
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise JsonError("is not UTF-8") from error
    except UnicodeEncodeError as error:
        raise JsonError("has text that is no Unicode") from error
    except RecursionError as error:
        raise JsonError("is nested too deep") from error
    except json.JSONDecodeError as error:
        raise JsonError(f"is not JSON: {error.msg} at character {error.pos}") from error
    except ValueError as error:  # an integer of thousands of digits
        raise JsonError("has a number that is too long") from error
    if _is_deeper(found, _DEPTH):
        raise JsonError("is nested too deep")
    return found


def _is_deeper(value: Any, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(levels == 0 or _is_deeper(one, levels - 1) for one in inner if isinstance(one, dict | list))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise JsonError("has a key twice")
    return found


def _refuse(constant: str) -> Any:
    raise JsonError(f"has {constant}, which is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise JsonError("has a number that is too large")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse, parse_float=_finite)
