"""Held writes are settled once, by the one they were shown to, within a day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from crm_store.pendings import CANCELLED_, CONFIRMED, LIFETIME, SUPERSEDED, WAITING, Pending
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import Company

CALLS = [{"tool": "delete_record", "args": {"task_id": 3}}]


def hold(company: Company, pending_id: str = "p1", conversation_id: str = "c1", who: str = "ann") -> Pending:
    def work(uow: UnitOfWork) -> Pending:
        uow.conversations.open(conversation_id, "web")
        return uow.pendings.hold(
            pending_id, conversation_id, calls=CALLS, digest="d", shown={"title": "删除待办"}, words="删掉它"
        )

    return company.write(who, work)


def settle(company: Company, status: str = CONFIRMED, who: str = "ann") -> bool:
    return company.write(who, lambda uow: uow.pendings.settle("p1", status))


def waiting(company: Company, conversation_id: str = "c1", who: str = "ann") -> list[str]:
    return [p.id for p in company.read(who, lambda uow: uow.pendings.waiting(conversation_id))]


def test_what_is_held_is_read_back_as_it_was_shown(company: Company) -> None:
    held = hold(company)
    assert company.read("ann", lambda uow: uow.pendings.get("p1")) == held
    assert (held.status, held.calls, held.expires_at - held.created_at) == (WAITING, CALLS, LIFETIME)


@pytest.mark.parametrize("first", [CONFIRMED, CANCELLED_, SUPERSEDED])
def test_a_held_write_is_settled_once(company: Company, first: str) -> None:
    hold(company)
    assert [settle(company, first), settle(company, CONFIRMED)] == [True, False]
    held = company.read("ann", lambda uow: uow.pendings.get("p1"))
    assert held is not None
    assert held.status == first
    assert waiting(company) == []


def test_of_many_confirmations_at_once_one_counts(company: Company) -> None:
    hold(company)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: settle(company), range(8))) == 1


@pytest.mark.parametrize(("seconds", "alive"), [(-1, True), (0, False), (1, False)])
def test_a_held_write_expires_after_a_day(company: Company, seconds: int, alive: bool) -> None:
    hold(company)
    company.clock.move(seconds=LIFETIME.total_seconds() + seconds)
    assert waiting(company) == (["p1"] if alive else [])
    assert settle(company) is alive


@pytest.mark.parametrize("who", ["bob", "meg", "boss"])
def test_nobody_else_sees_or_settles_it(company: Company, who: str) -> None:
    hold(company)
    assert waiting(company, who=who) == []
    assert company.read(who, lambda uow: uow.pendings.get("p1")) is None
    assert not settle(company, who=who)
    assert waiting(company) == ["p1"]


def test_held_writes_wait_in_their_conversation_oldest_first(company: Company) -> None:
    for pending_id, conversation_id in (("p2", "c1"), ("p1", "c1"), ("p0", "c2")):
        hold(company, pending_id, conversation_id)
        company.clock.move(seconds=1)
    assert (waiting(company, "c1"), waiting(company, "c2")) == (["p2", "p1"], ["p0"])


def test_a_confirmation_whose_work_fails_leaves_it_waiting(company: Company) -> None:
    hold(company)

    def work(uow: UnitOfWork) -> None:
        assert uow.pendings.settle("p1", CONFIRMED)
        raise LookupError

    with pytest.raises(LookupError):
        company.write("ann", work)
    assert waiting(company) == ["p1"]
