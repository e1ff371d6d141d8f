"""Names of records that a visible record refers to, openable or not (FORMAT.md: "the name only")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from crm_store.schema import RECORD_TABLES
from crm_store.unit_of_work import UnitOfWork

_NAMES = {"task": "title", "note": "summary"}
_CHUNK = 500


def names_of(uow: UnitOfWork, ids: Mapping[str, Iterable[int]]) -> dict[str, dict[int, str]]:
    """The names of records, by type and id. Pass only ids that a visible record (or an own change) holds.

    A name is not withheld here: a task of a customer that the principal doesn't own shows the customer's name. Deleted
    records keep their name, so that a deletion can say what it deleted. One query a type.
    """
    return {record_type: _names(uow, record_type, sorted(set(wanted))) for record_type, wanted in ids.items()}


def _names(uow: UnitOfWork, record_type: str, ids: list[int]) -> dict[int, str]:
    table = RECORD_TABLES[record_type]
    column = table.c[_NAMES.get(record_type, "name")]
    found: dict[int, str] = {}
    for begin in range(0, len(ids), _CHUNK):
        query = select(table.c.id, column).where(table.c.id.in_(ids[begin : begin + _CHUNK]))
        found.update({int(i): str(name) for i, name in uow.rows(query)})
    return found
