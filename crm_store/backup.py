"""Backups of the whole database, made and restored while the assistant runs."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, text

from crm_store.audit import IMPORT
from crm_store.database import Database
from crm_store.errors import StoreError
from crm_store.migrations import HEAD, current
from crm_store.schema import RECORD_TABLES, audit_entries, change_sets, metadata

_MANIFEST = "manifest.json"
_BUSY_SECONDS = 30.0
_PAGES = 4096
Progress = Callable[[int, int], None]
"""Told how much is done of how much: pages on SQLite, tables on PostgreSQL."""


def backup(database: Database, target: Path, progress: Progress) -> None:
    """Write a consistent copy to `target`: an SQLite file, or a zip of PostgreSQL's COPY texts. Raises StoreError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    try:
        if database.is_sqlite:
            _copy_sqlite(Path(database.url.database or ""), beside, progress)
        else:
            database.read_now(lambda connection: _dump_postgres(connection, beside, progress))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def restore(database: Database, source: Path, progress: Progress, now: datetime) -> None:
    """Replace everything in the database by a backup, at once for all readers. Raises StoreError, nothing changed.

    Caches of names are told that they are stale. Who signed out since the backup was made is signed in again.
    """
    if not source.is_file():
        raise StoreError(f"没有备份文件 {source}")
    newest = database.read_now(_newest_entry)
    if database.is_sqlite:
        _check_sqlite(source)
        _copy_sqlite(source, Path(database.url.database or ""), progress)
    else:
        database.write_now(lambda connection: _load_postgres(connection, source, progress))
    database.write_now(lambda connection: _mark_all_changed(connection, newest, now))


def _copy_sqlite(source: Path, target: Path, progress: Progress) -> None:
    """Copy a database file through SQLite itself: a snapshot for the reader, one transaction for the target."""
    origin = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)
    copy = sqlite3.connect(target, timeout=_BUSY_SECONDS)
    try:
        origin.execute("BEGIN")  # one snapshot: writers go on, and don't make the copy begin again
        origin.execute("SELECT count(*) FROM sqlite_master").fetchone()
        origin.backup(copy, pages=_PAGES, progress=lambda _status, left, total: progress(total - left, total))
    except sqlite3.Error as error:
        raise StoreError(f"备份或恢复没有完成: {error}") from error
    finally:
        copy.close()
        origin.close()


def _check_sqlite(source: Path) -> None:
    try:
        connection = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
        try:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        finally:
            connection.close()
    except (sqlite3.Error, TypeError) as error:
        raise StoreError(f"{source.name} 不是本系统的备份: {error}") from error
    _check(sound == "ok", f"{source.name} 已损坏: {sound}")
    _check(revision == HEAD, f"备份的版本是 {revision},程序需要 {HEAD}:请用同一版本的程序恢复,再升级")


def _dump_postgres(connection: Connection, target: Path, progress: Progress) -> None:
    tables = metadata.sorted_tables
    columns = {table.name: [c.name for c in table.columns if c.name != "tx"] for table in tables}
    driver: Any = connection.connection.driver_connection
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(_MANIFEST, json.dumps({"revision": current(connection), "columns": columns}))
        for done, (table, names) in enumerate(columns.items(), start=1):
            statement = f'COPY "{table}" ({_quoted(names)}) TO STDOUT'
            with archive.open(table, "w", force_zip64=True) as file, _copying(driver, statement) as rows:
                for part in rows:
                    file.write(part)
            progress(done, len(columns))


def _load_postgres(connection: Connection, source: Path, progress: Progress) -> None:
    driver: Any = connection.connection.driver_connection
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            found = manifest["revision"]
            _check(found == HEAD, f"备份的版本是 {found},程序需要 {HEAD}:请用同一版本的程序恢复,再升级")
            connection.execute(text("TRUNCATE " + _quoted([t.name for t in metadata.sorted_tables]) + " CASCADE"))
            for done, table in enumerate(metadata.sorted_tables, start=1):
                _load_table(driver, archive, table.name, manifest["columns"][table.name])
                progress(done, len(metadata.sorted_tables))
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as error:
        raise StoreError(f"{source.name} 不是本系统的备份,或者已损坏: {error}") from error
    for table in metadata.sorted_tables:
        if "id" in table.c and table.c.id.autoincrement is True:
            _set_sequence(connection, table.name)
    connection.execute(text("UPDATE audit_entries SET tx = NULL"))


def _load_table(driver: Any, archive: zipfile.ZipFile, table: str, names: list[str]) -> None:
    statement = f'COPY "{table}" ({_quoted(names)}) FROM STDIN'
    with archive.open(table) as file, _copying(driver, statement) as copy:
        while part := file.read(1 << 20):
            copy.write(part)


@contextmanager
def _copying(driver: Any, statement: str) -> Iterator[Any]:
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        yield copy


def _set_sequence(connection: Connection, table: str) -> None:
    sequence = f"pg_get_serial_sequence('{table}', 'id')"
    connection.execute(text(f'SELECT setval({sequence}, coalesce((SELECT max(id) FROM "{table}"), 0) + 1, false)'))


def _newest_entry(connection: Connection) -> int:
    return connection.execute(select(audit_entries.c.id).order_by(audit_entries.c.id.desc()).limit(1)).scalar() or 0


def _mark_all_changed(connection: Connection, newest: int, now: datetime) -> None:
    """Say in the audit trail that every record may be another: caches ask it what to read anew."""
    row = {"kind": "restore", "channel": "backup", "at": now}
    key = connection.execute(insert(change_sets), row).inserted_primary_key
    assert key is not None
    begin = max(newest, _newest_entry(connection)) + 1
    entries = [
        {
            "id": begin + offset,
            "change_set_id": key[0],
            "record_type": record_type,
            "record_id": 1,
            "last_id": (1 << 31) - 1,
            "op": IMPORT,
            "version": 1,
        }
        for offset, record_type in enumerate(RECORD_TABLES)
    ]
    connection.execute(insert(audit_entries), entries)
    if connection.dialect.name == "postgresql":
        _set_sequence(connection, "audit_entries")


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise StoreError(otherwise)
