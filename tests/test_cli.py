"""The command: what it prints, what it leaves on disk, and how it exits. 0 clean, 1 findings, 2 wrong use."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click
import pytest

from generator import canonical
from generator.cli import main
from generator.cli.app import cli
from generator.cli.questions import QUESTIONS
from generator.documents import parse
from generator.records import KINDS

ROOT = Path(__file__).resolve().parent.parent
RUN = [sys.executable, "-c", "from generator.cli import main; main()"]
# Its only fault is in line 11, column 5.
BAD_HUB = """\
name: Bad
kind: fab-lab
location:
  locality: Kumasi
  precision: city
website: https://bad.example
verified:
  on: 2026-05-01
  how: self
processes:
  - sawwing
stewards:
  - github: bad-lab
"""


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    err: str


Karakana = Callable[..., Done]


@pytest.fixture
def karakana(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Karakana:
    """Run the command in this process, with answers on standard input."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, answers: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["karakana", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        with pytest.raises(SystemExit) as stopped:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Done(int(stopped.value.code or 0), told.out, told.err)

    return run


@pytest.fixture
def here(committed: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder around a committed registry without faults, as the working folder."""
    monkeypatch.chdir(committed.folder)
    return Path(committed.folder)


def write(path: str, text: str = BAD_HUB) -> Path:
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


# karakana check


@pytest.mark.usefixtures("here")
def test_check_of_a_clean_registry(karakana: Karakana) -> None:
    assert karakana("check", "--as-of", "2026-06-30") == Done(0, "", "no findings\n")


@pytest.mark.usefixtures("here")
def test_check_names_file_line_column_and_rule(karakana: Karakana) -> None:
    write("registry/hubs/gh/bad.yaml")
    done = karakana("check", "--as-of", "2026-06-30")
    assert done.code == 1
    assert done.err == "1 error\n"
    place = "registry/hubs/gh/bad.yaml:11:5"
    assert done.out == f"{place}: error: unknown-process: no process is called `sawwing` (did you mean `sawing`?)\n"


@pytest.mark.usefixtures("here")
def test_check_with_warnings_only_is_clean(karakana: Karakana) -> None:
    path = Path("registry/hubs/gh/base-hub.yaml")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = karakana("check", "--as-of", "2026-06-30", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert "warning: carriage-return" in done.out


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([], {"a", "b"}),
        (["registry"], {"a", "b"}),
        (["registry/hubs/gh"], {"a"}),
        (["registry/hubs/gh/a.yaml"], {"a"}),
        (["registry/hubs/gh/a.yaml", "registry/hubs/tg"], {"a", "b"}),
        (["registry/machines"], set()),
    ],
)
@pytest.mark.usefixtures("here")
def test_check_of_paths_reports_what_is_found_there(karakana: Karakana, paths: list[str], expected: set[str]) -> None:
    write("registry/hubs/gh/a.yaml")
    write("registry/hubs/tg/b.yaml")
    done = karakana("check", "--as-of", "2026-06-30", *paths)
    assert set(re.findall(r"(\w+)\.yaml", done.out)) == expected
    assert done.code == bool(expected)


def test_check_of_a_path_from_elsewhere(
    here: Path, karakana: Karakana, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write("registry/hubs/gh/a.yaml")
    monkeypatch.chdir(tmp_path)
    for path in (here / "registry", here / "registry" / "hubs" / "gh" / "a.yaml"):
        assert karakana("check", "--as-of", "2026-06-30", str(path)).out.startswith("work/registry/hubs/gh/a.yaml:11:5")
    monkeypatch.chdir(here / "registry" / "hubs")
    assert karakana("check", "--as-of", "2026-06-30", "gh").code == 1
    assert karakana("check", "--as-of", "2026-06-30", "--format=json").code == 1


@pytest.mark.parametrize("form", ["json", "sarif", "github", "text"])
@pytest.mark.usefixtures("here")
def test_check_formats(karakana: Karakana, form: str) -> None:
    write("registry/hubs/gh/bad.yaml")
    out = karakana("check", "--format", form, "--as-of", "2026-06-30", "-q").out
    if form in ("json", "sarif"):
        assert "sawwing" in json.dumps(json.loads(out))
    else:
        assert out.count("\n") == 1
    assert out.startswith("::error file=registry/hubs/gh/bad.yaml") == (form == "github")


def test_check_in_github_actions(here: Path, karakana: Karakana, monkeypatch: pytest.MonkeyPatch) -> None:
    write("registry/hubs/gh/bad.yaml")
    (here / "summary.md").write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "summary.md"))
    assert not karakana("check", "--as-of", "2026-06-30").out.startswith("::error")
    assert (here / "summary.md").read_text() == "before\n"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert karakana("check", "--as-of", "2026-06-30").out.startswith("::error file=registry/hubs/gh/bad.yaml,")
    assert not karakana("check", "--as-of", "2026-06-30", "--format=text").out.startswith("::error")
    summary = (here / "summary.md").read_text()
    assert summary.startswith("before\n### karakana check: 1 error\n")
    assert summary.count("sawwing") == 2


def test_check_since_a_revision(committed: Any, here: Path, karakana: Karakana) -> None:
    committed.commit({"registry/hubs/gh/old.yaml": BAD_HUB})
    assert karakana("check", "--as-of", "2026-06-30").code == 1
    assert karakana("check", "--as-of", "2026-06-30", "--since", "HEAD") == Done(0, "", "no findings\n")
    write("registry/hubs/tg/new.yaml")
    write("registry/hub/wrong.yaml")
    done = karakana("check", "--as-of", "2026-06-30", "--since", "HEAD")
    assert set(re.findall(r"registry/\S+?:", done.out)) == {"registry/hub:", "registry/hubs/tg/new.yaml:"}
    (here / "registry" / "models" / "base" / "laser-60.yaml").unlink()
    assert "machines/gh/base-hub/laser.yaml:1:8: error: unknown-model" in karakana("check", "--since", "HEAD").out


@pytest.mark.usefixtures("here")
def test_check_since_an_unknown_revision(karakana: Karakana) -> None:
    done = karakana("check", "--since", "nowhere")
    assert (done.code, done.out) == (2, "")
    assert "Git knows no revision `nowhere`" in done.err


def test_check_without_git(small: Path, karakana: Karakana, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.parent)
    assert karakana("check", "--as-of", "2026-06-30").code == 0
    done = karakana("check", "--since", "main")
    assert done.code == 2
    assert "--since needs a Git repository" in done.err


# What `check` remembers.


def remembered(here: Path) -> list[Path]:
    return sorted((here / "build" / "cache").glob("check-*.json"))


def test_second_check_says_the_same(committed: Any, here: Path, karakana: Karakana) -> None:
    committed.commit({"registry/hubs/gh/bad.yaml": BAD_HUB})
    first = karakana("check", "--as-of", "2026-06-30")
    kept = remembered(here)
    assert len(kept) == 1
    before = kept[0].stat().st_mtime_ns
    assert karakana("check", "--as-of", "2026-06-30") == first
    assert remembered(here) == kept
    assert kept[0].stat().st_mtime_ns == before


def test_other_file_or_day_is_another_answer(committed: Any, here: Path, karakana: Karakana) -> None:
    committed.commit({"registry/hubs/gh/bad.yaml": BAD_HUB})
    karakana("check", "--as-of", "2026-06-30")
    kept = remembered(here)
    later = karakana("check", "--as-of", "2036-06-30")
    assert later.out.count("\n") > 1
    assert remembered(here) != kept
    committed.commit({"registry/hubs/gh/bad.yaml": BAD_HUB.replace("sawwing", "sawing")})
    assert karakana("check", "--as-of", "2026-06-30").code == 0
    write("registry/hubs/gh/uncommitted.yaml")
    assert karakana("check", "--as-of", "2026-06-30").code == 1
    assert karakana("check", "--as-of", "2026-06-30").code == 1


def test_other_code_is_another_answer(committed: Any, here: Path, tmp_path: Path) -> None:
    committed.commit()
    for name in ("generator", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / "code" / name, ignore=shutil.ignore_patterns("__pycache__"))
    names = set()
    for change in (None, "generator/checks/references.py", "generator/data/countries.json", "schemas/hub.json"):
        if change is not None:
            with open(tmp_path / "code" / change, "a", encoding="utf-8") as file:
                file.write("\n")
        # The folder of `-c` is the working one; the copy must come before what is installed.
        code = f"import sys; sys.path.insert(0, {str(tmp_path / 'code')!r}); from generator.cli import main; main()"
        subprocess.run([sys.executable, "-B", "-c", code, "check", "-q", "--as-of=2026-06-30"], cwd=here, check=True)
        names |= {path.name for path in remembered(here)}
    assert len(names) == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[:-1],
        lambda content: content.replace(b"sawwing", b"sawving"),
        lambda content: content.replace(b", 11, ", b", 12, "),
        lambda content: content.partition(b"\n")[2],
        lambda _: b"[]",
        lambda content: b"\xff" * len(content),
        lambda content: content + b" ",
    ],
)  # fmt: skip
def test_damaged_memory_is_computed_again(committed: Any, here: Path, karakana: Karakana, damage: Any) -> None:
    committed.commit({"registry/hubs/gh/bad.yaml": BAD_HUB})
    first = karakana("check", "--as-of", "2026-06-30")
    kept = remembered(here)[0]
    kept.write_bytes(damage(kept.read_bytes()))
    assert karakana("check", "--as-of", "2026-06-30") == first
    assert karakana("check", "--as-of", "2026-06-30") == first


# karakana build


def test_build_does_not_take_the_place_of_other_files(here: Path, karakana: Karakana) -> None:
    for folder in (".", str(here), "registry"):
        done = karakana("build", "--output", folder)
        assert done.code == 2
        assert "holds other files" in done.err
    assert (here / "registry" / "registry.yaml").is_file()


def test_build_is_the_same_from_any_folder(tmp_path: Path) -> None:
    pages = []
    for number, folder in enumerate((ROOT, ROOT / "registry" / "hubs")):
        output = tmp_path / str(number)
        command = [*RUN, "build", "--quiet", "--output", str(output)]
        subprocess.run(command, check=True, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)})
        pages.append({path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()})
    assert pages[0] == pages[1]


def merged(repository: Any) -> None:
    """Bring a hub that Ama Mensah wrote in two commits to the main line, with a merge of somebody else's."""
    hub = BAD_HUB.replace("Bad", "Ama's Workshop").replace("sawwing", "sawing")
    repository.git("checkout", "--quiet", "-b", "ama-private")
    for text in (hub.replace("  - sawing", "  - laser-cutting"), hub):
        repository.write({"registry/hubs/gh/ama.yaml": text})
        repository.git("add", "--all")
        words = ("--message", "Add a hub", "--author", "Ama Mensah <ama@example.org>")
        repository.git("commit", "--quiet", *words, day="2026-02-02")
    repository.git("checkout", "--quiet", "main")
    subject = "Merge pull request #7 from ama/private\n\nAdd a hub in Kumasi"
    repository.git("merge", "--quiet", "--no-ff", "--message", subject, "ama-private", day="2026-03-03")


@pytest.mark.parametrize("names", ["shown", "hidden"])
def test_build_tells_the_history_of_the_repository(
    committed: Any, here: Path, karakana: Karakana, tmp_path: Path, names: str
) -> None:
    for name in ("site", "mkdocs.yml"):
        (here / name).symlink_to(ROOT / name)
    (here / "registry/LICENSE.md").write_text("no record\n")
    settings = here / "registry/registry.yaml"
    settings.write_text(f"{settings.read_text()}contributor_names: {names}\n")
    committed.commit(day="2026-01-05")
    merged(committed)
    output = tmp_path / "public"
    done = karakana("build", "--quiet", "--output", str(output))
    assert (done.code, done.out) == (0, "")

    page = (output / "changes/index.html").read_text(encoding="utf-8")
    assert re.findall(r'<time datetime="([^"]+)">', page) == ["2026-03-03", "2026-01-05", "2026-01-01"]
    assert re.findall(r'<h3 dir="auto">([^<]+)</h3>', page) == ["Add a hub in Kumasi", "change", "change"]
    assert '<a href="../hubs/gh/ama/"><bdi>Ama&#x27;s Workshop</bdi></a>' in page

    feed = ElementTree.parse(output / "changes.atom").getroot()
    entries = feed.findall("{*}entry")
    assert [entry.findtext("{*}title") for entry in entries] == ["Add a hub in Kumasi", "change", "change"]
    assert feed.findtext("{*}updated") == "2026-03-03T12:00:00Z"
    assert "hubs/gh/ama/" in (entries[0].findtext("{*}content") or "")

    hub = (output / "hubs/gh/ama/index.html").read_text(encoding="utf-8")
    assert "In this registry since 3 Mar 2026, unchanged." in hub
    texts = (page, hub, ElementTree.tostring(feed, encoding="unicode"))
    assert [text.count("Ama Mensah") for text in texts] == ([1, 1, 1] if names == "shown" else [0, 0, 0])
    assert not any("private" in text for text in texts)


# karakana explain


def test_explain_lists_every_rule_and_shows_one(karakana: Karakana) -> None:
    assert "unknown-process" in karakana("explain").out
    done = karakana("explain", "unknown-process")
    assert done.code == 0
    assert done.out.startswith("unknown-process: error\n\nA record names a process that the taxonomy does not have.\n")
    assert "Bad: " in done.out
    assert "# <- unknown-process" in done.out


def test_explain_of_a_misspelt_rule(karakana: Karakana) -> None:
    done = karakana("explain", "unknown-proces")
    assert (done.code, done.out) == (2, "")
    assert "did you mean 'unknown-process'?" in done.err


# karakana fmt


@pytest.mark.usefixtures("here")
def test_fmt_writes_the_canonical_form_and_keeps_comments(karakana: Karakana) -> None:
    karakana("fmt")
    path = write("registry/hubs/gh/x.yaml", "kind:   'fab-lab' # so\nname: X\n")
    assert karakana("fmt", "--check") == Done(1, "would change registry/hubs/gh/x.yaml\n", "")
    assert path.read_text() == "kind:   'fab-lab' # so\nname: X\n"
    assert karakana("fmt", "registry/machines") == Done(0, "", "")
    assert karakana("fmt", "registry/hubs/gh/x.yaml") == Done(0, "changed registry/hubs/gh/x.yaml\n", "")
    assert path.read_text() == "name: X\nkind: fab-lab # so\n"
    assert karakana("fmt", "--check") == Done(0, "", "")


@pytest.mark.usefixtures("here")
def test_fmt_leaves_what_it_cannot_read(karakana: Karakana) -> None:
    karakana("fmt")
    path = write("registry/hubs/gh/x.yaml", "kind: [\n")
    done = karakana("fmt")
    assert (done.code, done.out) == (1, "")
    assert "karakana check registry/hubs/gh/x.yaml" in done.err
    assert path.read_text() == "kind: [\n"


@pytest.mark.usefixtures("here")
def test_fmt_of_what_is_no_record_says_so(karakana: Karakana) -> None:
    write("registry/hubs/gh/Not An Id.yaml")
    done = karakana("fmt", "registry/hubs/gh/Not An Id.yaml")
    assert done.code == 2
    assert "no record is there" in done.err


# karakana new

# An answer for each question that must be answered, and for some others, by the name of its key.
ANSWERS: dict[str, dict[str, str]] = {
    "hub": {"name": "Új Műhely: no. 1", "kind": "workshop", "location.locality": "Kumasi", "website": "https://x.example",
            "services": "training, repair", "stewards.0.github": "x"},
    "machine": {"name": "Saw", "processes": "sawing", "quantity": "2"},
    "model": {"brand": "Base", "name": "Saw 3", "processes": "sawing", "tolerance_mm": "0.5"},
    "process": {"labels.en": "Fret sawing", "labels.fr": "Sciage à chantourner", "labels.pt": "Serragem de recorte",
                "broader": "sawing"},
    "material": {"labels.en": "Oak", "labels.fr": "Chêne", "labels.pt": "Carvalho", "broader": "wood"},
    "competence": {"labels.en": "Sawing", "labels.fr": "Sciage", "labels.pt": "Serragem", "levels.0.name": "inducted",
                   "levels.1.name": "operator", "processes": "sawing"},
    "passport": {"consent_on": "2026-01-01", "credentials.0.id": "urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-0d1f6f0f4a10",
                 "credentials.0.issuer": "gh/base-hub",
                 "credentials.0.competence": "laser-cutter-operation", "credentials.0.level": "1",
                 "credentials.0.assessed_on": "2026-01-01"},
    "recognition": {"decision": "accept", "issuers": "gh/base-hub", "competence": "laser-cutter-operation",
                    "valid_from": "2026-01-01"},
    "contract": {"title": "Making together", "languages": "en", "prevailing_language": "en", "roles.0.id": "maker",
                 "roles.0.label": "Maker", "parameters.0.name": "quantity", "parameters.0.type": "integer",
                 "parameters.0.label": "Quantity", "clauses.0.id": "one", "clauses.0.heading": "Scope",
                 "clauses.0.text": "The maker makes {{ quantity }} pieces."},
    "design": {"name": "Stool", "licence.hardware": "CERN-OHL-S-2.0", "repository": "https://x.example/stool"},
    "request": {"design": "stool", "quantity": "3", "posted_on": "2026-06-01", "needed_by": "2026-12-01",
                "place.country": "gh", "place.locality": "Kumasi", "by": "gh/base-hub"},
    "network": {"name": "Sawyers", "website": "https://x.example"},
}  # fmt: skip
# What is asked after the questions, to make the id; an empty line takes what is proposed.
PLACES = {"hub": "gh\n\n", "machine": "gh\nbase-hub\n\n", "recognition": "gh\nbase-hub\nown\n", "model": "\n\n",
          "contract": "\n\n", "passport": ""}  # fmt: skip
# A record by itself is not always whole: its author writes the rest in the file.
EXPECTED = {"request": {"unknown-design"}, "design": {"no-operations"}, "recognition": {"recognition-of-itself"}}


def lines(kind: str) -> str:
    """Return an answer to each question of a kind: the first choice where a list is to choose from."""
    from generator import schemas  # noqa: PLC0415

    known = dict(ANSWERS[kind])
    told = []
    for question in QUESTIONS[kind]:
        name = ".".join(map(str, question.path))
        choices = schemas.at(kind, question.path).get("enum", ())
        told.append(known.pop(name, str(choices[0]) if question.required and choices else ""))
    assert not known, "an answer to no question"
    return "\n".join(told) + "\n" + PLACES.get(kind, "\n")


@pytest.mark.parametrize("kind", [kind.record_kind for kind in KINDS])
def test_new_writes_a_record_that_check_accepts(here: Path, karakana: Karakana, kind: str) -> None:
    before = set(here.glob("registry/**/*.yaml"))
    done = karakana("new", kind, answers=lines(kind))
    assert done.code == 0, done.err
    (path,) = set(here.glob("registry/**/*.yaml")) - before
    assert f"wrote {path.relative_to(here)}\n" in done.out
    assert canonical.reformatted(kind, path.read_bytes()) == path.read_bytes()
    found = json.loads(karakana("check", "--as-of", "2026-06-30", "--format=json", str(path)).out)
    assert {one["rule"] for one in found if one["severity"] == "error"} <= EXPECTED.get(kind, set()), found


def test_new_hub_is_what_was_answered(here: Path, karakana: Karakana) -> None:
    karakana("new", "hub", answers=lines("hub"))
    assert parse((here / "registry/hubs/gh/uj-muhely-no-1.yaml").read_bytes()) == {
        "name": "Új Műhely: no. 1", "kind": "workshop", "location": {"locality": "Kumasi", "precision": "city"},
        "website": "https://x.example", "services": ["training", "repair"], "stewards": [{"github": "x"}],
    }  # fmt: skip


def test_new_asks_again_for_what_is_wrong(here: Path, karakana: Karakana) -> None:
    answers = (
        lines("hub").replace("workshop\n", "castle\nworkshpo\nworkshop\n").replace("gh\n\n", "xx\ngh\nNo Id\ngh\n\n")
    )
    done = karakana("new", "hub", answers=answers)
    assert done.code == 0
    assert "`castle` is not one of those allowed: one of `makerspace`" in done.err
    assert "did you mean `workshop`?" in done.err
    assert "'xx' is not a country code" in done.out + done.err
    assert "gh/No Id is not an id" in done.err
    assert (here / "registry/hubs/gh/uj-muhely-no-1.yaml").is_file()


def test_new_asks_for_what_the_record_as_a_whole_lacks(here: Path, karakana: Karakana) -> None:
    answers = lines("machine").replace("Saw\n", "\n", 1).removesuffix(PLACES["machine"])
    done = karakana("new", "machine", answers=f"{answers}The saw\n\n{PLACES['machine']}")
    assert done.code == 0, done.err
    assert "`name` or `model` is missing" in done.err
    assert (here / "registry/machines/gh/base-hub/the-saw.yaml").is_file()


@pytest.mark.usefixtures("here")
def test_new_asks_for_coordinates_that_precision_promises(karakana: Karakana) -> None:
    answers = lines("hub").removesuffix(PLACES["hub"]).split("\n")
    at = [".".join(map(str, question.path)) for question in QUESTIONS["hub"]].index("location.precision")
    answers[at] = "exact"
    again = ["Kumasi", "", "6.7", "-1.6", "exact"]
    done = karakana("new", "hub", answers="\n".join([*answers[:-1], *again]) + "\n" + PLACES["hub"])
    assert done.code == 0, done.err
    assert "coordinates or `precision: city` is missing" in done.err


def test_new_does_not_overwrite_and_asks_for_another_id(here: Path, karakana: Karakana) -> None:
    before = (here / "registry/hubs/gh/base-hub.yaml").read_bytes()
    done = karakana("new", "hub", answers=lines("hub").removesuffix(PLACES["hub"]) + "gh\nbase-hub\ngh\nother\n")
    assert done.code == 0
    assert "registry/hubs/gh/base-hub.yaml is there already" in done.err
    assert (here / "registry/hubs/gh/base-hub.yaml").read_bytes() == before
    assert (here / "registry/hubs/gh/other.yaml").is_file()


def test_new_that_is_broken_off_shows_the_answers(committed: Any, karakana: Karakana, here: Path) -> None:
    done = karakana("new", "hub", answers=lines("hub").removesuffix(PLACES["hub"]))
    assert done.code == 2
    assert 'nothing was written. Your answers:\n\nname: "Új Műhely: no. 1"\n' in done.err
    assert here == committed.folder
    assert committed.git("status", "--porcelain") == ""


def test_new_passport_has_a_random_name(here: Path, karakana: Karakana) -> None:
    for _ in range(2):
        assert karakana("new", "passport", answers=lines("passport")).code == 0
    names = {path.stem for path in here.glob("registry/passports/*.yaml")}
    assert len(names) == 2
    assert all(re.fullmatch("[a-z2-9]{20}", name) for name in names)


# karakana show, find, stats, completion


@pytest.mark.usefixtures("here")
def test_show(karakana: Karakana) -> None:
    done = karakana("show", "gh/base-hub")
    assert done.code == 0
    assert done.out.startswith("# hub: registry/hubs/gh/base-hub.yaml\nname: Base Hub\n")


@pytest.mark.usefixtures("here")
def test_show_an_id_that_several_kinds_have(karakana: Karakana) -> None:
    write("registry/materials/sawing.yaml", "labels:\n  en: Sawdust\n")
    assert re.findall(r"^# (\w+):", karakana("show", "sawing").out, re.MULTILINE) == ["process", "material"]
    assert re.findall(r"^# (\w+):", karakana("show", "material:sawing").out, re.MULTILINE) == ["material"]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("gh/base-hab", "did you mean 'gh/base-hub'?"),
        ("nowhere/at-all", "try `karakana find`"),
        ("castle:sawing", "no record is called 'castle:sawing'"),
        ("hub:sawing", "no record is called 'hub:sawing'"),
        ("gh/broken", "`karakana check registry/hubs/gh/broken.yaml` says why"),
    ],
)
@pytest.mark.usefixtures("here")
def test_show_what_is_not_there(karakana: Karakana, id: str, expected: str) -> None:
    write("registry/hubs/gh/broken.yaml", "name: [")
    done = karakana("show", id)
    assert (done.code, done.out) == (2, "")
    assert expected in done.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["base", "kumasi"], ["hub\tgh/base-hub\tBase Hub"]),
        (["KUMÁSI", "laser"], ["hub\tgh/base-hub\tBase Hub"]),
        (["--kind", "process", "decoupe"], ["process\tlaser-cutting\tLaser cutting"]),
        (["--kind", "machine", "laser"], ["machine\tgh/base-hub/laser\tBase Laser 60"]),
        (["nothing", "like", "it"], []),
    ],
)
@pytest.mark.usefixtures("here")
def test_find(karakana: Karakana, words: list[str], expected: list[str]) -> None:
    done = karakana("find", *words)
    assert (done.code, done.out.splitlines()) == (0, expected)


