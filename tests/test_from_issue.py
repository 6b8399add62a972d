"""`karakana from-issue`: what becomes of answers and files in an issue, and that hostile text stays text."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import canonical, registry, schemas
from generator.checks import example
from generator.cli import main
from generator.contributions import body, comment, machines, points, reaching
from generator.contributions.issue import proposal
from generator.contributions.proposal import Author, Proposal
from generator.contributions.questions import CONSENT, LABELS, QUESTIONS, RELATIONS
from generator.importers.terms import Terms
from generator.registry import Registry

FORM = Path(__file__).resolve().parent.parent / ".github/ISSUE_TEMPLATE/1-add-a-hub.yml"
DAY = date(2026, 6, 1)
WAY = LABELS["website"]
GOOD = {
    "name": "Takoradi Open Lab", "kind": "makerspace", "country": "Ghana", "locality": "Takoradi",
    "website": "https://takoradi-lab.org", "relation": "I was there", "consent": f"- [x] {CONSENT}",
}  # fmt: skip
HUB = """\
name: Takoradi Open Lab
kind: makerspace
location:
  locality: Takoradi
  precision: city
website: https://takoradi-lab.org
verified:
  "on": 2026-06-01
  how: visit
"""


@pytest.fixture(scope="module")
def known() -> Registry:
    return registry.load(example.BASE, as_of=DAY, prefix="registry/")


def written(answers: Mapping[str, str]) -> str:
    """An issue's text as the forge makes it of answers."""
    parts = [f"### {question.label}\n\n{answers.get(question.id, '_No response_')}" for question in QUESTIONS]
    return "\n\n".join(parts) + "\n"


def become(known: Registry, **answers: str) -> Proposal:
    return proposal(known, written({**GOOD, **answers}).encode(), Author("kofi", 12), DAY)


def wanted(found: Proposal) -> list[str]:
    assert not found.files
    return [f"{want.at}: {want.message}" for want in found.wants]


def test_form_asks_what_is_read() -> None:
    asked = [part for part in yaml.safe_load(FORM.read_text(encoding="utf-8"))["body"] if part["type"] != "markdown"]
    assert [(part["id"], part["attributes"]["label"]) for part in asked] == list(LABELS.items())
    for part, question in zip(asked, QUESTIONS, strict=True):
        options = part["attributes"].get("options", [])
        assert [one["label"] if isinstance(one, dict) else one for one in options] == list(question.choices)
        required = part.get("validations", {}).get("required", any(isinstance(one, dict) and one.get("required")
                                                                  for one in options))  # fmt: skip
        assert required is question.is_required, question.id


def test_choices_are_those_of_the_schema() -> None:
    properties = schemas.properties("hub")
    by_id = {question.id: question.choices for question in QUESTIONS}
    assert list(by_id["kind"]) == properties["kind"]["enum"]
    assert list(by_id["access"]) == properties["access"]["enum"]
    assert list(by_id["services"]) == properties["services"]["items"]["enum"]
    assert set(RELATIONS.values()) <= {"self", "visit", "call", "imported"}


def test_five_answers_become_a_hub(known: Registry) -> None:
    found = become(known)
    assert {path: content.decode() for path, content in found.files.items()} == {"hubs/gh/takoradi-open-lab.yaml": HUB}
    assert found.notes == (f"{PATH}: verified by visit, and `stewards` is missing",)


