"""Names of records that a visible record refers to, openable or not (FORMAT.md: "the name only")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Select, select

from crm_store.prepared import id_marks, in_batches
from crm_store.schema import RECORD_TABLES
from crm_store.unit_of_work import UnitOfWork

_NAMES = {"task": "title", "note": "summary"}


def names_of(uow: UnitOfWork, ids: Mapping[str, Iterable[int]]) -> dict[str, dict[int, str]]:
    """The names of records, by type and id. Pass only ids that a visible record (or an own change) holds.

    A name is not withheld here: a task of a customer that the principal doesn't own shows the customer's name. Deleted
    records keep their name, so that a deletion can say what it deleted. One query a type.
    """
    return {record_type: _names(uow, record_type, wanted) for record_type, wanted in ids.items()}


def _names(uow: UnitOfWork, record_type: str, ids: Iterable[int]) -> dict[int, str]:
    column, wanted = _NAMES.get(record_type, "name"), set(ids)
    near = {i: uow.at_hand(record_type, i) for i in wanted}
    found = {i: str(getattr(record, column)) for i, record in near.items() if record is not None}
    for batch in in_batches(wanted - found.keys()):
        key = ("names", record_type, len(batch))
        rows = uow.prepared_rows(key, partial(_some, record_type, len(batch)), batch)
        found.update({int(i): str(name) for i, name in rows})
    return found


def _some(record_type: str, size: int) -> Select[Any]:
    table = RECORD_TABLES[record_type]
    return select(table.c.id, table.c[_NAMES.get(record_type, "name")]).where(table.c.id.in_(id_marks(size)))
