"""Questions answered from minutes: what a customer's people said, wanted or feared stands in them, if anywhere."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, tools_called

VISIT = "昨天去云岫见了裴同舟,他担心三角琴搬不上二楼,预算二十万,记一下"


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ("祁校长看重啥", "保修条款"),
        ("祁知夏有什么要求", "保修条款"),
        ("裴总监介意啥", "搬不上二楼"),
        ("裴总监顾虑什么", "搬不上二楼"),
        ("他怎么看搬琴这事", "搬不上二楼"),
        ("三角琴搬不上二楼吗", "搬不上二楼"),
        ("枫桥提过保修条款吗", "5月6日"),
        ("谁提到过二楼", "云岫剧院"),
        ("上次云岫聊了啥", "搬不上二楼"),
    ],
)
async def test_the_minute_is_read_out(chat: Talk, said: str, tells: str) -> None:
    await chat.say(VISIT)
    reply = await chat.say(said)
    assert (reply.outcome, tools_called(reply), reply.changes) == (Outcome.ANSWERED, ["list_notes"], ())
    assert tells in reply.text


@pytest.mark.parametrize(
    ("said", "tool"),
    [("裴总监的电话", "list_contacts"), ("云岫有哪些待办", "list_tasks"), ("云岫买过什么", "purchase_history")],
)
async def test_what_other_records_have_is_not_looked_for_in_minutes(chat: Talk, said: str, tool: str) -> None:
    await chat.say(VISIT)
    assert tools_called(await chat.say(said)) == [tool]
