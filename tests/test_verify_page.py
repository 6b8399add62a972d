"""The page that checks passports, in a real browser: what holds, what does not, offline too; nothing is uploaded."""

from __future__ import annotations

import copy
import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from bench.serving import Files, served
from generator import signatures
from generator.passports import statuses
from tests.exploring import Held
from tests.test_axe import AXE, PHONE, RUN, TAGS
from tests.verifying import DAY, HUB, OTHER_HUB, REVOKED, SIGNERS, STALE_HUB, World, passport, world

pytestmark = pytest.mark.browser

BUDGET = 60_000  # bytes, compressed, of what the page loads beside the shell
NEVER = "Object.defineProperty(SubtleCrypto.prototype, 'importKey', {value: () => Promise.reject(new Error('no'))})"
# A browser that reads codes, whose camera sees what the test says.
CAMERA = """
globalThis.tracks = [];
globalThis.seen = [];
globalThis.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return globalThis.seen.map((rawValue) => ({rawValue})); }
};
navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    canvas.getContext("2d").fillRect(0, 0, 10, 10);
    const stream = canvas.captureStream(5);
    globalThis.tracks.push(...stream.getTracks());
    return stream;
};
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("verify"))


class Desk:
    """A window on the page, what it asked the server for, and what went wrong in it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page: Page = context.new_page()
        self.page.clock.set_fixed_time(DAY)
        self.asked: list[tuple[str, str, str | None]] = []
        self.faults: list[str] = []
        self.page.on("request", lambda one: self.asked.append((one.method, one.url, one.post_data)))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda _: self.faults.append("a dialog opened"))
        self.page.on("console", lambda one: self.faults.append(one.text) if "Policy" in one.text else None)

    def open(self, digits: str = "", language: str = "") -> Page:
        self.page.goto(f"{self.address}{language}verify/{f'#{digits}' if digits else ''}")
        self.page.wait_for_selector("[data-live]")
        return self.page

    def give(self, *texts: str | bytes) -> Locator:
        """Open files with these texts; return what is shown of the credentials in them."""
        files: Any = [
            {"name": f"{at}.json", "mimeType": "application/json", "buffer": _bytes(text)}
            for at, text in enumerate(texts, 1)
        ]
        self.page.set_input_files("input[type=file]", files)
        self.page.wait_for_selector(".verify-one, .verify-unread")
        return self.page.locator(".verify-one")

    def credential(self, document: Any) -> Locator:
        return self.give(json.dumps(document))


def _file(document: Any) -> Any:
    return {"name": "one.json", "mimeType": "application/json", "buffer": json.dumps(document).encode()}


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


@pytest.fixture
def site(made: World) -> Iterator[str]:
    with served(Files(made.site), "/registry/") as address:
        yield address


@pytest.fixture
def desk(browser: Browser, site: str) -> Iterator[Desk]:
    found = Desk(browser.new_context(service_workers="block"), site)
    yield found
    found.context.close()
    assert found.faults == []


def outcomes(one: Locator) -> list[str]:
    """Return how each step came out."""
    return [str(step.get_attribute("class")).removeprefix("verify-") for step in one.locator(".verify-steps li").all()]


def test_a_good_credential_is_valid(desk: Desk, made: World) -> None:
    page = desk.open()
    one = desk.credential(made.credential(note="CO2 lasers only"))
    expect(one.locator("h3")).to_have_text("Valid")
    expect(page.locator("h2").first).to_contain_text("Adjoa N.")
    expect(page.locator("h2").first).to_contain_text("0a0e1c4e")
    expect(one).to_contain_text("Laser cutter operation")
    expect(one).to_contain_text("2: Alone")
    expect(one).to_contain_text("Tamale Open Workshop")
    expect(one).to_contain_text("Nov 19, 2028")  # its last whole day
    expect(one).to_contain_text("CO2 lasers only")
    assert outcomes(one) == ["ok"] * 6


def test_a_card_leads_here_and_its_digits_reach_no_server(desk: Desk, made: World) -> None:
    digits = made.card()
    desk.open(digits)
    expect(desk.page.locator(".verify-valid h3")).to_have_text("Valid")
    sent = json.dumps(desk.asked)
    assert digits[2:40] not in sent
    assert "Adjoa" not in sent
    assert {method for method, _, _ in desk.asked} == {"GET"}
    assert [url for _, url, _ in desk.asked if "dictionary" in url]
    assert desk.page.evaluate("location.hash") == ""  # nobody marks or shares the address with a passport in it
    desk.page.get_by_role("button", name="Clear this page").click()
    expect(desk.page.locator(".verify-one")).to_have_count(0)
    desk.page.evaluate("(digits) => { location.hash = digits; }", digits)  # the same card once more
    expect(desk.page.locator(".verify-valid h3")).to_have_text("Valid")


