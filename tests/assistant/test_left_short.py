"""Short messages that lean on the one before: what stays as it is, sums of deals, a part of what is held."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.bootstrap import Runtime
from assistant.messages import Outcome, Reply
from tests.assistant.conftest import principal_in
from tests.assistant.world import FENGQIAO, YUNXIU, Talk


@pytest.fixture
def chat(embedded: Runtime) -> Talk:
    """蓝筱's conversation."""
    return Talk(embedded, principal_in(embedded, "lan"))


async def say(chat: Talk, *messages: str) -> Reply:
    """The reply to the last of several messages."""
    for message in messages:
        reply = await chat.say(message)
    return reply


def record(chat: Talk, kind: str, record_id: int) -> Any:
    """A record as it stands."""
    return chat.runtime.store.read_now(chat.principal, lambda uow: uow.repository(kind).require(record_id))


async def test_what_is_left_alone_takes_nothing_back(chat: Talk) -> None:
    await say(chat, "枫桥寄保修条款那事提到今天,时间别动")
    assert record(chat, "task", 1).due_at.astimezone().strftime("%d") == "13"


async def test_something_brought_back_is_no_undo(chat: Talk) -> None:
    await say(chat, "约调律师上门办完了", "云岫的合同拿回来了,那单推到成交")
    assert record(chat, "task", 2).status == "done"


@pytest.mark.parametrize(
    ("before", "said", "expected"),
    [
        (("枫桥琴房更新多少钱", "云岫音乐厅三角琴多少钱"), "这两单加一块是多少", "48.8万"),
        (("枫桥琴房更新多少钱",), "假如枫桥琴房更新让到三十万,比眼下少多少", "20,000"),
        (("云岫最近怎么样",), "云岫如今由谁负责", "蓝筱"),
    ],
)
async def test_questions_left_short(chat: Talk, before: tuple[str, ...], said: str, expected: str) -> None:
    reply = await say(chat, *before, said)
    assert expected in reply.text


async def test_a_bare_order_behind_a_task_is_the_order_for_it(chat: Talk) -> None:
    reply = await say(chat, "follow up 一下枫桥的祁知夏,这周五上午10点,帮我设个 reminder")
    assert reply.text.count("新建待办:") == 1


async def test_a_part_of_what_is_held_stays_held_alone(embedded: Runtime) -> None:
    boss = Talk(embedded, principal_in(embedded, "ge"))
    assert (await say(boss, "枫桥、云岫转杜若飞")).outcome is Outcome.PENDING
    await say(boss, "枫桥不动,只转云岫", "确认")
    assert record(boss, "customer", FENGQIAO).owner_id != record(boss, "customer", YUNXIU).owner_id
