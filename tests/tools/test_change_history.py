"""change_history: who, when, what, and what was taken back."""

from __future__ import annotations

import pytest

from crm_store.errors import RecordNotVisible
from crm_store.principal import Origin
from crm_store.undo import undo
from crm_store.unit_of_work import UnitOfWork
from tests.tools.world import World
from tools.change_history import change_history
from tools.update_opportunity import update_opportunity


def test_it_says_who_changed_what(world: World) -> None:
    world.run(update_opportunity, opportunities=(world["pool"],), amount=400000)
    ran = world.run(change_history, record_type="opportunity", record_id=world["pool"])
    assert ran.answer.text == "商机「湖光泳池改造」最近一次修改: 3月11日(周三)10:00,林舟。"
    assert "金额 36万 → 40万" in ran.text
    assert "系统 | 新建" in ran.text


def test_what_was_taken_back_is_marked(world: World) -> None:
    world.run(update_opportunity, opportunities=(world["pool"],), amount=400000)

    def take_back(uow: UnitOfWork) -> None:
        undo(uow, uow.audit.recent(limit=1)[0])

    world.store.write_now(world.principal("lin"), Origin(channel="test"), take_back)
    text = world.run(change_history, language="en", record_type="opportunity", record_id=world["pool"]).text
    assert "undo: amount CNY 400,000 → CNY 360,000" in text
    assert "amount CNY 360,000 → CNY 400,000 (taken back)" in text


def test_only_changes_of_this_record_are_shown(world: World) -> None:
    world.run(update_opportunity, opportunities=(world["pool"], world["fire"]), amount=100000)
    ran = world.run(change_history, record_type="opportunity", record_id=world["fire"], limit=1)
    assert len(ran.answer.cards[0].rows) == 1
    assert "12.55万 → 10万" in ran.text


def test_somebody_elses_record_does_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(change_history, record_type="opportunity", record_id=world["hall"])