def test_a_card_that_cannot_be_unpacked_yet_stays_in_the_address(desk: Desk, made: World) -> None:
    desk.page.route("**/dictionary-1.txt", lambda route: route.abort())
    digits = made.card()
    desk.open(digits)
    expect(desk.page.locator(".verify-unread li")).to_have_count(1)
    assert desk.page.evaluate("location.hash") == f"#{digits}"


def test_nothing_of_a_file_is_sent(desk: Desk, made: World) -> None:
    desk.open()
    document = made.credential()
    desk.credential(document)
    sent = json.dumps(desk.asked)
    for word in ("Adjoa", document["id"], document["credentialSubject"]["id"], "4711", "dictionary"):
        assert word not in sent
    assert any(url.endswith(f"statuses/{HUB}.json") for _, url, _ in desk.asked)


BAD: dict[str, tuple[Callable[[World], Any], str, list[str], str]] = {
    "revoked": (lambda made: made.credential(status_index=REVOKED), "Revoked", ["ok"] * 5 + ["bad"], "invalid"),
    "expired": (
        lambda made: made.credential(valid_until=datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC)),
        "Expired", ["ok"] * 4 + ["bad", "ok"], "invalid",
    ),
    "too early": (
        lambda made: made.credential(valid_from=datetime(2026, 12, 1, tzinfo=UTC)),
        "Not valid yet", ["ok"] * 4 + ["bad", "ok"], "invalid",
    ),
    "stale list": (lambda made: made.credential(hub=STALE_HUB), "Not known", ["ok"] * 5 + ["unknown"], "unknown"),
    "no list": (lambda made: made.credential(hub=OTHER_HUB), "Not known", ["ok"] * 5 + ["unknown"], "unknown"),
    "forged key": (
        lambda made: _signed(made, signatures.signer(b"f" * 32)),
        "Not valid", ["ok"] * 2 + ["bad"] + ["skipped", "ok", "skipped"], "invalid",
    ),
    "tampered": (
        lambda made: _changed(made.credential(), level=3),
        "Not valid", ["ok"] * 3 + ["bad", "ok", "skipped"], "invalid",
    ),
}  # fmt: skip


def _changed(document: dict[str, Any], **terms: Any) -> dict[str, Any]:
    found = copy.deepcopy(document)
    found["credentialSubject"] |= terms
    return found


def _signed(made: World, signer: signatures.Signer) -> dict[str, Any]:
    """Return a credential whose fragment names the forger's own key."""
    bare = {name: value for name, value in made.credential().items() if name != "proof"}
    method = signatures.method_of(made.url, HUB, signer.public_key)
    return {**bare, "proof": [signatures.proved(bare, signer, method, "2026-11-20T09:30:00Z")]}


@pytest.mark.parametrize("case", BAD)
def test_what_does_not_hold_is_told_with_its_reason(desk: Desk, made: World, case: str) -> None:
    make, said, steps, look = BAD[case]
    desk.open()
    one = desk.credential(make(made))
    expect(one.locator("h3")).to_have_text(said)
    expect(one.locator(".verify-why")).not_to_be_empty()
    assert f"verify-{look}" in str(one.get_attribute("class"))
    assert outcomes(one) == steps
    expect(desk.page.locator(".verify-valid")).to_have_count(0)


def test_several_credentials_and_a_broken_one_in_one_file(desk: Desk, made: World) -> None:
    page = desk.open()
    broken = _changed(made.credential(), surprise=1)
    one = desk.give(passport([made.credential(), made.credential(hub=STALE_HUB), broken]))
    assert one.locator("h3").all_inner_texts() == ["Valid", "Not known"]
    expect(page.locator(".verify-unread li")).to_have_count(1)
    expect(page.locator(".verify-unread")).to_contain_text("/verifiableCredential/2")


