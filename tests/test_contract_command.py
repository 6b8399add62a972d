"""`karakana contract list`, `show` and `fill`: files, messages with their place, and exit codes."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import contracts, signatures
from generator.cli.app import cli
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
    assert "test-order/1\tTest order\tproject\tdraft\tdraft\ten,fr" in run("list").output.splitlines()
    shown = run("show", "test-order").output
    assert "  price (needed): Label of price\n      With taxes.\n      takes an amount such as 36000.00 GHS" in shown
    assert "one for each of makers" in shown
    (place / "some.yaml").write_text("price: 5 EUR\n", encoding="utf-8")
    shown = run("show", "test-order/1", "--params", "some.yaml").output
    assert "  price (given)" in shown
    assert shown.endswith("lacks `makers`, `lots`, `total`\n")
    wrong = run("show", "test-ordr")
    assert "did you mean 'test-order'" in str(wrong.exception)


def test_a_file_to_fill_in_is_printed_and_can_be_read_again(place: Path) -> None:
    printed = run("fill", "test-order").output
    assert "# Label of price\n# With taxes.\n# Takes an amount such as 36000.00 GHS.\nprice: null\n" in printed
    (place / "empty.yaml").write_text(printed, encoding="utf-8")
    found = run("fill", "test-order", "--params", "empty.yaml")
    assert found.return_value == 1
    assert "empty.yaml:6:1: `makers` is missing\n" in found.output
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


def test_a_plan_fills_in_makers_and_lots(place: Path) -> None:
    hubs = sorted(f"{path.parent.name}/{path.stem}" for path in (place / "registry" / "hubs").glob("*/*.yaml"))[:2]
    assignments = [{"step": "cut", "hub": hub, "pieces": pieces} for hub, pieces in zip(hubs, (30, 10), strict=True)]
    (place / "plan.json").write_text(
        json.dumps({"wish": {"quantity": 20}, "assignments": assignments}), encoding="utf-8"
    )
    printed = run("fill", "test-order", "--plan", "plan.json").output
    assert f"makers: {json.dumps(hubs)}\n" in printed
    assert "lots: [15, 5]\n" in printed
    assert "total: 20\n" in printed
    (place / "rest.yaml").write_text("price: 5 EUR\n", encoding="utf-8")
    found = run("fill", "test-order", "--plan", "plan.json", "--params", "rest.yaml")
    assert "does not say that it accepts `test-order/1`" in found.output
    (place / "plan.json").write_text("[" * 100_000, encoding="utf-8")
    assert "no JSON" in str(run("fill", "test-order", "--plan", "plan.json").exception)


def test_a_letter_that_no_font_has_is_an_error_and_no_box() -> None:
    record = template("{{ one }}", parameters=[parameter("one", "text")])
    content, lacking = pdf(contracts.filled(record, {"one": "ኢ a 契 b"}, "en"))
    assert (content, sorted(lacking)) == (b"", ["ኢ", "契"])
    content, lacking = pdf(contracts.filled(record, {"one": 'Ɛ #panic() "q" \\ مؤسسة'}, "en"))
    assert (content[:5], lacking) == (b"%PDF-", ())
