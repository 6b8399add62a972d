"""Attacks by whoever writes a template: each is a record that the checks refuse, for a reason that they tell.

`contract fill` asks the same checks, so that what a registry would not take in is not filled in on a machine either.
"""

import copy
import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator import checks, registry
from generator.cli.app import cli
from generator.diagnostics import Severity
from generator.documents import LIMIT_DEPTH
from generator.publish import contract_form
from tests.contract_samples import clause, parameter

MINI = Path(__file__).parent / "mini" / "registry"
PARAMETERS = [
    parameter("name", "text", required=False), parameter("names", "text", many=True, required=False),
    parameter("number", "integer", required=False), parameter("urgent", "boolean", required=False),
    parameter("country", "choice", choices=["gh", "ke"], required=False), parameter("price", "money", required=False),
    parameter("who", "party", required=False), parameter("day", "date", required=False),
    parameter("time", "duration", required=False),
]  # fmt: skip
EVERY = clause(" ".join(f"{{{{ {one['name']} }}}}" for one in PARAMETERS), "every")
RECORD: dict[str, Any] = {
    "title": {"en": "Order", "fr": "Commande"}, "shape": "project", "status": "draft", "languages": ["en", "fr"],
    "prevailing_language": "en", "review": {"state": "draft"},
    "roles": [{"id": "maker", "label": {"en": "Maker", "fr": "Fabricant"}}],
}  # fmt: skip
Attack = tuple[dict[str, Any], str]  # what is different in the record, and what must be told


def written(en: str, fr: str | None = None, **more: Any) -> dict[str, Any]:
    """Return the record with one more clause."""
    text = {"text": {"en": en, "fr": en if fr is None else fr}}
    return {"clauses": [{**clause("x", "attack"), **text, **more}]}


def asked(kind: str, **more: Any) -> dict[str, Any]:
    """Return the record with one more parameter, that a clause prints."""
    return {**written("{{ more }}"), "parameters": [parameter("more", kind, required=False, **more)]}


def when(**condition: Any) -> dict[str, Any]:
    return written("x", when=condition)


def varied(*jurisdictions: list[str], **law: Any) -> dict[str, Any]:
    variants = [{"jurisdictions": one, "text": {"en": f"{one}", "fr": f"{one}"}} for one in jurisdictions]
    more = {"parameters": [parameter("jurisdiction", **law)]} if law else {}
    return {**written("x", variants=variants), **more}


def milestone(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "label": {"en": id, "fr": id}, **more}


def labelled(text: str, **more: Any) -> dict[str, Any]:
    return asked("text", **more) | {"parameters": [parameter("more", "text") | {"label": {"en": text, "fr": "x"}}]}