def test_files_of_one_holder_stand_together_and_another_takes_their_place(desk: Desk, made: World) -> None:
    page = desk.open()
    first, second = made.credential(), made.credential(level=1)
    desk.give(json.dumps(first), json.dumps(second), json.dumps(first))
    expect(page.locator(".verify-one")).to_have_count(2)
    desk.credential(made.credential(holder="urn:uuid:1a0e1c4e-96f4-4ad8-a01b-2cf0d5c2a7f2", name="Kofi B."))
    expect(page.locator("h2").first).to_contain_text("Kofi B.")
    expect(page.locator(".verify-one")).to_have_count(1)
    desk.give("{")
    expect(page.locator(".verify-one")).to_have_count(0)  # nobody takes the one before for this


def test_two_holders_at_once_are_told(desk: Desk, made: World) -> None:
    page = desk.open()
    other = made.credential(holder="urn:uuid:1a0e1c4e-96f4-4ad8-a01b-2cf0d5c2a7f2", name="Kofi B.")
    desk.give(json.dumps(made.credential()), json.dumps(other))
    expect(page.locator(".verify-one")).to_have_count(2)
    expect(page.locator(".verify-one").nth(1)).to_contain_text("Kofi B.")
    expect(page.get_by_role("button", name="Keep on this device")).to_have_count(0)


def test_one_id_under_two_names_is_of_two_holders(desk: Desk, made: World) -> None:
    """Who copies a file can have a credential of their own made for the id in it."""
    page = desk.open()
    one = desk.give(passport([made.credential(), made.credential(name="Kofi B.")]))
    expect(page.locator("h2").first).to_contain_text("not all of one person")
    expect(one.nth(0)).to_contain_text("Adjoa N.")
    expect(one.nth(1)).to_contain_text("Kofi B.")
    page.get_by_label("Hub", exact=True).select_option(HUB)
    expect(page.locator(".verify-machines")).to_contain_text("not all of one person")
    nameless = desk.give(passport([made.credential(), made.credential(name="")]))
    expect(nameless.nth(1)).to_contain_text("No name on it")


def test_text_and_an_address_can_be_pasted(desk: Desk, made: World) -> None:
    page = desk.open()
    for text in (json.dumps(made.credential(), indent=2), f"\n{desk.address}verify/#{made.card()}\n"):
        page.fill("textarea", text)
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator(".verify-valid h3").first).to_have_text("Valid")
        page.get_by_role("button", name="Clear this page").click()


