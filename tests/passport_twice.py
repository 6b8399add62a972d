"""Files that makers carry in; what the generator finds in them and what the verifier's page does, in one form, out.

The page's part is its own TypeScript in Chromium, where signatures are WebCrypto's.
"""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page

from generator.passports import presentation, proving, statuses
from generator.passports.reading import Carried
from generator.passports.values import Claim, Fault
from generator.records.hub import HubKey
from generator.signatures import Keys

ROOT = Path(__file__).parent.parent
RUNNER = """
import { expanded, isSet } from "./app/passports/bits";
import { fromBase58 } from "./app/passports/base58";
import { canonicalBytes, digest, read } from "./app/passports/jcs";
import { isAble, isValid, Unable } from "./app/passports/multikey";
import { opened } from "./app/passports/presentation";
import { proofOf, uncheckedSuites } from "./app/passports/proving";
import { hasForm, holds, signedBy } from "./app/passports/signatures";
import { standing } from "./app/passports/statuses";
const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const hex = (found) => [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const text = (found) => new TextDecoder().decode(found);
const snake = (name) => name.replace(/[A-Z]/g, (char) => "_" + char.toLowerCase());
const judged = async (one, list, keys, day) => {
  const proof = await proofOf(one, keys, day);
  return {
    claim: Object.fromEntries(Object.entries(one.claim).map(([name, value]) => [snake(name), value])),
    proof: [proof.code, proof.signedOn, proof.publicKey],
    status: await standing(list, one.claim, keys, day),
  };
};
const readings = {
  able: () => isAble(),
  canonical: (source) => text(canonicalBytes(JSON.parse(source))),
  digest: async (value) => hex(await digest(value)),
  base58: (value) => { const found = fromBase58(value); return found && hex(found); },
  read: (source, limit, depth) => { try { return text(canonicalBytes(read(bytes(source), limit, depth))); } catch { return null; } },
  valid: (key, signature, data) => isValid(key, bytes(signature), bytes(data)),
  holds: async (document, proof, key) => hasForm(proof) && await holds(document, proof, key),
  method: (value) => signedBy(value),
  bits: async (value) => { const found = await expanded(value); return found && [found.length, ...[0, 7, 8, 131071, 131072].map((at) => isSet(found, at))]; },
  unchecked: (source) => opened(bytes(source)).credentials.map(uncheckedSuites),
  passport: async (source, list, keys, day) => {
    const found = opened(bytes(source));
    if ("code" in found) return { fault: [found.code, found.place] };
    const read = list === null ? null : bytes(list);
    const credentials = await Promise.all(found.credentials.map((one) => judged(one, read, keys, day)));
    return { holder: found.holder, faults: found.faults.map((one) => [one.code, one.place]), credentials };
  },
};
globalThis.twice = (what, cases) => Promise.all(cases.map((one) => readings[what](...one)))
  .catch((error) => { if (error instanceof Unable) return "unable"; throw error; });
"""  # noqa: E501  # TypeScript


class Case(NamedTuple):
    """A file, its issuer's status list or None, the hubs' keys, and the day on which somebody checks it."""

    source: bytes
    list: bytes | None
    keys: Keys
    day: date


class Verifier:
    """The verifier's modules in a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def ask(self, what: str, cases: Sequence[Sequence[Any]]) -> list[Any]:
        """Return what one of the readings above gives for each case."""
        found: list[Any] = self.page.evaluate("([what, cases]) => twice(what, cases)", [what, cases])
        return found

    def check(self, cases: Sequence[Case]) -> list[dict[str, Any]]:
        """Return what the page finds, as `by_generator` does."""
        return self.ask("passport", [
            [b64(one.source), None if one.list is None else b64(one.list), published(one.keys), one.day.isoformat()]
            for one in cases
        ])  # fmt: skip


@contextmanager
def verifier(browser: Browser, address: str = "https://verifier.example/", before: str = "") -> Iterator[Verifier]:
    """Yield the verifier's modules in a page of an address; `before` runs in it before they do."""
    command = ["node_modules/.bin/esbuild", "--bundle", "--format=iife", "--loader=ts", "--sourcefile=twice.ts"]
    done = subprocess.run(command, cwd=ROOT / "site", input=RUNNER, capture_output=True, text=True, check=True)
    page = browser.new_page()
    page.route("**", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(address)
    page.evaluate(before or "0")
    page.evaluate(done.stdout)
    yield Verifier(page)
    page.close()


def by_generator(case: Case) -> dict[str, Any]:
    """Return what the generator finds: the fault of the file, or claims, proofs and standings."""
    found = presentation.opened(case.source)
    if isinstance(found, Fault):
        return {"fault": [found.code, found.place]}
    return {
        "holder": found.holder, "faults": [[one.code, one.place] for one in found.faults],
        "credentials": [_judged(one, case) for one in found.credentials],
    }  # fmt: skip


def _judged(one: Carried, case: Case) -> dict[str, Any]:
    claim = one.claim
    proof = proving.proof_of(one, case.keys, case.day)
    signed_on = "" if proof.signed_on is None else proof.signed_on.isoformat()
    status = statuses.standing(case.list, claim, case.keys, case.day)
    return {
        "claim": {field.name: _written(getattr(claim, field.name)) for field in fields(Claim)},
        "proof": [proof.code, signed_on, proof.public_key], "status": status,
    }  # fmt: skip


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


def published(keys: Keys) -> dict[str, list[dict[str, str]]]:
    """Return the keys as the page has them."""
    return {hub: [_key(one) for one in all] for hub, all in keys.items()}


def _key(key: HubKey) -> dict[str, str]:
    values = ((field.name, getattr(key, field.name)) for field in fields(key))
    return {name: str(value) for name, value in values if value is not None}


def b64(data: bytes) -> str:
    """Return bytes as a text that a page can be given."""
    return base64.b64encode(data).decode()
