"""Foreign words in; ids of the registry's processes, materials, models and networks out, and a count of the rest."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from .. import words
from ..checks import websites
from ..records import Competence, Hub, Material, Model, Network, Process, Record
from ..registry import Registry
from . import text

# Open Know-Where names processes by articles. What stands behind # or ? makes it another thing.
_ARTICLE = re.compile(r"https?://(?:[a-z][a-z-]{1,11}\.)?(?:m\.)?wikipedia\.org/wiki/([^/?#]+)", re.I)
_DOUBT = re.compile("[!?¬≠✗✘❌❎🚫⛔]")  # the normal form has no signs: `!laser` is no laser, `laser?` perhaps one


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
        word = title(text.line(word))
        found = self._codes.get((scheme, word.lower()), "") or self._means(Process, word)
        return "" if found in self._headings else found

    def processes(self, several: Iterable[str], scheme: str = "") -> list[str]:
        """Return the ids of the processes that some words mean, each once, in order; the others are counted."""
        found = dict.fromkeys(self.process(word, scheme) for word in several)
        return [id for id in found if id]

    def broader(self, id: str) -> frozenset[str]:
        """Return a process and all that it is a kind of."""
        return self._registry.processes.broader(id) | {id}

    def material(self, word: str) -> str:
        """Return the id of the material that a word means; "" and counted if none."""
        return self.known_material(word) or self._lacks("material", text.line(word))

    def known_material(self, word: str) -> str:
        """Return the same without counting: for a thing with several names, of which one is enough."""
        found = self._means(Material, title(text.line(word)))
        return "" if found in self._headings else found

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
        if brand and (id := self._models.get(model_term(f"{brand} {name}"), "")):
            return id
        id = self._models.get(model_term(name), "")
        return id if not brand or self._is_of(brand, id) else ""

    def _is_of(self, brand: str, id: str) -> bool:
        """Tell whether a model can be of a brand: an Ender 3 of another maker is another machine."""
        one, other = words.term(brand), words.term(id.partition("/")[0])
        return self.brand(brand)[0] == id.partition("/")[0] or one.startswith(other) or other.startswith(one)

    def brand(self, name: str) -> tuple[str, str]:
        """Return the folder and the name of a brand as the registry has it, else the slug of its name and the name."""
        name = text.line(name)
        return self._brands.get(words.term(name)) or (words.slug(name), name)

    def competence(self, word: str) -> str:
        """Return the id of the competence that a word means; "" and counted if none."""
        return self.known_competence(word) or self._lacks("competence", text.line(word))

    def known_competence(self, word: str) -> str:
        """Return the same without counting."""
        return self._means(Competence, title(text.line(word)))

    def hub(self, address: str) -> str:
        """Return the id of the one hub with this website or page elsewhere; "" when none or several have it."""
        return self._hubs.get(_bare(address), "")

    def network(self, id: str) -> list[str]:
        """Return [id] if the registry has the network, else []: for a hub's `networks`."""
        return [id] if id in self._networks else []

    def _means(self, kind: type[Record], word: str) -> str:
        return "" if _DOUBT.search(word) else self._vocabulary.resolve(kind, word)

    def _lacks(self, kind: str, word: str) -> str:
        if word:
            self.unknown[kind, word[:80]] += 1
        return ""


def title(word: str) -> str:
    """Return the title of the Wikipedia article that a word is the address of, else the word."""
    found = _ARTICLE.fullmatch(word)
    return text.line(unquote(found[1]).replace("_", " ")) if found else word


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
