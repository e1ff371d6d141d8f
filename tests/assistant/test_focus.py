"""What the conversation is about after a turn: focus, lists, the open question, the newest write."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.executor import Ledger
from assistant.focus import LISTED_MAX, SUSPENDED_FOR, next_state
from assistant.messages import Ask, Option, Plan, RanCall
from crm_store.audit import CREATE, DELETE, UPDATE, Change
from crm_store.records import Record
from tests.assistant.world import Talk
from tools.cards import Answer, RecordLink

PLAN = Plan(steps=(), conversation_version=1)
QUESTION = {
    "slot": "customer",
    "options": [{"label": "甲", "value": "甲", "id": 1}, {"label": "乙", "value": "乙", "id": 2}],
}


def shown(*records: tuple[str, int]) -> Ledger:
    """A turn that showed these records."""
    links = tuple(RecordLink(type=kind, id=number, label="") for kind, number in records)
    return Ledger(answers=[Answer(text="", shown=links)], calls=[RanCall(tool="list_tasks", args={}, ok=True)])


def asking() -> Ledger:
    """A turn that asked which of two customers."""
    options = (Option(label="甲", value="甲"), Option(label="乙", value="乙"))
    return Ledger(asks=[Ask(text="哪个?", question=QUESTION, options=options)])


def after(
    state: dict[str, Any], ledger: Ledger, *, plan: Plan = PLAN, changes: tuple[Change, ...] = ()
) -> dict[str, Any]:
    """The state that follows."""
    return next_state(state, plan, ledger, changes, 9 if changes else None)


@pytest.fixture
def task(talk: Talk) -> Record:
    """A task of 枫桥."""
    record: Record = talk.get("task", 1)
    return record


def change(op: str, record: Record) -> Change:
    """A change of a task."""
    before, now = (None, record) if op == CREATE else (record, None) if op == DELETE else (record, record)
    return Change(op=op, record_type="task", record_id=record.id, before=before, after=now)


def test_turns_are_counted() -> None:
    assert [after({}, Ledger())["turn"], after({"turn": 4}, Ledger())["turn"]] == [1, 5]


def test_the_one_record_shown_is_in_focus() -> None:
    assert after({}, shown(("customer", 1), ("contact", 3), ("contact", 4)))["focus"] == {"customer": 1}


def test_the_focus_outlives_a_turn_that_shows_nothing() -> None:
    assert after({"focus": {"customer": 1}}, Ledger())["focus"] == {"customer": 1}


def test_a_list_is_remembered_in_its_order() -> None:
    state = after({}, shown(("task", 2), ("task", 1)))
    assert (state["listed"], state["list"]) == ([["task", 2], ["task", 1]],) * 2


def test_a_single_record_shown_leaves_the_list_before() -> None:
    first = after({}, shown(("task", 2), ("task", 1)))
    state = after(first, shown(("task", 1)))
    assert (state["listed"], state["list"]) == ([["task", 1]], [["task", 2], ["task", 1]])


def test_a_long_list_is_cut() -> None:
    records = [("task", number) for number in range(1, LISTED_MAX + 20)]
    assert len(after({}, shown(*records))["listed"]) == LISTED_MAX


def test_what_was_written_is_in_focus_with_what_it_hangs_on(task: Record) -> None:
    assert after({}, Ledger(), changes=(change(CREATE, task),))["focus"] == {"task": 1, "customer": 1}


def test_what_was_deleted_is_out_of_focus(task: Record) -> None:
    assert "task" not in after({"focus": {"task": 1}}, Ledger(), changes=(change(DELETE, task),))["focus"]


def test_the_newest_write_is_remembered_with_its_calls(task: Record) -> None:
    ledger = Ledger(
        calls=[RanCall(tool="update_task", args={"tasks": [1]}, ok=True), RanCall(tool="no", args={}, ok=False)]
    )
    assert after({"turn": 1}, ledger, changes=(change(UPDATE, task),))["last"] == {
        "change_set": 9,
        "turn": 2,
        "records": [["task", 1, "update"]],
        "calls": [{"tool": "update_task", "args": {"tasks": [1]}}],
    }


def test_the_planner_may_put_a_record_in_focus() -> None:
    plan = Plan(steps=(), conversation_version=1, state={"focus": {"customer": 2}})
    assert after({"focus": {"customer": 1}}, Ledger(), plan=plan)["focus"] == {"customer": 2}


def test_a_question_stays_open_until_the_next_turn() -> None:
    asked = after({}, asking())
    assert asked["question"] == QUESTION
    assert asked["list"] == [["customer", 1], ["customer", 2]]
    assert after(asked, Ledger())["question"] is None


def test_a_question_survives_a_few_lookups() -> None:
    state = after({}, asking())
    ages = []
    for _ in range(SUSPENDED_FOR + 1):
        state = after(state, shown(("task", 1)))
        ages.append(state["question"] and state["question"]["suspended"])
    assert ages == [*range(1, SUSPENDED_FOR + 1), None]


def test_a_write_ends_an_open_question(task: Record) -> None:
    state = after(after({}, asking()), shown(("task", 1)), changes=(change(UPDATE, task),))
    assert state["question"] is None


def test_the_last_question_is_remembered_until_another(task: Record) -> None:
    state = after({}, shown(("task", 1)))
    assert state["asked"] == {"tool": "list_tasks", "args": {}}
    assert after(state, Ledger())["asked"] == {"tool": "list_tasks", "args": {}}
