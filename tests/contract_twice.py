"""Templates and values in; what the generator makes of them and what the site's form makes of them, in one form, out.

The site's part is its own TypeScript in Chromium, where checksums are WebCrypto's.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from generator import contracts, signatures, words
from generator.contracts import Problem, World
from generator.publish import contract_form, contract_form_words
from generator.records import Contract, Hub
from generator.registry import Registry
from tests import contract_doubts

ROOT = Path(__file__).parent.parent
Values = Mapping[str, Any]
Wordings = Mapping[str, tuple[str, str]]

# How the command line says what the form knows by a key: message and way out.
WORDINGS: Wordings = json.loads((ROOT / "tests/contract_problems.json").read_bytes())
_TAKES = {
    "party": "the id of a hub, or `name: …` with `address: …` and `country: …`",
    "design": "the id of a design, or `name: …` with `version: …` and `url: …`",
    "place": "an address", "document": "its name, or `name: …` with `version: …`, `url: …` and `sha256: …`",
}  # fmt: skip
_RUNNER = """
import { filled } from "./contracts/filling";
import { Language } from "./contracts/language";
import { canonical, manifest } from "./contracts/manifest";
import { html, markdown } from "./contracts/written";
(globalThis as any).twice = async (cases, templates, facts, common, hubs, reasons) => {
  const world = {
    common, hub: (id) => hubs[id], hubIds: () => Object.keys(hubs),
    doubts: (all, design) => reasons.map(([hub, why]) => [hub, why]),
  };
  const found = [];
  for (const [template, code, values] of cases) {
    const language = new Language(code, facts[code], common);
    const one = filled(templates[template], values, language, world);
    const text = markdown(one, language);
    const made = await manifest(templates[template], one.parameters, { [code]: text });
    found.push({ problems: one.problems, text, html: html(one, language, common), parameters: canonical(one.parameters), manifest: canonical(made) });
  }
  return found;
};
"""  # noqa: E501  # TypeScript


class Form:
    """The form's modules in a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.facts = {code: contract_form_words.of_language(code, ("en", "fr")) for code in ("en", "fr", "ar", "pt")}

    def fill(
        self, known: Registry, templates: Sequence[Contract], cases: Sequence[tuple[int, str, Values]],
        reasons: Sequence[tuple[str, str]] = (),
    ) -> list[dict[str, Any]]:  # fmt: skip
        """Return what the form makes of (template, language, values), the problems in the command line's words."""
        hubs = {hub.id: of_hub(hub) for hub in known.all(Hub)}
        read = [template_data(known, one) for one in templates]
        given = [cases, read, self.facts, contract_form.common(known), hubs, reasons]
        found: list[dict[str, Any]] = self.page.evaluate("(given) => twice(...given)", given)
        for one in found:
            one["problems"] = [list(_worded(problem)) for problem in one["problems"]]
        return found


def template_data(known: Registry, one: Contract) -> dict[str, Any]:
    """Return a template as the page has it; one of a test stands in no registry."""
    if known.get(Contract, one.id) == one:
        return contract_form.template(known, one, {})
    return contract_form.template(_Alone(), one, {})  # type: ignore[arg-type]


class _Alone:
    """A registry whose records have no files."""

    def data(self, record: Contract) -> dict[str, str]:
        return {"id": record.id}


def by_generator(
    known: Registry, template: Contract, language: str, values: Values, reasons: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Return what the command line makes of values."""
    one = contracts.filled(template, values, language, World(known, lambda *_: tuple(reasons)))
    text = contracts.markdown(one)
    whole = known if known.get(Contract, template.id) == template else _Alone()
    made = contracts.manifest(
        template.id, whole.data(template), one.parameters, {language: text}, template.prevailing_language
    )
    return {
        "problems": [list(problem) for problem in one.problems], "text": text, "html": contracts.html(one),
        "parameters": signatures.canonical(one.parameters).decode(), "manifest": signatures.canonical(made).decode(),
    }  # fmt: skip


def of_hub(hub: Hub) -> dict[str, Any]:
    """Return what the form knows of a hub (site/app/contracts/hubs.ts)."""
    where = hub.location
    address = ", ".join(part for part in (where.address, f"{where.postcode} {where.locality}".strip()) if part)
    return {
        "name": hub.name.into("en"), "address": address, "country": hub.country, "accepts": list(hub.accepts),
        "keys": [key.public_key for key in hub.keys],
    }  # fmt: skip


def _worded(problem: Mapping[str, Any]) -> Problem:
    values = {
        name: words.listed(value) if isinstance(value, list) else value for name, value in problem["values"].items()
    }
    message, hint = WORDINGS[problem["key"]]
    if "kind" in values:
        values["hint"] = f"give {_TAKES[values['kind']]}"
    if problem["key"] == "missing":
        values["takes"] = (
            f"one of {values['choices']}" if "choices" in values
            else f"a list of values of the type {values['type']}" if values["many"] == "true"
            else f"a value of the type {values['type']}"
        )  # fmt: skip
    if "guess" in values:
        guess, (_, _, otherwise) = values["guess"], hint.partition(" | ")
        hint = f"did you mean `{guess}`?" if guess else otherwise
    item = f"item {values['item']} " if "item" in values else ""
    return Problem(problem["parameter"], item + _filled(message, values), _filled(hint, values))


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text


@contextmanager
def form(browser: Browser) -> Iterator[Form]:
    """Yield the form's modules in a page of a secure address, as WebCrypto wants."""
    command = ["node_modules/.bin/esbuild", "--bundle", "--format=iife", "--loader=ts", "--sourcefile=twice.ts"]
    modules = (_RUNNER + contract_doubts.RUNNER).replace('"./', '"./app/')
    done = subprocess.run(command, cwd=ROOT / "site", input=modules, capture_output=True, text=True, check=True)
    made = done.stdout
    page = browser.new_page()
    page.route("**", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto("https://form.example/")
    page.evaluate(made)
    yield Form(page)
    page.close()
