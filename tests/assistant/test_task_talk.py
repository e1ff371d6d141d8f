"""Same clock time, another rhythm of a series, shifts, titles, whose task it is: talk with the embedded planner."""

from __future__ import annotations

import pytest

from assistant.bootstrap import Runtime
from assistant.messages import Outcome
from tests.assistant.conftest import principal_in
from tests.assistant.world import Talk, only_change


@pytest.mark.parametrize(
    "words", ["改到下周一同一时间", "挪到下周一,钟点照旧", "推到下周一原来的时间", "换到下周一,还是那个点"]
)
async def test_the_same_clock_time_is_that_of_the_task(chat: Talk, words: str) -> None:
    await chat.say("周五下午四点二十提醒我给枫桥送琴凳")
    assert only_change(await chat.say(words), "update", "task")["due_at"][:16] == "2026-05-18T16:20"


async def test_a_new_task_takes_the_clock_time_of_the_one_before(chat: Talk) -> None:
    await chat.say("明天下午三点一刻提醒我给枫桥报价")
    task = only_change(await chat.say("后天同一时间提醒我问结果"), "create", "task")
    assert task["due_at"][:16] == "2026-05-15T15:15"


@pytest.mark.parametrize(
    ("made", "said", "rule", "due"),
    [
        ("每天下午五点提醒我盘库存", "只要工作日", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-05-13T17:00"),
        ("每天下午五点提醒我盘库存", "周末不用提醒", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-05-13T17:00"),
        ("每周一早上八点半叫我查调律单", "还是每周二查吧,钟点照旧", "FREQ=WEEKLY;BYDAY=TU", "2026-05-19T08:30"),
        ("每周一早上八点半叫我查调律单", "换成周四", "FREQ=WEEKLY;BYDAY=TH", "2026-05-21T08:30"),
        ("每月10号上午十点提醒我对账", "改15号吧", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-06-15T10:00"),
        ("每两周周一上午九点提醒我交台账", "改成周三,时间不变", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", ""),
    ],
)
async def test_a_series_takes_another_rhythm(chat: Talk, made: str, said: str, rule: str, due: str) -> None:
    await chat.say(made)
    task = only_change(await chat.say(said), "update", "task")
    assert (task["recurrence"], task["due_at"][: len(due)]) == (rule, due)


@pytest.mark.parametrize("said", ["周五下午提醒我去枫桥调音", "工作日都有哪些待办", "青禾幼儿园周三来看琴"])
async def test_what_speaks_of_something_else_leaves_the_series_alone(chat: Talk, said: str) -> None:
    await chat.say("每周一早上八点半叫我查调律单")
    assert not [c for c in (await chat.say(said)).changes if c["op"] == "update"]


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("寄保修条款今天做不完,推一天", "2026-05-15T15:00"),
        ("寄保修条款那条缓两天", "2026-05-16T15:00"),
        ("约调律师上门那件往前挪一天", "2026-05-14T09:00"),
    ],
)
async def test_a_shift_is_counted_from_when_it_was_due(chat: Talk, said: str, due: str) -> None:
    assert only_change(await chat.say(said), "update", "task")["due_at"][:16] == due


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("每月10号上午十点对琴行账,设成重复", "对琴行账"),
        ("往后每周一早上九点提醒我擦样琴", "擦样琴"),
        ("月底之前得把那几台样琴的估价做出来,放进待办", "把那几台样琴的估价做出来"),
        ("那就建个待办,下周五前定下调律师", "定下调律师"),
    ],
)
async def test_words_that_ask_for_a_task_are_no_part_of_its_title(chat: Talk, said: str, title: str) -> None:
    assert only_change(await chat.say(said), "create", "task")["title"] == title


async def test_deleting_a_task_is_held_and_calling_it_off_is_not(chat: Talk) -> None:
    held = await chat.say("寄保修条款那条待办删了")
    assert (held.outcome, held.changes) == (Outcome.PENDING, ())
    await chat.say("算了")
    task = only_change(await chat.say("约调律师上门那条不要了"), "update", "task")
    assert task["status"] == "cancelled"


async def test_words_for_the_title_are_added_to_it(chat: Talk) -> None:
    await chat.say("周五上午十点提醒我给枫桥寄发票")
    task = only_change(await chat.say("寄之前得核对税号,标题上加“核对税号”"), "update", "task")
    assert task["title"].endswith(",核对税号")


async def test_a_task_with_a_converted_lead_is_about_the_customer(chat: Talk) -> None:
    await chat.say("阮女士那条线索转成客户")
    task = only_change(await chat.say("下周三上午十点去她家看琴,提醒我"), "create", "task")
    assert (task["customer"], task.get("lead")) == ("拾光琴社", None)


async def test_whom_a_task_is_given_to_is_the_colleague(embedded: Runtime) -> None:
    chat = Talk(embedded, principal_in(embedded, "ge"))
    await chat.say("阮女士那条线索派给杜若飞")
    task = only_change(await chat.say("再给他排个待办,下周一上午十点联系阮女士"), "create", "task")
    assert (task["assignee"], task["title"]) == ("du", "联系阮女士")


async def test_the_day_that_a_minute_tells_of_is_put_right(chat: Talk) -> None:
    note = only_change(await chat.say("记一下,今早跟枫桥祁校长通电话,他说8月3号进场"), "create", "note")
    assert note["occurred_at"][:10] == "2026-05-13"
    amended = only_change(await chat.say("说错了,是8月5号进场"), "update", "note")
    assert "8月5号进场" in amended["summary"]
    assert amended["occurred_at"] == note["occurred_at"]


async def test_a_day_somebody_named_is_not_the_day_of_the_meeting(chat: Talk) -> None:
    note = only_change(await chat.say("记一下,枫桥祁校长说8月3号才能进场装琴"), "create", "note")
    assert note["occurred_at"][:10] == "2026-05-13"


async def test_a_story_told_at_length_is_one_minute(chat: Talk) -> None:
    reply = await chat.say(
        "我汇报一下啊 昨天下午呢我跑了一趟枫桥艺术学校 见的是祁校长 他们琴房的事情往后推到十二月份才动工 "
        "另外呢他们想要加两台 领导出差定不了 就这些 存成拜访记录"
    )
    note = only_change(reply, "create", "note")
    assert (note["customer"], note["occurred_at"][:10]) == ("枫桥艺术学校", "2026-05-12")
    assert "十二月份" in note["summary"]
    assert "存成" not in note["summary"]


async def test_a_reminder_asked_for_beside_a_story_is_made_as_well(chat: Talk) -> None:
    reply = await chat.say(
        "昨天跑了趟枫桥艺术学校 见了祁校长 聊的是琴房更新 他们下周三开会定方案 帮我存成拜访记录 "
        "再提醒我下周四上午十点问结果"
    )
    written = {c["type"]: c["record"] for c in reply.changes}
    assert set(written) == {"note", "task"}
    assert written["task"]["due_at"][:16] == "2026-05-21T10:00"
