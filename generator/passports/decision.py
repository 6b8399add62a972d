"""Facts, a question and what was found out about credentials in; permit, conditional or deny, with reasons, out.

Deny is the default. A credential counts where it was issued, or exactly one hop further: where the hub has a rule
that recognises the issuer. What is itself a recognition goes no further, so nothing is handed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from .codes import CODES, ORDER, RANK
from .recognising import Door, Facts, Rule, Standing
from .values import ASSESSMENT, RECOGNITION, Claim, Decision, Evidence, Question, Reason, Result

_LAST = date.max.toordinal()
_STAFF, _BROKEN, _LIMITED = "operated", "broken", "limited"


class UnknownMachineError(LookupError):
    """The question names a machine that the registry does not have."""


class Held(NamedTuple):
    """A credential as it stands on a day: the code of what is wrong with it ("" for nothing), and its last day."""

    claim: Claim
    fault: str
    until: date | None


class Wallet(NamedTuple):
    """The credentials of one holder on a day, by competence."""

    day: date
    held: Mapping[str, tuple[Held, ...]]


class Need(NamedTuple):
    """A requirement of a machine at a hub. `machine` is what rules may exclude; "" is excluded by none."""

    machine: str
    hub: str
    competence: str
    level: int


def decide(facts: Facts, question: Question, evidences: Iterable[Evidence]) -> Decision:
    """Return the decision about a machine on a day; advisory, the hub has the last word.

    Raises UnknownMachineError when the facts do not have the machine.
    """
    door = facts.doors.get(question.machine)
    if door is None:
        raise UnknownMachineError(question.machine)
    wallet = wallet_of(facts, question.day, evidences)
    blocks = blocks_of(facts, door)
    each = [reasons_for(facts, wallet, Need(door.machine, door.hub, *need)) for need in door.needs]
    each = each or [(_reason("nothing-stated", record=f"machines/{door.machine}"),)]
    best = [reasons[0] for reasons in each]
    return Decision(
        question,
        worst([*blocks, *best]),
        (*blocks, *(reason for reasons in each for reason in reasons)),
        tuple(_remarks(facts, door, wallet, best)),
    )


def worst(reasons: Iterable[Reason]) -> Result:
    """Return what some reasons that must all hold come to; without any it is deny."""
    return max((reason.result for reason in reasons), key=ORDER.__getitem__, default=Result.DENY)


def wallet_of(facts: Facts, day: date, evidences: Iterable[Evidence]) -> Wallet:
    """Return how some credentials stand on a day, wherever they will be shown."""
    known = list(evidences)
    is_one = is_of_one_holder(one.claim for one in known)
    held: dict[str, list[Held]] = {}
    for one in known:
        fault = _fault(facts, one, day) if is_one else "holder-differs"
        held.setdefault(one.claim.competence, []).append(Held(one.claim, fault, _until(facts, one)))
    return Wallet(day, {competence: tuple(each) for competence, each in held.items()})


def is_of_one_holder(claims: Iterable[Claim]) -> bool:
    """Tell whether credentials can be of one holder: one id, and one name where there is any.

    The id alone will not do: it stands in the file, and who copies one may have a credential of their own made for it.
    """
    holders = {(one.holder, one.name) for one in claims}
    return len({id for id, _ in holders}) <= 1 and len({name for _, name in holders} - {""}) <= 1


def blocks_of(facts: Facts, door: Door) -> tuple[Reason, ...]:
    """Return why nobody may use a machine now, whatever they hold."""
    hub = facts.hubs.get(door.hub)
    found = []
    if hub is None or not hub.is_open:
        found.append(_reason("hub-unknown" if hub is None else "hub-not-open", record=f"hubs/{door.hub}"))
    if door.status == _BROKEN:
        found.append(_reason("machine-not-working", record=f"machines/{door.machine}"))
    if door.use == _STAFF:
        found.append(_reason("operated-by-staff", record=f"machines/{door.machine}"))
    return tuple(found)


def reasons_for(facts: Facts, wallet: Wallet, need: Need) -> tuple[Reason, ...]:
    """Return what each credential means for a requirement, the best first; never empty."""
    if need.competence not in facts.competences:
        return (_reason("competence-unknown", need),)
    held = wallet.held.get(need.competence)
    if not held:
        return (_reason("no-credential", need),)
    if len(held) == 1:
        return (_weighed(facts, wallet.day, need, held[0]),)
    once = dict.fromkeys(_weighed(facts, wallet.day, need, one) for one in held)
    return tuple(sorted(once, key=place))  # those that are alike stay as they were carried


def last_day(claim: Claim) -> date | None:
    """Return the last whole day (UTC) on which a credential is valid; None without an end."""
    end = claim.valid_until
    if end is None:
        return None
    is_whole = (end.hour, end.minute, end.second) == (23, 59, 59)
    return end.date() if is_whole else _moved(end.date(), -1)


def _fault(facts: Facts, evidence: Evidence, day: date) -> str:
    """Return the code of the first thing that is wrong with a credential on a day, or ""."""
    claim = evidence.claim
    if evidence.proof:
        return evidence.proof
    if not claim.holder and not claim.name:
        return "holder-missing"
    if claim.basis not in (ASSESSMENT, RECOGNITION):
        return "basis-unknown"
    issuer = facts.hubs.get(claim.issuer)
    if issuer is None:
        return "issuer-unknown"
    return _key_fault(issuer, evidence, day) or date_fault(evidence, day) or evidence.status


def _key_fault(issuer: Standing, evidence: Evidence, day: date) -> str:
    """Return why a key does not count. Of a compromised one nothing does: a thief writes any date."""
    if evidence.signed_on is None:
        return "proof-missing"
    known = [key for key in issuer.keys if key.public_key == evidence.public_key]
    if not known:
        return "key-unknown"
    if any(key.compromised_since is not None and key.compromised_since <= day for key in known):
        return "key-compromised"
    return "" if any(key.is_in_force(evidence.signed_on) for key in known) else "key-not-in-force"


def date_fault(evidence: Evidence, day: date) -> str:
    """Return the code of why a credential does not hold on a day by the days that it names, or ""."""
    claim, end = evidence.claim, last_day(evidence.claim)
    if day < max(claim.valid_from.date(), claim.assessed_on):
        return "not-yet-valid"
    if evidence.signed_on is not None and day < evidence.signed_on:
        return "signed-later"
    return "expired" if end is not None and end < day else ""


def _until(facts: Facts, evidence: Evidence) -> date | None:
    """Return the last day of a credential, as far as it and its key say."""
    issuer = facts.hubs.get(evidence.claim.issuer)
    keys = issuer.keys if issuer is not None else ()
    thefts = [key.compromised_since for key in keys if key.public_key == evidence.public_key]
    return _earliest(last_day(evidence.claim), *(_moved(day, -1) for day in thefts if day is not None))


def _weighed(facts: Facts, day: date, need: Need, held: Held) -> Reason:
    """Return what one credential means for a requirement."""
    claim = held.claim
    if held.fault:
        until = last_day(claim) if held.fault == "expired" else None
        return replace(_reason(held.fault, need, claim, f"hubs/{claim.issuer}", until=until), result=Result.DENY)
    if claim.issuer == need.hub:
        code = "own" if claim.level >= need.level else "level-too-low"
        return _reason(code, need, claim, f"hubs/{need.hub}", held=claim.level, until=held.until)
    return _recognised(facts, day, need, held)


def _recognised(facts: Facts, day: date, need: Need, held: Held) -> Reason:
    """Return what a credential of another hub means: a refusal wins, else the best rule decides."""
    claim, issuer = held.claim, facts.hubs[held.claim.issuer]
    if need.hub in facts.unreadable:
        return _reason("rules-unreadable", need, claim, f"hubs/{need.hub}")
    rules = facts.rules.get((need.hub, need.competence))
    if rules is None:
        return _reason("not-recognised", need, claim)
    refusals = [rule for rule in rules.refusing if rule.names(claim.issuer, issuer.networks)]
    for rule in refusals:
        if rule.is_in_force(day):
            return _reason("refused", need, claim, f"recognitions/{rule.id}")
    naming = [rule for rule in rules.accepting if rule.names(claim.issuer, issuer.networks)]
    if not naming:
        return _reason("not-recognised", need, claim)
    if claim.basis != ASSESSMENT:
        return _reason("basis-recognition", need, claim, f"hubs/{claim.issuer}")
    refused_from = [_moved(rule.valid_from, -1) for rule in refusals if rule.valid_from > day]
    held = held._replace(until=_earliest(held.until, *refused_from))
    return min((_by_rule(rule, day, need, held, issuer) for rule in naming), key=place)


def _by_rule(rule: Rule, day: date, need: Need, held: Held, issuer: Standing) -> Reason:
    """Return what an accepting rule that names the issuer or a network of it makes of a credential."""
    claim = held.claim
    oldest = _moved(claim.assessed_on, rule.max_age_days) if rule.max_age_days is not None else None
    level = rule.level(claim.level)
    code, until = "recognised", _earliest(held.until, rule.valid_until, oldest)
    if claim.issuer not in rule.issuers and not issuer.is_open:
        code = "issuer-not-active"
    elif not rule.is_in_force(day):
        code = "rule-not-in-force"
    elif not rule.is_clear:
        code = "rule-unclear"
    elif need.machine in rule.excludes:
        code = "machine-excluded"
    elif oldest is not None and oldest < day:
        code, until = "assessment-too-old", oldest
    elif level < need.level:
        code = "level-too-low"
    elif rule.asks_first:
        code = "recognised-after-induction"
    return _reason(code, need, claim, f"recognitions/{rule.id}", held=level, until=until)


def _reason(
    code: str, need: Need | None = None, claim: Claim | None = None, record: str = "", *,
    held: int = 0, until: date | None = None,
) -> Reason:  # fmt: skip
    """Return a reason; a code that is not in the table never helps."""
    result = CODES[code].result if code in CODES else Result.DENY
    return Reason(
        code=code, result=result, competence=need.competence if need else "", asked=need.level if need else 0,
        held=held, credential=claim.id if claim else "", issuer=claim.issuer if claim else "", record=record,
        until=until,
    )  # fmt: skip


def place(reason: Reason) -> tuple[int, int, int, int, str, str]:
    """Return where a reason stands among others, the best first; of two that hold, the longer one."""
    lasts = -(reason.until or date.max).toordinal()
    rank = RANK.get(reason.code, len(RANK))
    return (ORDER[reason.result], rank, lasts, -reason.held, reason.credential, reason.record)


def _moved(day: date, days: int) -> date:
    """Return a day some days later, as far as the calendar goes: the dates in a credential are a stranger's."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), _LAST))


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _remarks(facts: Facts, door: Door, wallet: Wallet, best: Iterable[Reason]) -> Iterator[Reason]:
    """Yield what is good to know and decides nothing."""
    if door.status == _LIMITED:
        yield _reason("machine-limited", record=f"machines/{door.machine}")
    for reason in best:
        for held in wallet.held.get(reason.competence, ()) if reason.result is not Result.DENY else ():
            if held.claim.id == reason.credential and held.claim.version != facts.competences[reason.competence]:
                need = Need(door.machine, door.hub, reason.competence, reason.asked)
                yield _reason("other-version", need, held.claim, f"competences/{reason.competence}")
