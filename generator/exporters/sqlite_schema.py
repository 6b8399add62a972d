"""The tables of the SQLite file: what each holds, and what refers to what."""

from __future__ import annotations

# A link between two records is its own key: such tables need no row numbers.
_LINK = "CREATE TABLE {name} ({one} TEXT NOT NULL REFERENCES {ones}(id), {other} TEXT NOT NULL REFERENCES {others}(id), PRIMARY KEY ({one}, {other})) WITHOUT ROWID"  # noqa: E501


def _link(name: str, one: str, ones: str, other: str, others: str) -> str:
    return _LINK.format(name=name, one=one, ones=ones, other=other, others=others)


_SIZE = "x_mm REAL, y_mm REAL, z_mm REAL, diameter_mm REAL, length_mm REAL, power_w REAL, tolerance_mm REAL"

TABLES = (
    "CREATE TABLE registry (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE processes (id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT)",
    _link("process_broader", "process", "processes", "broader", "processes"),
    "CREATE TABLE materials (id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT)",
    _link("material_broader", "material", "materials", "broader", "materials"),
    "CREATE TABLE networks (id TEXT PRIMARY KEY, name TEXT NOT NULL, website TEXT)",
    f"CREATE TABLE models (id TEXT PRIMARY KEY, name TEXT NOT NULL, brand TEXT NOT NULL, {_SIZE}, url TEXT)",
    "CREATE TABLE hubs (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, "
    "country TEXT NOT NULL, region TEXT, locality TEXT NOT NULL, postcode TEXT, address TEXT, latitude REAL, "
    "longitude REAL, precision TEXT NOT NULL, summary TEXT, can TEXT, website TEXT, email TEXT, phone TEXT, "
    "hours TEXT, access TEXT, batch TEXT, founded_year INTEGER, floor_m2 REAL, verified_on TEXT, verified_how TEXT, "
    "freshness TEXT NOT NULL, page TEXT NOT NULL)",
    "CREATE TABLE machines (id TEXT PRIMARY KEY, hub TEXT NOT NULL REFERENCES hubs(id), name TEXT NOT NULL, "
    f"model TEXT REFERENCES models(id), {_SIZE}, quantity INTEGER NOT NULL, status TEXT NOT NULL, use TEXT, "
    "rate_amount TEXT, rate_currency TEXT, rate_per TEXT, verified_on TEXT, freshness TEXT NOT NULL, "
    "page TEXT NOT NULL)",
    "CREATE TABLE designs (id TEXT PRIMARY KEY, name TEXT NOT NULL, function TEXT, version TEXT, licence TEXT, "
    "repository TEXT, documentation TEXT, page TEXT NOT NULL)",
    _link("hub_processes", "hub", "hubs", "process", "processes"),
    _link("hub_networks", "hub", "hubs", "network", "networks"),
    "CREATE TABLE hub_services (hub TEXT NOT NULL REFERENCES hubs(id), service TEXT NOT NULL, "
    "PRIMARY KEY (hub, service)) WITHOUT ROWID",
    "CREATE TABLE hub_pages (hub TEXT NOT NULL REFERENCES hubs(id), url TEXT NOT NULL, "
    "PRIMARY KEY (hub, url)) WITHOUT ROWID",
    "CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL, url TEXT, licence TEXT, retrieved TEXT, "
    "attribution TEXT)",
    "CREATE TABLE hub_sources (hub TEXT NOT NULL REFERENCES hubs(id), source INTEGER NOT NULL REFERENCES sources(id), "
    "PRIMARY KEY (hub, source)) WITHOUT ROWID",
    _link("machine_processes", "machine", "machines", "process", "processes"),
    "CREATE TABLE machine_materials (machine TEXT NOT NULL REFERENCES machines(id), "
    "material TEXT NOT NULL REFERENCES materials(id), form TEXT, min_thickness_mm REAL, max_thickness_mm REAL)",
)

_FTS = "CREATE VIRTUAL TABLE {0}_fts USING fts5({1}, content=\"{0}\", tokenize='unicode61 remove_diacritics 2')"
_FILLED = "INSERT INTO {0}_fts({0}_fts) VALUES ('{1}')"

# An index for searching names its table, by which Datasette finds it.
INDEXES = (
    "CREATE INDEX hubs_country ON hubs(country)",
    "CREATE INDEX machines_hub ON machines(hub)",
    "CREATE INDEX machines_model ON machines(model)",
    "CREATE INDEX hub_processes_process ON hub_processes(process)",
    "CREATE INDEX hub_sources_source ON hub_sources(source)",
    "CREATE INDEX machine_processes_process ON machine_processes(process)",
    "CREATE INDEX machine_materials_machine ON machine_materials(machine)",
    "CREATE INDEX machine_materials_material ON machine_materials(material)",
    *(
        statement
        for name, columns in (
            ("hubs", "name, locality, region, summary, can"), ("machines", "name"), ("models", "name"),
            ("processes", "name, description"),
        )
        for statement in (_FTS.format(name, columns), _FILLED.format(name, "rebuild"), _FILLED.format(name, "optimize"))
    ),
)  # fmt: skip
