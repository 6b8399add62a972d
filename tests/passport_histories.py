"""Random histories for passports: hubs with keys, rules, machines and credentials, small enough to collide often.

`python -m tests.passport_histories 100000` compares the decisions with the slow reference in each of so many.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from generator.passports.decision import decide
from generator.passports.recognising import Facts, facts_of
from generator.passports.values import Claim, Evidence, Question
from generator.registry import Registry
from tests import passport_reference as reference

Data = dict[str, Any]
HUBS = ["gh/a", "gh/b", "ke/c", "fr/d"]
NETWORKS = ["north", "south"]
COMPETENCES = ["laser", "lathe"]
START = date(2026, 1, 1)
SPAN = 24  # days in which everything happens, so that edges are met
FAULTS = ("signature-invalid", "issuer-differs", "proof-missing")
LISTS = ("fresh", "status-stale", "status-missing", "status-unsigned")


def day_of(draw: random.Random, low: int = 0, high: int = SPAN) -> date:
    return START + timedelta(days=draw.randint(low, high))


def some(draw: random.Random, names: list[str], most: int) -> list[str]:
    return draw.sample(names, draw.choice((0, *range(1, most + 1), most)))


def history(draw: random.Random) -> Data:
    """Return a history. Most things are in order, so that permissions are frequent and every edge decides."""
    hubs = {hub: _hub(draw, hub) for hub in HUBS}
    machines = {f"{hub}/m{at}": _machine(draw) for hub in HUBS[:2] for at in range(2)}
    rules = {f"{draw.choice(HUBS[:2])}/r{at}": _rule(draw, sorted(machines)) for at in range(draw.randint(0, 7))}
    known = COMPETENCES if draw.random() < 0.97 else COMPETENCES[:1]
    credentials = [_credential(draw, hubs, at) for at in range(draw.choice((0, 1, 2, 3, 4, 6)))]
    return {"hubs": hubs, "machines": machines, "rules": rules, "credentials": credentials, "competences": known}


def _hub(draw: random.Random, hub: str) -> Data:
    found: Data = {"networks": some(draw, NETWORKS, 2)}
    if draw.random() < 0.12:
        found["status"] = draw.choice(("planned", "paused", "closed"))
    found["keys"] = [_key(draw, f"z{hub[-1]}{at}") for at in range(draw.choice((1, 1, 2)))]
    return found


def _key(draw: random.Random, name: str) -> Data:
    key: Data = {"public_key": name, "valid_from": day_of(draw, -20, 2)}
    for ends, chance in (("valid_until", 0.25), ("revoked_on", 0.15), ("compromised_since", 0.15)):
        if draw.random() < chance:
            key[ends] = day_of(draw)
    return key


def _machine(draw: random.Random) -> Data:
    found: Data = {}
    if draw.random() < 0.92:
        asked = draw.sample(COMPETENCES, draw.choice((1, 1, 2)))
        found["requires"] = [{"competence": one, "level": draw.choice((1, 1, 2, 3))} for one in asked]
    if draw.random() < 0.1:
        found["status"] = draw.choice(("broken", "limited", "working"))
    if draw.random() < 0.15:
        found["use"] = draw.choice(("operated", "both", "self-service"))
    return found


def _rule(draw: random.Random, machines: list[str]) -> Data:
    rule: Data = {
        "decision": draw.choice(("accept", "accept", "accept", "accept-after-induction", "refuse")),
        "competence": draw.choice(COMPETENCES), "valid_from": day_of(draw, -10, 12),
        "issuers": some(draw, HUBS, 2), "networks": some(draw, NETWORKS, 1),
    }  # fmt: skip
    if draw.random() < 0.3:
        rule["valid_until"] = day_of(draw)
    if draw.random() < 0.4:
        rule["levels"] = [{"theirs": draw.randint(1, 4), "ours": draw.randint(1, 4)} for _ in range(draw.randint(1, 3))]
    if draw.random() < 0.3:
        rule["max_age_days"] = draw.randint(1, 20)
    if draw.random() < 0.2:
        rule["excludes"] = some(draw, machines, 2)
    if draw.random() < 0.1:
        rule["condition"] = {"en": "a short induction"}
    return rule


def _credential(draw: random.Random, hubs: Data, at: int) -> Data:
    issuer = draw.choice([*HUBS, *HUBS, *HUBS, "xx/nowhere"])
    keys = [key["public_key"] for hub in HUBS if hub == issuer or draw.random() < 0.03 for key in hubs[hub]["keys"]]
    signed = day_of(draw, -6, 9)
    begins = datetime.combine(signed, datetime.min.time(), UTC) + timedelta(hours=draw.choice((-60, 0, 9, 23, 30)))
    end = day_of(draw) if draw.random() < 0.4 else None
    clock = draw.choice(((0, 0, 0), (12, 30, 0), (23, 59, 58), (23, 59, 59)))
    return {
        "id": f"urn:uuid:{at}", "issuer": issuer, "holder": "me" if draw.random() < 0.97 else draw.choice(("", "you")),
        "competence": draw.choice(COMPETENCES), "level": draw.randint(1, 4), "signed_on": signed,
        "assessed_on": signed - timedelta(days=draw.choice((-1, 0, 0, 0, 3, 9))),
        "valid_from": begins,
        "valid_until": None if end is None else datetime(end.year, end.month, end.day, *clock, tzinfo=UTC),
        "basis": draw.choice(("assessment",) * 6 + ("recognition", "recognition", "hearsay")),
        "public_key": draw.choice(keys or ["zx0"]), "is_tampered": draw.random() < 0.06,
        "list": draw.choice(LISTS) if draw.random() < 0.12 else "fresh",
        "revoked_on": day_of(draw) if draw.random() < 0.15 else None,
    }  # fmt: skip


def registry_of(told: Data) -> Registry:
    """Return the registry of a history."""
    basics = {"name": {"en": "Hub"}, "kind": "makerspace", "location": {"locality": "Town"}}
    named = {
        "competence": {id: {"labels": {"en": id}, "levels": []} for id in told["competences"]},
        "hub": {id: {**basics, **hub} for id, hub in told["hubs"].items()},
        "machine": {id: {"name": "Machine", **machine} for id, machine in told["machines"].items()},
        "recognition": told["rules"],
    }
    tables = {
        kind: {id: json.dumps(table[id], default=str).encode() for id in sorted(table)} for kind, table in named.items()
    }
    return Registry(root=Path(), as_of=START, tables=tables)


def evidence_of(credential: Data, day: date) -> Evidence:
    """Return what reading, proving and the status list found out about a credential by a day."""
    revoked_on = credential["revoked_on"]
    status = "" if credential["list"] == "fresh" else credential["list"]
    if not status and revoked_on is not None and revoked_on <= day:
        status = "status-revoked"
    claim = Claim(
        id=credential["id"], issuer=credential["issuer"], holder=credential["holder"], name=credential.get("name", ""),
        competence=credential["competence"], version=1, level=credential["level"],
        assessed_on=credential["assessed_on"], valid_from=credential["valid_from"],
        valid_until=credential["valid_until"], basis=credential["basis"], note="", status_list="", status_index=-1,
    )  # fmt: skip
    proof = FAULTS[credential["level"] % len(FAULTS)] if credential["is_tampered"] else ""
    return Evidence(claim, proof, status, credential["signed_on"], credential["public_key"])


def evidences_of(told: Data, day: date) -> list[Evidence]:
    return [evidence_of(one, day) for one in told["credentials"]]


def compared(told: Data, facts: Facts, days: list[date]) -> list[tuple[str, str]]:
    """Return (ours, the reference's) for every machine on some days."""
    return [
        (
            decide(facts, Question(machine, day), evidences_of(told, day)).result.value,
            reference.answer(told, machine, day),
        )
        for day in days
        for machine in told["machines"]
    ]


def main(count: int, seed: int) -> None:
    """Compare so many histories, on five days each."""
    began, tally = time.perf_counter(), Counter[tuple[str, str]]()
    for number in range(count):
        draw = random.Random(f"{seed}/{number}")
        told = history(draw)
        tally.update(compared(told, facts_of(registry_of(told)), [day_of(draw) for _ in range(5)]))
    order = ["deny", "conditional", "permit"]
    looser = sum(many for (ours, theirs), many in tally.items() if order.index(ours) > order.index(theirs))
    stricter = sum(many for (ours, theirs), many in tally.items() if order.index(ours) < order.index(theirs))
    agreed = ", ".join(f"{many:,} {ours}" for (ours, theirs), many in sorted(tally.items()) if ours == theirs)
    took = time.perf_counter() - began
    found = f"{agreed}; false permits {looser}, false denials {stricter}"
    sys.stdout.write(f"{count:,} histories, {tally.total():,} questions: {found}; {took:.0f} s\n")
    sys.exit(looser or stricter)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
