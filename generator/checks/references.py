"""References between records: each must lead somewhere, and not to a heading where a thing is meant."""

from __future__ import annotations

from collections.abc import Iterator

from .. import words
from ..diagnostics import Finding, Key, Severity
from ..records import Hub, Machine, Model, Process, Record
from ..registry import Registry
from .check import check


def unknown(registry: Registry, kind: type[Record], id: str, record: Record, *keys: Key) -> Iterator[Finding]:
    """Yield a finding when `record` names, at `keys`, a record of `kind` that does not exist."""
    if not registry.knows(kind, id):
        near = words.closest(id, registry.ids(kind))
        hint = f"did you mean `{near}`?" if near else f"add {kind.folder}/{id}.yaml, or see `karakana find`"
        yield Finding(record.at(*keys), f"no {kind.record_kind} is called `{id}`", hint)


@check(Severity.ERROR)
def unknown_process(registry: Registry) -> Iterator[Finding]:
    """A record names a process that the taxonomy does not have.

    Ids of processes are the file names in `registry/processes`. If the word is missing there, add it in the
    same pull request: a file with a label and what it is a kind of.
    """
    for hub in registry.each(Hub):
        for at, id in enumerate(hub.processes):
            yield from unknown(registry, Process, id, hub, "processes", at)
    for kind in (Machine, Model):
        for record in registry.each(kind):
            for at, id in enumerate(record.processes):
                yield from unknown(registry, Process, id, record, "processes", at)


@check(Severity.ERROR)
def unknown_model(registry: Registry) -> Iterator[Finding]:
    """A machine names a model that the registry does not have.

    The id of a model is its path below `registry/models`, such as `creality/ender-3`. A machine needs no
    model: leave the key out and say what the machine can do with `processes`.
    """
    for machine in registry.each(Machine):
        if machine.model:
            yield from unknown(registry, Model, machine.model, machine, "model")
