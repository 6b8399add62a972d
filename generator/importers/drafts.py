"""What an importer makes of one row: a draft of a record, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as one row of a source gives it, before anything is checked.

    `kind` is the record's ("hub", "machine", "design" …), `data` its keys and values as its schema has them, as far
    as the row goes: the pipeline cleans texts, drops what does not fit the schema with a note, and adds `sources` and
    `verified`. `place` says where in the source the row stands ("row 12", "items[3]"), `notes` what a reader of the
    draft should know: what was dropped, changed or guessed.

    `id` may be "" for a hub or a machine: the pipeline makes it of name and country. For other kinds it is given.
    `country` is a hub's, as the source words it: a code in any case, or a name in any language; "" when it says none.
    `key` is what the source calls a hub, and `hub` the `key` of the hub at which a machine stands: a machine is yielded
    after its hub, and lands at the record which that hub became or turned out to be.
    """

    kind: str
    id: str
    data: dict[str, Any]
    place: str
    notes: tuple[str, ...] = ()
    country: str = ""
    key: str = ""
    hub: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that makes no record: where it stands, what it is called ("" if nothing), and why not."""

    place: str
    name: str
    reason: str


Row = Draft | Rejected