def test_all_answers(known: Registry) -> None:
    found = become(
        known, access="membership", services="- [X] repair\n- [ ] events\n- [x] training",
        coordinates="4.8845, -1.7554",
        machines="2 × Base Laser 60\n- Big saw, sawing", summary="For all.\r\n\r\nAnd more.", address="Plot 1",
        relation="I work there, or the hub asked me", source="https://lists-of-labs.org/x, CC-BY-4.0",
    )  # fmt: skip
    assert set(found.files) == {
        "hubs/gh/takoradi-open-lab.yaml", "machines/gh/takoradi-open-lab/laser-60.yaml",
        "machines/gh/takoradi-open-lab/big-saw.yaml",
    }  # fmt: skip
    hub = yaml.load(found.files["hubs/gh/takoradi-open-lab.yaml"], yaml.BaseLoader)
    assert hub["location"] == {
        "locality": "Takoradi",
        "address": "Plot 1",
        "latitude": "4.8845",
        "longitude": "-1.7554",
    }
    assert hub["services"] == ["training", "repair"]
    assert hub["summary"] == "For all.\n\nAnd more."
    assert hub["stewards"] == [{"github": "kofi", "github_id": "12"}]
    assert hub["verified"] == {"on": "2026-06-01", "how": "self"}
    assert hub["sources"] == [{
        "name": "https://lists-of-labs.org/x, CC-BY-4.0", "url": "https://lists-of-labs.org/x",
        "licence": "CC-BY-4.0", "retrieved": "2026-06-01",
    }]  # fmt: skip
    assert b"model: base/laser-60\nquantity: 2\n" in found.files["machines/gh/takoradi-open-lab/laser-60.yaml"]


@pytest.mark.parametrize(
    "country", ["Ghana", "GH", "gh", " ghana ", "Gana", "غانا", "**Ghana**", "The Gambia", "Côte d’Ivoire", "Kenya"]
)
def test_countries_in_many_languages(known: Registry, country: str) -> None:
    found = become(known, country=country)
    assert found.is_complete or country == "**Ghana**"


@pytest.mark.parametrize(
    ("answers", "wants"),
    [
        ({"name": "_No response_"}, ["Name: it is not answered"]),
        ({"country": "Gahna"}, ["Country: this is no country that is known"]),
        ({"kind": "maker space"}, []),
        ({"kind": "castle"}, ["Kind: it is none of the choices"]),
        ({"access": "None"}, []),
        ({"consent": f"- [ ] {CONSENT}"}, ["Licence: it is not answered"]),
        ({"services": "- [x] flying"}, ["What it offers: `flying` is none of the boxes"]),
        ({"website": "kofi.mensah@gmail.com"}, [
            f"{WAY}: the e-mail address looks like a person's own, and this registry is public for good"]),
        ({"website": "https://takoradi-lab.org kofi.mensah@gmail.com"}, []),
        ({"website": "+233 24 412 3456"}, [
            f"{WAY}: the telephone number may be a person's own, or is none in that country"]),
        ({"website": "hello"}, [
            f"{WAY}: `hello` is no website, e-mail address or telephone number"]),
        ({"website": "javascript:alert(1)"}, [
            f"{WAY}: `javascript:alert(1)` is no website, e-mail address or telephone number"]),
        ({"summary": "Ask Kofi: kofi@example-lab.org"}, [
            "What it is and for whom: the answer holds the e-mail address, and this registry is public for good"]),
        ({"coordinates": "in the market"}, ["Latitude and longitude: these are no coordinates"]),
        ({"coordinates": "https://maps.app.goo.gl/abc"}, [
            "Latitude and longitude: no coordinates stand in this address"]),
        ({"coordinates": "-1.7554, 4.8845"}, [
            "Latitude and longitude: coordinates -1.7554, 4.8845 lie in the sea, not in Ghana; "
            "exchanged they lie in it: latitude: 4.8845, longitude: -1.7554?"]),
        ({"name": "Base Hub", "locality": "Kumasi", "website": "https://base-hub.example/"}, [
            "Name: the registry has this hub already: `gh/base-hub` (the same name, the same town, the same website). "
            "To correct that record, use its page's link"]),
    ],
)  # fmt: skip
def test_what_is_wanted(known: Registry, answers: dict[str, str], wants: list[str]) -> None:
    found = become(known, **answers)
    assert [f"{want.at}: {want.message}" for want in found.wants] == wants
    assert bool(found.files) is not bool(wants)


def test_private_data_is_not_repeated(known: Registry) -> None:
    found = become(known, website="kofi.mensah@gmail.com", summary="Call Ama: +233 24 412 3456")
    assert "mensah" not in comment.as_markdown(found)
    assert "412" not in comment.as_markdown(found)


