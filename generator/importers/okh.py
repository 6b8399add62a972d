"""Open Know-How manifests in: YAML of version 1, TOML of OKH-LOSH, or JSON; drafts of designs out.

What a manifest does not say stays unknown. A licensor's name, which is a person's, is not taken.
https://standards.internetofproduction.org/pub/okh and https://github.com/iop-alliance/OpenKnowHow
"""

from __future__ import annotations

import codecs
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from .. import documents, words
from . import text
from .drafts import Draft, Rejected, Row
from .licences import spdx
from .okh_parts import operations, parts, pieces
from .source import Source
from .terms import Terms

NAME = "okh"
TITLE = "Open Know-How: YAML of version 1, TOML of OKH-LOSH, or JSON"
URL = "https://github.com/iop-alliance/OpenKnowHow"
LICENCE = ""  # a manifest's facts stand under the licence that it gives itself, if any
ATTRIBUTION = ""

_ENDINGS = (".toml", ".yml", ".yaml", ".json")
_MOST_FUNCTION = 1000  # characters: some manifests hold a whole wiki page
_WIKI = re.compile(r"={2,}\s*([^=]+?)\s*={2,}")
_DIRECTIVE = re.compile(r"\A\s*%[^\n]*\n")  # `%Open Know-How Manifest 1.0`, as the standard asks and YAML forbids
_TOML = re.compile(r"okhv\s*=")
_YAML_KEYS = re.compile(
    rb"^(?:documentation-home|intended-use|making-instructions|manifest-author|project-link|licensor):", re.MULTILINE
)
_JSON_KEYS = re.compile(
    rb'"(?:okhv|licensor|making[-_]instructions|documentation[-_]home|manufacturing[-_]specs|sub[-_]parts|tsdc)"\s*:'
)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FACILITY = re.compile(rb'"(?:equipment|facility_status|facility|gps_coordinates)"\s*:')


def recognises(head: bytes, name: str) -> bool:
    """Tell whether a file begins like a manifest."""
    if head.startswith(_WIDE):
        head = head.decode("utf-16", "replace").encode()
    if name.endswith(".json") or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        is_object = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        return is_object and _JSON_KEYS.search(head) is not None and _FACILITY.search(head) is None
    if name.endswith(".toml"):
        return b"okhv" in head or (b"licensor" in head and b"repo" in head)
    is_yaml = name.endswith((".yml", ".yaml")) or head.startswith(b"# Open know-how")
    if not is_yaml:
        return False
    is_named = re.search(rb"^(?:title|name):", head, re.MULTILINE) is not None
    return is_named and (re.search(rb"^okhv:", head, re.MULTILINE) or _YAML_KEYS.search(head)) is not None


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield a draft for a manifest, or for each manifest in a folder."""
    for file in source.files(*_ENDINGS):
        place = file.file if source.is_folder else "file"
        data, fault = manifest(file)
        if fault:
            yield Rejected(place, "", fault)
        else:
            yield _design(data, place, file.url, terms)


def manifest(file: Source) -> tuple[Mapping[str, Any], str]:
    """Return a manifest's data, its keys with hyphens for underscores, or why there is none."""
    try:
        data, fault = _parsed(file)
        fault = fault or ("" if data else "it says nothing: is it saved as text, in UTF-8?")
        return ({}, fault) if fault else (_hyphened(data), "")
    except RecursionError:
        return {}, "it is too deeply nested"


def _parsed(file: Source) -> tuple[dict[str, Any], str]:
    said = file.text()
    start = said.lstrip()
    if file.file.lower().endswith(".toml") or _TOML.match(start):
        try:
            return tomllib.loads(said), ""
        except ValueError as error:
            return {}, f"this is no TOML: {error}"
    if file.file.lower().endswith(".json") or start.startswith("{"):
        return _of_json(said)
    found = documents.examine(_DIRECTIVE.sub("", said.replace("\r\n", "\n")).encode())
    if isinstance(found.data, dict):
        return found.data, ""
    why = found.problems[0].message if found.problems else "it is no mapping"
    return {}, f"this is no YAML that can be read: {why}"