def test_a_file_can_be_dropped_anywhere(desk: Desk, made: World) -> None:
    page = desk.open()
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "ama.json"));
            const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
            document.querySelector("h1").dispatchEvent(drop);
        }""",
        json.dumps(made.credential()),
    )  # fmt: skip
    expect(page.locator(".verify-valid h3")).to_have_text("Valid")


def test_what_is_no_passport_is_told(desk: Desk, made: World) -> None:
    page = desk.open()
    digits = made.card()
    for text in ("{", "[]", '{"type": "Person"}', "https://example.org/menu", f"1.{digits[2:-1]}0", "2.123", "1.x"):
        page.fill("textarea", text)
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator(".verify-unread li")).to_have_count(1)
        expect(page.locator("#verify-status")).to_have_text("")
    desk.give(b"\xff\xfe", b" " * 900_000, b"")
    expect(page.locator(".verify-unread li")).to_have_count(3)
    expect(page.locator(".verify-unread li").nth(1)).to_contain_text("larger than any passport")


def test_hostile_text_stays_text(desk: Desk, made: World) -> None:
    page = desk.open()
    markup = "<img src=x onerror=alert(1)>"
    desk.credential(made.credential(name=markup, note=f"{markup}</script>"))
    expect(page.locator("h2").first).to_contain_text(markup)
    file: Any = {"name": f"{markup}\u202egnp.json", "mimeType": "application/json", "buffer": b"{"}
    page.set_input_files("input[type=file]", [file])
    expect(page.locator(".verify-unread")).to_contain_text(markup)
    desk.give('{"__proto__": {"verifiableCredential": []}}')
    desk.give("[" * 100_000)
    assert page.locator("#karakana-verify img").count() == 0


def test_a_browser_that_cannot_check_says_so(desk: Desk, made: World) -> None:
    desk.page.add_init_script(NEVER)
    page = desk.open()
    expect(page.locator(".karakana-banner").first).to_contain_text("Ed25519")
    one = desk.credential(made.credential())
    expect(one.locator("h3")).to_have_text("Not checked")
    expect(one).to_contain_text("Laser cutter operation")
    assert outcomes(one) == ["ok", "skipped", "skipped", "skipped", "ok", "skipped"]
    expect(page.locator(".verify-doors")).to_have_count(0)  # nothing is decided from what nobody checked


def test_without_keys_nothing_is_valid(desk: Desk, made: World) -> None:
    desk.page.route("**/data/passports/keys.json", lambda route: route.abort())
    desk.open()
    one = desk.credential(made.credential())
    expect(one.locator("h3")).to_have_text("Not checked")
    expect(one.locator(".verify-why")).to_contain_text("keys")


def test_an_unknown_issuer_is_not_valid(desk: Desk, made: World) -> None:
    desk.page.route("**/data/passports/keys.json", lambda route: _without(route, made, HUB))
    desk.open()
    one = desk.credential(made.credential())
    expect(one.locator("h3")).to_have_text("Not valid")
    assert outcomes(one)[:3] == ["ok", "bad", "skipped"]


def test_where_many_hubs_sign_the_keys_of_the_issuers_country_are_fetched(desk: Desk, made: World) -> None:
    whole = json.loads((made.site / "data/passports/keys.json").read_bytes())
    apart = {hub[:2]: {id: told for id, told in whole["hubs"].items() if id[:2] == hub[:2]} for hub in whole["hubs"]}
    ids = {country: " ".join(hub.partition("/")[2] for hub in hubs) for country, hubs in apart.items()}
    asked: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.partition("/data/passports/")[2]
        asked.append(name)
        named = {"keys.json": {**whole, "hubs": {}, "apart": sorted(apart), "others": 0}, "others.json": ids}
        told = named.get(name) or apart[name[5:7]]
        route.fulfill(body=json.dumps(told), content_type="application/json")

    desk.page.route("**/data/passports/keys**", answer)
    desk.page.route("**/data/passports/others.json", answer)
    desk.open()
    expect(desk.credential(made.credential()).locator("h3")).to_have_text("Valid")
    assert sorted(set(asked)) == ["keys.json", "keys/gh.json"]
    machine = desk.page.locator(".verify-machines > li").first
    desk.page.get_by_label("Hub", exact=True).select_option(HUB)
    expect(machine).to_contain_text("Yes")
    desk.page.unroute("**/data/passports/keys**")
    desk.page.route(
        "**/data/passports/keys**", lambda route: answer(route) if "ke.json" not in route.request.url else route.abort()
    )
    desk.page.get_by_role("button", name="Clear this page").click()
    expect(desk.credential(made.credential(STALE_HUB)).locator("h3")).to_have_text("Not checked")


def _without(route: Route, made: World, hub: str) -> None:
    data = json.loads((made.site / "data/passports/keys.json").read_bytes())
    del data["hubs"][hub]
    route.fulfill(body=json.dumps(data), content_type="application/json")


def test_what_it_opens_at_a_hub(desk: Desk, made: World) -> None:
    page = desk.open()
    desk.credential(made.credential())
    page.get_by_label("Hub", exact=True).select_option(HUB)
    machines = page.locator(".verify-machines > li")
    expect(machines.first).to_contain_text("Yes")
    expect(machines.first).to_contain_text("Big laser")
    expect(machines.first.get_by_role("link")).to_have_attribute("href", f"../machines/{HUB}/laser/")
    desk.credential(made.credential(level=1, holder="urn:uuid:1a0e1c4e-96f4-4ad8-a01b-2cf0d5c2a7f2"))
    expect(page.get_by_label("Hub", exact=True)).to_have_value(HUB)  # kept on the device
    laser = machines.filter(has_text="Big laser")
    expect(laser.locator(".verify-deny")).to_have_text("No")
    expect(laser.locator("ul")).not_to_be_empty()


def test_what_is_given_first_is_read_first_however_slow_it_is(desk: Desk, made: World) -> None:
    held = Held(desk.page, "**/dictionary-1.txt")
    page = desk.open()
    page.get_by_label("Or paste its text").fill(f"{desk.address}verify/#{made.card()}")
    page.get_by_role("button", name="Check", exact=True).click()
    held.arrive()
    page.get_by_label("Or paste its text").fill("something else")
    other = made.credential(holder="urn:uuid:1a0e1c4e-96f4-4ad8-a01b-2cf0d5c2a7f2", name="Efua M.")
    page.set_input_files("input[type=file]", [_file(other)])
    page.wait_for_timeout(200)
    held.go_on()
    expect(page.locator(".verify-whose")).to_contain_text("Efua M.")
    page.wait_for_timeout(500)
    expect(page.locator(".verify-whose")).to_contain_text("Efua M.")
    expect(page.get_by_label("Or paste its text")).to_have_value("something else")


def test_what_is_still_being_read_is_taken_away_too(desk: Desk, made: World) -> None:
    held = Held(desk.page, "**/dictionary-1.txt")
    page = desk.open()
    desk.credential(made.credential())
    page.get_by_label("Or paste its text").fill(f"{desk.address}verify/#{made.card()}")
    page.get_by_role("button", name="Check", exact=True).click()
    held.arrive()
    page.get_by_role("button", name="Clear this page").click()
    held.go_on()
    page.wait_for_timeout(500)
    expect(page.locator(".verify-one")).to_have_count(0)


def test_the_focus_does_not_wait_for_the_rules_of_a_hub(desk: Desk, made: World) -> None:
    held = Held(desk.page, "**/data/passports/rules/*.json")
    page = desk.open()
    page.evaluate("(hub) => localStorage.setItem('karakana-at', hub)", HUB)
    desk.credential(made.credential())
    expect(page.locator(".verify-whose")).to_be_focused()
    expect(page.locator("#verify-status")).to_have_text("Valid")
    page.get_by_label("Or paste its text").focus()
    held.arrive()
    held.go_on()
    expect(page.locator(".verify-machines > li").first).to_contain_text("Yes")
    expect(page.get_by_label("Or paste its text")).to_be_focused()


def test_a_passport_is_kept_only_when_somebody_says_so(desk: Desk, made: World) -> None:
    page = desk.open()
    desk.give(passport([made.credential(), made.credential(level=1)]))
    assert page.evaluate("localStorage.getItem('karakana-passport')") is None
    page.get_by_role("button", name="Keep on this device").click()
    desk.open()
    page.get_by_role("button", name="Show it").click()
    expect(page.locator(".verify-valid")).to_have_count(2)
    page.get_by_role("button", name="Remove it").click()
    assert page.evaluate("localStorage.getItem('karakana-passport')") is None
    expect(page.get_by_role("button", name="Show it")).to_have_count(0)


def test_the_camera_reads_a_card_and_stops(desk: Desk, made: World) -> None:
    desk.page.add_init_script(CAMERA)
    page = desk.open()
    assert page.evaluate("tracks.length") == 0  # nobody asked for it yet
    page.get_by_role("button", name="Scan a card").click()
    page.evaluate("seen = ['https://example.org/menu']")
    expect(page.locator(".verify-camera [role=status]")).not_to_contain_text("Hold")
    page.evaluate("(text) => { seen = [text] }", f"{made.url}verify/#{made.card()}")
    expect(page.locator(".verify-valid h3")).to_have_text("Valid")
    assert page.evaluate("tracks.map((one) => one.readyState)") == ["ended"]
    page.evaluate("seen = []")
    page.get_by_role("button", name="Scan a card").click()
    page.get_by_role("button", name="Stop the camera").click()
    page.wait_for_function("tracks.every((one) => one.readyState === 'ended')")


def test_without_codes_or_camera_the_phone_is_named(desk: Desk) -> None:
    page = desk.open()
    expect(page.locator(".verify-ways")).to_contain_text("Your phone's camera can")
    expect(page.get_by_role("button", name="Scan a card")).to_have_count(0)


def test_it_works_without_a_network_once_visited(browser: Browser, site: str, made: World) -> None:
    desk = Desk(browser.new_context(), site)
    page = desk.open()
    page.wait_for_function(
        """async () => (await navigator.serviceWorker.ready).active?.state === "activated"
            && (await caches.match(new URL("../data/passports/keys.json", location.href))) !== undefined"""
    )
    desk.open()
    desk.credential(made.credential())
    desk.context.set_offline(True)
    page.goto("about:blank")  # else only what follows the # would change
    desk.open(made.card())
    one = page.locator(".verify-one")
    expect(one.locator("h3")).to_have_text("Valid")
    expect(one).to_contain_text("kept")  # the list that this device has
    page.get_by_role("button", name="Clear this page").click()
    expect(desk.credential(made.credential(hub=STALE_HUB)).locator("h3")).to_have_text("Not known")
    page.clock.set_fixed_time("2027-01-22T12:00:00Z")  # the list of November says nothing any more
    page.get_by_role("button", name="Clear this page").click()
    expect(desk.credential(made.credential()).locator("h3")).to_have_text("Not known")
    desk.context.close()
    assert desk.faults == []


def test_lists_that_a_hub_needs_can_be_kept_ahead(desk: Desk, made: World) -> None:
    page = desk.open()
    desk.credential(made.credential())
    page.get_by_label("Hub", exact=True).select_option(HUB)
    page.get_by_role("button", name="Keep the lists").click()
    said = page.locator(".verify-doors [role=status]")
    expect(said).to_contain_text("2 of 2")  # its own, and that of whom it accepts
    page.route("**/statuses/**", lambda route: route.abort())
    page.get_by_role("button", name="Clear this page").click()
    one = desk.credential(made.credential(hub=STALE_HUB))
    expect(one.locator(".verify-steps li").last).to_contain_text("out of date")  # not: there is none


def test_the_page_of_another_network_is_no_list(desk: Desk, made: World) -> None:
    page = desk.open()
    document = made.credential()
    expect(desk.credential(document).locator("h3")).to_have_text("Valid")
    page.route("**/statuses/**", lambda route: route.fulfill(body="<!doctype html>pay here", content_type="text/html"))
    page.get_by_role("button", name="Clear this page").click()
    expect(desk.credential(document).locator("h3")).to_have_text("Valid")  # by the list that was kept


def test_a_list_is_asked_for_anew(desk: Desk, made: World) -> None:
    page = desk.open()
    document = made.credential()
    expect(desk.credential(document).locator("h3")).to_have_text("Valid")
    page.route(f"**/statuses/{HUB}.json", lambda route: route.fulfill(body=_revoking(made, 4711)))
    page.get_by_role("button", name="Clear this page").click()
    expect(desk.credential(document).locator("h3")).to_have_text("Revoked")


def _revoking(made: World, index: int) -> bytes:
    document = statuses.unsigned(made.url, HUB, (index,), datetime(2026, 11, 22, tzinfo=UTC), 30)
    proof = signatures.sign_for(document, SIGNERS[HUB], HUB, made.url, document["validFrom"])
    return json.dumps({**document, "proof": [proof]}).encode()


def test_invented_hubs_are_named_as_such(desk: Desk, made: World) -> None:
    desk.open()
    expect(desk.credential(made.credential(hub=STALE_HUB))).to_contain_text("invented, for demonstration")


@pytest.mark.parametrize("look", ["light", "dark", "arabic"])
def test_nothing_for_axe_to_find_and_it_fits_a_phone(browser: Browser, site: str, made: World, look: str) -> None:
    scheme: Any = "dark" if look == "dark" else "light"
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True, service_workers="block")
    desk = Desk(context, site)
    page = desk.open(language="ar/" if look == "arabic" else "")
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN, TAGS) == []
    desk.give(passport([
        made.credential(note="n" * 200), made.credential(level=1, status_index=REVOKED), made.credential(hub=STALE_HUB),
        _changed(made.credential(), level=2, surprise=1),
    ]))  # fmt: skip
    page.locator(".verify-at select").nth(1).select_option(HUB)
    expect(page.locator(".verify-machines > li").first).to_be_visible()
    assert page.evaluate(RUN, TAGS) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_what_the_page_loads_is_small(made: World) -> None:
    own = ("assets/app/verify.js", "assets/app/verify.css", "verify/index.html", "data/passports/keys.json")
    card = "assets/passports/dictionary-1.txt"
    sizes = {path: len(gzip.compress((made.site / path).read_bytes(), 9)) for path in (*own, card)}
    assert sum(sizes.values()) <= BUDGET, sizes


def test_words_stand_for_every_code(made: World) -> None:
    words = json.loads((Path(__file__).parent.parent / "site/strings/en.json").read_bytes())
    known = json.loads((made.site / "data/passports/keys.json").read_bytes())["codes"]
    faults = ("no-code", "later-version", "not-digits", "too-long", "misread", "term-unknown", "not-a-credential")
    assert [code for code in (*known, *faults) if f"passport.code.{code}" not in words] == []


def test_days_of_the_page_are_those_of_the_command_line(desk: Desk, made: World) -> None:
    """A credential that is assessed on the day itself holds; days are those of UTC wherever the device is."""
    desk.open()
    expect(desk.credential(made.credential(assessed_on=date(2026, 11, 20))).locator("h3")).to_have_text("Valid")
