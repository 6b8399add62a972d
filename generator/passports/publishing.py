"""What credentials claim in; the data of the one record that may be public of them, and what it gives away, out.

Whoever has seen a maker's file must not find her record by it, nor by it the rest of what she published. So nothing is
taken over that the file alone has: not the credential's id (each entry gets one drawn for the record), not the name,
the holder's id, the place in a status list, the signature or its day, not the day of the assessment (its month is),
and not the note, which is free text about one person. What stays is what the hub would say of many people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ..records.passport import month_of, surely_until
from .values import Claim

MOST = 100  # credentials in one record; see schemas/passport.json


def record(claims: Sequence[Claim], ids: Sequence[str], consent_on: date) -> dict[str, Any]:
    """Return the data of a passport record; `ids` are random, one for each claim, and say nothing.

    Of the day on which its holder agreed, the month is told: the day is one on which she was at the hub. Entries stand
    in the order of what they say: the order of a file tells when each of them came to be. Raises
    `ValueError` when ids are too few, or repeat one of the credentials themselves.
    """
    entries = sorted((_entry(claim) for claim in claims), key=lambda one: tuple(map(str, one.values())))
    hidden = {claim.id for claim in claims} | {claim.holder for claim in claims}
    if any(map(is_too_short, claims)):
        raise ValueError("a credential holds for less than a whole month")
    if not 1 <= len(entries) <= MOST or len(set(ids) - hidden) != len(entries) or len(ids) != len(entries):
        raise ValueError("a record needs 1 to 100 credentials, and an id of its own for each")
    return {
        "consent_on": month_of(consent_on).isoformat(),
        "credentials": [{"id": id, **entry} for id, entry in zip(ids, entries, strict=True)],
    }


def is_too_short(claim: Claim) -> bool:
    """Tell whether a credential holds for no whole month, so that a record, which tells months, has nothing to say."""
    return claim.valid_until is not None and surely_until(claim.valid_until.date()) < month_of(claim.assessed_on)


def says_the_same(data: Mapping[str, Any], claims: Iterable[Claim]) -> bool:
    """Tell whether a record can be of these credentials: how a holder finds hers when its name is lost."""
    known = [{key: value for key, value in one.items() if key not in ("id", "note")} for one in data["credentials"]]
    wanted = [_entry(claim) for claim in claims]
    return all(one in wanted for one in known)


def gives_away(data: Mapping[str, Any], others: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return what a record lets people find out, given those that are published already, for its holder to weigh."""
    entries, remarks = data["credentials"], []
    if len({one["issuer"] for one in entries}) > 1:
        remarks.append("its lines come from several hubs: who knows you by one of them learns the others")
    elif len(entries) > 1:
        remarks.append("its lines stand together: who knows you by one of them learns the others")
    seen = {_outline(one) for other in others for one in other["credentials"]}
    alone = [one for one in entries if _outline(one) not in seen]
    if alone:
        count = "no line of it is" if len(alone) == len(entries) else f"{len(alone)} of its lines are not"
        remarks.append(f"{count} like one that is published already: people at the hub may guess who it is")
    return tuple(remarks)


def _outline(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what people at a hub may remember of an assessment."""
    return tuple(entry[key] for key in ("issuer", "competence", "level", "assessed_on"))


def _entry(claim: Claim) -> dict[str, Any]:
    month = month_of(claim.assessed_on)
    until = None if claim.valid_until is None else surely_until(claim.valid_until.date())
    return {
        "issuer": claim.issuer,
        "competence": claim.competence,
        "level": claim.level,
        "assessed_on": month.isoformat(),
        **({"valid_until": until.isoformat()} if until is not None else {}),
        "basis": claim.basis,
    }
