"""Fresh copies of a world: each world is loaded into one SQLite file, which every case gets a copy of."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crm_store.database import Database
from crm_store.errors import ImportRejected
from crm_store.importing import WORLD, import_world
from crm_store.migrations import upgrade
from crm_store.principal import SYSTEM, Origin
from crm_store.settings_table import DEFAULT_TIMEZONE
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork

_LOADED_AT = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
"""When worlds are said to have been loaded; a fixed time, so that two replays are equal."""


class WorldError(Exception):
    """A world can't be found or loaded; the text names folder and reason."""


@dataclass(slots=True)
class SetClock:
    """A clock that stands still until it is set."""

    at: datetime

    def now(self) -> datetime:
        """The time it was set to."""
        return self.at


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A loaded world: its folder, the file that copies are made of, and its frozen clock (None: the world has none)."""

    folder: Path
    file: Path
    now: datetime | None
    zone: ZoneInfo

    def copy_to(self, file: Path) -> None:
        """Make a copy at `file`."""
        shutil.copyfile(self.file, file)


def url_of(file: Path) -> str:
    """The SQLAlchemy URL of a SQLite file."""
    return f"sqlite:///{file}"


def rewind(beginning: Database, live: Database) -> None:
    """Give a SQLite database the content of another, also under open connections (SQLite's backup: a few ms)."""

    def over(source: Any) -> None:
        live.read_now(lambda target: source.connection.backup(target.connection.driver_connection))

    beginning.read_now(over)


def world_folder(folder: Path, name: str) -> Path:
    """The folder of a case's world: `folder` itself if it holds a world, else the one in it of that name.

    Raises WorldError.
    """
    if (folder / WORLD).is_file():
        return folder
    if not folder.is_dir():
        raise WorldError(f"{folder}: no such folder")
    found = folder / name
    if name and Path(name).name == name and (found / WORLD).is_file():
        return found
    if not any(folder.glob(f"*/{WORLD}")):
        raise WorldError(f"{folder}: neither a world nor a folder of worlds (no {WORLD})")
    raise WorldError(f"{folder}: no world {name!r} in it")


def build_template(folder: Path, file: Path) -> Template:
    """Load the world in `folder` into a new SQLite file. Raises WorldError."""
    upgrade(url_of(file))
    store = Store(Database(url_of(file)), SetClock(_LOADED_AT))
    try:
        now, zone = store.write_now(SYSTEM, Origin(channel="import"), lambda uow: _load(uow, folder))
    except (ImportRejected, OSError) as error:
        raise WorldError(f"{folder / WORLD}: {error}") from error
    finally:
        store.close()
    return Template(folder=folder, file=file, now=now, zone=zone)


def build_empty(file: Path) -> Template:
    """A store with nothing in it but its tables."""
    upgrade(url_of(file))
    return Template(folder=file.parent, file=file, now=None, zone=ZoneInfo(DEFAULT_TIMEZONE))


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment in a zone; one without offset is taken as a time of that zone."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _load(uow: UnitOfWork, folder: Path) -> tuple[datetime | None, ZoneInfo]:
    """Import the world; its clock and its time zone. Raises WorldError for a clock that can't be read."""
    import_world(uow, folder, lambda record_type, count: None)
    zone, now = uow.settings.timezone, uow.settings.get("now")
    if now is None:
        return None, zone
    try:
        return in_zone(datetime.fromisoformat(now), zone), zone
    except (TypeError, ValueError) as error:
        raise WorldError(f"{folder / WORLD}: now: {error}") from error
