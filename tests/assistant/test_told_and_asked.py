"""Questions that sound like commands, statements about known tasks, lists told by numbers, reasons of a held loss."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, changed, only_change, tools_called


@pytest.mark.parametrize(
    "said",
    [
        "约调律师上门的事办完了吗",
        "寄保修条款那个做好了没有",
        "调律师约好了吧?",
        "约调律师那条是不是完成了",
        "枫桥琴房更新丢了吗",
        "云岫那单成交了没",
        "保修条款寄完的话勾掉",
    ],
)
async def test_a_question_writes_nothing(chat: Talk, said: str) -> None:
    reply = await chat.say(said)
    assert (reply.outcome, list(reply.changes)) == (Outcome.ANSWERED, [])


async def test_what_was_done_is_still_ticked_off(chat: Talk) -> None:
    assert only_change(await chat.say("约调律师上门的事办完了"), "update", "task")["status"] == "done"


@pytest.mark.parametrize(
    ("said", "due"),
    [("保修条款后天寄", "2026-05-15T15:00:00+08:00"), ("枫桥的保修条款明天下午两点再寄", "2026-05-14T14:00:00+08:00")],
)
async def test_a_known_task_told_with_another_day_is_moved(chat: Talk, said: str, due: str) -> None:
    task = only_change(await chat.say(said), "update", "task")
    assert (task["title"], task["due_at"]) == ("寄保修条款", due)


async def test_a_reminder_in_so_many_words_is_a_new_task(chat: Talk) -> None:
    only_change(await chat.say("后天提醒我给枫桥寄保修条款复印件"), "create", "task")


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("1. 明天上午九点给枫桥打电话 2. 云岫升成B级 3. 后天提醒我寄样品", ["customer", "task", "task"]),
        ("一是明天上午九点给枫桥打电话二是云岫升成B级", ["customer", "task"]),
        ("第一枫桥琴房更新推到报价第二云岫音乐厅三角琴加2万", ["opportunity", "opportunity"]),
        ("两件事 云岫升成B级 明天上午十点提醒我打电话", ["customer", "task"]),
        ("有两件事一个是云岫升成B级一个是明天下午提醒我发报价", ["customer", "task"]),
    ],
)
async def test_every_counted_part_is_done(chat: Talk, said: str, kinds: list[str]) -> None:
    assert sorted(kind for _, kind in changed(await chat.say(said))) == kinds


async def test_a_friday_behind_one_more_is_no_week(chat: Talk) -> None:
    task = only_change(await chat.say("再一个周五下午两点提醒我给云岫发报价"), "create", "task")
    assert task["due_at"] == "2026-05-15T14:00:00+08:00"


@pytest.mark.parametrize("reason", ["没预算了", "客户没钱了", "财政没拨款", "人家不要了"])
async def test_the_reason_of_a_held_loss_does_not_cancel_it(chat: Talk, reason: str) -> None:
    await chat.say("枫桥琴房更新丢单")
    assert (await chat.say(reason)).outcome is Outcome.PENDING
    assert only_change(await chat.say("确认"), "update", "opportunity")["lost_reason"] == reason


@pytest.mark.parametrize("no", ["不丢了", "算了", "先别动"])
async def test_a_no_cancels_the_held_loss(chat: Talk, no: str) -> None:
    await chat.say("枫桥琴房更新丢单")
    assert (await chat.say(no)).outcome is Outcome.ANSWERED


async def test_the_customer_that_answers_is_no_person(chat: Talk) -> None:
    await chat.say("新建一个联系人")
    assert (await chat.say("云岫的")).outcome is Outcome.ASKED
    assert (await chat.say("尾号应该是0032")).outcome is Outcome.ASKED


@pytest.mark.parametrize(
    ("said", "kind", "fields"),
    [
        ("新增客户:名称 太湖少年宫,地区苏州", "customer", {"name": "太湖少年宫", "region": "苏州"}),
        ("建个客户 名字叫太湖少年宫 等级B", "customer", {"name": "太湖少年宫", "level": "B"}),
        ("加个联系人,枫桥,姓名 金晓雯,总务主任", "contact", {"name": "金晓雯", "title": "总务主任"}),
    ],
)
async def test_labels_and_titles_are_read_whole(chat: Talk, said: str, kind: str, fields: dict[str, Any]) -> None:
    record = only_change(await chat.say(said), "create", kind)
    assert {name: record[name] for name in fields} == fields


async def test_who_spoke_of_it_stands_in_the_minutes(chat: Talk) -> None:
    assert tools_called(await chat.say("谁提过保修条款")) == ["list_notes"]


async def test_how_things_stand_is_more_than_the_minute_written_last(chat: Talk) -> None:
    await chat.say("记一下今天拜访云岫,裴同舟说三角琴要先试弹")
    assert tools_called(await chat.say("云岫现在什么情况")) == ["customer_360"]
