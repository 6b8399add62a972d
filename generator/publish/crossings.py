"""A registry in; who refers to whom out: the hubs that can do a process, the machines of a model, and so on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..passports.values import ASSESSMENT
from ..records import Competence, Design, Hub, Machine, Model, Passport, Process, Recognition, Request
from ..registry import Registry


class Crossings:
    """Ids by the id of what they refer to; sorted, each id once."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.hubs_of_country = _grouped((hub.country, hub.id) for hub in registry.all(Hub))
        self.hubs_of_network = _grouped((name, hub.id) for hub in registry.all(Hub) for name in hub.networks)
        self.hubs_accepting = _grouped((one, hub.id) for hub in registry.all(Hub) for one in hub.accepts)
        self.machines_of_model: dict[str, list[str]] = defaultdict(list)
        self.machines_of_process: Counter[str] = Counter()
        self.hubs_of_model: dict[str, list[str]] = {}
        self.hubs_of_model_in: dict[tuple[str, str], list[str]] = defaultdict(list)  # by model and country
        self.asking: dict[str, dict[int, list[str]]] = {}  # machines by competence and level
        self.processes_of_hub: dict[str, tuple[str, ...]] = {}
        self._machines(registry)
        self.hubs_of_process = self._hubs_of_process(registry)
        self.models_of_process = _grouped((one, model.id) for model in registry.all(Model) for one in model.processes)
        self.models_of_material = _grouped(
            (use.material, model.id) for model in registry.all(Model) for use in model.materials
        )
        self.models_of_brand = _grouped((model.country, model.id) for model in registry.all(Model))
        self.designs_of_process = _grouped(
            (step.process, design.id) for design in registry.all(Design) for step in design.operations
        )
        self.designs_of_material = _grouped(
            (step.material, design.id) for design in registry.all(Design) for step in design.operations if step.material
        )
        self.requests_of_design = _grouped((one.design, one.id) for one in registry.all(Request))
        self.recognitions_of_hub = _grouped((one.hub, one.id) for one in registry.all(Recognition))
        self.recognitions_of_competence = _grouped((one.competence, one.id) for one in registry.all(Recognition))
        self.competences_of_process = _grouped((one, it.id) for it in registry.all(Competence) for one in it.processes)
        self.competences_of_model = _grouped((one, it.id) for it in registry.all(Competence) for one in it.models)
        self.issuers_of_competence = _grouped(sorted(_issuers(registry)))

    def _machines(self, registry: Registry) -> None:
        """Read every machine once. What a hub can do is what it says and what its machines do."""
        claimed = {hub.id: set(hub.processes) for hub in registry.all(Hub)}
        for machine in registry.all(Machine):
            model = registry.get(Model, machine.model) if machine.model else None
            if model is not None:
                self.machines_of_model[model.id].append(machine.id)
            for one in machine.requires:
                self.asking.setdefault(one.competence, {}).setdefault(one.level, []).append(machine.id)
            processes = machine.processes or (model.processes if model is not None else ())
            self.machines_of_process.update(processes)
            if machine.hub in claimed:
                claimed[machine.hub].update(processes)
        for id, ids in self.machines_of_model.items():
            self.hubs_of_model[id] = list(dict.fromkeys(one.rpartition("/")[0] for one in ids))
            for hub in self.hubs_of_model[id]:
                self.hubs_of_model_in[id, hub.partition("/")[0]].append(hub)
        self.processes_of_hub = {hub: tuple(sorted(processes)) for hub, processes in claimed.items()}

    def _hubs_of_process(self, registry: Registry) -> dict[str, list[str]]:
        """A hub that can do a process can do everything that the process is a kind of."""
        broader = {id: (id, *sorted(registry.processes.broader(id))) for id in registry.ids(Process)}
        found: dict[str, list[str]] = defaultdict(list)
        for hub, processes in self.processes_of_hub.items():
            for id in sorted({wide for process in processes for wide in broader.get(process, ())}):
                found[id].append(hub)
        return dict(found)


def _issuers(registry: Registry) -> Iterator[tuple[str, str]]:
    """Yield (competence, hub) where published credentials or rules of recognition say that a hub assesses it."""
    for passport in registry.all(Passport):
        yield from ((one.competence, one.issuer) for one in passport.credentials if one.basis == ASSESSMENT)
    for rule in registry.all(Recognition):
        if rule.decision != "refuse":
            yield from ((rule.competence, issuer) for issuer in rule.issuers)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, id in pairs:
        found[key][id] = None
    return {key: list(ids) for key, ids in found.items()}
