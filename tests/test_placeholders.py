"""The syntax of contract texts: what is read, what is refused, and that Jinja2 reads the same."""

import jinja2
import jinja2.meta
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.placeholders import FILTERS, RESERVED, SYNTAX, Use, read

ALLOWED = {
    "Plain text, 100 % { } # %": set(),
    "{{ price }}": {("price", "value")},
    "{{price}} and {{  price\n}}": {("price", "value")},
    "{{ a }}{{ b2 }}": {("a", "value"), ("b2", "value")},
    "{% if urgent %}now{% endif %}": {("urgent", "if")},
    "{% if not urgent %}later{% endif %}": {("urgent", "if not")},
    "{% if a %}{% if b %}{{ c }}{% endif %}{% endif %}": {("a", "if"), ("b", "if"), ("c", "value")},
    "{% for m in makers %}{{ m }}{% endfor %}": {("makers", "for")},
    "{% for m in makers %}{% if m %}{{ price }}{% endif %}{% endfor %}": {("makers", "for"), ("price", "value")},
    "{% for m in makers %}{% for s in sites %}{{ m }}{{ s }}{% endfor %}{% endfor %}": {
        ("makers", "for"),
        ("sites", "for"),
    },
    "{% for m in makers %}{% endfor %}{{ m }}": {("makers", "for"), ("m", "value")},
    "{{ place|country }}{{ makers | list }}{{makers|count}}": {("place", "value"), ("makers", "value")},
    "{% if nothing %}{{ if_needed }}{% endif %}": {("nothing", "if"), ("if_needed", "value")},
}
REFUSED = (
    "{{ price | upper }}", "{{ price.amount }}", "{{ price['amount'] }}", "{{ price() }}", "{{ 1 + 1 }}",
    "{{ 'text' }}", "{{ price * 2 }}", "{{ Price }}", "{{ _price }}", "{{ a b }}", "{{ }}", "{{", "}}", "{{ price",
    "price }}", "{{{ price }}", "{{- price -}}", "{{ ''.__class__ }}", "{{ self }}", "{{ loop }}", "{{ true }}",
    "{{ not }}", "{% if self %}{% endif %}", "{%- if a %}{% endif %}", "{% if a and b %}{% endif %}",
    "{% if a == 1 %}{% endif %}", "{% if a %}", "{% endif %}", "{% if a %}{% endfor %}",
    "{% if a %}{% else %}{% endif %}", "{% for a in b %}{% endif %}", "{% for a in b %}",
    "{% for a in b() %}{% endfor %}", "{% for a, b in c %}{% endfor %}", "{% for a in b if a %}{% endfor %}",
    "{% for loop in b %}{% endfor %}", "{% for a in self %}{% endfor %}", "{% for a in b recursive %}{% endfor %}",
    "{% for a in b %}{% for c in a %}{% endfor %}{% endfor %}", "{% ifa %}{% endif %}",
    "{% if nota b %}{% endif %}", "{% set a = 1 %}", "{% include 'a' %}", "{% raw %}{% endraw %}",
    "{% macro a() %}{% endmacro %}", "{# a #}", "{#", "#}", "%}", "{% endfor %}{% for a in b %}",
    "{% if a %}{% for b in c %}{% endif %}{% endfor %}", "{{ a|list|count }}", "{{ a|list() }}", "{{ a|attr('b') }}",
    "{{ a|listing }}", "{{ |list }}", "{% for a in b|list %}{% endfor %}", "{% if a|count %}{% endif %}",
    "{% for a in x %}{% for b in y %}{% for c in z %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in x %}{% for a in y %}{% endfor %}{% endfor %}", "{% for a in a %}{% endfor %}",
    "{{\u00a0a }}", "{{ a\u2003}}", "{%\u3000if a %}{% endif %}", "{{ a\r}}", "{% if a %}" * 9 + "{% endif %}" * 9,
)  # fmt: skip


def environment() -> jinja2.Environment:
    made = jinja2.Environment(autoescape=True)
    made.filters = dict.fromkeys(FILTERS, str)
    return made


@pytest.mark.parametrize("text", ALLOWED)
def test_what_is_allowed_is_read(text: str) -> None:
    reading = read(text)
    assert reading.problems == ()
    assert {(use.name, use.what) for use in reading.uses} == ALLOWED[text]
    assert reading.names == {name for name, _ in ALLOWED[text]}


@pytest.mark.parametrize("text", ALLOWED)
def test_jinja_reads_the_same_names(text: str) -> None:
    parsed = environment().parse(text)
    assert jinja2.meta.find_undeclared_variables(parsed) == read(text).names


@pytest.mark.parametrize("text", REFUSED)
def test_everything_else_is_refused(text: str) -> None:
    assert read(text).problems


SAME = [
    ("{{ a }} for {{ b }}", "{{ b }}, {{ a }}, {{ a }}", True),
    ("{% for m in a %}{{ m }} and {% endfor %}", "{% for x in a %}{{ x }} et {% endfor %}", True),
    ("{% if a %}{{ b }}{% endif %}", "{{ b }}{% if a %}{% endif %}", False),
    ("{% if a %}not liable{% endif %}", "{% if a %} {% endif %}pas responsable", False),
    ("{% if a %}{{ b }}{% endif %}", "{% if not a %}{{ b }}{% endif %}{% if a %}{% endif %}", False),
    ("{{ a|count }}", "{{ a }}", False),
]


@pytest.mark.parametrize(("one", "other", "is_same"), SAME)
def test_what_stands_where_is_the_same_in_two_languages(one: str, other: str, is_same: bool) -> None:
    assert (read(one).structure == read(other).structure) == is_same


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_words_of_the_syntax_are_no_names(word: str) -> None:
    assert read(f"{{{{ {word} }}}}").problems


def test_every_problem_is_told() -> None:
    assert read("{{ a() }} and {% endif %} and {% for x in y %}").problems == (
        "`{{ a() }}` is not allowed",
        "`{% endif %}` ends nothing",
        "`{% for %}` has no end",
    )


def test_uses_are_written_as_tags() -> None:
    assert str(Use("price", "value")) == "{{ price }}"
    assert str(Use("urgent", "if not")) == "{% if not urgent %}"
    assert str(Use("makers", "for")) == "{% for … in makers %}"
    assert "{{ name }}" in SYNTAX


pieces = st.lists(
    st.sampled_from(
        ["{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "%", " ", "a", "b", "if", "not", "for", "in", "endif", "endfor",
         "list", "{{ a }}", "{% if a %}", "{% endif %}", "{% for b in a %}", "{% endfor %}",
         "(", ".", "|", "-", "\n", "self"]
    ),
    max_size=12,
)  # fmt: skip


@given(pieces.map("".join))
def test_what_passes_is_harmless_for_jinja(text: str) -> None:
    reading = read(text)
    if reading.problems:
        return
    parsed = environment().parse(text)
    kinds = {type(node).__name__ for node in parsed.find_all(jinja2.nodes.Node)}
    assert kinds <= {"Output", "TemplateData", "Name", "If", "Not", "For", "Filter"}
    assert jinja2.meta.find_undeclared_variables(parsed) <= reading.names
