"""Statements that complete tasks: said to be over, a task is ticked off; not so where it is open, asked or wished."""

from __future__ import annotations

import pytest

from tests.assistant.world import Talk, only_change


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("保修条款寄出去了", "寄保修条款"),
        ("枫桥那边保修条款已经寄了", "寄保修条款"),
        ("寄保修条款的事办妥了", "寄保修条款"),
        ("调律师已经约好上门了", "约调律师上门"),
        ("跟裴总监那边约调律师上门的事搞定了", "约调律师上门"),
        ("云岫的调律师我约完了", "约调律师上门"),
    ],
)
async def test_what_is_said_to_be_over_is_ticked_off(chat: Talk, said: str, title: str) -> None:
    task = only_change(await chat.say(said), "update", "task")
    assert (task["title"], task["status"]) == (title, "done")


@pytest.mark.parametrize(
    "said",
    [
        "保修条款还没寄",
        "保修条款寄了吗",
        "要是保修条款寄了就好了",
        "保修条款寄了没有",
        "调律师还没约好上门",
        "调律师约好上门了吗",
    ],
)
async def test_what_is_open_asked_or_wished_stays_open(chat: Talk, said: str) -> None:
    assert (await chat.say(said)).changes == ()
    assert {task.status for task in chat.all("task")} == {"open"}
