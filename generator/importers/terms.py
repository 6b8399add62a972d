"""Foreign words in; ids of the registry's processes, materials, models and networks out, and a count of the rest."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from .. import words
from ..checks import websites
from ..records import Competence, Hub, Material, Model, Network, Process
from ..registry import Registry
from . import text


class Terms:
    """Translates words into ids and counts, in `unknown`, those that the taxonomy lacks: (kind, word) → times."""

    def __init__(self, registry: Registry) -> None:
        self.unknown: Counter[tuple[str, str]] = Counter()
        self._vocabulary = registry.vocabulary
        self._codes = dict(_codes(registry))
        self._headings = _headings(registry)
        self._models = _models(registry)
        self._brands = _brands(registry)
        self._networks = frozenset(registry.ids(Network))
        self._registry = registry

    @functools.cached_property
    def _hubs(self) -> dict[str, str]:
        return _hubs(self._registry)

    def process(self, word: str, scheme: str = "") -> str:
        """Return the id of the process that a word means, by code of a scheme, label or alias; "" and counted if none.

        `scheme` is that of the processes' `codes`, such as "fablabs.io".
        """
        return self.known_process(word, scheme) or self._lacks("process", text.line(word))

    def known_process(self, word: str, scheme: str = "") -> str:
        """Return the same without counting: for a thing with several names, of which one is enough."""
        word = text.line(word)
        found = self._codes.get((scheme, word.lower()), "") or self._vocabulary.resolve(Process, word)
        return "" if found in self._headings else found

    def processes(self, several: Iterable[str], scheme: str = "") -> list[str]:
        """Return the ids of the processes that some words mean, each once, in order; the others are counted."""
        found = dict.fromkeys(self.process(word, scheme) for word in several)
        return [id for id in found if id]

    def material(self, word: str) -> str:
        """Return the id of the material that a word means; "" and counted if none."""
        word = text.line(word)
        found = self._vocabulary.resolve(Material, word)
        return found if found and found not in self._headings else self._lacks("material", word)

    def materials(self, several: Iterable[str]) -> list[dict[str, Any]]:
        """Return what a machine's or a model's `materials` holds for some words, each once, in order."""
        found = dict.fromkeys(self.material(word) for word in several)
        return [{"material": id} for id in found if id]

    def model(self, name: str, brand: str = "") -> str:
        """Return the id of the model that a name means, with or without its brand; "" and counted if none.

        A name without a brand means a model when one alone is called so.
        """
        return self.known_model(name, brand) or self._lacks("model", _full(text.line(name), text.line(brand)))

    def known_model(self, name: str, brand: str = "") -> str:
        """Return the same without counting: for lists of models, whose new ones become records."""
        name, brand = text.line(name), text.line(brand)
        forms = (f"{brand} {name}", name) if brand else (name,)
        return next((id for form in forms if (id := self._models.get(model_term(form), ""))), "")

    def brand(self, name: str) -> tuple[str, str]:
        """Return the folder and the name of a brand as the registry has it, else the slug of its name and the name."""
        name = text.line(name)
        return self._brands.get(words.term(name)) or (words.slug(name), name)

    def competence(self, word: str) -> str:
        """Return the id of the competence that a word means; "" and counted if none."""
        return self.known_competence(word) or self._lacks("competence", text.line(word))

    def known_competence(self, word: str) -> str:
        """Return the same without counting."""
        return self._vocabulary.resolve(Competence, text.line(word))

    def hub(self, address: str) -> str:
        """Return the id of the one hub with this website or page elsewhere; "" when none or several have it."""
        return self._hubs.get(_bare(address), "")

    def network(self, id: str) -> list[str]:
        """Return [id] if the registry has the network, else []: for a hub's `networks`."""
        return [id] if id in self._networks else []

    def _lacks(self, kind: str, word: str) -> str:
        if word:
            self.unknown[kind, word[:80]] += 1
        return ""


def model_term(name: str) -> str:
    """Return a model's name in its normal form; a plus counts, as another model is called without it."""
    return words.term(name.replace("+", " plus "))


def _full(name: str, brand: str) -> str:
    return name if name.lower().startswith(brand.lower()) else f"{brand} {name}"


def _headings(registry: Registry) -> frozenset[str]:
    processes = (process.id for process in registry.all(Process) if process.group)
    return frozenset([*processes, *(material.id for material in registry.all(Material) if material.group)])


def _brands(registry: Registry) -> dict[str, tuple[str, str]]:
    """Return folder and name of brands by their names, and by the first word where only one begins so."""
    known = {model.id.partition("/")[0]: model.brand for model in registry.all(Model)}
    firsts = Counter(words.term(brand.split()[0]) for brand in known.values())
    found = {words.term(brand.split()[0]): (folder, brand) for folder, brand in known.items()}
    found = {word: brand for word, brand in found.items() if firsts[word] == 1 and len(word) > 3}
    return found | {words.term(brand): (folder, brand) for folder, brand in known.items()}


def _codes(registry: Registry) -> Iterator[tuple[tuple[str, str], str]]:
    for process in registry.all(Process):
        for code in process.codes:
            yield (code.scheme, code.code.lower()), process.id


def _models(registry: Registry) -> dict[str, str]:
    """Return ids of models by all that they are called; "" for what several are called."""
    ids: dict[str, str] = {}
    for model in registry.all(Model):
        names = {model.full_name, model.name, *model.aliases}
        for form in {model_term(one) for name in names for one in (name, f"{model.brand} {name}")}:
            ids[form] = model.id if ids.get(form, model.id) == model.id else ""
    ids.pop("", None)
    return ids


def _hubs(registry: Registry) -> dict[str, str]:
    """Return ids of hubs by their websites and pages elsewhere; "" for an address that several have."""
    ids: dict[str, str] = {}
    for hub in registry.all(Hub):
        for address in {_bare(one) for one in (hub.website, *hub.same_as)}:
            ids[address] = hub.id if ids.get(address, hub.id) == hub.id else ""
    ids.pop("", None)
    return ids


def _bare(address: str) -> str:
    return websites.site(address)
