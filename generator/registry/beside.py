"""What lies beside the records of a registry in: texts, hidden files, status lists; what is wrong with it out.

The place of a status list is `statuses/<country>/<hub>.json`. What it holds is for who uses it to judge.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from .. import documents
from ..diagnostics import Finding, Place, Rule

STATUSES = "statuses"
_MOST_BYTES = 1024 * 1024  # of a file in which a private key is looked for
_PLACE = re.compile(r"[a-z]{2}/[a-z0-9]+(?:-[a-z0-9]+)*\.json\Z", re.ASCII)


def private_keys(path: str, shown: str) -> Iterator[tuple[Rule, Finding]]:
    """Yield a problem for each private key in a file that is no record; one that cannot be read is no problem here."""
    try:
        with open(path, "rb") as file:
            source = file.read(_MOST_BYTES)
    except OSError:
        return
    for found in documents.private_keys(source):
        line = source.count(b"\n", 0, found.at) + 1
        message = documents.told(found).replace("begins here", f"begins in line {line}")
        hint = "what belongs into a record is the public key; keep the private one outside every repository"
        yield documents.PRIVATE_KEY_MATERIAL, Finding(Place(shown), message, hint)


def status_files(folder: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each file below `statuses`: where it is, how it is shown, and whether a status list may lie there."""
    for path, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            below = os.path.relpath(os.path.join(path, name), folder).replace(os.sep, "/")
            shown = f"{STATUSES}/{os.fsencode(below).decode('utf-8', 'backslashreplace')}"
            is_plain = not os.path.islink(os.path.join(path, name)) and os.path.isfile(os.path.join(path, name))
            yield os.path.join(path, name), shown, is_plain and _PLACE.match(below) is not None


def listing_hubs(root: Path) -> Iterator[str]:
    """Yield the id of each hub for which a file lies in the place of its status list, in the order of ids."""
    hubs = (shown for _, shown, is_placed in status_files(str(root / STATUSES)) if is_placed)
    yield from sorted(shown.removeprefix(f"{STATUSES}/").removesuffix(".json") for shown in hubs)
