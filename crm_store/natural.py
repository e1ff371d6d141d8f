"""Records in the shape of FORMAT.md: natural keys instead of ids, times in the world's zone, money as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, select

from crm_store.audit import DELETE, Change
from crm_store.errors import NotPermitted
from crm_store.fields import FIELDS, Field, Kind, key_column
from crm_store.records import Record
from crm_store.references import chunks
from crm_store.schema import RECORD_TABLES
from crm_store.unit_of_work import UnitOfWork

Shape = dict[str, Any]
_REFERRED_TO = {field.target for fields in FIELDS.values() for field in fields if field.target is not None}


class NaturalKeys:
    """Turns records of the store into the records of FORMAT.md; names are looked up once a unit of work.

    A name is shown even where the record behind it is out of the principal's sight: who sees a task or an opportunity
    of a customer that it doesn't own sees that customer's name (FORMAT.md, "A role sees").
    """

    def __init__(self, uow: UnitOfWork, names: dict[str, dict[int, str]] | None = None) -> None:
        self._uow = uow
        self._names: dict[str, dict[int, str]] = names if names is not None else {}
        self._zone: ZoneInfo = uow.settings.timezone

    def record(self, record_type: str, record: Record | Any) -> Shape:
        """The FORMAT.md record of a store record (or of a row with the same columns)."""
        shape: Shape = {}
        extra = dict(record.extra or {})
        for field in FIELDS[record_type]:
            value = self._value(field, getattr(record, field.column))
            if not field.kept_in_extra:
                shape[field.name] = value
            elif value != field.default:
                extra[field.name] = value
        if extra:
            shape["extra"] = extra
        return shape

    def change(self, change: Change) -> Shape:
        """The FORMAT.md change of an audited change; a deleted record is shown as it last was."""
        before = None if change.before is None else self.record(change.record_type, change.before)
        record = before if change.op == DELETE else self.record(change.record_type, change.record)
        return {"op": change.op, "type": change.record_type, "record": record, "before": before}

    def name(self, record_type: str, record_id: int) -> str:
        """The natural key of one record, deleted or not."""
        names = self._names.setdefault(record_type, {})
        found = names.get(record_id)
        if found is None:
            found = names[record_id] = self._look_up(record_type, record_id)
        return found

    def rename(self, record_type: str, record_id: int, name: str) -> None:
        """Show one record under another name from now on; for exports, where a name must be unique."""
        self._names.setdefault(record_type, {})[record_id] = name

    def preload(self, record_type: str, records: Iterable[Any]) -> None:
        """Look the names up that some records refer to, a type at a time rather than one by one."""
        for field in FIELDS[record_type]:
            if field.target is not None:
                self._learn(field.target, set(_mentioned(field, records)))

    def _learn(self, record_type: str, ids: set[int]) -> None:
        known, table = self._names.setdefault(record_type, {}), RECORD_TABLES[record_type]
        column = table.c[key_column(record_type)]
        for part in chunks(ids - known.keys()):
            known.update(tuple(row) for row in self._uow.rows(select(table.c.id, column).where(table.c.id.in_(part))))

    def _look_up(self, record_type: str, record_id: int) -> str:
        near = self._uow.at_hand(record_type, record_id)
        if near is not None:
            return str(getattr(near, key_column(record_type)))
        key = ("natural key", record_type)
        rows = self._uow.prepared_rows(key, partial(_one_key, record_type), {"id": record_id})
        return str(rows[0][0]) if rows else ""

    def _value(self, field: Field, value: Any) -> Any:
        if value is None:
            return None
        if field.kind is Kind.REF:
            assert field.target is not None
            return self.name(field.target, value)
        if field.kind is Kind.REFS:
            assert field.target is not None
            return [self.name(field.target, record_id) for record_id in value]
        if field.kind is Kind.INSTANT:
            return value.astimezone(self._zone).isoformat()
        return _PLAIN.get(field.kind, _same)(value)


def _one_key(record_type: str) -> Select[Any]:
    table = RECORD_TABLES[record_type]
    return select(table.c[key_column(record_type)]).where(table.c.id == bindparam("id"))


def _mentioned(field: Field, records: Iterable[Any]) -> Iterator[int]:
    for record in records:
        value = getattr(record, field.column)
        if value is not None:
            yield from value if field.kind is Kind.REFS else (value,)


def _same(value: Any) -> Any:
    return value


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _day(value: date) -> str:
    return value.isoformat()


_PLAIN: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.TEXTS: list,
    Kind.OBJECT: dict,
}


def preloaded(uow: UnitOfWork, rows: dict[str, list[Any]]) -> NaturalKeys:
    """Natural keys that know the names of all `rows` (by record type), so that a whole world needs no look-up."""
    names = {
        record_type: {row.id: getattr(row, key_column(record_type)) for row in found}
        for record_type, found in rows.items()
        if record_type in _REFERRED_TO
    }
    return NaturalKeys(uow, names)


def all_rows(uow: UnitOfWork, record_types: Iterable[str]) -> dict[str, list[Any]]:
    """Every row of the given types, deleted ones too. Raises NotPermitted for any but an admin or the system."""
    if uow.principal.scope_ids is not None:
        raise NotPermitted("只有管理员可以导出全部数据")
    return {t: list(uow.rows(select(RECORD_TABLES[t]).order_by(RECORD_TABLES[t].c.id))) for t in record_types}
