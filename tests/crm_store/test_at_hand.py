"""Records that a unit of work has read are at hand until something is changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crm_store.natural import NaturalKeys
from crm_store.queries_names import names_of
from crm_store.records import Record
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import Company

Read = Callable[[UnitOfWork, int], Record | None]
READS: dict[str, Read] = {
    "get": lambda uow, i: uow.customers.get(i),
    "require": lambda uow, i: uow.customers.require(i),
    "many": lambda uow, i: uow.customers.many([i])[i],
    "find": lambda uow, i: uow.customers.find(uow.customers.c.id == i)[0],
}


@pytest.fixture
def customer(company: Company) -> int:
    return company.id("customer", "银杏纸业有限公司")


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_record_that_was_read_is_not_read_again(company: Company, customer: int, read: Read) -> None:
    assert company.read("ann", lambda uow: read(uow, customer) is uow.customers.get(customer))


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_change_is_seen_at_once(company: Company, customer: int, read: Read) -> None:
    def work(uow: UnitOfWork) -> tuple[object, ...]:
        read(uow, customer)
        uow.customers.update(customer, region="北")
        return getattr(read(uow, customer), "region", None), uow.customers.require(customer).version

    assert company.write("ann", work) == ("北", 2)


def test_what_was_taken_back_is_as_it_was(company: Company, customer: int) -> None:
    def work(uow: UnitOfWork) -> tuple[object, ...]:
        with uow.savepoint() as savepoint:
            uow.customers.update(customer, region="北")
            made = uow.contacts.add(name="新人", customer_id=customer)
            assert uow.customers.require(customer).region == "北"
            assert uow.contacts.require(made.id).name == "新人"
            savepoint.rollback()
        return uow.customers.require(customer).region, uow.contacts.get(made.id)

    assert company.write("ann", work) == (None, None)


def test_what_hangs_on_a_customer_goes_with_it(company: Company, customer: int) -> None:
    def work(uow: UnitOfWork) -> object:
        made = uow.contacts.add(name="新人", customer_id=customer)
        uow.contacts.require(made.id)
        uow.customers.delete(customer)
        return uow.contacts.get(made.id)

    assert company.write("ann", work) is None
    assert company.read("ann", lambda uow: uow.customers.get(customer)) is None


def test_a_record_out_of_sight_is_not_at_hand(company: Company, customer: int) -> None:
    def work(uow: UnitOfWork) -> object:
        assert uow.customers.raw(customer) is not None
        return uow.customers.get(customer)

    assert company.read("bob", work) is None


def test_a_name_at_hand_is_the_present_one(company: Company, customer: int) -> None:
    def work(uow: UnitOfWork) -> tuple[object, ...]:
        uow.customers.require(customer)
        before = names_of(uow, {"customer": [customer]})["customer"][customer]
        uow.customers.update(customer, name="银杏集团")
        keys = NaturalKeys(uow)
        return before, names_of(uow, {"customer": [customer]})["customer"][customer], keys.name("customer", customer)

    assert company.write("ann", work) == ("银杏纸业有限公司", "银杏集团", "银杏集团")


def test_the_name_of_a_customer_out_of_sight_is_known_all_the_same(company: Company, customer: int) -> None:
    def work(uow: UnitOfWork) -> tuple[object, ...]:
        return uow.at_hand("customer", customer), names_of(uow, {"customer": [customer]})["customer"][customer]

    assert company.read("bob", work) == (None, "银杏纸业有限公司")
