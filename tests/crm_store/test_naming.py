"""The feed of names, FORMAT.md shapes, and the figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm_store.nameables import NameRow, names_of, names_since, visible_names
from crm_store.names import name_key
from crm_store.natural import NaturalKeys
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import Company


def test_names_carry_what_an_index_needs(company: Company) -> None:
    found = {row.record_type: row for row in company.read("ann", visible_names)}
    customer = company.id("customer", "银杏纸业有限公司")
    assert found["customer"] == NameRow(
        record_type="customer", id=customer, name="银杏纸业有限公司", aliases=("银杏",), industry="造纸"
    )
    assert (found["contact"].customer_id, found["contact"].title) == (customer, "厂长")


def test_done_tasks_and_inactive_users_have_no_name(company: Company) -> None:
    task, far = company.id("task", "回访"), company.id("user", "far")
    company.write("ann", lambda uow: uow.tasks.update(task, status="done"))
    company.write("boss", lambda uow: uow.users.update(far, active=False))
    names = {(row.record_type, row.id) for row in company.read("ann", visible_names)}
    assert not {("task", task), ("user", far)} & names


def test_names_of_keys_leave_out_what_is_gone_or_out_of_sight(company: Company) -> None:
    mine, foreign = company.id("customer", "银杏纸业有限公司"), company.id("customer", "胡杨能源有限公司")
    keys = [("customer", mine), ("customer", foreign), ("customer", 999), ("order", 1)]
    assert list(company.read("ann", lambda uow: names_of(uow, keys))) == [("customer", mine)]


def test_a_cache_that_follows_the_trail_stays_true(company: Company) -> None:
    position = company.read("ann", lambda uow: uow.audit.newest_entry_id())
    customer = company.id("customer", "银杏纸业有限公司")
    company.write("ann", lambda uow: uow.customers.update(customer, name="银杏集团"))
    touched = company.read("ann", lambda uow: uow.audit.touched_since(position))
    keys = [(record_type, record_id) for _, record_type, record_id in touched]
    assert [row.name for row in company.read("ann", lambda uow: names_of(uow, keys)).values()] == ["银杏集团"]
    assert company.read("ann", lambda uow: uow.audit.touched_since(touched[-1][0])) == []


def test_a_customer_that_changes_hands_takes_its_names_along(company: Company) -> None:
    customer, bob = company.id("customer", "银杏纸业有限公司"), company.id("user", "bob")
    before = {who: company.read(who, lambda uow: uow.audit.newest_entry_id()) for who in ("ann", "bob")}
    company.write("ann", lambda uow: uow.customers.update(customer, owner_id=bob))
    lost = company.read("ann", lambda uow: names_since(uow, before["ann"]))
    gained = company.read("bob", lambda uow: names_since(uow, before["bob"]))
    assert {record_type for record_type, _ in lost.gone} == {"customer", "contact", "task"}
    assert {"银杏纸业有限公司", "尹行", "银杏排产", "回访"} <= {row.name for row in gained.rows}
    assert company.read("bob", lambda uow: names_since(uow, gained.position)).rows == []


def test_a_large_import_starts_a_cache_anew(company: Company) -> None:
    position = company.read("ann", lambda uow: uow.audit.newest_entry_id())
    names = [f"线索{number}" for number in range(1001)]
    company.write("boss", lambda uow: uow.bulk.add("lead", {"name": names, "status": ["new"] * 1001}, 1001))
    assert company.read("ann", lambda uow: names_since(uow, position)).start_anew


def test_a_record_in_the_shape_of_the_format(company: Company) -> None:
    def work(uow: UnitOfWork) -> tuple[dict[str, object], dict[str, object]]:
        natural = NaturalKeys(uow)
        task = uow.tasks.require(company_task)
        deal = uow.opportunities.require(company_deal)
        return natural.record("task", task), natural.record("opportunity", deal)

    company_task, company_deal = company.id("task", "回访"), company.id("opportunity", "银杏排产")
    task, deal = company.read("ann", work)
    assert (task["customer"], task["assignee"]) == ("银杏纸业有限公司", "ann")
    assert task["due_at"] == "2026-11-25T09:00:00+08:00"
    assert (deal["stage"], deal["amount"], deal["products"]) == ("talk", 240000, ["排产软件"])
    assert isinstance(deal["amount"], int)


def test_a_change_in_the_shape_of_the_format(company: Company) -> None:
    def work(uow: UnitOfWork) -> list[dict[str, object]]:
        uow.tasks.update(task, priority="low")
        uow.tasks.delete(task)
        natural = NaturalKeys(uow)
        return [natural.change(change) for change in uow.audit.changes]

    task = company.id("task", "回访")
    updated, deleted = company.write("ann", work)
    assert (updated["op"], updated["record"]["priority"], updated["before"]["priority"]) == ("update", "low", "high")  # type: ignore[index]
    assert (deleted["op"], deleted["record"], deleted["before"]) == ("delete", updated["record"], updated["record"])


@pytest.mark.parametrize(("who", "expected"), [("ann", "240000"), ("meg", "339999.5"), ("boss", "389999.5")])
def test_figures_keep_to_the_scope(company: Company, who: str, expected: str) -> None:
    found = company.read(who, lambda uow: uow.figures.opportunities_by_owner_and_stage())
    assert sum(figure.amount for figure in found) == Decimal(expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("远山科技有限公司", "远山科技"),
        ("远山科技(集团)股份有限公司", "远山科技集团"),
        ("ＡＢＣ 材料 Co., Ltd.", "abc材料"),
        ("远山", "远山公司"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize("name", ["有限公司", "公司", "!", "-"])
def test_a_name_always_has_a_key(name: str) -> None:
    assert name_key(name)
