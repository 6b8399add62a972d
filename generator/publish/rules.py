"""The rules of the checks and their examples in; a page that lists them and a page for each out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..checks import example
from ..diagnostics import Rule
from .edition import Edition
from .english import english
from .page import Item, Page, Section, facts
from .strings import WRITTEN_IN

_LINES = 60  # of an example are shown


def rules(edition: Edition, known: Sequence[Rule]) -> Iterator[Page]:
    """Yield the list of rules and a page for each."""
    strings = edition.strings
    ordered = sorted(known, key=lambda rule: rule.id)
    items = tuple(Item(rule.id, page=f"rules/{rule.id}/", note=rule.title) for rule in ordered)
    page = Page(
        path="rules/",
        title=strings("rules"),
        description=strings("rules.lead"),
        lead=strings("rules.lead"),
        sections=(Section("", items=items),),
    )
    yield english(edition, page)
    for rule in ordered:
        yield english(edition, _rule(edition, rule))


def _rule(edition: Edition, rule: Rule) -> Page:
    strings = edition.strings
    text = rule.help.strip().partition("\n")[2].strip()
    paragraphs = tuple(part.replace("\n", " ") for part in text.split("\n\n") if part)
    changed = edition.words("severity", (rule.changed,)) if rule.changed is not None else ""
    return Page(
        path=f"rules/{rule.id}/",
        title=rule.title,
        language=WRITTEN_IN,
        kind=strings("rule"),
        description=rule.title,
        trail=(Item(strings("rules"), page="rules/"),),
        facts=facts(
            (strings("fact.id"), rule.id),
            (strings("fact.severity"), edition.words("severity", (rule.severity,))),
            (strings("fact.severity.changed"), changed),
        ),
        sections=(
            Section("", paragraphs=paragraphs),
            Section(strings("rule.bad"), id="bad", sections=_files(example.bad(rule.id))),
            Section(strings("rule.good"), id="good", sections=_files(example.good(rule.id))),
        ),
    )


def _files(shown: example.Example) -> tuple[Section, ...]:
    if not shown.folder.is_dir():
        return ()
    return tuple(Section(path, code=_beginning(text)) for path, text in shown.shown())


def _beginning(text: str) -> str:
    """Return a text without most of what is there to be too long."""
    lines = text.rstrip("\n").split("\n")
    return "\n".join(lines if len(lines) <= _LINES else [*lines[:_LINES], "…"])
