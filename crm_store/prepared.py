"""Statements of the hot path, built and compiled once: what remains of one is the driver's own cost."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select, Table, Update, bindparam, insert
from sqlalchemy.exc import DBAPIError

from crm_store.errors import UnstorableText
from crm_store.schema import BigId
from crm_store.texts import check_nul, to_json

Statement = Select[Any] | Insert | Update
_KNOWN: dict[Hashable, Prepared] = {}
"""A memo, not state: what a key compiles to is the same for every connection of one kind of database."""


class Prepared:
    """A statement with named values; it converts values and rows as SQLAlchemy would, by their types."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._dialect = dialect
        self._errors: Any = dialect.loaded_dbapi.Error
        self._sql = str(compiled)
        self._order = compiled.positiontup
        self._binds = {name: _bind(bind.type, dialect) for name, bind in compiled.binds.items()}
        self._of = _getter(self._order or ())
        self._converting = [(i, b) for i, n in enumerate(self._order or ()) if (b := self._binds[n]) is not None]
        self._constants = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        self._results = [(i, p) for i, p in enumerate(_results(statement, dialect)) if p is not None]

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Sequence[Any]]:
        """The rows of a query. Raises as SQLAlchemy does."""
        cursor = self._run(connection, values)
        found: list[Sequence[Any]] = cursor.fetchall()
        cursor.close()
        return [self._converted(row) for row in found] if self._results else found

    def changed(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """How many rows an update changed, or an insert made."""
        cursor = self._run(connection, values)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def added(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """The id of the row that an insert made; 0 where the table has no number for one."""
        cursor = self._run(connection, values)
        row = cursor.fetchone() if cursor.description else None
        made = row[0] if row is not None else getattr(cursor, "lastrowid", None) or 0
        cursor.close()
        return int(made)

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        parameters = self._parameters(values)
        check_nul(parameters.values() if self._order is None else parameters)
        driver: Any = connection.connection.dbapi_connection
        try:
            return driver.execute(self._sql, parameters)
        except UnicodeEncodeError as error:
            raise UnstorableText from error
        except self._errors as error:
            raise DBAPIError.instance(self._sql, None, error, self._errors, dialect=self._dialect) from error

    def _parameters(self, values: Mapping[str, Any]) -> Any:
        binds = self._binds
        if self._constants:
            values = {**self._constants, **values}
        if self._order is None:
            return {n: values[n] if b is None else b(values[n]) for n, b in binds.items()}
        found = list(self._of(values))
        for index, convert in self._converting:
            found[index] = convert(found[index])
        return found

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        values = list(row)
        for index, convert in self._results:
            values[index] = convert(values[index])
        return values


def _getter(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """What takes the values of some names out of a mapping, in order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def prepared(connection: Connection, key: Hashable, build: Callable[[], Statement]) -> Prepared:
    """The statement of this key, compiled when it is first asked for; equal keys must build equal statements."""
    found = _KNOWN.get((connection.dialect.name, key))
    if found is None:
        found = _KNOWN[connection.dialect.name, key] = Prepared(build(), connection.dialect)
    return found


def tell(connection: Connection, words: str) -> None:
    """Say something to the driver that has neither values nor rows, such as SAVEPOINT. Raises as SQLAlchemy does."""
    driver: Any = connection.connection.dbapi_connection
    errors: Any = connection.dialect.loaded_dbapi.Error
    try:
        driver.execute(words).close()
    except errors as error:
        raise DBAPIError.instance(words, None, error, errors, dialect=connection.dialect) from error


def all_tuples(connection: Connection, query: Select[Any], column: Any, among: Iterable[Any]) -> list[Any]:
    """All rows of a query as the driver gives them: see `UnitOfWork.tuples`. Raises as SQLAlchemy does."""
    words = str(query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    parameters: tuple[Any, ...] = ()
    if column is not None:
        on_sqlite = connection.dialect.name == "sqlite"
        words += f" AND {column.table.name}.{column.name} {_AMONG_SQLITE if on_sqlite else '= ANY(%s)'}"
        parameters = (to_json(list(among)),) if on_sqlite else (list(among),)
    driver: Any = connection.connection.dbapi_connection
    errors: Any = connection.dialect.loaded_dbapi.Error
    try:
        found: list[Any] = driver.execute(words, parameters).fetchall()
    except errors as error:
        raise DBAPIError.instance(words, None, error, errors, dialect=connection.dialect) from error
    return found


_AMONG_SQLITE = "IN (SELECT value FROM json_each(?))"
MOST_IDS = 512
"""How many ids one statement names."""


def in_batches(ids: Iterable[int]) -> Iterator[dict[str, int]]:
    """The values of `id_marks`: some ids at a time, each batch filled up to a power of two by repeating one of them.

    So a statement that names ids is compiled once for each power of two.
    """
    listed = sorted(set(ids))
    for begin in range(0, len(listed), MOST_IDS):
        batch = listed[begin : begin + MOST_IDS]
        size = 1 << (len(batch) - 1).bit_length()
        yield {_ID_MARKS[i]: batch[min(i, len(batch) - 1)] for i in range(size)}


def id_marks(size: int) -> list[Any]:
    """Parameters that stand for a batch of so many ids."""
    return [bindparam(name, type_=BigId) for name in _ID_MARKS[:size]]


_ID_MARKS = [f"id_{i}" for i in range(MOST_IDS)]


def add(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Insert one row and return its id; the values name the columns."""
    key = ("add", table.name, *values)
    return prepared(connection, key, lambda: _insert(connection, table, values)).added(connection, values)


def _insert(connection: Connection, table: Table, values: Mapping[str, Any]) -> Insert:
    statement = insert(table).values({name: bindparam(name, type_=table.c[name].type) for name in values})
    numbered = "id" in table.c and table.c.id.autoincrement is True
    # SQLite tells the new id anyway.
    return statement.returning(table.c.id) if numbered and connection.dialect.name != "sqlite" else statement


def _bind(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    found: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found


def _results(statement: Statement, dialect: Dialect) -> list[Callable[[Any], Any] | None]:
    columns: Any = statement.selected_columns if isinstance(statement, Select) else ()
    return [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