QUESTIONS = [parameter(f"b{at}", "boolean") for at in range(12)]
SAME = {"a": {"en": "the client", "fr": "le client"}, "b": {"en": "the client", "fr": "le fabricant"}}
LAW = {"kind": "choice", "choices": ["gh", "ke"]}
ATTACKS: dict[str, Attack] = {
    "attribute by a filter": (written("{{ name|attr('__class__') }}"), "is not allowed"),
    "filter with spaces": (written("{{ name | attr ('x') }}"), "is not allowed"),
    "filter on the next line": (written("{{ name\n|\nattr('x') }}"), "is not allowed"),
    "map": (written("{{ names|map('upper')|list }}"), "is not allowed"),
    "format": (written("{{ '%99999999d'|format(1) }}"), "is not allowed"),
    "percent": (written("{{ '%99999999d' % 1 }}"), "is not allowed"),
    "product": (written("{{ name * 999999999 }}"), "is not allowed"),
    "range": (written("{% for a in range(9) %}{% endfor %}"), "is not allowed"),
    "recursion": (written("{% for a in names recursive %}{{ loop(a) }}{% endfor %}"), "is not allowed"),
    "loop": (written("{% for a in names %}{{ loop }}{% endfor %}"), "is a word of the syntax"),
    "cycle": (written("{% for a in names %}{{ loop.cycle('a') }}{% endfor %}"), "is not allowed"),
    "block set": (written("{% set a %}x{% endset %}"), "is not allowed"),
    "namespace": (written("{% set a = namespace() %}"), "is not allowed"),
    "raw in raw": (written("{% raw %}{% raw %}{{ name }}{% endraw %}{% endraw %}"), "is not allowed"),
    "raw with dashes": (written("{%- raw -%}{{ name }}{%- endraw -%}"), "is not allowed"),
    "plus": (written("{%+ if name %}x{% endif %}"), "is not allowed"),
    "letters that become others (NFKC)": (written("{{ \uff4eame }}"), "is not allowed"),
    "underscores that become others": (written("{{ \uff3f\uff3fclass\uff3f\uff3f }}"), "is not allowed"),
    "a letter that looks alike": (written("{{ n\u0430me }}"), "is not allowed"),
    "a ligature in a word of the syntax": (written("{% i\ufb00 name %}x{% endif %}"), "is not allowed"),
    "a space that Jinja takes for one": (written("{{\u00a0name }}"), "is not allowed"),
    "otherwise": (written("{% if name %}a{% else %}b{% endif %}"), "is not allowed"),
    "a comment that hides": (written("a {# {{ name }} #} b"), "is not allowed"),
    "a comment over two tags": (written("{#} {{ name }} {#}"), "is not allowed"),
    "debug": (written("{% debug %}"), "is not allowed"),
    "translation": (written("{% trans %}x{% endtrans %}"), "is not allowed"),
    "too many tags in each other": (written("{% if name %}" * 9 + "x" + "{% endif %}" * 9), "inside 8 other tags"),
    "Python's own limit": (written("{% if name %}" * 600 + "x" + "{% endif %}" * 600), "inside 8 other tags"),
    "three loops": (
        written("".join(f"{{% for {x} in names %}}" for x in "abc") + "{% endfor %}" * 3), "a loop inside 2 others"
    ),
    "an item that is called like its list": (
        written("{% for names in names %}x{% endfor %}"), "stands for something else here"
    ),
    "an item that hides another": (
        written("{% for a in names %}{% for a in names %}{{ a }}{% endfor %}{% endfor %}"), "stands for something else"
    ),
    "an item that hides a parameter": (
        written("{% for price in names %}{{ price }}{% endfor %}"), "hides the parameter `price`"
    ),
    "an item of a loop over text": (written("{% for a in name %}{{ a }}{% endfor %}"), "takes one value"),
    "a text that nobody gets": (written("{% if urgent %}{% if not urgent %}x{% endif %}{% endif %}"), "never apply"),
    "a list that is not there": (
        written("{% if not names %}{% for a in names %}Not liable.{% endfor %}{% endif %}"), "can never apply here"
    ),
    "no item of a list": (
        written("{% for a in names %}{% if not a %}Not liable.{% endif %}{% endfor %}"), "can never apply here"
    ),
    "a text for who leaves out what nobody can": (
        written("{% if not more %}x{% endif %}") | {"parameters": [parameter("more", "money")]}, "always given"
    ),
    "nobody declared it": (written("{{ secret }}"), "no parameter is called `secret`"),
    "a function of Jinja": (written("{{ range }}"), "no parameter is called `range`"),
    "a condition on what nobody declared": (when(eq=["secret", 1]), "no parameter is called `secret`"),
    "a parameter called like a word": ({"parameters": [parameter("self", "text")]} | when(eq=["self", "x"]),
                                       "is a word of the syntax"),
    "a tag in the title": ({"title": {"en": "{{ name }}", "fr": "x"}}, "tags are not filled in here"),
    "a tag in a label": (labelled("{% if x %}"), "tags are not filled in here"),
    "a tag in a description": (asked("text", description={"en": "{{ self }}", "fr": "x"}), "tags are not filled in"),
    # Languages
    "another parameter in French": (written("{{ name }}", "x"), "differ in `{{ name }}`"),
    "a condition around other words in French": (
        written("{% if urgent %}Not liable.{% endif %}", "{% if urgent %}{% endif %}Pas responsable."),
        "text in {% if urgent %}",
    ),
    "a price outside its condition in French": (
        written("{% if urgent %}{{ price }}{% endif %}", "{{ price }}{% if urgent %}{% endif %}"),
        "{{ price }} in {% if urgent %}",
    ),
    "a number here, names there": (written("{{ names|count }}", "{{ names }}"), "{{ names|count }}"),
    "another sum in French": (
        written("At most 1,000.50 EUR.", "Au plus 10 000,50 EUR."), "in the numbers `1000050`, `100050`"
    ),
    "another time in Arabic figures": (written("Within 30 days.", "Sous \u0669\u0660 jours."), "numbers `30`, `90`"),
    "no French": (written("x") | {"languages": ["en", "fr", "sw"]}, "not translated into `sw`"),
    "a French text of spaces": (written("x", " \n "), "not translated into `fr`"),
    "a language that prevails and is not there": ({"prevailing_language": "sw"}, "is none of `languages`"),
    "a third language that says more": (
        {"clauses": [clause("x", "a") | {"text": {"en": "x", "fr": "x", "de": "{{ price }}"}}]}, "differ in"
    ),
    # Ids
    "a clause twice": ({"clauses": [clause("x", "a"), clause("y", "a")]}, "stands twice in `clauses`"),
    "a parameter twice": ({"parameters": [parameter("name", "number")]}, "stands twice in `parameters`"),
    "a role twice": ({"roles": RECORD["roles"] * 1 + [{"id": "maker", "label": {"en": "B", "fr": "B"}}]},
                     "stands twice in `roles`"),
    "milestones in a circle": ({"milestones": [milestone("a", after=["b"]), milestone("b", after=["a"])]},
                               "comes after itself"),
    # Laws
    "two texts for one law": (varied(["gh"], ["gh", "ke"], **LAW), "`gh` has several texts"),
    "a law without a text": (varied(["gh"], **LAW), "`ke` can be chosen and has no text"),
    "nobody asks for the law": (varied(["gh"]), "no parameter `jurisdiction` is one choice"),
    "any text is a law": (varied(["gh"], kind="text"), "no parameter `jurisdiction` is one choice"),
    "many laws": (varied(["gh"], ["ke"], **LAW, many=True), "no parameter `jurisdiction` is one choice"),
    # Conditions
    "money, which is no text": (when(eq=["price", "100 EUR"]), "can never be `100 EUR`"),
    "a party, which is no text": (when(eq=["who", "gh/one"]), "can never be `gh/one`"),
    "a time in words": (when(eq=["time", "14 days"]), "can never be `14 days`"),
    "a day in words": (when(eq=["day", "31.3.2026"]), "can never be `31.3.2026`"),
    "two spaces": (when(eq=["name", "a  b"]), "can never be"),
    "letters in parts": (when(eq=["name", "e\u0301"]), "can never be"),
    "a list": (when(eq=["names", "a"]), "is a list"),
    "an order among texts": (when(gt=["name", 1]), "`gt` compares numbers"),
    "an order among yes and no": (when(gt=["urgent", 0]), "`gt` compares numbers"),
    "an order among days": (when(gt=["day", 20260101]), "`gt` compares numbers"),
    "one for yes": (when(eq=["urgent", 1]), "can never be `1`"),
    "yes for one": (when(eq=["number", True]), "can never be `true`"),
    "half a piece": (when(eq=["number", 1.5]), "can never be `1.5`"),
    "a choice that is none": (when(eq=["country", "fr"]), "can never be `fr`"),
    "more than there can be": (when(gt=["number", 10**12]), "can never be"),
    "more than JSON can sign": (when(eq=["number", 2**60]), "1000000000000"),
    "beyond its own limit": (
        asked("integer", maximum=5) | {"clauses": [clause("{{ more }}", "a", when={"gt": ["more", 5]})]}, "can never be"
    ),
    "two choices at once": (when(all=[{"eq": ["country", "gh"]}, {"eq": ["country", "ke"]}]), "never applies"),
    "a liability clause that nobody gets": (
        when(all=[{"eq": ["urgent", True]}, {"not": {"eq": ["urgent", True]}}]), "never applies"
    ),
    "a number that is none": (when(all=[{"gt": ["number", 10]}, {"eq": ["number", 5]}]), "never applies"),
    "a condition that is none": (when(any=[{"eq": ["urgent", True]}, {"not": {"eq": ["urgent", True]}}]), "always"),
    "a clause that hides behind twelve questions": (
        when(all=[*({"eq": [one["name"], True]} for one in QUESTIONS), {"not": {"eq": ["b0", True]}}])
        | {"parameters": QUESTIONS}, "nobody can tell whether it ever applies",
    ),
    "text for a list": (when(**{"in": ["country", "ghke"]}), "is not a list"),
    "an empty list": (when(**{"in": ["country", []]}), "nothing is in it"),
    "no condition in all": (when(all=[]), "nothing is in it"),
    "two operators": (when(eq=["number", 1], gt=["number", 0]), "does not fit here"),
    "code": (written("x", when="number > 1"), "does not fit here"),
    "data of Python": (written("x", when={"py/object": "os.system"}), "does not fit here"),
    # What parameters owe each other
    "a sum of texts": (asked("integer", sum_of=["name"]), "`sum_of` does not go"),
    "a text that is a sum": (asked("text", sum_of=["number"]), "`sum_of` does not go"),
    "a sum of itself": (asked("integer", sum_of=["more"]), "compared with itself"),
    "money as a sum of pieces": (asked("money", sum_of=["number"]), "`sum_of` does not go"),
    "a day not before a number": (asked("date", not_before=["number"]), "`not_before` does not go"),
    "a party apart from a text": (asked("party", apart_from=["name"]), "`apart_from` does not go"),
    "a text apart from a party": (asked("text", apart_from=["who"]), "`apart_from` does not go"),
    "one for each of one": (asked("text", many=True, per="name"), "`per` does not go"),
    "a number no more than a text": (asked("integer", at_most="name"), "`at_most` does not go"),
    "a party less than a party": (asked("party", below="who"), "`below` does not go"),
    "a role of a text": (asked("text", role="maker"), "`role` is for parties"),
    "due on a text": ({"milestones": [milestone("a", due="name")]}, "`due` takes one date"),
    "paid with a text": ({"milestones": [milestone("a", payment="name")]}, "`payment` takes one money"),
    "the least of a text": (asked("text", minimum=9), "`minimum` is for numbers"),
    "more at least than at most": (asked("integer", minimum=9, maximum=1), "greater than the greatest"),
    "a limit that JSON cannot sign": (asked("number", minimum=123456789012345678901234567890), "1000000000000"),
    "choices of a text": (asked("text", choices=["a"]), "`choices` are for a choice"),
    "labels of a party": (asked("party", choice_labels=SAME), "`choice_labels` are for a choice"),
    "a choice without its label": (asked("choice", choices=["a", "b", "c"], choice_labels=SAME), "labels differ"),
    "two choices of one name": (asked("choice", choices=["a", "b"], choice_labels=SAME), "called the same"),
    # What is not seen
    "right to left": (written("a\u202eb"), "turns the direction"),
    "an Arabic letter mark": (written("a\u061cb"), "turns the direction"),
    "a joiner": (written("a\u200db"), "cannot be seen"),
    "a soft hyphen": (written("a\u00adb"), "cannot be seen"),
    "a selector": (written("a\ufe0fb"), "cannot be seen"),
    "a joiner of graphemes": (written("a\u034fb"), "cannot be seen"),
    "a filler": (written("a\u3164b"), "cannot be seen"),
    "an empty pattern": (written("a\u2800b"), "cannot be seen"),
    "an annotation": (written("a\ufff9b\ufffb"), "cannot be seen"),
    "our own mark": (written("\ue000name.0\ue001"), "cannot be seen"),
    "marks in a heap": (written("e" + "\u0301" * 20), "heaps marks"),
    "a heading that cannot be seen": (written("x", heading={"en": "A\u200bB", "fr": "x"}), "cannot be seen"),
    "a choice that turns": (asked("choice", choices=["a\u202eb"]), "U+202E"),
    "a title with a clause in it": ({"title": {"en": "A\n\n9. Forged", "fr": "x"}}, "goes on in another line"),
    "a label with a clause in it": (labelled("A\n\n===\n\n9. Forged"), "goes on in another line"),
    "a role with a clause in it": (
        {"roles": [{"id": "maker", "label": {"en": "A\n\n9. Forged", "fr": "x"}}]}, "goes on in another line"
    ),
    "a choice with a clause in it": (
        asked("choice", choices=["a"], choice_labels={"a": {"en": "x\n\n9. Forged", "fr": "x"}}), "goes on in another"
    ),
    "a heading of two lines": (written("x", heading={"en": "A\n\nB", "fr": "x"}), "goes on in another line"),
    "an escape of the terminal": (written("a\x1b[31mb"), "U+001B is not allowed"),
    "NUL": (written("a\x00b"), "not allowed"),
    "a carriage return": (written("abc\rdef"), "U+000D is not allowed"),
    "a separator of lines": (written("a\u2028b"), "U+2028 is not allowed"),
    "reviewed by nobody": ({"review": {"state": "reviewed"}}, "reviewed without `by`, `jurisdiction`, `on`"),
}  # fmt: skip
SOURCES = {
    "nested too deeply": (
        '{"when": ' + '{"not": ' * LIMIT_DEPTH + "1" + "}" * (LIMIT_DEPTH + 1),
        "more than 24 levels",
    ),
    "ten thousand levels": ("[" * 10_000 + "]" * 10_000, "more than 24 levels"),
    "a cycle": ("title: &a [*a]\n", "`*a`"),
    "a billion laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "`*a`"),
    "a tag of Python": ("title: !!python/object/apply:os.system [id]\n", "tag"),
    "a key twice": ("title: a\ntitle: b\n", "twice"),
    "two documents": ("title: a\n---\ntitle: b\n", "document"),
    "very large": ("title: " + "x" * 70_000, "more than 65,536 bytes"),
}


