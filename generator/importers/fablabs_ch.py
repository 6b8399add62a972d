"""The folder of fablabs.ch, one YAML file for each space and each machine, or one of its files, in; drafts out.

A file below `machines/<type>/<brand>/` becomes a model, a space a hub, and each machine that a space names a machine of
that model, with the power that the space gives for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from .. import documents, words
from . import text
from .drafts import Draft, Rejected, Row
from .source import Source
from .terms import Terms, model_term

NAME = "fablabs-ch"
TITLE = "fablabs.ch"
URL = "https://github.com/fablabs-ch/fablabsch"
LICENCE = "GPL-3.0-only"
ATTRIBUTION = "fablabs.ch"

_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|m|in|\")?", re.IGNORECASE)
_POWER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(k?)w", re.IGNORECASE)
_MM = {"": 1.0, "mm": 1.0, "cm": 10.0, "m": 1000.0, "in": 25.4, '"': 25.4}
_SPACE = (b"machines:", b"country_code:")
_MACHINE = re.compile(rb"name: *[^\r\n]+\s*(?:work_size: *[^\r\n]+\s*)?")
_ENDINGS = (".yml", ".yaml")


def recognises(head: bytes, name: str) -> bool:
    """Tell whether a file's beginning is a space or a machine there; or, for a folder, whether it is called so."""
    if not head:
        return name.startswith(("fablabs_ch", "fablabsch"))
    if not name.lower().endswith(_ENDINGS):
        return False
    return all(key in head for key in _SPACE) or _MACHINE.fullmatch(head) is not None


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield a draft for each model, then for each space and each of its machines. Templates are left out."""
    spaces: list[tuple[str, Mapping[str, Any], bool]] = []
    models: dict[str, Draft] = {}
    for file in source.files(*_ENDINGS):
        path = _below(source, file)
        if path.name.startswith("_") or path.name == "machine_types.yml":
            continue
        data, fault = _parsed(file)
        if fault:
            yield Rejected(str(path), "", fault)
        elif "machines" in data or "country_code" in data:
            spaces.append((str(path), data, "closed" in path.parts))
        else:
            row = _model(str(path), file, data, terms)
            if isinstance(row, Draft):
                models.setdefault(model_term(row.data["name"]), row)
            yield row
    for place, data, is_closed in spaces:
        yield from _space(place, data, is_closed, models, terms)


def _below(source: Source, file: Source) -> PurePath:
    if source.path is None or file.path is None:
        return PurePath("the file")
    return file.path.relative_to(source.path) if source.is_folder else PurePath(file.path.name)


def _parsed(file: Source) -> tuple[Mapping[str, Any], str]:
    """Return what a YAML file holds, or why it cannot be read."""
    exact = documents.examine(file.text().encode())
    if exact.is_broken or not isinstance(exact.data, dict):
        problem = next(iter(exact.problems), None)
        return {}, f"it cannot be read: {problem.message}" if problem else "it holds no keys"
    return exact.data, ""


def _model(place: str, file: Source, data: Mapping[str, Any], terms: Terms) -> Row:
    """Return a model: its brand and its type are the folders it lies in."""
    name = text.line(data.get("name"), 120)
    folders = file.path.parts if file.path else ()
    at = max((at for at, part in enumerate(folders) if part == "machines"), default=-1)
    kind, brand = (folders[at + 1], folders[at + 2]) if at >= 0 and len(folders) > at + 3 else ("", "")
    if not name:
        return Rejected(place, "", "the machine has no name")
    if not brand:
        return Rejected(place, name, "the machine lies in no folder of a brand")
    word, (folder, brand) = kind.replace("_", " "), terms.brand(brand)
    record: dict[str, Any] = {
        "name": name,
        "brand": brand,
        "processes": terms.processes([word] if word != "other" else []),
        "envelope_mm": _envelope(data.get("work_size")),
    }
    bare = name[len(brand) :].strip() if name.lower().startswith(brand.lower()) else name
    known = terms.known_model(name, brand)
    slug = words.slug(bare.replace("+", " plus")) or words.slug(name) or "model"
    return Draft("model", known or f"{folder}/{slug}", record, place)


def _envelope(said: Any) -> list[float]:
    found = [float(size.replace(",", ".")) * _MM[unit.lower()] for size, unit in _SIZE.findall(text.line(said))]
    return [round(size, 1) for size in found[:3]] if len(found) > 1 else []


def _space(
    place: str, data: Mapping[str, Any], is_closed: bool, models: Mapping[str, Draft], terms: Terms
) -> Iterator[Row]:
    name, slug = text.line(data.get("name")), text.line(data.get("fablabsio"))
    if not name:
        yield Rejected(place, "", "the space has no name")
        return
    record: dict[str, Any] = {
        "name": name,
        "kind": "fab-lab" if "fablab" in words.term(name) or slug else "makerspace",
        "location": _location(data),
        "summary": text.prose(data.get("description"), 2000),
        "website": text.line(data.get("website")),
        "contact": {"email": text.line(data.get("email"))},
        "founded_year": data.get("founded"),
        "languages": _languages(data.get("language") or data.get("lang")),
    }
    if is_closed:
        record["status"] = "closed"
    if slug:
        record["same_as"] = [f"https://www.fablabs.io/labs/{slug}"]
    yield Draft("hub", "", record, place, country=text.line(data.get("country_code")), key=place)
    machines = data.get("machines")
    for at, machine in enumerate(machines if isinstance(machines, list) else ()):
        yield _machine(machine, place, f"{place} machines[{at}]", models, terms)


def _location(data: Mapping[str, Any]) -> dict[str, Any]:
    location: dict[str, Any] = {
        "locality": text.line(data.get("city")),
        "region": text.line(data.get("state_code")),
        "postcode": text.line(data.get("zip")),
        "address": text.line(data.get("street")),
        "latitude": data.get("latitude"),
        "longitude": data.get("longitude"),
    }
    return {key: value for key, value in location.items() if value not in ("", None)}


def _languages(said: Any) -> list[str]:
    return [code for word in text.items(said) if words.is_language(code := word.lower()) and len(code) < 4]


def _machine(said: Any, hub: str, place: str, models: Mapping[str, Draft], terms: Terms) -> Row:
    machine = said if isinstance(said, dict) else {"ref": said}
    name = text.line(machine.get("ref"), 120)
    if not name:
        return Rejected(place, "", "the machine has no name")
    data: dict[str, Any] = {}
    if model := models.get(model_term(name)):
        data["model"] = model.id
    elif id := terms.model(name):
        data["model"] = id
    else:
        data["name"] = name
    if power := _POWER.search(text.line(machine.get("power"))):
        data["power_w"] = float(power[1].replace(",", ".")) * (1000 if power[2] else 1)
    quantity = text.number(machine.get("qty"))
    if quantity is not None and quantity >= 1:
        data["quantity"] = int(quantity)
    return Draft("machine", "", data, place, hub=hub)
