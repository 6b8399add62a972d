"""A registry's folder, a kind and an id in; that one record out, read as exactly as with all the others."""

from __future__ import annotations

import json
from pathlib import Path

from .. import documents, words
from ..records import R, build
from .files import Entry
from .load import Broken, validated
from .registry import path_of


def single(root: Path, kind: type[R], id: str) -> R | None:
    """Return a record without reading any other; None when there is none, or its file is broken.

    What `load` takes with a warning, such as Windows line ends, is taken here too.
    """
    parts = id.split("/")
    if len(parts) != kind.depth or not all(map(words.is_name, parts)):
        return None
    path = path_of(kind.record_kind, id)
    file = root / path
    around = [one for one in (file, *file.parents) if root in one.parents]
    if any(one.is_symlink() for one in around) or not file.is_file():
        return None
    with file.open("rb") as stream:
        source = stream.read(documents.LIMIT_BYTES + 1)
    data = validated(kind.record_kind, source) or Broken("", ()).examine(Entry(kind, id, path), source)
    return build(kind, id, json.loads(data)) if data else None
