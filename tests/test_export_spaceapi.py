"""Endpoints of SpaceAPI: what its version 15 asks for, said in our words."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator import registry
from generator.exporters import FORMATS, Invented, checked, open_data, spaceapi
from generator.records import Hub
from generator.registry import Registry

MINI = Path(__file__).parent / "mini" / "registry"
_TEXT = {"type": "string"}
WAYS = ("phone", "sip", "irc", "twitter", "mastodon", "facebook", "email", "ml", "xmpp", "matrix", "mumble")
# https://schema.spaceapi.io/15.json, as far as our endpoints go: what is required, and of which type things are.
VERSION_15: dict[str, Any] = {
    "type": "object",
    "required": ["api_compatibility", "space", "logo", "url", "contact"],
    "properties": {
        "api_compatibility": {"type": "array", "items": _TEXT, "contains": {"const": "15"}},
        "space": _TEXT,
        "logo": _TEXT,
        "url": _TEXT,
        "location": {
            "type": "object",
            "minProperties": 1,
            "properties": {
                "address": _TEXT, "lat": {"type": "number"}, "lon": {"type": "number"}, "timezone": _TEXT,
                "country_code": _TEXT, "hint": _TEXT,
                "areas": {
                    "type": "array", "minItems": 1,
                    "items": {"type": "object", "required": ["square_meters"],
                              "properties": {"name": _TEXT, "square_meters": {"type": "number"}}},
                },
            },
            "dependentRequired": {"lat": ["lon"], "lon": ["lat"]},
        },
        "contact": {
            "type": "object",
            "properties": dict.fromkeys(WAYS, _TEXT),
        },
        "links": {
            "type": "array",
            "items": {"type": "object", "required": ["name", "url"],
                      "properties": {"name": _TEXT, "description": _TEXT, "url": _TEXT}},
        },
    },
}  # fmt: skip
OWN = "ext_"  # what its authors leave to others


@pytest.fixture(scope="module")
def mini() -> Registry:
    return registry.load(MINI, as_of=date(2026, 6, 30))


def endpoints(known: Registry, invented: Invented = Invented.INCLUDED) -> dict[str, Any]:
    files = {one.path: one.content for one in checked(open_data(known, invented))}
    return {path: json.loads(content) for path, content in files.items() if path.startswith("api/v1/spaceapi/")}


def keys(value: Any) -> set[str]:
    """Return the keys of ours anywhere that the version does not know, `ext_` apart."""
    known = {"api_compatibility", "space", "logo", "url", "location", "contact", "links"}
    return {key for key in value if not key.startswith(OWN)} - known


def test_every_endpoint_fits_version_15(mini: Registry, hostile: Registry) -> None:
    validator = jsonschema.Draft202012Validator(VERSION_15)
    for known in (mini, hostile):
        found = endpoints(known)
        assert found
        for path, endpoint in found.items():
            assert not list(validator.iter_errors(endpoint)), path
            assert not keys(endpoint)


def test_a_town_s_middle_is_no_address(mini: Registry) -> None:
    for hub in mini.all(Hub):
        location = json.loads(spaceapi.endpoint(mini, hub))["location"]
        assert ("lat" in location) == (hub.location.point is not None and hub.location.precision in ("exact", "street"))


def test_a_closed_hub_has_no_endpoint_and_none_is_open(mini: Registry) -> None:
    open_ones = {f"api/v1/spaceapi/{hub.id}.json" for hub in mini.all(Hub) if hub.status != "closed"}
    found = endpoints(mini)
    assert found.keys() == open_ones
    assert all("state" not in endpoint for endpoint in found.values())


def test_the_directory_leads_to_every_endpoint(mini: Registry) -> None:
    with zipfile.ZipFile(io.BytesIO(FORMATS["spaceapi"].make(mini, Invented.INCLUDED))) as archive:
        directory = json.loads(archive.read("spaceapi.json"))
        base = "https://mini.example/registry/api/v1/"
        assert {address.removeprefix(base) for address in directory.values()} == {
            name for name in archive.namelist() if name.startswith("spaceapi/")
        }


def test_hubs_of_one_name_are_told_apart(mini: Registry) -> None:
    (hub, *_) = mini.all(Hub)
    names = json.loads(spaceapi.directory(mini, [hub, hub, hub]))
    name = hub.name.into("en")
    assert set(names) == {name, f"{name} ({hub.location.locality})", f"{name} ({hub.id})"}
