"""The figures of a registry in; the page that shows them as charts, with the numbers beside them, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields

from .. import words
from ..matching.needs import Need
from ..records import Material, Model, Network, Process, Record
from ..registry.coverage import Country, Coverage, Frequency
from ..registry.freshness import Freshness
from . import figures, missing, rechecks
from .charts import Chart, Measure, Table, chart
from .citing import cite
from .edition import Edition
from .page import Item, Page, Section

PATH = "insights/"
_LEVELS = ("contractable", "matchable", "basic")  # the best first, as bars are read
_AGES = tuple(str(age) for age in Freshness)
_BARS = 20  # bars of a chart, but for countries
_ROWS = 200  # rows of a table; the files hold all
_CHARTS = (
    "coverage", "freshness", *(name.replace("_", "-") for name in figures.FREQUENCIES), missing.GAPS, missing.SILENCES,
    "needed-processes", "needed-materials",
)  # fmt: skip
_Namer = Callable[[str], Item]


def insights(edition: Edition) -> Page:
    """Return the page; its sections hold charts, which only its own template prints."""
    strings = edition.strings
    coverage = edition.relations.coverage
    charts = (
        *_countries(edition, coverage.countries),
        *_frequencies(edition, coverage),
        *_gaps(edition),
        *_needs(edition),
    )
    return Page(
        path=PATH,
        title=strings("insights"),
        description=strings("insights.lead"),
        lead=strings("insights.lead"),
        sections=(
            Section(
                strings("insights.summary"),
                id="summary",
                paragraphs=(strings("insights.about", date=strings.day(edition.registry.as_of)),),
                items=_summary(edition, coverage),
                style="figures",
                sections=(Section("", items=tuple(_jump(one) for one in charts), style="tags"),),
            ),
            Section("", sections=charts),
            cite(edition, PATH, strings("insights")),
        ),
    )


def headings(edition: Edition) -> tuple[str, ...]:
    """Return the titles of the charts, for the search."""
    return tuple(edition.strings(f"insights.{id}") for id in _CHARTS)


def _jump(chart: Chart) -> Item:
    return Item(chart.title, page=f"{PATH}#{chart.id}")


def _summary(edition: Edition, coverage: Coverage) -> tuple[Item, ...]:
    strings = edition.strings
    total = {field.name: sum(getattr(one, field.name) for one in coverage.countries) for field in fields(Country)[1:]}
    if not total["hubs"]:
        return ()
    total["matchable"] += total["contractable"]  # whoever can take an order can be found, too
    return (
        Item(strings("figure.hubs", count=total["hubs"])),
        Item(strings("figure.countries", count=len(coverage.countries))),
        Item(strings("figure.machines", count=total["machines"])),
        *(
            Item(strings(f"insights.{key}.figure", share=_share(edition, total[key], total["hubs"])))
            for key in ("located", "matchable", "contractable")
        ),
    )


def _countries(edition: Edition, countries: Sequence[Country]) -> Iterator[Chart]:
    """Yield how far the records of each country go, and how fresh they are."""
    levels = {level: f"insights.level.{level}" for level in _LEVELS}
    more = {"located": "insights.located", "machines": "machines", "units": "insights.units"}
    yield _by_country(edition, "coverage", countries, levels, more)
    counts = {age: sum(getattr(one, age) for one in countries) for age in Freshness}
    ages = _by_country(edition, "freshness", countries, {age: f"insights.{age}" for age in _AGES}, {})
    yield ages._replace(links=rechecks.links(edition, counts))


def _by_country(
    edition: Edition, id: str, countries: Sequence[Country], parts: Mapping[str, str], more: Mapping[str, str]
) -> Chart:
    """Return how the hubs of each country are parted; `parts` and `more` are fields with the keys of their words."""
    strings = edition.strings
    columns = {"hubs": "hubs", **parts, **more}
    links = [Item(strings.country(one.country), page=f"countries/{one.country}/") for one in countries]
    measures = [
        Measure(link.text, tuple(getattr(one, key) for key in parts), _number(edition, one.hubs))
        for link, one in zip(links, countries, strict=True)
    ]
    rows = [
        (link, tuple(_cell(edition, one, key) for key in columns)) for link, one in zip(links, countries, strict=True)
    ]
    table = Table((strings("country"), *map(strings, columns.values())), tuple(rows))
    return _chart(edition, id, measures, table, file="countries", names=tuple(map(strings, parts.values())))


def _cell(edition: Edition, one: Country, key: str) -> str:
    number: int = getattr(one, key)
    return _share(edition, number, one.hubs) if key == "located" else _number(edition, number)


def _frequencies(edition: Edition, coverage: Coverage) -> Iterator[Chart]:
    """Yield what machines do and are, and what hubs say of themselves."""
    language = edition.language

    def named(group: str) -> _Namer:
        return lambda id: Item(edition.strings.label(group, id))

    namers: dict[str, tuple[str, _Namer]] = {
        "processes": ("process", _linked(edition, Process)),
        "models": ("model", _linked(edition, Model)),
        "kinds": ("fact.kind", named("hub.kind")),
        "business_models": ("fact.business", named("hub.business_models")),
        "languages": ("fact.languages", lambda id: Item(words.language_name(id, language))),
        "networks": ("network", _linked(edition, Network)),
    }
    for name in figures.FREQUENCIES:
        head, namer = namers[name]
        yield _frequency(edition, name.replace("_", "-"), edition.strings(head), getattr(coverage, name), namer)


def _frequency(edition: Edition, id: str, head: str, found: Sequence[Frequency], namer: _Namer) -> Chart:
    unsaid = Item(edition.strings("insights.unsaid"))
    items = [namer(one.id) if one.id else unsaid for one in found]
    has_machines = any(one.machines for one in found)
    keys = ("machines", "hubs") if has_machines else ("hubs",)
    counts = [tuple(getattr(one, key) for key in keys) for one in found]
    measures = [
        Measure(item.text, (count[0],), _number(edition, count[0]))
        for one, item, count in zip(found, items, counts, strict=True)
        if one.id
    ]
    silent = sum(one.hubs for one in found if not one.id)
    rows = [(item, tuple(_number(edition, n) for n in count)) for item, count in zip(items, counts, strict=True)]
    heads = (head, *(edition.strings(key) for key in keys))
    more = edition.strings("insights.silent", count=silent) if silent else ""
    return _chart(edition, id, measures[:_BARS], _table(edition, heads, rows), more=more)


def _gaps(edition: Edition) -> Iterator[Chart]:
    """Yield what would open most, and questions that nobody answers; all constraints of designs and requests count."""
    for id, drawn, names in (
        (missing.GAPS, missing.gaps, missing.parts(edition)),
        (missing.SILENCES, missing.silences, ()),
    ):
        measures, table = drawn(edition)
        rows = _table(edition, table.heads, table.rows)
        made = _chart(edition, id, measures[:_BARS], rows, names=names if measures else ())
        yield _found_nothing(edition, made) if edition.relations.has_steps else made


def _needs(edition: Edition) -> Iterator[Chart]:
    needs = edition.relations.needs
    for id, kind, found in (
        ("needed-processes", Process, needs.processes),
        ("needed-materials", Material, needs.materials),
    ):
        yield _need(edition, id, kind, found, len(needs.countries))


def _need(edition: Edition, id: str, kind: type[Record], found: Sequence[Need], countries: int) -> Chart:
    strings = edition.strings
    heads = (strings(kind.record_kind), strings("insights.lacking"), strings("insights.offering"),
             strings("insights.designs"), strings("insights.requests"), strings("countries"))  # fmt: skip
    rows = [
        (edition.link(kind, one.id),
         (_share_of(edition, len(one.lacking), countries), *(_number(edition, number) for number in
          (one.hubs, len(one.designs), len(one.requests))), _listed(edition, one.lacking)))
        for one in found
    ]  # fmt: skip
    measures = [
        Measure(edition.label(kind, one.id), (len(one.lacking),), _share_of(edition, len(one.lacking), countries))
        for one in found
        if one.lacking
    ]
    made = _chart(edition, id, measures[:_BARS], _table(edition, heads, rows), whole=countries)
    return _found_nothing(edition, made) if found else made


def _found_nothing(edition: Edition, made: Chart) -> Chart:
    """Return a chart that says what no bars mean where there was something to count."""
    return made._replace(nothing=edition.strings(f"insights.{made.id}.empty"))


def _listed(edition: Edition, countries: Sequence[str]) -> str:
    return edition.strings.joined(sorted(edition.strings.country(code) for code in countries))


def _linked(edition: Edition, kind: type[Record]) -> _Namer:
    return lambda id: edition.link(kind, id)


def _table(edition: Edition, heads: tuple[str, ...], rows: Sequence[tuple[Item, tuple[str, ...]]]) -> Table:
    note = edition.strings("insights.first", count=_ROWS) if len(rows) > _ROWS else ""
    return Table(heads, tuple(rows[:_ROWS]), note)


def _chart(
    edition: Edition,
    id: str,
    measures: Sequence[Measure],
    table: Table,
    *,
    file: str = "",
    names: Sequence[str] = (),
    more: str = "",
    whole: int = 0,
) -> Chart:
    """Return a chart under the words of its id; `more` is said below them, `file` is the data's name if another."""
    strings = edition.strings
    longest = max(measures, key=lambda one: sum(one.parts), default=None)
    about = strings("insights.desc", label=longest.label, number=longest.shown) if longest else ""
    return chart(
        id, title=strings(f"insights.{id}"), lead=f"{strings(f'insights.{id}.about')} {more}".rstrip(), about=about,
        direction=strings("direction"), measures=measures, table=table, names=names, files=figures.files(file or id),
        whole=whole,
    )._replace(nothing=strings("insights.empty"))  # fmt: skip


def _number(edition: Edition, number: int) -> str:
    return words.amount(number, edition.language)


def _share(edition: Edition, part: int, whole: int) -> str:
    return edition.strings("insights.share", number=_number(edition, round(100 * part / whole)))


def _share_of(edition: Edition, part: int, whole: int) -> str:
    return edition.strings("insights.share.of", part=_number(edition, part), whole=_number(edition, whole))
