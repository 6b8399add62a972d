"""`karakana peers add`, `pull`, `status` and `remove`: other registries whose hubs are shown beside ours."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..artifacts import replace_file
from ..records import Settings
from ..records.instance import Peer
from ..registry.foreign import Neighbour
from ..words import slug
from .session import CLEAN, FINDINGS, Workplace, find_workplace, quiet_option

if TYPE_CHECKING:
    from ..federation import Outcome, Pull  # what it brings along takes a tenth of a second

_Row = tuple[str, ...]


@click.group()
def peers() -> None:
    """Name other registries, fetch their hubs, and see how they stand.

    Their hubs are shown beside ours, read only, with their origin. A peer that is gone or means harm never breaks a
    build: its last good copy stays in build/peers.

    \b
    karakana peers add https://registry.example/
    karakana peers pull
    karakana peers status
    """


@peers.command()
@click.argument("url")
@click.option("--id", "id", help="A short name for it; made of its name when left out.")
@click.option("--name", help="Its name; the one that it gives itself when left out.")
@click.option("--git", default="", help="Its repository, when its records are to be read from there.")
@click.option("--branch", default="", help="The repository's branch; its default one when left out.")
@click.option("--private", is_flag=True, help="Its address lies in a private network.")
def add(url: str, id: str | None, name: str | None, git: str, branch: str, *, private: bool) -> int:
    """Name the registry at URL in registry.yaml, after asking it who it is. With --name it is not asked.

    \b
    karakana peers add https://registry.example/
    karakana peers add https://registry.example/ --git https://forge.example/registry.git
    """
    from ..federation import Pull, naming

    place = find_workplace()
    path, source, settings = _read(place)
    network = "private" if private else ""
    if name is None:
        name = _learned(url, network, settings, Pull(folder=copies_of(place), now=_now()))
    chosen = id or slug(name)
    if any(chosen == peer.id for peer in settings.peers):
        raise click.UsageError(f"a peer is called {chosen!r} already; give this one another --id")
    since = _now().date().isoformat()
    peer = {"id": chosen, "name": name, "url": url, "git": git, "branch": branch, "network": network, "since": since}
    try:
        replace_file(path, naming.added(source, peer))
    except naming.NamingError as error:
        raise click.UsageError(plain(str(error))) from error
    click.echo(f"{chosen} is named in {place.prefix}registry.yaml\nnext: karakana peers pull {chosen}")
    return CLEAN


def _learned(url: str, network: str, settings: Settings, how: Pull) -> str:
    """Return what the registry at an address calls itself, after saying who it is."""
    from ..federation import FetchError, learned, use

    try:
        found = learned(Peer(id="new", name="", url=url, network=network or "public"), settings, how)
    except FetchError as error:
        hint = "to name it all the same, give --name"
        raise click.ClickException(plain(f"{url} {error}; {hint}")) from error
    terms = found.terms
    licence = f"{terms.licence}, {use(terms.licence, settings.licences.data)}"
    click.echo(plain(f"{terms.name}: {found.hubs.records} hubs of {terms.as_of} under {licence}"))
    return terms.name


@peers.command()
@click.argument("ids", nargs=-1)
@click.option(
    "--clone", "clones", multiple=True, metavar="ID=FOLDER", help="Read a peer from a Git clone on this computer."
)
@quiet_option
def pull(ids: tuple[str, ...], clones: tuple[str, ...], *, quiet: bool) -> int:
    """Fetch the hubs of the peers with IDS, or of all.

    What a peer sends is checked before it takes the place of the last good copy. Exit code 1 when a peer failed: the
    others are fetched all the same, and a build goes on with the last good copy.

    \b
    karakana peers pull
    karakana peers pull west-africa
    karakana peers pull west-africa --clone west-africa=../west-africa
    """
    from ..federation import Pull

    place = find_workplace()
    _, _, settings = _read(place)
    wanted = _chosen(settings, ids)
    if not wanted:
        click.echo("no peers are named in registry.yaml; `karakana peers add` names one", err=True)
        return CLEAN
    how = Pull(folder=copies_of(place), now=_now(), clones=dict(_clone(text, settings) for text in clones))
    return pull_all(settings, wanted, how, quiet=quiet)


def pull_all(settings: Settings, wanted: Sequence[Peer], how: Pull, *, quiet: bool) -> int:
    """Pull some peers, show a table, and return the exit code."""
    from ..federation import pull as pull_them

    with _shown(wanted, quiet=quiet) as step:

        def told(outcome: Outcome) -> None:
            step(outcome.peer.id)

        outcomes = pull_them(settings, wanted, replace(how, told=told))
    rows = [
        (
            one.peer.id,
            one.error or f"{one.terms.hubs} hubs",
            str(one.terms.skipped or ""),
            one.terms.as_of,
            one.terms.licence,
        )
        for one in outcomes
    ]
    if not quiet:
        table(("peer", "result", "not readable", "of", "licence"), rows)
    failed = [one for one in outcomes if one.error]
    for one in failed if quiet else ():
        click.echo(plain(f"{one.peer.id} {one.error}"), err=True)
    return FINDINGS if failed else CLEAN


def _result(one: Outcome) -> _Row:
    terms = one.terms
    found = one.error or f"{terms.hubs} hubs"
    return (one.peer.id, found, str(terms.skipped or ""), terms.as_of, terms.licence)


@peers.command()
def status() -> int:
    """Show how each peer stands: its last good copy, how old that is, the last error, licence and schema version.

    \b
    karakana peers status
    """
    from ..federation import neighbours

    place = find_workplace()
    _, _, settings = _read(place)
    now = _now()
    rows = [_row(one, settings, now) for one in neighbours(copies_of(place), settings)]
    table(("peer", "state", "hubs", "copy of", "age", "licence", "use", "schema", "commit", "last error"), rows)
    return CLEAN


def _row(one: Neighbour, settings: Settings, now: datetime) -> _Row:
    from ..federation import use

    if one.copy is None:
        licence = one.attempt.licence
        allowed = str(use(licence, settings.licences.data)) if licence else ""
        return (one.peer.id, one.state, "", "", "", licence, allowed, "", "", one.attempt.error)
    terms = one.copy.terms
    age = f"{(now - one.copy.fetched).days} d"
    allowed = str(use(terms.licence, settings.licences.data))
    return (
        one.peer.id, one.state, str(terms.hubs), terms.as_of, age, terms.licence, allowed, terms.version,
        terms.commit[:8], one.attempt.error,
    )  # fmt: skip


@peers.command()
@click.argument("id")
def remove(id: str) -> int:
    """Take the peer with an ID out of registry.yaml, and what was kept of it.

    \b
    karakana peers remove west-africa
    """
    from ..federation import forget, naming

    place = find_workplace()
    path, source, settings = _read(place)
    peer = _chosen(settings, (id,))[0]
    replace_file(path, naming.removed(source, peer.id))
    forget(copies_of(place) / peer.id)
    click.echo(f"{peer.id} is no longer named in {place.prefix}registry.yaml")
    return CLEAN


def copies_of(place: Workplace) -> Path:
    """Return where the last good copies of peers are kept."""
    return place.top / "build" / "peers"


def _read(place: Workplace) -> tuple[Path, bytes, Settings]:
    """Return the path of registry.yaml, its text, and what it says."""
    from ..federation import naming

    path = place.folder / "registry.yaml"
    source = path.read_bytes()
    try:
        return path, source, naming.settings(source)
    except naming.NamingError as error:
        raise click.ClickException(str(error)) from error


def _chosen(settings: Settings, ids: Sequence[str]) -> tuple[Peer, ...]:
    known = {peer.id: peer for peer in settings.peers}
    if unknown := [id for id in ids if id not in known]:
        names = ", ".join(known) or "none"
        raise click.UsageError(f"no peer is called {unknown[0]!r}; registry.yaml names: {names}")
    return tuple(known[id] for id in dict.fromkeys(ids)) if ids else settings.peers


def _clone(text: str, settings: Settings) -> tuple[str, Path]:
    id, parted, folder = text.partition("=")
    path = Path(folder)
    if not parted or not path.is_dir():
        raise click.UsageError(f"--clone takes ID=FOLDER, and {text!r} names no folder that is there")
    return _chosen(settings, (id,))[0].id, path.resolve()


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@contextmanager
def _shown(wanted: Sequence[Peer], *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that notes that a peer is done, on a bar that says who is still awaited."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    waiting = [peer.id for peer in wanted]
    columns = (
        TextColumn("asking {task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(", ".join(waiting[:4]), total=len(waiting))

        def done(id: str) -> None:
            waiting.remove(id)
            bar.update(task, advance=1, description=", ".join(waiting[:4]))

        yield done


def table(heads: Sequence[str], rows: Sequence[_Row]) -> None:
    """Print a table: drawn on a terminal, tabs elsewhere."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(map(plain, row)))
        return
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*heads, box=SIMPLE)
    for row in rows:
        drawn.add_row(*(Text(plain(cell)) for cell in row))
    Console().print(drawn)


def plain(text: str) -> str:
    """Return text on one line, with control characters shown and not sent to the terminal."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
