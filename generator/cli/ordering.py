"""`karakana order`: begin an order, see who owes what, check its log, and hand it to calendars and open data."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from .. import orders
from ..contracts.signing import Contents
from ..orders import Head, Standing
from . import order_drafts
from .advancing import advance
from .hub_keys import registry_of, registry_option
from .order_contracts import CONTRACT, contract_faults
from .order_drafts import Draft
from .order_folders import LOG, Order, forget, read_order, remember, write_head
from .private_folders import registry_around
from .session import CLEAN, FINDINGS
from .signing import read_contents

folder_argument = click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)  # fmt: skip
day_option = click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day to look at it; today when left out."
)


class _HeadType(click.ParamType[Head]):
    """The last entry of a log as it was printed: its number, a colon, its hash."""

    name = "head"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        """Return the head that was written."""
        number, _, sha256 = str(value).partition(":")
        if not number.isdecimal() or len(sha256) != 64:
            self.fail("write it as it was printed, such as 7:2c26b46b…", param, ctx)
        return Head(int(number), sha256)


@click.group()
def order() -> None:
    """Keep an order of several hubs: who makes what, how far each is, and proof of every step.

    An order lies in a folder of its own outside the registry, and is private to its parties. Each step is signed and
    appended to a log; whatever is changed, removed or cut off afterwards is found.

    \b
    karakana order new ~/orders/stools --contract ~/orders/contract --quality quality.yaml
    karakana order status ~/orders/stools
    karakana order advance ~/orders/stools offer --hub gh/kumasi-hive --key ~/keys/kumasi-hive.pem
    karakana order verify ~/orders/stools
    """


@order.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--contract", "contract", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER",
    help="A filled contract; parties, quantities and dates come from its values.",
)  # fmt: skip
@click.option(
    "--quality", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="The quality plan: YAML with a list `quality`.",
)  # fmt: skip
@click.option(
    "--terms", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="An order.yaml written by hand, in place of --quality and the contract's values.",
)  # fmt: skip
@click.option(
    "--plan", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="The plan that the order follows, kept with it.",
)  # fmt: skip
@click.option("--id", "name", metavar="ID", help="The order's id; the folder's name when left out.")
@registry_option
def new(
    *,
    folder: Path,
    contract: Path | None,
    quality: Path | None,
    terms: Path | None,
    plan: Path | None,
    name: str | None,
    start: Path | None,
) -> int:
    """Begin an order in a new folder outside the registry: its terms, its contract and an empty log.

    Everything is looked at first: when something does not hold, nothing is written.
    """
    if around := registry_around(folder):
        raise click.ClickException(f"{folder} lies in the registry {around}, which is public; orders are private")
    if (terms is None) == (quality is None):
        raise click.UsageError("give --quality FILE with --contract FOLDER, or --terms FILE")
    if terms is None and contract is None:
        raise click.UsageError("--quality needs --contract FOLDER, whose values say who makes how many by when")
    if (folder / orders.FILE).exists():
        raise click.ClickException(f"{folder / orders.FILE} is there already")
    contents = read_contents(contract, registry_of(start)) if contract else None
    draft = _drafted(name or folder.resolve().name, contents, terms, quality, plan)
    _write(folder, draft.source, contract, plan)
    click.echo(f"{folder}: an order in draft; look through {orders.FILE}, then take the step `offer`")
    if contents and (note := order_drafts.stricter(draft.terms, contents)):
        click.echo(note)
    click.echo(orders.chances_text(draft.terms), nl=False)
    return CLEAN


def _drafted(
    name: str, contents: Contents | None, terms: Path | None, quality: Path | None, plan: Path | None
) -> Draft:
    if terms is not None:
        draft = order_drafts.by_hand(terms)
    else:
        assert contents is not None
        assert quality is not None
        draft = order_drafts.from_contract(name, contents, quality, plan)
    if contents is not None:
        order_drafts.refuse_other_than(contents, draft.terms)
    return draft


def _write(folder: Path, source: bytes, contract: Path | None, plan: Path | None) -> None:
    (folder / LOG).mkdir(parents=True, exist_ok=True)
    if contract:
        shutil.copytree(contract, folder / CONTRACT, dirs_exist_ok=True)
    if plan:
        shutil.copyfile(plan, folder / order_drafts.PLAN)
    (folder / orders.FILE).write_bytes(source)


def _early(found: Order, day: str) -> str:
    """Return a note of the first entry that is dated after a day: those after it cannot be dated before it."""
    ahead = [one for one in found.log.entries if one.action.at[:10] > day]
    return f"note: entry {ahead[0].number} is dated {ahead[0].action.at}, after {day}\n" if ahead else ""


@order.command()
@folder_argument
@day_option
@click.option("--quality", is_flag=True, help="Also what is checked of each lot, and how often good and bad lots pass.")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", help="text, if left out.")
@registry_option
def status(*, folder: Path, day: datetime | None, quality: bool, form: str, start: Path | None) -> int:
    """Say where an order stands, and who owes what by when. What is wrong with its log or its contract is said, too."""
    registry = registry_of(start)
    found = read_order(folder, registry)
    standing = Standing(found.terms, found.log, (day or datetime.now(UTC)).date())
    if form == "json":
        click.echo(json.dumps(orders.as_json(standing), ensure_ascii=False, indent=2))
    else:
        click.echo(orders.text(standing), nl=False)
        if quality:
            click.echo("\n" + orders.quality_text(standing), nl=False)
    return _told(found, registry)


def _told(found: Order, registry: Path) -> int:
    """Say what is wrong with an order; return with what exit code a command ends then."""
    faults = orders.fault_text(found.log.faults) + contract_faults(found, registry)
    click.echo(faults, nl=False, err=True)
    return FINDINGS if faults else CLEAN


@order.command()
@folder_argument
@click.option(
    "--seen", multiple=True, type=_HeadType(), metavar="NUMBER:HASH",
    help="A last entry that somebody saw before, as `order status` prints it.",
)  # fmt: skip
@day_option
@click.option("--forget", "forgets", is_flag=True, help="Forget what this machine saw of the order before.")
@registry_option
def verify(
    *, folder: Path, seen: tuple[Head, ...], day: datetime | None, forgets: bool, start: Path | None
) -> int:  # fmt: skip
    """Check every entry of an order's log, its signatures, the contract, and that nothing was cut off.

    This machine remembers the last entry that it saw; --seen names those that others saw.
    """
    registry = registry_of(start)
    found = read_order(folder, registry, seen)
    if forgets:
        forget(folder, found.sha256)
        found = read_order(folder, registry, seen)
    click.echo(orders.fault_text(found.log.faults), nl=False)
    faults = contract_faults(found, registry)
    click.echo(faults, nl=False)
    if found.log.faults or faults:
        click.echo(f"NOT whole: {len(found.log.entries)} entries hold")
        return FINDINGS
    remember(folder, found.sha256, found.log.head)
    click.echo(f"whole: {len(found.log.entries)} entries, the last {found.log.head}")
    click.echo(_early(found, (day or datetime.now(UTC)).date().isoformat()), nl=False)
    return CLEAN


@order.command()
@folder_argument
@click.option("--keep", required=True, metavar="HASH", help="The beginning of the hash of the entry that stays.")
@registry_option
def resolve(*, folder: Path, keep: str, start: Path | None) -> int:
    """Settle that two people wrote at once: keep one entry, and set the other aside, to be made again after it.

    A step that was broken off after its entry was written is completed: keep that entry, the last one.
    """
    found = read_order(folder, registry_of(start))
    names = [path.name for path in sorted((folder / LOG).glob("[0-9]*.json"))]
    kept = [name for name in names if name.partition("-")[2].removesuffix(".json").startswith(keep)]
    if len(kept) != 1 or len(keep) < 6:
        raise click.ClickException(f"no single entry of this log begins with `{keep}`")
    known = {one.file for one in found.log.entries}
    if kept == names[-1:] and _is_behind(found):
        write_head(folder, found.log.head)
        click.echo(f"kept {kept[0]}: {orders.HEAD_FILE} names it as the last entry")
        return CLEAN
    ahead = [name for name in names if name not in known and name[:4] >= kept[0][:4] and name != kept[0]]
    if kept[0] in known or kept[0][:4] not in [name[:4] for name in ahead]:
        raise click.ClickException("nobody wrote at once here: nothing has to be settled")
    aside = folder / "set-aside"
    aside.mkdir(exist_ok=True)
    for name in ahead:
        (folder / LOG / name).replace(aside / name)
    forget(folder, found.sha256)
    write_head(folder, read_order(folder, registry_of(start)).log.head)
    click.echo(f"kept {kept[0]}; set aside {', '.join(ahead)}: whoever took those steps takes them again")
    return CLEAN


def _is_behind(found: Order) -> bool:
    """Tell whether the file that names the last entry names an earlier one, and nothing else is wrong."""
    try:
        said = orders.head_in((found.folder / LOG / orders.HEAD_FILE).read_bytes())
    except (OSError, ValueError):
        return False
    alone = [fault.file for fault in found.log.faults] == [orders.HEAD_FILE]
    return alone and said in [one.head for one in found.log.entries[:-1]]


@order.command()
@folder_argument
@click.option(
    "--format", "form", type=click.Choice(["ics", "ocds"]), required=True, help="A calendar, or a release of OCDS."
)
@click.option(
    "--stamp", type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ"]), metavar="TIME", help="When it is made; now when left out."
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Not to the terminal."
)
@registry_option
def export(*, folder: Path, form: str, stamp: datetime | None, output: Path | None, start: Path | None) -> int:
    """Write what is owed as a calendar (iCalendar), or the order as open contracting data (OCDS 1.1)."""
    registry = registry_of(start)
    found = read_order(folder, registry)
    if _told(found, registry) != CLEAN:
        return FINDINGS
    content = _calendar(found, stamp) if form == "ics" else _release(found)
    if output:
        output.write_bytes(content)
    else:
        click.echo(content, nl=False)
    return CLEAN


def _calendar(found: Order, stamp: datetime | None) -> bytes:
    made = stamp.replace(tzinfo=UTC) if stamp else datetime.now(UTC)
    return orders.calendar(found.terms, found.log.state, found.sha256, made.replace(microsecond=0))


def _release(found: Order) -> bytes:
    data: dict[str, Any] = orders.release(found.terms, found.log, found.sha256)
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


order.add_command(advance)
