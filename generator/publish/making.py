"""A design or a request in; its page out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..records import Contract, Design, Hub, Material, Process, Request
from ..records.design import Operation, Part, Tolerance
from ..records.parts import Money
from ..words import money
from .edition import Edition, address
from .hubs import country_link
from .makers import makers
from .matched import Matched, of_design, of_request, plan_of
from .page import Fact, Item, Page, Section, facts, filled
from .plans_shown import planned
from .plotted import plot_makers, plot_plan
from .recognising import requirements
from .record_page import record_page
from .visiting import contacts

_FARTHEST = 20100  # half way around the globe, in kilometres

if TYPE_CHECKING:
    from ..matching.able import Able
    from ..matching.plans import Plan


def design(edition: Edition, record: Design) -> Page:
    """Return the page of a design: its parts, what making it takes, and who asks for it."""
    strings, asked = edition.strings, edition.crossings.requests_of_design.get(record.id, ())
    found = of_design(edition.relations, record.id)
    able = _able(found)
    operations = tuple(_operation(edition, one, record, able.get(one.id)) for one in record.operations)
    sections = filled(
        makers(edition, found, _tools(edition, found, f"design={record.id}"), "makers"),
        Section(strings("design.operations"), id="operations", items=operations, style="cards"),
        Section(strings("design.parts"), id="parts", items=tuple(_part(edition, one) for one in record.parts)),
        Section(strings("requests"), id="requests", items=tuple(request_line(edition, id) for id in asked)),
    )
    page = record_page(edition, record, edition.text(record.name), record.function)
    return page._replace(facts=_design_facts(edition, record), sections=sections, plot=plot_makers(edition, found))


def _able(found: Matched | None) -> Mapping[str, Able]:
    """Return by the id of each step how many hubs can do it."""
    return {} if found is None else dict(zip((step.id for step in found.wish.steps), found.able, strict=True))


def _design_facts(edition: Edition, record: Design) -> tuple[Fact, ...]:
    strings = edition.strings
    licences = (record.licence.hardware, record.licence.documentation, record.licence.software)
    return facts(
        (strings("fact.version"), record.version),
        (strings("fact.licence"), tuple(Item(one) for one in dict.fromkeys(licences) if one)),
        *(
            (strings(f"fact.{key}"), (Item(url, url=url),) if (url := getattr(record, key)) else "")
            for key in ("repository", "documentation", "manifest")
        ),
    )


def request(edition: Edition, record: Request) -> Page:
    """Return the page of a request: how many of what, by when, to which place."""
    title = request_title(edition, record)
    plan = plan_of(edition.relations, record.id)
    return record_page(edition, record, title, record.summary)._replace(
        description=title,
        facts=_request_facts(edition, record),
        sections=_request_sections(edition, record, plan),
        plot=plot_plan(edition, record, plan) if plan is not None else "",
    )


def _request_facts(edition: Edition, record: Request) -> tuple[Fact, ...]:
    strings, place = edition.strings, record.place
    return facts(
        (strings("fact.status"), edition.words("request.status", (record.status,))),
        (strings("fact.design"), (edition.link(Design, record.design),)),
        (strings("fact.quantity"), strings.number(record.quantity)),
        (strings("fact.place"), (Item(place.locality), country_link(edition, place.country))),
        (strings("fact.posted"), strings.day(record.posted_on)),
        (strings("fact.needed"), strings.day(record.needed_by)),
        (strings("fact.by"), (edition.link(Hub, record.by),) if record.by else ""),
        (strings("fact.contact"), contacts(record.contact)),
        (strings("fact.within"), f"{strings.number(record.within_km)} km" if record.within_km else ""),
        (strings("fact.budget"), _money(edition, record.budget) if record.budget else ""),
        (strings("contract"), (edition.link(Contract, record.contract),) if record.contract else ""),
    )


def _request_sections(edition: Edition, record: Request, plan: Plan | None) -> tuple[Section, ...]:
    """Return how it can be made together, and who could make all of it alone."""
    wanted, found = edition.registry.get(Design, record.design), of_request(edition.relations, record.id)
    if wanted is None or record.status != "open":
        return ()
    together = (planned(edition, record, plan),) if plan is not None else ()
    links = (*_near(edition, record), *_tools(edition, found, _asked(record)))
    return filled(*together, makers(edition, found, links, "makers.alone"))


def _near(edition: Edition, record: Request) -> tuple[Item, ...]:
    """Return the way to the hubs near the place of a request."""
    place = record.place
    if place.latitude is None or place.longitude is None:
        return ()
    within = f"&within={record.within_km:g}" if record.within_km else ""
    here = f"explore/?near={place.latitude:g},{place.longitude:g}{within}"
    return (Item(edition.strings("makers.near"), page=here),)


def _asked(record: Request) -> str:
    """Return a request as the address of the page that matches asks for it (site/app/matching/asking.ts)."""
    place = record.place
    asked = f"design={record.design}&quantity={record.quantity}&by={record.needed_by.isoformat()}"
    if place.latitude is not None and place.longitude is not None:
        asked += f"&near={place.latitude:g},{place.longitude:g}&within={record.within_km or _FARTHEST:g}"
    if record.budget is not None:
        asked += "&sale=1"
    return f"{asked}&contract={record.contract}" if record.contract else asked


def _tools(edition: Edition, found: Matched | None, asked: str) -> tuple[Item, ...]:
    """Return the ways to ask further: with other numbers, and on the map of all hubs."""
    processes = sorted({step.process for step in found.wish.steps}) if found is not None else ()
    return (
        Item(edition.strings("makers.tool"), page=f"match/?{asked}"),
        *(
            (Item(edition.strings("makers.explore"), page=f"explore/?process={','.join(processes)}"),)
            if processes
            else ()
        ),
    )


def request_title(edition: Edition, record: Request) -> str:
    """Return a request in a few words: how many of what, to where."""
    what = edition.label(Design, record.design)
    return edition.strings("request.title", count=record.quantity, design=what, place=record.place.locality)


def request_line(edition: Edition, id: str) -> Item:
    """Return a request as a line in a list: until when, and what became of it."""
    record = edition.registry.get(Request, id)
    if record is None:
        return Item(id)
    strings = edition.strings
    notes = [strings("request.by", date=strings.day(record.needed_by)), strings.label("request.status", record.status)]
    if record.demonstration:
        notes.append(strings("demonstration"))
    tone = "" if record.status == "open" else "stale"
    return Item(request_title(edition, record), page=address(Request, id), note=" · ".join(notes), tone=tone)


def _operation(edition: Edition, one: Operation, record: Design, able: Able | None) -> Item:
    """Return a step of making: what is done to which part, of what, how large and how exact, and by whom."""
    strings = edition.strings
    names = {part.id: part.name or part.id for part in record.parts}
    number = strings.number
    can = "" if able is None else strings("makers.able", certain=number(able.certain), perhaps=number(able.perhaps))
    return edition.link(Process, one.process, names.get(one.part, one.part))._replace(
        facts=facts(
            (strings("fact.materials"), (edition.link(Material, one.material),) if one.material else ""),
            (strings("fact.size"), str(one.envelope_mm) if one.envelope_mm is not None else ""),
            (strings("fact.thickness"), _millimetres(edition, one.thickness_mm)),
            (strings("fact.tolerance"), _tolerance(edition, one.tolerance)),
            (strings("machine.needs"), requirements(edition, one.requires)),
            (strings("fact.certifications"), tuple(Item(scheme) for scheme in one.certifications)),
            (strings("fact.able"), can),
        )
    )


def _money(edition: Edition, given: Money) -> str:
    return money(given.amount, given.currency, edition.language)


def _tolerance(edition: Edition, given: Tolerance | None) -> str:
    if given is None:
        return ""
    within = _millimetres(edition, given.mm)
    found = (within and f"± {within}", given.iso2768 and f"ISO 2768-{given.iso2768}", given.iso286)
    return " · ".join(one for one in found if one)


def _millimetres(edition: Edition, given: float | None) -> str:
    return f"{edition.strings.number(given)} mm" if given is not None else ""


def _part(edition: Edition, one: Part) -> Item:
    count = f"{edition.strings.number(one.quantity)} × " if one.quantity > 1 else ""
    return Item(
        f"{count}{one.name or one.id}",
        page=address(Design, one.design) if one.design else "",
        note=edition.strings.label("part.source", one.source),
    )
