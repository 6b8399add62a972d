"""Attacks on contract templates and by values: nothing is run, nothing becomes markup, nothing grows without end."""

import string
import time
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import contracts
from generator.contracts import templates
from generator.contracts.cleaning import cleaned, fault
from generator.records import Contract
from tests.contract_samples import clause, parameter, template

TEXT = [parameter("name", "text", required=False), parameter("names", "text", many=True, required=False)]

TEMPLATES = {
    "attribute": "{{ name.upper }}",
    "class": "{{ name.__class__.__mro__ }}",
    "class of a text": "{{ ''.__class__ }}",
    "item": "{{ name['x'] }}",
    "attr filter": "{{ name|attr('__class__') }}",
    "filter of Jinja": "{{ name|safe }}",
    "format filter": "{{ name|format(1) }}",
    "two filters": "{{ names|list|count }}",
    "call": "{{ name() }}",
    "method": "{{ name.format(name) }}",
    "self": "{{ self }}",
    "loop": "{% for n in names %}{{ loop.index }}{% endfor %}",
    "cycler": "{{ cycler('a') }}",
    "namespace": "{{ namespace(a=1) }}",
    "lipsum": "{{ lipsum() }}",
    "huge range": "{% for n in range(999999999) %}x{% endfor %}",
    "huge power": "{{ 9 ** 9 ** 9 }}",
    "repeated text": "{{ 'x' * 999999999 }}",
    "concatenation": "{{ name ~ name }}",
    "test": "{% if name is defined %}x{% endif %}",
    "ternary": "{{ name if name else 'x' }}",
    "default": "{{ name or 'x' }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'a' as b %}",
    "from import": "{% from 'a' import b %}",
    "extends": "{% extends 'a' %}",
    "block": "{% block a %}{% endblock %}",
    "macro": "{% macro a() %}{% endmacro %}",
    "call block": "{% call a() %}{% endcall %}",
    "set": "{% set a = 1 %}",
    "with": "{% with a = 1 %}{% endwith %}",
    "filter block": "{% filter upper %}{% endfilter %}",
    "raw": "{% raw %}{{ name }}{% endraw %}",
    "do": "{% do names.append(1) %}",
    "autoescape": "{% autoescape false %}{% endautoescape %}",
    "comment": "{# seen by nobody #}",
    "open comment": "{# ",
    "nested braces": "{{ {{ name }} }}",
    "braces of a dictionary": "{{ {'a': 1} }}",
    "unclosed": "{{ name",
    "whitespace control": "{%- if name -%}x{%- endif -%}",
    "tag over lines": "{% if name\n or 1 %}x{% endif %}",
    "loop of a call": "{% for n in names.pop() %}{% endfor %}",
    "recursion": "{% for n in names recursive %}{{ loop(names) }}{% endfor %}",
    "loops in loops": "".join(f"{{% for n{at} in names %}}" for at in range(9)) + "{% endfor %}" * 9,
    "NUL": "a\x00b",
    "right to left": "a\u202eb",
    "zero width": "a\u200bb",
    "private use, our own mark": "\ue000name.0\ue001",
    "very long": "x" * 20_001,
    "tags in each other": "{% if name %}" * 9 + "{% endif %}" * 9,
    "more tags in each other than Python takes": "{% if name %}" * 500 + "{% endif %}" * 500,
    "a space of Unicode in a tag": "{{\u2003name }}",
    "an item that hides another": "{% for n in names %}{% for n in names %}{% endfor %}{% endfor %}",
    "soft hyphen": "a\u00adb",
    "joiner": "a\u200db",
    "Arabic letter mark": "a\u061cb",
    "filler": "a\u3164b",
    "empty pattern": "a\u2800b",
    "selector": "a\ufe0fb",
    "separator of lines": "a\u2028b",
    "marks in a heap": "e" + "\u0301" * 6,
}
HARMLESS = {
    "full-width braces": "\uff5b\uff5b name \uff5d\uff5d",
    "look-alike percent": "{\uff05 if name \uff05}",
    "line statement": "# for n in names\n## x",
    "format string": "{0} {name} %s %(name)s ${name}",
    "shell": "$(id) `id`",
    "typst": "#panic() #sys.inputs $x$ @label <label>",
}
VALUES = (
    "{{ name }}", "{% for n in names %}x{% endfor %}", "{{ ''.__class__ }}", "{# a #}", "{0.__class__}", "%s%n",
    "<script>alert(1)</script>", "</title><script>alert(1)</script>", "</style><img src=x onerror=alert(1)>",
    "</bdi></dd><h2>9. Forged</h2>", "<!-- -->", "&lt;b&gt; &amp; &#60;", "&#x202e;", '" onload="x',
    "[a link](https://evil.example)", "![a picture](https://evil.example/x.png)", "<https://evil.example>",
    "https://evil.example/?a=b&c=d", "www.evil.example", "someone@evil.example", "@everyone", "javascript:alert(1)",
    "[ref]: https://evil.example", "[^1]", "# A heading", "### 9. Forged clause", "9. Forged clause", "99) Forged",
    "- a list", "* a list", "+ a list", "> a quote", "---", "===", "***", "```", "    code", "| a | b |", "~~gone~~",
    "**bold** __bold__ *it* _it_", "`code`", "``a`b``", "\\", "a\\", "\\[x](y)", "# forged `", "`https://evil.example",
    "1. 1. 1.", "10. x", ": definition", "{#id .class}", "$$x$$", "H~2~O ^2^", "==marked==", "<b onclick=x>y</b>",
    "evil.example/@x<b>", "ftp://a`b`c", "\N{FULLWIDTH LEFT CURLY BRACKET}{name}}", "#panic() <label> @ref",
)  # fmt: skip
UNSEEN = ("a\u202eb", "\u2066a\u2069", "a\u200fb", "a\u200bb", "a\ufeffb", "a\u00adb", "a\x00b", "a\x1b[31mb",
          "a\x7fb", "a\u2060b", "a\ue000b", "\ud800", "a\U000e0041b", "a\ufe0fb", "a\u3164b", "e" + "\u0301" * 6,
          "a\u200db", "a\u2065b", "a\ufff4b", "a\ufdd0b", "a\U000e0085b", "x" * 2001, "\u00a0\u2003")  # fmt: skip


