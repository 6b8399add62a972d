"""Texts, encodings, JSON in odd wrappings, tables, countries and points as other lists write them."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers import encoding, places, structured, text
from generator.importers.source import Source

GERMAN = "Name;Stadt\nFabLab Zürich;Zürich\nWerkstatt für Möbel;Köln\n"
FRENCH = "nom,ville\nAtelier été,Évreux\nLe Châtelet à Nîmes,Nîmes\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850"])
@pytest.mark.parametrize("said", [GERMAN, FRENCH])
def test_encodings_are_told_by_their_bytes(said: str, name: str) -> None:
    assert Source("", content=said.encode(name)).text() == said


@pytest.mark.parametrize(
    ("said", "name"),
    [("Привет, лаборатория в Москве работает", "cp1251"), ("東京ハッカースペースへようこそ、こんにちは", "shift_jis")],
)
def test_other_scripts_are_told_too(said: str, name: str) -> None:
    assert Source("", content=said.encode(name)).text() == said


@given(st.binary(max_size=300))
def test_any_bytes_have_some_text(content: bytes) -> None:
    found = encoding.detected(io.BytesIO(content))
    content.decode(found, "replace")


def values(source: str) -> list[Any]:
    return [item.value for item in structured.objects(Source("", content=source.encode()))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('[{"a": 1}, {"b": 2}]', [{"a": 1}, {"b": 2}]),
        ('var labs = [{"a": 1}];', [{"a": 1}]),
        ("window.labs = [{a: 'it\\'s', b: [1, 2,],},];", [{"a": "it's", "b": [1, 2]}]),
        ('show({"labs": [{"a": 1}], "count": 1});', [{"a": 1}, 1]),
        ('// ours\n[{"a": 1,}, /* last */ {"a": undefined}]', [{"a": 1}, {"a": None}]),
        ('{"a": 1}\n{"a": 2}\n\n{"a": 3}', [{"a": 1}, {"a": 2}, {"a": 3}]),
        ('{"data": [], "more": [{"a": 1}]}', [{"a": 1}]),
        ("[]", []),
        ("[{'a': None, 'b': True}]", [{"a": None, "b": True}]),
    ],
)
def test_json_is_read_in_whatever_wrapping(source: str, expected: list[Any]) -> None:
    assert values(source) == expected


def test_a_file_that_ends_too_early_gives_what_it_has() -> None:
    items = list(structured.objects(Source("", content=b'[{"a": 1}, {"b": ')))
    assert [item.value for item in items] == [{"a": 1}, None]
    assert "ends" in items[1].fault


@given(st.text(alphabet="[]{}\",:a1 \n\\'/*", max_size=60))
def test_no_text_breaks_the_reading_of_json(source: str) -> None:
    list(structured.objects(Source("", content=source.encode())))


@pytest.mark.parametrize("parted", [",", ";", "\t", "|"])
def test_tables_have_columns_parted_in_several_ways(parted: str) -> None:
    source = f"name{parted}list{parted}\r\n\"A{parted}B\"{parted}\"['3d', 'laser']\"\r\n\r\nC{parted}d\r\n"
    items = list(structured.table(Source("", content=source.encode())))
    assert [(item.place, item.value["name"]) for item in items] == [("row 2", f"A{parted}B"), ("row 4", "C")]
    assert text.items(items[0].value["list"]) == ["3d", "laser"]


TEXTS = [
    ("Fab\u00adLab\u200b \u2060Ho", "FabLab Ho"),
    ("<p>Hi&nbsp;there</p><script>x()</script>", "Hi there"),
    ("Tom &amp; Jo", "Tom & Jo"),
    ("  a \t b\r\n", "a b"),
    ("a < b > c", "a < b > c"),
    ("n/a", ""),
    (None, ""),
    (float("nan"), ""),
    (12.0, "12"),
    ("می\u200cخواهم", "می\u200cخواهم"),
]


@pytest.mark.parametrize(("given", "expected"), TEXTS)
def test_lines_are_clean(given: Any, expected: str) -> None:
    assert text.line(given) == expected


@given(st.text(max_size=200))
def test_lines_hold_nothing_that_a_record_may_not(given: str) -> None:
    assert all(char.isprintable() or char.isalnum() or ord(char) > 0x9F for char in text.line(given))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("['3d', 'laser']", ["3d", "laser"]),
        ('["3d", "laser"]', ["3d", "laser"]),
        ("3d; laser, cnc | vinyl", ["3d", "laser", "cnc", "vinyl"]),
        (["3d", None, " "], ["3d"]),
        ("{'laser': True, 'cnc': False}", ["laser"]),
        ("", []),
        ("[unclosed", ["unclosed"]),
        ("laser (CO2), 3d printing (FDM)", ["laser (CO2)", "3d printing (FDM)"]),
        ("__import__('os').system('x')", ["__import__('os').system('x')"]),
    ],
)
def test_lists_are_read_however_they_are_written(given: Any, expected: list[str]) -> None:
    assert text.items(given) == expected


ADDRESSES = [
    ("http://planned", ""), ("https://lab.example/x", "https://lab.example/x"), ("www.lab.ch", "https://www.lab.ch"),
    ("http:/lab.ch", "http://lab.ch"), ("https://https://lab.ch", "https://lab.ch"), ("javascript:alert(1)", ""),
    ("http://user:pw@lab.ch", ""), ("http://n/a", ""), ("lab.ch and more", "https://lab.ch"), ("http://[::1", ""),
    ("https://example.org", ""), ("mailto:a@b.ch", ""),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), ADDRESSES)
def test_addresses_lead_somewhere_or_are_none(given: str, expected: str) -> None:
    assert text.website(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (32202, None),
        ("2016", 2016),
        ("2016-05-01", 2016),
        ("1.5.2016", 2016),
        ("soon", None),
        (2016.0, 2016),
        (7, None),
    ],
)
def test_years_that_cannot_be_are_none(given: Any, expected: int | None) -> None:
    assert text.year(given) == expected


COUNTRIES = [
    ("CH", "ch"), ("che", "ch"), ("756", "ch"), ("Schweiz", "ch"), ("Suisse", "ch"), ("UK", "gb"), ("U.S.A.", "us"),
    ("Côte d’Ivoire", "ci"), ("Ivory Coast", "ci"), ("مصر", "eg"), ("Tanzania", "tz"), ("Atlantis", ""), ("", ""),
    ("Czech Republic", "cz"), ("Deutschland", "de"), ("The Gambia", "gm"), ("DR Congo", "cd"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), COUNTRIES)
def test_countries_are_known_by_code_and_by_name(name: str, code: str) -> None:
    assert places.country_named(name) == code


def spots() -> Iterator[tuple[tuple[str, Any, Any], str, bool, str]]:
    yield ("at", 48.3, 14.3), "at", True, ""
    yield ("at", "48,3", "14,3"), "at", True, ""
    yield ("at", 14.3, 48.3), "at", False, "exchanged they lie in it: latitude: 48.3, longitude: 14.3"
    yield ("gh", 6.7, 101.6), "gh", False, "left out"
    yield ("ao", 8.8, 13.2), "ao", False, "with another sign"
    yield ("gh", 0, 0), "gh", False, "0, 0"
    yield ("gh", "north", "east"), "gh", False, "no pair of numbers"
    yield ("gh", 167.0, 6.0), "gh", False, "did it mean latitude 6, longitude 167"
    yield ("", 48.3, 14.3), "at", True, "country Austria from the coordinates"
    yield ("Atlantis", None, None), "", False, "no country that is known"


@pytest.mark.parametrize(("given", "country", "has_point", "note"), list(spots()))
def test_points_are_proposed_but_never_moved(
    given: tuple[str, Any, Any], country: str, has_point: bool, note: str
) -> None:
    spot = places.spot(*given)
    assert (spot.country, spot.point is not None) == (country, has_point)
    assert note in "; ".join(spot.notes)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("6.68, -1.62", (6.68, -1.62)),
        ("6.68 -1.62 250 4.5", (6.68, -1.62)),
        ([6.68, -1.62], (6.68, -1.62)),
        ({"lat": "6.68", "lng": "-1.62"}, (6.68, -1.62)),
        ("46° 30' 0\" S, 6° 30' 0\" W", (-46.5, -6.5)),
        ("nowhere", (None, None)),
    ],
)
def test_pairs_of_coordinates(given: Any, expected: tuple[float | None, float | None]) -> None:
    assert places.pair(given) == expected


@pytest.mark.parametrize(
    ("given", "town", "postcode", "country"),
    [
        ("Oberallmendstrasse 18, 6300 Zug, Switzerland", "Zug", "6300", "ch"),
        ("10 Downing St, London SW1A 2AA", "London", "SW1A 2AA", ""),
        ("Rue X 5, Lomé, Togo", "Lomé", "", "tg"),
        ("1 Main St, Boston, MA 02134, USA", "Boston", "02134", "us"),
        ("1 Mill Lane, Leeds LS1 4AP, UK", "Leeds", "LS1 4AP", "gb"),
        ("Somewhere", "", "", ""),
    ],
)
def test_addresses_in_one_line(given: str, town: str, postcode: str, country: str) -> None:
    found = places.address(given)
    assert (found.town, found.postcode, found.country) == (town, postcode, country)
