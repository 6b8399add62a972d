"""A claim, words in a language and a QR code in; a card as SVG out: what its holder can do, who says so, and the code.

A square of the code is 0.35 mm or more, so that a telephone's camera reads it from a print. A code that needs more room
than a card has stands on a sheet of A6. Nothing of a text is ever markup, and no text reaches the code.
"""

from __future__ import annotations

import functools
import html
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from .. import words
from ..records import Competence, Hub
from ..registry import Registry
from . import lettering, qr
from .qr import Code
from .values import RECOGNITION, Claim

LEAST_SQUARE = 0.35  # mm
LANGUAGES = ("en", "fr", "pt", "sw", "ar")
_WORDS = Path(__file__).parent.parent / "data" / "passports" / "card.json"
_FONTS = "'Noto Sans','DejaVu Sans','Noto Naskh Arabic',Arial,Helvetica,sans-serif"
_INK, _QUIET, _STRONG, _LINE = "#15201e", "#505a55", "#0b5650", "#d8d4c5"
_LEADING = 1.22  # from line to line, in ems
_SCALES = (1.0, 0.92, 0.84, 0.76, 0.68)


class Format(NamedTuple):
    """A paper: its size, the most that a code and one of its squares may take (mm), and how large letters are."""

    name: str
    width: float
    height: float
    margin: float
    code: float
    square: float
    letters: float


CARD = Format("card", 85.6, 54, 4.2, 45.6, 0.45, 1.05)  # ISO/IEC 7810, ID-1
SHEET = Format("sheet", 105, 148, 9, 87, 0.7, 1.6)  # ISO 216, A6
PAPERS = (CARD, SHEET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What stands on a card beside its code, in one language."""

    language: str
    title: str
    competence: str
    level: str
    holder: str
    by: tuple[str, str]  # a label and what it labels
    days: tuple[tuple[str, str], ...]
    scan: str
    site: str


class _Block(NamedTuple):
    text: str
    size: float  # mm
    most: int  # lines
    gap: float  # mm above it
    colour: str = _INK
    is_bold: bool = False


def face(known: Registry, claim: Claim, language: str, site: str) -> Face:
    """Return the face for a claim; what the registry does not know is named by its id."""
    said = _words()[language]
    skill, hub = known.get(Competence, claim.competence), known.get(Hub, claim.issuer)
    names = {one.level: one.name.into(language) for one in skill.levels} if skill else {}
    level = said["level"].format(number=words.amount(claim.level, language), name=names.get(claim.level, ""))
    parts = urlsplit(site)
    return Face(
        language=language,
        title=said["title"],
        competence=skill.labels.into(language) if skill else claim.competence,
        level=level.rstrip(" :"),
        holder=claim.name,
        by=(
            said["recognised_by" if claim.basis == RECOGNITION else "assessed_by"],
            hub.name.into(language) if hub else claim.issuer,
        ),
        days=tuple(_days(claim, said, language)),
        scan=said["scan"],
        site=f"{parts.netloc}{parts.path}".rstrip("/"),
    )


def _days(claim: Claim, said: Mapping[str, str], language: str) -> Iterator[tuple[str, str]]:
    yield said["assessed_on"], words.day(claim.assessed_on, language)
    if claim.valid_until is not None:
        yield said["valid_until"], words.day(claim.valid_until.date(), language)


@functools.cache
def _words() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads(_WORDS.read_text(encoding="utf-8"))
    return found


def coded(site: str, digits: str, papers: Sequence[Format] = PAPERS) -> tuple[Format, Code] | None:
    """Return the paper and the code for a packed credential: the first paper that it fits, and there the sturdier code.

    None when no QR code holds it, or none that a telephone reads on these papers.
    """
    for paper in papers:
        for level in "ML":
            made = qr.code(site, digits, level)
            if made is not None and _square(paper, made) >= LEAST_SQUARE:
                return paper, made
    return None


def _square(paper: Format, code: Code) -> float:
    """Return the side of a square in mm, in steps that a printer's dots can follow."""
    return min(paper.square, int(paper.code / code.size * 1000) / 1000)


def svg(face: Face, code: Code, paper: Format) -> str:
    """Return the picture of a card: one file that asks nobody for anything."""
    side = _square(paper, code) * code.size
    is_mirrored = words.direction(face.language) == "rtl"
    left, top = _place(paper, side, is_mirrored)
    box = _box(paper, side, is_mirrored)
    scale = _square(paper, code)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{paper.width}mm" height="{paper.height}mm" '
            f'viewBox="0 0 {paper.width} {paper.height}" font-family="{_FONTS}" '
            f'lang="{html.escape(face.language)}" role="img">',
            f"<title>{_escaped(f'{face.title}: {face.competence}')}</title>",
            f'<rect width="{paper.width}" height="{paper.height}" fill="#fff"/>',
            f'<rect x=".1" y=".1" width="{paper.width - 0.2:g}" height="{paper.height - 0.2:g}" rx="3" fill="none" '
            f'stroke="{_LINE}" stroke-width=".2"/>',
            f'<g transform="translate({left:.3f} {top:.3f}) scale({scale:g})">'
            f'<path d="{qr.path(code)}" fill="#000" shape-rendering="crispEdges"/></g>',
            *_texts(face, paper, box, is_mirrored=is_mirrored),
            "</svg>\n",
        )
    )