def record(changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return a template that is fine but for what is changed: clauses and parameters are added, the rest replaced."""
    made = {**copy.deepcopy(RECORD), **changed}
    made["parameters"] = [*PARAMETERS, *changed.get("parameters", ())]
    made["clauses"] = [*changed.get("clauses", ()), EVERY]
    return made


def folder_of(place: Path, sources: Mapping[str, str]) -> Path:
    shutil.copytree(MINI, place / "registry")
    for id, source in sources.items():
        path = place / "registry" / "contracts" / id / "1.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(source, encoding="utf-8")
    return place / "registry"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the errors that the checks find in each template."""
    sources = {f"attack-{at}": json.dumps(record(changed)) for at, (changed, _) in enumerate(ATTACKS.values())}
    sources |= {f"source-{at}": source for at, (source, _) in enumerate(SOURCES.values())}
    folder = folder_of(tmp_path_factory.mktemp("attacks"), {**sources, "harmless": json.dumps(record({}))})
    found: dict[str, list[str]] = {}
    for one in checks.run(registry.load(folder, as_of=date(2026, 6, 30)), checks.CHECKS):
        if one.severity is Severity.ERROR:
            found.setdefault(one.location.path.split("/")[1], []).append(f"{one.message} ({one.hint})")
    return found


def test_a_number_may_be_written_as_a_language_writes_it(tmp_path: Path) -> None:
    same = written(
        "1. At most 1,000.50 EUR (2.5 %).\n2. By 1 May 2027.",
        "- Au plus 1\u202f000,50 EUR (2,5 %).\n- Le 1er mai 2027.",
    )
    folder = folder_of(tmp_path, {"same": json.dumps(record(same))})
    found = checks.run(registry.load(folder, as_of=date(2026, 6, 30)), checks.CHECKS)
    assert not [one for one in found if one.location.path.startswith("contracts/same/")]


def test_the_template_without_an_attack_is_fine(told: Mapping[str, list[str]]) -> None:
    assert "harmless" not in told


@pytest.mark.parametrize(("id", "reason"), [(at, reason) for at, (_, reason) in enumerate(ATTACKS.values())],
                         ids=list(ATTACKS))  # fmt: skip
def test_an_attack_is_refused_with_its_reason(id: int, reason: str, told: Mapping[str, list[str]]) -> None:
    assert any(reason in message for message in told.get(f"attack-{id}", ())), told.get(f"attack-{id}")


@pytest.mark.parametrize(("id", "reason"), [(at, reason) for at, (_, reason) in enumerate(SOURCES.values())],
                         ids=list(SOURCES))  # fmt: skip
def test_a_file_that_is_an_attack_is_refused(id: int, reason: str, told: Mapping[str, list[str]]) -> None:
    assert any(reason in message for message in told.get(f"source-{id}", ())), told.get(f"source-{id}")


@pytest.mark.parametrize(
    "attack",
    ["no French", "a sum of texts", "a parameter twice", "due on a text", "a joiner", "Python's own limit",
     "reviewed by nobody"],
)  # fmt: skip
def test_what_the_checks_refuse_is_not_filled_in(attack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed, reason = ATTACKS[attack]
    folder_of(tmp_path, {"attack": json.dumps(record(changed))})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "values.json").write_text(json.dumps({"name": "A", "number": 5, "more": 7}), encoding="utf-8")
    found = CliRunner().invoke(cli, ["contract", "fill", "attack", "--params", "values.json"])
    assert found.exit_code == 1
    assert reason in found.output
    assert "cannot be filled in before it is mended" in found.output
    assert not (tmp_path / "contract").exists()


@pytest.mark.parametrize("attack", ["a sum of texts", "another sum in French", "two choices at once"])
def test_what_the_checks_refuse_is_not_filled_in_on_the_site(attack: str, tmp_path: Path) -> None:
    sources = {"attack": json.dumps(record(ATTACKS[attack][0])), "harmless": json.dumps(record({}))}
    loaded = registry.load(folder_of(tmp_path, sources), as_of=date(2026, 6, 30))
    published = {str(one.path) for one in contract_form.data(loaded)}
    assert "data/contracts/harmless/1.json" in published
    assert "data/contracts/attack/1.json" not in published
