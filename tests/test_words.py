"""Words: normal forms, slugs, suggestions and texts in several languages."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import words
from generator.words import Text

ANY = st.text(st.characters(codec="utf-8"), max_size=40)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Laser  Cutting", "laser cutting"),
        ("DÉCOUPE-laser!", "decoupe laser"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("København", "kobenhavn"),
        ("Ǿ", "o"),
        ("Ɛwe, Ɔkɔm", "ewe okom"),
        ("İstanbul", "istanbul"),
        ("ﬁlament №5", "filament no5"),
        ("ℌub", "hub"),
        ("T-shirt_print", "t shirt print"),
        ("Đà Nẵng", "da nang"),
        ("Ångström", "angstrom"),
        ("الخرطوم", "الخرطوم"),
        ("３Ｄ", "3d"),
        ("a\u00adb", "a b"),
        ("", ""),
        (" -_ ", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert words.plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("T-shirt", "tshirt"), ("t shirt", "tshirt"), ("Laser-Cutter", "lasercutter"), ("лазер", "лазер"), ("!", "")],
)
def test_term(text: str, expected: str) -> None:
    assert words.term(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kumasi Hive", "kumasi-hive"),
        ("Fab Lab München e.V.", "fab-lab-munchen-e-v"),
        ("--a--b--", "a-b"),
        ("東京", ""),
        ("東京 Lab", "lab"),
        ("x" * 100, "x" * 64),
        ("x" * 63 + " yz", "x" * 63),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert words.slug(text) == expected


@given(ANY)
@example("ǅ")
@example("ΐ")
@example("ß\u0345")
def test_normal_forms_are_normal(text: str) -> None:
    plain = words.plain(text)
    assert words.plain(plain) == plain
    assert plain == " ".join(plain.split())
    assert words.term(words.term(text)) == words.term(text)
    slug = words.slug(text)
    assert slug == "" or (SLUG.fullmatch(slug) and len(slug) <= 64)
    assert words.slug(slug) == slug


@given(ANY, ANY)
def test_words_that_are_parted_otherwise_are_the_same_term(one: str, other: str) -> None:
    assert words.term(f"{one} {other}") == words.term(f"{one}-{other}")


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("makerspce", ["makerspace", "hackerspace"], "makerspace"),
        ("lasercutting", ["laser-cutting", "laser-engraving"], "laser-cutting"),
        ("KUMASI", ["kumasi"], "kumasi"),
        ("gh/kumasi-hiv", ["gh/kumasi-hive", "gh/accra-hive"], "gh/kumasi-hive"),
        ("welding", ["sawing", "milling"], ""),
        ("x", ["a" * 50], ""),
        ("", ["a"], ""),
        ("a", [], ""),
        ("x" * 100_000, ["makerspace"], ""),
    ],
)
def test_closest(word: str, known: list[str], expected: str) -> None:
    assert words.closest(word, known) == expected


@given(st.lists(st.text("abc-", min_size=2, max_size=8), min_size=1), st.data())
def test_closest_to_a_known_word_is_that_word(known: list[str], draw: st.DataObject) -> None:
    word = draw.draw(st.sampled_from(known))
    assert words.closest(word, known) == word


def test_listed() -> None:
    assert words.listed(["a", "b"]) == "`a`, `b`"
    assert words.listed([]) == ""
    assert words.listed([str(number) for number in range(13)], 2) == "`0`, `1` …"


@pytest.mark.parametrize(
    ("given_text", "languages", "expected"),
    [
        ("Lab", ("fr",), ("", "Lab")),
        ({"fr": "Atelier", "en": "Lab"}, ("fr",), ("fr", "Atelier")),
        ({"fr": "Atelier", "en": "Lab"}, ("de", "fr"), ("fr", "Atelier")),
        ({"fr": "Atelier", "en": "Lab"}, ("de",), ("en", "Lab")),
        ({"fr": "Atelier", "pt": "Oficina"}, ("de",), ("fr", "Atelier")),
    ],
)
def test_text_is_chosen_by_language(given_text, languages, expected) -> None:
    text = Text.of(given_text)
    assert text.chosen(*languages) == expected
    assert text.into(*languages) == expected[1]


def test_countries_are_those_of_iso_3166() -> None:
    assert {"gh", "at", "cd", "xk", "tw", "ps"} <= words.countries()
    assert not {"eu", "un", "zz", "ac", "xa", "ic", "qo"} & words.countries()
    assert 245 <= len(words.countries()) <= 252
    assert words.country_name("ci", "fr") == "Côte d’Ivoire"
    assert words.country_name("zz1", "fr") == "ZZ1"
    assert words.country_of_number("288") == "gh"
    assert words.country_of_number("999") == ""


def test_languages_currencies_and_numbers() -> None:
    assert words.is_language("sw")
    assert words.is_language("pt-BR")
    assert not words.is_language("xx")
    assert words.is_currency("GHS")
    assert not words.is_currency("XXY")
    assert words.language_name("sw", "de") == "Suaheli"
    assert words.language_name("qqq") == "qqq"
    assert words.day(date(2026, 3, 1)) == "1 Mar 2026"
    assert words.day(date(2026, 3, 1), "fr") == "1 mars 2026"
    assert words.amount(12345.5, "de") == "12.345,5"
    assert words.plural_form(2, "ar") == "two"
    assert words.amount(0.00005, "fr") == "0,00005"


@pytest.mark.parametrize(
    ("day", "language", "written"),
    [
        (date(2026, 12, 1), "en", "1 December 2026"),
        (date(2026, 12, 1), "fr", "1er décembre 2026"),
        (date(2026, 12, 11), "fr", "11 décembre 2026"),
        (date(2026, 12, 21), "fr", "21 décembre 2026"),
        (date(2026, 12, 1), "pt", "1 de dezembro de 2026"),
        (date(2026, 12, 1), "sw", "1 Desemba 2026"),
    ],
)
def test_a_date_in_a_contract_is_written_out(day: date, language: str, written: str) -> None:
    assert words.written_day(day, language) == written


def test_portuguese_is_that_of_africa_and_europe() -> None:
    assert words.country_name("ke", "pt") == "Quénia"
    assert words.amount(12345.5, "pt") == "12\N{NO-BREAK SPACE}345,5"
    assert words.country_name("ke", "pt-BR") == "Quênia"


@pytest.mark.parametrize(
    ("amount", "currency", "language", "expected"),
    [
        ("9000.00", "EUR", "en", "9,000 EUR"),
        ("12.5", "GHS", "en", "12.50 GHS"),
        ("1.5", "TND", "en", "1.500 TND"),
        ("0.005", "EUR", "fr", "0,005 EUR"),
        ("60000", "GHS", "pt", "60 000 GHS"),
        ("36000", "XOF", "ar", "36,000 XOF"),
    ],
)
def test_money(amount: str, currency: str, language: str, expected: str) -> None:
    assert words.money(amount, currency, language).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_lists_have_the_comma_of_their_language() -> None:
    assert words.joined(("a", "b"), "en") == "a, b"
    assert words.joined(("a", "b"), "ar") == "a، b"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("l'eau : c'est « là » ; oui ?", "fr", "l’eau_: c’est «_là_»_; oui_?"),
        ("https://l.example/a:b 10:30 5'", "fr", "https://l.example/a:b 10:30 5'"),
        ("it's : so", "en", "it's : so"),
    ],
)
def test_french_is_set_as_french(text: str, language: str, expected: str) -> None:
    assert words.typeset(text, language) == expected.replace("_", "\N{NARROW NO-BREAK SPACE}")
