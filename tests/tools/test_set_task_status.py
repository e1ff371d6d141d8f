"""set_task_status: done, cancelled, reopened, and the next occurrence of a recurring task."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.world import NOW, World, at
from tools.set_task_status import set_task_status


def test_done_is_stamped(world: World) -> None:
    ran = world.run(set_task_status, tasks=(world["visit"],), status="done")
    after: Any = ran.only.after
    assert (after.status, after.completed_at) == ("done", NOW)
    assert ran.answer.text == "已完成待办「上门量机房」"


@pytest.mark.parametrize(
    ("task", "status", "text"),
    [
        ("visit", "cancelled", "已取消待办「上门量机房」"),
        ("done", "open", "已重新打开待办「寄样册」"),
    ],
)
def test_it_cancels_and_reopens(world: World, task: str, status: str, text: str) -> None:
    ran = world.run(set_task_status, tasks=(world[task],), status=status)
    after: Any = ran.only.after
    assert (after.status, after.completed_at) == (status, None)
    assert ran.answer.text == text


def test_a_recurring_task_that_is_done_comes_again(world: World) -> None:
    ran = world.run(set_task_status, tasks=(world["weekly"],), status="done")
    assert ran.kinds() == [("update", "task"), ("create", "task")]
    following: Any = ran.changes[1].after
    assert (following.title, following.due_at, following.status) == ("写周报", at(3, 20, 16), "open")
    assert "下一次: 3月20日(周五)16:00" in ran.answer.text


def test_a_recurring_task_that_is_late_comes_after_now(world: World) -> None:
    world.add(
        "daily",
        "task",
        title="看邮箱",
        assignee_id=world["lin"],
        due_at=at(3, 2, 9),
        recurrence="FREQ=DAILY",
        status="open",
        priority="normal",
    )
    ran = world.run(set_task_status, tasks=(world["daily"],), status="done")
    assert ran.changes[1].record.due_at == at(3, 12, 9)


@pytest.mark.parametrize(("rule", "left"), [("FREQ=DAILY;COUNT=1", None), ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=2")])
def test_a_counted_recurrence_ends(world: World, rule: str, left: str | None) -> None:
    fields = {"assignee_id": world["lin"], "due_at": at(3, 12, 9), "status": "open", "priority": "normal"}
    world.add("counted", "task", title="试用回访", recurrence=rule, **fields)
    changes = world.run(set_task_status, tasks=(world["counted"],), status="done").changes
    assert [change.record.recurrence for change in changes[1:]] == ([left] if left else [])


def test_cancelling_a_recurring_task_ends_it(world: World) -> None:
    assert len(world.run(set_task_status, tasks=(world["weekly"],), status="cancelled").changes) == 1


def test_several_at_once(world: World) -> None:
    ran = world.run(set_task_status, language="en", tasks=(world["visit"], world["call"]), status="done")
    assert ran.answer.text == "Done: 2 tasks"


def test_what_is_done_already_is_said(world: World) -> None:
    ran = world.run(set_task_status, tasks=(world["done"],), status="done")
    assert ran.changes == ()
    assert ran.answer.text == "「寄样册」本来就是 状态 已完成,没有改动。"
