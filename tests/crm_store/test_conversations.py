"""A conversation is its user's alone, and of two turns at once one has to begin again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from crm_store.conversations import Conversation
from crm_store.database import Database
from crm_store.errors import RecordNotVisible, VersionConflict
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import ORIGIN, Company


def opened(company: Company, who: str = "ann", conversation_id: str = "c1") -> Conversation:
    return company.write(who, lambda uow: uow.conversations.open(conversation_id, "web"))


@pytest.mark.parametrize("who", ["bob", "meg", "boss"])
def test_another_users_conversation_is_refused(company: Company, who: str) -> None:
    opened(company)
    with pytest.raises(RecordNotVisible):
        opened(company, who)
    assert company.read(who, lambda uow: uow.conversations.get("c1")) is None
    assert company.read(who, lambda uow: uow.conversations.recent()) == []


def test_another_users_messages_are_not_read(company: Company) -> None:
    opened(company)
    company.write("ann", lambda uow: uow.conversations.append("c1", "user", "m1", "只给自己看", {}))
    assert company.read("boss", lambda uow: uow.conversations.messages("c1")) == []


def test_a_conversation_that_is_open_is_opened_again_as_it_is(company: Company) -> None:
    first = opened(company)
    company.write("ann", lambda uow: uow.conversations.save(first, {"焦点": {"id": 3}}, title="银杏"))
    again = opened(company)
    assert (again.state, again.title, again.version) == ({"焦点": {"id": 3}}, "银杏", 2)


def test_a_state_read_before_another_turn_is_not_saved(company: Company) -> None:
    first = opened(company)
    company.write("ann", lambda uow: uow.conversations.save(first, {"turn": 1}))

    def late(uow: UnitOfWork) -> None:
        uow.leads.add(name="晚到的人")
        uow.conversations.save(first, {"turn": 2})

    with pytest.raises(VersionConflict):
        company.write("ann", late)
    assert opened(company).state == {"turn": 1}
    assert company.read("boss", lambda uow: uow.leads.count(uow.leads.c.name == "晚到的人")) == 0


def test_of_many_turns_at_once_one_is_saved(company: Company) -> None:
    first = opened(company)

    def save(turn: int) -> bool:
        try:
            company.write("ann", lambda uow: uow.conversations.save(first, {"turn": turn}))
        except VersionConflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(save, range(8)))
    assert sum(done) == 1
    assert opened(company).state == {"turn": done.index(True)}


def test_two_processes_that_begin_the_same_conversation_at_once_are_told_apart_by_a_conflict(company: Company) -> None:
    ann, stores = company.principal("ann"), [Store(Database(company.url, pool_size=1), company.clock) for _ in range(2)]
    # On PostgreSQL both are past the look for an existing one when they write; SQLite lets one after the other begin.
    both = Barrier(1 if company.url.startswith("sqlite") else 2)

    def begin(store: Store) -> str:
        def work(uow: UnitOfWork) -> str:
            assert uow.conversations.get("neu") is None or company.url.startswith("sqlite")
            both.wait(timeout=10)
            return "opened" if uow.conversations.open("neu", "web").version == 1 else "moved on"

        try:
            return store.write_now(ann, ORIGIN, work)
        except VersionConflict:
            return "conflict"

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(begin, stores))
    for store in stores:
        store.close()
    assert "opened" in found
    assert set(found) <= {"opened", "conflict"}
    assert len(company.read("ann", lambda uow: uow.conversations.recent())) == 1


def test_messages_are_paged_from_the_newest_back(company: Company) -> None:
    opened(company)
    for number in range(5):
        company.write("ann", lambda uow, n=number: uow.conversations.append("c1", "user", f"m{n}", str(n), {"n": n}))  # type: ignore[misc]
    newest = company.read("ann", lambda uow: uow.conversations.messages("c1", limit=2))
    older = company.read("ann", lambda uow: uow.conversations.messages("c1", before=newest[0].id, limit=2))
    assert [m.text for m in (*older, *newest)] == ["1", "2", "3", "4"]
    assert newest[-1].payload == {"n": 4}


def test_conversations_are_listed_with_the_newest_first(company: Company) -> None:
    first = opened(company, conversation_id="a")
    company.clock.move(minutes=1)
    opened(company, conversation_id="b")
    company.clock.move(minutes=1)
    company.write("ann", lambda uow: uow.conversations.save(first, {}))
    assert [c.id for c in company.read("ann", lambda uow: uow.conversations.recent())] == ["a", "b"]
