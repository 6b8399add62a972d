"""`karakana contract list`, `show` and `fill`: files, messages with their place, and exit codes."""

import json
import shutil
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from generator import contracts, signatures
from generator.cli.app import cli
from generator.cli.plan_files import read_plan
from generator.contracts.manifest import checksum
from generator.contracts.pdf import pdf
from tests.contract_samples import clause, parameter, template

REGISTRY = Path(__file__).parent / "mini" / "registry"
PARAMETERS = [
    parameter("makers", "party", many=True, role="manufacturer"),
    parameter("lots", "quantity", many=True, per="makers"),
    parameter("total", "quantity", sum_of=["lots"]),
    parameter("price", "money", description={"en": "With taxes.", "fr": "Taxes comprises."}),
]
RECORD = {
    "title": {"en": "Test order", "fr": "Commande d'essai"}, "shape": "project", "status": "draft",
    "languages": ["en", "fr"], "prevailing_language": "en", "review": {"state": "draft"},
    "roles": [{"id": "manufacturer", "label": {"en": "Maker", "fr": "Fabricant"}, "many": True}],
    "parameters": PARAMETERS, "clauses": [clause("{{ makers|list }} make {{ total }} for {{ price }}, {{ lots }}.")],
}  # fmt: skip
VALUES = """\
makers:
  - name: Demo Works
    address: Invented Road 1
  - name: Demo Two
    address: Invented Road 2
lots: [60, 40]
total: 100
price: 1200.50 GHS
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(REGISTRY, tmp_path / "registry")
    path = tmp_path / "registry" / "contracts" / "test-order" / "1.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    (tmp_path / "values.yaml").write_text(VALUES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["contract", *arguments], standalone_mode=False)


def test_templates_are_listed_and_explained(place: Path) -> None:
    head, *rows = run("list").output.splitlines()
    assert head.split("  ")[0] == "id"
    assert head.endswith("  read by a lawyer  languages")
    (row,) = (one for one in rows if one.startswith("test-order/1"))
    assert row.split() == ["test-order/1", "Test", "order", "project", "draft", "no", "en,", "fr"]
    assert head.index("status") == row.index("draft")
    shown = run("show", "test-order").output
    assert "  price (needed): Label of price\n      With taxes.\n      takes an amount such as 36000.00 GHS" in shown
    assert "one for each of makers" in shown
    assert "How often a lot passes" not in shown
    (place / "some.yaml").write_text("price: 5 EUR\n", encoding="utf-8")
    shown = run("show", "test-order/1", "--params", "some.yaml").output
    assert "  price (given)" in shown
    assert shown.endswith("lacks `makers`, `lots`, `total`\n")
    wrong = run("show", "test-ordr")
    assert "did you mean 'test-order'" in str(wrong.exception)


@pytest.mark.parametrize(("values", "told"), [
    ("lots: [15, 10]\nchecked: [5, 5]\nbad: [0, 0]\n", "  5 of 10 pieces checked, up to 0 faulty\n    faulty "),
    ("{}\n", "(checked, bad): examples\n  5 of 50 pieces checked"),
    ("lots: [15]\nchecked: many\nbad: [0]\n", "(checked, bad): examples\n"),
    ("lots: [15]\nchecked: [20]\nbad: [0]\n", "(checked, bad): examples\n"),
])  # fmt: skip
def test_a_template_with_samples_shows_how_often_lots_pass(place: Path, values: str, told: str) -> None:
    record = {**RECORD, "parameters": [
        *RECORD["parameters"],
        parameter("checked", "integer", many=True, per="makers", at_most="lots", required=False),
        parameter("bad", "integer", many=True, per="makers", below="checked", required=False),
    ]}  # fmt: skip
    (place / "registry" / "contracts" / "test-order" / "1.yaml").write_text(json.dumps(record), encoding="utf-8")
    (place / "samples.yaml").write_text(values, encoding="utf-8")
    assert told in run("show", "test-order", "--params", "samples.yaml").output


def test_a_file_to_fill_in_is_printed_and_can_be_read_again(place: Path) -> None:
    printed = run("fill", "test-order").output
    assert "# Label of price\n# With taxes.\n# Takes an amount such as 36000.00 GHS.\nprice: null\n" in printed
    (place / "empty.yaml").write_text(printed, encoding="utf-8")
    found = run("fill", "test-order", "--params", "empty.yaml")
    assert found.return_value == 1
    assert "empty.yaml:10:1: `makers` is missing\n  it takes a list, each item: a hub's id such as gh/" in found.output
    assert "karakana contract fill test-order/1 --params THIS-FILE --out FOLDER" in printed
    assert not (place / "contract").exists()


def test_a_contract_is_written_with_its_manifest(place: Path) -> None:
    found = run(
        "fill", "test-order", "--params", "values.yaml", "--language", "fr", "--out", "a", "--format", "md,html,pdf"
    )
    assert found.return_value == 0, found.output
    names = {path.name for path in (place / "a").iterdir()}
    assert names == {
        "contract.en.md", "contract.fr.md", "contract.en.html", "contract.fr.html", "contract.en.pdf",
        "contract.fr.pdf", "parameters.json", "template.json", "manifest.json",
    }  # fmt: skip
    manifest = signatures.read((place / "a" / "manifest.json").read_bytes())
    for language in ("en", "fr"):
        text = (place / "a" / f"contract.{language}.md").read_bytes()
        assert manifest["texts"][language]["sha256"] == checksum(text)
    for name in ("template", "parameters"):
        data = signatures.read((place / "a" / f"{name}.json").read_bytes())
        assert manifest[name]["sha256"] == signatures.digest(data)
    run("fill", "test-order", "--params", "a/parameters.json", "--out", "b", "--format", "pdf,html,md")
    for path in (place / "a").iterdir():
        assert (place / "b" / path.name).read_bytes() == path.read_bytes()
    verdict = run("verify", "a")
    assert "template test-order/1: unchanged" in verdict.output
    assert "parameters: unchanged" in verdict.output


def test_every_mistake_is_told_with_its_line(place: Path) -> None:
    values = VALUES.replace("100", "90").replace("GHS", "XYZ") + "prise: 1\n"
    (place / "values.yaml").write_text(values, encoding="utf-8")
    found = run("fill", "test-order", "--params", "values.yaml")
    assert found.return_value == 1
    assert found.output.splitlines() == [
        "values.yaml:9:1: `prise` is no parameter of this template", "  did you mean `price`?",
        "values.yaml:8:1: `price` has no currency that is known",
        "  write it as `36000.00 GHS`, with a currency of ISO 4217",
        "values.yaml:7:1: `total` is 90, and `lots` add up to 100, 10 more", "  correct the total or a part",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"makers: [", "values.yaml:"), (b"- a\n", "holds no values"), (b"a: &x 1\n", "values.yaml:"),
     (b"a: \xff\n", "values.yaml:"), (b"x: " + b"[" * 40 + b"]" * 40, "values.yaml:"),
     (b"a: " + b"x" * 70_000, "65,536")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_wrong_use(place: Path, content: bytes, message: str) -> None:
    (place / "values.yaml").write_bytes(content)
    assert message in str(run("fill", "test-order", "--params", "values.yaml").exception)


@pytest.mark.usefixtures("place")
def test_options_are_checked() -> None:
    assert "not 'doc'" in str(run("fill", "test-order", "--params", "values.yaml", "--format", "doc").exception)
    found = run("fill", "test-order", "--params", "values.yaml", "--language", "sw")
    assert found.return_value == 1
    assert "no text in `sw`" in found.output


def test_a_signed_contract_is_not_written_over(place: Path) -> None:
    run("fill", "test-order", "--params", "values.yaml")
    path = place / "contract" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "proof": [{}]}), encoding="utf-8")
    assert "is signed" in str(run("fill", "test-order", "--params", "values.yaml").exception)


EMPTY_PLAN: dict[str, Any] = {
    "version": "1", "title": "20 stools", "without": [], "valid": True, "certain": True, "method": "exact", "bound": 1,
    "days": None, "ready": None, "timely": "no last day",
    "wish": {
        "name": "stool", "quantity": 20, "near": None, "within_km": None, "start": "2027-01-01", "by": None,
        "countries": [], "networks": [], "contract": "", "commercial": False, "languages": [], "invented": False,
        "silent": [], "not_understood": [], "steps": [],
    },
    **{name: [] for name in ("hubs", "assignments", "stages", "legs", "timings", "critical", "uncovered", "near",
                             "obstacles", "asks", "notes", "changes")},
}  # fmt: skip


def planned(hubs: list[str], pieces: list[int], **more: Any) -> str:
    """Return a plan of one step for 20 units, two pieces of each, divided among hubs."""
    made = {"step": "cut", "machine": "", "ask": 0, "days": None}
    shares = [{**made, "hub": hub, "pieces": many} for hub, many in zip(hubs, pieces, strict=True)]
    return json.dumps({**EMPTY_PLAN, "assignments": shares, **more})


def silent_hubs(place: Path) -> list[str]:
    """Return two hubs that say nothing of what they accept."""
    paths = sorted((place / "registry" / "hubs").glob("*/*.yaml"))
    silent = [path for path in paths if "accepts:" not in path.read_text(encoding="utf-8")]
    return [f"{path.parent.name}/{path.stem}" for path in silent[:2]]


def test_a_plan_fills_in_makers_and_lots(place: Path) -> None:
    hubs = silent_hubs(place)
    (place / "plan.json").write_text(planned(hubs, [30, 10]), encoding="utf-8")
    found = run("fill", "test-order", "--plan", "plan.json")
    assert f"makers: {json.dumps(hubs)}\n" in found.output, found.exception
    assert "lots: [15, 5]\n" in found.output
    assert "total: 20\n" in found.output
    (place / "rest.yaml").write_text("price: 5 EUR\n", encoding="utf-8")
    found = run("fill", "test-order", "--plan", "plan.json", "--params", "rest.yaml", "--out", "made")
    assert found.return_value == 0, found.output
    assert f"note: `{hubs[0]}`, `{hubs[1]}` say nothing under `accepts`" in found.output
    assert "note: made lies in " in found.output
    assert (place / "made" / "manifest.json").is_file()
    named = place / "registry" / "hubs" / f"{hubs[0]}.yaml"
    named.write_text(named.read_text(encoding="utf-8") + "accepts:\n  - small-series/1\n", encoding="utf-8")
    found = run("fill", "test-order", "--plan", "plan.json", "--params", "rest.yaml")
    assert found.return_value == 1
    assert f"`{hubs[0]}` does not say that it accepts `test-order/1`" in found.output


def test_what_a_plan_does_not_say_is_told(place: Path) -> None:
    hubs = silent_hubs(place)
    steps = json.loads(planned(hubs, [20, 20]))
    steps["assignments"][1]["step"] = "glue"
    (place / "plan.json").write_text(json.dumps(steps), encoding="utf-8")
    assert (
        "note: `lots` is left open: the hubs of the plan do different"
        in run("fill", "test-order", "--plan", "plan.json").output
    )


@pytest.mark.parametrize(("content", "told"), [
    ("[" * 100_000, "no JSON"),
    ("{}", "is no plan of this version"),
    (json.dumps({"version": "1", "answers": []}), "is no plan of this version"),
    (None, "the plan cannot be carried out: nobody does `glue-seat`; the glue is missing"),
])  # fmt: skip
def test_a_file_that_is_no_plan_is_refused_by_fill_and_by_plan(place: Path, content: str | None, told: str) -> None:
    impossible = planned([], [], valid=False, uncovered=[{"step": "glue-seat", "pieces": 3}],
                         obstacles=[{"code": "", "values": {}, "text": "the glue is missing"}])  # fmt: skip
    (place / "plan.json").write_text(impossible if content is None else content, encoding="utf-8")
    assert told in str(run("fill", "test-order", "--plan", "plan.json").exception)
    if content is not None:
        with pytest.raises(click.UsageError, match=told):
            read_plan(place / "plan.json")


@pytest.mark.parametrize(("content", "told"), [
    ("a: &id001 1\nb: *id001\n", "values.yaml:1:4: `&id001`: "),
    ("a: !x 1\n", "values.yaml:1:4: "), ("a: 1\na: 2\n", "values.yaml:2:1: "),
])  # fmt: skip
def test_a_values_file_with_what_yaml_does_too_says_what_is_wrong(place: Path, content: str, told: str) -> None:
    (place / "values.yaml").write_text(content, encoding="utf-8")
    message = str(run("fill", "test-order", "--params", "values.yaml").exception)
    assert message.startswith(told)
    assert len(message.splitlines()[0].split()) > 4


def test_all_choices_are_named_however_many(place: Path) -> None:
    codes = ["at", "bf", "bj", "ci", "cm", "de", "et", "fr", "gh", "gm", "ke", "lr", "ml", "ng", "tz"]
    law = parameter("law", "choice", choices=codes, required=False)
    record = {**RECORD, "parameters": [*PARAMETERS, law]}
    (place / "registry" / "contracts" / "test-order" / "1.yaml").write_text(json.dumps(record), encoding="utf-8")
    (place / "values.yaml").write_text(VALUES + "law: TZ\n", encoding="utf-8")
    assert "`tz`" in run("fill", "test-order", "--params", "values.yaml").output


def test_a_currency_of_no_country_is_none(place: Path) -> None:
    (place / "values.yaml").write_text(VALUES.replace("GHS", "XXX"), encoding="utf-8")
    assert "has no currency that is known" in run("fill", "test-order", "--params", "values.yaml").output


def test_what_is_shown_fits_a_terminal() -> None:
    shown = [run("show", one).output for one in ("distributed-manufacturing", "one-to-one-order")]
    assert max(len(line) for one in shown for line in one.splitlines()) <= 80


LACKING = {
    "Ɛkua Ŋmɛ, Ọ̀ṣun": "", "Mkataba wa utengenezaji": "", "عقد التصنيع": "", "می‌خواهم": "", "हिन्दी क्‍ष": "",
    'Ɛ #panic() "q" \\ مؤسسة': "", '#eval("1") #read("/etc/passwd") $x$ `#import "a"`': "",
    "ኢ a 契 b": "ኢ契", "ኢትዮጵያ": "ኢትዮጵያ", "東京": "東京", "தமிழ்": "தமிழ்", "Maker 🛠": "🛠", "ⵜⴰ": "ⵜⴰ",
    "a\u0e39 0\u0e39": "\u0e39", "{0\u0e39,": "\u0e39", "x\u0378y": "\u0378",
}  # fmt: skip


@pytest.mark.parametrize("name", LACKING)
def test_a_letter_that_no_font_has_is_an_error_and_no_box(name: str) -> None:
    record = template("{{ one }}", parameters=[parameter("one", "text")])
    content, lacking = pdf(contracts.filled(record, {"one": name}, "en"))
    assert sorted(lacking) == sorted(LACKING[name])
    assert content[:5] == (b"" if lacking else b"%PDF-")


def test_a_text_that_looks_like_a_day_does_no_harm_to_a_pdf() -> None:
    record = template("{{ one }}", parameters=[parameter("one", "text")])
    assert pdf(contracts.filled(record, {"one": "1000-19-39"}, "en"))[0].startswith(b"%PDF-")
