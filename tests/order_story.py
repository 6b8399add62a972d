"""An order of three manufacturers for tests: its terms, keys of its hubs, and a story that plays it to its end."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator import orders, signatures
from generator.orders import Action, Entry, Expected, Head, Log, Terms
from generator.records.hub import HubKey
from generator.signatures import Keys, Signer

BUYER, INSPECTOR = "gh/buyer", "gh/judge"
MAKERS = ("gh/one", "ke/two", "tg/three")
JOINER = "cm/four"
HUBS = (BUYER, *MAKERS, INSPECTOR, JOINER)
ADDRESS = "https://registry.example/"

ORDER = b"""\
order: stools-2027-01
title: 40 stools for a school
design: precious-hocker
quantity: 40
currency: EUR
parties:
  initiator: gh/buyer
  manufacturers:
    - hub: gh/one
      quantity: 15
      price: "150.00"
    - hub: ke/two
      quantity: 15
      price: "150.00"
    - hub: tg/three
      quantity: 10
      price: "100.00"
  inspector: gh/judge
  recipient: gh/buyer
  payer: gh/buyer
dates:
  sign_by: 2026-12-15
  prototype_due: 2027-01-15
  delivery_due: 2027-03-01
rework_rounds: 2
quality:
  - id: seat-height
    label: Height of the seat
    method: measure at three legs, take the greatest
    instrument: steel rule, 0.5 mm
    tolerance: 450 mm +/- 3 mm
    sampling:
      basis: risks
      aql_percent: "2.5"
      ltpd_percent: "30"
  - id: load
    label: Carries 150 kg
    method: load for a minute
    tolerance: no crack
    sampling:
      basis: mil-std-105e
      aql_percent: "2.5"
"""
FILE = orders.read_terms(ORDER)
(TERMS,) = FILE.terms
SIGNERS: Mapping[str, Signer] = {hub: signatures.signer(bytes([at + 1]) * 32) for at, hub in enumerate(HUBS)}
KEYS: Keys = {
    hub: (HubKey(public_key=signer.public_key, valid_from=date(2026, 1, 1)),) for hub, signer in SIGNERS.items()
}
EXPECTED = Expected(FILE.sha256, KEYS)
GOOD_PROTOTYPE = {"seat-height": {"pieces": 1, "faulty": 0}, "load": {"pieces": 1, "faulty": 0}}
BAD_PROTOTYPE = {**GOOD_PROTOTYPE, "load": {"pieces": 1, "faulty": 1}}


def lot_check(pieces: int, faulty: int = 0) -> dict[str, Any]:
    """Return what is counted when all pieces of a lot were checked for height, of which some were faulty."""
    return {"seat-height": {"pieces": pieces, "faulty": faulty}, "load": {"pieces": pieces, "faulty": 0}}


Told = tuple[str, str, str, dict[str, Any]]  # step, by, lot, details


def signing() -> list[Told]:
    return [("offer", BUYER, "", {}), *(("sign", hub, "", {}) for hub in TERMS.parties)]


def making(hub: str, pieces: int) -> list[Told]:
    return [
        ("submit-prototype", hub, hub, {}),
        ("inspect-prototype", INSPECTOR, hub, {"checked": GOOD_PROTOTYPE}),
        ("release", INSPECTOR, hub, {}),
        ("deliver", hub, hub, {"quantity": pieces}),
        ("inspect-lot", INSPECTOR, hub, {"checked": lot_check(pieces)}),
        ("accept", BUYER, hub, {}),
        ("pay", BUYER, hub, {}),
    ]


# One is good; two's prototype is sent back once, then it is good; three gives up, and four joins for its ten pieces.
STORY: list[Told] = [
    *signing(),
    *making("gh/one", 15),
    ("submit-prototype", "ke/two", "ke/two", {}),
    ("inspect-prototype", INSPECTOR, "ke/two", {"checked": BAD_PROTOTYPE}),
    ("rework-prototype", INSPECTOR, "ke/two", {"note": "a leg cracked"}),
    ("end", "tg/three", "tg/three", {"reason": "the saw broke"}),
    ("replan", BUYER, "", {"quantities": {"ke/two": 20, JOINER: 5}, "manifest_sha256": "0" * 64}),
    ("sign", JOINER, "", {}),
    ("agree", "ke/two", "ke/two", {}),
    *making("ke/two", 20),
    ("dispute", JOINER, "", {"against": BUYER, "reason": "the drawings came late"}),
    ("settle", BUYER, "", {"outcome": "resume"}),
    ("settle", JOINER, "", {"outcome": "resume"}),
    *making(JOINER, 5),
    ("close", BUYER, "", {}),
]


def actions(story: Iterable[Told] = STORY) -> list[Action]:
    """Return the steps of a story, an hour apart."""
    return [
        Action(step=step, by=by, at=f"2026-12-{1 + at // 24:02}T{at % 24:02}:00:00Z", lot=lot, details=details)
        for at, (step, by, lot, details) in enumerate(story)
    ]


def written(told: Iterable[Action], order: str = FILE.sha256, head: Head = Head()) -> list[Entry]:  # noqa: B008
    """Return the signed entries of some steps."""
    found: list[Entry] = []
    for action in told:
        found.append(orders.entry(order, head, action, SIGNERS[action.by], ADDRESS))
        head = found[-1].head
    return found


def files_of(entries: Iterable[Entry]) -> dict[str, bytes]:
    """Return the files of a log."""
    listed = list(entries)
    found = {one.file: orders.entry_file(one) for one in listed}
    return {**found, orders.HEAD_FILE: orders.head_file(listed[-1].head if listed else Head())}


def read(files: Mapping[str, bytes], *seen: Head, terms: Terms = TERMS) -> Log:
    """Return what a log says."""
    return orders.read_log(terms, files, EXPECTED._replace(seen=seen))
