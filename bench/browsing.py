"""An address in; what a visit to it costs in a real browser out: bytes, and time until something shows."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright


@dataclass(frozen=True, slots=True)
class Line:
    """How slow a device is made: its processor that many times slower, its line in kbit/s and ms; and its window."""

    slower: float = 1
    kbit: float = 0
    latency_ms: float = 0
    width: int = 1280
    height: int = 900


FREE = Line()
PHONE = Line(slower=4, kbit=1600, latency_ms=150, width=390, height=844)


@dataclass(slots=True)
class Visit:
    """A page that was opened with an empty cache, and what has come over the line for it so far."""

    page: Page
    session: CDPSession
    begun: float
    requests: int = 0
    bytes: int = 0
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.begun


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the system's Chromium, or the one that Playwright installed."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def visit(browser: Browser, url: str, line: Line = FREE, script: str = "") -> Iterator[Visit]:
    """Open a page in a window of its own with nothing kept and no service worker; `script` runs before the page's own.

    The visit is given as soon as the page's own HTML has begun to come.
    """
    size = ViewportSize(width=line.width, height=line.height)
    context = browser.new_context(viewport=size, service_workers="block")
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        made = Visit(page, session, 0)
        _listen(made)
        _slow(session, line)
        if script:
            page.add_init_script(script)
        made.begun = time.perf_counter()
        page.goto(url, wait_until="commit")
        yield made
    finally:
        context.close()


def _listen(made: Visit) -> None:
    def finished(event: dict[str, Any]) -> None:
        made.requests += 1
        made.bytes += int(event["encodedDataLength"])

    made.session.send("Network.enable")
    made.session.on("Network.loadingFinished", finished)


def _slow(session: CDPSession, line: Line) -> None:
    if line.slower != 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": line.slower})
    if line.kbit:
        rate = line.kbit * 1000 / 8
        conditions = {
            "offline": False,
            "latency": line.latency_ms,
            "downloadThroughput": rate,
            "uploadThroughput": rate,
        }
        session.send("Network.emulateNetworkConditions", conditions)


# Resolves when an expression has become true and the browser has painted what follows from it, else after a time.
_PAINT = """
const paint = (ready, begun, patience) => new Promise((resolve) => {
    const told = () => resolve(performance.now() - begun);
    const look = () => requestAnimationFrame(ready() ? () => setTimeout(told) : look);
    look();
    setTimeout(() => resolve(NaN), patience);
});
"""


def painted(page: Page, ready: str, patience: float = 120) -> float:
    """Return the milliseconds since the page was asked for at which an expression became true and was painted."""
    found: float = page.evaluate(f"() => {{ {_PAINT} return paint(() => {ready}, 0, {patience * 1000}); }}")
    return found


def after(page: Page, action: str, ready: str, patience: float = 30) -> float:
    """Return the milliseconds from an action of the visitor to the paint of what it leads to."""
    found: float = page.evaluate(
        f"() => {{ {_PAINT} const begun = performance.now(); {action};"
        f"return paint(() => {ready}, begun, {patience * 1000}); }}"
    )
    return found
