"""A version of a contract template in; its page out: roles, milestones, what is filled in, clauses, who signs it."""

from __future__ import annotations

from ..records import Contract
from ..records.contract import Clause, Milestone, Parameter, Role, Variant
from ..words import Text, language_name
from .contract_form import form_data
from .contract_rules import condition_shown, dates_and_payments, rules_shown
from .contract_text import clause_text
from .edition import Edition, address
from .hubs import ordered, row
from .page import Fact, Item, Page, Section, facts, filled
from .record_page import record_page

_SHOWN = 400


def contract(edition: Edition, record: Contract) -> Page:
    """Return the page of a contract template's version: roles, what is filled in, and its clauses."""
    page = record_page(edition, record, contract_title(edition, record), record.summary)
    return page._replace(
        banners=(*page.banners, *_warnings(edition, record)),
        facts=_facts(edition, record),
        sections=_sections(edition, record),
    )


def contract_title(edition: Edition, record: Contract) -> str:
    """Return what a template is called, with its version."""
    version = record.id.rpartition("/")[2]
    return edition.strings("contract.title", title=edition.text(record.title), version=version)


def _warnings(edition: Edition, record: Contract) -> tuple[Item, ...]:
    """Return whether a lawyer has read the template, and that it was withdrawn."""
    strings, state = edition.strings, record.review.state
    found = [Item(strings(f"contract.review.{state}"), tone="warning" if state != "reviewed" else "reviewed")]
    if record.status == "withdrawn":
        because = edition.text(record.withdrawn_because)
        found.insert(0, Item(f"{strings('contract.withdrawn')} {because}".strip(), tone="warning"))
    return tuple(found)


def _facts(edition: Edition, record: Contract) -> tuple[Fact, ...]:
    strings, review = edition.strings, record.review
    law = review.jurisdiction.lower()
    where = strings.country(law) if len(law) == 2 else review.jurisdiction
    read = " · ".join(part for part in (review.by, where, strings.day(review.on) if review.on else "") if part)
    return facts(
        (strings("fact.status"), edition.words("contract.status", (record.status,))),
        (strings("fact.kind"), edition.words("contract.shape", (record.shape,))),
        (strings("fact.review"), read),
        (strings("fact.languages"), tuple(Item(language_name(one, edition.language)) for one in record.languages)),
        (strings("fact.prevailing"), language_name(record.prevailing_language, edition.language)),
        (strings("fact.licence"), record.licence),
        (strings("fact.published"), strings.day(record.published_on) if record.published_on else ""),
        (strings("fact.withdrawn"), strings.day(record.withdrawn_on) if record.withdrawn_on else ""),
        (strings("fact.versions"), _versions(edition, record)),
    )


def _versions(edition: Edition, record: Contract) -> tuple[Item, ...]:
    """Return the other versions of the same template."""
    group = record.id.rpartition("/")[0]
    ids = (id for id in edition.registry.ids(Contract) if id.rpartition("/")[0] == group and id != record.id)
    return tuple(Item(id.rpartition("/")[2], page=address(Contract, id)) for id in ids)


def _sections(edition: Edition, record: Contract) -> tuple[Section, ...]:
    strings = edition.strings
    accepting = ordered(edition, edition.crossings.hubs_accepting.get(record.id, []))
    more = (strings("more", count=len(accepting) - _SHOWN),) if len(accepting) > _SHOWN else ()
    roles = tuple(_role(edition, one) for one in record.roles)
    inputs = tuple(_parameter(edition, one, record) for one in record.parameters)
    steps = tuple(_milestone(edition, one, record) for one in record.milestones)
    clauses = tuple(_clause(edition, one, record) for one in record.clauses)
    return filled(
        Section(strings("contract.roles"), id="roles", items=roles),
        Section(strings("contract.milestones"), id="milestones", items=steps),
        Section(strings("contract.parameters"), id="parameters", items=inputs, style="closed"),
        Section(
            strings("contract.fill"),
            id="fill",
            data=form_data(edition, record),
            paragraphs=(strings("contract.fill.how"),),
            code=f"karakana contract fill {record.id} > order.yaml\n"
            f"karakana contract fill {record.id} --params order.yaml --out contract",
        ),
        Section(strings("contract.clauses"), id="clauses", sections=clauses),
        Section(
            strings("contract.hubs"),
            id="hubs",
            items=tuple(row(edition, id) for id in accepting[:_SHOWN]),
            paragraphs=more,
        ),
    )


def _role(edition: Edition, one: Role) -> Item:
    many = edition.strings("contract.many") if one.many else ""
    notes = (many, edition.text(one.duties))
    return Item(edition.text(one.label), note=" · ".join(note for note in notes if note))


def _milestone(edition: Edition, one: Milestone, record: Contract) -> Item:
    """Return a milestone: who owes it, who judges it, and what must come before."""
    strings = edition.strings
    roles = {role.id: edition.text(role.label) for role in record.roles}
    labels = {step.id: edition.text(step.label) for step in record.milestones}
    before = strings.joined(labels.get(id, id) for id in one.after)
    notes = (
        strings("contract.owed", role=roles.get(one.owed_by, one.owed_by)) if one.owed_by else "",
        strings("contract.judged", role=roles.get(one.judged_by, one.judged_by)) if one.judged_by else "",
        strings("contract.after", steps=before) if before else "",
        *dates_and_payments(edition, one, record),
    )
    return Item(edition.text(one.label), note=" · ".join(note for note in notes if note))


def _clause(edition: Edition, one: Clause, record: Contract) -> Section:
    """Return a clause with the condition on which it applies and its texts for other laws, in two languages."""
    strings, when = edition.strings, condition_shown(edition, one.when, record)
    variants = tuple(_variant(edition, other, record) for other in one.variants)
    return Section(
        edition.text(one.heading),
        id=one.id,
        style="closed",
        paragraphs=(strings("contract.when", condition=when),) if when else (),
        sections=(*(() if variants else _sides(edition, one.text, record)), *variants),
    )


def _variant(edition: Edition, one: Variant, record: Contract) -> Section:
    places = edition.strings.joined(edition.strings.country(code.lower()) for code in one.jurisdictions)
    return Section(edition.strings("contract.variant", places=places), sections=_sides(edition, one.text, record))


def _sides(edition: Edition, text: Text, record: Contract) -> tuple[Section, ...]:
    """Return a text in the page's language and in the one that prevails: beside it, or folded where room is short."""
    own = edition.language if edition.language in record.languages else record.prevailing_language
    others = (record.prevailing_language, *record.languages)
    other = next((one for one in others if one != own), "")
    sides = [Section("", drawing=clause_text(text.into(own), record, own), language=own)]
    if other:
        title, drawing = language_name(other, edition.language), clause_text(text.into(other), record, other)
        sides.append(Section(title, drawing=drawing, language=other, style="closed"))
    return (Section("", sections=tuple(sides), data=(("sides", ""),)),)


def _parameter(edition: Edition, one: Parameter, record: Contract) -> Item:
    strings = edition.strings
    notes = (
        strings.label("parameter", one.type),
        strings("contract.list") if one.many else "",
        "" if one.required else strings("optional"),
        *rules_shown(edition, one, record),
        edition.text(one.description),
    )
    return Item(edition.text(one.label), note=" · ".join(note for note in notes if note))
