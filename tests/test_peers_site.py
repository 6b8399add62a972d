"""Hubs of other registries on the site, in a real browser: Explore, its map, the search, their page, twins of ours.

Three registries are pulled as `karakana peers pull` does; one of them is gone when it is asked again.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from bench.serving import Files, served
from generator import exporters, mkdocs_hook, publish, registry
from generator.federation import Pull, Reach, merged, neighbours, pull
from generator.publish import columns, columns_labels, columns_peers, explore, federated, strings
from generator.publish.edition import Edition, Relations
from generator.records import Hub
from generator.registry import Registry
from generator.registry.foreign import Federation
from tests.exploring import DESK, PHONE, box, names, visiting
from tests.peers import good, hub, peer, site
from tests.test_axe import AXE, RUN, TAGS
from tests.test_federation import NOW, settings

ROOT = Path(__file__).parent.parent
MINI = ROOT / "tests" / "mini" / "registry"
HOSTILE = "Kano <img src=x onerror=window.pwned=1>"
VERIFIED = {"on": "2026-05-02", "how": "visit"}


def place(town: str, y: float, x: float) -> dict[str, Any]:
    return {"locality": town, "latitude": y, "longitude": x, "precision": "exact"}


WEST = (
    hub("gh/kumasi-hive", can=["laser-cutting", "sewing"], verified=VERIFIED),
    hub("gh/tow", name={"en": "Tamale Open Workshop"}, location=place("Tamale", 9.4034, -0.8424)),
    hub("ng/kano", name={"en": HOSTILE}, location=place("Kano", 12.0, 8.5)),
)
EAST = (
    hub("ke/gear", name={"en": "Nairobi Gear"}, location=place("Nairobi", -1.29, 36.82), can=["laser-cutting"]),
    hub("gh/hive", name={"en": "Kumasi Hive"}, status="closed"),
)
LAKES = (hub("ug/works", name={"en": "Kampala Works"}, location=place("Kampala", 0.35, 32.58)),)


@pytest.fixture(scope="module")
def mini() -> Registry:
    return registry.load(MINI, as_of=date(2026, 6, 30), prefix="registry/")


@pytest.fixture(scope="module")
def known(mini: Registry, tmp_path_factory: pytest.TempPathFactory) -> Federation:
    folder = tmp_path_factory.mktemp("copies")
    how = Pull(folder=folder, now=NOW, reach=Reach.LOOPBACK)
    with site(good(*WEST)) as west, site(good(*EAST)) as east:
        with site(good(*LAKES)) as lakes:
            found = (peer(west, "west"), peer(east, "east", since=date(2026, 5, 1)), peer(lakes, "lakes"))
            peers = tuple(replace(one, name=f"{one.name} Makers") for one in found)
            pull(settings(*peers), peers, how)
        later = replace(how, now=datetime(2026, 7, 1, tzinfo=UTC))
        assert [bool(one.error) for one in pull(settings(*peers), peers, later)] == [False, False, True]
    return merged(mini, neighbours(folder, settings(*peers)))


@pytest.fixture(scope="module")
def folder(mini: Registry, known: Federation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("federated") / "site"
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(
        mini, sources=ROOT / "site", engine=engine, output=made, federation=known,
        also=[lambda: exporters.checked(exporters.open_data(mini, exporters.Invented.LEFT_OUT))],
    )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(Files(folder), "/registry/") as found:
        yield found


def edition(mini: Registry, known: Federation) -> Edition:
    assert mini.settings is not None
    return Edition(mini, mini.settings, strings.read(ROOT / "site/strings", "en"), Relations(mini, federation=known))


# What is written


def test_a_registry_without_peers_writes_no_byte_for_them(mini: Registry, known: Federation) -> None:
    alone, beside = edition(mini, Federation()), edition(mini, known)
    files = {one.path: one.content for one in (*columns.columns(alone), *columns_labels.labels(alone, (), ()))}
    assert not [path for path, content in files.items() if "peers" in path or b'"peers":' in content]
    wider = {one.path: one.content for one in columns.columns(beside)}
    assert {path for path in wider if path not in files} == {
        f"data/peers/{id}-1.json" for id in ("west", "east", "lakes")
    }
    assert {path for path in wider if path in files and wider[path] != files[path]} == {"data/tables.json"}
    assert not {"origin", "apart", "facet.registry"} & set(words(alone))
    assert {"origin", "apart", "facet.registry"} <= set(words(beside))
    for record in mini.all(Hub):
        assert federated.twins(alone, record) == ()
    assert federated.in_country(alone, "gh").items == ()


def words(made: Edition) -> dict[str, str]:
    found: dict[str, str] = json.loads(dict(explore.explore(made).sections[0].data)["words"])
    return found


def test_foreign_hubs_are_in_no_figure_and_no_open_data_of_ours(folder: Path) -> None:
    named = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
             and any(name in path.read_bytes() for name in (b"Nairobi Gear", b"Kampala Works"))}  # fmt: skip
    assert named == {"data/peers/east-1.json", "data/peers/lakes-1.json", "countries/ke/index.html"}
    assert json.loads((folder / "api/v1/registry.json").read_bytes())["counts"]["hub"] == 3


def test_many_hubs_are_cut_into_files(mini: Registry, known: Federation, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {one.path: json.loads(one.content) for one in columns.columns(edition(mini, known))}
    monkeypatch.setattr(columns_peers, "PART", 1)
    parts = {one.path: json.loads(one.content) for one in columns.columns(edition(mini, known))}
    west = [parts[f"data/peers/west-{number}.json"] for number in (1, 2)]
    assert [name for part in west for name in part["name"]] == whole["data/peers/west-1.json"]["name"]
    assert west[0]["ours"] == whole["data/peers/west-1.json"]["ours"] == [1]
    assert parts["data/tables.json"]["peers"]["registries"][0][3] == [1, 1]


def test_a_page_that_is_no_address_of_the_web_is_none(mini: Registry, known: Federation) -> None:
    first = known.neighbours[0]
    assert first.copy is not None
    bad = replace(first.copy, hubs=tuple(replace(one, page=f"javascript:alert(1)//hubs/{one.record.id}/")
                                         for one in first.copy.hubs))  # fmt: skip
    hostile = replace(known, neighbours=(replace(first, copy=bad), *known.neighbours[1:]))
    tables = next(one for one in columns.columns(edition(mini, hostile)) if one.path == "data/tables.json")
    assert json.loads(tables.content)["peers"]["registries"][0][2] == ""


# Explore


@pytest.mark.browser
@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_hubs_of_other_registries_stand_beside_ours(
    browser: Browser, address: str, known: Federation, device: dict[str, Any]
) -> None:
    with visiting(browser, address, **device) as visit:
        page = visit("explore/")
        expect(page.locator("#explore-count")).to_have_text("3 hubs")
        expect(page.locator(".explore-beside")).to_contain_text("+ 4 hubs of other registries")
        expect(page.locator(".explore-beside")).to_contain_text("not in our figures")
        shown = names(page)
        assert len(shown) == 7
        assert shown.count("Tamale Open Workshop") == 1
        assert HOSTILE in shown
        foreign = page.locator(".explore-foreign", has_text="Kampala Works")
        expect(foreign.locator(".explore-origin")).to_have_text("Registry: Lakes Makers")
        link = foreign.locator("h3 a")
        expect(link).to_have_attribute("href", f"{known.neighbours[2].peer.url}hubs/ug/works/")
        expect(link).to_have_attribute("rel", "noopener nofollow")
        own = page.locator(".explore-card:not(.explore-foreign)", has_text="Tamale Open Workshop")
        expect(own.locator(".explore-tag").first).to_have_text("Also in West Makers")
        assert own.locator("h3 a").get_attribute("href") == "../hubs/gh/tamale-open-workshop/"
        assert page.evaluate("window.pwned") is None
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page = visit("explore/?view=map")
        expect(page.locator("#map_explore[data-ready='7']")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "count", "found"),
    [
        ("registry=lakes", "1 hub of other registries", ["Kampala Works"]),
        ("registry=west", "1 hub", ["Kumasi Hive", "Tamale Open Workshop", HOSTILE]),
        ("registry=_own&process=sewing", "1 hub", ["Tamale Open Workshop"]),
        ("process=laser-cutting&country=ke", "1 hub", ["Demo Lakeside (invented)", "Nairobi Gear"]),
        ("process=sewing&material=wood", "0 hubs", []),
        ("status=closed", "1 hub", ["Nakuru Repair", "Kumasi Hive"]),
        ("verified=fresh&registry=west", "1 hub", ["Kumasi Hive", "Tamale Open Workshop"]),
        ("q=kampala", "1 hub of other registries", ["Kampala Works"]),
        ("near=ug/kampala&within=50", "1 hub of other registries", ["Kampala Works"]),
    ],
)
def test_filters(browser: Browser, address: str, query: str, count: str, found: list[str]) -> None:
    with visiting(browser, address, **DESK) as visit:
        page = visit(f"explore/?{query}")
        expect(page.locator("#karakana-explore")).to_have_attribute("data-hubs", str(len(found)))
        expect(page.locator("#explore-count")).to_have_text(count)
        assert sorted(names(page)) == sorted(found)


@pytest.mark.browser
def test_the_registry_is_a_filter(browser: Browser, address: str) -> None:
    with visiting(browser, address, **DESK) as visit:
        page = visit("explore/")
        page.locator(".explore-facet > summary", has_text="Registry").click()
        rows = page.locator(".explore-facet", has=page.locator("summary", has_text="Registry")).locator("label")
        expect(rows).to_have_text(["Mini Registry3", "West Makers3", "East Makers1", "Lakes Makers1"])
        box(page, "East Makers").click()
        expect(page.locator(".explore-chip")).to_have_text(["East Makers"])
        expect(page.locator("#explore-list h3")).to_have_text(["Nairobi Gear"])
        page.locator(".explore-menu summary").click()
        with page.expect_download() as taken:
            page.get_by_role("button", name="Table (CSV)").click()
        assert len(Path(taken.value.path()).read_text(encoding="utf-8").splitlines()) == 1  # the head alone


@pytest.mark.browser
def test_a_ring_on_the_map_says_whose_hub_it_is(browser: Browser, address: str) -> None:
    with visiting(browser, address, **DESK) as visit:
        page = visit("explore/?registry=lakes")
        expect(page.locator("#map_explore[data-ready='1']")).to_be_visible()
        at = page.evaluate("() => { const p = map_explore.latLngToContainerPoint([0.35, 32.58]); return [p.x, p.y]; }")
        page.locator("#map_explore").click(position={"x": at[0], "y": at[1]})
        popup = page.locator(".karakana-popup")
        expect(popup).to_contain_text("Registry: Lakes Makers")
        expect(popup.locator("a")).to_have_attribute("rel", "noopener nofollow")


@pytest.mark.browser
def test_the_embedded_map_shows_what_explore_does(browser: Browser, address: str) -> None:
    with visiting(browser, address, **PHONE) as visit:
        page = visit("embed/?country=gh")
        expect(page.locator("#embed-count")).to_have_text("2 hubs + 1 hub of other registries")


@pytest.mark.browser
def test_the_search_finds_them_and_leads_to_their_site(browser: Browser, address: str, known: Federation) -> None:
    with visiting(browser, address, **DESK) as visit:
        page = visit("about/")
        page.get_by_role("combobox").fill("nairobi gear")
        option = page.get_by_role("option", name="Nairobi Gear").locator("a")
        expect(option).to_contain_text("East Makers")
        expect(option).to_have_attribute("href", f"{known.neighbours[1].peer.url}hubs/ke/gear/")
        page = visit("search/?q=kampala+works")
        link = page.locator(".karakana-rows a", has_text="Kampala Works")
        expect(link).to_have_attribute("href", f"{known.neighbours[2].peer.url}hubs/ug/works/")
        expect(link).to_have_attribute("rel", "noopener nofollow")


@pytest.mark.browser
def test_a_file_that_does_not_come_is_told(browser: Browser, address: str) -> None:
    context = browser.new_context(**DESK)
    context.route("**/data/peers/lakes-*", lambda route: route.abort())
    page = context.new_page()
    page.goto(address + "explore/")
    expect(page.locator(".explore-missing")).to_contain_text("Lakes Makers")
    expect(page.locator("#karakana-explore")).to_have_attribute("data-hubs", "6")
    context.close()


# Pages


@pytest.mark.browser
@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_of_registries(browser: Browser, address: str, device: dict[str, Any]) -> None:
    with visiting(browser, address, **device) as visit:
        page = visit("peers/")
        expect(page.locator("article h2, main h2")).to_have_text(["West Makers", "East Makers", "Lakes Makers"])
        expect(page.locator("#peer-lakes")).to_contain_text("the last good copy is shown")
        expect(page.locator("#peer-west")).to_contain_text("up to date")
        expect(page.locator("#peer-west")).to_contain_text("1 may be one of ours")
        expect(page.locator("main")).to_contain_text("None of them is counted")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator("#peer-lakes a", has_text="Uganda").click()
        expect(page.locator("#explore-list h3")).to_have_text(["Kampala Works"])


@pytest.mark.browser
def test_a_hub_of_ours_names_where_else_it_is(browser: Browser, address: str, known: Federation) -> None:
    with visiting(browser, address, **DESK) as visit:
        page = visit("hubs/gh/tamale-open-workshop/")
        row = page.locator("#contact dl > div", has_text="Also in")
        expect(row).to_contain_text("may be the same hub")
        expect(row.locator("a")).to_have_attribute("href", f"{known.neighbours[0].peer.url}hubs/gh/tow/")
        page = visit("countries/gh/")
        expect(page.locator("#peers li")).to_have_text(["Kumasi Hive Makerspace · Kumasi · West Makers"])
        page = visit("countries/ke/")
        expect(page.locator("#peers li")).to_have_text(["Nairobi Gear Makerspace · Nairobi · East Makers"])


LOOKS = {"light": {**PHONE, "color_scheme": "light"}, "dark": {**DESK, "color_scheme": "dark"}}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "look"),
    [
        ("peers/", "light"),
        ("peers/", "dark"),
        ("explore/", "light"),
        ("explore/", "dark"),
        ("explore/?view=map&registry=lakes", "light"),
        ("countries/gh/", "dark"),
    ],
)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, look: str) -> None:
    context = browser.new_context(**LOOKS[look], bypass_csp=True)
    page = context.new_page()
    page.goto(address + path)
    if path.startswith("explore"):
        page.wait_for_selector("#karakana-explore[data-hubs]")
        expect(page.locator(".explore-beside")).not_to_be_empty()
    assert faults_of(page) == []
    context.close()


def faults_of(page: Page) -> list[Any]:
    page.add_script_tag(path=AXE)
    faults: list[Any] = page.evaluate(RUN, TAGS)
    return faults


# The workflow


def pages_steps() -> dict[str, list[dict[str, Any]]]:
    jobs = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8"))["jobs"]
    return {name: job["steps"] for name, job in jobs.items()}


@pytest.mark.parametrize(("text", "said"), [("name: X\npeers:\n  - id: a\n", "yes"), ("name: X\n# peers:\n", "no")])
def test_peers_are_looked_for_in_the_settings(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry/registry.yaml").write_text(text, encoding="utf-8")
    (step,) = (step for step in pages_steps()["look"] if "run" in step)
    env = {**os.environ, "GITHUB_OUTPUT": str(tmp_path / "out")}
    subprocess.run(["bash", "-e", "-c", step["run"]], cwd=tmp_path, env=env, check=True)
    assert (tmp_path / "out").read_text() == f"peers={said}\n"


def test_a_build_goes_on_with_the_last_good_copies() -> None:
    steps = pages_steps()["build"]
    about = [step for step in steps if step.get("if", "") == "${{ needs.look.outputs.peers == 'yes' }}"]
    assert [step["continue-on-error"] for step in about] == [True, True, True]
    assert [
        next(word for word in ("restore@", "save@", "pull") if word in step.get("uses", step.get("run"))).rstrip("@")
        for step in about
    ] == ["restore", "pull", "save"]
    assert {step["with"]["path"] for step in about if "with" in step} == {"build/peers"}
    assert steps.index(about[-1]) < next(at for at, step in enumerate(steps) if step.get("run") == "make site")
