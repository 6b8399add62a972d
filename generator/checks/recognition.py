"""Recognition rules: what each says, and what those of one hub say together; and periods that end too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..diagnostics import Finding, Key, Severity
from ..records import Contract, Hub, Network, Recognition, Record, Request
from ..registry import Registry
from .check import check


@check(Severity.ERROR)
def recognition_of_itself(registry: Registry) -> Iterator[Finding]:
    """A hub's recognition rule names the hub itself.

    A hub accepts what it assessed itself without any rule. `issuers` are other hubs.
    """
    for rule in registry.each(Recognition):
        for at, issuer in enumerate(rule.issuers):
            if issuer == rule.hub:
                text = f"`{issuer}` need not recognise its own credentials"
                yield Finding(rule.at("issuers", at), text, "take it out of `issuers`")


@check(Severity.ERROR)
def level_map_not_monotone(registry: Registry) -> Iterator[Finding]:
    """In a recognition rule, more counts as less.

    A higher level of theirs must count as the same or a higher level of ours, and each of theirs stands in
    the list once.
    """
    for rule in registry.each(Recognition):
        for at, level in enumerate(rule.levels):
            for earlier in rule.levels[:at]:
                wrong = (level.theirs - earlier.theirs) * (level.ours - earlier.ours) < 0
                if wrong or level.theirs == earlier.theirs:
                    text = (
                        f"their level {level.theirs} counts as {level.ours}, "
                        f"but their level {earlier.theirs} as {earlier.ours}"
                    )
                    yield Finding(rule.at("levels", at), text, "let a higher level of theirs never count as less")
                    break


@check(Severity.ERROR)
def excluded_machine_elsewhere(registry: Registry) -> Iterator[Finding]:
    """A recognition rule excludes a machine that stands at another hub.

    A rule opens machines of its own hub, so it can only keep those closed. The id of a machine begins with
    the id of its hub.
    """
    for rule in registry.each(Recognition):
        for at, machine in enumerate(rule.excludes):
            if machine.rpartition("/")[0] != rule.hub:
                text = f"machine `{machine}` does not stand at `{rule.hub}`"
                yield Finding(rule.at("excludes", at), text, f"name machines of `{rule.hub}`, or leave it out")


@check(Severity.ERROR)
def invented_issuer(registry: Registry) -> Iterator[Finding]:
    """What an invented hub signs would open a real machine.

    A rule of a real hub accepts the credentials of a hub or a network with `demonstration: true`, or an invented hub is
    a member of a real network. Nobody was assessed there.
    """
    for rule in registry.each(Recognition):
        hub = registry.get(Hub, rule.hub)
        if rule.decision != "refuse" and hub is not None and not hub.demonstration:
            for keys, named in _accepted(registry, rule):
                if named is not None and named.demonstration:
                    yield Finding(rule.at(*keys), f"`{named.id}` is invented, and `{rule.hub}` is not", "take it out")
    for hub in registry.each(Hub):
        for at, id in enumerate(hub.networks if hub.demonstration else ()):
            network = registry.get(Network, id)
            if network is not None and not network.demonstration:
                yield Finding(hub.at("networks", at), f"`{hub.id}` is invented, and `{id}` is not", "take it out")


def _accepted(registry: Registry, rule: Recognition) -> Iterator[tuple[tuple[Key, ...], Hub | Network | None]]:
    """Yield where a rule names a hub or a network, and its record."""
    yield from ((("issuers", at), registry.get(Hub, id)) for at, id in enumerate(rule.issuers))
    yield from ((("networks", at), registry.get(Network, id)) for at, id in enumerate(rule.networks))


@check(Severity.WARNING)
def contradicting_recognitions(registry: Registry) -> Iterator[Finding]:
    """Two rules of a hub accept and refuse the same credentials.

    Both name the same hub or network and the same competence, and hold on the same days. The refusal wins.
    If that is what you want, delete the other rule; if not, end one of them with `valid_until`. To accept a
    network but for one of its hubs is no contradiction.
    """
    in_question = {rule.id for rule in registry.each(Recognition)}
    rules: dict[str, list[Recognition]] = {}
    for rule in registry.all(Recognition) if in_question else ():
        rules.setdefault(rule.hub, []).append(rule)
    for rule in registry.each(Recognition):
        for other in rules[rule.hub]:
            is_told = other.id in in_question and other.id > rule.id
            if not is_told and _contradict(rule, other):
                text = f"`{rule.decision}` and `{other.decision}` for the same credentials of {rule.competence}"
                related = ((other.at("decision"), "the other rule"),)
                yield Finding(rule.at("decision"), text, "delete one of the rules, or end it", related)


def _contradict(one: Recognition, other: Recognition) -> bool:
    same = one.competence == other.competence and (
        not set(one.issuers).isdisjoint(other.issuers) or not set(one.networks).isdisjoint(other.networks)
    )
    return (
        same
        and (one.decision == "refuse") != (other.decision == "refuse")
        and one.valid_from <= (other.valid_until or date.max)
        and other.valid_from <= (one.valid_until or date.max)
    )


@check(Severity.ERROR)
def ends_before_it_begins(registry: Registry) -> Iterator[Finding]:
    """Something ends before it begins.

    The last day of a rule, a key, a request or a contract template is before its first. One of the two dates
    is wrong, often the year.
    """
    for record, begin, end, keys in _periods(registry):
        if begin is not None and end is not None and end < begin:
            yield Finding(record.at(*keys), f"{end} is before {begin}, when it begins", "correct one of the two dates")


def _periods(registry: Registry) -> Iterator[tuple[Record, date | None, date | None, tuple[Key, ...]]]:
    """Yield (record, first day, last day, keys of the last day) of all that has both."""
    for rule in registry.each(Recognition):
        yield rule, rule.valid_from, rule.valid_until, ("valid_until",)
    for hub in registry.each(Hub):
        for at, key in enumerate(hub.keys):
            yield hub, key.valid_from, key.valid_until, ("keys", at, "valid_until")
    for request in registry.each(Request):
        yield request, request.posted_on, request.needed_by, ("needed_by",)
    for contract in registry.each(Contract):
        yield contract, contract.published_on, contract.withdrawn_on, ("withdrawn_on",)
