"""The schemas of the open data in; a list of its files, and a page for each form that explains what is in it, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .. import records, schemas
from . import reference
from .changes import FEED
from .dids import FORMS
from .edition import Edition
from .english import english
from .page import Item, Page, Section, facts
from .strings import WRITTEN_IN

_ROOT = "api/v1/"
_FEED = "An Atom feed (RFC 4287) of what changed: an entry for each change of a record, newest first."
_PACKAGE = "A Frictionless Data Package (datapackage.org): columns, types, keys, sizes and checksums of the tables."
Tables = Sequence[tuple[str, Mapping[str, Any]]]


class File(NamedTuple):
    """A form of published files: the name of its page, where such files lie, what they hold."""

    name: str
    path: str
    schema: Mapping[str, Any]

    @property
    def page(self) -> str:
        """The path of its page."""
        return f"files/{self.name}/"


def known(tables: Tables) -> tuple[File, ...]:
    """Return every form of published files; `tables` are the schemas of those that are no JSON, by their paths."""
    data = schemas.load_published()
    package = {"title": data["data_package"]["title"], "description": _PACKAGE}
    of_records = (
        File(f"{kind.record_kind}-json", f"{kind.folder}/<id>.json", data[kind.record_kind]) for kind in records.KINDS
    )
    return (
        File("registry-json", "registry.json", data["manifest"]),
        File("index-json", "<kinds>.json", data["index"]),
        File("hubs-geojson", "hubs.geojson", data["geojson"]),
        File("hubs-jsonl", "hubs.jsonl", data["exchange"]),
        *(File(path.replace(".", "-"), path, schema) for path, schema in tables),
        File("datapackage-json", "datapackage.json", package),
        File("okw-json", "okw.json", data["okw"]),
        File("spaceapi-json", "spaceapi.json", data["spaceapi_directory"]),
        File("endpoint-json", "spaceapi/<country>/<hub>.json", data["spaceapi"]),
        File("changes-atom", f"../../{FEED}", {"title": "Atom", "description": _FEED}),
        *(File(name, f"../../{path}", schema) for name, path, schema in FORMS),
        *of_records,
    )


def files(edition: Edition, tables: Tables) -> Iterator[Page]:
    """Yield the list of forms and a page for each."""
    strings, every = edition.strings, known(tables)
    page = Page(
        path="files/",
        title=strings("files"),
        description=strings("files.lead"),
        lead=strings("files.lead"),
        sections=(Section("", items=tuple(_line(one) for one in every)),),
    )
    yield english(edition, page)
    for one in every:
        yield english(edition, _page(edition, one))


def shown(path: str) -> str:
    """Return where files lie below the site's root."""
    return path.removeprefix("../../") if path.startswith("../") else _ROOT + path


def _line(one: File) -> Item:
    return Item(shown(one.path), page=one.page, note=str(one.schema["description"]).replace("`", ""))


def _page(edition: Edition, one: File) -> Page:
    strings, about = edition.strings, str(one.schema["description"]).replace("`", "")
    path = shown(one.path)
    schema = one.schema if "properties" in one.schema else one.schema.get("items", {})
    is_one = "<" not in path
    return Page(
        path=one.page,
        title=str(one.schema["title"]),
        language=WRITTEN_IN,
        kind=strings("files.one"),
        description=about,
        lead=about,
        lead_language=WRITTEN_IN,
        trail=(Item(strings("files"), page="files/"),),
        facts=facts(
            (strings("fact.file"), (Item(path, url=_address(edition, path)) if is_one else Item(path),)),
            (strings("fact.schema"), _schema(edition, one)),
        ),
        sections=tuple(reference.keys(edition, schema, schemas.load_published()["shared"]["$defs"])),
    )


def _schema(edition: Edition, one: File) -> tuple[Item, ...]:
    """Return a link to the JSON Schema that the files are held against; () where there is none."""
    names = [name for name, schema in schemas.load_published().items() if schema["title"] == one.schema["title"]]
    paths = [f"{_ROOT}schemas/{name}.json" for name in names]
    return tuple(Item(path, url=_address(edition, path)) for path in paths)


def _address(edition: Edition, path: str) -> str:
    return f"{edition.settings.url.rstrip('/')}/{path}"
