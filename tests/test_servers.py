"""The servers that other tests rely on are real, empty and separate."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import redis


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def _make_table(url: str) -> None:
    with psycopg.connect(_plain(url)) as connection:
        connection.execute("CREATE TABLE customers (name text)")


def test_each_test_gets_an_empty_postgres_database(postgres_url: str) -> None:
    with psycopg.connect(_plain(postgres_url)) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_prepared_databases_are_copies_that_do_not_share_rows(
    prepared_postgres_url: Callable[[str, Callable[[str], None]], str],
) -> None:
    first, second = (prepared_postgres_url("customers", _make_table) for _ in range(2))
    with psycopg.connect(_plain(first)) as connection:
        connection.execute("INSERT INTO customers VALUES ('甲')")
    with psycopg.connect(_plain(second)) as connection:
        rows = connection.execute("SELECT name FROM customers").fetchall()
    assert rows == []


def test_a_database_is_prepared_once_for_each_kind(
    prepared_postgres_url: Callable[[str, Callable[[str], None]], str],
) -> None:
    prepared: list[str] = []
    for _ in range(2):
        prepared_postgres_url("counted", prepared.append)
    assert len(prepared) == 1


def test_redis_keeps_what_is_set(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("name", "小销")
        assert client.get("name") == "小销".encode()