def test_an_id_that_is_taken_is_not_used_again(known: Registry) -> None:
    found = become(known, name="Base Hub", locality="Tamale", website="https://base-hub-tamale.org")
    assert list(found.files) == ["hubs/gh/base-hub-tamale.yaml"]


# Structure.


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, lambda text: text.replace("### ", "###   "),
    lambda text: f"<!-- ### Name\n\nOther -->\n{text}",
    lambda text: text.replace("Takoradi Open", "Takoradi\u202e Open\u2066"),
])  # fmt: skip
def test_other_forms_of_the_same(known: Registry, change: Callable[[str], str]) -> None:
    found = proposal(known, change(written(GOOD)).encode(), Author(), DAY)
    assert found.files.get("hubs/gh/takoradi-open-lab.yaml", b"").decode() == HUB, found.wants


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (written(GOOD | {"summary": "### Country\n\nTogo"}), "the heading `### Country` stands twice"),
        (written(GOOD) + "### Name\n\nOther\n", "the heading `### Name` stands twice"),
        (written(GOOD) + "\n```\n", "a fence is opened and never closed"),
        ("x" * 300_000, "the text has more than 200,000 bytes"),
        ("", "it is not answered"),
        ("### Files\n", "no file stands below this heading"),
        ("### Files\n\n```yaml\nname: x\n```\n", "no path stands above this fence"),
    ],
)
def test_structure_that_cannot_be_read(known: Registry, text: str, want: str) -> None:
    found = proposal(known, text.encode(), Author(), DAY)
    assert not found.files
    assert any(want in one.message for one in found.wants)


def test_a_heading_of_nobody_is_a_part_of_the_answer(known: Registry) -> None:
    found = become(known, summary="One\n### Opening\n#### Name\nTwo")
    assert b"### Opening" in found.files["hubs/gh/takoradi-open-lab.yaml"]


def test_a_heading_in_a_fence_is_a_part_of_the_answer(known: Registry) -> None:
    found = become(known, summary="One\n```\n### Country\n\nTogo\n```\nTwo")
    assert b"### Country" in found.files["hubs/gh/takoradi-open-lab.yaml"]


def test_html_in_answers_goes(known: Registry) -> None:
    found = become(known, summary="<script>alert(1)</script>For <b>all</b>", name="Takoradi <i>Open</i> Lab")
    assert b"script" not in b"".join(found.files.values())


