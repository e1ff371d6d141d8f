"""What only the talk before makes sense of: a series put right, a value in a minute, one of several changes back."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change


@pytest.mark.parametrize(
    ("made", "said", "recurrence", "due"),
    [
        ("每天下午五点半提醒我看库存", "只要工作日", "BYDAY=MO,TU,WE,TH,FR", "17:30"),
        ("每天下午五点半提醒我看库存", "周末就不用了", "BYDAY=MO,TU,WE,TH,FR", "17:30"),
        ("每周三早上九点提醒我看库存", "还是放在每周五吧,钟点照旧", "BYDAY=FR", "09:00"),
        ("每月10号上午十点提醒我看库存", "改15号吧", "BYMONTHDAY=15", "15T10:00"),
    ],
)
async def test_a_series_takes_another_rhythm(chat: Talk, made: str, said: str, recurrence: str, due: str) -> None:
    await chat.say(made)
    task = only_change(await chat.say(said), "update", "task")
    assert recurrence in task["recurrence"]
    assert due in task["due_at"]


async def test_a_new_series_is_no_correction_of_the_one_before(chat: Talk) -> None:
    await chat.say("每周三早上九点提醒我看库存")
    assert only_change(await chat.say("每周五下午三点也提醒我交周报"), "create", "task")["recurrence"]


async def test_the_same_time_is_the_clock_time_of_the_task(chat: Talk) -> None:
    await chat.say("这周五下午三点提醒我给枫桥寄合同")
    task = only_change(await chat.say("改成下周五同一时间"), "update", "task")
    assert task["due_at"][11:16] == "15:00"


@pytest.mark.parametrize(
    ("said", "now_says"),
    [
        ("说错了,是15台", "15台"),
        ("预算说错了,是130万", "130万"),
        ("不是12台,是10台", "10台"),
        ("不对,是下周四", "下周四"),
    ],
)
async def test_a_value_in_a_minute_is_put_right(chat: Talk, said: str, now_says: str) -> None:
    await chat.say("记一下,昨天见了枫桥的人,要12台钢琴,预算150万,他们下周三定")
    note = only_change(await chat.say(said), "update", "note")
    assert now_says in note["summary"]
    assert "更正" not in note["summary"]


async def test_the_day_of_the_meeting_is_no_value_of_the_text(chat: Talk) -> None:
    await chat.say("记一下,昨天见了枫桥的人,他们下周三定")
    note = only_change(await chat.say("写错了,是前天见的"), "update", "note")
    assert "下周三" in note["summary"]


async def test_a_field_not_changed_takes_nothing_else_back(chat: Talk) -> None:
    await chat.say("枫桥总机换成19900010888了")
    reply = await chat.say("标签不要了,撤掉")
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())


async def test_what_is_to_be_fetched_takes_nothing_back(chat: Talk) -> None:
    await chat.say("枫桥总机换成19900010888了")
    only_change(await chat.say("提醒我明天上午十点把样机拿回来"), "create", "task")


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("地址也搬了,无锡市新吴区锡兴路88号", "address", "锡兴路88号"),
        ("标签再加一个“想月结”", "tags", "想月结"),
        ("还是恢复 A", "level", "A"),
    ],
)
async def test_one_field_more_of_the_customer(chat: Talk, said: str, field: str, value: str) -> None:
    await chat.say("枫桥降到C级")
    assert value in only_change(await chat.say(said), "update", "customer")[field]
