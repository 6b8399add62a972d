"""A path of the repository in; what it stands for out: a hub's record or status list, another record, or neither."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from .. import words
from ..passports import statuses
from ..registry import identify

# Kinds whose records belong to the hub that their id begins with.
OF_HUBS = ("hub", "machine", "recognition")
STATUS_LIST = "status list"  # no record: JSON that the hub signs


class Subject(NamedTuple):
    """Kind and id of a record or list, both "" where the path is of none; `hub` is whose it is, or ""."""

    path: str
    inside: str = ""  # the path relative to the registry, "" outside of it
    kind: str = ""
    id: str = ""
    hub: str = ""


def subject(lead: str, path: str) -> Subject:
    """Return what a path of the repository stands for; `lead` leads to the registry."""
    if not path.startswith(lead):
        return Subject(path)
    inside = path.removeprefix(lead)
    found = identify(inside)
    if listed := statuses.listed_hub(inside):
        return Subject(path, inside, STATUS_LIST, listed, listed)
    if found is None or not all(words.is_name(part) for part in found[1].split("/")):
        return Subject(path, inside)
    kind, id = found[0].record_kind, found[1]
    hub = {"hub": id, "machine": id.rpartition("/")[0], "recognition": id.rpartition("/")[0]}.get(kind, "")
    return Subject(path, inside, kind, id, hub)


def twin(lead: str, path: str) -> str:
    """Return the path that a disk or a reader may take this one for: without case, without letters' variants."""
    folded = unicodedata.normalize("NFKC", path).casefold()
    start = unicodedata.normalize("NFKC", lead).casefold()
    return lead + folded.removeprefix(start) if folded.startswith(start) else folded


def hub_path(id: str) -> str:
    """Return the path of a hub's file, relative to the registry."""
    return f"hubs/{id}.yaml"
