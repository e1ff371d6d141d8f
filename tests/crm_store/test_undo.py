"""What undo takes back, and when it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_store.audit import Change
from crm_store.errors import UndoRefused
from crm_store.importing import TableOptions, import_path
from crm_store.merge import merge
from crm_store.principal import SYSTEM
from crm_store.undo import undo
from crm_store.unit_of_work import UnitOfWork
from crm_store.world import diff, snapshot
from tests.crm_store.conftest import Company


def last(company: Company, who: str) -> int:
    return company.read(who, lambda uow: uow.audit.recent(limit=1))[0].id


def undo_it(company: Company, who: str, change_set_id: int) -> list[Change]:
    def work(uow: UnitOfWork) -> list[Change]:
        found = uow.audit.load(change_set_id)
        assert found is not None
        return undo(uow, found)

    return company.write(who, work)


@pytest.fixture
def customer(company: Company) -> int:
    return company.id("customer", "银杏纸业有限公司")


def test_an_update_is_taken_back(company: Company, customer: int) -> None:
    before = company.store.read_now(SYSTEM, snapshot)
    company.write("ann", lambda uow: uow.customers.update(customer, region="北", tags=("新",)))
    undo_it(company, "ann", last(company, "ann"))
    assert diff(before, company.store.read_now(SYSTEM, snapshot)) == []


def test_a_creation_is_taken_back_as_a_deletion(company: Company) -> None:
    company.write("ann", lambda uow: uow.leads.add(name="丙"))
    assert [c.op for c in undo_it(company, "ann", last(company, "ann"))] == ["delete"]


def test_a_deletion_is_taken_back(company: Company, customer: int) -> None:
    before = company.store.read_now(SYSTEM, snapshot)
    company.write("ann", lambda uow: uow.customers.delete(customer))
    undo_it(company, "ann", last(company, "ann"))
    assert diff(before, company.store.read_now(SYSTEM, snapshot)) == []
    assert company.read("ann", lambda uow: uow.customers.same_as("银杏")) != []


def test_an_undo_can_be_undone(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.customers.update(customer, region="北"))
    undo_it(company, "ann", last(company, "ann"))
    undo_it(company, "ann", last(company, "ann"))
    assert company.read("ann", lambda uow: uow.customers.require(customer)).region == "北"


def test_several_changes_of_one_message_are_taken_back_together(company: Company, customer: int) -> None:
    before = company.store.read_now(SYSTEM, snapshot)

    def work(uow: UnitOfWork) -> None:
        made = uow.contacts.add(customer_id=customer, name="新人")
        uow.contacts.update(made.id, title="总监")
        uow.customers.update(customer, region="北")
        uow.tasks.delete(company.id("task", "回访"))

    company.write("ann", work)
    undo_it(company, "ann", last(company, "ann"))
    assert diff(before, company.store.read_now(SYSTEM, snapshot)) == []


def test_a_customer_given_away_comes_back(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.customers.update(customer, owner_id=company.id("user", "bob")))
    assert company.read("ann", lambda uow: uow.customers.get(customer)) is None
    undo_it(company, "ann", last(company, "ann"))
    assert company.read("ann", lambda uow: uow.customers.get(customer)) is not None


def test_a_later_change_of_another_field_stays(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.customers.update(customer, region="北"))
    mine = last(company, "ann")
    company.write("meg", lambda uow: uow.customers.update(customer, level="B"))
    undo_it(company, "ann", mine)
    found = company.read("ann", lambda uow: uow.customers.require(customer))
    assert (found.region, found.level) == (None, "B")


def test_undo_is_refused_when_the_same_field_was_changed_since(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.customers.update(customer, region="北", level="C"))
    mine = last(company, "ann")
    company.write("meg", lambda uow: uow.customers.update(customer, region="南"))
    with pytest.raises(UndoRefused, match="之后又被修改过"):
        undo_it(company, "ann", mine)
    assert company.read("ann", lambda uow: uow.customers.require(customer)).level == "C"


def test_undo_is_refused_twice(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.customers.update(customer, region="北"))
    mine = last(company, "ann")
    undo_it(company, "ann", mine)
    with pytest.raises(UndoRefused, match="已经撤销过"):
        undo_it(company, "ann", mine)


def test_undo_of_a_creation_is_refused_when_somebody_else_changed_it(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.contacts.add(customer_id=customer, name="新人"))
    mine = last(company, "ann")
    company.write("meg", lambda uow: uow.contacts.update(company.id("contact", "新人"), title="总监"))
    with pytest.raises(UndoRefused, match="被别人修改过"):
        undo_it(company, "ann", mine)


def test_undo_of_a_creation_is_refused_when_something_hangs_on_it(company: Company) -> None:
    company.write("ann", lambda uow: uow.customers.add(name="新客户", owner_id=uow.principal.user_id))
    mine = last(company, "ann")
    company.write("ann", lambda uow: uow.contacts.add(customer_id=company.id("customer", "新客户"), name="新人"))
    with pytest.raises(UndoRefused, match="挂在它下面"):
        undo_it(company, "ann", mine)


def test_undo_of_a_deletion_is_refused_when_the_record_is_out_of_sight(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.contacts.delete(company.id("contact", "尹行")))
    mine = last(company, "ann")
    company.write("meg", lambda uow: uow.customers.update(customer, owner_id=company.id("user", "bob")))
    with pytest.raises(UndoRefused):
        undo_it(company, "ann", mine)


def test_a_refused_undo_changes_nothing_even_if_the_unit_goes_on(company: Company, customer: int) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.customers.update(customer, region="北")
        uow.contacts.add(customer_id=customer, name="新人")

    company.write("ann", work)
    mine = last(company, "ann")
    company.write("meg", lambda uow: uow.customers.update(customer, region="南"))

    def refused(uow: UnitOfWork) -> None:
        found = uow.audit.load(mine)
        assert found is not None
        with pytest.raises(UndoRefused):
            undo(uow, found)
        assert uow.audit.changes == []

    company.write("ann", refused)
    company.id("contact", "新人")


def test_a_merge_moves_everything_and_is_taken_back(company: Company, customer: int) -> None:
    other = company.id("customer", "白桦家具有限公司")
    before = company.store.read_now(SYSTEM, snapshot)
    company.write("meg", lambda uow: merge(uow, other, customer))
    kept = company.read("meg", lambda uow: uow.customers.require(other))
    assert (kept.aliases, kept.phone) == (("白桦", "银杏纸业有限公司", "银杏"), "13900000001")
    moved = company.read("meg", lambda uow: [o.name for o in uow.opportunities.of_customer(other)])
    assert moved == ["白桦一期", "银杏排产"]
    assert company.read("meg", lambda uow: uow.customers.get(customer)) is None
    undo_it(company, "meg", last(company, "meg"))
    assert diff(before, company.store.read_now(SYSTEM, snapshot)) == []


def test_an_import_is_taken_back_while_nobody_has_touched_it(company: Company, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("客户名称,负责人\n红松,ann\n青松,ann\n", "utf-8")
    before = company.store.read_now(SYSTEM, snapshot)

    def load(uow: UnitOfWork) -> None:
        import_path(uow, path, TableOptions(), lambda _type, _count: None)

    company.write("ann", load)
    undo_it(company, "ann", last(company, "ann"))
    assert diff(before, company.store.read_now(SYSTEM, snapshot)) == []
