"""A browser in; Explore as somebody visits it, with a list of what went wrong, out. What tests of it share."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route

APP = Path(__file__).parent.parent / "site/app"
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "accept_downloads": True}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


class Visit:
    """A page that keeps a list of what went wrong on it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("request", lambda asked: self._asked(asked.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"request: {url}")

    def __call__(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@contextmanager
def visiting(browser: Browser, address: str, **options: Any) -> Iterator[Visit]:
    """Give a window of its own; nothing may have gone wrong in it when it is closed."""
    context = browser.new_context(**options)
    made = Visit(context, address)
    yield made
    context.close()
    assert made.faults == []


class Held:
    """Requests for a path, which wait until the test says that they go on."""

    def __init__(self, page: Page, path: str) -> None:
        self._page, self._path = page, path
        self._waiting: list[Route] = []
        page.route(path, self._keep)

    def _keep(self, route: Route) -> None:
        self._waiting.append(route)

    def arrive(self) -> None:
        """Wait until there is one."""
        for _ in range(600):
            if self._waiting:
                return
            self._page.wait_for_timeout(50)
        raise AssertionError(f"nothing asked for {self._path}")

    def go_on(self) -> None:
        """Let them go on, and those that come later."""
        self._page.unroute(self._path)


def names(page: Page) -> list[str]:
    return page.locator("#explore-list h3").all_inner_texts()


def box(page: Page, name: str) -> Any:
    return page.locator(".explore-facet label", has=page.get_by_text(name, exact=True))


def bundled(page: Page, source: str) -> None:
    """Put what a line of TypeScript exports from modules of the app on a page as `app`."""
    command = [str(APP.parent / "node_modules/.bin/esbuild"), "--bundle", "--format=iife", "--global-name=app"]
    command += ["--loader=ts", "--log-level=warning"]
    made = subprocess.run(command, input=source, cwd=APP, check=True, capture_output=True, text=True)
    page.add_script_tag(content=made.stdout)
