"""Two customers become one: everything moves, and only of customers that the principal sees."""

from __future__ import annotations

import pytest

from crm_store.errors import NotPermitted, RecordNotVisible
from crm_store.merge import merge
from crm_store.principal import SYSTEM
from crm_store.undo import undo
from crm_store.unit_of_work import UnitOfWork
from crm_store.world import diff, snapshot
from tests.crm_store.conftest import START, Company

HANGING = ("contact", "opportunity", "order", "note", "task", "lead", "interaction")


@pytest.fixture
def pair(company: Company) -> tuple[int, int]:
    """A customer to keep and one with everything on it that can hang on a customer."""
    other = company.id("customer", "银杏纸业有限公司")

    def work(uow: UnitOfWork) -> None:
        me = uow.principal.user_id
        uow.leads.add(name="来过的", customer_id=other)
        uow.interactions.add(customer_id=other, user_id=me, kind="call", occurred_at=START, summary="打过")

    company.write("ann", work)
    return company.id("customer", "白桦家具有限公司"), other


def hanging(company: Company, customer: int) -> dict[str, int]:
    def work(uow: UnitOfWork) -> dict[str, int]:
        return {t: len(uow.repository(t).all_of_customer(customer)) for t in HANGING}

    return company.read("boss", work)


def test_everything_that_hangs_on_the_other_moves(company: Company, pair: tuple[int, int]) -> None:
    kept, other = pair
    before = [hanging(company, kept), hanging(company, other)]
    assert all(before[1].values())
    company.write("meg", lambda uow: merge(uow, kept, other))
    assert hanging(company, other) == dict.fromkeys(HANGING, 0)
    assert hanging(company, kept) == {t: before[0][t] + before[1][t] for t in HANGING}


def test_the_others_names_lead_to_what_was_kept(company: Company, pair: tuple[int, int]) -> None:
    kept, other = pair
    company.write("meg", lambda uow: merge(uow, kept, other))
    for name in ("银杏", "银杏纸业有限公司", "白桦"):
        assert [c.id for c in company.read("meg", lambda uow, n=name: uow.customers.same_as(n))] == [kept], name  # type: ignore[misc]


def test_what_the_kept_one_knows_itself_stays(company: Company, pair: tuple[int, int]) -> None:
    kept, other = pair
    company.write("boss", lambda uow: uow.customers.update(kept, extra={"a": 1}, tags=("老",)))
    company.write("boss", lambda uow: uow.customers.update(other, extra={"a": 2, "b": 2}, tags=("新", "老")))
    merged = company.write("meg", lambda uow: merge(uow, kept, other))
    assert (merged.name, merged.industry, merged.level, merged.phone) == (
        "白桦家具有限公司",
        "家具",
        "B",
        "13900000001",
    )
    assert (merged.extra, merged.tags) == ({"a": 1, "b": 2}, ("老", "新"))


def test_a_merge_is_taken_back_whole(company: Company, pair: tuple[int, int]) -> None:
    before = company.store.read_now(SYSTEM, snapshot)
    counts = hanging(company, pair[1])
    company.write("meg", lambda uow: merge(uow, *pair))
    company.write("meg", lambda uow: undo(uow, uow.audit.recent(limit=1)[0]))
    assert diff(before, company.store.read_now(SYSTEM, snapshot)) == []
    assert hanging(company, pair[1]) == counts


@pytest.mark.parametrize("order", [1, -1])
def test_a_customer_out_of_sight_is_not_merged(company: Company, pair: tuple[int, int], order: int) -> None:
    before = company.store.read_now(SYSTEM, snapshot)
    with pytest.raises(RecordNotVisible):
        company.write("ann", lambda uow: merge(uow, *pair[::order]))
    assert diff(before, company.store.read_now(SYSTEM, snapshot)) == []


def test_a_customer_is_not_merged_with_itself(company: Company, pair: tuple[int, int]) -> None:
    with pytest.raises(NotPermitted):
        company.write("meg", lambda uow: merge(uow, pair[0], pair[0]))
