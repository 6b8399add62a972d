"""What a passport opens, in Explore: the same machines as the generator finds, shown only where somebody opens one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.serving import Files, served
from generator import mkdocs_hook, publish, signatures
from generator.passports import issuing, opening, presentation, proving, statuses
from generator.passports.codes import CODES
from generator.passports.reading import Carried
from generator.passports.recognising import facts_of
from generator.passports.values import Evidence, Result
from generator.records import Competence, Hub
from generator.registry import Registry, load
from tests.exploring import DESK, PHONE, Held, Visit, names, visiting
from tests.passport_samples import AWARD, OTHER, SIGNER

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent
AXE = ROOT / "site/node_modules/axe-core/axe.min.js"
TAMALE, STAR, LAKE = "gh/tamale-open-workshop", "gh/atelier-etoile", "ke/demo-lakeside"
NOW = datetime(2026, 6, 20, 9, tzinfo=UTC)
DAY = date(2026, 6, 30)
KEY = "\nkeys:\n  - public_key: {key}\n    valid_from: 2026-01-01\n"
ASKING = "name: {name}\nprocesses: [laser-cutting]\nrequires:\n  - competence: laser-operation\n    level: {level}\n"
RULE = """\
decision: accept-after-induction
networks: [northern-makers]
competence: laser-operation
valid_from: 2026-01-01
"""
MACHINES = {
    f"{STAR}/cutter": (1, "Small cutter"), f"{STAR}/engraver": (1, "Engraver"), f"{STAR}/large": (2, "Large cutter"),
    f"{LAKE}/bench-laser": (1, "Bench laser"), "ke/nakuru-repair/laser": (1, "Closed laser"),
}  # fmt: skip


class Built(NamedTuple):
    """A registry, its site and a passport that opens some of its machines."""

    registry: Registry
    address: str
    passport: bytes
    revoked: bytes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = tmp_path_factory.mktemp("opens")
    records = folder / "registry"
    shutil.copytree(ROOT / "tests/mini/registry", records)
    for hub, signer in ((TAMALE, SIGNER), (LAKE, OTHER)):
        with (records / f"hubs/{hub}.yaml").open("a", encoding="utf-8") as file:
            file.write(KEY.format(key=signer.public_key))
    for id, (level, name) in MACHINES.items():
        written(records / f"machines/{id}.yaml", ASKING.format(name=name, level=level))
    written(records / f"recognitions/{LAKE}/laser.yaml", RULE)
    settings = (records / "registry.yaml").read_text(encoding="utf-8")
    written(records / "registry.yaml", settings.replace("languages: [en]", "languages: [en, ar]"))
    listed(records, TAMALE, SIGNER)
    registry = load(records, as_of=DAY, prefix="registry/")
    assert registry.diagnostics == ()
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(registry, sources=ROOT / "site", engine=engine, output=folder / "site")
    with served(Files(folder / "site"), "/registry/") as address:
        yield Built(registry, address, passport(registry, 7), passport(registry, 8))


def written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def listed(records: Path, hub: str, signer: signatures.Signer) -> None:
    """Publish the list of a hub that revoked its credential number 8."""
    list_ = statuses.signed(statuses.unsigned(SITE, hub, [8], NOW), signer, hub, SITE)
    written(records / statuses.path_of(hub), json.dumps(list_))


SITE = "https://mini.example/registry/"


def passport(registry: Registry, index: int) -> bytes:
    hub, competence = registry.get(Hub, TAMALE), registry.get(Competence, "laser-operation")
    assert hub is not None
    assert competence is not None
    award = replace(
        AWARD, hub=hub, competence=competence, status_index=index, assessed_on=date(2026, 6, 18), valid_from=NOW
    )
    made = issuing.issued(award, SITE, SIGNER, NOW)
    assert isinstance(made, Carried), made
    return signatures.canonical(made.document)


def by_generator(built: Built) -> list[tuple[str, str, list[str], list[str]]]:
    """Return what the passport opens: the result, the hub's id, the machines, and the codes of its reasons."""
    found = presentation.opened(built.passport)
    assert isinstance(found, presentation.Passport)
    facts = facts_of(built.registry)
    keys = {hub: standing.keys for hub, standing in facts.hubs.items()}
    source = statuses.published(built.registry.root, TAMALE)
    evidences = []
    for one in found.credentials:
        proof = proving.proof_of(one, keys, DAY)
        status = statuses.standing(source, one.claim, keys, DAY)
        evidences.append(Evidence(one.claim, proof.code, status, proof.signed_on, proof.public_key))
    openings = opening.where(facts, opening.groups_of(facts), DAY, evidences)
    return [
        (one.result.value, one.hub, list(one.machines), [reason.code for reason in one.reasons]) for one in openings
    ]


