"""The decision once more, slow and plain, written from the design and from nothing else: the tests compare.

It imports nothing of the generator. A history is plain data: hubs, rules, machines and credentials with days as dates.
It tries every rule of the whole registry for every credential and every requirement, day by day, without any index.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

Data = dict[str, Any]
DENY, CONDITIONAL, PERMIT = 0, 1, 2
NAMES = {DENY: "deny", CONDITIONAL: "conditional", PERMIT: "permit"}


def answer(history: Data, machine_id: str, day: date) -> str:
    """Return permit, conditional or deny for the holder of all credentials of a history."""
    machine = history["machines"][machine_id]
    hub_id = "/".join(machine_id.split("/")[:2])
    hub = history["hubs"].get(hub_id)
    if hub is None or hub.get("status", "active") != "active":
        return "deny"
    if machine.get("status", "working") == "broken":
        return "deny"
    if machine.get("use", "") == "operated":
        return "deny"
    if not machine.get("requires"):
        return "conditional"
    place = {"machine": machine_id, "hub": hub_id, "day": day}
    total = PERMIT
    for requirement in machine["requires"]:
        best = DENY
        for credential in history["credentials"]:
            best = max(best, one_credential(history, place, requirement, credential))
        total = min(total, best)
    return NAMES[total]


def one_credential(history: Data, place: Data, requirement: Data, credential: Data) -> int:
    """Return what a credential does for a requirement."""
    if credential["competence"] != requirement["competence"]:
        return DENY
    if requirement["competence"] not in history["competences"]:
        return DENY
    if not is_genuine(history, credential, place["day"]):
        return DENY
    if not is_of_one_holder(history):
        return DENY
    if credential["issuer"] == place["hub"]:
        return PERMIT if credential["level"] >= requirement["level"] else DENY
    return by_recognition(history, place, requirement, credential)


def is_genuine(history: Data, credential: Data, day: date) -> bool:
    """Tell whether proof, key, holder, days and status are all in order."""
    if credential["is_tampered"] or not credential["holder"]:
        return False
    if credential["basis"] not in ("assessment", "recognition"):
        return False
    issuer = history["hubs"].get(credential["issuer"])
    if issuer is None:
        return False
    if not any(key_counts(key, credential, day) for key in issuer.get("keys", [])):
        return False
    if credential["signed_on"] > day or credential["assessed_on"] > day:
        return False
    if credential["valid_from"].date() > day:
        return False
    end: datetime | None = credential["valid_until"]
    if end is not None and end < datetime(day.year, month=day.month, day=day.day, hour=23, minute=59, second=59,
                                          tzinfo=end.tzinfo):  # fmt: skip
        return False
    if credential["list"] != "fresh":
        return False
    revoked_on: date | None = credential["revoked_on"]
    return revoked_on is None or revoked_on > day


def key_counts(key: Data, credential: Data, day: date) -> bool:
    """Tell whether it is this key, in force when it signed, and not known to be stolen by the day of use."""
    if key["public_key"] != credential["public_key"]:
        return False
    signed = credential["signed_on"]
    if signed < key["valid_from"]:
        return False
    if "valid_until" in key and signed > key["valid_until"]:
        return False
    if "revoked_on" in key and signed >= key["revoked_on"]:
        return False
    if "compromised_since" in key:
        return bool(signed < key["compromised_since"] and day < key["compromised_since"])
    return True


def is_of_one_holder(history: Data) -> bool:
    """Tell whether all credentials that are shown are of the same holder."""
    names = {credential.get("name", "") for credential in history["credentials"]} - {""}
    return len({credential["holder"] for credential in history["credentials"]}) == 1 and len(names) <= 1


def by_recognition(history: Data, place: Data, requirement: Data, credential: Data) -> int:
    """Return what the rules of the hub make of another hub's credential."""
    day = place["day"]
    mine = [
        rule for id, rule in sorted(history["rules"].items())
        if "/".join(id.split("/")[:2]) == place["hub"] and rule["competence"] == credential["competence"]
        and rule["valid_from"] <= day and ("valid_until" not in rule or day <= rule["valid_until"])
    ]  # fmt: skip
    networks = history["hubs"][credential["issuer"]].get("networks", [])
    for rule in mine:
        if rule["decision"] != "refuse":
            continue
        if credential["issuer"] in rule.get("issuers", []):
            return DENY
        if any(network in rule.get("networks", []) for network in networks):
            return DENY
    if credential["basis"] != "assessment":
        return DENY
    best = DENY
    for rule in mine:
        if rule["decision"] != "refuse":
            best = max(best, by_rule(history, rule, place, requirement, credential))
    return best


def by_rule(history: Data, rule: Data, place: Data, requirement: Data, credential: Data) -> int:
    """Return what one rule of acceptance gives."""
    issuer = history["hubs"][credential["issuer"]]
    is_named = credential["issuer"] in rule.get("issuers", [])
    if not is_named and issuer.get("status", "active") == "active":
        is_named = any(network in rule.get("networks", []) for network in issuer.get("networks", []))
    if not is_named:
        return DENY
    if place["machine"] in rule.get("excludes", []):
        return DENY
    if "max_age_days" in rule and (place["day"] - credential["assessed_on"]).days > rule["max_age_days"]:
        return DENY
    if mapped(rule, credential["level"]) < requirement["level"]:
        return DENY
    if rule["decision"] == "accept" and "condition" not in rule:
        return PERMIT
    return CONDITIONAL


def mapped(rule: Data, level: int) -> int:
    """Return what a level counts as under a rule; nothing when the rule's map is not monotone."""
    if "levels" not in rule:
        return level
    pairs = rule["levels"]
    for one in pairs:
        for other in pairs:
            if one is not other and one["theirs"] == other["theirs"]:
                return 0
            if one["theirs"] < other["theirs"] and one["ours"] > other["ours"]:
                return 0
    counted = 0
    for pair in pairs:
        if pair["theirs"] <= level:
            counted = max(counted, pair["ours"])
    return counted
