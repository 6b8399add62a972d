"""One record's data in; its canonical YAML out. What `karakana fmt` writes, the forms on the site write too.

Keys stand in the schema's order, two spaces indent, one item a line, lists of numbers in one line, and
quotes only where another YAML reader could take a text for something else. Comments stay where they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import schemas
from .diagnostics import Key
from .documents import Comments, examine, read_comments

# A text that begins and goes on harmlessly; `: `, ` #` and a final colon are looked for apart.
_HIDDEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"
_SAFE = re.compile(rf"[^\s{_HIDDEN}\-?:,\[\]{{}}#&*!|>'\"%@`=~<][^{_HIDDEN}]*\Z")
# What YAML 1.1 readers take for booleans, null, numbers or sexagesimals. Dates may stay bare: they are texts here.
_AMBIGUOUS = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|[-+]?\.?(?:nan|inf)|[-+]?\.?[0-9][0-9_,.:]*(?:e[-+]?[0-9]+)?|0x[0-9a-f_]+|0o?[0-7_]+|0b[01_]+)\Z",
    re.IGNORECASE,
)
# What JSON leaves bare and YAML, or a reader's eye, should not meet.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_NO_COMMENTS = Comments((), {}, {}, ())


def canonical(kind: str, data: Mapping[str, Any], comments: Comments = _NO_COMMENTS) -> str:
    """Return the canonical text of a record of a kind. The data must be what `documents.parse` can return."""
    lines = list(_Writer(kind, comments).mapping(data, (), "")) or ["{}"]
    return "\n".join([*comments.first, *lines, *comments.last]) + "\n"


def reformatted(kind: str, source: bytes) -> bytes | None:
    """Return a file's canonical bytes, or None when it cannot be read, or not be written so that it reads the same."""
    exact = examine(source)
    if exact.is_broken or not isinstance(exact.data, dict):
        return None
    text = source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    better = canonical(kind, exact.data, read_comments(text)).encode()
    return better if examine(better).data == exact.data else None


class _Writer:
    """Writes data line by line, knowing the schema for the order of keys and the comments to put back."""

    def __init__(self, kind: str, comments: Comments) -> None:
        self.kind = kind
        self.comments = comments

    def mapping(self, data: Mapping[str, Any], keys: tuple[Key, ...], indent: str) -> Iterator[str]:
        rank = {name: at for at, name in enumerate(schemas.properties(self.kind, keys))}
        for key in sorted(data, key=lambda name: rank.get(name, len(rank))):
            yield from self.entry(f"{scalar(key)}:", data[key], (*keys, key), indent)

    def sequence(self, data: Sequence[Any], keys: tuple[Key, ...], indent: str) -> Iterator[str]:
        for at, value in enumerate(data):
            if isinstance(value, dict) and value:
                yield from self.before((*keys, at), indent)
                if after := self.comments.after.get((*keys, at)):
                    yield indent + after.strip()
                lines = list(self.mapping(value, (*keys, at), indent + "  "))
                first = next(at for at, line in enumerate(lines) if not line.lstrip().startswith("#"))
                yield from (indent + line.lstrip() for line in lines[:first])
                yield indent + "- " + lines[first][len(indent) + 2 :]
                yield from lines[first + 1 :]
            else:
                yield from self.entry("-", value, (*keys, at), indent)

    def entry(self, lead: str, value: Any, keys: tuple[Key, ...], indent: str) -> Iterator[str]:
        yield from self.before(keys, indent)
        after = self.comments.after.get(keys, "")
        if isinstance(value, dict) and value:
            yield f"{indent}{lead}{after}"
            yield from self.mapping(value, keys, indent + "  ")
        elif isinstance(value, list) and value and not self.fits_line(value, keys):
            yield f"{indent}{lead}{after}"
            yield from self.sequence(value, keys, indent + "  ")
        elif isinstance(value, str) and "\n" in value and _fits_block(value):
            yield f"{indent}{lead} |{'' if value.endswith(chr(10)) else '-'}{after}"
            for line in value.removesuffix("\n").split("\n"):
                yield f"{indent}  {line}" if line else ""
        else:
            yield f"{indent}{lead} {scalar(value)}{after}"

    def fits_line(self, value: Sequence[Any], keys: tuple[Key, ...]) -> bool:
        """Tell whether a list is written in one line: numbers, none of which has a comment of its own."""
        commented = self.comments.before.keys() | self.comments.after.keys()
        return all(_is_number(item) for item in value) and not any((*keys, at) in commented for at in range(len(value)))

    def before(self, keys: tuple[Key, ...], indent: str) -> Iterator[str]:
        for line in self.comments.before.get(keys, ()):
            yield f"{indent}{line}" if line else ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fits_block(text: str) -> bool:
    """Tell whether a text of several lines reads back the same from a literal block."""
    lines = text.removesuffix("\n").split("\n")
    return (
        bool(lines[0].strip())
        and not lines[0][0].isspace()
        and all(line == line.rstrip() for line in lines)
        and bool(lines[-1])
    )


def scalar(value: Any) -> str:
    """Return a scalar, an empty collection or a list of numbers on one line."""
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, list):
        return f"[{', '.join(map(scalar, value))}]"
    return json.dumps(value)


def _quoted(text: str) -> str:
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False))


def _is_plain(text: str) -> bool:
    if _SAFE.match(text) is None or _AMBIGUOUS.match(text) is not None:
        return False
    return ": " not in text and " #" not in text and not text.endswith((":", " ")) and "\t" not in text
