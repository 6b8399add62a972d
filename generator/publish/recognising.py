"""A rule of recognition in; what it says as a sentence, and the line of a list that leads to it, out."""

from __future__ import annotations

from ..records import Competence, Hub, Network, Recognition
from .edition import Edition, address
from .page import Item


def sentence(edition: Edition, rule: Recognition) -> str:
    """Return a rule as a sentence: who accepts, or not, whose credentials for what."""
    strings = edition.strings
    whose = (*edition.links(Hub, rule.issuers), *edition.links(Network, rule.networks))
    return strings(
        f"recognition.says.{rule.decision}",
        hub=edition.label(Hub, rule.hub),
        whose=strings.joined(one.text for one in whose) or strings("matrix.everybody"),
        competence=edition.label(Competence, rule.competence),
    )


def line(edition: Edition, rule: Recognition) -> Item:
    """Return a rule as a link that is called by what it says: the hub and the competence have pages of their own."""
    note = edition.strings("demonstration") if edition.is_invented(rule) else ""
    return Item(sentence(edition, rule), page=address(Recognition, rule.id), note=note)
