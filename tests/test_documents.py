"""Any bytes in: what `parse` and `examine` make of them, and that they never contradict each other."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator import registry
from generator.documents import LIMIT_BYTES, LIMIT_DEPTH, RULES, Examination, UncleanError, examine, parse
from generator.documents.scalars import FORBIDDEN

# What a file holds, and what is wrong with it: (rule, line, column).
FAULTY: dict[str, tuple[bytes, list[tuple[str, int, int]]]] = {
    "empty": (b"", [("empty-file", 0, 0)]),
    "blank": (b"\n \n\n", [("empty-file", 0, 0)]),
    "comment only": (b"# a hub\n", [("empty-file", 0, 0)]),
    "only a document's start": (b"---\n", [("empty-file", 0, 0)]),
    "a start and an end": (b"---\n...\n", [("empty-file", 0, 0)]),
    "only an end": (b"...\n", [("yaml-syntax", 1, 1)]),
    "private key": (b"a: 1\n# -----BEGIN EC PRIVATE KEY-----\n", [("private-key-material", 2, 3)]),
    "null": (b"null\n", [("empty-file", 0, 0)]),
    "directive only": (b"%YAML 1.2\n", [("yaml-syntax", 0, 0)]),
    "directive of another version": (b"%YAML 2.0\n---\na: 1\n", [("yaml-syntax", 1, 1)]),
    "unknown directive": (b"%FOO bar\n---\na: 1\n", [("yaml-syntax", 1, 5)]),
    "latin-1": ("name: Küche\n".encode("latin-1"), [("not-utf-8", 1, 8)]),
    "latin-1 after UTF-8": (b"name: \xc3\xa4\nsummary: \xc3\xa4\xe4\n", [("not-utf-8", 2, 11)]),
    "UTF-16 with a mark": ("name: a\n".encode("utf-16"), [("not-utf-8", 1, 1)]),
    "UTF-16 without a mark": ("a\n".encode("utf-16-le"), [("control-character", 1, 2), ("control-character", 2, 1)]),
    "surrogate in UTF-8": (b"a: \xed\xa0\x80\n", [("not-utf-8", 1, 4)]),
    "byte order mark": ("\ufeffa: 1\n".encode(), [("byte-order-mark", 1, 1)]),
    "two byte order marks": ("\ufeff\ufeffa: 1\n".encode(), [("byte-order-mark", 1, 1), ("control-character", 1, 1)]),
    "byte order mark in the middle": ("a: \ufeffx\n".encode(), [("control-character", 1, 4)]),
    "Windows line ends": (b"a: 1\r\nb: 2\r\n", [("carriage-return", 1, 5)]),
    "lone carriage returns": (b"a: 1\rb: 2\r", [("carriage-return", 1, 5)]),
    "tab as indentation": (b"a:\n\tb: 1\n", [("yaml-syntax", 2, 1)]),
    "bell": (b"a: ding\x07\n", [("control-character", 1, 8)]),
    "NUL": (b"a: 1\nb: \0\n", [("control-character", 2, 4)]),
    "next line": ("a: \x85\n".encode(), [("control-character", 1, 4)]),
    "line separator": ("a: x\u2028y\n".encode(), [("control-character", 1, 5)]),
    "NUL through an escape": (rb'a: "\x00"', [("control-character", 1, 4)]),
    "NUL through an escape in a key": (rb'"a\0": 1', [("control-character", 1, 1)]),
    "carriage return through an escape": (b'a: 1\nb: ["x\\r\\n"]\n', [("control-character", 2, 5)]),
    "line separator through an escape": (rb'a: "\L"', [("control-character", 1, 4)]),
    "surrogate through an escape": (rb'a: "\ud800"', [("yaml-syntax", 1, 7)]),
    "beyond Unicode through an escape": (rb'a: "\U00110000"', [("yaml-syntax", 1, 7)]),
    "3,000 levels of brackets": (b"a: " + b"[" * 3000 + b"]" * 3000, [("too-deep", 1, 3 + LIMIT_DEPTH)]),
    "60,000 brackets": (b"a: " + b"[" * 60_000, [("too-deep", 1, 3 + LIMIT_DEPTH)]),
    "3,000 levels of items": (b"a:\n" + b"- " * 3000 + b"x\n", [("too-deep", 2, 2 * LIMIT_DEPTH - 1)]),
    "3,000 levels of braces": (b"{a: " * 3000, [("too-deep", 1, 4 * LIMIT_DEPTH + 1)]),
    "300 levels of mappings": (
        b"".join(b" " * level + b"a:\n" for level in range(300)), [("too-deep", LIMIT_DEPTH + 1, LIMIT_DEPTH + 1)],
    ),
    "5,000 digits": (b"a: " + b"1" * 5000 + b"\n", [("number-out-of-range", 1, 4)]),
    "5,000 digits as a key": (
        b"? " + b"1" * 5000 + b"\n: 1\n", [("number-out-of-range", 1, 3), ("key-not-text", 1, 3)],
    ),
    "infinite": (b"a: 1\nb: -1e999\n", [("number-out-of-range", 2, 4)]),
    "duplicate keys": (b"a: 1\nb: {c: 1, c: 2}\na: 2\n", [("duplicate-key", 2, 11), ("duplicate-key", 3, 1)]),
    "duplicate keys in quotes": (b"a: 1\n'a': 2\n\"\\x61\": 3\n", [("duplicate-key", 2, 1), ("duplicate-key", 3, 1)]),
    "anchor and alias": (b"a: &x [1]\nb: *x\n", [("alias", 1, 4), ("alias", 2, 4)]),
    "alias of nothing": (b"a: *x\n", [("alias", 1, 4)]),
    "alias as a key": (b"*x : 1\n", [("alias", 1, 1)]),
    "many laughs": (
        b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        [("alias", 1, 4), ("alias", 2, 4), ("alias", 2, 8), ("alias", 2, 12), ("alias", 3, 5), ("alias", 3, 9)],
    ),
    "merge key": (b"a: &x {b: 1}\n<<: *x\n", [("alias", 1, 4), ("alias", 2, 5)]),
    "tags": (b"a: !!python/object/apply:os.system x\nb: !y [1]\n", [("tag", 1, 4), ("tag", 2, 4)]),
    "tag of the file": (b"!hub\na: 1\n", [("tag", 1, 1)]),
    "two documents": (b"a: 1\n---\nb: 2\n", [("several-documents", 2, 1)]),
    "keys that are no text": (
        b"1: a\ntrue: b\nnull: c\n? [x]\n: 1\n? {y: 1}\n: 2\n1.5: d\n",
        [("key-not-text", line, column) for line, column in ((1, 1), (2, 1), (3, 1), (4, 3), (6, 3), (8, 1))],
    ),
    "empty key": (b"a: 1\n: 2\n", [("yaml-syntax", 2, 1)]),
    "colon in a text": (b"name: Lab: Kumasi\n", [("yaml-syntax", 1, 10)]),
    "quote that is not closed": (b'a: 1\nb: "x\nc: 2\n', [("yaml-syntax", 2, 4)]),
    "bracket that is not closed": (b"a: 1\nb: [1, 2\n", [("yaml-syntax", 2, 4)]),
    "brace that is not closed": (b"a: {b: 1\n", [("yaml-syntax", 1, 4)]),
    "bracket closed twice": (b"a: [1]]\n", [("yaml-syntax", 1, 7)]),
    "indentation that does not fit": (b"a:\n    b: 1\n  c: 2\n", [("yaml-syntax", 3, 3)]),
    "key of 2,000 characters": (b"k" * 2000 + b": 1\n", [("yaml-syntax", 1, 2001)]),
    "columns count characters": ("é: 1\n😀: {é: 1, 😀: 2, é: 3}\n".encode(), [("duplicate-key", 2, 17)]),
    "faults of several kinds": (
        b"\xef\xbb\xbfa: 1\r\na: &x 2\r\n3: !t 4\r\n",
        [("byte-order-mark", 1, 1), ("carriage-return", 1, 5), ("duplicate-key", 2, 1), ("alias", 2, 4),
         ("key-not-text", 3, 1), ("tag", 3, 4)],
    ),
    "10 MB": (b"a: " + b"x" * 10_000_000, [("too-large", 0, 0)]),
    "one byte too many": (b"a: " + b"x" * (LIMIT_BYTES - 2), [("too-large", 0, 0)]),
}  # fmt: skip

CLEAN: dict[str, tuple[bytes, Any]] = {
    "the Norway problem": (
        b"a: no\nb: NO\nc: 12:30\nd: 2024-01-01\ne: 007\nf: ~\ng: Yes\nh: 0x1f\ni: 1_000\nj: +1\nk: .5\nl: 0o7\n",
        {"a": "no", "b": "NO", "c": "12:30", "d": "2024-01-01", "e": "007", "f": "~", "g": "Yes", "h": "0x1f",
         "i": "1_000", "j": "+1", "k": ".5", "l": "0o7"},
    ),
    "JSON's types": (
        b"a: true\nb: false\nc: null\nd:\ne: 0\nf: -1.5e3\ng: ''\nh: 'true'\ni: \"1\"\n",
        {"a": True, "b": False, "c": None, "d": None, "e": 0, "f": -1500.0, "g": "", "h": "true", "i": "1"},
    ),
    "what is no number in JSON": (
        b"a: .nan\nb: NaN\nc: .inf\nd: -Infinity\n", {"a": ".nan", "b": "NaN", "c": ".inf", "d": "-Infinity"},
    ),
    "30 digits": (b"a: " + b"9" * 30 + b"\n", {"a": int("9" * 30)}),
    "merge key as text": (b"<<: {a: 1}\n", {"<<": {"a": 1}}),
    "JSON": (b'{"a": [1, {"b": "\\u00e9\\n\\t"}]}', {"a": [1, {"b": "é\n\t"}]}),
    "tab in a text": (b"a: b\tc\n", {"a": "b\tc"}),
    "block texts": (b"a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
    "emoji": ("a: 😀 👩‍🔧\nb: [😀]\n".encode(), {"a": "😀 👩‍🔧", "b": ["😀"]}),
    "directive": (b"%YAML 1.1\n---\na: yes\n...\n", {"a": "yes"}),
    "no line end": (b"a: 1", {"a": 1}),
    "longest line": (b"a: " + b"x" * (LIMIT_BYTES - 3), {"a": "x" * (LIMIT_BYTES - 3)}),
    "deepest": (b"a: " + b"[" * (LIMIT_DEPTH - 1) + b"]" * (LIMIT_DEPTH - 1), None),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_faulty_file_is_explained_where_it_is_faulty(name: str) -> None:
    source, expected = FAULTY[name]
    found = examine(source)
    assert [(one.rule.id, one.line, one.column) for one in found.problems] == expected
    assert all(len(one.message) < 200 for one in found.problems)
    with pytest.raises(UncleanError):
        parse(source)


def test_every_rule_of_files_is_broken_by_some_file() -> None:
    assert {rule for _, expected in FAULTY.values() for rule, _, _ in expected} == {rule.id for rule in RULES}


@pytest.mark.parametrize("name", CLEAN)
def test_clean_file_is_read_as_jsons_types(name: str) -> None:
    source, expected = CLEAN[name]
    assert examine(source).problems == []
    assert expected is None or same(parse(source), expected)


def test_many_control_characters_do_not_flood() -> None:
    assert len(examine(b"\x01" * 1000).problems) == 20


def test_position_of_every_key_and_value() -> None:
    spans = examine(b"name: x\nmaterials:\n  - material: mdf\n    form: sheet\n  - {material: pla}\n").spans
    assert {keys: (span.key, span.value) for keys, span in spans.items()} == {
        (): ((1, 1), (1, 1)),
        ("name",): ((1, 1), (1, 7)),
        ("materials",): ((2, 1), (3, 3)),
        ("materials", 0): ((3, 5), (3, 5)),
        ("materials", 0, "material"): ((3, 5), (3, 15)),
        ("materials", 0, "form"): ((4, 5), (4, 11)),
        ("materials", 1): ((5, 5), (5, 5)),
        ("materials", 1, "material"): ((5, 6), (5, 16)),
    }


@pytest.mark.parametrize(
    ("keys", "on_key", "expected"),
    [
        (("a", "b"), False, (2, 6)),
        (("a", "b"), True, (2, 3)),
        (("a", "gone"), False, (1, 1)),
        (("gone", 3, "gone"), False, (1, 1)),
    ],
)
def test_place_of_what_is_not_there_is_that_of_what_is_around_it(
    keys: tuple[str, ...], on_key: bool, expected: tuple[int, int]
) -> None:
    assert examine(b"a:\n  b: 1\n").find(keys, on_key=on_key) == expected


def test_file_broken_in_six_places_yields_six_diagnostics(tmp_path: Path) -> None:
    hub = tmp_path / "hubs" / "gh" / "broken.yaml"
    hub.parent.mkdir(parents=True)
    hub.write_text(
        "name: Broken\nkind: makerspce\nkind: fab-lab\nlocation:\n  locality: Kumasi\n  latitude: 106.7\n"
        "  longitude: -1.6\nwebsite: ftp://lab.example\nfloor_m2: 1e999\nclosd_on: 2026-02-30\n"
    )
    found = registry.load(tmp_path, as_of=date(2026, 1, 1)).diagnostics
    assert sorted((one.location.line, one.location.column, one.rule) for one in found) == [
        (2, 7, "wrong-value"),
        (3, 1, "duplicate-key"),
        (6, 13, "wrong-value"),
        (8, 10, "wrong-value"),
        (9, 11, "number-out-of-range"),
        (10, 1, "unknown-key"),
    ]


@pytest.mark.parametrize("value", ["*x", "!!int 3", "1" * 40])
def test_value_that_cannot_be_read_is_reported_once(tmp_path: Path, value: str) -> None:
    hub = tmp_path / "hubs" / "gh" / "broken.yaml"
    hub.parent.mkdir(parents=True)
    hub.write_text(
        f"name: x\nkind: fab-lab\nlocation: {{locality: y, precision: city}}\nwebsite: https://x.example\n"
        f"floor_m2: {value}\n"
    )
    found = registry.load(tmp_path, as_of=date(2026, 1, 1)).diagnostics
    assert [(one.location.line, one.location.column) for one in found] == [(5, 11)]


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are equal and of the same types: `True == 1` in Python."""
    return repr(one) == repr(other)


