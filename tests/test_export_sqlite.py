"""The SQLite file: whole, with keys that hold, an index that finds, and the same bytes again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.exporters import FORMATS, Invented
from generator.records import Hub, Machine, Process
from generator.registry import Registry

MINI = Path(__file__).parent / "mini" / "registry"


@pytest.fixture(scope="module")
def mini() -> Registry:
    return registry.load(MINI, as_of=date(2026, 6, 30))


@pytest.fixture
def database(mini: Registry) -> Iterator[sqlite3.Connection]:
    with closing(opened(mini, Invented.INCLUDED)) as connection:
        yield connection


def opened(known: Registry, invented: Invented) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(FORMATS["sqlite"].make(known, invented))
    return connection


def test_all_records_are_there_and_all_keys_hold(database: sqlite3.Connection, mini: Registry) -> None:
    for table, kind in (("hubs", Hub), ("machines", Machine), ("processes", Process)):
        assert [id for (id,) in database.execute(f"SELECT id FROM {table} ORDER BY id")] == sorted(mini.ids(kind))
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert len(database.execute("PRAGMA foreign_key_list(machines)").fetchall()) == 2


def test_a_machine_leads_to_hub_model_and_materials(database: sqlite3.Connection) -> None:
    row = database.execute(
        "SELECT hubs.name, machines.x_mm, machine_materials.max_thickness_mm FROM machines "
        "JOIN hubs ON hubs.id = machines.hub JOIN machine_materials ON machine_materials.machine = machines.id "
        "WHERE machines.id = 'gh/tamale-open-workshop/laser'"
    ).fetchone()
    assert row == ("Tamale Open Workshop", 600.0, 6.0)


@pytest.mark.parametrize("words", ["tamale", "TAMALÉ", "laser tamale", "work* sewing"])
def test_a_hub_is_found_by_its_words(database: sqlite3.Connection, words: str) -> None:
    found = database.execute(
        "SELECT hubs.id FROM hubs_fts JOIN hubs ON hubs.rowid = hubs_fts.rowid WHERE hubs_fts MATCH ?", (words,)
    )
    assert "gh/tamale-open-workshop" in [id for (id,) in found]


def test_datasette_finds_the_index_by_the_table_it_names(database: sqlite3.Connection) -> None:
    sql = [text for (text,) in database.execute("SELECT sql FROM sqlite_master WHERE sql LIKE '%USING FTS%'")]
    assert any('content="hubs"' in text for text in sql)


def test_invented_hubs_are_left_out_with_their_machines(mini: Registry) -> None:
    with closing(opened(mini, Invented.LEFT_OUT)) as connection:
        assert not connection.execute("SELECT id FROM hubs WHERE id LIKE '%demo-%'").fetchall()
        assert not connection.execute("SELECT id FROM machines WHERE hub LIKE '%demo-%'").fetchall()


def test_hostile_texts_are_only_texts(hostile: Registry) -> None:
    with closing(opened(hostile, Invented.INCLUDED)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM hubs")]
    assert any(name.startswith("</script>") for name in names)


def test_the_same_registry_gives_the_same_bytes(mini: Registry) -> None:
    again = registry.load(MINI, as_of=date(2026, 6, 30))
    make = FORMATS["sqlite"].make
    assert make(mini, Invented.LEFT_OUT) == make(again, Invented.LEFT_OUT)
