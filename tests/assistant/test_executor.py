"""The executor does what is clear, holds what must be confirmed, and takes back; the planner is scripted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from assistant.bootstrap import Runtime
from assistant.messages import Ask, Do, Option, Outcome, Plan, Say, Step, TakeBack, ToolCall
from crm_store.pendings import LIFETIME
from tests.assistant.conftest import principal_in
from tests.assistant.world import (
    FENGQIAO,
    XUEXIAO,
    YUNXIU,
    MovableClock,
    Scripted,
    Talk,
    call,
    changed,
    only_change,
    tools_called,
)

DU = 2
LOSE = call("lose_opportunity", opportunities=[1], reason="预算砍了")
DELETE = call("delete_record", record_type="task", record_ids=[1])
HELD: list[tuple[str, Do]] = [
    ("delete", DELETE),
    ("lose", LOSE),
    ("lose by stage", call("update_opportunity", opportunities=[1], stage=6)),
    ("reassign", call("update_customer", customer=FENGQIAO, owner=DU)),
    ("several tasks", call("set_task_status", tasks=[1, 2], status="done")),
    ("several deals", call("update_opportunity", opportunities=[1, 2], stage=3)),
]
AT_ONCE: list[tuple[str, Do]] = [
    ("create", call("create_task", title="送琴凳", customer=FENGQIAO)),
    ("win", call("win_opportunity", opportunity=1)),
    ("stage", call("update_opportunity", opportunities=[1], stage=4)),
    ("amount", call("update_opportunity", opportunities=[1], amount="350000")),
    ("date", call("update_opportunity", opportunities=[1], expected_close_date="2026-08-01")),
    ("complete", call("set_task_status", tasks=[1], status="done")),
    ("assign a task", call("update_task", tasks=[1], assignee=DU)),
    ("level", call("update_customer", customer=FENGQIAO, level="A")),
]


@pytest.fixture
def say(talk: Talk, planner: Scripted) -> Any:
    """Gives `await say(*steps)`: a message that is planned as those steps."""

    async def send(*steps: Step) -> Any:
        planner.then(*steps)
        return await talk.say("照办")

    return send


def state_of(talk: Talk) -> list[list[Any]]:
    """All records that a held write could touch."""
    return [talk.all(record_type) for record_type in ("customer", "opportunity", "task", "note", "contact")]


# --- holding -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [command for _, command in HELD], ids=[name for name, _ in HELD])
async def test_what_must_be_confirmed_is_shown_and_not_done(talk: Talk, say: Any, command: Do) -> None:
    before = state_of(talk)
    reply = await say(command)
    assert (reply.outcome, reply.changes) == (Outcome.PENDING, ())
    assert reply.held[0].cards
    assert "确认" in reply.text
    assert state_of(talk) == before


@pytest.mark.parametrize("command", [command for _, command in HELD], ids=[name for name, _ in HELD])
async def test_confirming_does_what_was_held(talk: Talk, say: Any, command: Do) -> None:
    await say(command)
    before = state_of(talk)
    reply = await talk.confirm()
    assert reply.outcome is Outcome.DONE
    assert reply.changes
    assert state_of(talk) != before


@pytest.mark.parametrize("command", [command for _, command in AT_ONCE], ids=[name for name, _ in AT_ONCE])
async def test_all_else_is_done_at_once(say: Any, command: Do) -> None:
    reply = await say(command)
    assert (reply.outcome, reply.held) == (Outcome.DONE, ())
    assert reply.changes


async def test_a_command_that_the_planner_is_unsure_of_is_held(say: Any) -> None:
    unsure = Do(calls=(ToolCall(tool="set_task_status", args={"tasks": [1], "status": "done"}),), hold="unsure")
    assert (await say(unsure)).outcome is Outcome.PENDING


async def test_an_unsure_question_is_answered_since_it_changes_nothing(say: Any) -> None:
    unsure = Do(calls=(ToolCall(tool="list_tasks", args={}),), hold="unsure")
    assert (await say(unsure)).outcome is Outcome.ANSWERED


async def test_a_held_write_shows_old_and_new(say: Any) -> None:
    text = (await say(call("update_customer", customer=FENGQIAO, owner=DU))).text
    assert "蓝筱" in text
    assert "杜若飞" in text


async def test_held_commands_of_one_message_are_confirmed_together(talk: Talk, say: Any) -> None:
    reply = await say(LOSE, DELETE)
    assert len(reply.held) == 1
    confirmed = await talk.confirm()
    assert changed(confirmed) == [("delete", "task"), ("update", "opportunity")]


# --- confirming --------------------------------------------------------------------------------------------------


async def test_a_confirmation_by_id_leaves_other_held_writes_waiting(talk: Talk, say: Any) -> None:
    first = (await say(LOSE)).held[0]
    await say(DELETE)
    reply = await talk.confirm(first.id)
    assert changed(reply) == [("update", "opportunity")]
    assert talk.get("task", 1) is not None
    assert changed(await talk.confirm()) == [("delete", "task")]


async def test_a_held_write_is_used_once(talk: Talk, say: Any) -> None:
    held = (await say(DELETE)).held[0]
    await talk.confirm(held.id)
    again = await talk.confirm(held.id)
    assert (again.outcome, again.changes) == (Outcome.ANSWERED, ())


async def test_a_held_write_expires(talk: Talk, say: Any, clock: MovableClock) -> None:
    await say(DELETE)
    clock.wait(LIFETIME + timedelta(seconds=1))
    assert (await talk.confirm()).changes == ()
    assert talk.get("task", 1) is not None


async def test_a_held_write_can_be_confirmed_until_it_expires(talk: Talk, say: Any, clock: MovableClock) -> None:
    held = (await say(DELETE)).held[0]
    clock.at = held.expires_at - timedelta(seconds=1)
    assert (await talk.confirm()).outcome is Outcome.DONE


async def test_a_record_changed_meanwhile_is_shown_again_instead_of_written(talk: Talk, say: Any) -> None:
    await say(LOSE)
    talk.edit("opportunity", 1, amount=Decimal(990000))
    reply = await talk.confirm()
    assert (reply.outcome, reply.changes) == (Outcome.PENDING, ())
    assert talk.get("opportunity", 1).stage_id == 2
    assert changed(await talk.confirm()) == [("update", "opportunity")]


async def test_a_record_that_is_gone_by_now_is_refused(talk: Talk, say: Any) -> None:
    await say(DELETE)
    await say(DELETE)
    await talk.confirm((await say(DELETE)).held[0].id)
    assert (await talk.confirm()).outcome is Outcome.REFUSED


async def test_another_user_cannot_confirm(runtime: Runtime, talk: Talk, say: Any) -> None:
    held = (await say(DELETE)).held[0]
    other = Talk(runtime, principal_in(runtime, "ge"), conversation_id="other")
    assert (await other.confirm(held.id)).changes == ()
    assert talk.get("task", 1) is not None


async def test_another_conversation_of_the_user_does_not_confirm(runtime: Runtime, talk: Talk, say: Any) -> None:
    await say(DELETE)
    other = Talk(runtime, talk.principal, conversation_id="other")
    assert (await other.confirm()).changes == ()


async def test_cancelling_drops_what_was_held(talk: Talk, say: Any) -> None:
    await say(DELETE)
    reply = await talk.cancel()
    assert (reply.outcome, reply.changes) == (Outcome.ANSWERED, ())
    assert (await talk.confirm()).changes == ()
    assert talk.get("task", 1) is not None


async def test_a_held_write_can_be_edited_when_it_is_confirmed(talk: Talk, say: Any) -> None:
    held = (await say(LOSE)).held[0]
    reply = await talk.confirm(held.id, edits={"0": {"reason": "校舍停建"}})
    assert only_change(reply, "update", "opportunity")["lost_reason"] == "校舍停建"


async def test_an_edit_that_a_tool_does_not_take_is_refused(talk: Talk, say: Any) -> None:
    held = (await say(LOSE)).held[0]
    reply = await talk.confirm(held.id, edits={"0": {"opportunities": "全部"}})
    assert (reply.outcome, reply.changes) == (Outcome.REFUSED, ())


async def test_an_edit_reaches_no_record_that_the_user_may_not_see(talk: Talk, say: Any) -> None:
    held = (await say(LOSE)).held[0]
    reply = await talk.confirm(held.id, edits={"0": {"opportunities": [3]}})
    assert (reply.outcome, reply.changes) == (Outcome.REFUSED, ())


# --- taking back -------------------------------------------------------------------------------------------------


async def test_undo_takes_back_the_newest_change(talk: Talk, say: Any) -> None:
    await say(call("set_task_status", tasks=[1], status="done"))
    await say(call("update_opportunity", opportunities=[1], amount="350000"))
    reply = await talk.undo()
    assert only_change(reply, "update", "opportunity")["amount"] == 320000
    assert talk.get("task", 1).status == "done"


async def test_undo_again_takes_back_the_one_before(talk: Talk, say: Any) -> None:
    await say(call("set_task_status", tasks=[1], status="done"))
    await say(call("update_opportunity", opportunities=[1], amount="350000"))
    await talk.undo()
    assert only_change(await talk.undo(), "update", "task")["status"] == "open"


async def test_undo_takes_back_the_change_that_is_named(talk: Talk, say: Any) -> None:
    first = await say(call("set_task_status", tasks=[1], status="done"))
    await say(call("update_opportunity", opportunities=[1], amount="350000"))
    reply = await talk.undo(first.change_set_id)
    assert only_change(reply, "update", "task")["status"] == "open"
    assert talk.get("opportunity", 1).amount == 350000


async def test_undo_of_a_confirmed_deletion_brings_the_record_back(talk: Talk, say: Any) -> None:
    await say(DELETE)
    await talk.confirm()
    await talk.undo()
    assert talk.get("task", 1).title == "寄保修条款"


async def test_undo_takes_back_all_of_a_message(talk: Talk, say: Any) -> None:
    await say(call("create_task", title="送琴凳"), call("update_opportunity", opportunities=[1], amount="350000"))
    assert len((await talk.undo()).changes) == 2


async def test_undo_is_refused_when_somebody_changed_the_record_since(talk: Talk, say: Any) -> None:
    await say(call("update_opportunity", opportunities=[1], amount="350000"))
    talk.edit("opportunity", 1, amount=Decimal(990000))
    reply = await talk.undo()
    assert (reply.outcome, reply.changes) == (Outcome.REFUSED, ())
    assert talk.get("opportunity", 1).amount == 990000


async def test_undo_with_nothing_to_undo_says_so(say: Any) -> None:
    reply = await say(TakeBack())
    assert (reply.outcome, reply.changes) == (Outcome.ANSWERED, ())
    assert "没有可以撤销" in reply.text


async def test_undo_of_another_users_change_does_nothing(runtime: Runtime, talk: Talk, say: Any) -> None:
    first = await say(call("set_task_status", tasks=[1], status="done"))
    other = Talk(runtime, principal_in(runtime, "du"), conversation_id="other")
    assert (await other.undo(first.change_set_id)).changes == ()
    assert talk.get("task", 1).status == "done"


# --- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        call("update_opportunity", opportunities=[3], amount="1"),
        call("update_customer", customer=XUEXIAO, level="C"),
        call("update_customer", customer=99, level="C"),
        call("update_customer", customer=YUNXIU, level="Z"),
        call("create_task", title="晚了", due_at="2026-05-01T09:00:00+08:00"),
        call("create_task", title="没有时区", due_at="2026-06-01T09:00:00"),
        call("create_task", headline="没有这个参数"),
        call("no_such_tool"),
    ],
    ids=["other's deal", "other's customer", "no record", "bad value", "past", "no offset", "bad argument", "no tool"],
)
async def test_a_refused_command_leaves_the_others_done(talk: Talk, say: Any, wrong: Do) -> None:
    before = talk.all("opportunity"), talk.all("customer")
    reply = await say(wrong, call("set_task_status", tasks=[1], status="done"))
    assert (reply.outcome, changed(reply)) == (Outcome.DONE, [("update", "task")])
    assert [ran.ok for ran in reply.calls] == [False, True]
    assert (talk.all("opportunity"), talk.all("customer")) == before


async def test_a_lone_refused_command_is_refused_with_the_reason(say: Any) -> None:
    reply = await say(call("create_task", title="晚了", due_at="2026-05-01T09:00:00+08:00"))
    assert (reply.outcome, reply.changes) == (Outcome.REFUSED, ())
    assert reply.text


async def test_what_is_not_visible_is_refused_like_what_does_not_exist(say: Any) -> None:
    hidden = await say(call("update_customer", customer=XUEXIAO, level="C"))
    absent = await say(call("update_customer", customer=99, level="C"))
    assert hidden.text == absent.text


async def test_a_user_may_not_give_away_what_is_not_its_own(runtime: Runtime, planner: Scripted) -> None:
    other = Talk(runtime, principal_in(runtime, "du"), conversation_id="other")
    planner.then(call("update_customer", customer=FENGQIAO, owner=DU))
    assert (await other.say("转给我")).outcome is Outcome.REFUSED


async def test_calls_of_one_command_stand_or_fall_together(talk: Talk, say: Any) -> None:
    steps = (
        ToolCall(tool="set_task_status", args={"tasks": [1], "status": "done"}),
        ToolCall(tool="update_customer", args={"customer": 99, "level": "A"}),
    )
    assert (await say(Do(calls=steps))).outcome is Outcome.REFUSED
    assert talk.get("task", 1).status == "open"


# --- several steps -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ((DELETE, Ask(text="哪个?", question=None)), Outcome.PENDING),
        ((Ask(text="哪个?", question=None), call("create_task", title="送琴凳")), Outcome.ASKED),
        ((Say(text="您好"), call("create_task", title="送琴凳")), Outcome.DONE),
        ((Say(text="不行", outcome=Outcome.REFUSED),), Outcome.REFUSED),
        ((Say(text="您好"), call("list_tasks")), Outcome.ANSWERED),
    ],
    ids=["pending first", "then asked", "then done", "refused", "answered"],
)
async def test_the_outcome_says_what_needs_the_user(say: Any, steps: tuple[Step, ...], outcome: Outcome) -> None:
    assert (await say(*steps)).outcome is outcome


async def test_clear_parts_are_done_while_others_wait(talk: Talk, say: Any) -> None:
    reply = await say(call("create_task", title="送琴凳"), DELETE)
    assert (reply.outcome, changed(reply)) == (Outcome.PENDING, [("create", "task")])
    assert talk.get("task", 1) is not None


async def test_a_question_lists_its_options_by_number(say: Any) -> None:
    options = (Option(label="枫桥艺术学校", value="枫桥"), Option(label="云岫剧院", value="云岫"))
    reply = await say(Ask(text="哪个客户?", question=None, options=options))
    assert "1. 枫桥艺术学校\n2. 云岫剧院" in reply.text
    assert reply.options == options


async def test_resolved_dates_are_echoed(say: Any) -> None:
    made = call("create_task", title="送琴凳", due_at="2026-05-20T15:00:00+08:00")
    reply = await say(Do(calls=made.calls, echo="下周三 = 5月20日(周三)15:00"))
    assert "(下周三 = 5月20日(周三)15:00)" in reply.text


@pytest.mark.parametrize(
    ("steps", "reading"),
    [
        ((call("list_tasks"), Say(text="好")), True),
        ((Ask(text="哪个?", question=None),), True),
        ((call("list_tasks"), call("create_task", title="送琴凳")), False),
        ((TakeBack(),), False),
        ((call("no_such_tool"),), False),
    ],
    ids=["question", "asking", "one writes", "undo", "unknown"],
)
def test_a_plan_is_known_to_only_read(runtime: Runtime, steps: tuple[Step, ...], reading: bool) -> None:
    executor = runtime.assistant._executor
    assert executor.is_reading(Plan(steps=steps, conversation_version=1)) is reading


async def test_tools_are_named_in_the_order_they_ran(say: Any) -> None:
    reply = await say(call("create_task", title="送琴凳"), call("list_tasks"))
    assert tools_called(reply) == ["create_task", "list_tasks"]
