"""Countries, points and towns as other lists write them in; codes, points that can be true, and notes out."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import outlines, words
from . import text

# Languages in which countries are looked for, beside the registry's own.
_LANGUAGES = (
    "en", "fr", "pt", "sw", "ar", "es", "de", "it", "nl", "ca", "cs", "da", "el", "fi", "hu", "id", "ja", "ko", "nb",
    "pl", "ro", "ru", "sv", "tr", "uk", "vi", "zh", "fa", "hi", "am", "ha", "yo", "zu", "he", "th",
)  # fmt: skip
# Names in use that CLDR words otherwise, in their normal form.
_NAMES = {
    "uk": "gb", "england": "gb", "scotland": "gb", "wales": "gb", "northernireland": "gb", "greatbritain": "gb",
    "usa": "us", "unitedstatesofamerica": "us", "america": "us", "holland": "nl", "netherlands": "nl",
    "czechrepublic": "cz", "ivorycoast": "ci", "cotedivoire": "ci", "southkorea": "kr", "republicofkorea": "kr",
    "korearepublicof": "kr", "drc": "cd", "drcongo": "cd", "democraticrepublicofthecongo": "cd",
    "congodemocraticrepublicofthe": "cd", "congobrazzaville": "cg", "congokinshasa": "cd", "republicofthecongo": "cg",
    "turkey": "tr", "turkiye": "tr", "swaziland": "sz", "capeverde": "cv", "macedonia": "mk", "burma": "mm",
    "russianfederation": "ru", "iranislamicrepublicof": "ir", "vietnam": "vn", "bosnia": "ba", "uae": "ae",
    "palestine": "ps", "tanzaniaunitedrepublicof": "tz", "hongkong": "hk", "macau": "mo", "bolivia": "bo",
    "thegambia": "gm", "gambiathe": "gm", "laos": "la", "syria": "sy", "taiwan": "tw", "moldova": "md",
    "venezuela": "ve", "brunei": "bn", "reunion": "re", "republicofireland": "ie", "prc": "cn",
}  # fmt: skip
_LENIENCE_KM = {"exact": 20.0, "street": 20.0, "city": 40.0, "country": 150.0}  # as the check of places has it
_DECIMALS = 5  # a metre
_DMS = re.compile(r"(\d{1,3})\s*[°d]\s*(\d{1,2})\s*['′m]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″]|''))?\s*([NSEWO])", re.I)
_LETTERED = re.compile(r"\s*(?:[NSEW]\s*(\d+(?:[.,]\d+)?)\s*°?|(\d+(?:[.,]\d+)?)\s*°?\s*[NSEW])\s*", re.I)
_WKT = re.compile(r"\s*(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)", re.I)
_COMMAS = re.compile(r"[\s(\[]*(-?\d{1,3},\d+)\s*[;/ ]\s*(-?\d{1,3},\d+)")  # decimal commas
_PAIR = re.compile(r"(?:geo:)?[\s(\[]*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)(?!\d)")
_BEFORE = re.compile(r"(?:[A-Z]{1,2}-)?(\d{4} ?[A-Z]{2}(?= )|\d{3} ?\d{2}|\d{5}-\d{3}|\d{4,6})\s+([^\W\d][^\d]*)\Z")
_CODE = re.compile(r"(?:[A-Z]{1,2}-)?(?:\d{4} ?[A-Z]{2}|\d{5})")  # alone between commas, the town after it
_AFTER = re.compile(r"([^\W\d][^\d]*?),?\s+([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|(?:[A-Z]{2} )?\d{4,6}(?:-\d{4})?)\Z")


@functools.cache
def country_named(found: str) -> str:
    """Return the alpha-2 code of a country given as a code or a name in any of many languages, or ""."""
    bare = found.strip()
    code = bare.lower()
    if code in words.countries():
        return code
    name = words.term(bare)
    if known := _NAMES.get(name, ""):
        return known
    if len(name) == 3 and (by_code := words.country_of_number(name.upper())):
        return by_code
    for language in _LANGUAGES:
        if known := _names(language).get(name, ""):
            return known
    return ""


@functools.cache
def _names(language: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code in sorted(words.countries()):
        name = words.country_name(code, language)
        if name != code.upper():
            found.setdefault(words.term(name), code)
            found.setdefault(words.term(re.sub(r"\(.*\)", "", name)), code)
    found.pop("", None)
    return found


@dataclass(frozen=True, slots=True)
class Spot:
    """A country, the point in it if one is left, and what was found out or taken away."""

    country: str
    point: tuple[float, float] | None
    notes: tuple[str, ...] = ()


def spot(country: str, latitude: Any, longitude: Any, precision: str = "exact") -> Spot:
    """Return where a row says that it is: the country from its words or else from the point, the point if it can be.

    A point outside the country is taken away; when its two numbers exchanged would lie in it, a note proposes them.
    """
    code = country_named(text.line(country))
    notes: tuple[str, ...] = (
        (f"`{text.line(country, 60)}` is no country that is known",) if country and not code else ()
    )
    point, fault = _point(latitude, longitude)
    if fault:
        notes += (fault,)
    if point is None:
        return Spot(code, None, notes)
    if not code:
        code = country_of_point(point)
        if code:
            notes += (f"country {words.country_name(code)} from the coordinates",)
        return Spot(code, point if code else None, notes)
    if outlines.is_near(code, point, _LENIENCE_KM[precision]):
        return Spot(code, point, notes)
    return Spot(code, None, (*notes, _misplaced(code, point, _LENIENCE_KM[precision])))


@functools.lru_cache(4096)
def country_of_point(point: tuple[float, float]) -> str:
    """Return the country in which a point lies, or the only one that is near: coasts are drawn coarsely."""
    if code := outlines.country_at(point):
        return code
    near = [code for code in sorted(outlines.countries()) if outlines.is_near(code, point, _LENIENCE_KM["exact"])]
    return min(near, key=lambda code: outlines.distance_km(code, point), default="")


def _point(latitude: Any, longitude: Any) -> tuple[tuple[float, float] | None, str]:
    """Return a point that can be one, or why there is none ("" when none is given)."""
    if isinstance(latitude, str) and text.line(longitude) == "":
        latitude, longitude = pair(latitude)  # both in one column
    found = (_angle(latitude), _angle(longitude))
    if text.line(latitude) == "" and text.line(longitude) == "":
        return None, ""
    north, east = found
    shown = f"coordinates {text.line(latitude, 30)}, {text.line(longitude, 30)}"
    if north is None or east is None:
        return None, f"{shown} are no pair of numbers: left out"
    if north == 0 and east == 0:
        return None, "coordinates 0, 0 stand for none: left out"
    if abs(north) > 90 or abs(east) > 180:
        exchanged = (
            f"; did it mean latitude {east:g}, longitude {north:g}?" if abs(east) <= 90 and abs(north) <= 180 else ""
        )
        return None, f"{shown} lie nowhere: left out{exchanged}"
    return (round(north, _DECIMALS), round(east, _DECIMALS)), ""


def _misplaced(country: str, point: tuple[float, float], lenience: float) -> str:
    """Return the note for a point outside of its country, with the pair that would lie in it."""
    north, east = point
    there = outlines.country_at(point)
    where = f"in {words.country_name(there)}" if there else "in the sea"
    note = f"coordinates {north:g}, {east:g} lie {where}, not in {words.country_name(country)}: left out"
    if abs(east) <= 90 and outlines.is_near(country, (east, north), lenience):
        return f"{note}; exchanged they lie in it: latitude: {east:g}, longitude: {north:g}?"
    for other in ((north, -east), (-north, east), (-north, -east)):
        if outlines.is_near(country, other, lenience):
            return f"{note}; with another sign they lie in it: latitude: {other[0]:g}, longitude: {other[1]:g}?"
    return note


def _angle(value: Any) -> float | None:
    """Return degrees, also of "48° 12' 30\" N" or "16.37 E"."""
    if isinstance(value, str) and (turned := _DMS.search(value)):
        north = _degrees(*turned.groups()[:3])
        return -north if turned[4].upper() in ("S", "W", "O") else north  # O: "ouest", as in `pair`
    if isinstance(value, str) and (lettered := _LETTERED.fullmatch(value)):
        degrees = text.number(lettered[1] or lettered[2])
        letter = re.sub(r"[^NSEWnsew]", "", value).upper()[:1]
        return -degrees if degrees is not None and letter in ("S", "W") else degrees
    return text.number(value)


def pair(value: Any) -> tuple[float | None, float | None]:
    """Return latitude and longitude of a cell such as "6.68, -1.62 0 0", of a list, or in degrees and minutes."""
    if isinstance(value, list | tuple):
        value = " ".join(str(one) for one in value[:2])
    if isinstance(value, dict):
        lowered = {str(key).lower(): one for key, one in value.items()}
        north = lowered.get("latitude", lowered.get("lat"))
        return text.number(north), text.number(lowered.get("longitude", lowered.get("lon", lowered.get("lng"))))
    found = str(value or "")
    if turned := _DMS.findall(found):
        by_letter = {letter.upper(): _degrees(*rest) for *rest, letter in turned}
        north = by_letter.get("N", -by_letter["S"] if "S" in by_letter else None)
        west = by_letter.get("W", by_letter.get("O"))
        return north, by_letter.get("E", -west if west is not None else None)
    if wkt := _WKT.match(found):
        return text.number(wkt[2]), text.number(wkt[1])
    numbers = _COMMAS.match(found) or _PAIR.match(found)
    return (text.number(numbers[1]), text.number(numbers[2])) if numbers else (None, None)


def _degrees(degrees: str, minutes: str, seconds: str) -> float:
    return round(int(degrees) + int(minutes) / 60 + float(seconds.replace(",", ".") or 0) / 3600, 6)


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address in one line; "" for what is not found."""

    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""


