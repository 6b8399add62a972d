"""The canonical form: it reads back the same, settles at once, and loses no comment."""

import re
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator import canonical
from generator.documents import examine, parse
from generator.registry import files

ROOT = Path(__file__).resolve().parent.parent

# What may stand in data: everything that a file can say without control characters.
CHARS = st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
TEXTS = (
    st.text(CHARS | st.sampled_from("\n\t '\"#:-"), max_size=30)
    | st.sampled_from(
        ["no", "NO", "~", "null", "007", "1e3", "12:30", "2024-01-01", "<<", "=", "---", "...", "- a", "? a", ": a",
         "a: b", "a #b", "a:", "#", "@a", "`a", "%a", "!a", "&a", "*a", "|", ">", "'", '"', " a", "a ", "a\n",
         "a\n\nb\n", "\na", "a \nb", "a\n b", "  a\nb", "a\n\n", "\ta\nb", "# a\nb", "0x1f", "0b1", "1_000", ".5",
         ".inf", "-.NaN", "+1"]
    )
)  # fmt: skip
NUMBERS = st.integers(-(10**28), 10**28) | st.floats(allow_nan=False, allow_infinity=False)
KEYS = (
    st.sampled_from(["name", "kind", "location", "website", "services", "contact", "keys", "summary", "sources"])
    | st.text(CHARS, max_size=6)
    | TEXTS
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(NUMBERS, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=15,
)
RECORDS = st.dictionaries(KEYS, VALUES, max_size=5)


@given(RECORDS)
@example({})
@example({"...": 1, "---": 2, "": 3})
@example({"a": [[[]], [[1], {}], {"b": [{"c": []}]}]})
@example({"a": [-0.0, 1e15, 1e16, 5e-324, 1e300, 2.0]})
def test_what_is_written_reads_back_the_same_and_is_settled(data: dict[str, Any]) -> None:
    text = canonical.canonical("hub", data)
    assert parse(text.encode()) == data
    assert text.endswith("\n")
    assert canonical.reformatted("hub", text.encode()) == text.encode()


@given(st.dictionaries(st.text("abc", min_size=1), VALUES, min_size=1, max_size=4))
def test_texts_are_texts_for_readers_of_yaml_1_1_too(data: dict[str, Any]) -> None:
    """Dates may stay bare, and long numbers are beyond them."""
    read = yaml.load(canonical.canonical("hub", data), _WithoutDates)
    assert flat(read) == flat(data)


class _WithoutDates(yaml.SafeLoader):
    """PyYAML's own reader, which takes bare dates for dates; here they stay text. Merging is off too."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def flat(data: Any, keys: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return each text with its keys; numbers are left out, because 1e3 is text in YAML 1.1."""
    if isinstance(data, dict):
        return [row for key in sorted(data) for row in flat(data[key], (*keys, key))]
    if isinstance(data, list):
        return [row for at, value in enumerate(data) for row in flat(value, (*keys, at))]
    return [(*keys, data)] if isinstance(data, str) and not re.match(r"[-+.]?\d", data) else []


PIECES = ["\n# c{}\n", " # c{}", "# c{}\n", "#c{}\n", "\n\n# c{}\n\n", "\n      # c{}\n", "\t#c{} \n", "\n#c{} # d\n"]
SAMPLES = [
    "name: Lab\nkind: fab-lab\nlocation:\n  locality: Kumasi\n  latitude: 6.7\n  longitude: -1.6\n",
    "website: https://x.example/#top\nname: 'A # b'\nservices: [repair, \"a#b\"]\nsummary: |\n  One.\n\n  # Two.\n",
    "sources:\n  - name: x\n    url: https://x.example\n  - url: https://y.example\n    name: y\nname: {en: a}\n",
    "same_as:\n- a\n-   - b\n    - c\n- {}\nenvelope_mm:\n  - 610\n  - 305\nfloor_m2:\ncontact: {a: 1,\n  b: 2}\n",
    "---\n? name\n: x\nsummary: >-\n  folded\n  text\n\n  more\nplain: several\n  lines # and\nkind: fab-lab\n...\n",
]  # fmt: skip


@given(
    st.sampled_from(SAMPLES) | RECORDS.map(lambda data: canonical.canonical("hub", data)),
    st.lists(st.tuples(st.integers(0, 300), st.sampled_from(PIECES)), min_size=1, max_size=5),
)
def test_no_comment_is_lost(text: str, inserted: list[tuple[int, str]]) -> None:
    for number, (place, piece) in enumerate(inserted):
        at = place % (len(text) + 1)
        text = text[:at] + piece.format(f"<{number}>") + text[at:]
    before = examine(text.encode())
    better = canonical.reformatted("hub", text.encode())
    if before.is_broken or not isinstance(before.data, dict):
        assert better is None
        return
    assert better is not None
    assert examine(better).data == before.data
    for number in range(len(inserted)):
        # A marker may have become a part of a text; it is there once all the same.
        assert better.decode().count(f"c<{number}>") == text.count(f"c<{number}>")
    assert canonical.reformatted("hub", better) == better


# What is read, and what is written instead.
CASES: dict[str, tuple[str, str]] = {
    "the schema's order": (
        "kind: fab-lab\nname: x\n",
        "name: x\nkind: fab-lab\n",
    ),
    "unknown keys last, as they were": (
        "zzz: 1\naaa: 2\nname: x\n",
        "name: x\nzzz: 1\naaa: 2\n",
    ),
    "comments go with their keys": (
        "# about kind\nkind: fab-lab # really\n# about name\nname: x # so\n# end\n",
        "# about name\nname: x # so\n# about kind\nkind: fab-lab # really\n# end\n",
    ),
    "what a blank line parts from the first key stays first": (
        "# Licence\n\n# about kind\nkind: fab-lab\nname: x\n",
        "# Licence\nname: x\n# about kind\nkind: fab-lab\n",
    ),
    "an editor's line stays first": (
        "# yaml-language-server: $schema=hub.json\nkind: fab-lab\nname: x\n",
        "# yaml-language-server: $schema=hub.json\nname: x\nkind: fab-lab\n",
    ),
    "comments in a list of mappings": (
        "sources:   # all\n   -  url: https://x.example  # u\n      name: x  # n\n   # second\n   - name: z\n",
        "sources: # all\n  - name: x # n\n    url: https://x.example # u\n  # second\n  - name: z\n",
    ),
    "comments before the first key of an item": (
        "sources:\n  - # item\n    # about url\n    url: https://x.example\n    # about name\n    name: x\n",
        "sources:\n  # item\n  # about url\n  # about name\n  - name: x\n    url: https://x.example\n",
    ),
    "comments in a flow list": (
        "services: [ training, # often\n  repair ] # all\n",
        "services: # often # all\n  - training\n  - repair\n",
    ),
    "a commented number": (
        "envelope_mm:\n- 610 # wide\n- 305\n",
        "envelope_mm:\n  - 610 # wide\n  - 305\n",
    ),
    "numbers on one line": (
        "envelope_mm:\n- 610.0\n- 305.50\n",
        "envelope_mm: [610, 305.5]\n",
    ),
    "a block's head": (
        "summary: | # why\n    One.\n    # Two.\n\n\n# after\nname: x\n",
        "# after\nname: x\nsummary: | # why\n  One.\n  # Two.\n",
    ),
    "a comment close to a quote": (
        "name: \"x\"# close\nkind: 'z'\n",
        "name: x # close\nkind: z\n",
    ),
    "a hash in quotes": (
        "name: 'a # b' # c\n",
        'name: "a # b" # c\n',
    ),
    "a hash in a word": (
        "name: a#b\n",
        "name: a#b\n",
    ),
    "mark and Windows line ends": (
        "\ufeffname: x\r\nkind: z # z\r\n",
        "name: x\nkind: z # z\n",
    ),
    "a document's start and end": (
        "---\nname: x\n...\n",
        "name: x\n",
    ),
    "quotes where needed": (
        "name: 'no'\nkind: '2024-01-01'\n",
        'name: "no"\nkind: 2024-01-01\n',
    ),
    "empty": (
        "name:\nkind: ''\nkeys: {}\nsources: []\n",
        'name: null\nkind: ""\nkeys: {}\nsources: []\n',
    ),
    "nothing": (
        "{}\n",
        "{}\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_canonical_form(name: str) -> None:
    source, expected = CASES[name]
    found = canonical.reformatted("hub", source.encode())
    assert found is not None
    assert found.decode() == expected
    assert canonical.reformatted("hub", found) == found


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"# only\n",
        b"- a\n",
        b"a: 1\na: 2\n",
        b"a: *x\n",
        b"a: [\n",
        b"a: \xff\n",
        b"? " + b"k" * 2000 + b"\n: 1\n",
    ],
)
def test_what_cannot_be_written_again_is_left_alone(source: bytes) -> None:
    assert canonical.reformatted("hub", source) is None


def test_every_record_is_canonical() -> None:
    entries, _ = files.scan(ROOT / "registry")
    differing = []
    for entry in entries:
        source = (ROOT / "registry" / entry.path).read_bytes()
        if canonical.reformatted(entry.kind.record_kind, source) not in (source, None):
            differing.append(entry.path)
    assert differing == [], "run `karakana fmt`"


@pytest.mark.parametrize("hidden", ["\x7f", "\x85", "\u2028", "\ufeff"])
@pytest.mark.parametrize("text", ["{}name", "na{}me", "name{}"])
def test_what_cannot_be_seen_is_spelt_out(hidden: str, text: str) -> None:
    assert canonical.scalar(text.format(hidden)) == f'"{text.format(f"{chr(92)}u{ord(hidden):04x}")}"'
