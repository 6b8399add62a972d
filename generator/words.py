"""Words and names: text in several languages, normal forms for comparing, slugs, suggestions, names of places."""

from __future__ import annotations

import datetime
import difflib
import functools
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import babel
import babel.dates
import babel.lists
import babel.numbers
from babel.core import get_global

_NOT_WORD = re.compile(r"[\W_]+")
_FINEST = 6  # more decimals of an amount than a currency has: 0.005 EUR for a gram
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Names that Windows keeps for devices: nobody there can check out a file that is called so, whatever its ending.
DEVICES = "con|prn|aux|nul|com[0-9]|lpt[0-9]"
_LONGEST_NAME = 64
_DEVICE = re.compile(DEVICES)
_FRENCH = (
    (re.compile(r"(?<=[^\W\d_])'(?=\w)"), "’"),
    (re.compile(r"(?<=[\w)%’»]) (?=[:;!?»](?:\s|$))"), "\N{NARROW NO-BREAK SPACE}"),
    (re.compile(r"« "), "«\N{NARROW NO-BREAK SPACE}"),
)
# CLDR's bare `pt` is Brazilian: Quênia, 12.345,6. The Portuguese of Africa and Europe is another.
_LOCALES = {"pt": "pt_PT"}
_COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "ja": "、", "zh": "、"}  # between the items of a list, where no `, `
# Letters that Unicode does not decompose; from common transliteration practice.
_LATIN = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ɛ": "e", "ɔ": "o"}
)


