"""Federation: three registries beside ours, versions of what they publish, licences, hubs beside ours, the command."""

import contextlib
import json
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.serving import Files, served
from generator import exporters, registry, schemas
from generator.artifacts import write
from generator.cli import main
from generator.federation import Pull, Reach, Use, federation, merged, naming, neighbours, pull, use, versions
from generator.federation.strict import JsonError, read
from generator.federation.versions import Upgrade, VersionError, Versions
from generator.publish import federated, strings
from generator.publish.edition import Edition, Relations
from generator.records import Hub, Settings, build
from generator.records.instance import DataLicences, Peer
from generator.registry import Registry, exchange
from generator.registry.foreign import Attempt, Copy, Federation, ForeignHub, Neighbour, State, Terms
from generator.words import Text
from tests.conftest import Repository
from tests.peers import HUBS, MANIFEST, body, good, hub, lines, manifest, peer, site

ROOT = Path(__file__).parent.parent
MINI = ROOT / "tests" / "mini" / "registry"
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


def settings(*peers: Peer, licence: str = "CC-BY-SA-4.0") -> Settings:
    return Settings(
        id="registry", name=Text.of("Ours"), url="https://ours.example/", languages=("en",), peers=peers,
        licences=DataLicences(data=licence),
    )  # fmt: skip


@pytest.fixture(scope="module")
def mini() -> Registry:
    return registry.load(MINI, as_of=date(2026, 6, 30))


# What we publish for others


def test_our_lines_fit_their_schema_and_come_back_as_they_were(mini: Registry) -> None:
    is_valid = schemas.published("exchange")
    for record in mini.all(Hub):
        found = json.loads(exchange.line(mini, record))
        assert is_valid(found)
        again = build(Hub, found.pop("id"), {key: value for key, value in found.items() if key != "can"})
        assert (again.id, again.kind, again.location.point) == (record.id, record.kind, record.location.point)


def test_kinds_and_statuses_are_those_of_records() -> None:
    hubs, line = schemas.load()["hub"]["properties"], schemas.load_published()["exchange"]["properties"]
    for key in ("kind", "status"):
        assert line[key]["enum"] == hubs[key]["enum"]


def test_a_line_says_nothing_of_who_may_change_it(mini: Registry) -> None:
    text = b"".join(exchange.line(mini, record) for record in mini.all(Hub)).decode()
    assert not [word for word in ("stewards", "formerly", "keys", "contact") if f'"{word}"' in text]


# Three registries and ours


def test_a_build_goes_on_whatever_three_peers_do(mini: Registry, tmp_path: Path) -> None:
    write(tuple(exporters.open_data(mini)), tmp_path / "site")
    far = Versions(1, 3, "hubs-v3.jsonl", (*versions.UPGRADES, *STEPS))
    with served(Files(tmp_path / "site"), "/registry/") as behind, site(good(hub("ke/b"))) as hostile:
        behind_peer, gone = peer(behind, "behind"), peer("http://127.0.0.1:9/", "gone")
        here = settings(behind_peer, gone, peer(hostile, "hostile", since=date(2026, 1, 2)))
        how = Pull(folder=tmp_path / "peers", now=NOW, reach=Reach.LOOPBACK, versions=far)
        first = pull(here, here.peers, how)
    assert [bool(one.error) for one in first] == [False, True, False]
    with site({MANIFEST: body(b"{" * 9999)}) as hostile:
        turned = (*here.peers[:2], peer(hostile, "hostile"))
        second = pull(settings(*turned), turned, how)
    assert all(one.error for one in second[1:])
    found = merged(mini, neighbours(tmp_path / "peers", here))
    assert [one.state for one in found.neighbours] == [State.KEPT, State.MISSING, State.KEPT]
    assert {one.key for one in found.hubs} >= {"behind:gh/tamale-open-workshop", "hostile:ke/b"}
    assert found.neighbours[2].copy is not None
    assert found.neighbours[2].copy.fetched == NOW


# Two steps that a later version may bring: a fact gets another name, and the file another one.
STEPS = (
    Upgrade(1, "hubs.jsonl", lambda said: said, lambda line: {**line, "type": line.get("kind")}),
    Upgrade(2, "hubs-v2.jsonl", lambda said: said, lambda line: {key: line[key] for key in line if key != "type"}),
)