def filled(record: Contract, language: str = "en", **values: Any) -> contracts.Filled:
    return contracts.filled(record, values, language)


@pytest.mark.parametrize("attack", TEMPLATES)
def test_a_template_that_is_not_allowed_writes_nothing(attack: str) -> None:
    text = TEMPLATES[attack]
    assert templates.faults(text)
    for record in (
        template(text, parameters=TEXT),
        template(clause("x", heading={"en": text, "fr": text}), parameters=TEXT),
        template(clause("x", variants=[{"jurisdictions": ["gh"], "text": {"en": text, "fr": text}}]), parameters=TEXT),
    ):
        found = filled(record, name="A", names=["A"])
        assert found.problems
        assert found.clauses == ()
    with pytest.raises(ValueError, match=r"."):
        templates.rendered(text, {}, "en")  # not even by somebody who did not look first


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_only_looks_like_syntax_stays_text(text: str) -> None:
    found = filled(template(text, parameters=TEXT), name="A")
    assert found.problems == ()
    assert found.clauses[0].text.split() == text.split()


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace", "config", "request"])
def test_functions_of_jinja_are_not_there(name: str) -> None:
    found = filled(template(f"{{{{ {name} }}}}", parameters=TEXT))
    assert [problem.message for problem in found.problems] == [
        f"clause `clause-1` uses `{name}`, which the template does not declare"
    ]


def test_loops_end_and_nothing_grows_without_end() -> None:
    every = "{% for a in names %}{% for b in names %}" + "{{ a }}" * 50 + "{% endfor %}{% endfor %}"
    begun = time.process_time()
    found = filled(template(every, every, parameters=TEXT), names=["x" * 2000] * 100)
    assert [problem.message for problem in found.problems] == [
        "clause `clause-1` makes the contract longer than 1000000 characters",
        "clause `clause-2` makes the contract longer than 1000000 characters",
    ]
    found = filled(template(*["{{ name }}" * 50] * 12, parameters=TEXT), name="x" * 2000)
    assert len(found.problems) == 3
    idle = "{% for a in names %}{% for b in names %}{% endfor %}{% endfor %}" * 250
    assert filled(template(idle, parameters=TEXT), names=["x"] * 100).problems == ()
    assert time.process_time() - begun < 60  # without bounds it takes hours
    assert "101 items" in filled(template("x", parameters=TEXT), names=["x"] * 101).problems[0].message


class Tags(HTMLParser):
    """What an HTML file consists of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def html_of(found: contracts.Filled) -> Tags:
    parser = Tags()
    parser.feed(contracts.html(found))
    return parser


EVERYWHERE = template(
    clause("{{ name }}", heading={"en": "About {{ name }}", "fr": "De {{ name }}"}),
    "- {{ name }}\n- {{ name }} and\n\n1. {{ name }}\n\nBy {{ party }}\n{{ name }}",
    "{% for n in names %}1. {{ n }}\n{% endfor %}",
    parameters=[*TEXT, parameter("party", "party", required=False)],
)


def shape(found: contracts.Filled) -> list[str]:
    """Return the marks of the Markdown that a reader of GitHub's dialect finds, without the text."""
    marks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(contracts.markdown(found))
    inner = [child for mark in marks for child in mark.children or ()]
    kinds = [mark.type for mark in (*marks, *inner)]
    return [kind for kind in kinds if kind not in ("text", "code_inline", "softbreak")]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_becomes_no_markup(value: str) -> None:
    plain = filled(EVERYWHERE, name="Plain", names=["Plain", "Plain"], party={"name": "Plain"})
    found = filled(EVERYWHERE, name=value, names=[value, value], party={"name": value})
    assert found.problems == ()
    assert shape(found) == shape(plain)
    parsed = MarkdownIt("commonmark").parse(contracts.markdown(found))
    shown = "\n".join("".join(child.content for child in mark.children or ()) for mark in parsed)
    assert cleaned(value) in shown.splitlines()
    assert html_of(found).tags == html_of(plain).tags
    assert html_of(found).text.replace(cleaned(value), "Plain") == html_of(plain).text
    assert [one.number for one in found.clauses] == [1, 2, 3]
    assert [one.shape for one in found.clauses[1].blocks] == ["bullets", "numbers", "paragraph"]


