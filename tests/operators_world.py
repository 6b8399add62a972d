"""Published passports and rules to draw, for worlds whose hubs and machines have numbers; and the records of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]
SKILLS = ("welding", "safety")
COMPETENCES: Mapping[str, Data] = {
    id: {"labels": {"en": id}, "levels": [{"level": at, "name": {"en": str(at)}} for at in (1, 2, 3)]} for id in SKILLS
}
_DAYS = ("2026-01-01", "2026-05-31", "2026-06-30", "2026-07-01", "2026-07-05", "2026-08-01")
days = st.sampled_from(_DAYS)
ends = st.sampled_from(["2026-05-31", "2026-06-30", "2026-07-01", *["2027-01-01"] * 5])
seldom = st.integers(0, 7).map(lambda number: number == 7)
hub_numbers, machine_numbers = st.integers(0, 4), st.integers(0, 9)
skills = st.sampled_from([SKILLS[0], *SKILLS])
levels = st.sampled_from([1, 1, 2, 2, 3])
credentials = st.fixed_dictionaries(
    {
        "issuer": hub_numbers, "competence": skills, "level": levels,
        "assessed_on": st.sampled_from(["2025-07-01", "2026-05-01", "2026-06-01", "2026-07-01"]),
        "basis": st.sampled_from(["assessment"] * 7 + ["recognition"]),
    },
    optional={"valid_until": ends},
)  # fmt: skip
passports = st.fixed_dictionaries(
    {
        "consent_on": st.sampled_from([*["2026-01-01"] * 6, *_DAYS]),
        "demonstration": seldom,
        "credentials": st.lists(credentials, min_size=1, max_size=3),
        "status": st.sampled_from(["active"] * 5 + ["withdrawn"]),
    }
)
rules = st.fixed_dictionaries(
    {
        "hub": hub_numbers, "competence": skills, "valid_from": st.sampled_from([*["2026-01-01"] * 6, *_DAYS]),
        "decision": st.sampled_from(["accept", "accept-after-induction", "accept-after-induction", "refuse"]),
        "issuers": st.lists(hub_numbers, min_size=1, max_size=3, unique=True), "demonstration": seldom,
        "networks": st.sampled_from([["net"], []]),
    },
    optional={
        "valid_until": ends, "max_age_days": st.sampled_from([60, 365, 400]),
        "levels": st.sampled_from([[{"theirs": 1, "ours": 2}], [{"theirs": 2, "ours": 1}, {"theirs": 3, "ours": 3}]]),
        "excludes": st.lists(machine_numbers, max_size=1),
    },
)  # fmt: skip
KEY = {"public_key": "z6Mk", "valid_from": "2025-01-01"}
keys = st.sampled_from([[KEY], [KEY], [KEY], [], [{**KEY, "compromised_since": "2026-07-05"}],
                        [{**KEY, "valid_until": "2026-06-15"}]])  # fmt: skip
needs = st.lists(
    st.fixed_dictionaries({"competence": st.sampled_from(SKILLS), "level": levels}),
    min_size=1, max_size=2, unique_by=lambda one: one["competence"],
)  # fmt: skip
hubs = st.fixed_dictionaries({"keys": keys, "networks": st.sampled_from([["net"], []])}, optional={
    "status": st.sampled_from(["active", "paused", "closed"]), "demonstration": seldom,
})  # fmt: skip
machines = st.fixed_dictionaries(
    {}, optional={"requires": needs, "use": st.sampled_from(["self-service"] * 4 + ["both"])}
)
wishes = st.fixed_dictionaries({}, optional={"by": days, "isInvented": st.booleans()})
worlds = st.fixed_dictionaries(
    {
        "hubs": st.lists(hubs, min_size=2, max_size=4),
        "machines": st.lists(machines, min_size=2, max_size=6),
        "steps": st.lists(needs, min_size=1, max_size=2),
        "passports": st.lists(passports, min_size=2, max_size=5),
        "rules": st.lists(rules, min_size=1, max_size=6),
        "wish": wishes,
    }
)


def records(world: Data) -> dict[str, dict[str, Data]]:
    """Return the records of a world by kind; machines stand at the hubs in turn, and all do all steps."""
    ids = [f"{'gh' if at % 2 else 'ke'}/h{at}" for at in range(len(world["hubs"]))]
    stand = [f"{ids[at % len(ids)]}/m{at}" for at in range(len(world["machines"]))]
    steps = [{"id": f"s{at}", "process": "printing", "requires": one} for at, one in enumerate(world["steps"])]
    hub = {"name": "Hub", "kind": "makerspace", "location": {"locality": "Ho"}, "access": "public"}
    passports = {f"p{at}": _passport(ids, one, at) for at, one in enumerate(world["passports"])}
    return {
        "process": {"printing": {"labels": {"en": "Printing"}}},
        "competence": dict(COMPETENCES),
        "design": {"thing": {"name": "Thing", "licence": {"hardware": "MIT"}, "operations": steps}},
        "hub": {id: {**hub, **one} for id, one in zip(ids, world["hubs"], strict=True)},
        "machine": {id: {"processes": ["printing"], **one} for id, one in zip(stand, world["machines"], strict=True)},
        "passport": passports,
        "recognition": {
            f"{ids[one['hub'] % len(ids)]}/r{at}": _rule(ids, stand, one) for at, one in enumerate(world["rules"])
        },
    }


def _passport(hubs: Sequence[str], one: Data, at: int) -> Data:
    issued = [
        {**credential, "id": f"{at} {number}", "issuer": hubs[credential["issuer"] % len(hubs)]}
        for number, credential in enumerate(one["credentials"])
    ]
    return {**one, "credentials": issued}


def _rule(hubs: Sequence[str], machines: Sequence[str], one: Data) -> Data:
    told = {key: value for key, value in one.items() if key != "hub"}
    if "issuers" in told:
        told["issuers"] = [hubs[number % len(hubs)] for number in told["issuers"]]
    if "excludes" in told:
        told["excludes"] = [machines[number % len(machines)] for number in told["excludes"]]
    return told
