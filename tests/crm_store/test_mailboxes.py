"""A message that comes twice has one effect, and a message that is put twice goes out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from crm_store.database import Database
from crm_store.mailboxes import AlreadyAnswered
from crm_store.principal import SYSTEM, Origin
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import ORIGIN, Company

AT_ONCE = 8


@pytest.fixture
def replicas(company: Company) -> Iterator[list[Store]]:
    """Two more stores on the company's database, as other processes would have them."""
    stores = [Store(Database(company.url, pool_size=4), company.clock) for _ in range(2)]
    yield stores
    for store in stores:
        store.close()


def answering(number: int, *, channel: str = "web", message_id: str = "m7") -> Callable[[UnitOfWork], bool]:
    """A unit of work that has an effect and says that it answered the message."""

    def work(uow: UnitOfWork) -> bool:
        uow.leads.add(name="登门的人", owner_id=uow.principal.user_id)
        uow.inbox.record(channel, message_id, "c1", {"text": f"好的 {number}"})
        return True

    return work


def effects(company: Company) -> int:
    return company.read("boss", lambda uow: uow.leads.count(uow.leads.c.name == "登门的人"))


def test_the_second_delivery_of_a_message_is_refused_with_its_effect(company: Company) -> None:
    company.write("ann", answering(1))
    with pytest.raises(AlreadyAnswered):
        company.write("ann", answering(2))
    assert effects(company) == 1
    assert company.read("ann", lambda uow: uow.inbox.answer("web", "m7")) == {"text": "好的 1"}
    assert len(company.read("ann", lambda uow: uow.audit.recent())) == 1


def test_of_many_deliveries_at_once_to_several_processes_one_has_its_effect(
    company: Company, replicas: list[Store]
) -> None:
    ann = company.principal("ann")

    def deliver(number: int) -> bool:
        try:
            return replicas[number % 2].write_now(ann, ORIGIN, answering(number))
        except AlreadyAnswered:
            return False

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(deliver, range(AT_ONCE)))
    assert (sum(done), effects(company)) == (1, 1)
    reply = company.read("ann", lambda uow: uow.inbox.answer("web", "m7"))
    assert reply == {"text": f"好的 {done.index(True)}"}


@pytest.mark.parametrize(
    ("who", "channel", "message_id"), [("bob", "web", "m7"), ("ann", "wecom", "m7"), ("ann", "web", "m8")]
)
def test_another_users_or_channels_message_is_another_one(
    company: Company, who: str, channel: str, message_id: str
) -> None:
    company.write("ann", answering(1))
    assert company.read(who, lambda uow: uow.inbox.answer(channel, message_id)) is None
    company.write(who, answering(2, channel=channel, message_id=message_id))
    assert effects(company) == 2


def test_a_message_whose_work_failed_may_come_again(company: Company) -> None:
    def failing(uow: UnitOfWork) -> None:
        answering(1)(uow)
        raise LookupError

    with pytest.raises(LookupError):
        company.write("ann", failing)
    assert company.read("ann", lambda uow: uow.inbox.answer("web", "m7")) is None
    company.write("ann", answering(2))
    assert effects(company) == 1


def test_of_many_puts_at_once_from_several_processes_one_stays(company: Company, replicas: list[Store]) -> None:
    ann = company.id("user", "ann")

    def put(number: int) -> bool:
        return replicas[number % 2].write_now(
            SYSTEM, Origin(channel="x"), lambda uow: uow.outbox.put("once", "note", ann, {"number": number})
        )

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(put, range(AT_ONCE)))
    assert sum(done) == 1
    (row,) = company.read("ann", lambda uow: uow.outbox.for_me())
    assert row.payload == {"number": done.index(True)}


def test_a_message_put_in_a_part_that_is_taken_back_can_be_put_again(company: Company) -> None:
    def work(uow: UnitOfWork) -> bool:
        with uow.savepoint() as savepoint:
            uow.outbox.put("once", "note", uow.principal.user_id, {})
            savepoint.rollback()
        return uow.outbox.put("once", "note", uow.principal.user_id, {})

    assert company.write("ann", work)


def test_nobody_touches_anothers_outbox(company: Company) -> None:
    company.write("ann", lambda uow: uow.outbox.put("once", "note", uow.principal.user_id, {}))
    (row,) = company.read("ann", lambda uow: uow.outbox.for_me())

    def meddle(uow: UnitOfWork) -> bool:
        uow.outbox.mark_seen([row.id])
        uow.outbox.mark_attempted(row.id)
        return uow.outbox.mark_delivered(row.id) or uow.outbox.get(row.id) is not None

    assert not company.write("meg", meddle)
    assert company.read("ann", lambda uow: uow.outbox.for_me()) == [row]


def test_what_was_seen_keeps_the_first_time(company: Company) -> None:
    company.write("ann", lambda uow: uow.outbox.put("once", "note", uow.principal.user_id, {}))
    first = company.clock.now()
    for _ in range(2):
        company.write("ann", lambda uow: uow.outbox.mark_seen([1]))
        company.clock.move(hours=1)
    assert [row.seen_at for row in company.read("ann", lambda uow: uow.outbox.for_me())] == [first]


def test_the_outbox_is_read_on_from_the_last_message(company: Company) -> None:
    for key in "abc":
        company.write("ann", lambda uow, key=key: uow.outbox.put(key, "note", uow.principal.user_id, {}))  # type: ignore[misc]
    rows = company.read("ann", lambda uow: uow.outbox.for_me(limit=2))
    rest = company.read("ann", lambda uow: uow.outbox.for_me(after=rows[-1].id))
    assert [row.dedupe_key for row in (*rows, *rest)] == ["a", "b", "c"]
