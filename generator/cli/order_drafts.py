"""A contract, a quality plan or terms by hand in; a new order's file and terms out, or all that is wrong with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import click

from .. import documents, markdown, orders, words
from ..contracts import signing
from ..contracts.signing import Contents
from ..documents import Examination
from ..orders import Terms, agreed, drafting
from .order_contracts import CONTRACT, agreed_in, other_facts
from .reading import beginning, whole
from .signing import MANIFEST

PLAN = "plan.json"


class Draft(NamedTuple):
    """A new order: the text of its file, and its terms."""

    source: bytes
    terms: Terms


def by_hand(path: Path) -> Draft:
    """Return the order that a file of terms makes."""
    source = beginning(path, documents.LIMIT_BYTES + 1)
    found = orders.read_terms(source)
    _refuse([f"{path}:{one.line}:{one.column}: {_with_hint(one)}" for one in found.troubles], f"{path} is no order")
    return Draft(source, found.terms[0])


def from_contract(name: str, contents: Contents, quality: Path, plan: Path | None) -> Draft:
    """Return the order that a filled contract and a quality plan make."""
    checked = documents.examine(beginning(quality, documents.LIMIT_BYTES + 1))
    broken = [
        f"{quality}:{one.line or 1}:{one.column or 1}: {one.message}: {one.rule.title}" for one in checked.problems
    ]
    _refuse(broken if checked.is_broken else [], f"{quality} cannot be read")
    if not isinstance(checked.data, Mapping) or not isinstance(checked.data.get("quality"), list):
        raise click.ClickException(f"{quality} has no list `quality`")
    if not isinstance(contents.parameters, Mapping):
        raise click.ClickException("the folder of --contract holds no filled contract")
    if without := drafting.unable(contents.parameters):
        raise click.ClickException(
            f"{', '.join(map(markdown.visible, without))} can take no step: the contract names neither a hub of theirs "
            "nor a key; fill it in with `key: z6Mk…`, as `karakana key show` prints it"
        )
    named = {"manifest": f"{CONTRACT}/{MANIFEST}", "sha256": signing.bare_digest(contents.manifest)}
    data = drafting.drafted(name, agreed_in(contents, named), checked.data["quality"])
    named_plan = {"plan": PLAN, "plan_sha256": hashlib.sha256(whole(plan)).hexdigest()} if plan else {}
    source = drafting.text({**data, **named_plan}).encode()
    found = orders.read_terms(source)
    _refuse(_placed(found, quality, checked), "no order was begun")
    return Draft(source, found.terms[0])


def _placed(found: orders.OrderFile, quality: Path, checked: Examination) -> list[str]:
    """Return what is wrong with an order: what comes from the quality plan, where it stands there."""
    lines = []
    for one in found.troubles:
        place = "the contract's values"
        if one.keys[:1] == ("quality",):
            line, column = checked.find(one.keys, on_key=False)
            place = f"{quality}:{line}:{column}"
        lines.append(f"{place}: {_with_hint(one)}")
    return lines


def _with_hint(one: orders.Trouble) -> str:
    return f"{one.message}{f' ({one.hint})' if one.hint else ''}"


def refuse_other_than(contents: Contents, terms: Terms) -> None:
    """Stop at an order that says otherwise than its contract, such as with samples that are weaker."""
    contract = agreed_in(contents, {})
    told = other_facts(terms, contract)
    ways = tuple(dict.fromkeys(_samples_of(contract))) if any(one.startswith("quality plan") for one in told) else ()
    if ways:
        told.append(f"  help: in the quality plan give {' or '.join(ways)}, or change the contract")
    _refuse(told, "no order was begun: it would not be what its contract says")


def _samples_of(contract: drafting.Contract) -> Iterator[str]:
    """Yield the contract's own samples as a quality plan writes them."""
    numbers = [contract.parameters.get(name) or () for name in ("sample_sizes", "accept_numbers")]
    for size, accept in zip(*numbers, strict=False):
        yield f"`sampling: {{basis: fixed, sample: {size}, accept: {accept}}}`"


def stricter(terms: Terms, contents: Contents) -> str:
    """Return a note of the samples that are stricter than those of the contract, or ""."""
    told = tuple(agreed.stricter_samples(terms, agreed_in(contents, {}).parameters))
    return f"note: {len(told)} samples are stricter than the contract's; the table below has them" if told else ""


def _refuse(told: list[str], why: str) -> None:
    """Stop with everything that is wrong."""
    for one in told:
        line = markdown.visible(one)
        click.echo(line if line.startswith("  help") else words.wrapped(line), err=True)  # what is typed stays whole
    if told:
        raise click.ClickException(why)