def test_a_peer_two_versions_behind_is_read(tmp_path: Path) -> None:
    later = Versions(1, 3, "hubs-v3.jsonl", (*versions.UPGRADES, *STEPS))
    assert [step.minor for step in later.steps("1.1")] == [1, 2]
    with site(good(schema_version="1.1")) as address:
        here = settings(peer(address))
        how = Pull(folder=tmp_path, now=NOW, reach=Reach.LOOPBACK, versions=later)
        assert pull(here, here.peers, how)[0].error == ""


def test_a_site_of_version_1_0_is_read_by_its_map(tmp_path: Path, mini: Registry) -> None:
    hubs = exporters.geojson.hubs(mini, list(mini.all(Hub)))
    said = json.loads(manifest(hubs, 3, schema_version="1"))
    said["files"][0]["path"] = "hubs.geojson"
    answers = {MANIFEST: body(json.dumps(said).encode()), "/api/v1/hubs.geojson": body(hubs)}
    count = len(list(mini.all(Hub)))
    said["files"][0]["records"] = count
    answers[MANIFEST] = body(json.dumps(said).encode())
    with site(answers) as address:
        here = settings(peer(address))
        outcome = pull(here, here.peers, Pull(folder=tmp_path, now=NOW, reach=Reach.LOOPBACK))[0]
        assert (outcome.error, outcome.terms.hubs, outcome.terms.version) == ("", count, "1")
        copy = neighbours(tmp_path, here)[0].copy
    assert copy is not None
    for one in copy.hubs:
        record = mini.get(Hub, one.record.id)
        assert record is not None
        assert one.record.location.point == record.location.point
        assert one.record.kind == record.kind


@pytest.mark.parametrize(
    ("version", "steps"), [("1", [0]), ("1.0", [0]), ("1.1", []), ("1.2", []), ("1.9999", [])]
)  # fmt: skip
def test_which_versions_are_read(version: str, steps: list[int]) -> None:
    assert [step.minor for step in versions.VERSIONS.steps(version)] == steps


@pytest.mark.parametrize("version", ["0", "0.9", "2", "2.0", "", "1.", "01", "1.01", "1.1.1", "v1", "١", "1\n", "-1"])
def test_which_versions_are_refused(version: str) -> None:
    with pytest.raises(VersionError):
        versions.VERSIONS.steps(version)


def test_there_is_a_step_from_every_minor_version_to_ours() -> None:
    assert [step.minor for step in versions.UPGRADES] == list(range(versions.VERSIONS.minor))


def test_facts_of_a_newer_version_are_left_out(tmp_path: Path) -> None:
    with site(
        good(hub(mood="sunny", location={**hub()["location"], "planet": "Earth"}), schema_version="1.7", moon=1)
    ) as at:
        here = settings(peer(at))
        assert pull(here, here.peers, Pull(folder=tmp_path, now=NOW, reach=Reach.LOOPBACK))[0].error == ""


# Hubs beside ours


def neighbour(id: str, *hubs: dict[str, object], licence: str = "CC-BY-4.0") -> Neighbour:
    one = Peer(id=id, name=id, url=f"https://{id}.example/")
    found = []
    for data in hubs:
        facts = {key: value for key, value in data.items() if key not in ("id", "can")}
        record = build(Hub, str(data["id"]), facts)
        found.append(ForeignHub(peer=id, record=record, can=tuple(data.get("can", ())), page=f"{one.url}{record.id}/"))  # type: ignore[arg-type]
    copy = Copy(peer=id, terms=Terms(licence=licence), fetched=NOW, hubs=tuple(found))
    return Neighbour(peer=one, state=State.CURRENT, attempt=Attempt(at=NOW), copy=copy)


TAMALE = {"locality": "Tamale", "latitude": 9.4008, "longitude": -0.8393, "precision": "exact"}


def test_duplicates_across_registries_are_linked_and_not_merged(mini: Registry) -> None:
    same = hub("gh/tow", name={"en": "Tamale Open Workshop"}, location=TAMALE)
    found = merged(mini, (neighbour("west", same), neighbour("makers", same)))
    assert [one.key for one in found.hubs] == ["west:gh/tow", "makers:gh/tow"]
    ours = mini.get(Hub, "gh/tamale-open-workshop")
    assert ours is not None
    assert [(one.peer, one.id) for one in found.twins_of(ours)] == [("makers", "gh/tow"), ("west", "gh/tow")]
    assert "the same name" in found.twins_of(ours)[0].signs[0]
    assert [one.peer for one in found.twins["west:gh/tow"]] == ["", "makers"]
    assert found.twins["west:gh/tow"][0].page == "hubs/gh/tamale-open-workshop/"


