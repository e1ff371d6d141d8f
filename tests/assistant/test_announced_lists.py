"""Announced lists of commands (两件事 …): each part is done, and none takes words from the part before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant.world import Talk, changed

Expected = dict[tuple[str, str], dict[str, Any]]
TOLD: tuple[tuple[str, Expected], ...] = (
    (
        "有三个事:第一,寄保修条款改到下周一上午九点;第二,云岫升成C级;第三,周六上午十点提醒我去枫桥听课",
        {
            ("update", "task"): {"title": "寄保修条款", "due_at": "2026-05-18T09:00:00+08:00"},
            ("update", "customer"): {"name": "云岫剧院有限公司", "level": "C"},
            ("create", "task"): {"customer": "枫桥艺术学校", "due_at": "2026-05-16T10:00:00+08:00"},
        },
    ),
    (
        "说两个事啊 头一个 约调律师上门取消掉 第二个 青禾幼儿园打个标签:暑期",
        {
            ("update", "task"): {"title": "约调律师上门", "status": "cancelled"},
            ("update", "customer"): {"name": "青禾幼儿园", "tags": ["暑期"]},
        },
    ),
    (
        "就两件 祁知夏的手机改成13700000071 还有 下周二上午九点提醒我给她打电话",
        {
            ("update", "contact"): {"name": "祁知夏", "phone": "13700000071"},
            ("create", "task"): {"customer": "枫桥艺术学校", "due_at": "2026-05-19T09:00:00+08:00"},
        },
    ),
    (
        "两件事,先把寄保修条款勾掉,再看看云岫现在什么情况",
        {("update", "task"): {"title": "寄保修条款", "status": "done"}},
    ),
    (
        "跟你说两件事:一是枫桥琴房更新金额改成35万,二是云岫升成B级",
        {
            ("update", "opportunity"): {"name": "枫桥琴房更新", "amount": 350000},
            ("update", "customer"): {"name": "云岫剧院有限公司", "level": "B"},
        },
    ),
    (
        "两件事,第一件枫桥琴房更新推进到报价,第二件约调律师上门改到下周三上午九点",
        {
            ("update", "opportunity"): {"name": "枫桥琴房更新", "stage": "offer"},
            ("update", "task"): {"title": "约调律师上门", "due_at": "2026-05-20T09:00:00+08:00"},
        },
    ),
)
"""The message, and for each change what its record then has."""


@pytest.mark.parametrize(("said", "expected"), TOLD)
async def test_every_part_of_the_list_is_done(chat: Talk, said: str, expected: Expected) -> None:
    reply = await chat.say(said)
    assert changed(reply) == sorted(expected)
    records = {(c["op"], c["type"]): c["record"] for c in reply.changes}
    assert {what: {f: records[what][f] for f in fields} for what, fields in expected.items()} == expected


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("三件事啊头一个枫桥升成A级再一个云岫升成B级还有一个青禾幼儿园升成B级", ["customer", "customer", "customer"]),
        ("两件事啊头一个寄保修条款勾掉再一个云岫升成B级", ["customer", "task"]),
        ("有两件事头一个把约调律师上门取消还有一个青禾幼儿园升成B级", ["customer", "task"]),
    ],
)
async def test_a_list_told_in_one_breath_is_taken_apart(chat: Talk, said: str, kinds: list[str]) -> None:
    assert changed(await chat.say(said)) == [("update", kind) for kind in kinds]


async def test_a_question_in_the_list_is_answered_beside_the_write(chat: Talk) -> None:
    reply = await chat.say("两件事,先把寄保修条款勾掉,再看看云岫现在什么情况")
    assert [ran.tool for ran in reply.calls] == ["set_task_status", "customer_360"]
