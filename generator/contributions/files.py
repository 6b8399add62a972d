"""Files as they stand in an issue and the registry in; a proposal of the same files in canonical form out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .. import canonical, documents, schemas, words
from ..checks.suspects import signs, suspect
from ..records import Hub, Machine, Record, build
from ..registry import Registry, identify, path_of
from .body import Fenced
from .proposal import Proposal, Want

_PATH = re.compile(r"(?:hubs/[a-z]{2}/[a-z0-9-]{1,64}|machines/[a-z]{2}/[a-z0-9-]{1,64}/[a-z0-9-]{1,64})\.yaml\Z")
_LEAD = "registry/"
_WHERE = (
    f"hubs stand in `{_LEAD}hubs/<country>/<hub>.yaml`, machines in `{_LEAD}machines/<country>/<hub>/<machine>.yaml`"
)


def proposed(registry: Registry, files: Sequence[Fenced]) -> Proposal:
    """Return what the files propose: all of them, or all that is wanted."""
    wants: list[Want] = []
    found: dict[str, bytes] = {}
    records: dict[str, Record] = {}
    for file in files:
        path, data, more = _read(file)
        if not more and path in found:
            more = [Want(file.path, "this path stands twice", "keep one of them")]
        if not more:
            kind, id = _identified(path)
            records[path] = build(kind, id, data)
            # With the comments of the file where it has some.
            better = canonical.reformatted(kind.record_kind, file.text.encode())
            found[path] = better or canonical.canonical(kind.record_kind, data).encode()
            more = _contrary(registry, records[path], path)
        wants += more
    wants += _homeless(registry, records)
    changes = tuple(path for path in sorted(found) if _is_known(registry, path))
    name = next((_name(record) for _, record in sorted(records.items())), "")
    if not files and not wants:
        wants.append(Want("Files", "no file stands below this heading", "press the button of the form again"))
    if wants:
        return Proposal(name=name, wants=tuple(wants))
    notes = tuple(f"`{path}` is a record already: whoever it belongs to has to approve the change" for path in changes)
    return Proposal(dict(sorted(found.items())), name, notes, changes=changes)


def _read(file: Fenced) -> tuple[str, Any, list[Want]]:
    """Return the path in the registry's folder and the data of a file, or what is wanted of it."""
    path = file.path.removeprefix(_LEAD)
    if not file.path.startswith(_LEAD) or not _PATH.match(path) or not _is_plain(path):
        return "", None, [Want("Files", "no record stands at such a path", _WHERE, file.path)]
    kind, _ = _identified(path)
    exact = documents.examine(file.text.encode())
    if exact.is_broken or exact.problems or not isinstance(exact.data, dict):
        wants = [_broken(file.path, problem) for problem in exact.problems[:5]]
        return "", None, wants or [Want(file.path, "it holds no keys", "write `name: …` and the other keys")]
    if schemas.validator(kind.record_kind)(exact.data):
        return path, exact.data, []
    faults = [finding for _, finding in schemas.explain(kind.record_kind, path, exact.data)][:10]
    rows = [(exact.find(fault.at.keys, on_key=fault.at.on_key)[0], fault) for fault in faults]
    wants = [Want(f"{file.path} line {row}", fault.message, fault.hint) for row, fault in rows]
    return "", None, wants or [Want(file.path, schemas.UNEXPLAINED)]


def _broken(path: str, problem: documents.Problem) -> Want:
    """Return a want for a file that is no record whatever its keys: what the rule says, and which text it means."""
    said = problem.rule.title
    message = problem.message if " " in problem.message else f"{said[:1].lower()}{said[1:]}: {problem.message}"
    return Want(f"{path} line {problem.line}" if problem.line else path, message)


def _is_plain(path: str) -> bool:
    """Tell whether all names in a path are ids, and the country is one."""
    parts = path.removesuffix(".yaml").split("/")[1:]
    return parts[0] in words.countries() and all(map(words.is_name, parts))


def _identified(path: str) -> tuple[type[Record], str]:
    found = identify(path)
    assert found is not None, path
    return found


def _is_known(registry: Registry, path: str) -> bool:
    return registry.knows(*_identified(path))


def _contrary(registry: Registry, record: Record, path: str) -> list[Want]:
    """Return a want when the path belongs to another record: what is there must not be lost."""
    kind, id = _identified(path)
    if not registry.knows(kind, id):
        former = next((hub.id for hub in registry.all(Hub) if id in hub.formerly), "") if kind is Hub else ""
        message = f"`{id}` was the id of `{former}`, which has moved"
        return [Want(f"{_LEAD}{path}", message, "give it another name")] if former else []
    known = registry.get(kind, id)
    if isinstance(record, Hub) and isinstance(known, Hub):
        same = bool(signs(suspect(known), suspect(record))) or known.name.texts == record.name.texts
    elif isinstance(record, Machine) and isinstance(known, Machine):
        same = (known.model, known.name) == (record.model, record.name) or record.model == known.model != ""
    else:
        same = False
    if same:
        return []
    hint = "give the file another name; to rename a record, propose that as a pull request"
    return [Want(f"{_LEAD}{path}", "another record stands at this path", hint, _name(record))]


def _homeless(registry: Registry, records: dict[str, Record]) -> list[Want]:
    """Return a want for each machine whose hub is neither in the registry nor among the files."""
    return [
        Want(f"{_LEAD}{path}", f"there is no hub `{record.hub}`", "add the hub's file too, or correct the folder")
        for path, record in sorted(records.items())
        if isinstance(record, Machine)
        and not registry.knows(Hub, record.hub)
        and path_of(Hub.record_kind, record.hub) not in records
    ]


def _name(record: Record) -> str:
    if isinstance(record, Hub):
        return record.name.into("en")
    return (record.name or record.model) if isinstance(record, Machine) else record.id
