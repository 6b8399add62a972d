"""A hub's id in; the data of its machines out, each after a real machine, most with little but a model."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random

from .hubs import EFFORT_WEIGHTS, EFFORTS, verified
from .real import Data, Hall

_SHARES = {
    "name": 0.15, "envelope_mm": 0.4, "tolerance_mm": 0.3, "materials": 0.7, "power_w": 0.4, "throughput": 0.3,
    "quantity": 0.4, "status": 0.4, "availability": 0.5, "use": 0.5, "requires": 0.5, "rate": 0.4,
}  # fmt: skip
_CURRENCIES = ("EUR", "GHS", "XOF", "KES", "MAD", "USD")


def machines(hall: Hall, hub: str, count: int, seed: int) -> Iterator[tuple[str, Data]]:
    """Yield the name of the file and the data of each machine at a hub."""
    random = Random(f"machines {seed} {hub}")
    effort = random.choices(EFFORTS, EFFORT_WEIGHTS)[0]
    taken: set[str] = set()
    for _ in range(count):
        id, origin = random.choice(hall.machines)
        slug = id.rpartition("/")[2]
        names = itertools.chain([slug], (f"{slug}-no-{number}" for number in itertools.count(2)))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        yield name, _machine(hall, origin, effort, random)


def _machine(hall: Hall, origin: Data, effort: float, random: Random) -> Data:
    said = {key for key, share in _SHARES.items() if random.random() < share * effort}
    facts = _more(hall, origin, random)
    data = {key: facts[key] for key in facts if key in said} | origin
    return data | {"verified": verified(hall, origin, effort, random)}


def _more(hall: Hall, origin: Data, random: Random) -> Data:
    model = hall.models.get(origin.get("model", ""), {})
    facts: Data = {
        "name": f"{model.get('name', 'Machine')} no. {random.randint(1, 9)}",
        "envelope_mm": [10 * random.randint(5, 130), 10 * random.randint(5, 90), 10 * random.randint(2, 60)],
        "tolerance_mm": random.choice((0.05, 0.1, 0.2, 0.5)),
        "power_w": 50 * random.randint(1, 60),
        "throughput": {"quantity": random.randint(1, 40), "of": "small parts", "per": "day"},
        "quantity": random.choice((1, 1, 2, 3, 5)),
        "status": random.choices(("working", "limited", "broken"), (85, 8, 7))[0],
        "availability": {"hours_per_week": random.randint(4, 60), "lead_days": random.randint(0, 20)},
        "use": random.choice(("self-service", "operated", "both")),
        "rate": {"amount": f"{random.randint(2, 90)}.00", "currency": random.choice(_CURRENCIES), "per": "hour"},
    }
    if known := model.get("materials"):
        facts["materials"] = [{"max_thickness_mm": random.randint(2, 20)} | use for use in known]
    wanted = [known for process in hall.offered(origin) for known in hall.competences.get(process, ())]
    if wanted:
        competence, highest = random.choice(wanted)
        facts["requires"] = [{"competence": competence, "level": random.randint(1, min(3, highest))}]
    return facts
