"""Pointing at what was shown: a place in a list, the one before, the last one, this deal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant.world import Talk, only_change

TASKS, DEALS = "未完成的待办有哪些", "我的商机有哪些"
POINTED: tuple[tuple[tuple[str, ...], str, str, str, dict[str, Any]], ...] = (
    ((TASKS,), "第一条改到下周一上午十点", "task", "寄保修条款", {"due_at": "2026-05-18T10:00:00+08:00"}),
    ((TASKS,), "后面那条勾掉", "task", "约调律师上门", {"status": "done"}),
    ((TASKS,), "最后一条取消", "task", "约调律师上门", {"status": "cancelled"}),
    ((DEALS,), "第二个加2万", "opportunity", "云岫音乐厅三角琴", {"amount": 188000}),
    ((DEALS,), "第一个推进到报价", "opportunity", "枫桥琴房更新", {"stage": "offer"}),
    (("云岫音乐厅三角琴什么阶段",), "这单金额改成17万", "opportunity", "云岫音乐厅三角琴", {"amount": 170000}),
    (
        ("枫桥琴房更新什么阶段", "云岫音乐厅三角琴什么阶段"), "前一个的金额改成33万",
        "opportunity", "枫桥琴房更新", {"amount": 330000},
    ),
    (("祁知夏的电话", "裴同舟的电话"), "前面那位的职务改成副校长", "contact", "祁知夏", {"title": "副校长"}),
)  # fmt: skip
"""What was shown, what points into it, and the record that is then changed."""


@pytest.mark.parametrize(("shown", "said", "kind", "name", "fields"), POINTED)
async def test_what_was_shown_is_pointed_at(
    chat: Talk, shown: tuple[str, ...], said: str, kind: str, name: str, fields: dict[str, Any]
) -> None:
    for question in shown:
        assert (await chat.say(question)).changes == ()
    record = only_change(await chat.say(said), "update", kind)
    assert record["title" if kind == "task" else "name"] == name
    assert {field: record[field] for field in fields} == fields


@pytest.mark.parametrize("said", ["第五条勾掉", "第三个加2万"])
async def test_a_place_that_the_list_does_not_have_is_no_record(chat: Talk, said: str) -> None:
    await chat.say(DEALS if "加" in said else TASKS)
    assert (await chat.say(said)).changes == ()