def test_an_id_of_ours_does_not_make_a_hub_ours(mini: Registry) -> None:
    other = hub("gh/tamale-open-workshop", name={"en": "Somebody Else"}, location={**TAMALE, "latitude": 5.0})
    found = merged(mini, (neighbour("west", other),))
    assert found.hubs[0].key == "west:gh/tamale-open-workshop"
    assert found.twins == {}
    assert [one.id for one in mini.all(Hub)] == list(mini.ids(Hub))


def test_the_same_record_elsewhere_makes_twins_and_one_town_does_not(mini: Registry) -> None:
    elsewhere = ["https://www.wikidata.org/wiki/Q1"]
    a, b = hub("gh/a", same_as=elsewhere, name={"en": "A"}), hub("gh/b", same_as=elsewhere, name={"en": "B"})
    third = hub("gh/c", name={"en": "Other Works"})
    found = merged(mini, (neighbour("west", a, third), neighbour("makers", b)))
    assert set(found.twins) == {"west:gh/a", "makers:gh/b"}


def test_only_processes_that_we_know_are_kept(mini: Registry) -> None:
    found = merged(mini, (neighbour("west", hub(can=["sewing", "alchemy"])),))
    assert found.hubs[0].can == ("sewing",)


def test_a_thousand_hubs_of_one_name_cost_little(mini: Registry) -> None:
    names = dict.fromkeys(("en", "fr", "pt", "sw", "ar"), "Tamale Open Workshop")
    many = [hub(f"gh/h{number}", name=names, location=TAMALE) for number in range(3000)]
    found = merged(mini, (neighbour("west", *many),))
    assert len(found.hubs) == 3000
    assert 0 < len(found.twins) < 200


def test_texts_stay_texts_and_pages_are_those_of_the_peers_site(tmp_path: Path) -> None:
    name = "<script>alert(1)</script> [x](javascript:y) &amp;"
    claims = {"page": "javascript:alert(1)", "formerly": ["gh/ours"], "stewards": [{"github": "me"}], "keys": [{}]}
    with site(good(hub(name={"en": name}, **claims))) as address:
        one = peer(address)
        assert pull(settings(one), (one,), Pull(folder=tmp_path, now=NOW, reach=Reach.LOOPBACK))[0].error == ""
        copy = neighbours(tmp_path, settings(one))[0].copy
    assert copy is not None
    found = copy.hubs[0]
    assert found.record.name.into("en") == name
    assert found.page == f"{address}hubs/gh/kumasi-hive/"
    assert (found.record.formerly, found.record.stewards, found.record.keys) == ((), (), ())


@pytest.mark.parametrize(
    "bad",
    [
        hub("../etc/passwd"), hub("gh/A"), hub("gh/con.yaml"), hub("gh"), hub("gh/a/b"), hub("gh/" + "a" * 80),
        hub("zz/nowhere"), hub("gh/\u0430"), hub(name={"en": "a\u202eb"}), hub(name={"en": "a\nb"}), hub(name="text"),
        hub(name={"en": "  "}), hub(website="javascript:alert(1)"), hub(website="https://x/\"onload=\"y"),
        hub(location={"locality": "x", "latitude": 95, "longitude": 0}), hub(location={"locality": "x", "latitude": 5}),
        hub(can=["<b>"]), hub(kind="castle"), hub(verified={"on": "2026-02-30", "how": "self"}),
        {"id": 3}, [], "x", 1, None,
    ],
)  # fmt: skip
def test_hubs_that_do_not_fit_are_skipped_and_counted(tmp_path: Path, bad: object) -> None:
    content = lines(hub("gh/fine"), hub("gh/also")) + json.dumps(bad).encode() + b"\n"
    with site({MANIFEST: body(manifest(content, 3)), HUBS: body(content)}) as address:
        one = peer(address)
        outcome = pull(settings(one), (one,), Pull(folder=tmp_path, now=NOW, reach=Reach.LOOPBACK))[0]
    assert (outcome.error, outcome.terms.hubs, outcome.terms.skipped) == ("", 2, 1)


# The page of peers


