"""Dialogues over several turns: forms filled bit by bit, fields of what was just written, yes and no, taking back."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from assistant.planner.embedded.talk.replies import NO, YES
from tests.assistant.world import Talk, changed, only_change


@pytest.mark.parametrize(
    "text", ["嗯呐", "中", "得嘞", "对头", "要得", "好嘞", "OK 转吧", "嗯,删吧", "可以,执行吧", "那就办吧", "就这么办"]
)
def test_a_yes_in_any_region_is_a_yes(text: str) -> None:
    assert YES.match(text)
    assert not NO.match(text)


@pytest.mark.parametrize(
    "text", ["拉倒吧", "算了,别挪", "哎别删,留着吧", "等哈,先不要", "缓一缓,不急", "甭动", "再想想,先不转"]
)
def test_a_no_in_any_region_is_a_no(text: str) -> None:
    assert NO.match(text)
    assert not YES.match(text)


@pytest.mark.parametrize("text", ["中标了", "对方同意了", "不对,是九点", "整个提醒", "中午", "成交了"])
def test_a_message_with_more_in_it_is_neither(text: str) -> None:
    assert not YES.match(text)
    assert not NO.match(text)


@pytest.mark.parametrize("bare", ["给我加个提醒", "帮我建个待办", "给我整个提醒", "我想设个日程,可以吗"])
@pytest.mark.parametrize("parts", [("下周五下午三点", "给枫桥送琴凳"), ("到枫桥送琴凳", "下周五下午三点")])
async def test_a_bare_reminder_is_filled_in_any_order(chat: Talk, bare: str, parts: tuple[str, str]) -> None:
    asked = await chat.say(bare)
    assert (asked.outcome, asked.changes) == (Outcome.ASKED, ())
    first, second = [await chat.say(part) for part in parts]
    task = [*first.changes, *second.changes][-1]["record"]
    assert (task["customer"], task["due_at"][:16]) == ("枫桥艺术学校", "2026-05-22T15:00")
    assert "琴凳" in task["title"]


@pytest.mark.parametrize("bare", ["我要写条拜访", "补个沟通记录", "帮我记个会议纪要"])
async def test_a_bare_minute_asks_for_customer_then_content(chat: Talk, bare: str) -> None:
    assert (await chat.say(bare)).outcome is Outcome.ASKED
    assert (await chat.say("枫桥的")).outcome is Outcome.ASKED
    note = only_change(await chat.say("昨天下午祁知夏带我看了琴房,想换两台三角琴"), "create", "note")
    assert (note["customer"], note["occurred_at"][:10]) == ("枫桥艺术学校", "2026-05-12")
    assert "三角琴" in note["summary"]


async def test_one_answer_may_bring_several_parts(chat: Talk) -> None:
    assert (await chat.say("加个联系人")).outcome is Outcome.ASKED
    person = only_change(await chat.say("枫桥,采购员,方若梅,13700000055"), "create", "contact")
    assert (person["customer"], person["name"], person["phone"]) == ("枫桥艺术学校", "方若梅", "13700000055")
    fixed = only_change(await chat.say("号码打错了,最后四位是0066"), "update", "contact")
    assert fixed["phone"] == "13700000066"


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("顺便标成高", "priority", "high"),
        ("优先级 high", "priority", "high"),
        ("标题改成:给校长送琴凳", "title", "给校长送琴凳"),
    ],
)
async def test_one_field_more_is_of_the_task_just_made(chat: Talk, said: str, field: str, value: str) -> None:
    await chat.say("下周三下午三点提醒我给枫桥送琴凳")
    assert only_change(await chat.say(said), "update", "task")[field] == value


async def test_another_weekday_keeps_the_hour(chat: Talk) -> None:
    await chat.say("每周二早上八点半提醒我盘点琴凳")
    task = only_change(await chat.say("说错了,是每周四"), "update", "task")
    assert task["due_at"][:16] == "2026-05-14T08:30"


async def test_the_change_that_is_named_is_taken_back(chat: Talk) -> None:
    await chat.say("枫桥琴房更新的金额改成36万")
    await chat.say("云岫剧院的等级改成B")
    undone = await chat.say("金额那笔还原,等级留着")
    assert only_change(undone, "update", "opportunity")["amount"] == 320000


async def test_a_question_about_the_last_write_reads_it_out(chat: Talk) -> None:
    await chat.say("枫桥琴房更新的金额改成36万")
    reply = await chat.say("改好没有,念给我听")
    assert (reply.outcome, reply.changes) == (Outcome.ANSWERED, ())
    assert "36万" in reply.text


async def test_a_loss_takes_its_reason_while_it_waits(chat: Talk) -> None:
    await chat.say("枫桥琴房更新丢单了")
    assert (await chat.say("原因填:预算砍了")).outcome is Outcome.PENDING
    assert "预算砍了" in only_change(await chat.say("嗯呐"), "update", "opportunity")["lost_reason"]


async def test_a_thought_aloud_changes_nothing(chat: Talk) -> None:
    reply = await chat.say("我在想要不要把枫桥升成A级")
    assert changed(reply) == []
