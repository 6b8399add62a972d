"""`karakana order advance`: take a step of an order, signed with a hub's key."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from .. import orders, signatures, words
from ..orders import STEPS, Action, IllegalStepError, State, debts
from .hub_keys import address_of, key_option, keys_of, open_key, passphrase_option, registry_of, registry_option
from .order_contracts import CONTRACT, changes, proposed
from .order_folders import Order, append, read_order
from .session import CLEAN, FINDINGS

_EPILOG = "Steps: " + "; ".join(f"{step.name} ({', '.join(step.roles)})" for step in STEPS.values()) + "."


class _CheckedType(click.ParamType[tuple[str, dict[str, int]]]):
    """What was counted of a characteristic: `ID=FAULTY/PIECES`."""

    name = "checked"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, dict[str, int]]:
        """Return the characteristic and what was counted."""
        name, _, counted = str(value).partition("=")
        faulty, _, pieces = counted.partition("/")
        if not (name and faulty.isdecimal() and pieces.isdecimal()) or len(counted) > 20:
            self.fail("write it as ID=FAULTY/PIECES, such as seat-height=1/13", param, ctx)
        return name, {"faulty": int(faulty), "pieces": int(pieces)}


class _PartType(click.ParamType[tuple[str, int]]):
    """What a hub makes: `HUB=PIECES`."""

    name = "part"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Return the hub and its pieces."""
        hub, _, pieces = str(value).partition("=")
        if not pieces.isdecimal() or len(pieces) > 9:
            self.fail("write it as HUB=PIECES, such as gh/kumasi-hive=20", param, ctx)
        return hub, int(pieces)