def test_the_page_names_each_peer_with_its_state_and_terms(mini: Registry) -> None:
    same = hub("gh/tow", name={"en": "Tamale Open Workshop"}, location=TAMALE)
    shown = neighbour("west", same, hub("ke/x", name={"en": "X"}))
    bad = Attempt(at=NOW, error="<b>their words</b>")
    gone = Neighbour(
        peer=Peer(id="gone", name="<i>Gone", url="https://gone.example/"), state=State.MISSING, attempt=bad
    )
    known = merged(mini, (shown, gone))
    assert mini.settings is not None
    edition = Edition(mini, mini.settings, strings.read(ROOT / "site/strings", "en"), Relations(mini, federation=known))
    page = federated.federated(edition, known)
    assert [part.title for part in page.sections] == ["west", "<i>Gone"]
    said = {fact.label: fact.items[0] for fact in page.sections[0].facts}
    assert (said["Hubs"].text, said["Hubs"].note) == ("2 hubs", "1 may be one of ours")
    assert said["Licence"].text == "CC-BY-4.0"
    assert "their words" not in str(page)
    none = federated.federated(edition, Federation())
    assert none.sections[0].paragraphs == ("No other registry is named yet.",)


# Copies


def test_a_damaged_copy_counts_as_none_and_breaks_nothing(tmp_path: Path, mini: Registry) -> None:
    with site(good()) as address:
        one = peer(address)
        pull(settings(one), (one,), Pull(folder=tmp_path, now=NOW, reach=Reach.LOOPBACK))
    whole = {path: path.read_bytes() for path in (tmp_path / "west").iterdir()}
    assert len(whole) == 3
    for path, content in whole.items():
        for damaged in (
            b"",
            b"{}",
            b"[]",
            b"null",
            content[:-20],
            b"\xff" * 40,
            b"[" * 9000,
            content.replace(b"1", b"2"),
        ):
            path.write_bytes(damaged)
            assert neighbours(tmp_path, settings(one))[0].state in State
        path.unlink()
        path.mkdir()
        assert neighbours(tmp_path, settings(one))[0].state in State
        path.rmdir()
        path.write_bytes(content)
    assert neighbours(tmp_path, settings(one))[0].state is State.CURRENT
    assert federation(mini, tmp_path / "nowhere").hubs == ()


def test_a_copy_of_another_address_is_not_that_peers(tmp_path: Path) -> None:
    with site(good()) as address:
        one = peer(address)
        pull(settings(one), (one,), Pull(folder=tmp_path, now=NOW, reach=Reach.LOOPBACK))
        assert neighbours(tmp_path, settings(one))[0].copy
    assert neighbours(tmp_path, settings(peer("https://other.example/")))[0].copy is None


def test_a_licence_that_forbids_is_told(tmp_path: Path) -> None:
    with site(good(licence="CC-BY-NC-4.0")) as address:
        one = peer(address)
        assert pull(settings(one), (one,), Pull(folder=tmp_path, now=NOW, reach=Reach.LOOPBACK))[0].error
    assert neighbours(tmp_path, settings(one))[0].state is State.REFUSED


@pytest.mark.parametrize(
    ("theirs", "ours", "allowed"),
    [
        ("CC0-1.0", "CC-BY-4.0", Use.COMPATIBLE), ("CC-BY-4.0", "CC-BY-SA-4.0", Use.COMPATIBLE),
        ("CC-BY-SA-4.0", "CC-BY-SA-4.0", Use.COMPATIBLE), ("CC-BY-SA-4.0", "CC-BY-4.0", Use.SHOWN),
        ("ODbL-1.0", "CC-BY-SA-4.0", Use.SHOWN), ("CC-BY-4.0", "CC0-1.0", Use.SHOWN),
        ("CC0-1.0", "CC0-1.0", Use.COMPATIBLE), ("CC-BY-NC-4.0", "CC-BY-NC-4.0", Use.FORBIDDEN),
        ("CC-BY-ND-4.0", "CC-BY-4.0", Use.FORBIDDEN),
        ("ODbL-1.0 OR CC-BY-4.0", "CC-BY-SA-4.0", Use.COMPATIBLE),
        ("CC-BY-4.0 AND CC-BY-NC-4.0", "CC-BY-4.0", Use.FORBIDDEN),
        ("LicenseRef-Mine", "LicenseRef-Mine", Use.FORBIDDEN), ("", "CC-BY-4.0", Use.FORBIDDEN),
        ("(MIT OR X) AND Y", "MIT", Use.FORBIDDEN), ("cc-by-4.0", "CC-BY-4.0", Use.FORBIDDEN),
    ],
)  # fmt: skip
def test_what_a_licence_lets_us_do(theirs: str, ours: str, allowed: Use) -> None:
    assert use(theirs, ours) is allowed


