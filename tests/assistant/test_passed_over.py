"""A name that nobody has stands in a command: nothing is written for somebody else instead."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from tests.assistant.world import FENGQIAO, Talk, only_change


@pytest.mark.parametrize(
    "said",
    [
        "贺淳的保修条款寄走了,勾掉",
        "旌硕那条寄保修条款标成高优先",
        "湛蕴寄保修条款那条挪到周五上午九点",
        "奎邦的调律师上门取消",
        "佟谷琴房更新推到报价阶段",
        "明天上午十点提醒我给骞隆的祁校长打电话",
        "记个纪要:今天上午跟沛霖的祁知夏聊了,保修条款没问题",
    ],
)
async def test_a_strangers_command_is_asked_about(chat: Talk, said: str) -> None:
    reply = await chat.say(said)
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ()), reply.text
    assert any(name in reply.text for name in ("贺淳", "旌硕", "湛蕴", "奎邦", "佟谷", "骞隆", "沛霖"))


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("枫桥的保修条款寄走了,勾掉", "寄保修条款"),
        ("风乔的保修条款寄走了,勾掉", "寄保修条款"),
        ("学校那条保修条款寄走了,勾掉", "寄保修条款"),
        ("打款之前那条寄保修条款办完了", "寄保修条款"),
        ("裴总监那边调律师上门办完了", "约调律师上门"),
    ],
)
async def test_what_tells_the_record_is_no_stranger(chat: Talk, said: str, title: str) -> None:
    record = only_change(await chat.say(said), "update", "task")
    assert (record["title"], record["status"]) == (title, "done")


async def test_the_one_that_was_offered_is_taken_on_yes(chat: Talk) -> None:
    await chat.say("贺淳的保修条款寄走了,勾掉")
    record = only_change(await chat.say("对,就是这条"), "update", "task")
    assert (record["title"], record["status"]) == ("寄保修条款", "done")


async def test_a_task_for_a_stranger_is_linked_to_whom_the_answer_names(chat: Talk) -> None:
    asked = await chat.say("明天上午十点提醒我给贺淳寄琴谱")
    assert asked.outcome is Outcome.ASKED, asked.text
    only_change(await chat.say("枫桥"), "create", "task")
    assert chat.all("task")[-1].customer_id == FENGQIAO
