"""An issue's text and the registry in; the proposal that it makes out."""

from __future__ import annotations

from datetime import date

from ..registry import Registry
from . import body, files, hub
from .checked import checked
from .proposal import Author, Proposal
from .questions import QUESTIONS


def proposal(registry: Registry, source: bytes, author: Author, day: date) -> Proposal:
    """Return what an issue proposes. Files count where there are some: the answers beside them are made of them."""
    found = body.read(source, [question.label for question in QUESTIONS])
    if found.wants:
        return Proposal(wants=found.wants)
    if found.has_files:
        return checked(registry, files.proposed(registry, found.files))
    return checked(registry, hub.proposed(registry, found.answers, author, day))
