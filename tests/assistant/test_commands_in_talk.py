"""Several commands in one message, bare orders, musings, kept hours: talk with the embedded planner, to records."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.bootstrap import Runtime
from assistant.messages import Outcome
from tests.assistant.conftest import principal_in
from tests.assistant.world import Talk, only_change


async def test_an_announced_list_is_done_part_by_part(chat: Talk) -> None:
    reply = await chat.say(
        "三件事啊 头一个枫桥的保修条款我寄完了 再一个礼拜六下午三点提醒我去云岫看场地 还有青禾幼儿园升成B级"
    )
    written = {(c["op"], c["type"]): c["record"] for c in reply.changes}
    task = written["create", "task"]
    assert written["update", "task"]["status"] == "done"
    assert written["update", "customer"]["level"] == "B"
    assert (task["customer"], task["due_at"][:16]) == ("云岫剧院有限公司", "2026-05-16T15:00")
    assert not {"一个", "还有", "六"} & set(task["title"])


async def test_a_private_errand_takes_no_customer_from_the_part_before(chat: Talk) -> None:
    reply = await chat.say("有两个事 青禾幼儿园升成B级 还有就是 周六早上九点提醒我洗车")
    task = next(c["record"] for c in reply.changes if c["type"] == "task")
    assert (task.get("customer"), task["title"], task["due_at"][:16]) == (None, "洗车", "2026-05-16T09:00")


@pytest.mark.parametrize("bare", ["给我整个提醒", "帮我建个待办呗", "给我列个待办", "我要设个提醒", "add a reminder"])
async def test_a_bare_order_for_a_task_asks_what_it_is(chat: Talk, bare: str) -> None:
    reply = await chat.say(bare)
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())


async def test_an_answer_that_only_says_when_is_kept_and_the_rest_asked(chat: Talk) -> None:
    await chat.say("给我加个提醒")
    reply = await chat.say("下周五下午三点")
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())
    task = only_change(await chat.say("跟枫桥的祁校长对账"), "create", "task")
    assert (task["customer"], task["due_at"][:16]) == ("枫桥艺术学校", "2026-05-22T15:00")


async def test_a_time_said_after_what_is_to_be_done_becomes_the_time_of_the_task(chat: Talk) -> None:
    await chat.say("给我加个提醒")
    await chat.say("去云岫盯搬琴")
    await chat.say("时间定下周四早上七点")
    (task,) = [each for each in chat.all("task") if "盯搬琴" in each.title]
    assert task.due_at is not None
    assert task.due_at == datetime(2026, 5, 20, 23, tzinfo=UTC)  # seven in the morning of the 21st in Shanghai


@pytest.mark.parametrize("bare", ["我要写条拜访", "补个沟通记录", "我想记个拜访,可以吗"])
async def test_a_bare_order_for_a_minute_asks_whose_and_what(chat: Talk, bare: str) -> None:
    assert (await chat.say(bare)).outcome is Outcome.ASKED
    assert (await chat.say("枫桥的")).outcome is Outcome.ASKED
    note = only_change(await chat.say("昨天下午祁校长领我看琴房,说先换五台立式琴"), "create", "note")
    assert (note["customer"], note["occurred_at"][:10]) == ("枫桥艺术学校", "2026-05-12")


async def test_an_answer_may_say_whose_minute_it_is_and_tell_it(chat: Talk) -> None:
    await chat.say("我要补一条走访记录")
    note = only_change(await chat.say("是枫桥,昨天见的祁知夏,他要求琴房九月前装完"), "create", "note")
    assert (note["customer"], note["occurred_at"][:10]) == ("枫桥艺术学校", "2026-05-12")


@pytest.mark.parametrize(
    "musing",
    [
        "我在想要不要把青禾幼儿园升成A级",
        "云岫音乐厅三角琴要是六月能签下来就好了",
        "下周一要不要给枫桥送份方案呢,我琢磨琢磨",
        "I'm wondering whether we should drop the 云岫 deal",
    ],
)
async def test_thinking_aloud_writes_nothing(chat: Talk, musing: str) -> None:
    assert (await chat.say(musing)).changes == ()


async def test_what_is_not_ready_is_asked_for(chat: Talk) -> None:
    reply = await chat.say("要给枫桥新立一个商机,名字和金额我想想")
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("约调律师上门顺延一天", "2026-05-16T09:00"),
        ("约调律师上门再提前一小时", "2026-05-15T08:00"),
        ("约调律师上门改到下周三,还是九点", "2026-05-20T09:00"),
        ("约调律师上门改到下周三,钟点照旧", "2026-05-20T09:00"),
    ],
)
async def test_a_task_is_moved_by_a_length_or_keeps_its_hour(chat: Talk, said: str, due: str) -> None:
    assert only_change(await chat.say(said), "update", "task")["due_at"][:16] == due


async def test_another_rhythm_keeps_the_hour(chat: Talk) -> None:
    await chat.say("每周二早上八点半提醒我看招标网")
    task = only_change(await chat.say("说错了,是每周四"), "update", "task")
    assert (task["due_at"][:16], "BYDAY=TH" in task["recurrence"]) == ("2026-05-14T08:30", True)


async def test_a_past_time_put_right_by_a_day_keeps_its_hour(chat: Talk) -> None:
    await chat.say("昨天下午三点提醒我给枫桥送琴凳")
    task = only_change(await chat.say("是明天,还是那个点"), "create", "task")
    assert task["due_at"][:16] == "2026-05-14T15:00"


async def test_the_same_day_is_the_day_of_the_task_before(chat: Talk) -> None:
    await chat.say("5月26号上午九点提醒我去枫桥装琴")
    task = only_change(await chat.say("再来一个:同一天下午三点给云岫送样册"), "create", "task")
    assert (task["customer"], task["due_at"][:16]) == ("云岫剧院有限公司", "2026-05-26T15:00")


async def test_colleagues_in_a_row_get_a_task_each(embedded: Runtime) -> None:
    talk = Talk(embedded, principal_in(embedded, "ge"))
    reply = await talk.say("周五下午四点对年度回款,给蓝筱、杜若飞各建一条")
    made = {(c["record"]["assignee"], c["record"]["title"]) for c in reply.changes}
    assert made == {("lan", "对年度回款"), ("du", "对年度回款")}
    moved = only_change(await talk.say("杜若飞那条改成五点"), "update", "task")
    assert (moved["assignee"], moved["due_at"][:16]) == ("du", "2026-05-15T17:00")


@pytest.mark.parametrize("said", ["保修条款那事儿整完了", "条款寄过了,给我勾上", "寄包修条款弄好了"])
async def test_a_statement_that_it_is_over_ticks_the_task_off(chat: Talk, said: str) -> None:
    task = only_change(await chat.say(said), "update", "task")
    assert (task["title"], task["status"]) == ("寄保修条款", "done")


async def test_a_minute_goes_on_being_added_to(chat: Talk) -> None:
    await chat.say("枫桥上次的纪要补一句:琴凳要带储物")
    note = only_change(await chat.say("还有,琴罩要防潮"), "update", "note")
    assert note["summary"].endswith("琴罩要防潮")


async def test_one_order_is_found_in_much_talk(chat: Talk) -> None:
    talk = "今天路上堵得不行,高架上一动不动,旁边的司机一直按喇叭,这边新开的面馆味道真不错," * 45
    task = only_change(await chat.say(f"{talk}对了后天上午十点提醒我给枫桥的祁校长打电话,哎不说了"), "create", "task")
    assert (task["customer"], task["due_at"][:16]) == ("枫桥艺术学校", "2026-05-15T10:00")
    assert "面馆" not in task["title"]


async def test_sounds_alone_are_asked_about(chat: Talk) -> None:
    assert (await chat.say("嗯 啊 那个 呃")).outcome is Outcome.ASKED


async def test_a_courtesy_does_not_hide_the_order(chat: Talk) -> None:
    task = only_change(await chat.say("明天下午两点提醒我给枫桥送琴凳,可以吗"), "create", "task")
    assert task["customer"] == "枫桥艺术学校"
