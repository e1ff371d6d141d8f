"""People, customers and leads told apart: surnames, not A but B, plain words that sound like people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change


@pytest.mark.parametrize(
    "said", ["云岫姓裴的换号码了 新的是幺九九零零零幺五五六六", "云岫那个姓裴的电话改成19900015566"]
)
async def test_somebody_by_the_surname(chat: Talk, said: str) -> None:
    person = only_change(await chat.say(said), "update", "contact")
    assert (person["name"], person["phone"]) == ("裴同舟", "19900015566")


async def test_two_of_one_surname_are_asked_about_and_told_by_the_post(chat: Talk) -> None:
    await replace(chat, conversation_id="before").say("给云岫加个联系人:裴南风,采购主管,19900011111")
    asked = await chat.say("云岫姓裴的换号码了 新的是幺九九零零零幺五五六六")
    assert (asked.outcome, len(asked.options)) == (Outcome.ASKED, 2)
    assert only_change(await chat.say("总监"), "update", "contact")["name"] == "裴同舟"


@pytest.mark.parametrize("said", ["不是枫桥,云岫!", "说错了 不是枫桥 是云岫", "错了,不是枫桥,应该是云岫"])
async def test_not_that_customer_but_this_one(chat: Talk, said: str) -> None:
    await chat.say("明天下午三点给枫桥送琴凳,提醒我")
    assert only_change(await chat.say(said), "update", "task")["customer"] == "云岫剧院有限公司"


async def test_the_priority_just_set_is_another_one(chat: Talk) -> None:
    await chat.say("明天下午三点给枫桥送琴凳,提醒我")
    await chat.say("优先级拉高")
    assert only_change(await chat.say("还是普通吧"), "update", "task")["priority"] == "normal"


@pytest.mark.parametrize("said", ["给枫桥加个别名,枫桥西校", "枫桥补个简称 枫桥西校"])
async def test_a_short_name_behind_a_pause(chat: Talk, said: str) -> None:
    assert "枫桥西校" in only_change(await chat.say(said), "update", "customer")["aliases"]


async def test_a_lead_told_without_marks(chat: Talk) -> None:
    lead = only_change(
        await chat.say("新来一条线索啊 泰宁栖舟山庄 找赖福林 号码幺九九零零零幺四五零六 朋友介绍的"), "create", "lead"
    )
    assert (lead["name"], lead["company"], lead["phone"]) == ("赖福林", "泰宁栖舟山庄", "19900014506")


async def test_the_customer_that_was_not_found_is_put_on_file(chat: Talk) -> None:
    await chat.say("云岫到哪步了")
    assert (await chat.say("给江阴槐序琴行有限公司录个商机,12万")).changes == ()
    customer = only_change(await chat.say("那先新建这家客户,C级"), "create", "customer")
    assert (customer["name"], customer["level"]) == ("江阴槐序琴行有限公司", "C")