def _of_json(said: str) -> tuple[dict[str, Any], str]:
    try:
        data = json.loads(said)
    except ValueError as error:
        return {}, f"this is no JSON: {error}"
    return (data, "") if isinstance(data, dict) else ({}, "this is no JSON that can be read: it is no mapping")


def _hyphened(value: Any) -> Any:
    """Return data with the keys of the standard, which Open Hardware Manager writes with underscores."""
    if isinstance(value, dict):
        # The key as it is wins over its other spelling, wherever it stands.
        both = sorted(value.items(), key=lambda pair: "_" not in str(pair[0]))
        return {str(key).replace("_", "-"): _hyphened(inner) for key, inner in both}
    return [_hyphened(one) for one in value] if isinstance(value, list) else value


def _design(data: Mapping[str, Any], place: str, url: str, terms: Terms) -> Row:
    name = _name(text.line(data.get("name") or data.get("title"), 120))
    id = words.slug(name)
    notes: list[str] = []
    licences = _licences(data, notes)
    if not id:
        return Rejected(place, name, "it has no name of which an id can be made")
    if not licences:
        return Rejected(place, name, "; ".join(notes) or "it names no licence, and a design needs one")
    where = _addresses(data, url)
    if not where:
        return Rejected(place, name, "it gives no address of its repository or documentation")
    found = pieces(data)
    version = text.line(data.get("version"), 40)
    facts: dict[str, Any] = {
        "name": name, "version": "" if version.upper() == "UNVERSIONED" else version, "licence": licences, **where,
        "function": _function(data), "parts": parts(found),
        "operations": operations(data, found, terms, notes),
    }  # fmt: skip
    return Draft("design", id, {key: value for key, value in facts.items() if value}, place, tuple(notes))


def _name(said: str) -> str:
    """Return a title without the quotes and underscores of a wiki's addresses."""
    bare = said.strip("\"' ")
    return bare if " " in bare else bare.replace("_", " ")


def _licences(data: Mapping[str, Any], notes: list[str]) -> dict[str, str]:
    """Return SPDX expressions for hardware, documentation and software, as far as they are exact."""
    said = data.get("license") or data.get("licence")
    given = said if isinstance(said, dict) else {"hardware": said}
    found: dict[str, str] = {}
    for key in ("hardware", "documentation", "software"):
        word = text.line(given.get(key))
        if not word:
            continue
        if known := spdx(word):
            found[key] = known
        else:
            notes.append(f"its licence `{text.cut(word, 60)}` is none that SPDX knows by that name")
    return found


def _addresses(data: Mapping[str, Any], url: str) -> dict[str, str]:
    """Return where a design's files, documentation and manifest are."""
    found = {
        "repository": _first(data, "repo", "design-files", "project-link"),
        "documentation": _first(data, "documentation-home", "manufacturing-instructions", "making-instructions"),
        "manifest": text.website(url) or _first(data, "manifest"),
    }
    return {key: address for key, address in found.items() if address}


def _first(data: Mapping[str, Any], *keys: str) -> str:
    """Return the first http address that stands at one of some keys, alone or as the `path` of an item."""
    for key in keys:
        values = data.get(key)
        for value in values if isinstance(values, list) else [values]:
            if address := _address(value.get("path") if isinstance(value, dict) else value):
                return address
    return ""


def _address(value: Any) -> str:
    """Return an http address; a path inside of the repository is none."""
    found = text.line(value).replace("'", "%27")  # as wikis leave it in addresses
    return text.website(found) if found.startswith(("http://", "https://")) else ""


def _function(data: Mapping[str, Any]) -> str:
    """Return what it is for, without the headings of a wiki page."""
    said = data.get("function") or data.get("description") or data.get("intended-use")
    return text.prose(_WIKI.sub(r"\1:", text.prose(said)), _MOST_FUNCTION)
