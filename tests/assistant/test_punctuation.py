"""Messages without punctuation and with pauses in them: cut where only one reading is left, as if written with care."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.embedded.reading.punctuation import punctuated
from tests.assistant.world import Talk, only_change

MARKED = (
    ("枫桥增补一位联系人卞秋水电话13700000091", "枫桥增补一位联系人：卞秋水，电话13700000091"),
    ("联系人卞秋水采购经理,13700000091", "联系人卞秋水，采购经理,13700000091"),
    ("新增客户宜兴听雨琴行有限公司简称听雨连锁琴行C级", "新增客户：宜兴听雨琴行有限公司，简称听雨，连锁琴行，C级"),
    ("给云岫打个标签老主顾", "给云岫打个标签：老主顾"),
    ("新线索一条高淳丝竹学堂洪秋,13700000092朋友介绍的", "新线索一条：高淳丝竹学堂，洪秋,13700000092，朋友介绍的"),
    ("帮我排一下下周二上午去枫桥", "帮我排一下，下周二上午去枫桥"),
    ("琴房更新丢单原因是预算没批", "琴房更新丢单，原因是预算没批"),
    ("记错了应该是30万", "记错了，应该是30万"),
    ("给枫桥记一笔沟通祁校长说记错了应该是三台", "给枫桥记一笔沟通：祁校长说记错了应该是三台"),
    ("一起办①枫桥升到A级②云岫升到B级", "一起办；①枫桥升到A级；②云岫升到B级"),
    ("丢单那个，嗯那个确认", "丢单那个，确认"),
)
UNMARKED = (
    "给枫桥加个联系人",
    "把标签老主顾去掉",
    "枫桥的联系人电话是多少",
    "给枫桥建待办",
    "把云岫改成B级",
    "把“新增客户听雨琴行有限公司C级”这句记到枫桥的纪要里",
)
PAUSED = (
    ("枫桥嫌我们贵,呃怎么回", "枫桥嫌我们贵,怎么回"),
    ("云岫那单丢了,那个他们换人了", "云岫那单丢了,他们换人了"),
    ("约在下周三,呃下周四", "约在下周三,呃下周四"),
    ("云岫升级了,那个商机也推一下", "云岫升级了,那个商机也推一下"),
)


@pytest.mark.parametrize(("said", "marked"), MARKED)
def test_marks_are_put_in_where_one_reading_is_left(said: str, marked: str) -> None:
    assert punctuated(said) == marked


@pytest.mark.parametrize("said", UNMARKED)
def test_nothing_is_put_into_what_may_be_read_otherwise(said: str) -> None:
    assert punctuated(said) == said


@pytest.mark.parametrize(("said", "left"), PAUSED)
def test_a_pause_behind_a_comma_goes_unless_it_may_correct_or_point(said: str, left: str) -> None:
    assert punctuated(said) == left


WRITTEN: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("枫桥增补一位联系人卞秋水电话13700000091", "contact", {"name": "卞秋水", "phone": "13700000091"}),
    ("新增客户宜兴听雨琴行有限公司简称听雨C级", "customer", {"name": "宜兴听雨琴行有限公司", "level": "C"}),
    ("帮我排一下下周二上午九点去枫桥调音", "task", {"customer": "枫桥艺术学校", "due_at": "2026-05-19T09:00:00+08:00"}),
)


@pytest.mark.parametrize(("said", "kind", "fields"), WRITTEN)
async def test_one_record_is_made_of_a_message_in_one_breath(
    chat: Talk, said: str, kind: str, fields: dict[str, Any]
) -> None:
    record = only_change(await chat.say(said), "create", kind)
    assert {field: record[field] for field in fields} == fields


async def test_a_reminder_behind_another_order_is_one_of_its_own(chat: Talk) -> None:
    reply = await chat.say("枫桥琴房更新丢单 理由是预算没批 明早九点提醒我打给裴同舟")
    made = [c for c in reply.changes if c["op"] == "create"]
    assert reply.outcome == "pending"
    assert [(c["type"], c["record"]["due_at"][:16]) for c in made] == [("task", "2026-05-14T09:00")]
    assert "理由" not in made[0]["record"]["title"]


async def test_orders_in_one_breath_are_cut_at_names_behind_values(chat: Talk) -> None:
    reply = await chat.say("枫桥琴房更新提到36万云岫音乐厅三角琴推到报价")
    amount = {c["record"]["name"]: (c["record"]["amount"], c["record"]["stage"]) for c in reply.changes}
    assert amount == {"枫桥琴房更新": (360000, "trial"), "云岫音乐厅三角琴": (168000, "offer")}
