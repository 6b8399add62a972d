"""An order's folder in; what is wrong with the contracts that it names, and what could not be looked at, out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .. import markdown, orders, signatures
from ..contracts import signing
from ..contracts.signing import Contents
from ..orders import State, Terms, agreed, drafting
from .hub_keys import keys_of
from .order_folders import Order
from .reading import whole
from .signing import MANIFEST, read_contents, refuse_links, report

CONTRACT = "contract"
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, ArithmeticError)
_ODD = "the values of its contract are not of the form that they must have"


class Division(NamedTuple):
    """A new division with a contract: the order's terms, where it stood before, and what the step says."""

    terms: Terms
    state: State
    details: Mapping[str, Any]

    @property
    def sha256(self) -> str:
        """The hash of the contract's manifest."""
        return str(self.details["manifest_sha256"])


def agreed_in(contents: Contents, named: Mapping[str, str]) -> drafting.Contract:
    """Return a contract as an order is drafted from it."""
    template = contents.copy if contents.copy is not None else contents.template
    parameters = contents.parameters if isinstance(contents.parameters, Mapping) else {}
    return drafting.Contract(template if isinstance(template, Mapping) else {}, parameters, named)


def contract_faults(found: Order, registry: Path) -> str:
    """Return what is wrong with the contracts of an order: changed, other than the order, not signed by who said so."""
    faults = _differences(found, registry)
    if found.terms.manifest and (path := found.folder / found.terms.manifest).is_file():
        contents = read_contents(path.parent, registry, path.name)
        signed = [one for one in found.log.state.signed if one in found.terms.parties]
        faults += _signed(path, contents, registry, signed)
    for one in _divisions(found):
        path_of = _folder_with(found.folder, one.sha256)
        faults += _missing(one.sha256) if path_of is None else _of_division(found, registry, path_of, one)
    return faults


def _missing(digest: str) -> str:
    return (
        f"the contract of a new division (manifest {digest[:12]}…) is not in this folder: nobody can check it\n"
        "  help: get it from the initiator, and put its folder beside the first\n"
    )


def changes(found: Order, registry: Path) -> str:
    """Return what makes an order's contract another than the one that its terms name and follow; the plan, too."""
    told = _differences(found, registry)
    path = found.folder / found.terms.manifest
    if found.terms.manifest and path.is_file():
        told += _changed(path.parent, read_contents(path.parent, registry, path.name))
    for one in _divisions(found):
        other = _folder_with(found.folder, one.sha256)
        told += _missing(one.sha256) if other is None else _division_faults(other, registry, one)
    return told


def proposed(found: Order, folder: Path, registry: Path, quantities: Mapping[str, int]) -> tuple[str, dict[str, Any]]:
    """Return how the contract of a new division was changed or does not fit; and what the step writes down of it."""
    contents = read_contents(folder, registry)
    told: dict[str, Any] = {"manifest_sha256": signing.bare_digest(contents.manifest)}
    if found.terms.currency:
        told["prices"] = {hub: one for hub, one in _prices(contents).items() if hub in quantities}
    one = Division(found.terms, found.log.state, {**told, "quantities": quantities})
    return _division_faults(folder / MANIFEST, registry, one), told


def _prices(contents: Contents) -> dict[str, dict[str, Any]]:
    """Return the price of each manufacturer; none of values that have another form."""
    try:
        return agreed.prices(agreed_in(contents, {}))
    except _UNREADABLE:
        return {}


def _division_faults(path: Path, registry: Path, one: Division) -> str:
    contents = read_contents(path.parent, registry, path.name)
    return _changed(path.parent, contents) + _other_than(path, contents, one)


def _changed(folder: Path, contents: Contents) -> str:
    parts = signing.verified(contents, {}).parts
    return "".join(f"{folder}: {markdown.visible(f'{one.name}: {one.fault}')}\n" for one in parts if one.fault)


def _differences(found: Order, registry: Path) -> str:
    """Return what the order says otherwise than its contract, and whether that and the plan are those that it names."""
    told = _plan_fault(found)
    if not found.terms.manifest:
        return told
    path = found.folder / found.terms.manifest
    refuse_links(*(part for part in path.parents if found.folder in part.parents))
    if not path.is_file():
        return f"{told}{path}: the contract is missing\n"
    contents = read_contents(path.parent, registry, path.name)
    if signing.bare_digest(contents.manifest) != found.terms.manifest_sha256:
        told += f"{path}: it is not the manifest that {orders.FILE} names\n"
    contract = agreed_in(contents, {})
    lead = f"{found.folder / orders.FILE}"
    return told + "".join(f"{lead}: {markdown.visible(one)}\n" for one in other_facts(found.terms, contract))


