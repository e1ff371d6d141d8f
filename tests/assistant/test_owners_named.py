"""Whose record a change is of: an owner whom no record explains is asked about, never replaced by whoever came last."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change


@pytest.mark.parametrize(
    "said",
    [
        "槐序那单降到20万",
        "槐序那边的单子推到报价",
        "槐序级别改成A",
        "给槐序加个标签重点",
        "石桥那家级别改成A",
        "槐序那条待办推到周五",
    ],
)
async def test_a_stranger_named_is_asked_about_though_another_was_spoken_of(chat: Talk, said: str) -> None:
    await chat.say("枫桥琴房更新多少钱")
    reply = await chat.say(said)
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())


@pytest.mark.parametrize("said", ["这单降到20万", "金额降到20万", "那个单子降到20万", "立式钢琴那单降到20万"])
async def test_words_that_point_at_the_deal_spoken_of_name_no_stranger(chat: Talk, said: str) -> None:
    await chat.say("枫桥琴房更新多少钱")
    reply = await chat.say(said)
    assert only_change(reply, "update", "opportunity")["amount"] == 200000


@pytest.mark.parametrize("said", ["云岫的琴房更新改成30万", "石桥那个琴房更新改成30万", "把槐序琴房更新改成30万"])
async def test_a_deal_that_is_somebody_elses_than_the_words_say_is_asked_about(chat: Talk, said: str) -> None:
    reply = await chat.say(said)
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())


@pytest.mark.parametrize(
    "said", ["风桥那个琴房更新改成30万", "枫桥家的琴房更新改成30万", "上次聊的那个琴房更新改成30万"]
)
async def test_an_owner_heard_or_written_is_taken(chat: Talk, said: str) -> None:
    reply = await chat.say(said)
    assert only_change(reply, "update", "opportunity")["name"] == "枫桥琴房更新"


@pytest.mark.parametrize("said", ["枫桥姓祁的那位换号了,改成13700000099", "枫桥校长的电话换成13700000099"])
async def test_a_person_is_told_by_surname_or_post(chat: Talk, said: str) -> None:
    reply = await chat.say(said)
    contact = only_change(reply, "update", "contact")
    assert (contact["name"], contact["phone"]) == ("祁知夏", "13700000099")


async def test_the_number_of_somebody_unknown_is_not_the_firms(chat: Talk) -> None:
    reply = await chat.say("枫桥那位换号了,改成13700000099")
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())


@pytest.mark.parametrize(
    "said", ["给上面那家排个待办,下周四交方案", "下周四提醒我给那家交方案", "刚才那家下周四要交方案,帮我排一下"]
)
async def test_that_house_is_the_customer_spoken_of(chat: Talk, said: str) -> None:
    await chat.say("云岫剧院什么级别")
    task = only_change(await chat.say(said), "create", "task")
    assert (task["customer"], "那家" in task["title"]) == ("云岫剧院有限公司", False)


async def test_that_house_is_asked_about_where_nobody_was_spoken_of(chat: Talk) -> None:
    reply = await chat.say("给上面那家排个待办,下周四交方案")
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())
    task = only_change(await chat.say("枫桥"), "create", "task")
    assert (task["customer"], task["title"]) == ("枫桥艺术学校", "交方案")


async def test_a_part_that_several_names_share_asks_which(chat: Talk) -> None:
    await chat.say("新建客户 嘉陵理工大学声学中心")
    await chat.say("新建客户 嘉陵理工大学艺术系")
    await chat.say("枫桥什么级别")
    reply = await chat.say("嘉陵理工级别改成A")
    assert reply.outcome is Outcome.ASKED
    assert len(reply.options) == 2


async def test_a_name_taken_back_in_one_breath_is_not_meant(chat: Talk) -> None:
    reply = await chat.say("云岫 嗯不对 是枫桥的琴房更新 金额改成30万")
    assert only_change(reply, "update", "opportunity")["name"] == "枫桥琴房更新"


async def test_the_name_denied_gives_way_to_the_one_said(chat: Talk) -> None:
    await chat.say("下周二下午两点提醒我给云岫送样册")
    reply = await chat.say("不是云岫,枫桥!")
    assert only_change(reply, "update", "task")["customer"] == "枫桥艺术学校"
