"""delete_record: one, several, a customer with all that hangs on it, and taking it back."""

from __future__ import annotations

import pytest

from crm_store.errors import RecordNotVisible
from crm_store.principal import Origin
from crm_store.undo import undo
from crm_store.unit_of_work import UnitOfWork
from tests.tools.world import World
from tools.delete_record import delete_record


@pytest.mark.parametrize(
    ("record_type", "name", "label"),
    [
        ("contact", "zhou", "联系人「周岚」"),
        ("opportunity", "pool", "商机「湖光泳池改造」"),
        ("note", "hello", "纪要「初次拜访,看了机房。」"),
        ("task", "visit", "待办「上门量机房」"),
        ("lead", "ring", "线索「柳静」"),
        ("order", "order-lake-pump", "订单「静音水泵P2」"),
    ],
)
def test_it_deletes_one_and_nothing_else(world: World, record_type: str, name: str, label: str) -> None:
    ran = world.run(delete_record, record_type=record_type, record_ids=(world[name],))
    assert (ran.only.op, ran.only.record_id) == ("delete", world[name])
    assert world.get(record_type, name) is None
    assert ran.answer.text == f"已删除{label}"
    assert ran.answer.cards[0].change == "delete"


def test_a_customer_goes_with_all_that_hangs_on_it(world: World) -> None:
    ran = world.run(delete_record, record_type="customer", record_ids=(world["pine"],))
    gone = {(change.record_type, change.record_id) for change in ran.changes}
    assert gone == {
        ("customer", world["pine"]),
        ("contact", world["he"]),
        ("opportunity", world["line"]),
        ("opportunity", world["gone"]),
        ("note", world["boiler"]),
        ("task", world["call"]),
    }
    assert ran.answer.text == "已删除客户「松针食品有限公司」"


def test_all_of_it_can_be_taken_back(world: World) -> None:
    world.run(delete_record, record_type="customer", record_ids=(world["pine"],))

    def take_back(uow: UnitOfWork) -> None:
        undo(uow, uow.audit.recent(limit=1)[0])

    world.store.write_now(world.principal("lin"), Origin(channel="test"), take_back)
    for record_type, name in (("customer", "pine"), ("contact", "he"), ("opportunity", "line"), ("task", "call")):
        assert world.get(record_type, name) is not None


def test_several_are_named(world: World) -> None:
    ran = world.run(delete_record, language="en", record_type="task", record_ids=(world["visit"], world["call"]))
    assert ran.answer.text == "Deleted task “上门量机房, 打电话问进展”"


def test_somebody_elses_record_does_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(delete_record, record_type="opportunity", record_ids=(world["hall"],))