@pytest.mark.parametrize(
    "piece", ["<!--", "```<!--\n", "1 ", "a@", "- [x] ", "x × ", "### ", "`", "<a", "[", "1°", "up to ", ", "]
)
def test_a_text_of_any_length_is_read_at_once(known: Registry, piece: str) -> None:
    begun = time.process_time()
    for id in ("summary", "machines", "website", "coordinates", "services", "country"):
        become(known, **{id: f"```\n{piece * (24_000 // len(piece))}\n```"})
        become(known, **{id: piece * (60_000 // len(piece))})
    assert time.process_time() - begun < 30  # a pattern that goes back at each sign takes minutes


# Files of the site's form.


def fenced(path: str, text: str, fence: str = "```") -> str:
    return f"`{path}`\n\n{fence}yaml\n{text}{fence}\n\n"


PATH = "registry/hubs/gh/takoradi-open-lab.yaml"


def files(*several: tuple[str, str]) -> bytes:
    head = "### Name\n\nTakoradi\n\n### Country\n\nGhana\n\n### Files\n\n"
    return (head + "".join(fenced(path, text) for path, text in several)).encode()


def test_files_become_files(known: Registry) -> None:
    machine = ("registry/machines/gh/takoradi-open-lab/laser.yaml", "quantity: 2\nmodel: base/laser-60\n")
    found = proposal(known, files((PATH, HUB), machine), Author(), DAY)
    assert found.files == {
        "hubs/gh/takoradi-open-lab.yaml": HUB.encode(),
        "machines/gh/takoradi-open-lab/laser.yaml": b"model: base/laser-60\nquantity: 2\n",
    }


@pytest.mark.parametrize(
    "path",
    ["registry/../hubs/gh/x.yaml", "/etc/passwd", "registry/hubs/gh/../../x.yaml", "registry/hubs/gh/x.yml",
     "hubs/gh/x.yaml",
     "registry/registry.yaml", "registry/hubs/GH/x.yaml", "registry/hubs/gh/X.yaml", "registry/hubs/gh/x\\y.yaml",
     "registry/hubs/xx/x.yaml", "registry/hubs/gh/-x-.yaml", "registry/hubs/gh/x/y.yaml", ".github/workflows/x.yaml",
     "registry/passports/x.yaml", "registry/hubs/gh/x.yaml\u202e", "registry//hubs/gh/x.yaml",
     "registry/contracts/a/1.yaml"],
)  # fmt: skip
def test_paths_that_are_no_records(known: Registry, path: str) -> None:
    assert wanted(proposal(known, files((path, HUB)), Author(), DAY)) == ["Files: no record stands at such a path"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (HUB + "a: &x [1]\nb: *x\n", "anchor"),
        (HUB + "a: !!python/object:os.system x\n", "tag"), ("[" * 30000 + "\n", "levels"),
        (HUB + "name: x\n", "twice"), ("- a\n", "it holds no keys"), (HUB + "colour: red\n", "colour"),
        (HUB + "---\na: b\n", "document"), (HUB + "summary: Mail kofi@takoradi-lab.org\n", "e-mail address"),
        (HUB.replace("makerspace", "castle"), "castle"), ("a" * 70000, ""), (HUB.replace("name:", "name: \x07"), ""),
        (HUB + "contact: {email: kofi.mensah@gmail.com}\n", "may be a person's own"), ("", "holds no record"),
    ],
)  # fmt: skip
def test_files_that_are_no_records(known: Registry, text: str, want: str) -> None:
    found = proposal(known, files((PATH, text)), Author(), DAY)
    assert not found.files
    assert any(want in one.message for one in found.wants), found.wants


def test_a_nested_fence_is_text(known: Registry) -> None:
    text = HUB + "summary: |\n  ```yaml\n  x\n  ```\n"
    source = f"### Files\n\n{fenced(PATH, text, '````')}".encode()
    found = proposal(known, source, Author(), DAY)
    assert b"```yaml" in found.files["hubs/gh/takoradi-open-lab.yaml"]


def test_a_record_is_changed_only_by_its_own(known: Registry) -> None:
    base = (example.BASE / "hubs/gh/base-hub.yaml").read_text()
    path = "registry/hubs/gh/base-hub.yaml"
    assert wanted(proposal(known, files((path, HUB)), Author(), DAY)) == [f"{path}: another record stands at this path"]
    found = proposal(known, files((path, base + "floor_m2: 60\n")), Author(), DAY)
    assert found.changes == ("hubs/gh/base-hub.yaml",)
    assert "has to approve" in found.notes[0]


def test_machine_of_no_hub(known: Registry) -> None:
    path = "registry/machines/gh/nowhere/laser.yaml"
    found = proposal(known, files((path, "model: base/laser-60\n")), Author(), DAY)
    assert wanted(found) == [f"{path}: there is no hub `gh/nowhere`"]


# Small languages.


@pytest.mark.parametrize(
    "said",
    ["6.6885, -1.6244", "6.6885,-1.6244", "6.6885 -1.6244", "(6.6885; -1.6244)", "6,6885; -1,6244", "6.6885° -1.6244°",
     "lat: 6.6885, lon: -1.6244", "6.6885 N, 1.6244 W", "N 6.6885 W 1.6244", "1.6244°W 6.6885°N", "6.6885, −1.6244",
     "6°41'18.6\"N 1°37'27.84\"W", "6° 41.31' N, 1° 37.464' W", "6°41′18.6″ N, 1°37′27.84″ O",
     "https://www.openstreetmap.org/?mlat=6.6885&mlon=-1.6244#map=5/1/1",
     "https://www.openstreetmap.org/#map=18/6.6885/-1.6244",
     "https://www.google.com/maps/place/X/@6.1,-1.1,17z/data=!3m1!4b1!4m5!8m2!3d6.6885!4d-1.6244",
     "https://www.google.com/maps/@6.6885,-1.6244,17z", "https://maps.google.com/?q=6.6885,-1.6244",
     "geo:6.6885,-1.6244?z=9",
     "https://www.google.com/maps/search/6.6885,+-1.6244", "https://maps.apple.com/?ll=6.6885,-1.6244&q=Lab",
     "https://www.bing.com/maps?cp=6.6885~-1.6244&lvl=15"],
)  # fmt: skip
def test_coordinates_in_many_forms(said: str) -> None:
    assert points.point(said) == pytest.approx((6.6885, -1.6244), abs=1e-5)


@pytest.mark.parametrize(
    "said", ["", "here", "6.6885", "1, 2, 3", "6 N 7 N", "-6 S 7 E", "N6N W1", "https://x.org/1,2", "geo:", "9" * 99]
)
def test_what_is_no_point(said: str) -> None:
    assert points.point(said) is None


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("lab.org", ("https://lab.org", "", "")), ("info@lab-kumasi.org", ("", "info@lab-kumasi.org", "")),
        ("+233 30 222 3333", ("", "", "+233 30 222 3333")), ("030 222 3333", ("", "", "+233 30 222 3333")),
        ("https://lab.org, mailto:info@lab.org; tel: +233302223333",
         ("https://lab.org", "info@lab.org", "+233 30 222 3333")),
        ("www.lab.org or hello@lab.org", ("https://www.lab.org", "hello@lab.org", "")),
    ],
)  # fmt: skip
def test_ways_to_reach(said: str, found: tuple[str, str, str]) -> None:
    way = reaching.reach(said, "gh", "Kumasi Lab")
    assert (way.website, way.email, way.phone, way.refused) == (*found, ())


