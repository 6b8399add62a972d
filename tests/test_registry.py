"""The registry: which files are records, what is remembered of them, and what a change concerns."""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import registry
from generator.checks import CHECKS, example, run
from generator.documents import LIMIT_BYTES
from generator.records import Hub, Machine, Model, Process
from generator.registry import Cache, Registry
from generator.registry.cache import blob_id
from generator.registry.files import scan
from generator.units import Envelope

DAY = date(2026, 6, 30)
HUB = "name: Lab\nkind: fab-lab\nlocation:\n  locality: Kumasi\n  precision: city\nwebsite: https://lab.example\n"

load = functools.partial(registry.load, as_of=DAY)


def write(root: Path, path: str, text: str = HUB) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def everything(loaded: Registry) -> tuple[Any, ...]:
    """Return all that a registry knows, to be compared."""
    return (list(loaded.raw()), loaded.broken, loaded.diagnostics)


def problems(root: Path) -> list[tuple[str, str]]:
    return sorted((found.at.path, rule.id) for rule, found in scan(root)[1])


# What is put into a registry without fault, and what must be said of it: (path, rule).
STRANGE: dict[str, tuple[Callable[[Path], Any], list[tuple[str, str]]]] = {
    "unknown folder": (lambda root: write(root, "hub/gh/x.yaml"), [("hub", "misplaced-file")]),
    "file at the top": (lambda root: write(root, "x.yaml"), [("x.yaml", "misplaced-file")]),
    "folder in another case": (lambda root: write(root, "Hubs/gh/x.yaml"), [("Hubs", "misplaced-file")]),
    "hub without a country": (lambda root: write(root, "hubs/x.yaml"), [("hubs/x.yaml", "misplaced-file")]),
    "machine without a hub": (
        lambda root: write(root, "machines/gh/x.yaml"), [("machines/gh/x.yaml", "misplaced-file")],
    ),
    "too deep": (
        lambda root: write(root, "hubs/gh/kumasi/x.yaml"), [("hubs/gh/kumasi", "misplaced-file")],
    ),
    "another ending": (lambda root: write(root, "hubs/gh/x.yml"), [("hubs/gh/x.yml", "misplaced-file")]),
    "notes beside records": (lambda root: write(root, "hubs/README.md"), [("hubs/README.md", "misplaced-file")]),
    "notes at the top": (lambda root: (write(root, "README.md"), write(root, "LICENSE.txt")), []),
    "hidden files": (lambda root: (write(root, ".DS_Store"), write(root, "hubs/gh/.x.yaml.swp")), []),
    "folder that is empty": (lambda root: (root / "hubs" / "tg").mkdir(), []),
    "upper case": (lambda root: write(root, "hubs/gh/Lab.yaml"), [("hubs/gh/Lab.yaml", "bad-id")]),
    "space": (lambda root: write(root, "hubs/gh/my lab.yaml"), [("hubs/gh/my lab.yaml", "bad-id")]),
    "underscore": (lambda root: write(root, "hubs/gh/my_lab.yaml"), [("hubs/gh/my_lab.yaml", "bad-id")]),
    "device of Windows": (lambda root: write(root, "hubs/gh/aux.yaml"), [("hubs/gh/aux.yaml", "bad-id")]),
    "folder of that name": (lambda root: write(root, "machines/gh/com1/x.yaml"), [("machines/gh/com1", "bad-id")]),
    "two hyphens": (lambda root: write(root, "hubs/gh/my--lab.yaml"), [("hubs/gh/my--lab.yaml", "bad-id")]),
    "line feed": (lambda root: write(root, "hubs/gh/a\nb.yaml"), [("hubs/gh/a\nb.yaml", "bad-id")]),
    "line feed at the end": (lambda root: write(root, "hubs/gh\n/b.yaml"), [("hubs/gh\n", "bad-id")]),
    "too long": (lambda root: write(root, f"hubs/gh/{'x' * 65}.yaml"), [(f"hubs/gh/{'x' * 65}.yaml", "bad-id")]),
    "no name": (lambda root: write(root, "hubs/gh/.yaml"), [("hubs/gh/.yaml", "bad-id")]),
    "Cyrillic letter": (lambda root: write(root, "hubs/gh/lаb.yaml"), [("hubs/gh/lаb.yaml", "bad-id")]),
    "folder that is no id": (
        lambda root: write(root, "hubs/GH/lab.yaml"), [("hubs/GH", "bad-id"), ("hubs/gh", "ids-differ-in-case")],
    ),
    "names that differ in case": (
        lambda root: (write(root, "hubs/gh/lab.yaml"), write(root, "hubs/gh/LAB.yaml")),
        [("hubs/gh/LAB.yaml", "bad-id"), ("hubs/gh/lab.yaml", "ids-differ-in-case")],
    ),
    "link to a file": (
        lambda root: (root / "hubs/gh/link.yaml").symlink_to("base-hub.yaml"),
        [("hubs/gh/link.yaml", "not-a-plain-file")],
    ),
    "link to a file outside": (
        lambda root: (root / "hubs/gh/link.yaml").symlink_to("/etc/passwd"),
        [("hubs/gh/link.yaml", "not-a-plain-file")],
    ),
    "link to nothing": (
        lambda root: (root / "hubs/gh/link.yaml").symlink_to("gone"), [("hubs/gh/link.yaml", "not-a-plain-file")],
    ),
    "link to itself": (
        lambda root: (root / "hubs/gh/link.yaml").symlink_to("link.yaml"), [("hubs/gh/link.yaml", "not-a-plain-file")],
    ),
    "link to a folder around it": (
        lambda root: (root / "hubs/zz").symlink_to(root, target_is_directory=True), [("hubs/zz", "not-a-plain-file")],
    ),
    "a kind's folder is a link": (
        lambda root: (root / "designs").symlink_to("/etc", target_is_directory=True), [("designs", "not-a-plain-file")],
    ),
    "a kind's folder is a file": (lambda root: write(root, "designs"), [("designs", "not-a-plain-file")]),
    "folder named like a record": (
        lambda root: write(root, "hubs/gh/lab.yaml/x.yaml"), [("hubs/gh/lab.yaml", "not-a-plain-file")],
    ),
    "pipe": (lambda root: os.mkfifo(root / "hubs/gh/pipe.yaml"), [("hubs/gh/pipe.yaml", "not-a-plain-file")]),
    "settings that are a folder": (
        lambda root: ((root / "registry.yaml").unlink(), (root / "registry.yaml").mkdir()),
        [("registry.yaml", "not-a-plain-file")],
    ),
    "settings that are a pipe": (
        lambda root: ((root / "registry.yaml").unlink(), os.mkfifo(root / "registry.yaml")),
        [("registry.yaml", "not-a-plain-file")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_record_is_named(small: Path, name: str) -> None:
    change, expected = STRANGE[name]
    change(small)
    assert problems(small) == expected
    assert sorted((one.location.path, one.rule) for one in load(small).diagnostics) == expected


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_name_that_is_no_utf_8_can_be_printed(small: Path) -> None:
    (small / "hubs" / "gh" / os.fsdecode(b"caf\xe9.yaml")).write_text(HUB)
    assert problems(small) == [("hubs/gh/caf\\xe9.yaml", "bad-id")]


def test_empty_folder_is_an_empty_registry(tmp_path: Path) -> None:
    assert everything(load(tmp_path)) == ([], frozenset(), ())


def test_folder_that_is_not_there_is_an_error_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "gone")


@pytest.mark.parametrize(
    "make_broken",
    [
        lambda path: path.write_text("labels: {en: Laser cutting}\nbroder: [cutting]\n"),
        lambda path: path.write_text("labels: ["),
        lambda path: path.write_bytes(b"\xff"),
        lambda path: path.write_text(""),
        lambda path: path.write_text("x" * (LIMIT_BYTES + 1)),
        lambda path: (path.unlink(), path.symlink_to("sawing.yaml")),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), os.mkfifo(path)),
    ],
    ids=["schema", "syntax", "encoding", "empty", "size", "link", "folder", "pipe"],
)
def test_broken_record_leaves_no_dangling_references(small: Path, make_broken: Callable[[Path], Any]) -> None:
    broken = small / "processes" / "laser-cutting.yaml"
    make_broken(broken)
    loaded = load(small)
    assert ("process", "laser-cutting") in loaded.broken
    assert loaded.knows(Process, "laser-cutting")
    assert loaded.get(Process, "laser-cutting") is None
    assert {one.location.path for one in run(loaded, CHECKS)} == {"processes/laser-cutting.yaml"}