def opened(visit: Visit, source: bytes, path: str = "explore/") -> Page:
    """Open Explore on the day of the test, unfold the group, and open a passport."""
    visit.page.clock.set_fixed_time(datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC))
    page = visit(path)
    expect(page.locator("#karakana-explore[data-hubs]")).to_have_count(1)
    if page.locator("#explore-open").is_visible():
        page.locator("#explore-open").click()
    group(page).locator("summary").click()
    group(page).locator("input[type=file]").set_input_files(
        {"name": "passport.json", "mimeType": "application/json", "buffer": source}
    )
    return page


def group(page: Page) -> Any:
    return page.locator(".explore-filters details").first


def shown(page: Page) -> list[tuple[str, str, list[str]]]:
    """Return of each line on the cards the result, the hub and the machines."""
    found: list[tuple[str, str, list[str]]] = page.locator(
        ".explore-list .opens-list li"
    ).evaluate_all("""lines => lines.map((line) => [
        line.className.replace("opens-", ""),
        new URL(line.closest(".explore-card").querySelector("h3 a").href).pathname.split("/hubs/")[1].slice(0, -1),
        [...line.querySelectorAll("a")].map((link) => new URL(link.href).pathname.split("/machines/")[1].slice(0, -1)),
    ])""")  # JavaScript
    return [(result, hub, machines) for result, hub, machines in found]


@pytest.fixture
def visit(browser: Browser, site: Built) -> Iterator[Visit]:
    with visiting(browser, site.address, **DESK) as made:
        yield made


def test_explore_shows_what_the_generator_finds(visit: Visit, site: Built) -> None:
    wanted = by_generator(site)
    assert {result for result, *_ in wanted} == {result.value for result in Result}
    assert {code for *_, codes in wanted for code in codes} <= set(CODES)
    page = opened(visit, site.passport)
    expect(page.locator(".opens-list")).to_have_count(3)
    expect(page.locator("#explore-count")).to_have_text("3 hubs")
    assert sorted(shown(page)) == sorted((result, hub, machines) for result, hub, machines, _ in wanted)
    words = json.loads((ROOT / "site/strings/en.json").read_bytes())
    for *_, codes in wanted:
        sentence = words[f"passport.code.{codes[-1]}"].split("{")[0]
        expect(page.locator(".opens-list small", has_text=sentence).first).to_be_visible()
    # The best first: what opens, then on a condition, then what is a step away.
    assert names(page)[0] in ("Tamale Open Workshop", "Star Workshop")
    assert names(page)[-1] == "Demo Lakeside (invented)"


