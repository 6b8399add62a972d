"""A registry with rules, and passports beside it, in; seconds of verifying, deciding and `where`, and of peers, out."""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from datetime import time as clock
from pathlib import Path
from random import Random
from typing import Any

from generator import registry, signatures
from generator.passports import presentation, proving, reading, statuses
from generator.passports.decision import decide
from generator.passports.opening import Opening, groups_of, where
from generator.passports.presentation import Passport
from generator.passports.reading import Carried
from generator.passports.recognising import Facts, facts_about, facts_for, facts_of
from generator.passports.values import Evidence, Question, Result
from generator.records import Competence, Hub, Machine, Recognition
from generator.registry import Cache, Registry
from tests import passport_reference as reference

from .recognition import CARRIED, DAY, private_key

PEERS: Mapping[str, str] = {
    "openvc": "openvc-core: signature and form alone",
    "cryptography": "cryptography: the signature alone",
}
NEAR = (6.69, -1.62)
_QUESTIONS, _OF_REFERENCE = 2000, 5
_DAYS = ("valid_from", "valid_until", "revoked_on", "compromised_since")
Told = dict[str, float]


def measured(top: Path, rounds: int) -> Told:
    """Return seconds by name; the most memory, in MiB, and how many machines and rules there are."""
    folder = top / "registry"
    begun = time.perf_counter()
    loaded = registry.load(folder, as_of=DAY, cache=Cache(top / "build" / "cache"), processes=os.cpu_count() or 1)
    found = {"load": time.perf_counter() - begun}
    found |= {"machines": len(loaded.ids(Machine)), "rules": len(loaded.ids(Recognition))}
    gc.collect()
    gc.disable()  # as commands do
    passports = {count: _opened(top / f"passport-{count}.json") for count in CARRIED}
    found |= verifying(loaded, passports[CARRIED[-1]].credentials, rounds)
    carried = {count: [evidence_of(loaded, one) for one in passports[count].credentials] for count in CARRIED}
    found |= _openings(loaded, carried, rounds)
    found |= _decisions(loaded, carried[CARRIED[1]], rounds)
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * (1024 if _IS_MAC else 1))
    return found


_IS_MAC = sys.platform == "darwin"


def _opened(path: Path) -> Passport:
    found = presentation.opened(path.read_bytes())
    if not isinstance(found, Passport) or found.faults:
        raise SystemExit(f"{path}: {found}")
    return found


def evidence_of(loaded: Registry, carried: Carried) -> Evidence:
    """Return what a registry says of a credential; the bench stops when it is not in order."""
    hub = loaded.get(Hub, carried.claim.issuer)
    assert hub is not None
    keys = {hub.id: hub.keys}
    source = loaded.read(statuses.path_of(hub.id))
    found = proving.evidence(carried, keys, DAY, statuses.standing(source, carried.claim, keys, DAY))
    if found.proof or found.status:
        raise SystemExit(f"{carried.claim.id}: {found.proof or found.status}")
    return found


def verifying(loaded: Registry, credentials: Sequence[Carried], rounds: int) -> Told:
    """Return the seconds of one credential, from bytes to a verdict, for us and for peers, in turns."""
    hubs = {one.claim.issuer: loaded.get(Hub, one.claim.issuer) for one in credentials}
    keys = {id: hub.keys for id, hub in hubs.items() if hub is not None}
    lists = {id: loaded.read(statuses.path_of(id)) for id in keys}
    sources = [signatures.canonical(dict(one.document)) for one in credentials]

    def ours() -> None:
        for source in sources:
            found = reading.credential(source)
            assert isinstance(found, Carried)
            standing = statuses.standing(lists[found.claim.issuer], found.claim, keys, DAY)
            evidence = proving.evidence(found, keys, DAY, standing)
            assert not evidence.proof + evidence.status

    ways = {"ours": ours, "cryptography": _signatures(len(sources))}
    if theirs := _openvc(credentials, sources):
        ways["openvc"] = theirs
    seconds = _in_turns(ways, rounds)
    return {f"verify: {name}": taken / len(sources) for name, taken in seconds.items()}


def _signatures(count: int) -> Callable[[], None]:
    key = private_key(0)
    message = bytes(64)  # as long as what a credential's signature is made for: two digests
    signature, public = key.sign(message), key.public_key()

    def verified() -> None:
        for _ in range(count):
            public.verify(signature, message)

    return verified


def _openvc(credentials: Sequence[Carried], sources: Sequence[bytes]) -> Callable[[], None] | None:
    """Return the check of the same credentials by openvc-core, which knows no days of keys and no status; or None."""
    try:
        from openvc.keys import Ed25519SigningKey  # noqa: PLC0415  where it is installed
        from openvc.proof.di_jcs import EddsaJcsProofSuite  # noqa: PLC0415
    except ImportError:
        return None
    suite, now = EddsaJcsProofSuite(), datetime.combine(DAY, clock(12), UTC)
    jwks = [Ed25519SigningKey(private_key(one.claim.status_index), kid="x").public_jwk() for one in credentials]

    def verified() -> None:
        for source, jwk in zip(sources, jwks, strict=True):
            document = json.loads(source)
            suite.verify({**document, "proof": document["proof"][0]}, public_key_jwk=jwk, now=now)

    return verified