def test_record_with_warnings_only_is_used(small: Path) -> None:
    path = small / "hubs" / "gh" / "base-hub.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    loaded = load(small)
    assert [one.rule for one in loaded.diagnostics] == ["byte-order-mark", "carriage-return"]
    assert loaded.get(Hub, "gh/base-hub") is not None
    assert not loaded.broken


def test_order_of_the_disk_does_not_matter(small: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for path in sorted(small.rglob("*.yaml"), reverse=True):
        write(other, path.relative_to(small).as_posix(), path.read_text())
    assert everything(load(small)) == everything(load(other))
    assert list(load(small).ids(Process)) == sorted(load(small).ids(Process))


def test_two_processes_find_what_one_finds(small: Path) -> None:
    for number in range(2100):
        broken = "broder" if number % 500 == 7 else "broader"
        write(small, f"processes/p{number:04}.yaml", f"labels: {{en: P {number}}}\n{broken}: [sawing]\n")
    seen: list[tuple[int, int]] = []
    alone = load(small)
    assert len(alone.broken) == 5
    assert everything(load(small, processes=2, progress=lambda *step: seen.append(step))) == everything(alone)
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] > 2100


# The cache.


def counted(root: Path, cache: Cache) -> int:
    """Load and return how many files had to be read for their data."""
    seen: list[int] = [0]
    load(root, cache=cache, progress=lambda done, _: seen.append(done))
    return seen[-1]