@dataclass(frozen=True, slots=True)
class Text:
    """Text for people, in one or several languages: pairs of (BCP 47 code, text).

    Text without a language, as a record may give it, has the code "".
    """

    texts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, value: str | Mapping[str, str]) -> Text:
        """Return the text that a record gives: one string, or one string for each language."""
        return cls((("", value),) if isinstance(value, str) else tuple(value.items()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of its languages, in the record's order."""
        return tuple(language for language, _ in self.texts)

    def chosen(self, *languages: str) -> tuple[str, str]:
        """Return (language, text): the first of `languages` that is there, else undeclared, English, or the first."""
        for wanted in (*languages, "", "en"):
            for language, text in self.texts:
                if language == wanted:
                    return language, text
        return self.texts[0]

    def into(self, *languages: str) -> str:
        """Return the text in the first of `languages` that is there, with the fallbacks of `chosen`."""
        return self.chosen(*languages)[1]


def plain(text: str) -> str:
    """Return text for comparing: no accents, no case, words parted by single spaces."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    # Decomposed first, so that the letters below are bare, and again: lower case of one letter can be two.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", bare.translate(_LATIN)).strip()


def term(text: str) -> str:
    """Return a vocabulary term's normal form: `plain` without spaces, so that 'T-shirt' is 'tshirt'."""
    return plain(text).replace(" ", "")


def slug(text: str) -> str:
    """Return an id made of text: lower-case ASCII letters, digits and hyphens; "" when nothing is left."""
    return _NOT_SLUG.sub("-", plain(text)).strip("-")[:_LONGEST_NAME].strip("-")


def is_name(part: str) -> bool:
    """Tell whether one part of an id is made as ids are: a-z, digits and single hyphens, and no device of Windows."""
    return part != "" and slug(part) == part and not is_device(part)


def is_device(name: str) -> bool:
    """Tell whether Windows keeps a name for a device."""
    return _DEVICE.fullmatch(name) is not None


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or ""."""
    candidates = [name for name in known if abs(len(name) - len(word)) <= 6]
    found = difflib.get_close_matches(word.lower(), candidates, n=1, cutoff=0.7)
    return found[0] if found else ""


def listed(names: Sequence[str], limit: int = 12) -> str:
    """Return names as a list to read: `a`, `b`, `c` …"""
    shown = ", ".join(f"`{name}`" for name in names[:limit])
    return shown + (" …" if len(names) > limit else "")


def wrapped(line: str, width: int = 80) -> str:
    """Return a line of a report in lines of a terminal; what follows the first stands two further in."""
    lead = line[: len(line) - len(line.lstrip())]
    found = textwrap.wrap(
        line.strip(), width, initial_indent=lead, subsequent_indent=f"{lead}  ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
    return "\n".join(found)


def typeset(text: str, language: str) -> str:
    """Return text with the apostrophes and spaces of French, which are hard to type; others as they are."""
    if language.partition("-")[0] != "fr":
        return text
    for pattern, wanted in _FRENCH:
        text = pattern.sub(wanted, text)
    return text


def joined(names: Iterable[str], language: str = "en") -> str:
    """Return names one after the other, with the comma of a language between them."""
    return comma(language).join(names)


def comma(language: str) -> str:
    """Return what stands between the items of a list in a language."""
    return _COMMAS.get(language.partition("-")[0], ", ")


@functools.cache
def _locale(language: str) -> babel.Locale:
    """Return what CLDR knows of a BCP 47 language."""
    return babel.Locale.parse(_LOCALES.get(language, language).replace("-", "_"))


@functools.cache
def _territories(language: str) -> Mapping[str, str]:
    return _locale(language).territories


@functools.cache
def countries() -> frozenset[str]:
    """Return the lower-case ISO 3166-1 alpha-2 codes in use, as CLDR knows them."""
    # CLDR's own groupings and exceptional reservations, which are no countries.
    others = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
    return frozenset(
        code.lower() for code in _territories("en") if len(code) == 2 and code.isalpha() and code not in others
    )


@functools.cache
def country_name(code: str, language: str = "en") -> str:
    """Return a country's name in a language (CLDR), or its code when there is none."""
    return _territories(language).get(code.upper(), code.upper())


@functools.cache
def country_of_number(number: str) -> str:
    """Return the lower-case alpha-2 code for an ISO 3166-1 numeric code such as "288", or ""."""
    found = [code.lower() for code in get_global("territory_aliases").get(number, ())]
    return found[0] if found and found[0] in countries() else ""


@functools.cache
def is_language(code: str) -> bool:
    """Tell whether a BCP 47 code begins with a language that CLDR has a name for."""
    return code.partition("-")[0] in babel.Locale("en").languages


@functools.cache
def is_currency(code: str) -> bool:
    """Tell whether a code is an ISO 4217 currency; those for none (XXX) and for tests (XTS) are not."""
    return code not in ("XXX", "XTS") and code in babel.Locale("en").currencies


@functools.cache
def plural_form(number: int, language: str = "en") -> str:
    """Return CLDR's plural form of a number in a language: zero, one, two, few, many or other."""
    return _locale(language).plural_form(number)


@functools.cache
def day(date: datetime.date, language: str = "en") -> str:
    """Return a date as people of a language write it, with the month in letters (CLDR)."""
    return babel.dates.format_date(date, "d MMM y" if language == "en" else "long", locale=_locale(language))


@functools.cache
def month(date: datetime.date, language: str = "en") -> str:
    """Return the month of a date as people of a language write it: `May 2026` (CLDR)."""
    return babel.dates.format_skeleton("yMMMM", date, locale=_locale(language))


@functools.cache
def written_day(date: datetime.date, language: str = "en") -> str:
    """Return a date in full, as a contract bears it: `1 December 2026`, `1er décembre 2026`."""
    shown = babel.dates.format_date(date, "d MMMM y" if language == "en" else "long", locale=_locale(language))
    is_first = date.day == 1 and language.partition("-")[0] == "fr"  # CLDR's French writes `1 décembre`
    return shown.replace("1 ", "1er ", 1) if is_first else shown


@functools.cache
def amount(number: float, language: str = "en") -> str:
    """Return a number with the separators of a language (CLDR), with all of its digits."""
    return babel.numbers.format_decimal(number, locale=_locale(language), decimal_quantization=False)


@functools.cache
def money(amount: str, currency: str, language: str = "en") -> str:
    """Return a decimal amount, given as text, with its currency: `36,000 GHS`; no decimals where all are zero."""
    number, places = Decimal(amount), currency_places(currency)
    decimals = "" if number == int(number) else f".{'0' * places}{'#' * _FINEST}"
    shown = babel.numbers.format_decimal(number, f"#,##0{decimals}", _locale(language), decimal_quantization=False)
    return f"{shown}\N{NO-BREAK SPACE}{currency}"


@functools.cache
def currency_places(code: str) -> int:
    """Return how many decimals a currency of ISO 4217 has (CLDR)."""
    return babel.numbers.get_currency_precision(code)


def sequence(names: Sequence[str], language: str = "en") -> str:
    """Return names as a sentence of a language lists them: `A, B and C` (CLDR)."""
    return babel.lists.format_list(names, locale=_locale(language)) if names else ""


@functools.cache
def language_name(code: str, language: str = "en") -> str:
    """Return the name of a BCP 47 language in a language (CLDR), or its code when there is none."""
    return str(_locale(language).languages.get(code.partition("-")[0], code))


@functools.cache
def direction(language: str) -> str:
    """Return the direction in which a language is written: ltr or rtl (CLDR)."""
    return str(_locale(language).text_direction)


@functools.cache
def weekday(number: int, language: str = "en") -> str:
    """Return the name of a day of the week, 0 for Monday, as it stands alone in a language (CLDR)."""
    return str(babel.dates.get_day_names("wide", "stand-alone", _locale(language))[number])


@functools.cache
def time_zone(country: str) -> str:
    """Return the time zone of a country in which all clocks show the same, such as Africa/Accra, or "" (CLDR)."""
    zones = get_global("territory_zones").get(country.upper(), ())
    clocks = {get_global("meta_zones").get(zone, zone) for zone in zones}
    return zones[0] if len(clocks) == 1 else ""
