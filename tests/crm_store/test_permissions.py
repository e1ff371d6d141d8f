"""Who may see, change and delete which records: every role against every record type."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.errors import NotPermitted, RecordNotVisible
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import Company

OWN = {
    "customer": "银杏纸业有限公司",
    "contact": "尹行",
    "opportunity": "银杏排产",
    "note": "想先试两条线",
    "task": "回访",
}
TEAM = {"customer": "白桦家具有限公司", "opportunity": "白桦一期"}
FOREIGN = {"customer": "胡杨能源有限公司", "contact": "胡岩", "opportunity": "胡杨试点", "lead": "路人乙"}
CHANGE: dict[str, dict[str, Any]] = {
    "customer": {"region": "北"},
    "contact": {"title": "主任"},
    "opportunity": {"lost_reason": "无"},
    "note": {"summary": "改了"},
    "task": {"title": "改了"},
    "lead": {"source": "展会"},
    "user": {"team": "南区"},
    "stage": {"probability": 30},
    "product": {"category": "服务"},
}


def sees(company: Company, who: str, record_type: str, name: str) -> bool:
    record_id = company.id(record_type, name)
    return company.read(who, lambda uow: uow.repository(record_type).get(record_id)) is not None


@pytest.mark.parametrize(
    ("who", "names", "expected"),
    [
        ("ann", OWN, True),
        ("ann", TEAM, False),
        ("ann", FOREIGN, False),
        ("meg", OWN, True),
        ("meg", TEAM, True),
        ("meg", FOREIGN, False),
        ("boss", OWN, True),
        ("boss", FOREIGN, True),
        ("far", OWN, False),
        ("far", FOREIGN, True),
    ],
)
def test_a_role_sees_what_the_format_says(company: Company, who: str, names: dict[str, str], expected: bool) -> None:
    assert {t: sees(company, who, t, name) for t, name in names.items()} == dict.fromkeys(names, expected)


@pytest.mark.parametrize("who", ["ann", "bob", "meg", "far", "boss"])
def test_a_lead_without_owner_is_seen_by_everybody(company: Company, who: str) -> None:
    assert sees(company, who, "lead", "路人甲")


def test_a_task_assigned_is_seen_though_its_customer_is_not(company: Company) -> None:
    assert sees(company, "bob", "task", "帮忙看方案")
    assert not sees(company, "bob", "customer", "银杏纸业有限公司")


@pytest.mark.parametrize("record_type", sorted(FOREIGN))
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_a_foreign_record_can_be_neither_changed_nor_deleted(company: Company, record_type: str, verb: str) -> None:
    record_id = company.id(record_type, FOREIGN[record_type])

    def work(uow: UnitOfWork) -> object:
        repository = uow.repository(record_type)
        return repository.delete(record_id) if verb == "delete" else repository.update(record_id, **CHANGE[record_type])

    with pytest.raises(RecordNotVisible):
        company.write("ann", work)


@pytest.mark.parametrize("record_type", sorted(OWN))
def test_an_own_record_can_be_changed_and_deleted(company: Company, record_type: str) -> None:
    record_id = company.id(record_type, OWN[record_type])
    company.write("ann", lambda uow: uow.repository(record_type).update(record_id, **CHANGE[record_type]))
    company.write("ann", lambda uow: uow.repository(record_type).delete(record_id))
    assert company.read("boss", lambda uow: uow.repository(record_type).get(record_id)) is None


@pytest.mark.parametrize(("record_type", "name"), [("user", "ann"), ("stage", "talk"), ("product", "培训")])
@pytest.mark.parametrize("who", ["ann", "meg", "boss"])
def test_common_knowledge_is_seen_by_all_and_changed_by_few(
    company: Company, record_type: str, name: str, who: str
) -> None:
    record_id = company.id(record_type, name)
    assert sees(company, who, record_type, name)
    may = who == "boss" or (who == "meg" and record_type == "product")

    def work(uow: UnitOfWork) -> None:
        uow.repository(record_type).update(record_id, **CHANGE[record_type])

    if may:
        company.write(who, work)
    else:
        with pytest.raises(NotPermitted):
            company.write(who, work)


@pytest.mark.parametrize(
    ("record_type", "fields"),
    [
        ("contact", {"name": "某人"}),
        ("note", {"author_id": 1, "occurred_at": None, "summary": "x"}),
        ("task", {"title": "x", "assignee_id": 1}),
        ("opportunity", {"name": "x", "stage_id": 1, "owner_id": 1}),
        ("order", {"product_id": 1, "quantity": 1, "amount": 1, "ordered_on": None}),
        ("interaction", {"user_id": 1, "kind": "call", "occurred_at": None, "summary": "x"}),
    ],
)
def test_nothing_can_be_hung_on_a_foreign_customer(company: Company, record_type: str, fields: dict[str, Any]) -> None:
    customer_id = company.id("customer", "胡杨能源有限公司")
    with pytest.raises(RecordNotVisible):
        company.write("ann", lambda uow: uow.repository(record_type).add(customer_id=customer_id, **fields))


def test_an_own_record_can_not_be_moved_to_a_foreign_customer(company: Company) -> None:
    contact, customer = company.id("contact", "尹行"), company.id("customer", "胡杨能源有限公司")
    with pytest.raises(RecordNotVisible):
        company.write("ann", lambda uow: uow.contacts.update(contact, customer_id=customer))


@pytest.mark.parametrize(("to", "may"), [("bob", True), ("meg", True), ("far", False)])
def test_a_customer_is_given_to_team_mates_only(company: Company, to: str, may: bool) -> None:
    customer, user = company.id("customer", "银杏纸业有限公司"), company.id("user", to)

    def work(uow: UnitOfWork) -> None:
        uow.customers.update(customer, owner_id=user)

    if may:
        company.write("ann", work)
    else:
        with pytest.raises(NotPermitted):
            company.write("ann", work)


def test_a_rep_makes_customers_for_itself_only(company: Company) -> None:
    bob = company.id("user", "bob")
    with pytest.raises(NotPermitted):
        company.write("ann", lambda uow: uow.customers.add(name="x", owner_id=bob))
    company.write("meg", lambda uow: uow.customers.add(name="x", owner_id=bob))


def test_a_task_is_assigned_within_the_team(company: Company) -> None:
    far = company.id("user", "far")
    with pytest.raises(NotPermitted):
        company.write("ann", lambda uow: uow.tasks.add(title="x", assignee_id=far))


def test_lists_counts_and_names_keep_to_the_scope(company: Company) -> None:
    from crm_store.nameables import visible_names

    def work(uow: UnitOfWork) -> tuple[list[str], int, list[str]]:
        names = [row.name for row in visible_names(uow, ("customer",))]
        return [c.name for c in uow.customers.find()], uow.customers.count(), names

    assert company.read("ann", work) == (["银杏纸业有限公司"], 1, ["银杏纸业有限公司"])


def test_somebody_without_a_team_is_a_team_of_one(company: Company) -> None:
    company.write("boss", lambda uow: uow.users.add(key="solo", name="独行", role="manager"))
    assert company.principal("solo").team_ids == (company.id("user", "solo"),)
    assert company.read("solo", lambda uow: uow.customers.count()) == 0


def test_what_hangs_on_a_deleted_customer_is_gone_for_the_admin_too(company: Company) -> None:
    deal = company.id("opportunity", "银杏排产")
    company.write("ann", lambda uow: uow.customers.delete(company.id("customer", "银杏纸业有限公司")))
    assert company.read("boss", lambda uow: uow.opportunities.get(deal)) is None
    assert company.read("boss", lambda uow: uow.tasks.count()) == 0
