"""Bringing a database's tables to the version that this program needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from crm_store.database import Database
from crm_store.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0002"
"""The newest revision under `versions/`; a test holds the two together."""
_LOCK = 0x5A1E5
"""The number of the PostgreSQL lock under which tables are made; any that nobody else uses in this database."""


def upgrade(url: str) -> bool:
    """Make or upgrade the tables at a SQLAlchemy URL, in one transaction; False when nothing was to be done.

    A SQLite file and its folder are made when absent. Raises StoreError where the database can't be reached or belongs
    to a newer program.
    """
    _make_folder(url)
    database = Database(url)
    try:
        return upgrade_database(database)
    finally:
        database.close()


def upgrade_database(database: Database) -> bool:
    """The same as `upgrade` for an open database."""
    try:
        if database.read_now(current) == HEAD:
            return False
        return database.write_now(_upgrade_once)
    except DBAPIError as error:
        raise StoreError(f"数据库升级失败: {error.orig}") from error


def current(connection: Connection) -> str | None:
    """The revision of a database's tables; None where it has none of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade_once(connection: Connection) -> bool:
    """Of several processes that start at once one upgrades and the others wait; on SQLite its write lock does that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    if current(connection) == HEAD:
        return False
    _run(connection)
    return True


def _run(connection: Connection) -> None:
    # Alembic takes 0.1 s to import, which a database that is up to date does not pay.
    from alembic import command
    from alembic.util.exc import CommandError

    configuration = _configuration()
    configuration.attributes["connection"] = connection
    try:
        command.upgrade(configuration, "head")
    except CommandError as error:
        raise StoreError(f"数据库不是这个版本的程序能升级的: {error}") from error


def _configuration() -> Config:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent))
    return configuration


def _make_folder(url: str) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
