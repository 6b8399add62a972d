"""The questions of the issue form (.github/ISSUE_TEMPLATE/1-add-a-hub.yml), by their ids, with labels and choices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its id and label in the form, whether it must be answered, and its choices if it has any."""

    id: str
    label: str
    is_required: bool = False
    choices: tuple[str, ...] = ()


KINDS = (
    "makerspace", "fab-lab", "mobile-lab", "hackerspace", "digital-innovation-hub", "workshop", "training-centre",
    "manufacturer",
)  # fmt: skip
ACCESS = ("public", "membership", "shared", "restricted", "restricted-with-public-hours")
SERVICES = (
    "machine-access", "training", "made-to-order", "design-help", "repair", "tool-library", "incubation", "coworking",
    "residency", "events", "schools", "research",
)  # fmt: skip
# How somebody knows, and what `verified.how` says of that.
RELATIONS = {
    "I work there, or the hub asked me": "self",
    "I was there": "visit",
    "I called or wrote to them": "call",
    "From another list or site (name it below)": "imported",
}
CONSENT = "These facts may be published under the registry's data licence (registry/LICENSE.md)."

QUESTIONS = (
    Question("name", "Name", is_required=True),
    Question("kind", "Kind", is_required=True, choices=KINDS),
    Question("country", "Country", is_required=True),
    Question("locality", "Town", is_required=True),
    Question("website", "Website, or an e-mail address or telephone number of the hub", is_required=True),
    Question("address", "Street and number, or how to find the door"),
    Question("coordinates", "Latitude and longitude"),
    Question("access", "Who may come in", choices=ACCESS),
    Question("services", "What it offers", choices=SERVICES),
    Question("machines", "Machines"),
    Question("summary", "What it is and for whom"),
    Question("relation", "How do you know?", is_required=True, choices=tuple(RELATIONS)),
    Question("source", "Source"),
    Question("consent", "Licence", is_required=True, choices=(CONSENT,)),
)
LABELS = {question.id: question.label for question in QUESTIONS}