@pytest.mark.parametrize(
    ("row", "data"),
    [
        ("2 × Base Laser 60", {"model": "base/laser-60", "quantity": 2}),
        ("Laser 60 (3)", {"model": "base/laser-60", "quantity": 3}),
        ("3x laser 60, 60 W", {"model": "base/laser-60", "power_w": 60, "quantity": 3}),
        ("3 x laser 60 x2", {"name": "laser 60 x2", "quantity": 3}),
        ("Acme laser cutting, 60 × 40 cm, plywood up to 8 mm, 1.5 kW",
         {"name": "Acme laser cutting", "processes": ["laser-cutting"], "envelope_mm": [600, 400],
          "materials": [{"material": "plywood", "max_thickness_mm": 8}], "power_w": 1500}),
        ("3D printer", {"name": "3D printer"}),
    ],
)  # fmt: skip
def test_machines(known: Registry, row: str, data: dict[str, Any]) -> None:
    (draft,) = machines.drafts(row, "gh/base-hub", Terms(known))
    assert draft.data == data


# Comments and the command.


def test_comment_is_only_text(known: Registry) -> None:
    evil = "@all [x](http://evil.example) ![y](z) <img src=x> #1 `` ` |\n### Name"
    found = become(known, kind=evil, country=evil, coordinates=evil, website=evil, access=evil)
    text = comment.as_markdown(found)
    html = MarkdownIt("commonmark", {"html": True}).render(text.removeprefix(comment.MARKER))
    bare = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert set(re.findall(r"</?(\w+)", html)) <= {"p", "ul", "li", "strong", "code"}
    assert not re.search(r"@\w|evil|#1", bare), bare


Karakana = Callable[..., tuple[int, str, str]]


