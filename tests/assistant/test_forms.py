"""Forms: a record asked together over several messages, whatever comes first, and other talk in between."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change

FILLED: tuple[tuple[tuple[str, ...], str, dict[str, Any]], ...] = (
    (
        ("设个提醒", "明天上午十点", "给云岫回电话"), "task",
        {"customer": "云岫剧院有限公司", "title": "回电话", "due_at": "2026-05-14T10:00:00+08:00"},
    ),
    (
        ("设个提醒", "给枫桥回电话", "后天下午三点"), "task",
        {"customer": "枫桥艺术学校", "title": "回电话", "due_at": "2026-05-15T15:00:00+08:00"},
    ),
    (("建个新客户", "名称是 宜兴听雨琴行"), "customer", {"name": "宜兴听雨琴行"}),
    (("加个联系人", "枫桥的,孟怀安,13700000062"), "contact",
     {"customer": "枫桥艺术学校", "name": "孟怀安", "phone": "13700000062"}),
    (
        ("给我记一条拜访", "云岫", "裴总监说音乐厅九月开幕,三角琴要八月前到"), "note",
        {"customer": "云岫剧院有限公司", "summary": "裴总监说音乐厅九月开幕,三角琴要八月前到"},
    ),
    (
        ("加条线索", "梅里琴社,俞婉清,13700000063,抖音来的"), "lead",
        {"company": "梅里琴社", "name": "俞婉清", "phone": "13700000063", "source": "抖音"},
    ),
)  # fmt: skip
"""The messages, and what the last of them makes."""


@pytest.mark.parametrize(("messages", "kind", "fields"), FILLED)
async def test_a_record_is_made_when_its_last_part_is_said(
    chat: Talk, messages: tuple[str, ...], kind: str, fields: dict[str, Any]
) -> None:
    *parts, last = messages
    for part in parts:
        reply = await chat.say(part)
        assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())
    record = only_change(await chat.say(last), "create", kind)
    assert {field: record[field] for field in fields} == fields


async def test_a_question_in_between_leaves_the_form_open(chat: Talk) -> None:
    await chat.say("设个提醒")
    await chat.say("给枫桥回电话")
    told = await chat.say("枫桥上次聊了什么")
    assert (told.outcome, "保修条款" in told.text) == (Outcome.ANSWERED, True)
    task = only_change(await chat.say("后天下午三点"), "create", "task")
    assert (task["title"], task["due_at"][:16]) == ("回电话", "2026-05-15T15:00")


@pytest.mark.parametrize("bare", ["设个提醒", "建个新客户", "加条线索"])
async def test_a_form_that_is_called_off_makes_nothing(chat: Talk, bare: str) -> None:
    assert (await chat.say(bare)).outcome is Outcome.ASKED
    assert (await chat.say("算了,不弄了")).changes == ()
    assert (await chat.say("好")).changes == ()
