"""Charters that networks say their members have signed: what they are, and whether members' own rules follow them.

A charter opens no machine: what a hub recognises stands in its own rules alone, and the checks compare the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..diagnostics import Finding, Severity
from ..records import Competence, Contract, Hub, Network, Recognition
from ..registry import Registry
from .check import check

CHARTER, REFUSE, NAMED = "charter", "refuse", "competences"


@check(Severity.ERROR)
def not_a_charter(registry: Registry) -> Iterator[Finding]:
    """A network names as its charter a contract template that is none.

    `charter` names the template that the members of a network have signed, in the version they signed, such as
    `mutual-recognition-charter/1`. Its shape is `charter`: an order or a hire agreement says nothing of how makers are
    assessed.
    """
    for network in registry.each(Network):
        contract = registry.get(Contract, network.charter) if network.charter else None
        if contract is not None and contract.shape != CHARTER:
            text = f"`{network.charter}` is a contract of the shape `{contract.shape}`"
            yield Finding(network.at("charter"), text, "name the charter that the members signed, or leave it out")


@check(Severity.NOTE)
def network_without_charter(registry: Registry) -> Iterator[Finding]:
    """A rule accepts the credentials of a network that names no charter.

    Who joins the network later is accepted as well, and nothing says by which criteria its members assess. Name the
    hubs that you know under `issuers`; or agree on a charter, and let the network name it.
    """
    for rule, at, network in _by_network(registry):
        found = registry.get(Network, network)
        if found is not None and not found.charter:
            yield Finding(rule.at("networks", at), f"`{network}` names no charter", "name hubs instead, or its charter")


@check(Severity.NOTE)
def rule_of_no_member(registry: Registry) -> Iterator[Finding]:
    """A rule accepts the credentials of a network whose charter its hub has not signed.

    The hub is no member of the network. The rule works, one way: your machines open to makers of the network, and
    nothing asks its members to open theirs to yours. Join the network when you mean both, and add it to `networks` of
    your hub.
    """
    for rule, at, network in _by_network(registry):
        hub, found = registry.get(Hub, rule.hub), registry.get(Network, network)
        if hub is not None and found is not None and found.charter and network not in hub.networks:
            text = f"`{rule.hub}` is no member of `{network}`"
            yield Finding(rule.at("networks", at), text, "join it, or leave it so when that is what you mean")


@check(Severity.NOTE)
def network_without_issuers(registry: Registry) -> Iterator[Finding]:
    """A rule accepts the credentials of a network in which nobody else can issue any.

    No other open hub of the network has a key in force today. The rule opens nothing until one has.
    """
    rules = tuple(_by_network(registry))
    members = _members(registry, {network for _, _, network in rules})
    issuing = {network: {hub.id for hub in hubs if _issues(registry, hub)} for network, hubs in members.items()}
    for rule, at, network in rules:
        if registry.knows(Network, network) and issuing[network] <= {rule.hub}:
            text = f"no other member of `{network}` has a key in force"
            yield Finding(rule.at("networks", at), text, "ask them to publish a key: `karakana key new` makes one")


@check(Severity.NOTE)
def beyond_charter(registry: Registry) -> Iterator[Finding]:
    """A member's rule accepts from its network what the network's charter does not name.

    A charter that is for certain competences lists their ids as the `choices` of its parameter `competences`. A hub may
    accept more than it has signed; the others have not promised to assess that by common criteria.
    """
    for rule, at, network in _by_network(registry):
        named = _competences(registry, network)
        if named and rule.competence not in named:
            text = f"the charter of `{network}` does not name `{rule.competence}`"
            yield Finding(rule.at("networks", at), text, "name the hubs that you trust in this under `issuers`")


@check(Severity.WARNING)
def charter_refused(registry: Registry) -> Iterator[Finding]:
    """A member of a network refuses everybody with whom it has signed a charter.

    All of its rules about the network and the other members are refusals. A refusal is the hub's right and wins over
    every other rule; but who refuses all has not signed for the sake of recognition. Accept what the charter names, or
    leave the network.
    """
    ids = _rules_by_hub(registry)
    for hub, at, network, members in _signed(registry):
        rules = [rule for rule in _alive(registry, ids[hub.id]) if _is_about(rule, network, members)]
        if rules and all(rule.decision == REFUSE for rule in rules):
            related = ((rules[0].at("decision"), "a refusal"),)
            text = f"`{hub.id}` has signed the charter of `{network}`, and refuses all that it has rules about"
            yield Finding(hub.at("networks", at), text, "accept what the charter names, or leave the network", related)


@check(Severity.NOTE)
def charter_without_rule(registry: Registry) -> Iterator[Finding]:
    """A member of a network with a charter has no rule about the others.

    A charter by itself opens nothing: a machine is opened by its own hub's rules, and nobody else's. Publish what you
    have signed, one rule for each competence, with the network under `networks`.
    """
    ids = _rules_by_hub(registry)
    for hub, at, network, members in _signed(registry):
        rules = _alive(registry, ids[hub.id])
        if len(members) > 1 and not any(_is_about(rule, network, members) for rule in rules):
            text = f"`{hub.id}` has signed the charter of `{network}`, and has no rule about its members"
            hint = f"add recognitions/{hub.id}/<name>.yaml with `networks: [{network}]`"
            yield Finding(hub.at("networks", at), text, hint)


def _by_network(registry: Registry) -> Iterator[tuple[Recognition, int, str]]:
    """Yield each accepting rule that has not ended, once for each network that it names."""
    for rule in registry.each(Recognition):
        if rule.decision != REFUSE and _is_alive(registry, rule):
            yield from ((rule, at, network) for at, network in enumerate(rule.networks))


def _is_alive(registry: Registry, rule: Recognition) -> bool:
    return rule.valid_until is None or rule.valid_until >= registry.as_of


def _issues(registry: Registry, hub: Hub) -> bool:
    return hub.is_open and any(key.is_in_force(registry.as_of) for key in hub.keys)


def _members(registry: Registry, networks: Collection[str]) -> Mapping[str, list[Hub]]:
    """Return the hubs of each network, reading hubs only when there is one to look for."""
    found: dict[str, list[Hub]] = {network: [] for network in networks}
    for hub in registry.mentioning(Hub, networks) if networks else ():
        for network in hub.networks:
            if network in found:
                found[network].append(hub)
    return found


def _signed(registry: Registry) -> Iterator[tuple[Hub, int, str, frozenset[str]]]:
    """Yield each open hub with a network whose charter it has signed: where it names it, and the ids of all members."""
    charters = {network.id for network in registry.all(Network) if network.charter}
    named = [(hub, at, network) for hub in registry.each(Hub) if charters and hub.is_open
             for at, network in enumerate(hub.networks) if network in charters]  # fmt: skip
    hubs = _members(registry, {network for _, _, network in named})
    members = {network: frozenset(hub.id for hub in found) for network, found in hubs.items()}
    yield from ((hub, at, network, members[network]) for hub, at, network in named)


def _rules_by_hub(registry: Registry) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for id in registry.ids(Recognition):
        found[id.rpartition("/")[0]].append(id)
    return found


def _alive(registry: Registry, ids: Iterable[str]) -> Iterator[Recognition]:
    """Yield those of some rules that have not ended."""
    found = (registry.get(Recognition, id) for id in ids)
    return (rule for rule in found if rule is not None and _is_alive(registry, rule))


def _is_about(rule: Recognition, network: str, members: frozenset[str]) -> bool:
    return network in rule.networks or any(issuer in members and issuer != rule.hub for issuer in rule.issuers)


def _competences(registry: Registry, network: str) -> frozenset[str]:
    """Return the competences that a network's charter is for; none when it leaves them to whoever fills it in."""
    found = registry.get(Network, network)
    contract = registry.get(Contract, found.charter) if found is not None and found.charter else None
    choices = (one.choices for one in contract.parameters if one.name == NAMED) if contract is not None else ()
    return frozenset(id for ids in choices for id in ids if registry.knows(Competence, id))