@pytest.fixture
def karakana(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small: Path) -> Karakana:
    monkeypatch.chdir(small.parent)

    def run(text: str, *words: str) -> tuple[int, str, str]:
        (small.parent / "body.md").write_bytes(text.encode())
        monkeypatch.setattr(sys, "argv", ["karakana", "from-issue", "body.md", "--day", "2026-06-01", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return int(stopped.value.code or 0), told.out, told.err

    return run


def test_command_writes_into_the_registry(karakana: Karakana, small: Path) -> None:
    assert karakana(written(GOOD)) == (
        0,
        "new: hubs/gh/takoradi-open-lab.yaml\n"
        "note: registry/hubs/gh/takoradi-open-lab.yaml: verified by visit, and `stewards` is missing\n",
        "",
    )
    path = small / "hubs/gh/takoradi-open-lab.yaml"
    assert path.read_text() == HUB
    assert canonical.reformatted("hub", path.read_bytes()) == path.read_bytes()


def test_command_says_what_is_missing(karakana: Karakana, small: Path) -> None:
    before = sorted(small.rglob("*"))
    code, told, _ = karakana(written(GOOD | {"country": "Gahna"}), "--format", "markdown", "--issue", "4")
    assert code == 1
    assert told.startswith(
        f"{comment.MARKER}\nThank you. This cannot become a record yet:\n\n- **Country**: this is no"
    )
    assert "  You wrote: `Gahna`\n" in told
    assert sorted(small.rglob("*")) == before


def test_command_writes_elsewhere_and_closes_the_issue(karakana: Karakana, tmp_path: Path) -> None:
    words = ("--into", str(tmp_path / "out"), "--author", "kofi:12", "--issue", "4", "--format", "markdown")
    code, told, _ = karakana(written(GOOD | {"relation": "I work there, or the hub asked me"}), *words)
    assert code == 0
    assert told.endswith("- `kofi` says to work there, and becomes the hub's steward\n\nCloses #4\n")
    assert (tmp_path / "out/hubs/gh/takoradi-open-lab.yaml").exists()


def test_command_follows_no_link_out(karakana: Karakana, small: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (small / "hubs/gh/base-hub.yaml").rename(tmp_path / "elsewhere/base-hub.yaml")
    (small / "hubs/gh").rmdir()
    (small / "hubs/gh").symlink_to(tmp_path / "elsewhere")
    code, _, said = karakana(written(GOOD))
    assert (code, "leads out of" in said) == (2, True)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["base-hub.yaml"]


def test_command_refuses_an_author_that_is_none(karakana: Karakana) -> None:
    assert karakana("", "--author", "a b")[0] == 2


# Whatever somebody writes.

PIECES = st.sampled_from(
    [*(f"### {label}" for label in LABELS.values()), "### Files", "```", "````yaml", "~~~", "<!--", "-->",
     "- [x] training",
     "`registry/hubs/gh/x.yaml`", "`registry/../x`", "name: X", "kind: makerspace", "a: &a [*a]", "Ghana", "6.6, -1.6",
     "fab-lab", f"- [x] {CONSENT}", "I was there", "https://takoradi-lab.org", "_No response_", "2 × Base Laser 60",
     "location: {locality: X, precision: city}", "\u202e\u2066", "\r", "https://[", "geo:1,", "+233", "@all", "x" * 400]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=30), max_size=40))
def test_any_text_becomes_records_or_a_comment(known: Registry, pieces: list[str]) -> None:
    source = "\n\n".join(pieces).encode("utf-8", "surrogatepass")
    check_whole(proposal(known, source, Author("kofi", 12), DAY))


@given(st.dictionaries(st.sampled_from(sorted(LABELS)), PIECES | st.text(max_size=60), max_size=6))
def test_any_answers_become_records_or_a_comment(known: Registry, answers: dict[str, str]) -> None:
    source = written({**GOOD, **answers}).encode("utf-8", "surrogatepass")
    check_whole(proposal(known, source, Author("kofi", 12), DAY))


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(known: Registry, source: bytes) -> None:
    check_whole(proposal(known, source, Author(), DAY))
    body.read(b"### Files\n`registry/hubs/gh/x.yaml`\n```\n" + source, list(LABELS.values()))


def check_whole(found: Proposal) -> None:
    assert bool(found.files) is not bool(found.wants)
    for path, content in found.files.items():
        assert re.fullmatch(r"(hubs/[a-z]{2}|machines/[a-z]{2}/[a-z0-9-]+)/[a-z0-9-]+\.yaml", path)
        assert canonical.reformatted("hub" if path.startswith("hubs") else "machine", content) == content
    comment.as_markdown(found, 3).encode()
    comment.as_text(found).encode()


# The workflow's scripts, run with files of somebody who means harm.

WORKFLOW = yaml.safe_load((FORM.parents[1] / "workflows/issue.yml").read_text(encoding="utf-8"))


def script(job: str, name: str) -> str:
    (step,) = (step for step in WORKFLOW["jobs"][job]["steps"] if step.get("name") == name)
    return str(step["run"])


def run_script(text: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", text], cwd=folder, env={"PATH": os.environ["PATH"], **env},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("jq") is None, reason="needs jq, as on the forge's machines")
@pytest.mark.parametrize(("country", "files"), [("Ghana", 1), ("$(touch x)`touch y`", 0)])
def test_workflow_reads_the_text_of_an_event(small: Path, country: str, files: int) -> None:
    place = small.parent
    tool = place / ".venv/bin/karakana"
    tool.parent.mkdir(parents=True)
    tool.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from generator.cli import run; run()" "$@"\n')
    tool.chmod(0o755)
    user = {"login": "kofi", "id": 12}
    about = {
        "body": written(GOOD | {"country": country}),
        "number": 4,
        "user": user,
        "created_at": "2026-06-01T10:00:00Z",
    }
    (place / "event.json").write_text(json.dumps({"issue": about}))
    done = run_script(
        script("read", "Read the text"), place, GITHUB_EVENT_PATH="event.json", GITHUB_STEP_SUMMARY="summary.md",
        PYTHONPATH=str(FORM.parents[2]),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list((place / "proposal/registry").rglob("*.yaml"))) == files
    assert (place / "proposal/comment.md").read_text().startswith(comment.MARKER)
    assert not {"x", "y"} & {path.name for path in place.iterdir()}


def test_workflow_takes_only_records(tmp_path: Path) -> None:
    records = tmp_path / "proposal/registry"
    names = ["hubs/gh/lab.yaml", "machines/gh/lab/laser.yaml", "registry.yaml", "hubs/gh/x.yml", "passports/x.yaml",
             "hubs/gh/-x.yaml", "hubs/gh/a/b.yaml", "hubs/GH/x.yaml", "hubs/gh/a b.yaml", ".github/x.yaml"]  # fmt: skip
    for name in names:
        (records / name).parent.mkdir(parents=True, exist_ok=True)
        (records / name).write_text("name: x\n")
    (records / "hubs/gh/link.yaml").symlink_to("/etc/passwd")
    (tmp_path / "work/registry").mkdir(parents=True)
    done = run_script(script("propose", "Take the records"), tmp_path)
    assert done.returncode == 0, done.stderr
    taken = [path.relative_to(tmp_path / "work") for path in (tmp_path / "work").rglob("*") if not path.is_dir()]
    assert sorted(map(str, taken)) == ["registry/hubs/gh/lab.yaml", "registry/machines/gh/lab/laser.yaml"]


def test_workflow_takes_nothing_when_something_is_missing(tmp_path: Path) -> None:
    (tmp_path / "proposal").mkdir()
    (tmp_path / "proposal/comment.md").write_text("Thank you.\n")
    assert run_script(script("propose", "Take the records"), tmp_path).returncode == 0


GH = r"""#!/usr/bin/env bash
# A forge that is a script: it knows no pull request and no comment, and writes down what it is asked.
echo "$*" >> "$STATE/asked"
case "$*" in
  *"/commits/"*) cat "$STATE/last"; [ -s "$STATE/last" ] ;;
esac
"""


BOT = "41898282+github-actions[bot]@users.noreply.github.com"


@pytest.mark.parametrize(("last", "is_pushed"), [("", True), (BOT, True),
                                                 ("ama@example.org", False)])  # fmt: skip
def test_workflow_writes_its_own_branch(committed: Any, tmp_path: Path, last: str, is_pushed: bool) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "gh").write_text(GH)
    (tools / "gh").chmod(0o755)
    (tmp_path / "last").write_text(last)
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "far/o/r.git")], check=True)
    committed.write({"registry/hubs/gh/lab.yaml": HUB})
    env = {"PATH": f"{tools}:{os.environ['PATH']}", "STATE": str(tmp_path), "REPOSITORY": "o/r", "NUMBER": "4",
           "BASE": "main", "GIT_CONFIG_COUNT": "1",
           "MAIL": WORKFLOW["jobs"]["propose"]["env"]["MAIL"], "HOME": str(tmp_path),
           "GIT_CONFIG_KEY_0": f"url.{tmp_path / 'far'}/.insteadOf",
           "GIT_CONFIG_VALUE_0": "https://github.com/"}  # fmt: skip
    done = run_script(script("propose", "Open or renew the pull request"), committed.folder, **env)
    assert done.returncode == 0, done.stderr
    asked = (tmp_path / "asked").read_text()
    assert ("pr create --repo o/r --base main --head hub-issue-4" in asked) is is_pushed
    heads = subprocess.run(
        ["git", "-C", str(tmp_path / "far/o/r.git"), "branch"], capture_output=True, text=True, check=True
    )
    assert heads.stdout.split() == (["hub-issue-4"] if is_pushed else [])