LEAVES = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False)
FLAT = LEAVES | st.lists(LEAVES) | st.dictionaries(st.text(), LEAVES)


@given(st.lists(FLAT) | st.dictionaries(st.text(), FLAT) | FLAT)
def test_json_that_everybody_understands_alike_is_read(value: object) -> None:
    assert read(json.dumps(value).encode()) == value


@given(st.binary(max_size=60))
def test_no_bytes_make_the_reader_fail_otherwise(source: bytes) -> None:
    with contextlib.suppress(JsonError):
        read(source)


# registry.yaml and the command

TEXT = """\
# Ours
name: Ours
url: https://ours.example/
languages:
  - en
licences:
  data: CC-BY-SA-4.0
# who else
peers:
  # the first
  - id: a
    name: A
    url: https://a.example/
  # the second
  - id: b
    name: B
    url: https://b.example/ # by B
contributor_names: hidden
"""


def test_peers_are_added_and_removed_with_comments_kept() -> None:
    longer = naming.added(TEXT.encode(), {"id": "c", "name": "C", "url": "https://c.example/", "git": ""})
    assert [one.id for one in naming.settings(longer).peers] == ["a", "b", "c"]
    assert naming.removed(longer, "c").decode() == TEXT
    shorter = naming.removed(TEXT.encode(), "a").decode()
    assert "# the second\n  - id: b" in shorter
    assert "# by B" in shorter
    assert "# the first" not in shorter
    none = naming.removed(shorter.encode(), "b")
    assert naming.settings(none).peers == ()
    again = naming.added(none, {"id": "d", "name": "D", "url": "https://d.example/"})
    assert [one.id for one in naming.settings(again).peers] == ["d"]


@pytest.mark.parametrize("wrong", [{"id": "No Id"}, {"url": "ftp://x"}, {"name": "a\nb"}, {"git": "ext::sh"}])
def test_a_peer_that_the_schema_refuses_is_not_written(wrong: dict[str, str]) -> None:
    with pytest.raises(naming.NamingError):
        naming.added(TEXT.encode(), {"id": "c", "name": "C", "url": "https://c.example/", **wrong})


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(MINI, tmp_path / "registry")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["karakana", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return Repository(tmp_path_factory.mktemp("other"))


def test_the_command_from_naming_to_removing(
    place: Path, other: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(MINI, other.folder / "registry")
    named = other.folder / "registry/registry.yaml"
    named.write_text(named.read_text().replace("mini.example/registry", "other.example"), encoding="utf-8")
    commit = other.commit()
    code, out, _ = run(
        capsys, monkeypatch, "peers", "add", "https://other.example/", "--id", "other", "--name", "Other"
    )
    assert (code, "named in" in out) == (0, True)
    code, out, err = run(capsys, monkeypatch, "peers", "add", "https://x.example/", "--id", "other", "--name", "Other")
    assert (code, "already" in err) == (2, True)
    assert run(capsys, monkeypatch, "peers", "add", "https://[", "--id", "gone", "--name", "Gone")[0] in (0, 2)
    code, out, _ = run(capsys, monkeypatch, "peers", "status")
    assert (code, out.splitlines()[0].split("\t")[:2]) == (0, ["other", "missing"])
    code, out, _ = run(capsys, monkeypatch, "peers", "pull", "other", "--clone", f"other={other.folder}")
    assert (code, out.split("\t")[:2]) == (0, ["other", "3 hubs"])
    code, out, _ = run(capsys, monkeypatch, "peers", "status")
    row = out.splitlines()[0].split("\t")
    assert row[:3] + row[4:9] == ["other", "current", "3", "0 d", "CC-BY-4.0", "compatible", "1.1", commit[:8]]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("127.0.0.1", 443))])
    code, out, _ = run(capsys, monkeypatch, "peers", "pull", "other")
    assert (code, "private network" in out) == (1, True)
    assert run(capsys, monkeypatch, "peers", "status")[1].split("\t")[1] == "kept"
    assert run(capsys, monkeypatch, "peers", "pull", "nobody")[0] == 2
    assert run(capsys, monkeypatch, "peers", "remove", "other")[0] == 0
    assert not (place / "build/peers/other").exists()
    assert b"other.example" not in (place / "registry/registry.yaml").read_bytes()


def test_nothing_is_asked_where_no_peer_is_named(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(capsys, monkeypatch, "peers", "pull")
    assert (code, out) == (0, "")
    assert "karakana peers add" in err
    assert os.listdir(place) == ["registry"]
