"""An issue's text in; the answers under the form's headings and the files in fences out, or why it cannot be read.

A form's answers are Markdown under `### Label`. Whoever answers may write such a line too, so a heading of the form
that stands twice is refused: nobody can say which of the two the author saw. What is in a fence is never a heading.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from .proposal import Want

LIMIT_BYTES = 200_000  # a forge takes 65,536 characters
FILES = "Files"  # the heading under which the site's form writes files
_HEADING = re.compile(r" {0,3}###[ \t]+(.*?)[ \t]*#*[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^`]*)\Z")
_PATH = re.compile(r" {0,3}`([^`]*)`[ \t]*\Z")
_NOTHING = "_No response_"
_MOST_FILES = 60


@dataclass(frozen=True, slots=True)
class Fenced:
    """A file as it stands in an issue: the path above its fence, its text, and the line on which the text begins."""

    path: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """Answers by their heading, files, whether there was a heading for files, and what is wrong with the structure."""

    answers: dict[str, str] = field(default_factory=dict)
    files: tuple[Fenced, ...] = ()
    has_files: bool = False
    wants: tuple[Want, ...] = ()


def read(source: bytes, labels: Collection[str]) -> Body:
    """Return what an issue's text holds, by the labels of its form. Never raises for what the text holds."""
    if len(source) > LIMIT_BYTES:
        return Body(wants=(Want("", f"the text has more than {LIMIT_BYTES:,} bytes", "make it shorter"),))
    text = source.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    sections, wants = _sections(list(_lines(text)), {*labels, FILES})
    answers = {label: _answer(rows) for label, rows in sections.items() if label != FILES}
    files: list[Fenced] = []
    if FILES in sections:
        files, more = _files(sections[FILES])
        wants += more
    return Body(answers, tuple(files), FILES in sections, tuple(wants))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its number and what it is: `open` and `close` of a fence, `in` one, or a line of `text`."""

    text: str
    number: int
    role: str


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines with their roles; HTML comments outside of fences are taken away."""
    fence, hidden = "", False
    for number, line in enumerate(text.split("\n"), 1):
        if fence:
            found = _FENCE.match(line)
            closes = found is not None and found[1].startswith(fence) and not found[2].strip()
            yield _Line(line, number, "close" if closes else "in")
            fence = "" if closes else fence
            continue
        shown, hidden = _unhidden(line, hidden)
        if (found := _FENCE.match(shown)) is not None:
            fence = found[1]
            yield _Line(shown, number, "open")
        elif shown.strip() or not line.strip():
            yield _Line(shown, number, "text")


def _unhidden(line: str, hidden: bool) -> tuple[str, bool]:
    """Return what of a line is outside of HTML comments, and whether one goes on behind it."""
    shown = ""
    while line:
        if hidden:
            _, end, line = line.partition("-->")
            hidden = not end
        else:
            before, begin, line = line.partition("<!--")
            shown, hidden = shown + before, bool(begin)
    return shown, hidden


def _sections(lines: list[_Line], labels: Collection[str]) -> tuple[dict[str, list[_Line]], list[Want]]:
    found: dict[str, list[_Line]] = {}
    wants: list[Want] = []
    rows: list[_Line] = []
    for line in lines:
        heading = _HEADING.match(line.text) if line.role == "text" else None
        if heading is None or heading[1] not in labels:
            rows.append(line)
            continue
        rows = []
        if heading[1] in found:
            hint = "write this line another way where it is a part of an answer"
            wants.append(Want(heading[1], f"line {line.number}: the heading `### {heading[1]}` stands twice", hint))
        else:
            found[heading[1]] = rows
    if lines and _is_open(lines):
        number = max(line.number for line in lines if line.role == "open")
        wants.append(Want("", f"line {number}: a fence is opened and never closed", "close it with the same marks"))
    return found, wants


def _is_open(lines: list[_Line]) -> bool:
    return sum(line.role == "open" for line in lines) > sum(line.role == "close" for line in lines)


def _answer(rows: list[_Line]) -> str:
    text = "\n".join(line.text for line in rows if line.role in ("text", "in")).strip()
    return "" if text == _NOTHING else text


def _files(rows: list[_Line]) -> tuple[list[Fenced], list[Want]]:
    """Return the files of a section: each a line with a path between backticks, and a fence after it."""
    files: list[Fenced] = []
    wants: list[Want] = []
    path = ""
    inside: list[str] = []
    for line in rows:
        if line.role == "text":
            if line.text.strip():
                path = named[1] if (named := _PATH.match(line.text)) else ""
        elif line.role == "open":
            inside = []
            if not path:
                hint = "write `registry/hubs/<country>/<hub>.yaml` alone on the line above it, between backticks"
                wants.append(Want(FILES, f"line {line.number}: no path stands above this fence", hint))
        elif line.role == "in":
            inside.append(line.text)
        elif path:
            text = "\n".join(inside)
            files.append(Fenced(path, f"{text}\n" if text else "", line.number - len(inside)))
            path = ""
    if len(files) > _MOST_FILES:
        wants.append(Want(FILES, f"there are {len(files)} files, and one issue takes {_MOST_FILES}", "split it up"))
    return files[:_MOST_FILES], wants
