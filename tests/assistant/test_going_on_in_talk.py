"""Conversations that go on: held changes of several, minutes after a call, a series begun later, tasks half said."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change


@pytest.mark.parametrize("yes", ["中,都调", "确认", "行,都改"])
async def test_one_command_on_two_customers_waits(chat: Talk, yes: str) -> None:
    held = await chat.say("枫桥和云岫都调成C级")
    assert (held.outcome, held.changes) == (Outcome.PENDING, ())
    await chat.say(yes)
    assert [chat.get("customer", i).level for i in (1, 2)] == ["C", "C"]


async def test_one_customer_is_changed_at_once(chat: Talk) -> None:
    assert only_change(await chat.say("云岫调成C级"), "update", "customer")["level"] == "C"


async def test_no_regret_is_a_yes(chat: Talk) -> None:
    await chat.say("阮女士这条线索没用了,删")
    assert (await chat.say("删吧不心疼")).outcome is Outcome.DONE


async def test_the_reason_after_a_pause_is_written(chat: Talk) -> None:
    await chat.say("枫桥琴房更新丢单了")
    await chat.say("稍等,原因写成对手送调律")
    assert only_change(await chat.say("可以,确认吧"), "update", "opportunity")["lost_reason"] == "对手送调律"


@pytest.mark.parametrize("said", ["给裴同舟建个任务", "给云岫加个待办"])
async def test_a_task_that_says_only_for_whom_asks_what(chat: Talk, said: str) -> None:
    asked = await chat.say(said)
    assert (asked.outcome, asked.changes) == (Outcome.ASKED, ())
    await chat.say("枫桥琴房更新走到哪步了")
    task = only_change(await chat.say("任务是下周五下午三点交琴房图纸"), "create", "task")
    assert (task["title"], task["customer"], task["due_at"][:16]) == (
        "交琴房图纸",
        "云岫剧院有限公司",
        "2026-05-22T15:00",
    )


async def test_a_call_told_in_passing_is_no_task_and_may_be_kept(chat: Talk) -> None:
    assert (await chat.say("刚跟祁知夏通完话,她今天挺客气")).changes == ()
    note = only_change(await chat.say("这通电话还是记一笔:报价要保到六月底"), "create", "note")
    assert (note["customer"], "六月底" in note["summary"]) == ("枫桥艺术学校", True)


async def test_a_talk_put_down_later_is_a_minute(chat: Talk) -> None:
    said = "枫桥那边补个沟通:上周四祁知夏来电,钱只够首付,尾款要拖到七月"
    note = only_change(await chat.say(said), "create", "note")
    assert (note["occurred_at"][:10], "七月" in note["summary"]) == ("2026-05-07", True)


@pytest.mark.parametrize(
    ("said", "due"), [("第一次从下周四算起", "2026-05-21T10:00"), ("首次放在5月28号", "2026-05-28T10:00")]
)
async def test_a_series_begins_on_the_day_said(chat: Talk, said: str, due: str) -> None:
    await chat.say("每周四上午十点提醒我回访云岫")
    task = only_change(await chat.say(said), "update", "task")
    assert (task["due_at"][:16], bool(task["recurrence"])) == (due, True)


async def test_the_day_before_the_task_just_made(chat: Talk) -> None:
    await chat.say("下周二九点半提醒我去云岫调琴")
    task = only_change(await chat.say("头天下午五点再提醒我备音叉"), "create", "task")
    assert (task["due_at"][:16], task["title"]) == ("2026-05-18T17:00", "备音叉")


async def test_the_firm_of_the_lead_changed(chat: Talk) -> None:
    await chat.say("阮女士那条线索标跟进中")
    assert "拾光琴社" in (await chat.say("是哪个单位的")).text


async def test_a_word_of_the_task_spoken_of_asks_for_its_day(chat: Talk) -> None:
    await chat.say("寄保修条款改到5月20下午两点")
    await chat.say("撤销")
    assert "5月14日" in (await chat.say("保修到底哪天?")).text


async def test_the_last_meeting_stands_in_the_minutes(chat: Talk) -> None:
    answer = await chat.say("When did I last meet 枫桥?")
    assert "保修条款" in answer.text


async def test_whoever_has_the_customer_himself_asks_after_theirs(chat: Talk) -> None:
    assert "祁知夏" in (await chat.say("枫桥负责人是哪位")).text


async def test_a_firm_is_not_called_by_its_trade(chat: Talk) -> None:
    made = only_change(await chat.say("建档一家:苏州棠舟速运,做三方物流的,C级"), "create", "customer")
    assert (made["name"], made["level"]) == ("苏州棠舟速运", "C")
