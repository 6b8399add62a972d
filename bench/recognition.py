"""A made registry in; the same one with rules of recognition, with hubs that issue, and what a maker then carries, out.

Every hub has rules about what machines ask for: half of them name hubs, half of them a network. Fifty hubs have a key
and a status list, and each has assessed one and the same maker once. The same registry and seed give the same bytes.
"""

from __future__ import annotations

import functools
import os
import uuid
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator import documents, signatures
from generator.canonical import canonical
from generator.passports import presentation, statuses
from generator.passports.issuing import Award, issued
from generator.passports.reading import Carried
from generator.records import Competence, Hub, build
from generator.signatures import Signer

from .real import Data, real

SITE = "https://registry.example/"
DAY = real().newest
HOLDER = "urn:uuid:00000000-0000-4000-8000-000000000000"
CARRIED = (1, 5, presentation.MOST)  # credentials in the passports that are measured
_RULES = 5  # of each hub
_DECISIONS = ("accept", "accept", "accept", "accept-after-induction", "refuse")
_BATCH = 200
_NOW = datetime.combine(DAY - timedelta(days=5), time(9), UTC)


@dataclass(frozen=True, slots=True)
class Issued:
    """How many rules were written, and the files of passports by the number of credentials in them."""

    rules: int
    passports: dict[int, Path]


def recognise(top: Path, seed: int) -> Issued:
    """Write rules, keys and status lists into the registry below `top`, and passports beside it."""
    folder = top / "registry"
    hubs = [path.relative_to(folder / "hubs").with_suffix("").as_posix() for path in folder.glob("hubs/*/*.yaml")]
    hubs.sort()
    batches = [hubs[at : at + _BATCH] for at in range(0, len(hubs), _BATCH)]
    work = partial(_write_rules, folder, hubs, seed)
    if len(batches) < 4:
        rules = sum(map(work, batches))
    else:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            rules = sum(pool.map(work, batches))
    issuers = Random(f"issuers {seed}").sample(hubs, min(CARRIED[-1], len(hubs)))
    carried = _assess(folder, issuers)
    return Issued(rules, {count: _write_passport(top, carried[:count]) for count in CARRIED})


@functools.cache
def asked() -> tuple[str, ...]:
    """Return the competences that made machines ask for, the most frequent first."""
    processes = (process for _, machine in real().machines for process in real().offered(machine))
    counts = Counter(id for process in processes for id, _ in real().competences.get(process, ()))
    return tuple(sorted(counts, key=lambda id: (-counts[id], id)))


def private_key(number: int) -> Ed25519PrivateKey:
    """Return the key with which the credential of a number, which is also its place in the status list, was signed."""
    return Ed25519PrivateKey.from_private_bytes(number.to_bytes(32, "big"))


def _write_rules(folder: Path, hubs: Sequence[str], seed: int, batch: Sequence[str]) -> int:
    for hub in batch:
        random = Random(f"rules {seed} {hub}")
        machines = sorted(path.stem for path in (folder / "machines" / hub).glob("*.yaml"))
        for number in range(_RULES):
            _write(
                folder / "recognitions" / hub / f"rule-{number}.yaml", "recognition", _rule(random, hubs, hub, machines)
            )
    return len(batch) * _RULES


def _rule(random: Random, hubs: Sequence[str], hub: str, machines: Sequence[str]) -> Data:
    rule: Data = {
        "decision": random.choice(_DECISIONS), "competence": random.choice(asked()),
        "valid_from": (DAY - timedelta(days=random.randint(0, 900))).isoformat(),
    }  # fmt: skip
    if random.random() < 0.5:
        others = [one for one in random.sample(hubs, 4) if one != hub]
        rule["issuers"] = sorted(others[: random.randint(1, 3)])
    else:
        rule["networks"] = real().networks.several(random, 2)
    if random.random() < 0.3:
        rule["levels"] = [{"theirs": 1, "ours": 1}, {"theirs": 3, "ours": 2}]
    if random.random() < 0.3:
        rule["max_age_days"] = random.randint(200, 1500)
    if machines and random.random() < 0.1:
        rule["excludes"] = [f"{hub}/{random.choice(machines)}"]
    if random.random() < 0.1:
        rule["valid_until"] = (DAY + timedelta(days=random.randint(1, 900))).isoformat()
    return rule


def _assess(folder: Path, issuers: Sequence[str]) -> list[Carried]:
    """Give each hub a key and a list of what it revoked, and return a credential of each for the same maker."""
    found: list[Carried] = []
    for number, (hub, competence) in enumerate(zip(issuers, islice(cycle(asked()), len(issuers)), strict=True)):
        signer = signatures.signer(private_key(number).private_bytes_raw())
        path = folder / "hubs" / f"{hub}.yaml"
        data = documents.parse(path.read_bytes()) | {"keys": [_key(signer)]}
        _write(path, "hub", data | {"status": "active"})
        revoked = statuses.unsigned(SITE, hub, range(1000, 1100), _NOW)
        listed = folder / statuses.path_of(hub)
        listed.parent.mkdir(parents=True, exist_ok=True)
        listed.write_bytes(signatures.canonical(statuses.signed(revoked, signer, hub, SITE)))
        found.append(_credential(folder, build(Hub, hub, data), competence, signer, number))
    return found


def _key(signer: Signer) -> Data:
    return {"public_key": signer.public_key, "valid_from": (DAY - timedelta(days=1000)).isoformat()}


def _credential(folder: Path, hub: Hub, competence: str, signer: Signer, number: int) -> Carried:
    told = documents.parse((folder / "competences" / f"{competence}.yaml").read_bytes())
    award = Award(
        id=f"urn:uuid:{uuid.UUID(int=number + 1, version=4)}", hub=hub, competence=build(Competence, competence, told),
        holder=HOLDER, level=2, assessed_on=DAY - timedelta(days=100), valid_from=_NOW, status_index=number,
    )  # fmt: skip
    found = issued(award, SITE, signer, _NOW)
    if not isinstance(found, Carried):
        raise SystemExit(f"{hub.id}: {found.message}")
    return found


def _write_passport(top: Path, credentials: Sequence[Carried]) -> Path:
    told: Any = presentation.presented(credentials)
    path = top / f"passport-{len(credentials)}.json"
    path.write_bytes(signatures.canonical(told))
    return path


def _write(path: Path, kind: str, data: Data) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(canonical(kind, data).encode())
