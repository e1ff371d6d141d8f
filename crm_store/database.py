"""Connections: one writer thread on SQLite, a thread pool on PostgreSQL, behind the same two verbs."""

from __future__ import annotations

import asyncio
import math
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError, InternalError, OperationalError, StatementError
from sqlalchemy.pool import NullPool, QueuePool, SingletonThreadPool

from crm_store.errors import StoreError, UnstorableText
from crm_store.group_commit import LOSSES, GroupCommit, Losses
from crm_store.texts import check_parameters, from_json, to_json

T = TypeVar("T")

DEFAULT_URL = "sqlite:///var/sales-assistant.db"
READERS = 4
BUSY_SECONDS = 20.0
"""How long to wait for another writer (SQLite) or a free connection (PostgreSQL)."""
RESTED_SECONDS = 5.0
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-32000",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
    "wal_autocheckpoint=4000",
)


class Database:
    """Runs work on a connection, in a thread, in one transaction.

    SQLite: WAL, synchronous=FULL (an acknowledgement is a promise), one writer thread, BEGIN IMMEDIATE for writes,
    one commit for all that wait (`group_commit`); reads see one snapshot over connections that can't write. PostgreSQL:
    READ COMMITTED with version columns for writes, REPEATABLE READ and READ ONLY for reads; `pool_size` connections, 0
    for none kept.
    """

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        losses = Losses()
        if self.is_sqlite:
            self.engine = _sqlite_engine(self.url, losses, begin="BEGIN IMMEDIATE", pragmas=())
            self._reading = _sqlite_engine(self.url, losses, begin="BEGIN", pragmas=("query_only=ON",))
        else:
            self.engine = _postgres_engine(self.url, pool_size)
            self._reading = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._kept = threading.local()
        self._near = threading.Lock()  # event loops come and go in tests, each with its thread
        self._near_connection: Connection | None = None
        writers = 1 if self.is_sqlite else max(pool_size, 1)
        self._writer = ThreadPoolExecutor(writers, thread_name_prefix="store-write")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-read") if self.is_sqlite else self._writer
        self._group = GroupCommit(self._writer, self.write_now, _telling_apart, losses)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on one snapshot of the data. Raises StoreError."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, work)

    async def glance(self, work: Callable[[Connection], T]) -> T:
        """The same as `read` for work that takes microseconds: on SQLite in the thread of the event loop itself."""
        if not self.is_sqlite or not self._near.acquire(blocking=False):
            return await self.read(work)
        try:
            with _told_apart():
                if self._near_connection is None:
                    self._near_connection = self._reading.connect()
                return self._read_on(self._near_connection, work)
        finally:
            self._near.release()

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one write transaction: committed when it returns, rolled back when it raises."""
        if self.is_sqlite:
            return await self._group.write(work)
        return await asyncio.get_running_loop().run_in_executor(self._writer, self.write_now, work)

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """The same as `read`, in this thread."""
        with _told_apart(), self._connection(self._reading) as connection:
            return self._read_on(connection, work)

    def _read_on(self, connection: Connection, work: Callable[[Connection], T]) -> T:
        self._begin(connection, "BEGIN")
        try:
            return work(connection)
        finally:
            _end(connection, keep=False)

    def write_now(self, work: Callable[[Connection], T]) -> T:
        """The same as `write`, in this thread (command line, migrations, and the writer thread itself)."""
        with _told_apart(), self._connection(self.engine) as connection:
            self._begin(connection, "BEGIN IMMEDIATE")
            try:
                done = work(connection)
                _end(connection, keep=True)
            except BaseException:
                _end(connection, keep=False)
                raise
            return done

    def _begin(self, connection: Connection, words: str) -> None:
        """Begin a transaction. On SQLite the driver is told: the toolkit joins in when a statement goes through it."""
        if self.is_sqlite:
            driver: Any = connection.connection.dbapi_connection
            _say_begin(driver, words)
        else:
            connection.begin()

    @contextmanager
    def _connection(self, engine: Engine) -> Iterator[Connection]:
        """A connection; on SQLite each thread keeps its own, since taking one out costs as much as a statement."""
        if not self.is_sqlite:
            with engine.connect() as connection:
                yield connection
            return
        kept: dict[Any, Connection] = self._kept.__dict__
        if engine not in kept:
            kept[engine] = engine.connect()
        yield kept[engine]

    def close(self) -> None:
        """Stop the threads and give the connections back."""
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.engine.dispose()
        self._reading.dispose()


@contextmanager
def _told_apart() -> Iterator[None]:
    """A database that is away, full or busy is the operator's matter; anything else stays what it is."""
    try:
        yield
    except StatementError as error:
        if isinstance(error.orig, UnstorableText):
            raise error.orig from None
        if not isinstance(error, OperationalError | InternalError):
            raise
        raise StoreError(f"数据库现在用不了({error.orig});请检查地址、磁盘和服务") from error


