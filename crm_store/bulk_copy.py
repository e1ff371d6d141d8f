"""PostgreSQL's COPY: columns of driver values to its text format."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_SPECIAL = ("\\", "\t", "\n", "\r")


def copy_in(connection: Connection, table: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
    """Append rows, given column by column, to a table."""
    quoted = ",".join(f'"{name}"' for name in names)
    block = "\n".join(map("\t".join, zip(*map(_texts, columns), strict=True)))
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
        copy.write(block + "\n")


def _texts(values: Sequence[Any]) -> list[str]:
    """A column in COPY's text format."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return _escaped(list(values))
    if kinds <= {int}:
        return list(map(str, values))
    return _escaped_or_null(values)


def _escaped(values: list[str]) -> list[str]:
    joined = "".join(values)
    if not any(special in joined for special in _SPECIAL):
        return values
    return [value.translate(_ESCAPES) for value in values]


def _escaped_or_null(values: Sequence[Any]) -> list[str]:
    return ["\\N" if value is None else _one(value) for value in values]


def _one(value: Any) -> str:
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = str(value)
    return text if not any(special in text for special in _SPECIAL) else text.translate(_ESCAPES)