class _Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float


def _place(paper: Format, side: float, is_mirrored: bool) -> tuple[float, float]:
    if paper is SHEET:
        return (paper.width - side) / 2, paper.height - paper.margin - side
    return (paper.margin if is_mirrored else paper.width - paper.margin - side), (paper.height - side) / 2


def _box(paper: Format, side: float, is_mirrored: bool) -> _Box:
    """Return where text may stand: beside the code on a card, above it on a sheet."""
    margin, gap = paper.margin, qr.QUIET * paper.square + 0.6
    if paper is SHEET:
        return _Box(margin, margin, paper.width - 2 * margin, paper.height - 2 * margin - side - gap)
    width = paper.width - 2 * margin - side - gap
    return _Box(margin + side + gap if is_mirrored else margin, margin, width, paper.height - 2 * margin)


def _texts(face: Face, paper: Format, box: _Box, *, is_mirrored: bool) -> Iterator[str]:
    """Yield the lines of text in their box, which cuts off whatever would reach the code all the same."""
    for scale in _SCALES:
        size = paper.letters * scale
        main, end = _set(_blocks(face, size), box), _set(_foot(face, size), box)
        low = box.height - _height(end)
        if _height(main) + 1.2 * size <= low:
            break
    x = box.width if is_mirrored else 0
    yield f'<svg x="{box.x:.3f}" y="{box.y:.3f}" width="{box.width:.3f}" height="{box.height:.3f}" overflow="hidden">'
    yield from _drawn(main, 0, x, is_mirrored=is_mirrored)
    yield from _drawn(end, low, x, is_mirrored=is_mirrored)
    yield "</svg>"


def _blocks(face: Face, size: float) -> Iterator[_Block]:
    yield _Block(face.title, 2.5 * size, 1, 0, _STRONG, True)
    yield _Block(face.competence, 4.3 * size, 3, 1.3 * size, _INK, True)
    yield _Block(face.level, 3 * size, 2, 0.8 * size)
    yield _Block(face.holder, 3.4 * size, 2, 1.6 * size, _INK, True)
    yield _Block(face.by[0], 2 * size, 1, 1.6 * size, _QUIET)
    yield _Block(face.by[1], 2.7 * size, 2, 0.1 * size)
    for at, (label, day) in enumerate(face.days):
        yield _Block(f"{label} {day}", 2.2 * size, 2, (0.3 if at else 1.3) * size, _QUIET)


def _foot(face: Face, size: float) -> Iterator[_Block]:
    yield _Block(face.scan, 2 * size, 3, 0)
    yield _Block(face.site, 2 * size, 2, 0.4 * size, _STRONG)


_Lines = list[tuple[_Block, tuple[str, ...]]]


def _set(blocks: Iterator[_Block], box: _Box) -> _Lines:
    """Return blocks with their lines; those without text are left out."""
    found = []
    for block in blocks:
        ems = box.width / block.size
        lines = lettering.lines(lettering.clean(block.text), ems, block.most, is_bold=block.is_bold)
        found += [(block, lines)] if lines else []
    return found


def _height(all: _Lines) -> float:
    return sum(block.gap + len(lines) * block.size * _LEADING for block, lines in all)


def _drawn(all: _Lines, y: float, x: float, *, is_mirrored: bool) -> Iterator[str]:
    for block, lines in all:
        y += block.gap
        is_rtl = lettering.is_rtl(" ".join(lines), "rtl" if is_mirrored else "ltr")
        weight = ' font-weight="700"' if block.is_bold else ""
        for line in lines:
            y += block.size * _LEADING
            yield (
                f'<text x="{x:.3f}" y="{y - block.size * 0.3:.3f}" font-size="{block.size:.3g}" '
                f'text-anchor="{"end" if is_mirrored else "start"}" fill="{block.colour}"{weight}>'
                f"{_turned(line) if is_rtl else _escaped(line)}</text>"
            )


def _turned(line: str) -> str:
    """Return a line that runs from right to left, isolated: typst heeds these marks and no attribute `direction`."""
    return f"\u2067{_escaped(line)}\u2069"


def _escaped(text: str) -> str:
    return html.escape(lettering.clean(text))
