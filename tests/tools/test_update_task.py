"""update_task: rescheduling in all ways, renaming, handing over, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.errors import NotPermitted
from tests.tools.world import World, at
from tools.base import ToolRefused
from tools.update_task import joined, update_task


@pytest.mark.parametrize(
    ("task", "args", "due"),
    [
        ("visit", {"due_at": at(3, 16, 11)}, at(3, 16, 11)),
        ("visit", {"due_date": "2026-03-20"}, at(3, 20, 15)),
        ("visit", {"due_time": "09:30"}, at(3, 12, 9, 30)),
        ("visit", {"due_date": "2026-03-20", "due_time": "09:30"}, at(3, 20, 9, 30)),
        ("visit", {"shift_minutes": 1440}, at(3, 13, 15)),
        ("someday", {"due_date": "2026-03-20"}, at(3, 20, 18)),
        ("report", {"due_date": "2026-03-11"}, at(3, 11, 17)),
    ],
)
def test_it_reschedules(world: World, task: str, args: dict[str, Any], due: Any) -> None:
    change = world.run(update_task, tasks=(world[task],), **args).only
    assert change.after.due_at == due
    assert change.changed_fields() == ("due_at",)


def test_the_answer_shows_old_and_new_time(world: World) -> None:
    ran = world.run(update_task, tasks=(world["visit"],), due_date="2026-03-20")
    assert ran.answer.text == "已更新待办「上门量机房」: 时间 3月12日(周四)15:00 → 3月20日(周五)15:00"
    ran = world.run(update_task, language="en", tasks=(world["visit"],), due_time="09:00")
    assert "due Mar 20 (Fri) 15:00 → Mar 20 (Fri) 09:00" in ran.answer.text


@pytest.mark.parametrize(
    ("task", "args"),
    [
        ("visit", {}),
        ("visit", {"due_at": at(3, 11, 9)}),
        ("report", {"due_time": "16:00"}),
        ("report", {"shift_minutes": 60}),
        ("someday", {"due_time": "16:00"}),
        ("someday", {"shift_minutes": 60}),
    ],
)
def test_what_is_past_or_can_not_be_worked_out_is_refused(world: World, task: str, args: dict[str, Any]) -> None:
    with pytest.raises(ToolRefused):
        world.run(update_task, tasks=(world[task],), **args)


@pytest.mark.parametrize(
    ("text", "more", "whole"),
    [("送样", "带样册", "送样,带样册"), ("送样。", "带样册", "送样。带样册"), ("call", "bring it", "call, bring it")],
)
def test_added_words_are_set_apart(text: str, more: str, whole: str) -> None:
    assert joined(text, more) == whole


def test_it_adds_to_the_title(world: World) -> None:
    after: Any = world.run(update_task, tasks=(world["visit"],), append_title="带卷尺").only.after
    assert after.title == "上门量机房,带卷尺"


def test_several_tasks_move_together(world: World) -> None:
    ran = world.run(update_task, tasks=(world["report"], world["visit"]), due_at=at(3, 13, 10))
    assert len(ran.changes) == 2
    assert "已更新 2 条待办" in ran.text


def test_many_share_one_card_with_a_row_each(world: World) -> None:
    names = ("report", "visit", "call", "weekly")
    answer = world.run(update_task, tasks=tuple(world[name] for name in names), due_at=at(3, 20, 10)).answer
    assert len(answer.cards) == 1
    assert answer.cards[0].rows[0].cells == ("发送降噪报告", "时间 3月10日(周二)17:00 → 3月20日(周五)10:00")


def test_a_new_customer_drops_the_old_ones_opportunity(world: World) -> None:
    after: Any = world.run(update_task, tasks=(world["report"],), customer=world["pine"]).only.after
    assert (after.customer_id, after.opportunity_id) == (world["pine"], None)


def test_an_opportunity_brings_its_customer(world: World) -> None:
    after: Any = world.run(update_task, tasks=(world["someday"],), opportunity=world["line"]).only.after
    assert (after.customer_id, after.opportunity_id) == (world["pine"], world["line"])


def test_an_empty_rule_stops_the_recurrence(world: World) -> None:
    after: Any = world.run(update_task, tasks=(world["weekly"],), recurrence="").only.after
    assert after.recurrence is None


def test_it_hands_over_to_a_teammate_only(world: World) -> None:
    after: Any = world.run(update_task, tasks=(world["someday"],), assignee=world["mo"]).only.after
    assert after.assignee_id == world["mo"]
    with pytest.raises(NotPermitted):
        world.run(update_task, tasks=(world["visit"],), assignee=world["far"])


def test_what_already_is_so_is_said(world: World) -> None:
    ran = world.run(update_task, tasks=(world["visit"],), due_at=at(3, 12, 15))
    assert ran.changes == ()
    assert "没有改动" in ran.text
