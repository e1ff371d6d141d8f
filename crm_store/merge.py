"""Merging two customers that are one: all of the second moves to the first, and undo takes it back."""

from __future__ import annotations

from typing import Any

from crm_store.errors import NotPermitted
from crm_store.records import Customer
from crm_store.unit_of_work import UnitOfWork

MERGE = "merge"
_MOVED = ("contact", "opportunity", "order", "note", "task", "lead", "interaction")
_FILLED = ("industry", "region", "level", "phone", "address", "website")


def merge(uow: UnitOfWork, kept_id: int, other_id: int) -> Customer:
    """Move all that hangs on `other_id` to `kept_id`, then delete the other; returns what was kept.

    The other's name becomes an alias, its tags are added, and it fills what the kept one does not know. Raises
    RecordNotVisible for either, NotPermitted for a customer and itself. What is out of the principal's sight moves too.
    """
    if kept_id == other_id:
        raise NotPermitted("不能把客户和它自己合并")
    kept, other = uow.customers.require(kept_id), uow.customers.require(other_id)
    uow.audit.kind = MERGE
    for record_type in _MOVED:
        repository = uow.repository(record_type)
        for record in repository.all_of_customer(other_id):
            repository.put_back(record, {"customer_id": kept_id})
    uow.customers.update(other_id, merged_into_id=kept_id)
    uow.customers.delete(other_id)
    return uow.customers.update(kept_id, **_combined(kept, other))


def _combined(kept: Customer, other: Customer) -> dict[str, Any]:
    names = dict.fromkeys((*kept.aliases, other.name, *other.aliases))
    names.pop(kept.name, None)
    filled = {name: getattr(other, name) for name in _FILLED if getattr(kept, name) is None}
    extra = {**other.extra, **kept.extra}
    return {**filled, "aliases": tuple(names), "tags": tuple(dict.fromkeys(kept.tags + other.tags)), "extra": extra}
