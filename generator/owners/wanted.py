"""Changed files in; what must be known of the base to say who owns them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..records import BY_NAME
from .changes import NOTHING, Change, Wanted
from .claims import made
from .subjects import Subject, hub_path, subject, twin


def wanted(lead: str, changes: Iterable[Change]) -> Wanted:
    """Return the paths and texts to look for in the base; `lead` leads to the registry."""
    paths = {lead + "registry.yaml"}
    texts: set[str] = set()
    for change in changes:
        one = subject(lead, change.path)
        paths.update(_paths(lead, one, change))
        if one.kind == "hub":
            claimed = made(one, change)
            texts |= {claim.text for claim in claimed}
            paths |= {lead + hub_path(claim.text) for claim in claimed if claim.field == "formerly"}
    return Wanted(frozenset(paths), frozenset(texts))


def _paths(lead: str, one: Subject, change: Change) -> Iterator[str]:
    if one.kind == "":
        likeness = twin(lead, one.path)
        if likeness != one.path and subject(lead, likeness).kind:
            yield likeness
        return
    if one.hub:
        yield lead + hub_path(one.hub)
    if change.base == NOTHING:
        yield from (lead + folder for folder in namespaces(one))


def needs_content(lead: str, path: str) -> bool:
    """Tell whether what a file holds, and not only that it changes, decides who must approve it."""
    one = subject(lead, path)
    return bool(one.hub) or one.kind == "registry"


def namespaces(one: Subject) -> tuple[str, ...]:
    """Return the folders that a record opens when they are not there yet, the kind's first."""
    folder = BY_NAME[one.kind].folder if one.kind in BY_NAME else ""
    inner = one.id.rpartition("/")[0]
    if not folder:
        return ()
    # The folder of a hub's machines or rules is the hub's own.
    return (folder, f"{folder}/{inner}") if inner and (one.kind == "hub" or not one.hub) else (folder,)
