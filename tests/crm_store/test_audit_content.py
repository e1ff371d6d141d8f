"""What the audit trail keeps of a change: all of it, once, and only if the change itself is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from crm_store.database import Database
from crm_store.merge import merge
from crm_store.principal import Origin
from crm_store.schema import audit_entries, change_sets
from crm_store.undo import undo
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import START, Company

FULL: dict[str, dict[str, Any]] = {
    "opportunity": {
        "name": "大单",
        "amount": Decimal("1234567.89"),
        "expected_close_date": date(2026, 12, 31),
        "closed_on": date(2026, 11, 1),
        "lost_reason": "价格",
    },
    "note": {
        "summary": "聊过",
        "occurred_at": datetime(2026, 11, 1, 3, 4, 5, tzinfo=UTC),
        "attendees": ("尹行", "另一位"),
        "details": {"needs": ["排产", {"深": None}], "budget": 1.5},
    },
    "task": {"title": "回电", "due_at": datetime(2026, 12, 1, tzinfo=UTC), "recurrence": "FREQ=WEEKLY;BYDAY=MO"},
}


def rows(company: Company) -> list[int]:
    """How many change sets and entries are stored."""
    database = Database(company.url)
    queries = [select(func.count()).select_from(table) for table in (change_sets, audit_entries)]
    try:
        return database.read_now(lambda connection: [connection.execute(query).scalar_one() for query in queries])
    finally:
        database.close()


def filled(uow: UnitOfWork, customer: int, record_type: str) -> Any:
    """A new record with a value of each type that columns hold."""
    me = uow.principal.user_id
    given: dict[str, dict[str, Any]] = {
        "opportunity": {"stage_id": 1, "owner_id": me, "product_ids": (1, 2)},
        "note": {"author_id": me},
        "task": {"assignee_id": me},
    }
    return uow.repository(record_type).add(customer_id=customer, **given[record_type], **FULL[record_type])


@pytest.fixture
def customer(company: Company) -> int:
    return company.id("customer", "银杏纸业有限公司")


def test_a_creation_keeps_the_whole_record_with_its_types(company: Company, customer: int) -> None:
    made = company.write("ann", lambda uow: [filled(uow, customer, record_type) for record_type in FULL])
    (entry,) = company.read("ann", lambda uow: uow.audit.recent())
    assert [(c.op, c.record_type, c.record_id) for c in entry.changes] == [
        ("create", record_type, record.id) for record_type, record in zip(FULL, made, strict=True)
    ]
    assert [(c.before, c.after) for c in entry.changes] == [(None, record) for record in made]


def test_an_update_keeps_before_and_after(company: Company, customer: int) -> None:
    before = company.read("ann", lambda uow: uow.customers.require(customer))
    after = company.write("ann", lambda uow: uow.customers.update(customer, tags=("新",), level=None))
    (entry,) = company.read("ann", lambda uow: uow.audit.recent())
    (change,) = entry.changes
    assert (change.op, change.before, change.after) == ("update", before, after)
    assert set(change.changed_fields()) == {"tags", "level"}


def test_a_deletion_keeps_what_was_deleted(company: Company, customer: int) -> None:
    before = company.read("ann", lambda uow: uow.customers.require(customer))
    company.write("ann", lambda uow: uow.customers.delete(customer))
    (entry,) = company.read("ann", lambda uow: uow.audit.recent())
    assert [(c.op, c.before, c.after) for c in entry.changes] == [("delete", before, None)]


def test_who_where_and_which_words_are_those_of_each_message(company: Company) -> None:
    for who, channel, words in (("ann", "web", "加个线索"), ("bob", "wecom", "也加一个"), ("ann", "voice", "再来")):
        origin = Origin(channel=channel, conversation_id=f"c-{who}", message_id=f"m-{channel}", words=words)
        company.store.write_now(company.principal(who), origin, lambda uow: uow.leads.add(name="某人"))
        company.clock.move(minutes=1)
    found = company.read("boss", lambda uow: uow.audit.recent(limit=3))
    people = {company.id("user", key): key for key in ("ann", "bob")}
    kept = [(people.get(e.user_id or 0), e.channel, e.conversation_id, e.message_id, e.words) for e in found]
    assert kept == [
        ("ann", "voice", "c-ann", "m-voice", "再来"),
        ("bob", "wecom", "c-bob", "m-wecom", "也加一个"),
        ("ann", "web", "c-ann", "m-web", "加个线索"),
    ]
    assert [(e.at - START).total_seconds() for e in found] == [120, 60, 0]
    mine = company.read("ann", lambda uow: uow.audit.recent(conversation_id="c-ann"))
    assert [e.words for e in mine] == ["再来", "加个线索"]


def test_undo_and_merge_are_changes_of_their_own_kind(company: Company, customer: int) -> None:
    other = company.id("customer", "白桦家具有限公司")
    company.write("meg", lambda uow: merge(uow, customer, other))
    (merged,) = company.read("meg", lambda uow: uow.audit.recent())
    company.write("meg", lambda uow: undo(uow, merged))
    undone, before = company.read("meg", lambda uow: uow.audit.recent())
    assert (undone.kind, before.kind, before.undone_by) == ("undo", "merge", undone.id)
    assert len(undone.changes) == len(before.changes)


@pytest.mark.parametrize("end", ["rollback", "exception"])
def test_what_a_savepoint_takes_back_is_not_in_the_stored_trail(company: Company, customer: int, end: str) -> None:
    start = rows(company)

    def part(uow: UnitOfWork) -> None:
        with uow.savepoint() as savepoint:
            uow.audit.kind = "undo"
            uow.customers.update(customer, region="北")
            uow.leads.add(name="某人")
            if end == "exception":
                raise LookupError
            savepoint.rollback()

    def work(uow: UnitOfWork) -> None:
        uow.customers.update(customer, level="C")
        if end == "exception":
            with pytest.raises(LookupError):
                part(uow)
        else:
            part(uow)
        assert [c.changed_fields() for c in uow.audit.changes] == [("level",)]
        uow.customers.update(customer, level="B")

    company.write("ann", work)
    assert rows(company) == [start[0] + 1, start[1] + 2]
    (entry,) = company.read("ann", lambda uow: uow.audit.recent())
    assert (entry.kind, [c.changed_fields() for c in entry.changes]) == ("do", [("level",), ("level",)])


def test_a_unit_of_work_that_was_taken_back_whole_leaves_no_trail(company: Company, customer: int) -> None:
    start = rows(company)

    def work(uow: UnitOfWork) -> None:
        with uow.savepoint() as savepoint:
            uow.customers.update(customer, region="北")
            savepoint.rollback()
        assert uow.audit.change_set_id is None

    company.write("ann", work)
    assert rows(company) == start