STICKY = r"""#!/usr/bin/env bash
# A forge that is a script: it knows one comment or issue of ours, or none, and writes down what is posted.
case "$*" in
  *"run download"*) mkdir -p night; cp "$STATE/report.md" night/ ;;
  *"--jq"*) cat "$STATE/mine" ;;
  *"--method"*) echo "$*" >> "$STATE/posted"; last="${@: -1}"; cp "${last#body=@}" "$STATE/sent.md" ;;
esac
"""
NIGHTLY = yaml.safe_load((FORM.parents[1] / "workflows/nightly.yml").read_text(encoding="utf-8"))


def sticky(tmp_path: Path, text: str, mine: str) -> tuple[str, str]:
    (tmp_path / "bin").mkdir(exist_ok=True)
    (tmp_path / "bin/gh").write_text(STICKY)
    (tmp_path / "bin/gh").chmod(0o755)
    (tmp_path / "mine").write_text(mine)
    env = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "STATE": str(tmp_path), "REPOSITORY": "o/r",
           "NUMBER": "4", "RUN": "5"}  # fmt: skip
    done = run_script(text, tmp_path, **env)
    assert done.returncode == 0, done.stderr
    return (tmp_path / "posted").read_text().splitlines()[-1], (tmp_path / "sent.md").read_text()


