"""What the form on the site writes and accepts: the bytes of `karakana fmt`, the schemas' verdicts, links to forges."""

import functools
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator import schemas
from generator.canonical import canonical, reformatted
from generator.contributions.body import read
from generator.documents import Comments, UncleanError, examine, parse, read_comments
from generator.publish import forge
from generator.records.instance import Forge
from tests.forming import ask, forming

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with forming(browser, tmp_path_factory.mktemp("forms")) as page:
        yield page


def write(app: Page, kind: str, records: list[Any]) -> list[str]:
    texts: list[str] = ask(app, f"all => all.map(one => app.write(app.schemas, '{kind}', one))", records)
    return texts


AWKWARD = [
    "", " ", "a", "yes", "No", "ON", "off", "null", "~", "true", "12:30", "1_000", "0x1F", "0o17", "017", "1e3",
    ".inf", "-.INF",
    "ınf", "İnf", "yeſ", ".nan", "2024-01-01", "- a", "-", "-a", "? a", "a: b", "a:", ": a", "a #b", "a#b", "# a",
    "'a'", '"a"', "a'b",
    "[a]", "{a}", "a, b", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "=", "<<", " a", "a ", "\ta", "a\tb",
    "a\nb", "a\nb\n", "a\n\nb",
    "\na", " a\nb", "a \nb", "a\n\n", "a\n b\n", "\n", "a\rb", "a\r\nb", "a\x00b", "a\x1b[31m", "\x7f", "a\x85b",
    "\x85", "\xa0a",
    "a\xa0", "\u2028", "a\u2029b", "\ufeffa", "a\ufeff", "\u200fابدأ", "ابدأ: هنا", "\u202eabc", "🛠️ atelier",
    "\ud83d", "a\ud800", "\uffff",
    "\u3000a\nb", "a\u3000\nb", "\x1ca", "a\x1c\nb", "é", "Åß", "null\n", "x" * 300,
]  # fmt: skip
TEXTS = (
    st.sampled_from(AWKWARD) | st.text(max_size=20) | st.text(st.sampled_from(" \n:#-'\"\\ab1\u200f\x85"), max_size=12)
)
NUMBERS = (
    st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        [0.0, -0.0, 0.1 + 0.2, 1e15, 1e16, 1e20, 1e21, 1e22, 1e-4, 1e-5, 1.5e-7, 5e-324, 1.7976931348623157e308]
    )
)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
KEYS = st.sampled_from(
    [
        "name",
        "kind",
        "location",
        "latitude",
        "longitude",
        "locality",
        "website",
        "contact",
        "phone",
        "email",
        "other",
        "materials",
        "material",
        "form",
        "envelope_mm",
        "certifications",
        "scheme",
        "by",
        "hours",
        "summary",
        "en",
        "fr",
        "zz",
        "no",
        "1a",
        "features",
        "axes",
        "model",
        "keys",
        "rate",
        "amount",
        "currency",
        "per",
        "availability",
    ]
) | TEXTS.filter(lambda text: not text.isdigit())  # JavaScript puts such keys first; no schema has them
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25
)
RECORDS = st.dictionaries(KEYS, TREES, max_size=6)
HALF = re.compile(r"\\ud[89a-f][0-9a-f]{2}")
QUIET = settings(
    max_examples=40,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def as_javascript(value: Any) -> Any:
    """Return data with the numbers that JavaScript has: it knows no whole number from 1e21 on, and no other below."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return int(Decimal(repr(value)))
    if isinstance(value, list):
        return [as_javascript(one) for one in value]
    return {key: as_javascript(one) for key, one in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("kind", ["hub", "machine"])
def test_the_same_bytes_as_fmt(app: Page, kind: str) -> None:
    @QUIET
    @given(st.lists(RECORDS, min_size=1, max_size=8))
    def compare(records: list[Any]) -> None:
        assert write(app, kind, records) == [canonical(kind, as_javascript(one)) for one in records]

    compare()


def as_json(noted: Comments) -> dict[str, Any]:
    """Return comments as the site publishes them."""
    return {
        "first": noted.first,
        "before": [*noted.before.items()],
        "after": [*noted.after.items()],
        "last": noted.last,
    }


AFTER = "([data, noted, now]) => app.write(app.schemas, 'hub', now, app.commentsAfter(noted, data, now))"


@pytest.mark.parametrize("kind", ["hub", "machine"])
def test_comments_stay_where_fmt_leaves_them(app: Page, kind: str) -> None:
    """Lines and tails of comments everywhere: what follows from them is what `karakana fmt` writes."""
    each = f"app.write(app.schemas, '{kind}', data, app.commentsAfter(noted, data, data))"
    code = f"all => all.map(([data, noted]) => {each})"

    @QUIET
    @given(st.lists(st.tuples(st.sampled_from(fixtures(kind)), st.lists(st.integers(0, 60), max_size=8)), min_size=1))
    def compare(drawn: list[tuple[Any, list[int]]]) -> None:
        sources = [commented(canonical(kind, data), marks) for data, marks in drawn]
        sources = [text for text in sources if not examine(text.encode()).is_broken]
        wanted = [reformatted(kind, text.encode()) for text in sources]
        asked = [(as_javascript(examine(text.encode()).data), as_json(read_comments(text))) for text in sources]
        made = ask(app, code, asked)
        assert [text.encode() for text, right in zip(made, wanted, strict=True) if right] == [
            one for one in wanted if one
        ]

    compare()


def commented(text: str, marks: list[int]) -> str:
    """Return a file with comments above some of its lines, and after others."""
    lines = text.split("\n")
    for mark in marks:
        at = mark % len(lines)
        indent = " " * (len(lines[at]) - len(lines[at].lstrip()))
        is_whole = ":" in lines[at] and "|" not in lines[at] and '"' not in lines[at]
        lines[at] = f"{lines[at]} # tail {mark}" if is_whole and mark % 2 else f"{indent}# line {mark}\n{lines[at]}"
    return "\n".join(lines)


NOTED = """# Kept by hand.

name: A
# where
location:
  locality: Wa # not the lake
languages:
  - en # first
  # second
  - fr
  - ha
website: https://a.example/ # new in May
"""


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, NOTED),
        ({"website": "https://b.example/"}, NOTED.replace("a.example", "b.example")),
        ({"languages": ["fr", "en"]}, NOTED.replace("  - en # first\n  # second\n  - fr\n  - ha\n",
                                                     "  # second\n  - fr\n  - en # first\n")),
        ({"languages": ["sw", "fr", "ha"]}, NOTED.replace("- en #", "- sw #")),
        ({"languages": ["ha"]}, NOTED.replace("  - en # first\n  # second\n  - fr\n", "")),
        ({"kind": "fab-lab"}, NOTED.replace("name: A\n", "name: A\nkind: fab-lab\n")),
    ],
)  # fmt: skip
def test_comments_follow_what_they_are_about(app: Page, change: dict[str, Any], wanted: str) -> None:
    data = examine(NOTED.encode()).data
    made = ask(app, AFTER, [data, as_json(read_comments(NOTED)), {**data, **change}])
    first, rest = wanted.split("\n\n")
    wanted = reformatted("hub", f"{first}\n\n{rest}".encode()).decode()  # type: ignore[union-attr]
    assert made == wanted


@functools.cache
def fixtures(kind: str) -> list[Any]:
    folders = [ROOT / "registry", ROOT / "tests", ROOT / "generator/checks/examples"]
    found = (path for folder in folders for path in sorted(folder.rglob(f"{kind}s/**/*.yaml")) if path.is_file())
    return [data for path in found if (data := plain(path.read_bytes())) is not None]


def plain(source: bytes) -> Any:
    try:
        return parse(source)
    except UncleanError:
        return None


@pytest.mark.parametrize("kind", ["hub", "machine"])
def test_records_keep_their_bytes_and_verdicts(app: Page, kind: str) -> None:
    records = fixtures(kind)
    assert len(records) > 50
    assert write(app, kind, records) == [canonical(kind, as_javascript(one)) for one in records]
    accepted = ask(app, f"all => all.map(one => app.isValid('{kind}', one))", records)
    assert accepted == [schemas.validator(kind)(one) for one in records]
    assert set(accepted) == {True, False} if kind == "hub" else True in accepted


def spoilt(records: list[dict[str, Any]]) -> st.SearchStrategy[Any]:
    """Return records with a value, somewhere in them, replaced, added or taken away."""

    def change(record: Any, path: list[int], value: Any, mode: int) -> Any:
        if isinstance(record, dict) and record:
            key = sorted(record)[path[0] % len(record)]
            if len(path) > 1 and isinstance(record[key], dict | list):
                return {**record, key: change(record[key], path[1:], value, mode)}
            rest = {name: one for name, one in record.items() if name != key}
            return rest if mode == 0 else {**record, key: value}
        if isinstance(record, list) and record:
            at = path[0] % len(record)
            inner = change(record[at], path[1:], value, mode) if len(path) > 1 else value
            return [*record[:at], inner, *record[at + 1 :], *([inner] if mode == 2 else [])]
        return value

    paths = st.lists(st.integers(0, 30), min_size=1, max_size=4)
    return st.builds(change, st.sampled_from(records), paths, TREES, st.integers(0, 2))


@pytest.mark.parametrize("kind", ["hub", "machine"])
def test_what_the_schema_refuses_the_form_refuses(app: Page, kind: str) -> None:
    @QUIET
    @given(st.lists(spoilt(fixtures(kind)[:: 1 + len(fixtures(kind)) // 100]), min_size=1, max_size=20))
    def compare(records: list[Any]) -> None:
        # Halves of characters cannot stand in a file, and not in what the fast validator reads.
        records = [json.loads(HALF.sub("x", json.dumps(one))) for one in records]
        accepted = ask(app, f"all => all.map(one => app.isValid('{kind}', one))", records)
        assert accepted == [schemas.validator(kind)(one) for one in records]

    compare()


def test_cleaned_text_can_be_written_and_read(app: Page) -> None:
    @QUIET
    @given(st.lists(TEXTS, min_size=1, max_size=30))
    def compare(texts: list[str]) -> None:
        cleaned = ask(app, "all => all.map(app.cleaned)", texts)
        for text, made in zip(cleaned, write(app, "hub", [{"name": text} for text in cleaned]), strict=True):
            assert examine(made.encode()).data == {"name": text}
            assert reformatted("hub", made.encode()) == made.encode()

    compare()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None), ("6.69", 6.69), (" -1,62 ", -1.62), ("٦٫٦٩", 6.69), ("۱۲", 12), ("−3", -3), ("1e3", 1000),
        ("+5", 5),
        ("0x10", "0x10"), ("12:30", "12:30"), ("1e999", "1e999"), ("NaN", "NaN"), ("1.2.3", "1.2.3"), ("-0", 0),
        ("5.", 5),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(app: Page, typed: str, number: Any) -> None:
    assert ask(app, "typed => app.numberOf(typed) ?? null", typed) == number


@pytest.mark.parametrize(
    ("typed", "pair"),
    [("6.69, -1.62", [6.69, -1.62]), ("6.69 -1.62", [6.69, -1.62]), ("6,69; -1,62", [6.69, -1.62]), ("6.69,-1.62",
    [6.69, -1.62]),
     ("6.69", None), ("6,69", None), ("1, 2, 3", None)],
)  # fmt: skip
def test_two_numbers_in_one_field(app: Page, typed: str, pair: Any) -> None:
    assert ask(app, "typed => app.pairOf(typed) ?? null", typed) == pair


FILE = {
    "path": "registry/hubs/gh/x.yaml",
    "text": 'name: "a & b #1"\nkind: fab-lab\n# ö+?=\n',
    "data": {},
    "isNew": True,
    "isSame": False,
}
PATTERNS = {
    "github": ("/new/main", {"filename": FILE["path"], "value": FILE["text"], "message": "Add x"}),
    "gitlab": ("/-/new/main", {"file_name": FILE["path"], "content": FILE["text"], "commit_message": "Add x"}),
    "forgejo": ("/_new/main/registry/hubs/gh", {"filename": "x.yaml", "value": FILE["text"]}),
}


@pytest.mark.parametrize("kind", PATTERNS)
def test_every_forge_gets_its_address(app: Page, kind: str) -> None:
    here = Forge(kind=kind, repository="https://forge.example/a/b/", branch="main")
    made = ask(app, "([forge, file]) => app.newFile(forge, file, 'Add x')", [forge.form(here), FILE])
    path, query = PATTERNS[kind]
    parts = urlsplit(made)
    assert parts._replace(query="").geturl() == f"https://forge.example/a/b{path}"
    assert {key: values[0] for key, values in parse_qs(parts.query, strict_parsing=True).items()} == query
    edited = ask(app, "([forge, file]) => app.editor(forge, file)", [forge.form(here), FILE])
    assert edited == forge.edit(here, str(FILE["path"]))


def test_an_address_that_is_too_long_is_none(app: Page) -> None:
    here = forge.form(Forge(kind="github", repository="https://forge.example/a/b", branch="main"))
    long = {**FILE, "text": "é" * 1400}
    assert ask(app, "([forge, file]) => app.newFile(forge, file, 'x')", [here, long]) == ""
    assert ask(app, "([forge, text]) => app.issue(forge, 'x', text)", [here, long["text"]]) == ""


@pytest.mark.parametrize(("letter", "most"), [("a", 7900), ("é", 1300), ("ش", 1300), ("\n", 2600)])
def test_an_address_is_as_long_as_every_forge_takes(app: Page, letter: str, most: int) -> None:
    here = forge.form(Forge(kind="github", repository="https://forge.example/a/b", branch="main"))
    made = ask(app, "([forge, text]) => app.issue(forge, 'x', text)", [here, letter * most])
    assert 7700 < len(made) <= 8000  # GitHub and nginx take 8192
    assert parse_qs(urlsplit(made).query)["body"] == [letter * most]
    assert ask(app, "([forge, text]) => app.issue(forge, 'x', text)", [here, letter * (most + 400)]) == ""
    # Who has to sign in first is sent back to an address that was encoded once more.
    assert ask(app, "address => app.isLostOnTheWay(address)", made)
    short = ask(app, "([forge, text]) => app.issue(forge, 'x', text)", [here, letter * (most // 2)])
    assert not ask(app, "address => app.isLostOnTheWay(address)", short)


def test_an_issue_holds_the_files_in_fences_that_they_cannot_leave(app: Page) -> None:
    file = {**FILE, "text": "summary: |-\n  a\n  ````\n  ### Name\n"}
    hub = {"name": "A\n### Kind <!--", "kind": "fab-lab", "location": {"locality": "T", "latitude": 1, "longitude": 2}}
    body = ask(app, "([file, hub]) => app.bodyOf([file], {country: 'Ghana', hub})", [file, hub])
    assert body.startswith(
        "### Name\n\nA ### Kind <\\!--\n\n### Kind\n\nfab-lab\n\n### Country\n\nGhana\n\n### Town\n\nT\n\n"
    )
    assert "### Latitude and longitude\n\n1, 2\n\n" in body
    assert [(one.path, one.text) for one in read(body.encode(), ["Name", "Kind"]).files] == [
        (file["path"], file["text"])
    ]
    assert body.endswith(f"### Files\n\n`{file['path']}`\n\n`````yaml\n{file['text']}`````\n")
