"""Finding the records that imported data names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import select

from crm_store.fields import key_column
from crm_store.names import name_key
from crm_store.schema import RECORD_TABLES, alias_keys
from crm_store.scope import visible
from crm_store.unit_of_work import UnitOfWork

T = TypeVar("T")
NOT_FOUND, SEVERAL = 0, -1
AT_ONCE = 500
_CALLED = {"user": "name", "stage": "name"}
"""What a record may also be called by, besides its natural key."""


class References:
    """Ids of visible records by the names that imported data uses for them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def ids(self, record_type: str, names: Iterable[str]) -> dict[str, int]:
        """The id of each name: NOT_FOUND where there is none, SEVERAL where it fits more than one equally well.

        The natural key counts first, then what people say: a user's or stage's name, a customer's alias, or its name
        without legal form.
        """
        wanted = set(names)
        found = dict.fromkeys(wanted, NOT_FOUND)
        for part in chunks(wanted):
            found.update(self._exact(record_type, part))
        missing = {name for name in wanted if found[name] == NOT_FOUND}
        for part in chunks(missing):
            found.update(self._loose(record_type, part))
        return found

    def opportunities(self, pairs: Sequence[tuple[str, int | None]]) -> dict[tuple[str, int | None], int]:
        """The ids of (opportunity name, customer id): those of that customer first, else the only one of that name."""
        table = RECORD_TABLES["opportunity"]
        by_name: dict[str, list[tuple[int, int]]] = {}
        for part in chunks({name for name, _ in pairs}):
            query = select(table.c.name, table.c.id, table.c.customer_id).where(
                table.c.name.in_(part), self._sees("opportunity")
            )
            for name, record_id, customer_id in self._uow.rows(query):
                by_name.setdefault(name, []).append((record_id, customer_id))
        return {pair: _of_customer(by_name.get(pair[0], []), pair[1]) for pair in pairs}

    def _exact(self, record_type: str, names: list[str]) -> dict[str, int]:
        column = RECORD_TABLES[record_type].c[key_column(record_type)]
        query = select(column, column.table.c.id)
        if record_type == "customer":  # its name has no index of its own, the key has
            query = query.where(column.table.c.name_key.in_(list(map(name_key, names))))
        return _only(self._uow.rows(query.where(column.in_(names), self._sees(record_type))))

    def _loose(self, record_type: str, names: list[str]) -> dict[str, int]:
        if record_type == "customer":
            return self._customers(names)
        if record_type not in _CALLED:
            return {}
        column = RECORD_TABLES[record_type].c[_CALLED[record_type]]
        return _only(
            self._uow.rows(select(column, column.table.c.id).where(column.in_(names), self._sees(record_type)))
        )

    def _customers(self, names: list[str]) -> dict[str, int]:
        customers, keys = RECORD_TABLES["customer"], {name_key(name) for name in names}
        by_name = select(customers.c.name_key, customers.c.id).where(customers.c.name_key.in_(keys))
        by_alias = (
            select(alias_keys.c.key, customers.c.id).join_from(alias_keys, customers).where(alias_keys.c.key.in_(keys))
        )
        rows = [
            tuple(row) for query in (by_name, by_alias) for row in self._uow.rows(query.where(self._sees("customer")))
        ]
        found = _only(set(rows))
        return {name: found.get(name_key(name), NOT_FOUND) for name in names}

    def _sees(self, record_type: str) -> Any:
        return visible(record_type, self._uow.principal)


def chunks(values: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Lists of at most `size` values: as many as one statement takes well."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def _only(rows: Iterable[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, record_id in rows:
        found[name] = record_id if name not in found else SEVERAL
    return found


def _of_customer(candidates: list[tuple[int, int]], customer_id: int | None) -> int:
    theirs = [record_id for record_id, owner in candidates if owner == customer_id]
    if theirs:
        return theirs[0]
    return NOT_FOUND if not candidates else candidates[0][0] if len(candidates) == 1 else SEVERAL