def test_second_run_reads_only_what_changed(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    number = sum(1 for _ in small.rglob("*.yaml"))
    assert counted(small, Cache(folder)) == number
    assert counted(small, Cache(folder)) == 0
    write(small, "hubs/gh/another.yaml")
    assert counted(small, Cache(folder)) == 1
    write(small, "hubs/gh/same-content.yaml")
    assert counted(small, Cache(folder)) == 0


def test_file_of_the_same_content_is_valid_for_its_own_kind_only(small: Path, tmp_path: Path) -> None:
    text = (small / "materials" / "wood.yaml").read_text() + "substitutes:\n  - {process: sawing, when: often}\n"
    write(small, "processes/wood.yaml", text)
    assert not load(small, cache=Cache(tmp_path / "cache")).broken
    write(small, "materials/other.yaml", text)
    assert load(small, cache=Cache(tmp_path / "cache")).broken == {("material", "other")}


def test_known_blob_ids_spare_the_reading(small: Path, tmp_path: Path) -> None:
    hub = small / "hubs" / "gh" / "base-hub.yaml"
    blobs = {"hubs/gh/base-hub.yaml": blob_id(hub.read_bytes())}
    load(small, cache=Cache(tmp_path / "cache"), blobs=blobs)
    hub.write_text("not read")
    loaded = load(small, cache=Cache(tmp_path / "cache"), blobs=blobs)
    assert loaded.get(Hub, "gh/base-hub") is not None
    assert not loaded.broken


def test_blob_id_is_gits(tmp_path: Path) -> None:
    path = write(tmp_path, "x", "ä\n")
    told = subprocess.run(["git", "hash-object", str(path)], check=True, capture_output=True, text=True).stdout
    assert blob_id(path.read_bytes()) == told.strip()


def test_broken_records_are_explained_again_each_time(small: Path, tmp_path: Path) -> None:
    write(small, "hubs/gh/broken.yaml", HUB + "colour: red\n")
    first = load(small, cache=Cache(tmp_path / "cache"))
    assert [one.rule for one in first.diagnostics] == ["unknown-key"]
    assert everything(load(small, cache=Cache(tmp_path / "cache"))) == everything(first)


@pytest.fixture(scope="module")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Any, ...], bytes]:
    """A registry's folder, what it holds, and the bytes of its cache."""
    root = Path(shutil.copytree(example.BASE, tmp_path_factory.mktemp("cached") / "registry"))
    cache = Cache(root.parent / "cache")
    loaded = load(root, cache=cache)
    return root, everything(loaded), cache.path.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 300), st.binary(max_size=3)), min_size=1, max_size=4),
    st.integers(0, 10**6),
)
def test_corrupted_cache_is_a_miss(
    remembered: tuple[Path, tuple[Any, ...], bytes], damages: list[tuple[int, int, bytes]], end: int
) -> None:
    root, expected, content = remembered
    for at, length, put in damages:
        begin = at % len(content)
        content = content[:begin] + put + content[begin + length :]
        content = content or b"\n"
    cache = Cache(root.parent / "cache")
    cache.path.write_bytes(content if end % 3 else content[: end % len(content)])
    assert everything(load(root, cache=Cache(root.parent / "cache"))) == expected
    assert everything(load(root, cache=Cache(root.parent / "cache"))) == expected


