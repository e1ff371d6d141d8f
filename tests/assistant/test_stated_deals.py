"""Deals: which one is meant as the talk goes on, and changes that read like questions, refusals or new deals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change, tools_called


@pytest.mark.parametrize("asked", ["那云岫的呢", "云岫呢", "那云岫音乐厅三角琴呢"])
async def test_the_same_about_another_customers_deal(chat: Talk, asked: str) -> None:
    await chat.say("枫桥琴房更新现在报多少钱")
    assert "16.8" in (await chat.say(asked)).text
    assert only_change(await chat.say("这单加两万"), "update", "opportunity")["name"] == "云岫音乐厅三角琴"


@pytest.mark.parametrize(("said", "name"), [("这单加两万", "云岫音乐厅三角琴"), ("刚才那单加两万", "枫桥琴房更新")])
async def test_this_deal_is_that_of_the_customer_spoken_of_since(chat: Talk, said: str, name: str) -> None:
    await chat.say("枫桥琴房更新到哪步了")
    await chat.say("云岫的舞台总监是谁")
    assert only_change(await chat.say(said), "update", "opportunity")["name"] == name


@pytest.mark.parametrize(
    "said", ["阶段不要动 退回试弹", "别动阶段 还放在试弹", "算了 别推 还是试弹", "阶段别动,调回试弹"]
)
async def test_what_is_not_to_be_and_then_where_the_deal_stands(chat: Talk, said: str) -> None:
    await chat.say("枫桥琴房更新推到报价")
    assert only_change(await chat.say(said), "update", "opportunity")["stage"] == "trial"


@pytest.mark.parametrize("said", ["先别动阶段", "别退回初访"])
async def test_a_mere_refusal_changes_nothing(chat: Talk, said: str) -> None:
    await chat.say("枫桥琴房更新推到报价")
    assert (await chat.say(said)).changes == ()


@pytest.mark.parametrize(
    "said", ["枫桥的商机预计6月20号签", "枫桥的商机签约日写6月20", "枫桥琴房更新的签约日期定6月20号"]
)
async def test_the_day_of_signing_is_set(chat: Talk, said: str) -> None:
    assert only_change(await chat.say(said), "update", "opportunity")["expected_close_date"] == "2026-06-20"


@pytest.mark.parametrize("said", ["枫桥预计6月签的商机", "枫桥的商机6月20号能签吗", "枫桥大概6月20号能签"])
async def test_a_question_or_a_guess_about_the_day_sets_none(chat: Talk, said: str) -> None:
    assert (await chat.say(said)).changes == ()


async def test_a_deal_signed_at_a_price_is_won(chat: Talk) -> None:
    deal = only_change(await chat.say("报个喜 枫桥琴房更新签字了 成交价三十万"), "update", "opportunity")
    assert (deal["stage"], deal["amount"]) == ("won", 300000)


async def test_a_deal_not_signed_yet_is_not_won(chat: Talk) -> None:
    assert (await chat.say("枫桥琴房更新还没签字 成交价也没定")).changes == ()


async def test_one_step_more_of_the_deal_just_moved(chat: Talk) -> None:
    await chat.say("枫桥琴房更新往前推一个阶段")
    assert only_change(await chat.say("又谈妥了,再进一格"), "update", "opportunity")["stage"] == "contract"


async def test_somebody_elses_deal_is_not_found_by_its_product(chat: Talk) -> None:
    reply = await chat.say("替杜若飞把鹤栖三角钢琴的报价写成20万")
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())


async def test_the_question_taken_up_again_after_another(chat: Talk) -> None:
    await replace(chat, conversation_id="before").say("给枫桥建个商机,名称是枫桥排练厅,10万")
    await chat.say("枫桥的商机签约日写6月20")
    await chat.say("等下,祁知夏是干嘛的")
    deal = only_change(await chat.say("哦刚才那个,选枫桥排练厅"), "update", "opportunity")
    assert (deal["name"], deal["expected_close_date"]) == ("枫桥排练厅", "2026-06-20")


async def test_tasks_that_are_not_overdue(chat: Talk) -> None:
    reply = await chat.say("我还有什么没过期的待办")
    assert tools_called(reply) == ["list_tasks"]
    assert "寄保修条款" in reply.text
    assert (await chat.say("有没有逾期的待办")).text.count("寄保修条款") == 0
