"""An order's folder in; what is wrong with the contracts that it names, and what could not be looked at, out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import markdown, orders, signatures
from ..contracts import signing
from ..contracts.signing import Contents
from ..orders import Terms, agreed, drafting
from .hub_keys import keys_of
from .order_folders import Order
from .reading import whole
from .signing import MANIFEST, read_contents, refuse_links, report

CONTRACT = "contract"


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
    for digest, quantities in _divisions(found):
        path_of = _folder_with(found.folder, digest)
        faults += _missing(digest) if path_of is None else _of_division(found, registry, path_of, quantities)
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
    for digest, quantities in _divisions(found):
        other = _folder_with(found.folder, digest)
        told += _missing(digest) if other is None else division_faults(other.parent, registry, quantities)
    return told


def division_faults(folder: Path, registry: Path, quantities: Mapping[str, int]) -> str:
    """Return how the contract of a new division was changed, or differs from the pieces that it is for."""
    contents = read_contents(folder, registry)
    return _changed(folder, contents) + _other_lots(folder / MANIFEST, contents, quantities)


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
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError):
        return ["the values of its contract are not of the form that they must have"]


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


def _divisions(found: Order) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the contract's manifest and the quantities of each new division that has one."""
    for one in found.log.entries:
        if one.action.step == "replan" and one.action.details.get("manifest_sha256"):
            yield one.action.details["manifest_sha256"], one.action.details["quantities"]


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


def _of_division(found: Order, registry: Path, path: Path, quantities: Mapping[str, int]) -> str:
    contents = read_contents(path.parent, registry, path.name)
    joined = [hub for hub in quantities if hub in found.log.state.signed and hub not in found.terms.parties]
    return _other_lots(path, contents, quantities) + _signed(path, contents, registry, joined)


def _other_lots(path: Path, contents: Contents, quantities: Mapping[str, int]) -> str:
    """Return where a contract gives a hub other pieces than a new division does."""
    told, given = "", dict(_lots(contents.parameters))
    for hub, many in quantities.items():
        if hub in given and given[hub] != many:
            told += f"{path}: it gives {given[hub]} pieces to `{hub}`, and the division {many}\n"
        elif hub not in given:
            told += f"{path}: it names no manufacturer `{hub}`, to whom the division gives {many} pieces\n"
    return told


def _lots(parameters: Any) -> Iterator[tuple[str, Any]]:
    """Yield each manufacturer of a contract and its pieces."""
    values = parameters if isinstance(parameters, Mapping) else {}
    makers, quantities = values.get("manufacturers"), values.get("quantities")
    if isinstance(makers, list) and isinstance(quantities, list):
        for one, many in zip(makers, quantities, strict=False):
            if isinstance(one, Mapping):
                yield signing.party_id(one), many