def _in_turns(ways: Mapping[str, Callable[[], object]], rounds: int) -> Told:
    """Return the median seconds of each way."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):  # the first is for warming up
        for name, way in ways.items():
            taken[name].append(seconds(way))
    return {name: statistics.median(each[1:]) for name, each in taken.items()}


def seconds(way: Callable[[], object]) -> float:
    """Return how long something takes."""
    begun = time.perf_counter()
    way()
    return time.perf_counter() - begun


def _openings(loaded: Registry, carried: Mapping[int, Sequence[Evidence]], rounds: int) -> Told:
    """Return the seconds of `where`, with everything grouped and from a loaded registry, and of the peer."""
    begun = time.perf_counter()
    facts = facts_of(loaded)
    found = {"facts": time.perf_counter() - begun}
    groups = groups_of(facts)
    found["groups"] = time.perf_counter() - begun - found["facts"]
    for count, evidences in carried.items():
        name = f"where: {count}"
        ways = {
            name: lambda these=evidences: where(facts, groups, DAY, these, NEAR),
            f"{name}: loaded": lambda these=evidences: from_loaded(loaded, these),
        }
        found |= _in_turns(ways, rounds)
        opened = Counter[Result]()
        for one in where(facts, groups, DAY, evidences, NEAR):
            opened[one.result] += len(one.machines)
        found |= {f"{name}: opened": float(sum(opened.values()) - opened[Result.DENY])}
        found[f"{name}: away"] = float(opened.pop(Result.DENY, 0))
        begun = time.perf_counter()
        if (theirs := one_by_one(facts, evidences)) != opened:
            raise SystemExit(f"{count} credentials: {opened} by groups, {theirs} one by one")
        found[f"{name}: peer"] = time.perf_counter() - begun
    return found


def from_loaded(loaded: Registry, evidences: Sequence[Evidence]) -> tuple[Opening, ...]:
    """Return what a passport opens, of a registry of which nothing was built."""
    issuers: dict[str, set[str]] = {}
    for one in evidences:
        issuers.setdefault(one.claim.competence, set()).add(one.claim.issuer)
    facts = facts_about(loaded, issuers)
    return where(facts, groups_of(facts), DAY, evidences, NEAR)


def one_by_one(facts: Facts, evidences: Sequence[Evidence]) -> Counter[Result]:
    """Return how many machines a passport opens, deciding about each; those that state nothing are not counted."""
    found = Counter(
        decide(facts, Question(id, DAY), evidences).result for id, door in facts.doors.items() if door.needs
    )  # fmt: skip
    del found[Result.DENY]
    return found


def _decisions(loaded: Registry, evidences: Sequence[Evidence], rounds: int) -> Told:
    """Return the seconds of one decision: facts ready, from a loaded registry, and by the slow reference."""
    facts, history = facts_of(loaded), history_of(loaded, evidences)
    held, issuers = {one.claim.competence for one in evidences}, {one.claim.issuer for one in evidences}
    asking = sorted(id for id, door in facts.doors.items() if any(at in held for at, _ in door.needs))
    chosen = Random(1).sample(asking, min(_QUESTIONS, len(asking)))
    opened = [id for one in where(facts, groups_of(facts), DAY, evidences)[:_OF_REFERENCE] for id in one.machines[:1]]
    few = [*opened, *chosen[:_OF_REFERENCE]]

    def by_rules(id: str) -> str:
        return decide(facts_for(loaded, id, issuers), Question(id, DAY), evidences).result.value

    ways = {
        "decide": lambda: [decide(facts, Question(id, DAY), evidences) for id in chosen],
        "decide: loaded": lambda: [by_rules(id) for id in few],
        "decide: peer": lambda: [reference.answer(history, id, DAY) for id in few],
    }
    found = _in_turns(ways, rounds)
    if differing := [id for id in few if by_rules(id) != reference.answer(history, id, DAY)]:
        raise SystemExit(f"the reference decides otherwise: {', '.join(differing)}")
    return {name: taken / len(chosen if name == "decide" else few) for name, taken in found.items()}


def history_of(loaded: Registry, evidences: Sequence[Evidence]) -> dict[str, Any]:
    """Return a registry and what was found out about credentials in order, as the reference reads them."""
    tables = {kind: {id: _plain(data) for id, data in loaded.rows(kind)} for kind in (Hub, Machine, Recognition)}
    return {
        "hubs": tables[Hub], "machines": tables[Machine], "rules": tables[Recognition],
        "competences": set(loaded.ids(Competence)), "credentials": [_told(one) for one in evidences],
    }  # fmt: skip


def _plain(data: bytes) -> dict[str, Any]:
    """Return a record's data with the days of rules and of keys as dates."""
    found: dict[str, Any] = json.loads(data)
    for part in (found, *found.get("keys", ())):
        part |= {name: date.fromisoformat(part[name]) for name in _DAYS if name in part}
    return found


def _told(one: Evidence) -> dict[str, Any]:
    claim = one.claim
    return {
        "id": claim.id, "issuer": claim.issuer, "holder": claim.holder, "competence": claim.competence,
        "level": claim.level, "signed_on": one.signed_on, "assessed_on": claim.assessed_on,
        "valid_from": claim.valid_from, "valid_until": claim.valid_until, "basis": claim.basis,
        "public_key": one.public_key, "is_tampered": False, "list": "fresh", "revoked_on": None,
    }  # fmt: skip
