"""Words that point back: at the earlier of two people, at a place in a list, at whoever was spoken of last."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change, tools_called


@pytest.mark.parametrize(("said", "shows"), [("前面那位的电话", "13700000001"), ("后面这位的电话", "13700000002")])
async def test_the_earlier_and_the_later_of_two_people_are_told_apart(chat: Talk, said: str, shows: str) -> None:
    await chat.say("祁知夏的电话")
    await chat.say("裴同舟的电话")
    reply = await chat.say(said)
    assert shows in reply.text


async def test_a_place_in_a_list_is_a_record(chat: Talk) -> None:
    listed = await chat.say("未完成的待办有哪些")
    assert listed.text.index("寄保修条款") < listed.text.index("约调律师上门")
    reply = await chat.say("第二条改到下周一上午十点")
    assert only_change(reply, "update", "task")["title"] == "约调律师上门"


async def test_a_task_for_her_on_a_lead_spoken_of_hangs_on_the_lead(chat: Talk) -> None:
    await chat.say("阮女士那条线索是哪家的")
    reply = await chat.say("给她设个回访提醒,下周二上午十点")
    task = only_change(reply, "create", "task")
    assert (task["lead"], task["customer"]) == ("阮女士", None)


async def test_a_task_that_goes_on_about_what_was_shown_is_of_its_customer(chat: Talk) -> None:
    await chat.say("枫桥琴房更新什么阶段")
    reply = await chat.say("5月20日上午九点进琴房量尺寸,建个待办")
    assert only_change(reply, "create", "task")["customer"] == "枫桥艺术学校"


async def test_a_task_is_found_by_some_words_of_its_title_whatever_their_order(chat: Talk) -> None:
    reply = await chat.say("调律师上门约好了,那条勾掉")
    assert only_change(reply, "update", "task")["title"] == "约调律师上门"


@pytest.mark.parametrize("said", ["宽限一天", "换到下周三"])
async def test_a_change_that_says_nothing_of_a_task_is_of_the_one_just_made(chat: Talk, said: str) -> None:
    made = await chat.say("下周一下午三点提醒我给云岫送样册")
    title = only_change(made, "create", "task")["title"]
    reply = await chat.say(said)
    assert only_change(reply, "update", "task")["title"] == title


async def test_the_other_one_is_asked_about_where_there_is_none(chat: Talk) -> None:
    await chat.say("阮女士那条线索的电话")
    reply = await chat.say("另一条线索作废")
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())


async def test_what_merely_sounds_like_bad_news_loses_no_deal(chat: Talk) -> None:
    reply = await chat.say("枫桥琴房更新的样册寄了寄了")
    assert "lose_opportunity" not in tools_called(reply)