def test_workflow_comments_once(tmp_path: Path) -> None:
    (tmp_path / "proposal").mkdir()
    (tmp_path / "proposal/comment.md").write_text(f"{comment.MARKER}\nAll fine.\n\nCloses #4\n")
    text = script("propose", "Say what became of it")
    asked, body_ = sticky(tmp_path, text, "")
    assert asked == "api --silent --method POST repos/o/r/issues/4/comments --field body=@comment.md"
    assert body_ == f"{comment.MARKER}\nAll fine.\n\nA pull request was made of this issue.\n"
    asked, _ = sticky(tmp_path, text, "77\n78\n")
    assert asked == "api --silent --method PATCH repos/o/r/issues/comments/77 --field body=@comment.md"


def test_nights_have_one_issue(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("## Links\n")
    text = NIGHTLY["jobs"]["tell"]["steps"][0]["run"]
    asked, body_ = sticky(tmp_path, text, "")
    assert asked.startswith("api --silent --method POST repos/o/r/issues --field title=")
    assert body_.startswith("<!-- karakana: nightly -->\n")
    assert body_.endswith("\n\n## Links\n")
    asked, _ = sticky(tmp_path, text, "9\n")
    assert asked == "api --silent --method PATCH repos/o/r/issues/9 --field body=@body.md"
