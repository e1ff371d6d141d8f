"""Held writes amended by text: the reason of a loss, said while it waits, is shown with it and written on the yes."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change

LOST = "枫桥琴房更新丢单了"


@pytest.mark.parametrize(
    ("said", "yes", "reason"),
    [
        ("因为校长换人了", "确认", "校长换人了"),
        ("等一下,原因写对手价格低", "确认", "对手价格低"),
        ("被星海琴行抢走了", "好", "被星海琴行抢走了"),
        ("嫌贵", "是", "嫌贵"),
        ("理由:资金没批", "是的", "资金没批"),
        ("选了别家", "行", "选了别家"),
    ],
)
async def test_the_reason_joins_what_is_held(chat: Talk, said: str, yes: str, reason: str) -> None:
    await chat.say(LOST)
    shown = await chat.say(said)
    assert (shown.outcome, shown.changes, reason in shown.text) == (Outcome.PENDING, (), True)
    deal = only_change(await chat.say(yes), "update", "opportunity")
    assert (deal["stage"], deal["lost_reason"].endswith(reason)) == ("lost", True)


@pytest.mark.parametrize("said", ["算了先不弄", "不", "取消"])
async def test_a_no_after_the_reason_loses_nothing(chat: Talk, said: str) -> None:
    await chat.say(LOST)
    await chat.say("嫌贵")
    assert (await chat.say(said)).changes == ()
    assert (await chat.say("确认")).changes == ()
    assert chat.get("opportunity", 1).lost_reason is None


async def test_a_second_reason_takes_the_place_of_the_first(chat: Talk) -> None:
    await chat.say(LOST)
    await chat.say("嫌贵")
    await chat.say("原因改成校长换人了")
    assert only_change(await chat.say("确认"), "update", "opportunity")["lost_reason"] == "校长换人了"


async def test_a_question_in_between_is_no_reason(chat: Talk) -> None:
    await chat.say(LOST)
    told = await chat.say("裴同舟的电话")
    assert (told.changes, "13700000002" in told.text) == ((), True)
    assert "lost_reason" not in {
        k for k, v in only_change(await chat.say("确认"), "update", "opportunity").items() if v
    }
