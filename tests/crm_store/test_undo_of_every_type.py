"""Creating, changing and deleting a record of any type can be taken back, and only by who may see the change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from crm_store.errors import UndoRefused
from crm_store.principal import SYSTEM
from crm_store.undo import undo
from crm_store.unit_of_work import UnitOfWork
from crm_store.world import diff, snapshot
from tests.crm_store.conftest import START, Company

NAMES = {
    "customer": "银杏纸业有限公司",
    "contact": "尹行",
    "opportunity": "银杏排产",
    "note": "想先试两条线",
    "task": "回访",
    "lead": "路人甲",
    "product": "培训",
}
CHANGES: dict[str, dict[str, Any]] = {
    "customer": {"aliases": ("白果",), "tags": ("新",)},
    "contact": {"title": "主任"},
    "opportunity": {"amount": 5, "product_ids": ()},
    "note": {"details": {"needs": "别的"}, "attendees": ()},
    "task": {"due_at": None, "status": "done", "completed_at": START},
    "lead": {"status": "working"},
    "product": {"list_price": 1},
}


def create(uow: UnitOfWork, record_type: str, customer: int) -> object:
    """A new record of a type, hanging on a customer where the type does."""
    me = uow.principal.user_id
    fields: dict[str, dict[str, Any]] = {
        "customer": {"name": "新客户", "aliases": ("新",), "owner_id": me},
        "contact": {"name": "新人", "customer_id": customer},
        "opportunity": {"name": "新单", "customer_id": customer, "stage_id": 1, "owner_id": me, "product_ids": (1,)},
        "note": {"summary": "x", "customer_id": customer, "author_id": me, "occurred_at": START},
        "task": {"title": "x", "assignee_id": me, "customer_id": customer, "due_at": START},
        "lead": {"name": "新线索"},
        "product": {"name": "新品", "list_price": 3},
    }
    return uow.repository(record_type).add(**fields[record_type])


def last_of(company: Company, who: str) -> int:
    return company.read(who, lambda uow: uow.audit.recent(limit=1))[0].id


def take_back(company: Company, who: str, change_set_id: int) -> None:
    def work(uow: UnitOfWork) -> None:
        found = uow.audit.load(change_set_id)
        assert found is not None
        undo(uow, found)

    company.write(who, work)


def works(company: Company, record_type: str) -> dict[str, Callable[[UnitOfWork], object]]:
    record_id, customer = company.id(record_type, NAMES[record_type]), company.id("customer", NAMES["customer"])
    return {
        "create": partial(create, record_type=record_type, customer=customer),
        "update": lambda uow: uow.repository(record_type).update(record_id, **CHANGES[record_type]),
        "delete": lambda uow: uow.repository(record_type).delete(record_id),
    }


@pytest.mark.parametrize("verb", ["create", "update", "delete"])
def test_a_change_of_any_type_is_taken_back_exactly_and_once(company: Company, verb: str) -> None:
    before = company.store.read_now(SYSTEM, snapshot)
    for record_type in NAMES:
        company.write("meg", works(company, record_type)[verb])
        made = last_of(company, "meg")
        take_back(company, "meg", made)
        assert diff(before, company.store.read_now(SYSTEM, snapshot)) == [], record_type
        with pytest.raises(UndoRefused, match="已经撤销过"):
            take_back(company, "meg", made)
        assert diff(before, company.store.read_now(SYSTEM, snapshot)) == [], record_type


@pytest.mark.parametrize("verb", ["create", "update"])
def test_nothing_is_taken_back_of_a_record_that_somebody_else_deleted(company: Company, verb: str) -> None:
    for record_type in NAMES:
        if record_type not in ("customer", "product"):
            company.write("meg", works(company, record_type)[verb])
            made = last_of(company, "meg")
            (change,) = company.read("meg", lambda uow: uow.audit.recent(limit=1))[0].changes
            company.write("boss", partial(delete, record_type=record_type, record_id=change.record_id))
            with pytest.raises(UndoRefused):
                take_back(company, "meg", made)


def delete(uow: UnitOfWork, record_type: str, record_id: int) -> None:
    uow.repository(record_type).delete(record_id)


def test_a_deletion_is_not_taken_back_over_a_restored_and_changed_record(company: Company) -> None:
    task = company.id("task", "回访")
    company.write("ann", lambda uow: uow.tasks.delete(task))
    first = last_of(company, "ann")
    take_back(company, "meg", first)
    company.write("meg", lambda uow: uow.tasks.update(task, title="改过的"))
    company.write("meg", lambda uow: uow.tasks.delete(task))
    with pytest.raises(UndoRefused):
        take_back(company, "ann", first)


def test_a_colleague_can_not_load_a_change_to_take_it_back_but_the_manager_can(company: Company) -> None:
    company.write("ann", lambda uow: uow.leads.add(name="新线索"))
    made = last_of(company, "ann")

    def loads(who: str) -> bool:
        return company.read(who, lambda uow: uow.audit.load(made)) is not None

    assert {who: loads(who) for who in ("ann", "bob", "far", "meg", "boss")} == {
        "ann": True,
        "bob": False,
        "far": False,
        "meg": True,
        "boss": True,
    }


def test_of_two_that_take_the_same_change_back_at_once_one_is_refused(company: Company) -> None:
    from concurrent.futures import ThreadPoolExecutor

    company.write("ann", lambda uow: uow.customers.update(company.id("customer", NAMES["customer"]), region="北"))
    made = last_of(company, "ann")

    def attempt(_: int) -> bool:
        try:
            take_back(company, "ann", made)
        except UndoRefused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [False, False, False, True]
