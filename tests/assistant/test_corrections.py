"""Corrections of the last write: the very record is amended, by the words that put one thing right."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant.world import Talk, only_change

SHEET_MUSIC = "明天下午四点提醒我给枫桥送琴谱"
VISIT = "昨天去枫桥见了祁知夏,说琴房要加两台立式琴,记一下"
CORRECTED: tuple[tuple[str, str, str, str, Any], ...] = (
    (SHEET_MUSIC, "不对,是后天下午四点", "task", "due_at", "2026-05-15T16:00:00+08:00"),
    (SHEET_MUSIC, "错了,应该是晚上七点", "task", "due_at", "2026-05-14T19:00:00+08:00"),
    (SHEET_MUSIC, "说错了,是云岫", "task", "customer", "云岫剧院有限公司"),
    (VISIT, "记错了,是前天去的", "note", "occurred_at", "2026-05-11T00:00:00+08:00"),
    (VISIT, "搞错了,是云岫的", "note", "customer", "云岫剧院有限公司"),
    ("枫桥琴房更新金额改成35万", "说高了,34万才对", "opportunity", "amount", 340000),
    ("云岫音乐厅三角琴加2万", "加多了,只加1万", "opportunity", "amount", 178000),
    ("云岫音乐厅三角琴预计签约日改到7月20日", "不对,是7月25日", "opportunity", "expected_close_date", "2026-07-25"),
    ("拾光琴社那条线索电话改成13700000041", "打错了,尾号是0042", "lead", "phone", "13700000042"),
    ("云岫剧院的地址改成西湖路12号", "写错,21号", "customer", "address", "西湖路21号"),
    ("枫桥升成A级", "不对,是C级", "customer", "level", "C"),
)
"""What was written, what puts it right, and what the record then has."""


@pytest.mark.parametrize(("written", "said", "kind", "field", "value"), CORRECTED)
async def test_the_record_just_written_is_put_right(
    chat: Talk, written: str, said: str, kind: str, field: str, value: Any
) -> None:
    before = (await chat.say(written)).changes[0]["record"]
    known = len(chat.all(kind))
    after = only_change(await chat.say(said), "update", kind)
    assert after[field] == value != before[field]
    assert len(chat.all(kind)) == known  # amended, never made a second time


@pytest.mark.parametrize(("written", "said", "kind"), [(row[0], row[1], row[2]) for row in CORRECTED[::3]])
async def test_what_is_not_put_right_stays(chat: Talk, written: str, said: str, kind: str) -> None:
    before = (await chat.say(written)).changes[0]["record"]
    after = only_change(await chat.say(said), "update", kind)
    name = "summary" if kind == "note" else "title" if kind == "task" else "name"
    assert after[name] == before[name]


async def test_a_correction_does_not_reach_back_over_other_talk(chat: Talk) -> None:
    await chat.say("枫桥升成A级")
    for said in ("你好", "谢谢", "未完成的待办有哪些"):
        await chat.say(said)
    await chat.say("不对,是C级")
    assert chat.get("customer", 1).level == "A"
