"""Every role against every record type: read, change and delete, of one's own, the team's and a foreign record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crm_store.errors import NotPermitted, RecordNotVisible
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import START, Company

CHANGES: dict[str, dict[str, Any]] = {
    "customer": {"region": "北"},
    "contact": {"title": "主任"},
    "opportunity": {"lost_reason": "预算没了"},
    "order": {"quantity": 7},
    "note": {"summary": "改了"},
    "task": {"title": "改了"},
    "lead": {"source": "展会"},
    "interaction": {"summary": "改了"},
}
COMMON: dict[str, tuple[str, dict[str, Any]]] = {
    "user": ("bob", {"team": "南区"}),
    "stage": ("talk", {"probability": 30}),
    "product": ("培训", {"category": "服务"}),
}
OWNERS = {"own": "ann", "team": "bob", "foreign": "far"}
SEES = {"ann": {"own"}, "meg": {"own", "team"}, "boss": {"own", "team", "foreign"}}
ABSENT = 10**9
Ids = dict[str, dict[str, int]]


def set_of_records(uow: UnitOfWork, owner: int) -> dict[str, int]:
    """One record of each type that belongs to `owner`."""
    customer = uow.customers.add(name=f"客户{owner}", owner_id=owner).id
    stage, product = uow.stages.in_order()[0].id, uow.products.find(limit=1)[0].id
    made: dict[str, Any] = {
        "contact": uow.contacts.add(customer_id=customer, name="某人"),
        "opportunity": uow.opportunities.add(name="单子", customer_id=customer, stage_id=stage, owner_id=owner),
        "order": uow.orders.add(
            customer_id=customer, product_id=product, quantity=1, amount=1, ordered_on=START.date()
        ),
        "note": uow.notes.add(customer_id=customer, author_id=owner, occurred_at=START, summary="聊过"),
        "task": uow.tasks.add(title="回电", assignee_id=owner, customer_id=customer),
        "lead": uow.leads.add(name="来访者", owner_id=owner),
        "interaction": uow.interactions.add(
            customer_id=customer, user_id=owner, kind="call", occurred_at=START, summary="打过"
        ),
    }
    return {"customer": customer, **{record_type: record.id for record_type, record in made.items()}}


@pytest.fixture
def ids(company: Company) -> Ids:
    """Ids by whose they are and by record type."""
    users = {whose: company.id("user", key) for whose, key in OWNERS.items()}
    return company.write("boss", lambda uow: {whose: set_of_records(uow, owner) for whose, owner in users.items()})


def outcome(uow: UnitOfWork, work: Callable[[], object]) -> str:
    """What comes of a piece of work that is taken back afterwards."""
    with uow.savepoint() as savepoint:
        try:
            work()
        except RecordNotVisible:
            return "absent"
        except NotPermitted:
            return "forbidden"
        finally:
            savepoint.rollback()
    return "done"


def outcomes(uow: UnitOfWork, record_type: str, record_id: int, change: dict[str, Any]) -> dict[str, str]:
    """What comes of each verb for one record."""
    repository = uow.repository(record_type)
    return {
        "read": "absent" if repository.get(record_id) is None else "done",
        "require": outcome(uow, lambda: repository.require(record_id)),
        "update": outcome(uow, lambda: repository.update(record_id, **change)),
        "delete": outcome(uow, lambda: repository.delete(record_id)),
        "list": "done" if record_id in {record.id for record in repository.find()} else "absent",
        "many": "done" if record_id in repository.many([record_id]) else "absent",
    }


@pytest.mark.parametrize("who", sorted(SEES))
def test_what_hangs_on_a_customer_is_read_and_written_by_who_covers_its_owner(
    company: Company, ids: Ids, who: str
) -> None:
    def work(uow: UnitOfWork) -> dict[tuple[str, str], set[str]]:
        return {
            (whose, t): set(outcomes(uow, t, ids[whose][t], change).values())
            for whose in OWNERS
            for t, change in CHANGES.items()
        }

    expected = {(whose, t): {"done" if whose in SEES[who] else "absent"} for whose in OWNERS for t in CHANGES}
    assert company.write(who, work) == expected


@pytest.mark.parametrize(
    ("who", "writes"), [("ann", set[str]()), ("meg", {"product"}), ("boss", {"user", "stage", "product"})]
)
def test_common_knowledge_is_read_by_all_and_written_by_few(company: Company, who: str, writes: set[str]) -> None:
    known = {t: company.id(t, name) for t, (name, _) in COMMON.items()}

    def work(uow: UnitOfWork) -> dict[str, dict[str, str]]:
        return {t: outcomes(uow, t, known[t], change) for t, (_, change) in COMMON.items()}

    for record_type, found in company.write(who, work).items():
        may = "done" if record_type in writes else "forbidden"
        assert found == dict.fromkeys(found, "done") | {"update": may, "delete": may}, record_type


def test_a_foreign_record_can_not_be_told_from_one_that_is_missing(company: Company, ids: Ids) -> None:
    def refusals(uow: UnitOfWork, record_type: str, record_id: int) -> list[str]:
        found = []
        repository = uow.repository(record_type)
        for verb in (repository.require, repository.update, repository.delete):
            with pytest.raises(RecordNotVisible) as caught:
                verb(record_id)
            found.append(str(caught.value).replace(str(record_id), "id"))
        return found

    def work(uow: UnitOfWork) -> None:
        for record_type in CHANGES:
            foreign = refusals(uow, record_type, ids["foreign"][record_type])
            assert foreign == refusals(uow, record_type, ABSENT) == [f"{record_type} id"] * 3

    company.write("ann", work)


def test_hanging_on_a_foreign_customer_is_refused_like_hanging_on_a_missing_one(company: Company, ids: Ids) -> None:
    def work(uow: UnitOfWork) -> None:
        for customer in (ids["foreign"]["customer"], ABSENT):
            with pytest.raises(RecordNotVisible) as caught:
                uow.contacts.add(customer_id=customer, name="某人")
            assert (caught.value.record_type, caught.value.record_id) == ("customer", customer)
        assert uow.audit.changes == []

    company.write("ann", work)


def test_a_record_taken_into_the_scope_is_seen_by_its_new_owner_only(company: Company, ids: Ids) -> None:
    customer, bob = ids["own"]["customer"], company.id("user", "bob")
    company.write("ann", lambda uow: uow.customers.update(customer, owner_id=bob))

    def sees(who: str) -> bool:
        return company.read(who, lambda uow: uow.customers.get(customer)) is not None

    assert {who: sees(who) for who in ("ann", "bob", "meg", "far")} == {
        "ann": False,
        "bob": True,
        "meg": True,
        "far": False,
    }
