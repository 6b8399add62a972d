"""Two towns' names in; whether they can be one town out: in two languages, with a part more, in another spelling."""

from __future__ import annotations

import functools
import re

from .. import words
from .likeness import spelling

# Towns that lists write in more than one way, in the normal form of `likeness.spelling`. The first stands for all.
_NAMES = (
    "vienna wien vienne", "munich munchen", "cologne koln", "nuremberg nurnberg", "geneva geneve genf", "bern berne",
    "basel basle bale", "zurich zurigo", "lucerne luzern", "brussels bruxelles brussel", "antwerp antwerpen anvers",
    "ghent gent gand", "thehague denhaag sgravenhage", "lisbon lisboa lisbonne", "rome roma", "milan milano",
    "turin torino", "florence firenze", "venice venezia", "naples napoli", "genoa genova", "prague praha prag",
    "warsaw warszawa", "cracow krakow", "moscow moskva", "saintpetersburg sanktpeterburg stpetersburg",
    "athens athina", "copenhagen kobenhavn", "gothenburg goteborg", "bucharest bucuresti", "belgrade beograd",
    "seville sevilla", "saragossa zaragoza", "cairo alqahirah lecaire", "alexandria aliskandariyyah",
    "algiers alger", "marrakesh marrakech", "tangier tanger", "addisababa addisabeba", "kyiv kiev",
    "luxembourg luxembourgcity", "mexico mexicocity ciudadmexico", "newyork newyorkcity nyc", "beijing peking",
    "bengaluru bangalore", "mumbai bombay", "kolkata calcutta", "chennai madras", "hochiminhcity saigon",
    "thiruvananthapuram trivandrum", "guatemala guatemalacity", "panama panamacity", "kuwait kuwaitcity",
    "hanover hannover", "brunswick braunschweig", "dusseldorf duesseldorf", "strasbourg strassburg strasburg",
    "newcastle newcastleupontyne", "losangeles la", "washington washingtondc",
)  # fmt: skip
_BY_NAME = {name: several.split()[0] for several in _NAMES for name in several.split()}
_PARTS = re.compile(r"[,;/()|]|\s[-–—]\s|(?<=\w)[-–](?=\w)")
_FEWEST = 4  # letters of a town's name that another begins with


@functools.lru_cache(1 << 16)
def _names(town: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return a town's words, and the names that stand for it, whole or in parts, without spaces."""
    whole = spelling(town)
    parts = {"".join(spelling(part)) for part in _PARTS.split(town)} | {"".join(whole)}
    return whole, frozenset(_BY_NAME.get(part, part) for part in parts if part)


def can_be_one(town: str, other: str) -> bool:
    """Tell whether two names can stand for one town: the same, translated, a part, or cut short."""
    if town == other:
        return True
    (a, names), (b, others) = _names(town), _names(other)
    if names & others:
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return long[: len(short)] == short and len("".join(short)) >= _FEWEST


def is_unknown(town: str, country: str) -> bool:
    """Tell whether a hub's town says nothing: none is given, or the country stands for it."""
    return not town or town.startswith("(") or words.term(town) == words.term(words.country_name(country))