def test_kinds_are_chosen_like_other_filters_and_leave_the_address_alone(visit: Visit, site: Built) -> None:
    page = opened(visit, site.passport)
    expect(page.locator(".opens-list")).to_have_count(3)
    expect(page.locator("#explore-count")).to_have_text("3 hubs")
    for name in ("Opens", "One step more"):
        group(page).locator("label", has=page.get_by_text(name, exact=True)).click()
    expect(page.locator("#explore-count")).to_have_text("1 hub")
    assert names(page) == ["Demo Lakeside (invented)"]
    expect(page.locator("#map_explore .opens-conditional")).to_have_text(
        "Demo Lakeside (invented): Opens on a condition"
    )
    page.get_by_role("button", name="Show all hubs").click()
    expect(page.locator("#explore-count")).to_have_text("3 hubs")
    expect(page.locator("#explore-count")).to_be_focused()
    expect(page).to_have_url(f"{site.address}explore/")
    page.get_by_role("button", name="Put the passport away").click()
    expect(group(page).locator("input[type=file]")).to_be_focused()
    expect(page.locator(".opens-list")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('karakana-passport')") is None


def test_who_opens_no_passport_fetches_nothing_of_it(visit: Visit, site: Built) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit("explore/")
    expect(page.locator("#map_explore[data-ready]")).to_be_visible()
    assert [url for url in asked if "passports" in url or "opens" in url or "statuses" in url] == []
    page.evaluate("text => localStorage.setItem('karakana-passport', text)", site.passport.decode())
    page.clock.set_fixed_time(datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC))
    group(page).locator("summary").click()
    page.get_by_role("button", name="Use the passport on this device").click()
    expect(page.locator(".opens-list").first).to_be_visible()
    fetched = sorted(
        {url.removeprefix(site.address) for url in asked if "/data/passports/" in url or "statuses" in url}
    )
    assert fetched == [
        "data/passports/keys.json", "data/passports/rules/gh.json", "data/passports/rules/ke.json",
        "data/passports/words.en.json", f"statuses/{TAMALE}.json",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_an_address_leads_to_the_group(browser: Browser, site: Built, size: dict[str, Any]) -> None:
    with visiting(browser, site.address, **size) as made:
        page = made("explore/#passport")
        expect(group(page).locator("input[type=file]")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"{}", "This is not a credential."),
        (b"\xff", "The file cannot be read."),
        (b" " * 900_000, "This is too large for a maker passport."),
    ],
)
def test_what_is_no_passport_is_told(visit: Visit, source: bytes, said: str) -> None:
    page = opened(visit, source)
    expect(group(page)).to_contain_text(said)
    expect(page.locator("#explore-count")).to_have_text("3 hubs")


def test_of_two_passports_the_last_one_counts(visit: Visit, site: Built) -> None:
    held = Held(visit.page, "**/statuses/**")
    page = opened(visit, site.passport)
    held.arrive()
    group(page).locator("input[type=file]").set_input_files(
        {"name": "no.json", "mimeType": "application/json", "buffer": b"{}"}
    )
    expect(page.locator(".opens-trouble")).to_have_count(1)
    held.go_on()
    page.wait_for_timeout(500)
    expect(page.locator(".opens-trouble")).to_have_count(1)
    expect(page.locator(".opens-list")).to_have_count(0)


def test_a_revoked_credential_opens_nothing_and_says_why(visit: Visit, site: Built) -> None:
    page = opened(visit, site.revoked)
    expect(group(page)).to_contain_text("Laser cutter operation: Tamale Open Workshop revoked the credential.")
    assert {result for result, *_ in shown(page)} == {"deny"}


OPENED = "() => document.querySelector('.opens-list') !== null"
RUN = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
    return found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 200))]);
}"""


@pytest.mark.parametrize(
    ("path", "size", "scheme"),
    [
        ("explore/", DESK, "light"), ("explore/", PHONE, "dark"),
        ("ar/explore/", DESK, "dark"), ("ar/explore/", PHONE, "light"),
    ],
)  # fmt: skip
def test_it_has_no_finding_of_axe_and_fits(
    browser: Browser, site: Built, path: str, size: dict[str, Any], scheme: str
) -> None:
    with visiting(browser, site.address, **size, color_scheme=scheme, bypass_csp=True) as made:
        page = opened(made, site.passport, path)
        page.wait_for_function(OPENED)
        page.add_script_tag(path=str(AXE))
        assert page.evaluate(RUN) == []
        if size is PHONE:
            page.keyboard.press("Escape")
            expect(page.locator(".opens-note")).to_be_visible()
            page.locator("#explore-view").click()
            expect(page.locator("#map_explore[data-ready]")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(RUN) == []