def other_facts(terms: Terms, contract: drafting.Contract) -> list[str]:
    """Return what an order says otherwise than its contract; values of another form are one difference, too."""
    try:
        return list(agreed.differences(terms, contract))
    except _UNREADABLE:
        return [_ODD]


def _plan_fault(found: Order) -> str:
    path = found.folder / found.terms.plan
    if not found.terms.plan_sha256:
        return ""
    refuse_links(path)
    if not path.is_file():
        return f"{path}: the plan that {orders.FILE} names is missing\n"
    same = hashlib.sha256(whole(path)).hexdigest() == found.terms.plan_sha256
    return "" if same else f"{path}: it is not the plan that {orders.FILE} names: it was changed\n"


def _signed(path: Path, contents: Contents, registry: Path, wanted: list[str]) -> str:
    """Return what does not hold of a contract, and who took the step `sign` and has not signed it."""
    verdict = signing.verified(contents, keys_of(registry, [one.hub for one in signing.signatories(contents)]))
    signed = {one.party.hub for one in verdict.signatures if one.state == "signed"}
    told = [
        f"{path}: `{hub}` took the step `sign`, and has not signed the contract; see `karakana contract sign`\n"
        for hub in wanted
        if hub not in signed
    ]
    return "".join(told) + ("" if verdict.is_whole else report(verdict))


def _divisions(found: Order) -> Iterator[Division]:
    """Yield each new division that has a contract."""
    actions = [one.action for one in found.log.entries]
    for at, action in enumerate(actions):
        if action.step == "replan" and action.details.get("manifest_sha256"):
            yield Division(found.terms, orders.replayed(found.terms, actions[:at]), action.details)


def _folder_with(folder: Path, digest: str) -> Path | None:
    """Return the manifest in a folder of the order that has a digest."""
    for path in sorted(folder.glob(f"*/{MANIFEST}")):
        try:
            data = signatures.read(whole(path)) if path.is_file() else None
        except signatures.ReadError:
            continue
        if isinstance(data, Mapping) and signing.bare_digest(data) == digest:
            return path
    return None


def _of_division(found: Order, registry: Path, path: Path, one: Division) -> str:
    contents = read_contents(path.parent, registry, path.name)
    quantities: Mapping[str, int] = one.details["quantities"]
    joined = [hub for hub in quantities if hub in found.log.state.signed and hub not in found.terms.parties]
    return _other_than(path, contents, one) + _signed(path, contents, registry, [*joined, *_payer(found, one)])


def _payer(found: Order, one: Division) -> list[str]:
    """Return who pays what a new division costs, once somebody has agreed to that; the initiator said it itself."""
    agreed_to = [lot.hub for lot in found.log.state.lots if lot.share and lot.hub in one.details.get("prices", ())]
    return [found.terms.payer] if agreed_to and found.terms.payer != found.terms.initiator else []


def _other_than(path: Path, contents: Contents, one: Division) -> str:
    """Return where a contract says otherwise than a new division: its pieces, its prices, all that stays as it was."""
    told = list(_other_lots(contents, one.details["quantities"]))
    if not told and "prices" in one.details:  # steps of before prices were written down are held against pieces alone
        told = _other_money(contents, one)
    return "".join(f"{path}: {markdown.visible(line)}\n" for line in told)


def _other_money(contents: Contents, one: Division) -> list[str]:
    contract, prices, quantities = agreed_in(contents, {}), one.details["prices"], one.details["quantities"]
    try:
        told = list(agreed.other_division(one.terms, one.state, quantities, contract))
    except _UNREADABLE:
        return [_ODD]
    if told:
        told.append("  help: fill it in as the order is; a hub that gets another price agrees to it: --part HUB=PIECES")
    known = _prices(contents)
    wrong = [hub for hub in quantities if prices.get(hub) != known.get(hub)]
    return told + [f"the price of `{hub}` is not the one that the step `replan` wrote down" for hub in wrong]


def _other_lots(contents: Contents, quantities: Mapping[str, int]) -> Iterator[str]:
    """Yield where a contract gives a hub other pieces than a new division does."""
    given = dict(_lots(contents.parameters))
    for hub, many in quantities.items():
        if hub in given and given[hub] != many:
            yield f"it gives {given[hub]} pieces to `{hub}`, and the division {many}"
        elif hub not in given:
            yield f"it names no manufacturer `{hub}`, to whom the division gives {many} pieces"


def _lots(parameters: Any) -> Iterator[tuple[str, Any]]:
    """Yield each manufacturer of a contract and its pieces."""
    values = parameters if isinstance(parameters, Mapping) else {}
    makers, quantities = values.get("manufacturers"), values.get("quantities")
    if isinstance(makers, list) and isinstance(quantities, list):
        for one, many in zip(makers, quantities, strict=False):
            if isinstance(one, Mapping):
                yield signing.party_id(one), many
