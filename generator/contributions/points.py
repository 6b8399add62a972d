"""Coordinates as people write them, or a link to a map, in; latitude and longitude in degrees out."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from ..importers import places

Point = tuple[float, float]

_NUMBER = r"[-+−]?\d{1,3}(?:\.\d+)?"
_PLAIN = re.compile(rf"({_NUMBER})\s*°?\s*[,;/ ]\s*({_NUMBER})\s*°?\Z")
_COMMAS = re.compile(r"([-+−]?\d{1,3},\d+)\s*°?\s*[;/ ]\s*([-+−]?\d{1,3},\d+)\s*°?\Z")
# One half: 6°41'18"N, N 6° 41.31', 6.6885° N. Minutes and seconds may have a decimal part.
_HALF = (
    r"(?P<sign>[-+−]?)(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*(?:°|º|deg|d)?\s*"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:['′’‘]|m(?:in)?)\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”“]|\'\'|′′|s(?:ec)?(?![a-z]))\s*)?"
)
_LETTER = "(?P<letter>[NSEWO])"
_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in (_LETTER + r"\s*" + _HALF, _HALF + _LETTER))
_BETWEEN = re.compile(r"[\s,;/]*")
_LABELS = re.compile(r"\b(?:latitude|longitude|lat|lon|lng|long)\b\s*[:=]?\s*", re.IGNORECASE)
_AT = re.compile(rf"@({_NUMBER}),({_NUMBER})")
_PIN = re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")
_FRAGMENT = re.compile(rf"(?:map=)?\d+(?:\.\d+)?/({_NUMBER})/({_NUMBER})")
_PLACE = re.compile(rf"/(?:place|search|dir)/({_NUMBER}),\s*\+?({_NUMBER})")
_PAIRS = ("q", "query", "ll", "sll", "daddr", "destination", "center", "cp", "coordinate", "loc")
_HALVES = (("mlat", "mlon"), ("lat", "lon"), ("lat", "lng"), ("latitude", "longitude"))


def point(said: str) -> Point | None:
    """Return the point that an answer gives, latitude first, or None. Whether it can be true is not asked here."""
    said = said.strip().strip("()[]<>").strip()
    if re.match(r"(?:https?://|geo:|www\.)", said, re.IGNORECASE):
        return _linked(said)
    bare = _LABELS.sub("", said).replace("−", "-").strip()
    for pattern in (_PLAIN, _COMMAS):
        if found := pattern.match(bare):
            return _pair(found[1].replace(",", "."), found[2].replace(",", "."))
    return _halves(bare) or _turned(bare)


def is_link(said: str) -> bool:
    """Tell whether an answer is an address."""
    return re.match(r"\s*[<(\[]?\s*(?:https?://|geo:|www\.)", said, re.IGNORECASE) is not None


def _linked(address: str) -> Point | None:
    """Return the point in a link of OpenStreetMap, Google, Apple or Bing, or in a `geo:` address: pin before view."""
    if address.lower().startswith("geo:"):
        return point(address[4:].partition("?")[0].partition(";")[0])
    try:
        parts = urlsplit(address)
        query = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return None
    whole = unquote(f"{parts.path}?{parts.query}")
    for one, other in _HALVES:
        if one in query and other in query:
            return _pair(query[one][0], query[other][0])
    if pin := _PIN.findall(whole):
        return _pair(*pin[-1])
    for key in _PAIRS:
        for value in query.get(key, ()):
            if found := _PLAIN.match(value.replace("~", ",").removeprefix("loc:").strip()):
                return _pair(found[1], found[2])
    found = _PLACE.search(whole) or _AT.search(whole) or _FRAGMENT.match(unquote(parts.fragment))
    return _pair(found[1], found[2]) if found else None


def _pair(north: str, east: str) -> Point | None:
    try:
        return float(north.replace("−", "-")), float(east.replace("−", "-"))
    except ValueError:
        return None


def _halves(said: str) -> Point | None:
    """Return the point of two halves with their letters, in either order: letters before both, or behind both."""
    for form in _FORMS:
        first = form.match(said)
        second = form.fullmatch(said, _BETWEEN.match(said, first.end()).end()) if first else None  # type: ignore[union-attr]
        if first and second and "-" not in first["sign"] + second["sign"]:
            by_axis = {letter in "NS": _degrees(half) * (-1 if letter in "SWO" else 1)
                       for half in (first, second) for letter in (half["letter"].upper(),)}  # fmt: skip
            return (by_axis[True], by_axis[False]) if len(by_axis) == 2 else None
    return None


def _degrees(half: re.Match[str]) -> float:
    degrees, minutes, seconds = (
        float((half[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")
    )
    return round(degrees + minutes / 60 + seconds / 3600, 6)


def _turned(said: str) -> Point | None:
    """Return what the importers make of degrees and minutes."""
    north, east = places.pair(said)
    return None if north is None or east is None or not re.search(r"[°d]", said) else (north, east)