def agree(source: bytes) -> Examination:
    """Read bytes both ways and see that the two ways say the same."""
    exact = examine(source)
    try:
        data = parse(source)
    except UncleanError:
        assert exact.problems or not isinstance(exact.data, dict)
    else:
        assert exact.problems == []
        assert same(data, exact.data)
    lines = source.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    widths = [len(line) for line in lines.split("\n")]
    for span in exact.spans.values():
        for line, column in (span.key, span.value):
            assert 1 <= line <= len(widths)
            assert 1 <= column <= widths[line - 1] + 1
    for problem in exact.problems:
        assert 0 <= problem.line <= len(widths)
        assert (problem.line == 0) == (problem.column == 0)
        assert not problem.line or problem.column <= widths[problem.line - 1] + 1
    assert not any(FORBIDDEN.search(text) or "\r" in text for text in texts(exact.data))
    return exact


def texts(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for key, value in data.items() for text in (key, *texts(value))]
    if isinstance(data, list):
        return [text for value in data for text in texts(value)]
    return [data] if isinstance(data, str) else []


@given(st.binary(max_size=300))
def test_any_bytes_are_read_alike(source: bytes) -> None:
    agree(source)


FRAGMENTS = [
    "a", "b: ", "c:", "\n", "\n  ", "\n    ", "- ", "? ", ": ", "[", "]", "{", "}", ", ", "'", '"', "\\", "\\x00",
    "\\r", "\\n", "\\u00e9", "|", ">-", "&x ", "*x", "!t ", "!!int ", "---", "...", "%YAML 1.2\n", "#", " # c", "\t",
    "\r\n", "\r", "\ufeff", "\0", "\x85", "\u2028", "é", "😀", "1", "-0", "1.5", "1e999", "9" * 31, "true", "null",
    "~", "<<: ", "no", "2024-01-01", "@", "`", "=",
]  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
@example("a: &x\n*x : 1\n")
@example('? "\\x00"\n: 1\n"\\0": 2\n')
def test_any_pieces_of_yaml_are_read_alike(text: str) -> None:
    agree(text.encode())


