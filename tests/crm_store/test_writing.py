"""Units of work: all or nothing, versions, savepoints, audit."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from crm_store.errors import StoreError, TooLong, UnstorableText, VersionConflict
from crm_store.principal import SYSTEM, Origin
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import ORIGIN, START, Company


class Stop(Exception):
    """Ends a unit of work."""


@pytest.fixture
def customer(company: Company) -> int:
    return company.id("customer", "银杏纸业有限公司")


def test_a_unit_of_work_that_fails_leaves_nothing(company: Company, customer: int) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.customers.update(customer, region="北")
        uow.outbox.put("k", "reminder", uow.principal.user_id, {})
        raise Stop

    with pytest.raises(Stop):
        company.write("ann", work)
    assert company.read("ann", lambda uow: uow.customers.require(customer)).region is None
    assert company.read("ann", lambda uow: uow.outbox.for_me()) == []
    assert company.read("ann", lambda uow: uow.audit.recent()) == []


def test_a_read_can_not_write(company: Company, customer: int) -> None:
    with pytest.raises(StoreError):
        company.read("ann", lambda uow: uow.customers.update(customer, region="北"))
    assert company.read("ann", lambda uow: uow.customers.require(customer)).region is None


def test_a_read_sees_one_moment(company: Company, customer: int) -> None:
    def work(uow: UnitOfWork) -> tuple[str | None, str | None]:
        before = uow.customers.require(customer).region
        company.store.write_now(SYSTEM, ORIGIN, lambda other: other.customers.update(customer, region="北"))
        return before, uow.customers.require(customer).region

    assert company.read("ann", work) == (None, None)


def test_an_expected_version_that_has_passed_is_a_conflict(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.customers.update(customer, expected_version=1, region="北"))
    with pytest.raises(VersionConflict):
        company.write("ann", lambda uow: uow.customers.update(customer, expected_version=1, region="南"))


def test_equal_values_change_nothing(company: Company, customer: int) -> None:
    assert company.write("ann", lambda uow: uow.customers.update(customer, industry="造纸")).version == 1
    assert company.read("ann", lambda uow: uow.audit.recent()) == []


def test_new_records_share_no_lists(company: Company) -> None:
    def work(uow: UnitOfWork) -> None:
        one = uow.leads.add(name="甲")
        one.extra["x"] = 1
        assert uow.leads.add(name="乙").extra == {}

    company.write("ann", work)


@pytest.mark.parametrize("text", ["空\x00字", "半\ud800个"])
def test_text_that_can_not_be_stored_is_refused(company: Company, text: str) -> None:
    with pytest.raises(UnstorableText):
        company.write("ann", lambda uow: uow.leads.add(name=text))
    with pytest.raises(UnstorableText):
        company.write("ann", lambda uow: uow.leads.add(name="甲", extra={"a": [text]}))


def test_a_text_that_is_too_long_is_refused_on_both_databases(company: Company) -> None:
    with pytest.raises(TooLong):
        company.write("ann", lambda uow: uow.leads.add(name="甲" * 129))


def test_money_and_times_come_back_as_they_went_in(company: Company, customer: int) -> None:
    amount, when = Decimal("1234567890.12"), datetime(2026, 12, 1, 3, 4, 5, tzinfo=UTC)
    stage = company.id("stage", "talk")

    def work(uow: UnitOfWork) -> tuple[int, int]:
        me = uow.principal.user_id
        deal = uow.opportunities.add(name="大单", customer_id=customer, stage_id=stage, owner_id=me, amount=amount)
        return deal.id, uow.tasks.add(title="x", assignee_id=me, due_at=when).id

    deal, task = company.write("ann", work)
    assert company.read("ann", lambda uow: uow.opportunities.require(deal)).amount == amount
    assert company.read("ann", lambda uow: uow.tasks.require(task)).due_at == when


def test_a_savepoint_takes_back_rows_and_audit(company: Company, customer: int) -> None:
    def work(uow: UnitOfWork) -> None:
        with uow.savepoint() as savepoint:
            uow.customers.update(customer, region="北")
            assert [c.op for c in savepoint.changes] == ["update"]
            savepoint.rollback()
        assert uow.audit.changes == []
        assert uow.audit.change_set_id is None
        uow.customers.update(customer, region="南")

    company.write("ann", work)
    (made,) = company.read("ann", lambda uow: uow.audit.recent())
    assert [change.changed_fields() for change in made.changes] == [("region",)]


def test_an_exception_leaves_a_savepoint_undone_and_goes_on(company: Company, customer: int) -> None:
    def failing(uow: UnitOfWork) -> None:
        with uow.savepoint():
            uow.customers.update(customer, region="南")
            raise Stop

    def work(uow: UnitOfWork) -> None:
        uow.customers.update(customer, region="北")
        with pytest.raises(Stop):
            failing(uow)
        assert len(uow.audit.changes) == 1

    company.write("ann", work)
    assert company.read("ann", lambda uow: uow.customers.require(customer)).region == "北"


def test_a_savepoint_within_a_savepoint(company: Company, customer: int) -> None:
    def work(uow: UnitOfWork) -> None:
        with uow.savepoint() as outer:
            with uow.savepoint():
                uow.customers.update(customer, region="北")
            outer.rollback()

    company.write("ann", work)
    assert company.read("ann", lambda uow: uow.customers.require(customer)).region is None


def test_the_audit_says_who_when_where_and_what(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.customers.update(customer, region="北"))
    made = company.read("ann", lambda uow: uow.audit.history("customer", customer))[0]
    (change,) = made.changes
    assert (made.user_id, made.channel, made.conversation_id, made.message_id, made.words, made.at) == (
        company.id("user", "ann"),
        "test",
        "c1",
        "m1",
        "试一试",
        START,
    )
    assert change.before is not None
    assert change.after == company.read("ann", lambda uow: uow.customers.require(customer))
    assert (change.op, change.record_id, change.changed_fields()) == ("update", customer, ("region",))


def test_the_history_of_an_imported_record_begins_with_the_import(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.customers.update(customer, region="北"))
    history = company.read("boss", lambda uow: uow.audit.history("customer", customer))
    assert [entry.channel for entry in history] == ["test", "import"]


def test_a_colleague_does_not_see_my_changes_but_the_manager_does(company: Company, customer: int) -> None:
    company.write("ann", lambda uow: uow.customers.update(customer, region="北"))
    counts = {who: len(company.read(who, lambda uow: uow.audit.recent())) for who in ("ann", "bob", "meg", "far")}
    assert counts == {"ann": 1, "bob": 0, "meg": 1, "far": 0}


def test_a_customer_is_found_again_by_name_alias_and_phone(company: Company) -> None:
    def found(name: str, phone: str | None = None) -> list[str]:
        return [c.name for c in company.read("ann", lambda uow: uow.customers.same_as(name, phone))]

    assert found("银杏纸业集团") == found("银杏") == found("别的", "13900000001") == ["银杏纸业有限公司"]
    assert found("白桦") == []
    customer = company.id("customer", "银杏纸业有限公司")
    company.write("ann", lambda uow: uow.customers.update(customer, aliases=("白果",)))
    assert found("银杏") == []
    assert found("白果") == ["银杏纸业有限公司"]


def test_an_outbox_message_exists_once(company: Company) -> None:
    def put(uow: UnitOfWork) -> bool:
        return uow.outbox.put("key", "note", uow.principal.user_id, {"a": 1})

    assert [company.write("ann", put), company.write("ann", put)] == [True, False]
    assert len(company.read("ann", lambda uow: uow.outbox.for_me())) == 1
    assert company.read("bob", lambda uow: uow.outbox.for_me()) == []


def test_an_outbox_message_is_delivered_once(company: Company) -> None:
    company.write("ann", lambda uow: uow.outbox.put("key", "note", uow.principal.user_id, {}))

    def deliver(uow: UnitOfWork) -> bool:
        row = uow.outbox.get(1)
        assert row is not None
        uow.outbox.mark_attempted(row.id)
        return uow.outbox.mark_delivered(row.id)

    assert [company.store.write_now(SYSTEM, Origin(channel="x"), deliver) for _ in range(2)] == [True, False]
    assert company.store.read_now(SYSTEM, lambda uow: uow.outbox.undelivered()) == []
