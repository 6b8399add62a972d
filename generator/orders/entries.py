"""A step and its place in an order's log in; the signed entry out, as JSON data, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from .. import signatures
from ..signatures import Signer
from .values import Action

KIND = "karakana order entry"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEYS = {"type", "order", "number", "previous", "at", "by", "step", "lot", "details", "proof"}
_SHOWN = 12  # hexadecimal digits of a hash in the name of a file


class Head(NamedTuple):
    """The last entry of a log: its number and its hash; 0 and "" of an empty one."""

    number: int = 0
    sha256: str = ""

    def __str__(self) -> str:
        return f"{self.number}:{self.sha256}"


class Entry(NamedTuple):
    """One entry as it lies in the log: its data, its hash, and the name of its file."""

    data: Mapping[str, Any]
    sha256: str
    file: str

    @property
    def number(self) -> int:
        """The place that it says it has, from 1."""
        return int(self.data["number"])

    @property
    def action(self) -> Action:
        """The step that was taken."""
        data = self.data
        return Action(step=data["step"], by=data["by"], at=data["at"], lot=data["lot"], details=data["details"])

    @property
    def head(self) -> Head:
        """What the log's head is when this entry is the last."""
        return Head(self.number, self.sha256)


def entry(order: str, head: Head, action: Action, signer: Signer, address: str) -> Entry:
    """Return the entry that records a step after the log's head, signed; `order` is the hash of the order's file."""
    bare = {
        "type": KIND,
        "order": order,
        "number": head.number + 1,
        "previous": head.sha256,
        "at": action.at,
        "by": action.by,
        "step": action.step,
        "lot": action.lot,
        "details": dict(action.details),
    }
    return named({**bare, "proof": signatures.sign_for(bare, signer, action.by, address, action.at)})


def named(data: Mapping[str, Any], file: str = "") -> Entry:
    """Return an entry with its hash, and its file's name when that is not given."""
    sha256 = signatures.digest(data)
    return Entry(data, sha256, file or f"{data['number']:04}-{sha256[:_SHOWN]}.json")


def form_fault(data: Any) -> str:
    """Return why data is no entry of a log, or ""."""
    if not isinstance(data, Mapping) or data.get("type") != KIND or set(data) != _KEYS:
        return "it is no entry of an order's log"
    number = data["number"]
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 10_000:
        return "its number is none"
    texts = ("order", "previous", "at", "by", "step", "lot")
    if not all(isinstance(data[name], str) for name in texts) or not isinstance(data["details"], Mapping):
        return "its parts are not of the form that an entry has"
    if not _SHA256.fullmatch(data["order"]) or not (_SHA256.fullmatch(data["previous"]) or not data["previous"]):
        return "its hashes are none"
    return ""
