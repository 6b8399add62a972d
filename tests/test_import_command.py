"""`karakana import`: what it writes, what it prints, what it refuses, and that a second run writes nothing."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main

RUN = [sys.executable, "-c", "from generator.cli import main; main()"]
Run = Callable[..., tuple[int, str, str]]
TABLE = (
    "Name;Ville;Pays;Site web;Année\nAtelier Chêne;Lomé;Togo;chene.example;2016\n;Lomé;Togo;;\nOrme;Lomé;Togo;;32202\n"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in a new registry, with standard output and error."""
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "registry.yaml").write_text(
        "name: Ours\nurl: https://ours.example/\nlanguages:\n  - en\nlicences:\n  data: CC-BY-4.0\n  code: MIT\n"
    )
    (tmp_path / "list.csv").write_bytes(TABLE.encode("cp850"))
    monkeypatch.chdir(tmp_path)

    def karakana(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["karakana", *words])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return karakana


def written(folder: str = "registry") -> list[str]:
    return sorted(str(path) for path in Path(folder).rglob("*.yaml") if path.name != "registry.yaml")


def test_drafts_are_written_and_a_second_import_writes_nothing(run: Run) -> None:
    code, out, _ = run("import", "auto", "list.csv", "--source-name", "Our survey", "--licence", "CC-BY-4.0")
    assert code == 0
    assert "3 read = 1 drafted + 0 duplicate + 2 rejected" in out
    assert "row 3: the row gives no name" in out
    assert "karakana check" in out
    assert written() == ["registry/hubs/tg/atelier-chene.yaml"]
    before = Path(written()[0]).read_bytes()
    assert "name: Atelier Chêne\n" in before.decode()
    assert "  - name: Our survey\n    licence: CC-BY-4.0\n" in before.decode()
    code, out, _ = run("import", "csv", "list.csv")
    assert "3 read = 0 drafted + 1 duplicate + 2 rejected" in out
    assert Path(written()[0]).read_bytes() == before
    code, out, _ = run("check")
    assert (code, "atelier-chene" in out) == (0, False), out


def test_a_dry_run_writes_nothing(run: Run) -> None:
    code, out, _ = run("import", "csv", "list.csv", "--dry-run")
    assert (code, written()) == (0, [])
    assert "1 drafted" in out
    assert "nothing was written" in out
    assert "columns:" in out


def test_drafts_in_another_folder_count_as_known(run: Run) -> None:
    for drafted in (1, 0):
        assert f"= {drafted} drafted" in run("import", "csv", "list.csv", "--into", "drafts")[1]
    assert written() == []
    assert written("drafts") == ["drafts/hubs/tg/atelier-chene.yaml"]


def test_no_file_is_ever_overwritten(run: Run) -> None:
    path = Path("registry/hubs/tg/atelier-chene.yaml")
    path.parent.mkdir(parents=True)
    path.write_text("name: [broken")
    run("import", "csv", "list.csv")
    assert path.read_text() == "name: [broken"


def test_the_report_goes_into_a_file(run: Run) -> None:
    run("import", "csv", "list.csv", "--report", "report.json", "--format", "json")
    told = json.loads(Path("report.json").read_text())
    assert (told["read"], told["drafted"], told["rejected"]) == (3, 1, 2)
    assert "### Import" in run("import", "csv", "list.csv", "--format", "markdown")[1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("auto", "https://list.example/labs.json"), "curl"),
        (("auto", "nothing.csv"), "no such file"),
        (("auto", "registry/registry.yaml"), "cannot be told"),
        (("magic", "list.csv"), "magic"),
        (("csv", "list.csv", "--licence", "free"), "SPDX"),
        (("csv", "list.csv", "--retrieved", "yesterday"), "year, month or day"),
        (("csv", "list.csv", "--retrieved", "2999"), "year, month or day"),
        (("csv", "list.csv", "--source-url", "javascript:1"), "https://"),
        (("okw", "list.csv", "--mapping", "list.csv"), "--mapping is for"),
        (("csv", "list.csv", "--mapping", "list.csv"), "columns"),
    ],
)
def test_mistakes_are_told_with_a_way_out(run: Run, words: tuple[str, ...], message: str) -> None:
    code, _, err = run("import", *words)
    assert code == 2
    assert message in err
    assert written() == []


def test_a_list_of_which_nothing_can_be_used_is_a_finding(run: Run) -> None:
    Path("bad.csv").write_text("name,city\nOak,\n")
    assert run("import", "csv", "bad.csv")[0] == 1


@pytest.mark.usefixtures("run")
def test_progress_is_shown_on_a_terminal_from_two_hundred_rows_on() -> None:
    def shown(rows: int) -> bytes:
        lines = [f"Lab {at} {at * 7919},Town {at},Togo,lab{at}.example" for at in range(rows)]
        Path("many.csv").write_text("\n".join(["name,city,country,website", *lines]))
        ours, theirs = pty.openpty()
        done = subprocess.run(
            [*RUN, "import", "csv", "many.csv", "--dry-run"], stderr=theirs, stdout=subprocess.PIPE, check=True,
            env={**os.environ, "TERM": "xterm", "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
        )  # fmt: skip
        os.close(theirs)
        assert f"{rows} read = {rows} drafted".encode() in done.stdout
        found = b""
        try:
            while piece := os.read(ours, 4096):
                found += piece
        except OSError:
            pass
        os.close(ours)
        return found

    assert b"rows" in shown(300)
    assert b"rows" not in shown(50)