@pytest.mark.usefixtures("here")
def test_find_nothing_to_look_for(karakana: Karakana) -> None:
    assert karakana("find", "!?").code == 2
    assert karakana("find").code == 2


@pytest.mark.usefixtures("here")
def test_stats(karakana: Karakana) -> None:
    out = karakana("stats").out
    assert {"1\thubs", "1\tmachines", "3\tprocesses", "1\thubs in Ghana", "1\thubs verified: self"} <= set(
        out.splitlines()
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(karakana: Karakana, shell: str) -> None:
    done = karakana("completion", shell)
    assert done.code == 0
    assert "_KARAKANA_COMPLETE" in done.out


# Everywhere


@pytest.mark.parametrize("words", ["check", "fmt", "new hub", "show x", "find x", "stats", "build"])
def test_outside_of_a_registry(karakana: Karakana, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.chdir(tmp_path)
    done = karakana(*words.split())
    assert (done.code, done.out) == (2, "")
    assert "no registry/registry.yaml" in done.err


@pytest.mark.parametrize(
    "words",
    [["nothing"], ["check", "--nothing"], ["check", "gone.yaml"], ["check", "--format", "xml"], ["new"],
     ["new", "castle"], ["check", "--as-of", "2026-02-30"], ["completion", "csh"]],
)  # fmt: skip
@pytest.mark.usefixtures("here")
def test_wrong_use(karakana: Karakana, words: list[str]) -> None:
    done = karakana(*words)
    assert (done.code, done.out) == (2, "")
    assert "Usage: " in done.err


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_help_has_a_title_and_an_example(karakana: Karakana, name: str) -> None:
    done = karakana(name, "--help")
    assert done.code == 0
    assert re.search(rf"^ +karakana {name}\b", done.out, re.MULTILINE)
    assert cli.commands[name].get_short_help_str()


def test_documents_name_commands_that_exist() -> None:
    pages = [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "Makefile",
        *sorted((ROOT / "site/pages").glob("*.md")),
    ]
    named = {
        (path.name, word)
        for path in pages
        for word in re.findall(
            r"(?:^\s+|`|\$ |bin/)karakana ([a-z][a-z-]*)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert named
    assert {(name, word) for name, word in named if word not in cli.commands} == set()


def test_every_command_can_be_asked_for_in_its_own_words() -> None:
    for command in cli.commands.values():
        assert isinstance(command, click.Command)
        assert all(option.help for option in command.params if isinstance(option, click.Option))


# Real processes


def test_pipe_gets_plain_lines(here: Path) -> None:
    for number in range(3):
        write(f"registry/hubs/gh/bad-{number}.yaml")
    done = subprocess.run([*RUN, "check"], cwd=here, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
    assert all(re.match(r"registry/\S+\.yaml:\d+:\d+: \w+: [a-z-]+: ", row) for row in done.stdout.splitlines())


@pytest.mark.parametrize("words", ["find a", "check --format=json", "explain", "show gh/base-hub"])
def test_reader_that_has_enough_is_no_failure(here: Path, words: str) -> None:
    for number in range(400):
        write(f"registry/hubs/gh/a-{number}.yaml")
    command = " ".join(f"'{word}'" for word in RUN)
    done = subprocess.run(
        f"{command} {words} | head -1", shell=True, cwd=here, capture_output=True, text=True, check=False
    )
    assert done.stdout.count("\n") == 1
    assert "Error" not in done.stderr
    assert "Exception" not in done.stderr


def test_terminal_that_knows_few_letters(here: Path) -> None:
    write("registry/hubs/gh/bad.yaml", BAD_HUB.replace("sawwing", "säge-日本"))
    done = subprocess.run(
        [*RUN, "check"], cwd=here, env={**os.environ, "PYTHONIOENCODING": "latin-1"}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"s\xe4ge-\\u65e5" in done.stdout


def test_same_output_from_two_runs_without_a_cache(here: Path) -> None:
    write("registry/hubs/gh/bad.yaml")
    runs = [
        subprocess.run([*RUN, "check", "--format=sarif"], cwd=here, capture_output=True, check=False,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs[0] == runs[1]
