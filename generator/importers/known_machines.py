"""Machines that are known already, and a draft of one, in; which of them it is, and what speaks for it, out."""

from __future__ import annotations

from collections.abc import Sequence

from .. import words
from ..records import Machine
from ..registry import Registry


class KnownMachines:
    """Machines of registries and of this run, by hub."""

    def __init__(self, registries: Sequence[Registry]) -> None:
        self._registries = registries
        self._names: dict[str, dict[str, str]] = {}  # hub → what a machine is called → its id

    def find(self, hub: str, data: dict[str, object]) -> tuple[str, str]:
        """Return the id of the machine of a hub that has the same model or name, and which; ("", "") if none."""
        known = self._of(hub)
        model, name = str(data.get("model", "")), str(data.get("name", ""))
        if model and (id := known.get(model)):
            return id, f"the same model, {model}"
        if name and (id := known.get(_called(name))):
            return id, "the same name at the same hub"
        return "", ""

    def add(self, machine: Machine) -> None:
        """Make a machine known that was drafted now."""
        _call(self._of(machine.hub), machine)

    def _of(self, hub: str) -> dict[str, str]:
        if hub not in self._names:
            found = self._names[hub] = {}
            for registry in self._registries:
                for id in registry.machine_ids.get(hub, ()):
                    if (machine := registry.get(Machine, id)) is not None:
                        _call(found, machine)
        return self._names[hub]


def _call(known: dict[str, str], machine: Machine) -> None:
    if machine.model:
        known.setdefault(machine.model, machine.id)
    if machine.name:
        known.setdefault(_called(machine.name), machine.id)


def _called(name: str) -> str:
    """Return a machine's name in its normal form; a plus counts, and signs where there is no letter."""
    return f"name {words.term(name.replace('+', ' plus ')) or name}"
