"""A hub's plan in; its record's data out, with about half of what could be said left out, as in the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from generator import multikey, schemas

from .plans import Plan
from .real import Data, Hall

# How many hubs of each effort there are, and how much more or less likely than usual each key then is.
EFFORTS = (0.15, 1.0, 2.5)
EFFORT_WEIGHTS = (40, 40, 20)

_SHARES = {
    "status": 0.1, "summary": 0.4, "founded_year": 0.25, "website": 0.6, "contact": 0.35, "languages": 0.3,
    "hours": 0.25, "access": 0.4, "accessibility": 0.1, "services": 0.4, "processes": 0.3, "batch": 0.12,
    "certifications": 0.02, "infrastructure": 0.15, "floor_m2": 0.15, "networks": 0.8, "business_models": 0.15,
    "accepts": 0.04, "stewards": 0.1, "keys": 0.02, "formerly": 0.01,
}  # fmt: skip
_HOURS = (
    "Mo-Fr 09:00-18:00", "Tu-Sa 10:00-20:00", "Mo-Fr 08:30-17:30; Sa 09:00-14:00; PH off", "We 16:00-21:00",
    "Mo-Th 09:00-21:00; Fr 09:00-17:00", "24/7",
)  # fmt: skip
_LANGUAGES = (["en"], ["fr"], ["es"], ["de", "en"], ["fr", "en"], ["ar", "fr"], ["pt", "en"], ["sw", "en"])


def hub(hall: Hall, plan: Plan, seed: int) -> Data:
    """Return the data of one hub. The same plan and seed give the same data."""
    random = Random(f"hub {seed} {plan.id}")
    effort = random.choices(EFFORTS, EFFORT_WEIGHTS)[0]
    data: Data = {"name": plan.name, "kind": plan.kind, "location": _location(plan)}
    for key, share in _SHARES.items():
        if random.random() < share * effort:
            data |= _FACTS[key](hall, plan, random)
    if plan.franchise:
        data["website"] = plan.franchise
    origin = random.choice(hall.hubs)[1]
    data |= {"verified": verified(hall, origin, effort, random), "sources": origin["sources"]}
    if data["verified"]["how"] != "imported":
        data |= _stewards(hall, plan, random)
    if not data.keys() & {"website", "contact"} or random.random() < 0.7:
        data["same_as"] = [f"https://labs.example/{plan.id.replace('/', '-')}"]
    return data


def verified(hall: Hall, origin: Data, effort: float, random: Random) -> Data:
    """Return when and how a record was verified: mostly as its source was imported, by people where effort is high."""
    if effort < 2 and random.random() < 0.8:
        known: Data = origin["verified"]
        return known
    day = hall.newest - timedelta(days=int(random.triangular(0, 450, 60)))
    return {"on": day.isoformat(), "how": random.choices(("self", "call", "visit"), (6, 3, 1))[0]}


def _location(plan: Plan) -> Data:
    found: Data = {"locality": plan.town}
    if plan.point is not None:
        found |= {"latitude": plan.point[0], "longitude": plan.point[1]}
    return found if plan.precision == "exact" else found | {"precision": plan.precision}


def _site(plan: Plan) -> str:
    return plan.id.replace("/", "-")[:60].strip("-")


def _some(key: str, random: Random) -> list[str]:
    allowed = schemas.at("hub", (key, 0))["enum"]
    return sorted(random.sample(allowed, random.randint(1, 5)), key=allowed.index)


def _present(key: str, random: Random) -> Data:
    names = [name for name, about in schemas.properties("hub", (key,)).items() if "presence" in about.get("$ref", "")]
    return {name: random.choice(("present", "present", "absent")) for name in names if random.random() < 0.6} or {
        names[0]: "present"
    }


def _status(hall: Hall, _: Plan, random: Random) -> Data:
    status = random.choices(("active", "planned", "paused", "closed"), (85, 6, 5, 4))[0]
    closed = {"closed_on": (hall.newest - timedelta(days=random.randint(30, 2000))).isoformat()}
    return {"status": status} | (closed if status == "closed" else {})


def _summary(hall: Hall, plan: Plan, random: Random) -> Data:
    process = hall.labels[hall.processes.draw(random)].lower()
    english = (
        f"An open workshop in {plan.town} for {process} and more. Students, inventors and small firms make "
        f"things there, alone or with the help of its staff."
    )
    if random.random() < 0.6:
        return {"summary": english}
    return {"summary": {"en": english, "fr": f"Un atelier ouvert à {plan.town}, avec ses machines et son équipe."}}


def _stewards(_: Hall, plan: Plan, random: Random) -> Data:
    return {"stewards": [{"github": _site(plan)[:36].strip("-"), "github_id": random.randint(10**6, 10**9)}]}


def _keys(hall: Hall, _: Plan, random: Random) -> Data:
    begin = hall.newest - timedelta(days=random.randint(10, 600))
    key = multikey.encode(random.randbytes(multikey.KEY_BYTES))
    return {"keys": [{"public_key": key, "valid_from": begin.isoformat()}]}


def _certifications(hall: Hall, _: Plan, random: Random) -> Data:
    until = hall.newest + timedelta(days=random.randint(100, 900))
    return {"certifications": [{"scheme": "ISO 9001", "by": "A certifier", "valid_until": until.isoformat()}]}


def _formerly(_: Hall, plan: Plan, __: Random) -> Data:
    return {"formerly": [f"{plan.id[:90]}-of-old"]}


def _contact(_: Hall, plan: Plan, random: Random) -> Data:
    found: Data = {"email": f"hello@{_site(plan)}.example"}
    # Numbers that Ofcom keeps free for invented people.
    return {
        "contact": found | ({"phone": f"+44 20 7946 0{random.randint(0, 999):03}"} if random.random() < 0.3 else {})
    }


_FACTS: dict[str, Callable[[Hall, Plan, Random], dict[str, Any]]] = {
    "status": _status,
    "summary": _summary,
    "founded_year": lambda hall, _, random: {"founded_year": hall.newest.year - random.randint(1, 15)},
    "website": lambda _, plan, __: {"website": f"https://{_site(plan)}.example/"},
    "contact": _contact,
    "languages": lambda _, __, random: {"languages": random.choice(_LANGUAGES)},
    "hours": lambda _, __, random: {"hours": random.choice(_HOURS)},
    "access": lambda _, __, random: {"access": random.choice(schemas.at("hub", ("access",))["enum"])},
    "accessibility": lambda _, __, random: {"accessibility": _present("accessibility", random)},
    "services": lambda _, __, random: {"services": _some("services", random)},
    "processes": lambda hall, _, random: {"processes": hall.processes.several(random, 6)},
    "batch": lambda _, __, random: {"batch": random.choice(schemas.at("hub", ("batch",))["enum"])},
    "certifications": _certifications,
    "infrastructure": lambda _, __, random: {"infrastructure": _present("infrastructure", random)},
    "floor_m2": lambda _, __, random: {"floor_m2": 10 * random.randint(3, 80)},
    "networks": lambda hall, _, random: {"networks": hall.networks.several(random, 2)},
    "business_models": lambda _, __, random: {"business_models": _some("business_models", random)},
    "accepts": lambda hall, _, random: {"accepts": [random.choice(hall.contracts)]},
    "stewards": _stewards,
    "keys": _keys,
    "formerly": _formerly,
}