@pytest.mark.parametrize("value", UNSEEN)
def test_what_nobody_sees_is_refused(value: str) -> None:
    parameters = [parameter("name", "text"), parameter("party", "party"), parameter("names", "text", many=True)]
    record = template("{{ name }}{{ party }}{{ names }}", parameters=parameters)
    found = filled(record, name=value, party={"name": value}, names=["a", value])
    assert {problem.parameter for problem in found.problems} == {"name", "party", "names"}
    assert all(problem.hint for problem in found.problems)
    assert value not in "".join(problem.message for problem in found.problems)


def test_nothing_stands_behind_many_spaces() -> None:
    wide = "\u00a0" * 900 + "\u2003 " * 300
    found = filled(template(f"A{wide}B" + " " * 9000 + "C. {{ name }}", parameters=TEXT), name=f"D{wide}E\u00a0F")
    assert found.clauses[0].text == "A B C. D E\u00a0F"


@pytest.mark.parametrize("text", ["Ɛkua Ŋmɛ", "عقد التصنيع", "می‌خواهم", "ኢትዮጵያ", "हिन्दी क्‍ष", "Ọ̀ṣun", "ç", "東京"])
def test_names_of_all_scripts_are_fine(text: str) -> None:
    assert fault(cleaned(text)) == ""


@pytest.mark.parametrize("value", [[["deep"]], {"a": {"b": "c"}}, ["a"], 1, 1.5, True, b"x", object(), {"name": {}}])
@pytest.mark.parametrize("kind", ["text", "party", "money", "date", "duration", "design", "place", "licence", "choice"])
def test_data_of_another_form_is_refused(kind: str, value: Any) -> None:
    more = {"choices": ["a"]} if kind == "choice" else {}
    found = filled(template("{{ one }}", parameters=[parameter("one", kind, **more)]), one=value)
    assert [problem.parameter for problem in found.problems][:1] == ["one"]


def test_an_html_file_asks_nobody_for_anything() -> None:
    found = filled(EVERYWHERE, name="A", party={"name": "B"}, names=["C"])
    page = contracts.html(found)
    tags = {tag for tag, _ in html_of(found).tags}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "a", "form", "input", "object"})
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from("{}%#|._()[]'\"=<>&*`-+!~:/\\@\n 12ab") | st.characters(), max_size=60), st.data())
def test_any_text_is_refused_or_printed_as_it_is(value: str, data: st.DataObject) -> None:
    plain = filled(EVERYWHERE, name="Plain", names=["Plain"], party={"name": "Plain"})
    language = data.draw(st.sampled_from(["en", "fr"]))
    found = filled(EVERYWHERE, language, name=value, names=[value], party={"name": value})
    if found.problems or not cleaned(value):
        return
    assert shape(found) == shape(plain)
    assert html_of(found).tags[4:] == html_of(plain).tags[4:]
    again = contracts.filled(EVERYWHERE, found.parameters, language)
    assert contracts.markdown(again) == contracts.markdown(found)


pieces = st.lists(
    st.sampled_from(["{{ name }}", "{{ names|list }}", "{{ names|count }}", "{{ name|country }}", "{% if name %}",
                     "{% if not name %}", "{% endif %}", "{% for n in names %}", "{% endfor %}", "{{ n }}", "\n\n",
                     "\n1. ", "\n- ", "word ", "{{", "}}", "{%", "%}", "{#", ".", "|", "(", ")", "self", "__class__"])
    | st.text(string.printable, max_size=3),
    max_size=10,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(pieces.map("".join), st.booleans())
def test_any_template_is_refused_or_rendered(text: str, is_given: bool) -> None:
    values = {"name": "gh", "names": ["A", "B"]} if is_given else {}
    found = filled(template(text, parameters=TEXT), **values)
    assert found.problems or found.clauses
    if not found.problems:
        assert "\ue000" not in contracts.markdown(found)
        assert "{%" not in "".join(one.text for one in found.clauses)
