"""A design or a request in; its page out."""

from __future__ import annotations

from ..matching.by_process import World
from ..records import Contract, Design, Hub, Material, Process, Request
from ..records.design import Operation, Part, Tolerance
from ..records.parts import Money
from ..words import money
from .counting import counted
from .edition import Edition, address
from .hubs import country_link
from .machines import requirements
from .makers import makers, makers_near, reach
from .page import Fact, Item, Page, Section, facts, filled
from .record_page import record_page
from .visiting import contacts

_FARTHEST = 20100.0  # half way around the globe, in kilometres


def design(edition: Edition, record: Design) -> Page:
    """Return the page of a design: its parts, what making it takes, and who asks for it."""
    strings, asked = edition.strings, edition.crossings.requests_of_design.get(record.id, ())
    sections = filled(
        makers(edition, record),
        Section(
            strings("design.operations"),
            id="operations",
            items=tuple(_operation(edition, one, record) for one in record.operations),
            style="cards",
        ),
        Section(strings("design.parts"), id="parts", items=tuple(_part(edition, one) for one in record.parts)),
        Section(strings("requests"), id="requests", items=tuple(request_line(edition, id) for id in asked)),
    )
    page = record_page(edition, record, edition.text(record.name), record.function)
    return page._replace(facts=_design_facts(edition, record), sections=sections)


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
    return record_page(edition, record, title, record.summary)._replace(
        description=title, facts=_request_facts(edition, record), sections=_request_sections(edition, record)
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


def _request_sections(edition: Edition, record: Request) -> tuple[Section, ...]:
    """Return who could make what is asked for, within the distance that the request names."""
    wanted, place = edition.registry.get(Design, record.design), record.place
    if wanted is None or record.status != "open":
        return ()
    if place.latitude is None or place.longitude is None:
        return filled(makers(edition, wanted))
    here = (place.latitude, place.longitude)
    world = World.INVENTED if record.demonstration or wanted.demonstration else World.REAL
    section = makers_near(edition, wanted, reach(edition, here, record.within_km or _FARTHEST), world)
    within = f"&within={record.within_km:g}" if record.within_km else ""
    near = Item(edition.strings("makers.near"), page=f"explore/?near={here[0]:g},{here[1]:g}{within}")
    return filled(section._replace(links=(near,)))


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


def _operation(edition: Edition, one: Operation, record: Design) -> Item:
    """Return a step of making: what is done to which part, of what, how large and how exact, and by whom."""
    strings = edition.strings
    names = {part.id: part.name or part.id for part in record.parts}
    able = len(counted(edition, edition.crossings.hubs_of_process.get(one.process, ())))
    return edition.link(Process, one.process, names.get(one.part, one.part))._replace(
        facts=facts(
            (strings("fact.materials"), (edition.link(Material, one.material),) if one.material else ""),
            (strings("fact.size"), str(one.envelope_mm) if one.envelope_mm is not None else ""),
            (strings("fact.thickness"), _millimetres(edition, one.thickness_mm)),
            (strings("fact.tolerance"), _tolerance(edition, one.tolerance)),
            (strings("machine.needs"), requirements(edition, one.requires)),
            (strings("fact.certifications"), tuple(Item(scheme) for scheme in one.certifications)),
            (strings("fact.able"), strings("figure.hubs", count=able)),
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
