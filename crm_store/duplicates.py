"""Records to import that are there already, in the store or earlier in the same import."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select

from crm_store.names import name_key
from crm_store.schema import RECORD_TABLES, alias_keys
from crm_store.scope import visible
from crm_store.unit_of_work import UnitOfWork

Columns = Mapping[str, Sequence[Any]]
_READ_WHOLE = 200_000
"""Up to so many existing rows their keys are read once; above, they are asked for in lists."""


class OnDuplicate(StrEnum):
    """What to do with a record that is there already. ADD still refuses a second owner of a name others refer to."""

    REFUSE = "refuse"
    SKIP = "skip"
    ADD = "add"


@dataclass(kw_only=True, slots=True)
class _Key:
    """One way to be the same: values of the rows to import, and how to ask the store which of them it has."""

    label: str
    certain: bool
    of: Callable[[Columns], Sequence[Hashable | None]]
    existing: Callable[[], Select[Any]]
    column: Any
    asked: Callable[[Any], Any]
    seen: set[Hashable] = field(default_factory=set)
    known: set[Hashable] | None = None


class Duplicates:
    """Finds duplicates batch by batch; what was found once in a batch counts for the next."""

    def __init__(self, uow: UnitOfWork, record_type: str, policy: OnDuplicate) -> None:
        self._uow = uow
        self._rows_there = uow.repository(record_type).count()
        self._keys = [k for k in _keys(uow, record_type) if k.certain or policy != OnDuplicate.ADD]

    def find(self, columns: Columns) -> dict[int, str]:
        """The duplicates in a batch, by row index, each with the reason."""
        found: dict[int, str] = {}
        for key in self._keys:
            values = key.of(columns)
            there = self._existing(key, values)
            for index in _repeated(values, key.seen, there):
                found.setdefault(index, f"{key.label}“{_shown(values[index])}”重复,或者系统里已经有了")
        return found

    def _existing(self, key: _Key, values: Sequence[Hashable | None]) -> set[Hashable]:
        if not self._rows_there:
            return set()
        if key.known is None and self._rows_there <= _READ_WHOLE:
            key.known = _values(self._uow.tuples(key.existing()))
        if key.known is not None:
            return key.known
        asked = {key.asked(value) for value in values if value is not None}
        return _values(self._uow.tuples(key.existing(), key.column, asked))


def _repeated(values: Sequence[Hashable | None], seen: set[Hashable], there: set[Hashable]) -> Iterable[int]:
    """The indexes of values that came before or are there; `seen` takes the new ones."""
    new = set(values)
    new.discard(None)
    if len(new) == len(values) and seen.isdisjoint(new) and there.isdisjoint(new):
        seen |= new
        return ()
    return list(_repeated_one_by_one(values, seen, there))


def _repeated_one_by_one(values: Sequence[Hashable | None], seen: set[Hashable], there: set[Hashable]) -> Iterable[int]:
    for index, value in enumerate(values):
        if value is None:
            continue
        if value in seen or value in there:
            yield index
        seen.add(value)


def _keys(uow: UnitOfWork, record_type: str) -> list[_Key]:
    table = RECORD_TABLES[record_type]

    def existing(*columns: Any) -> Callable[[], Select[Any]]:
        return lambda: select(*columns).where(visible(record_type, uow.principal), columns[0].is_not(None))

    def key(label: str, *names: str, certain: bool = False) -> _Key:
        columns = [table.c[name] for name in names]
        asked = _same if len(names) == 1 else _first
        of = _taking(*names)
        return _Key(label=label, certain=certain, of=of, existing=existing(*columns), column=columns[0], asked=asked)

    match record_type:
        case "customer":
            return [*_customer_keys(uow), key("电话", "phone")]
        case "user" | "stage":
            return [key("编号", "key", certain=True)]
        case "product":
            return [key("名称", "name", certain=True)]
        case "contact":
            return [key("联系人", "customer_id", "name"), key("电话", "phone")]
        case "opportunity":
            return [key("商机", "customer_id", "name")]
        case "lead":
            return [key("电话", "phone"), key("线索", "name", "company")]
    return []


def _customer_keys(uow: UnitOfWork) -> list[_Key]:
    customers = RECORD_TABLES["customer"]
    sees = visible("customer", uow.principal)
    by_alias = select(alias_keys.c.key).join(customers, customers.c.id == alias_keys.c.customer_id).where(sees)
    by_key = customers.c.name_key  # the name itself has no index
    return [
        _Key(
            label="名称",
            certain=True,
            of=_taking("name"),
            existing=lambda: select(customers.c.name).where(sees),
            column=by_key,
            asked=name_key,
        ),
        _Key(
            label="名称",
            certain=False,
            of=_taking("name_key"),
            existing=lambda: select(by_key).where(sees),
            column=by_key,
            asked=_same,
        ),
        _Key(
            label="别名",
            certain=False,
            of=_taking("name_key"),
            existing=lambda: by_alias,
            column=alias_keys.c.key,
            asked=_same,
        ),
    ]


def _same(value: Any) -> Any:
    return value


def _first(value: Any) -> Any:
    return value[0]


def _taking(*names: str) -> Callable[[Columns], Sequence[Hashable | None]]:
    def take(columns: Columns) -> Sequence[Hashable | None]:
        found = [columns.get(name) for name in names]
        if found[0] is None:
            return ()
        if len(found) == 1:
            return found[0]
        count = len(found[0])
        return list(zip(*(column if column is not None else [None] * count for column in found), strict=True))

    return take


def _values(rows: list[Any]) -> set[Hashable]:
    return {value for (value,) in rows} if rows and len(rows[0]) == 1 else set(rows)


def _shown(value: Hashable | None) -> str:
    return str(value[-1] if isinstance(value, tuple) else value)[:30]
