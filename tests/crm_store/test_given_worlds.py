"""The worlds that the evaluation uses go in and come out with the same meaning."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crm_store.database import Database
from crm_store.exporting import export_world
from crm_store.importing import Imported, TableOptions, import_path
from crm_store.migrations import upgrade
from crm_store.principal import SYSTEM, Origin
from crm_store.snapshots import COMPARED
from crm_store.store import Store
from crm_store.world import diff, dump_world, load_world, snapshot
from tests.crm_store.conftest import Clock

WORLDS = Path(__file__).parents[2] / "eval" / "worlds"
NAMES = sorted(path.parent.name for path in WORLDS.glob("*/world.json"))
IMPORT = Origin(channel="import")
INSTANTS = ("due_at", "occurred_at", "completed_at")


def meaning(record: dict[str, Any]) -> dict[str, Any]:
    """A record without empty values, its extras beside its fields, its times as moments."""
    flat = {**record, **record.get("extra", {})}
    flat.pop("extra", None)
    kept = {key: value for key, value in flat.items() if value not in (None, [], {})}
    return {key: datetime.fromisoformat(value) if key in INSTANTS else value for key, value in kept.items()}


def meanings(world: dict[str, Any]) -> dict[str, Any]:
    lists = {key: value for key, value in world.items() if isinstance(value, list)}
    rest = {key: value for key, value in world.items() if not isinstance(value, list) and value is not None}
    return rest | {key: [meaning(record) for record in records] for key, records in lists.items() if records}


def imported(store: Store, folder: Path) -> Imported:
    return store.write_now(
        SYSTEM, IMPORT, lambda uow: import_path(uow, folder, TableOptions(), lambda _type, _count: None)
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_world_is_dumped_with_the_meaning_it_was_loaded_with(empty: Store, name: str) -> None:
    source = json.loads((WORLDS / name / "world.json").read_text("utf-8"))
    done = imported(empty, WORLDS / name)
    assert done.records == sum(len(value) for value in source.values() if isinstance(value, list))
    assert meanings(empty.read_now(SYSTEM, dump_world)) == meanings(source)


@pytest.mark.parametrize("name", NAMES)
def test_a_world_written_to_files_is_the_same_world_again(empty: Store, tmp_path: Path, name: str) -> None:
    imported(empty, WORLDS / name)
    empty.read_now(SYSTEM, lambda uow: export_world(uow, tmp_path / "out"))
    sources = {path.name: path.read_bytes() for path in (WORLDS / name / "collateral").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "out" / "collateral").iterdir()} == sources
    upgrade(f"sqlite:///{tmp_path}/again.db")
    again = Store(Database(f"sqlite:///{tmp_path}/again.db"), Clock())
    try:
        imported(again, tmp_path / "out")
        assert diff(empty.read_now(SYSTEM, snapshot), again.read_now(SYSTEM, snapshot)) == []
        assert again.read_now(SYSTEM, dump_world) == empty.read_now(SYSTEM, dump_world)
    finally:
        again.close()


def test_a_second_import_of_the_same_world_is_refused_whole(empty: Store) -> None:
    from crm_store.errors import ImportRejected

    world = json.loads((WORLDS / NAMES[0] / "world.json").read_text("utf-8"))
    empty.write_now(SYSTEM, IMPORT, lambda uow: load_world(uow, world))
    before = empty.read_now(SYSTEM, dump_world)
    with pytest.raises(ImportRejected):
        empty.write_now(SYSTEM, IMPORT, lambda uow: load_world(uow, world))
    assert empty.read_now(SYSTEM, dump_world) == before


def test_the_worlds_have_every_kind_of_record_that_is_compared() -> None:
    worlds = [json.loads((WORLDS / name / "world.json").read_text("utf-8")) for name in NAMES]
    plurals = {"opportunity": "opportunities"}
    for record_type in COMPARED:
        assert any(world.get(plurals.get(record_type, f"{record_type}s")) for world in worlds), record_type
