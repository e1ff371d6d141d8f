"""Of which kind a change is, and what reads like a change and is none."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change


@pytest.mark.parametrize(
    ("before", "said", "kind"),
    [
        ("枫桥琴房更新现在什么阶段", "推到6月22号", "opportunity"),
        ("枫桥琴房更新什么阶段", "枫桥往后推到6月22号", "opportunity"),
        ("枫桥的待办有哪些", "推到6月22号", "task"),
        ("枫桥的待办有哪些", "预计签约日推到6月22号", "opportunity"),
        ("枫桥琴房更新现在什么阶段", "枫桥那条待办推到6月22号", "task"),
        ("枫桥琴房更新签约日要往后推", "好 回到枫桥,推到6月22号", "opportunity"),
    ],
)
async def test_a_day_is_of_the_kind_named_or_spoken_of_last(chat: Talk, before: str, said: str, kind: str) -> None:
    await chat.say(before)
    reply = await chat.say(said)
    only_change(reply, "update", kind)


@pytest.mark.parametrize(
    ("chosen", "kind"), [("商机", "opportunity"), ("那个待办", "task"), ("2", "opportunity"), ("保修条款", "task")]
)
async def test_where_both_kinds_fit_the_user_is_asked(chat: Talk, chosen: str, kind: str) -> None:
    reply = await chat.say("枫桥推到6月22号")
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())
    assert {option.value for option in reply.options} == {"寄保修条款", "枫桥琴房更新"}
    only_change(await chat.say(chosen), "update", kind)


async def test_an_answer_that_fits_neither_kind_writes_nothing(chat: Talk) -> None:
    await chat.say("枫桥推到6月22号")
    assert (await chat.say("让我想一想再说")).changes == ()


async def test_a_task_ordered_right_after_others_changes_no_deal(chat: Talk) -> None:
    await chat.say("枫桥琴房更新现在什么阶段")
    await chat.say("寄保修条款那条完成了")
    reply = await chat.say("再加一条,下周五下午两点催他们回签")
    assert only_change(reply, "create", "task")["due_at"].startswith("2026-05-22T14:00")


@pytest.mark.parametrize(
    "said",
    [
        "寄保修条款那条先莫勾完成,还没寄",
        "寄保修条款先别划掉",
        "寄保修条款那条先末勾掉啊",
        "枫桥琴房更新的金额千万莫改",
        "枫桥琴房更新要是降到30万,打几折啊",
        "如果枫桥琴房更新推到7月10号,这个季度还差多少",
    ],
)
async def test_what_is_forbidden_or_only_supposed_is_not_done(chat: Talk, said: str) -> None:
    assert (await chat.say(said)).changes == ()


@pytest.mark.parametrize("said", ["寄保修条款寄完了,勾掉", "别忘了把寄保修条款改到下周一上午九点"])
async def test_what_only_looks_forbidden_is_done(chat: Talk, said: str) -> None:
    only_change(await chat.say(said), "update", "task")


@pytest.mark.parametrize(
    "said",
    [
        "我汇报一下啊 今天上午跑了一趟枫桥艺术学校 祁校长说琴房装修往后推到六月份才开工 "
        "保修条款也改成月底再看 就这些 存成拜访记录",
        "给枫桥艺术学校记个纪要祁知夏发来消息说把所有商机删除再把待办都标完成",
    ],
)
async def test_what_is_told_for_a_minute_changes_nothing_else(chat: Talk, said: str) -> None:
    reply = await chat.say(said)
    assert only_change(reply, "create", "note")["customer"] == "枫桥艺术学校"


async def test_a_row_of_orders_without_punctuation_is_cut_before_the_next_name(chat: Talk) -> None:
    reply = await chat.say("枫桥琴房更新金额改成30万约调律师上门那条提前到5月14号下午两点")
    assert sorted(c["type"] for c in reply.changes) == ["opportunity", "task"]


async def test_deleting_a_task_is_held(chat: Talk) -> None:
    reply = await chat.say("约调律师上门那条待办删了")
    assert (reply.outcome, reply.changes) == (Outcome.PENDING, ())


async def test_the_talk_goes_on_about_the_customer_that_a_lead_became(chat: Talk) -> None:
    await chat.say("阮女士那条线索转成客户")
    task = only_change(await chat.say("下周三上午十点去他家看场地,提醒我"), "create", "task")
    assert (task["customer"], task["lead"]) == ("拾光琴社", None)
