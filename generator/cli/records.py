"""`karakana show`, `find`, `stats` and `completion`: reading the registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click
from click.shell_completion import get_completion_class

from .. import canonical
from ..records import KINDS, Competence, Contract, Design, Hub, Machine, Material, Model, Network, Process, Record
from ..registry import Registry, path_of
from ..words import closest, country_name, plain
from .session import find_workplace, load


@click.command()
@click.argument("id")
def show(id: str) -> None:
    """Show the record with an ID, such as gh/kumasi-hive or laser-cutting; `kind:ID` when several have it.

    \b
    karakana show gh/kumasi-hive
    karakana show process:laser-cutting
    """
    place = find_workplace()
    loaded = load(place)
    kind_name, _, rest = id.rpartition(":")
    kinds = [kind for kind in KINDS if kind_name in ("", kind.record_kind)]
    found = [record for kind in kinds if (record := loaded.get(kind, rest))]
    if not found:
        if broken := [path_of(kind.record_kind, rest) for kind in kinds if loaded.knows(kind, rest)]:
            path = place.shown(broken[0])
            raise click.ClickException(f"{path} is no valid record; `karakana check {path}` says why")
        every = [known for kind in kinds for known in loaded.ids(kind)]
        guess = closest(rest, every)
        raise click.UsageError(
            f"no record is called {id!r}" + (f"; did you mean {guess!r}?" if guess else "; try `karakana find`")
        )
    for record in found:
        click.echo(f"# {record.record_kind}: {place.shown(record.path)}")
        click.echo(canonical.canonical(record.record_kind, loaded.data(record)), nl=False)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", type=click.Choice([kind.record_kind for kind in KINDS]), help="Only this kind of record.")
def find(words: tuple[str, ...], kind: str | None) -> None:
    """Find records by WORDS of their names, places and aliases, in any order, with or without accents.

    One line each: kind, id, name. A hub is also found by what its machines can do.

    \b
    karakana find laser kumasi
    karakana find --kind process decoupe
    """
    place = find_workplace()
    loaded = load(place)
    wanted = plain(" ".join(words)).split()
    if not wanted:
        raise click.UsageError("nothing to look for: give a word with letters or digits")
    for record_kind, id, name, text in _searchable(loaded):
        if kind in (None, record_kind):
            known = text.split()
            if all(any(token.startswith(word) for token in known) for word in wanted):
                click.echo(f"{record_kind}\t{id}\t{name}")


def _searchable(loaded: Registry) -> Iterator[tuple[str, str, str, str]]:
    """Yield (kind, id, name, words to be found by) of every record that has a name."""
    for hub in loaded.all(Hub):
        machines = loaded.machines_of(hub)
        done = {process for machine in machines for process in machine.processes} | set(hub.processes)
        labels = [text for id in sorted(done) if (process := loaded.get(Process, id)) for text in _texts(process)]
        where = (hub.location.locality, hub.location.region, country_name(hub.country))
        names = (*(text for _, text in hub.name.texts), *where, *labels, *(machine.name for machine in machines))
        yield "hub", hub.id, hub.name.into(loaded.language), plain(" ".join((hub.id, *names)))
    for machine in map(loaded.complete, loaded.all(Machine)):
        yield "machine", machine.id, machine.name, plain(f"{machine.id} {machine.name}")
    for model in loaded.all(Model):
        yield "model", model.id, model.full_name, plain(" ".join((model.id, model.full_name, *model.aliases)))
    for kind in (Process, Material, Competence, Network, Design, Contract):
        for record in loaded.all(kind):
            texts = _texts(record)
            yield record.record_kind, record.id, texts[0], plain(" ".join((record.id, *texts)))


def _texts(record: Record) -> list[str]:
    """Return the names of a record in every language, the registry's own first, and its aliases."""
    named = next(getattr(record, key) for key in ("labels", "name", "title") if hasattr(record, key))
    aliases = getattr(record, "aliases", {})
    return [text for _, text in named.texts] + [word for several in aliases.values() for word in several]


@click.command()
def stats() -> None:
    """Count records by kind, and hubs by country and by how they were verified.

    \b
    karakana stats
    """
    place = find_workplace()
    loaded = load(place)
    for kind in KINDS:
        click.echo(f"{len(loaded.ids(kind))}\t{kind.folder}")
    hubs = tuple(loaded.all(Hub))
    countries = Counter(hub.country for hub in hubs)
    for code, number in sorted(countries.items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"{number}\thubs in {country_name(code)}")
    verified = Counter(hub.verified.how if hub.verified else "never" for hub in hubs)
    for how, number in sorted(verified.items()):
        click.echo(f"{number}\thubs verified: {how}")
    points = sum(hub.location.point is not None for hub in hubs)
    click.echo(f"{points}\thubs with coordinates")
    usable = sum(machine.quantity for machine in loaded.all(Machine) if machine.is_usable)
    click.echo(f"{usable}\tmachines that work, counted singly")


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete the words of this command.

    \b
    karakana completion bash >> ~/.bashrc
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(kind(context.find_root().command, {}, "karakana", "_KARAKANA_COMPLETE").source())