def address(found: str) -> Address:
    """Return the parts of an address in one line, such as "Oberallmendstrasse 18, 6300 Zug, Switzerland".

    The town is what stands beside a postcode, else the last part before the country; without commas there is none.
    """
    parts = [part for one in re.split(r"[,\n]", found) if (part := text.line(one))]
    country = country_named(parts[-1]) if parts and (len(parts[-1]) > 2 or parts[-1] == "UK") else ""
    if country:
        parts.pop()
    for at in range(len(parts) - 1, -1, -1):
        if at < len(parts) - 1 and _CODE.fullmatch(parts[at]):
            return Address(", ".join(parts[:at]), parts[at], parts[at + 1], country)
        if before := _BEFORE.search(parts[at]):
            lead = parts[at][: before.start()].strip()
            return Address(", ".join([*parts[:at], *filter(None, (lead,))]), before[1], before[2].strip(), country)
        if at and (after := _AFTER.fullmatch(parts[at])):
            is_state = re.fullmatch(r"[A-Z]{2}", after[1])  # Boston, MA 02134
            town, street = (parts[at - 1], parts[: at - 1]) if is_state else (after[1].strip(), parts[:at])
            return Address(", ".join(street), after[2], town, country)
    if len(parts) > 1 and not re.search(r"\d", parts[-1]):
        return Address(", ".join(parts[:-1]), "", parts[-1], country)
    return Address(", ".join(parts), "", "", country)
