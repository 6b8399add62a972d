"""`karakana match` in real folders: what it prints, in each form, and how it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator import schemas
from tests.commands import Done, karakana

pytestmark = pytest.mark.usefixtures("alone")
TOP = Path(__file__).resolve().parent.parent
MINI = TOP / "tests/mini/registry"
REGISTRY = {
    "registry.yaml": "name: Test\nurl: https://test.example/\nlanguages: [en]\n",
    "processes/laser-cutting.yaml": "labels:\n  en: laser cutting\naliases:\n  en: [LAS]\n",
    "processes/3d-printing.yaml": "labels:\n  en: 3D printing\ncodes:\n  - scheme: TSDC\n    code: 3DP\n",
    "materials/plywood.yaml": "labels:\n  en: plywood\n",
    "contracts/small-series/1.yaml": (MINI / "contracts/small-series/1.yaml").read_text(encoding="utf-8"),
    "designs/stool.yaml": "name: Stool\nlicence:\n  hardware: MIT\nrepository: https://x.example/\noperations:\n"
    "  - id: cut\n    process: laser-cutting\n    material: plywood\n    envelope_mm: [400, 400]\n",
    "designs/lamp.yaml": "name: Lamp\nlicence:\n  hardware: MIT\nrepository: https://x.example/\n",
    "requests/stools.yaml": "design: stool\nquantity: 40\nposted_on: \"2026-05-01\"\nneeded_by: \"2026-09-01\"\n"
    "place:\n  country: gh\n  locality: Tamale\nby: gh/good\n",
}  # fmt: skip


def hub(name: str, town: str, at: tuple[float, float] | None, more: str = "access: public\n") -> str:
    point = f"  latitude: {at[0]}\n  longitude: {at[1]}\n" if at else "  precision: city\n"
    return f"name: {name}\nkind: makerspace\nlocation:\n  locality: {town}\n{point}website: https://x.example/\n{more}"


LASER = "name: Laser\nprocesses: [laser-cutting]\nmaterials:\n  - material: plywood\nenvelope_mm: [{0}, {0}]\n"
HUBS = {
    "hubs/gh/good.yaml": hub("Good Hub", "Tamale", (9.4, -0.84)),
    "machines/gh/good/laser.yaml": LASER.format(600),
    "hubs/gh/small.yaml": hub("Small Hub", "Accra", (5.6, -0.2)),
    "machines/gh/small/laser.yaml": LASER.format(300),
    "hubs/tg/claims.yaml": hub("Claims Hub", "Accra", None, "access: public\nprocesses: [laser-cutting]\n"),
    "hubs/tg/none.yaml": hub("None Hub", "Lomé", (6.1, 1.2)),
}


def write(top: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = top / "registry" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return top


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("match"), {**REGISTRY, **HUBS})


def match(folder: Path, *words: str) -> Done:
    """Run the command in this process, in a folder, on a day that stays."""
    return karakana(folder, "match", *words, "--as-of", "2026-06-30")


def told(folder: Path, *words: str) -> str:
    done = match(folder, *words)
    assert (done.code, done.err) == (0, "")
    return done.out


def as_data(folder: Path, *words: str) -> Any:
    data = json.loads(told(folder, *words, "--format", "json"))
    assert schemas.published("match")(data)
    return data


def test_text(place: Path) -> None:
    assert told(place, "stool") == (
        "Stool (stool): 1 operation\n"
        "4 hubs: 1 can make it, 1 ask first, 1 one change away, 1 cannot make all of it\n"
        "\n"
        "1.  can make it: Good Hub (gh/good)\n"
        "    Tamale, Ghana · 6 of 6 checked\n"
        "\n"
        "2.  ask first: Claims Hub (tg/claims)\n"
        "    Accra, Togo · 3 of 5 checked, 2 unknown\n"
        "    ? names no machine: ask for plywood [tg/claims: processes]\n"
        "    ? names no machine: ask whether 400 × 400 mm fits [tg/claims: processes]\n"
        "\n"
        "3.  one change away: Small Hub (gh/small)\n"
        "    Accra, Ghana · 6 of 6 checked, 1 failed\n"
        "    ! room for 400 × 400 mm needed, 300 × 300 mm available [gh/small/laser:\n"
        "      envelope_mm]\n"
    )


def test_a_limit_leaves_the_rest_to_be_asked_for_and_shows_near_misses(place: Path) -> None:
    said = told(place, "stool", "--limit", "1")
    assert "… and 1 more that can make it or are to be asked: --limit 2" in said
    assert said.index("Near misses") < said.index("Small Hub")
    data = as_data(place, "stool", "--limit", "1")
    assert ([one["id"] for one in data["hubs"]], [one["id"] for one in data["near"]]) == (["gh/good"], ["gh/small"])
    assert data["counts"] == {"yes": 1, "ask": 1, "one-fix": 1, "fixes": 0, "too-far": 0, "no": 1}


def test_what_is_only_too_far_is_no_near_miss(place: Path) -> None:
    words = ("stool", "--near", "5.6,-0.2", "--within", "100.5")
    said = told(place, *words, "--limit", "1")
    assert "4 hubs: 1 ask first, 1 one change away, 1 too far away, 1 cannot make all of it" in said
    near, far = said.index("Near misses"), said.index("Only too far away: --within 429 reaches it")
    assert near < said.index("Small Hub") < far < said.index("too far away: Good Hub")
    data = as_data(place, *words, "--limit", "1")
    assert ([one["id"] for one in data["near"]], [one["id"] for one in data["far"]]) == (["gh/small"], ["gh/good"])
    (repair,) = data["far"][0]["repairs"]
    assert (repair["rule"], repair["text"]) == (
        "distance", "428.4 km away, 100.5 km asked: only a wider search reaches it"
    )  # fmt: skip
    assert "Only too far away; a search within 429 km reaches them:" in told(
        place, *words, "--limit", "1", "--format", "markdown"
    )
    wider = as_data(place, "stool", "--near", "5.6,-0.2", "--within", "429")
    assert {one["id"]: one["verdict"] for one in wider["hubs"]}["gh/good"] == "yes"


def test_why_a_hub_is_not_in_question(place: Path) -> None:
    said = told(place, "stool", "--country", "gh", "--explain", "tg/claims").replace("\n      ", " ")
    assert "`tg/claims` is not in question: it lies in Togo, and another country was asked for" in said
    assert "nobody there does it" not in said
    assert as_data(place, "stool", "--country", "gh", "--explain", "tg/claims")["hubs"] == []


def test_json(place: Path) -> None:
    data = as_data(place, "request:stools", "--near", "9.5,-0.8", "--within", "100", "--contract", "small-series/1")
    assert (data["wish"]["quantity"], data["wish"]["by"], data["wish"]["near"]) == (40, "2026-09-01", [9.5, -0.8])
    assert [one["verdict"] for one in data["hubs"]] == ["ask", "ask", "too-far"]
    small = data["hubs"][2]
    assert {(one["rule"], one["record"], one["field"]) for one in small["repairs"]} == {
        ("envelope", "gh/small/laser", "envelope_mm"), ("distance", "gh/small", "location"),
    }  # fmt: skip
    claims = data["hubs"][1]["steps"][0]["machines"][0]
    assert (claims["machine"], claims["claimed"]) == ("", "laser-cutting")


def test_markdown_and_explanation(place: Path) -> None:
    assert "| 1 | can make it | `Good Hub` `gh/good` | `Tamale`, Ghana |  | 6 of 6 checked |" in told(
        place, "stool", "--format", "markdown"
    )
    said = told(place, "stool", "--explain", "gh/small")
    assert "cut: laser cutting, plywood, 400 × 400 mm" in said
    assert "What would have to change: 1\n" in said
    assert "  + works plywood [gh/small/laser: materials]" in said
    assert "nobody there does it" in told(place, "stool", "--explain", "tg/none", "--format", "markdown")


def test_filters(place: Path) -> None:
    assert [one["id"] for one in as_data(place, "stool", "--country", "TG")["hubs"]] == ["tg/claims"]
    near = as_data(place, "stool", "--near", "Tamale", "--limit", "1")["hubs"][0]
    assert (near["id"], near["distance_km"]) == ("gh/good", 0)
    assert as_data(place, "stool", "--near", "gh/small")["wish"]["near"] == [5.6, -0.2]
    assert as_data(place, "stool", "--near", "Accra, gh")["wish"]["near"] == [5.6, -0.2]


def test_a_design_that_states_no_operations(place: Path) -> None:
    assert "not matchable: lamp states no operations" in told(place, "lamp")
    assert "Good Hub" not in told(place, "lamp", "--explain", "gh/good")


def test_what_nobody_does_and_who_is_not_asked(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('okhv = "1"\nname = "A"\n[[part]]\nname = "R"\ntsdc = "3DP"\n', encoding="utf-8")
    assert "note: no hub does `3d-printing` (3d-printing-r)" in told(place, str(path))
    assert "`gh/good` is not in question" in told(place, "stool", "--explain", "gh/good", "--country", "tg")


REFUSED: list[tuple[tuple[str, ...], str]] = [
    (("stol",), "did you mean 'stool'?"),
    (("request:stool",), "no design, request or file is called"),
    ((), "name a design, a request or a file"),
    (("stool", "--gaps"), "different questions"),
    (("stool", "--base", "main"), "--base goes with --ci"),
    (("stool", "--near", "Acra"), "did you mean 'Accra'?"),
    (("stool", "--near", "Accra"), '"Accra, gh" (Ghana), "Accra, tg" (Togo)'),
    (("stool", "--near", "tg/claims"), "has no coordinates"),
    (("stool", "--near", "91,0"), "latitude lies between -90 and 90"),
    (("stool", "--within", "9"), "--within needs --near"),
    (("stool", "--by", "2026-06-29"), "--by 2026-06-29 is past"),
    (("stool", "--by", "soon"), "does not match the format"),
    (("stool", "--country", "ghana"), "no country code"),
    (("stool", "--language", "french?"), "no language code"),
    (("stool", "--network", "x"), "no network is called 'x'"),
    (("stool", "--contract", "small-serie/1"), "did you mean 'small-series/1'?"),
    (("stool", "--quantity", "0"), "0 is not in the range"),
    (("stool", "--explain", "gh/goo"), "did you mean 'gh/good'?"),
    (("nothing.yaml",), "there is no such file"),
    (("https://x.example/okh.yaml",), "download the file first"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=lambda case: " ".join(case) if isinstance(case, tuple) else "")
def test_refusals_say_a_way_out(place: Path, words: tuple[str, ...], said: str) -> None:
    done = match(place, *words)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""


FILES: list[tuple[str, str, str]] = [  # name, content, what is said
    ("bench.yaml", "name: Bench\nlicence: {hardware: MIT}\nrepository: https://x.example/\n"
     "operations:\n  - {id: a, process: laser-cutting}\n", "3 can make it"),
    ("odd.yaml", "name: Bench\nlicence: {hardware: MIT}\nrepository: https://x.example/\n"
     "operations:\n  - {id: a, process: laser-cuting}\n",
     "note: no process of the registry is called `laser-cuting`; did you mean\n      `laser-cutting`?"),
    ("loom.toml", 'okhv = "OKH-LOSHv1.0"\nname = "Loom"\n[[part]]\nname = "Ring"\ntsdc = "3DP"\n', "1 operation"),
    ("loom.toml", 'okhv = "OKH-LOSHv1.0"\nname = "Loom"\n[[part]]\nname = "Ring"\ntsdc = ["3DP", "XYZ"]\n',
     "no process of the registry is called `XYZ`"),
    ("okh.yml", "title: Lamp\nokhv: 1\ndocumentation-home: https://x.example/\n", "not matchable"),
    ("okh.yml", "%Open Know-How Manifest 1.0\n---\ntitle: Lamp\nokhv: 1\nlicensor: x\n", "not matchable"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), FILES)
def test_files_that_are_not_in_the_registry(place: Path, tmp_path: Path, name: str, content: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert said in told(place, str(path))


def test_a_manifest_of_which_a_process_is_not_understood_is_never_a_yes(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('okhv = "1"\nname = "A"\n[[part]]\nname = "R"\ntsdc = ["laser-cutting", "XYZ"]\n', encoding="utf-8")
    data = as_data(place, str(path))
    assert data["counts"]["yes"] == 0
    assert data["checks"][0]["reason"] == "not-understood"
    assert data["wish"]["not_understood"] == ["XYZ"]
    assert "? a: not understood here: XYZ; so nobody can say that the whole can be made" in told(place, str(path))
    path.write_text(path.read_text(encoding="utf-8").replace('"laser-cutting", ', ""), encoding="utf-8")
    said = told(place, str(path))
    assert "not matchable: none of its operations is understood" in said
    assert "states no operations" not in said


WIDE = (
    ("a.toml", 'okhv = "1"\nname = "A"\ntsdc = "laser-cutting"\n'),
    ("okh.yml", "okhv: 1\ntitle: Lamp\nlicensor: x\ntsdc: laser-cutting\n"),
)


@pytest.mark.parametrize(("name", "content"), WIDE)
def test_a_manifest_in_another_encoding(place: Path, tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-16")
    assert "1 operation" in told(place, str(path))


BAD: list[tuple[str, bytes, str]] = [
    ("a.yaml", b"name: [\n", "a.yaml:"),
    ("a.yaml", b"- 1\n", "no design, and no Open Know-How manifest"),
    ("a.yaml", b"name: X\nlicence: {hardware: MIT}\noperations: [{id: A B, process: x}]\n", "operations.0.id"),
    ("a.toml", b"okhv = [", "no TOML"),
    ("a.yaml", b"\xff\xfe\x00", "a.yaml"),
    ("a.toml", b"\xff\xfe", "it says nothing: is it saved as text, in UTF-8?"),
    ("a.yaml", b"a: &a [*a]\n", "a.yaml"),
    ("a.json", b"{}", "no design"),
]


@pytest.mark.parametrize(("name", "content", "said"), BAD)
def test_files_that_cannot_be_read(place: Path, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    done = match(place, str(tmp_path / name))
    assert done.code == 2
    assert said in done.err


def test_text_of_strangers_does_not_steer(tmp_path: Path) -> None:
    name = '"\\e[31m@all <b>|x|\\u202e[a](http://x)"'
    write(tmp_path, {**REGISTRY, "hubs/gh/a.yaml": hub(name, "Ho", None, "processes: [laser-cutting]\n")})
    if match(tmp_path, "stool").out.count("gh/a") == 0:
        write(tmp_path, {"hubs/gh/a.yaml": hub(name.replace("\\e", ""), "Ho", None, "processes: [laser-cutting]\n")})
    said = told(tmp_path, "stool")
    assert "\x1b" not in said
    assert "\u202e" not in said
    marked = told(tmp_path, "stool", "--format", "markdown")
    assert "`" in marked
    assert "\u202e" not in marked
    assert as_data(tmp_path, "stool")["hubs"][0]["id"] == "gh/a"


def test_lines_fit_a_terminal(place: Path) -> None:
    for words in (("stool",), ("stool", "--explain", "gh/small"), ("stools", "--near", "Tamale", "--within", "50")):
        assert max(map(len, told(place, *words).splitlines())) <= 80


def test_the_same_bytes_whatever_the_seed_of_hashes(place: Path) -> None:
    command = "from generator.cli import run; run()"
    words = [sys.executable, "-c", command, "match", "stools", "--format", "json", "--as-of", "2026-06-30"]
    found = {
        subprocess.run(
            words, cwd=place, check=True, capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(TOP)},
        ).stdout for seed in ("0", "1")
    }  # fmt: skip
    assert len(found) == 1