@click.command(epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("step", type=click.Choice(sorted(STEPS)), metavar="STEP")
@click.option("--hub", required=True, metavar="ID", help="Who takes the step: a hub, or did:key:… of who has none.")
@key_option
@click.option("--lot", default="", metavar="HUB", help="Whose lot; needed for inspectors, recipients and payers.")
@click.option("--quantity", type=click.IntRange(1), metavar="N", help="deliver: how many pieces.")
@click.option(
    "--checked", "checks", multiple=True, type=_CheckedType(), metavar="ID=FAULTY/PIECES",
    help="Faulty of those checked, per line of the quality plan.",
)  # fmt: skip
@click.option(
    "--part", "parts", multiple=True, type=_PartType(), metavar="HUB=PIECES",
    help="replan: how many a hub makes in all.",
)  # fmt: skip
@click.option(
    "--contract", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER",
    help="replan: the new contract, which is copied beside the first.",
)  # fmt: skip
@click.option("--against", metavar="HUB", help="dispute: with whom.")
@click.option("--outcome", type=click.Choice(["resume", "close"]), help="settle: how.")
@click.option("--reason", metavar="TEXT", help="end, dispute, close: why.")
@click.option("--note", metavar="TEXT", help="Anything worth writing down. It can never be taken out again.")
@click.option(
    "--file", "files", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="A file whose hash is written down, such as a photo or a report.",
)  # fmt: skip
@click.option(
    "--at",
    "given",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ"]),
    metavar="TIME",
    help="When, in UTC; now when left out.",
)
@passphrase_option
@registry_option
def advance(
    *, folder: Path, step: str, hub: str, key_file: Path, lot: str, given: datetime | None, passphrase_fd: int | None,
    start: Path | None, contract: Path | None, **told: Any,
) -> int:  # fmt: skip
    """Take a step of an order and append it to the log, signed with the hub's key.

    \b
    karakana order advance DIR inspect-prototype --hub tg/lab --lot gh/kumasi-hive \\
        --checked seat-height=0/1 --key ~/keys/lab.pem
    """
    registry = registry_of(start)
    found = read_order(folder, registry)
    if found.log.faults:
        click.echo(orders.fault_text(found.log.faults), nl=False, err=True)
        click.echo("karakana: no step is added to a log that does not hold", err=True)
        return FINDINGS
    _refuse_changed(found, registry, step)
    place = folder / f"{CONTRACT}-{found.log.head.number + 1}"
    if contract is not None:
        _refuse_left_over(place, contract)
        wrong, written = proposed(found, contract, registry, dict(told["parts"]))
        if wrong:
            click.echo(wrong, nl=False, err=True)
            raise click.ClickException("`replan` is not taken: the new contract is not what it should be")
        told |= written
    own = lot or (hub if any(one.hub == hub for one in found.log.state.lots) and STEPS[step].lots else "")
    at = f"{given or datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    action = Action(step=step, by=hub, at=at, lot=own, details=_details(step, told))
    try:
        after = orders.advanced(found.terms, found.log.state, action)
    except IllegalStepError as error:
        raise click.ClickException(f"{error.message}{f' ({error.hint})' if error.hint else ''}") from error
    signer = open_key(key_file, passphrase_fd)
    day = datetime.fromisoformat(at).date()
    if wrong := signatures.key_fault(keys_of(registry, [hub]), hub, signer.public_key, day):
        raise click.ClickException(wrong)
    one = orders.entry(found.sha256, found.log.head, action, signer, address_of(registry))
    if contract is not None and not place.exists():
        _copy(contract, place)
    append(found, one)
    click.echo(words.wrapped(f"{one.number}: {hub} {step}{_outcome(own, after, step)}; the order is {after.phase}"))
    if coming := debts.following(found.terms, after, own):
        click.echo(words.wrapped(coming))
    click.echo(f"last entry, to be kept: {one.head}")
    return CLEAN


def _refuse_changed(found: Order, registry: Path, step: str) -> None:
    """Stop where an order, its plan or a contract of it is not what the parties agreed to."""
    if wrong := changes(found, registry):
        click.echo(wrong, nl=False, err=True)
        way_out = "get what was changed again, as it was, from another party or from the history of its repository"
        if not found.log.entries:
            way_out = f"correct {orders.FILE}, or begin the order anew with its contract"
        raise click.ClickException(f"`{step}` is not taken: the order is not what its contract says ({way_out})")


def _refuse_left_over(place: Path, contract: Path) -> None:
    """Stop where a contract lies already, which is never overwritten; unless it is the one that is given."""
    if os.path.lexists(place) and not (place.exists() and place.samefile(contract)):
        raise click.ClickException(
            f"{place} is there already, and no step names it: a `replan` was broken off, or somebody put it there. It "
            f"may be signed, so it stays. If it is the new contract, give it as it is (--contract {place}); otherwise "
            "move it away, and take the step again"
        )


def _copy(contract: Path, place: Path) -> None:
    """Copy a contract's folder into that of an order, as a whole or not at all."""
    new = place.with_name(f".{place.name}.{os.getpid()}.new")
    try:
        shutil.copytree(contract, new, symlinks=True)
        new.replace(place)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _outcome(lot: str, after: State, step: str) -> str:
    """Return whose lot a step was on and, of an inspection, what it found."""
    found = {one.hub: "passed" if one.passed else "refused" for one in after.lots}
    result = f": {found.get(lot)}" if step in ("inspect-prototype", "inspect-lot") else ""
    return f" ({lot}){result}" if lot else ""


def _details(step: str, told: dict[str, Any]) -> dict[str, Any]:
    """Return the details of a step: only what was given, and what was counted even when nothing is to be."""
    named = {name: told[name] for name in ("quantity", "against", "outcome", "reason", "note")}
    named |= {name: told.get(name) for name in ("manifest_sha256", "prices")}
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in told["files"]}
    lists = {"checked": dict(told["checks"]), "quantities": dict(told["parts"]), "files": files}
    counts = "checked" in STEPS[step].details
    return {name: value for name, value in {**named, **lists}.items() if value or (counts and name == "checked")}