HUB = (
    "# A hub\nname: {en: Lab, fr: Atelier}\nkind: fab-lab # really\nlocation:\n  locality: Kumasi\n  latitude: 6.7\n"
    "  longitude: -1.6\nwebsite: https://lab.example\nservices: [training]\nprocesses:\n  - sawing\n  - 'welding'\n"
    'summary: |\n  One.\n\n  Two.\nstewards:\n  - github: "lab"\n    github_id: 7\n'
)


@given(
    st.lists(
        st.tuples(st.integers(0, len(HUB)), st.integers(0, 3), st.sampled_from(["", *FRAGMENTS])),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_any_mutation_of_a_record_is_read_alike(edits: list[tuple[int, int, str]]) -> None:
    text = HUB
    for at, dropped, put in edits:
        text = text[:at] + put + text[at + dropped :]
    agree(text.encode())


DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cn", "Co"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé \"'#:-", max_size=6), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(st.dictionaries(st.text("abc", min_size=1), DATA, min_size=1, max_size=4), st.booleans())
def test_what_another_writer_quotes_is_read_as_meant(data: Any, flow: bool) -> None:
    """PyYAML's own writer quotes by the rules of YAML 1.1, so that its texts stay texts for us."""
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, default_style='"', sort_keys=False)
    if "!!" not in text:
        assert same(parse(text.encode()), data)