def _telling_apart(work: Callable[[Connection], T]) -> Callable[[Connection], T]:
    def told(connection: Connection) -> T:
        with _told_apart():
            return work(connection)

    return told


def _say_begin(driver: Any, words: str) -> None:
    try:
        driver.execute(words).close()
    except sqlite3.OperationalError as error:
        raise StoreError(f"数据库正忙({error}),请稍后再试") from error


def _end(connection: Connection, *, keep: bool) -> None:
    """Commit or roll back, with the toolkit where it has joined in."""
    joined = connection.in_transaction()
    ending: Any = connection if joined else connection.connection.dbapi_connection
    try:
        ending.commit() if keep else ending.rollback()
    except sqlite3.OperationalError as error:
        raise StoreError(f"数据库现在用不了({error});请检查地址、磁盘和服务") from error


def _sqlite_engine(url: URL, losses: Losses, *, begin: str, pragmas: tuple[str, ...]) -> Engine:
    """An engine with a connection a thread; transactions begin when we say so, not when the driver guesses."""
    if url.database in (None, "", ":memory:"):
        raise StoreError("SQLite 数据库必须是文件,例如 sqlite:///var/sales-assistant.db")
    engine = create_engine(
        url,
        poolclass=SingletonThreadPool,
        pool_size=64,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS, "cached_statements": 500},
        query_cache_size=2000,
        json_serializer=to_json,
        json_deserializer=from_json,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        record.info[LOSSES] = losses
        connection.isolation_level = None
        for pragma in (*_PRAGMAS, *pragmas):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        if not driver.in_transaction:
            _say_begin(driver, begin)

    event.listen(engine, "before_cursor_execute", _check_texts)
    return engine


def _postgres_engine(url: URL, pool_size: int) -> Engine:
    pool: dict[str, Any] = {"poolclass": NullPool}
    if pool_size:
        pool = {"poolclass": QueuePool, "pool_size": pool_size, "max_overflow": 0, "pool_timeout": BUSY_SECONDS}
    engine = create_engine(
        url,
        connect_args={"connect_timeout": 5, "application_name": "sales-assistant"},
        query_cache_size=2000,
        json_serializer=to_json,
        json_deserializer=from_json,
        **pool,
    )
    event.listen(engine, "before_cursor_execute", _check_texts)
    event.listen(engine, "checkin", _note_time)
    event.listen(engine, "checkout", _ping_after_a_rest)
    return engine


def _check_texts(connection: Any, cursor: Any, statement: Any, parameters: Any, context: Any, many: Any) -> None:
    check_parameters(parameters)


def _note_time(connection: Any, record: Any) -> None:
    record.info["rested_since"] = time.monotonic()


def _ping_after_a_rest(connection: Any, record: Any, proxy: Any) -> None:
    """A server that was restarted is noticed before the work begins; a busy connection pays nothing for it."""
    if time.monotonic() - record.info.get("rested_since", math.inf) < RESTED_SECONDS:
        return
    import psycopg  # the driver is an extra

    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.OperationalError as error:
        raise DisconnectionError from error