def test_data_under_another_key_is_a_miss(remembered: tuple[Path, tuple[Any, ...], bytes]) -> None:
    root, expected, content = remembered
    one, other = [line for line in content.split(b"\n") if b" process:" in line][:2]
    spliced = other.rpartition(b" ")[0] + b" " + one.rpartition(b" ")[2]
    Cache(root.parent / "cache").path.write_bytes(content.replace(one, spliced))
    assert everything(load(root, cache=Cache(root.parent / "cache"))) == expected


def test_interrupted_write_costs_what_it_wrote(small: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    load(small, cache=cache)
    write(small, "hubs/gh/another.yaml")
    load(small, cache=Cache(tmp_path / "cache"))
    cache.path.write_bytes(cache.path.read_bytes()[:-10])
    assert counted(small, Cache(tmp_path / "cache")) == 1
    assert counted(small, Cache(tmp_path / "cache")) == 0


def test_folder_that_cannot_be_written_is_no_error(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert everything(load(small, cache=Cache(tmp_path / "file" / "cache"))) == everything(load(small))
    (tmp_path / "taken").mkdir()
    Cache(tmp_path / "taken").path.mkdir()
    assert everything(load(small, cache=Cache(tmp_path / "taken"))) == everything(load(small))


def test_caches_of_other_versions_are_cleared_away(small: Path, tmp_path: Path) -> None:
    old = write(tmp_path, "cache/records-0123456789abcdef.jsonl", "hub:x 00000000 {}\n")
    other = write(tmp_path, "cache/keep.txt", "")
    load(small, cache=Cache(tmp_path / "cache"))
    assert not old.exists()
    assert other.exists()


def test_two_processes_may_write_at_once(small: Path, tmp_path: Path) -> None:
    code = (
        "import pathlib, sys, datetime\nfrom generator import registry\n"
        "for _ in range(5):\n"
        "    cache = registry.Cache(pathlib.Path(sys.argv[2]))\n"
        "    cache.lines.clear()\n"
        "    registry.load(pathlib.Path(sys.argv[1]), as_of=datetime.date(2026, 1, 1), cache=cache)\n"
    )
    command = [sys.executable, "-c", code, str(small), str(tmp_path / "cache")]
    running = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert counted(small, Cache(tmp_path / "cache")) == 0
    assert everything(load(small, cache=Cache(tmp_path / "cache"))) == everything(load(small))


# What a machine inherits.

MODEL = (
    "name: Laser 60\nbrand: Base\nprocesses: [laser-cutting]\nenvelope_mm: [600, 300]\ntolerance_mm: 0.1\n"
    "materials:\n  - material: plywood\npower_w: 60\nfeatures: {laser_type: co2, axes: 2}\n"
    "throughput: {quantity: 3, per: hour}\n"
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", {"name": "Base Laser 60", "processes": ("laser-cutting",), "envelope_mm": Envelope((600, 300)),
              "tolerance_mm": 0.1, "power_w": 60, "features": {"laser_type": "co2", "axes": 2}}),
        ("name: The red one\n", {"name": "The red one", "power_w": 60}),
        ("processes: [sawing]\n", {"processes": ("sawing",)}),
        ("envelope_mm: {diameter: 10}\n", {"envelope_mm": Envelope(diameter=10)}),
        ("tolerance_mm: 0.5\npower_w: 30\n", {"tolerance_mm": 0.5, "power_w": 30}),
        ("features: {axes: 3, lens: true}\n", {"features": {"laser_type": "co2", "axes": 3, "lens": True}}),
    ],
)  # fmt: skip
def test_what_the_machine_says_wins(small: Path, said: str, expected: dict[str, Any]) -> None:
    write(small, "models/base/laser-60.yaml", MODEL)
    write(small, "machines/gh/base-hub/laser.yaml", f"model: base/laser-60\n{said}")
    loaded = load(small)
    hub = loaded.get(Hub, "gh/base-hub")
    assert hub is not None
    machine = loaded.machines_of(hub)[0]
    assert {key: getattr(machine, key) for key in expected} == expected
    assert len(machine.materials) == 1
    assert loaded.get(Machine, "gh/base-hub/laser") != machine or not said.strip()


def test_machine_without_its_model_is_as_it_says(small: Path) -> None:
    machine = load(small).get(Machine, "gh/base-hub/laser")
    (small / "models" / "base" / "laser-60.yaml").unlink()
    loaded = load(small)
    assert machine is not None
    assert loaded.get(Model, machine.model) is None
    assert loaded.complete(machine) == machine


# What a change concerns.


def scope_of(root: Path, changed: list[str], removed: list[str], before: dict[str, bytes] | None = None) -> Registry:
    loaded = load(root)
    return loaded.within(registry.scope(loaded, changed, removed, before or {}))


def in_question(loaded: Registry) -> set[str]:
    return {record.path for kind in (Hub, Machine, Model, Process) for record in loaded.each(kind)}


@pytest.mark.parametrize(
    ("changed", "removed", "expected"),
    [
        ([], [], set()),
        (["machines/gh/base-hub/laser.yaml"], [], {"machines/gh/base-hub/laser.yaml"}),
        (["models/base/laser-60.yaml"], [], {"models/base/laser-60.yaml", "machines/gh/base-hub/laser.yaml"}),
        (["hubs/gh/base-hub.yaml"], [], {"hubs/gh/base-hub.yaml", "machines/gh/base-hub/laser.yaml"}),
        ([], ["models/base/gone.yaml"], set()),
        ([], ["models/base/laser-60.yaml"], {"machines/gh/base-hub/laser.yaml"}),
        ([], ["processes/laser-cutting.yaml"], {"models/base/laser-60.yaml"}),
        (["README.md", "hubs/x.yaml", "hubs/gh/gone.yaml"], [], set()),
    ],
)
def test_scope_is_what_changed_and_what_refers_to_it(
    small: Path, changed: list[str], removed: list[str], expected: set[str]
) -> None:
    for path in removed:
        (small / path).unlink(missing_ok=True)
    assert in_question(scope_of(small, changed, removed)) == expected


def test_scope_knows_what_was_before(small: Path) -> None:
    before = {
        "hubs/gh/base-hub.yaml": HUB.encode(),
        "hubs/gh/broken.yaml": b"name: [",
        "hubs/gh/unclean.yaml": HUB.replace("\n", "\r\n").encode(),
        "README.md": b"# x",
    }
    loaded = scope_of(small, ["hubs/gh/base-hub.yaml"], [], before)
    assert loaded.scope is not None
    assert sorted(loaded.scope.before) == ["hubs/gh/base-hub.yaml", "hubs/gh/unclean.yaml"]
    assert loaded.is_changed("hubs/gh/base-hub.yaml")
    assert not loaded.is_changed("machines/gh/base-hub/laser.yaml")
    assert not load(small).is_changed("hubs/gh/base-hub.yaml")


@pytest.mark.parametrize(
    ("path", "place"), [("hub/gh/new.yaml", "hub"), ("hubs/x.yaml", "hubs/x.yaml"), ("hubs/GB/x.yaml", "hubs/GB")]
)
def test_new_file_that_is_no_record_is_in_question(small: Path, path: str, place: str) -> None:
    write(small, "hubs/gh/Old-One.yaml")
    write(small, path)
    assert {one.location.path for one in run(scope_of(small, [path], []), CHECKS)} == {place}
