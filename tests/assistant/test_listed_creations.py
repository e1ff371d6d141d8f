"""Creations told as lists: one record of labelled values, or of bare items in their order, and nothing beside it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant.world import Talk, only_change

LISTED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "新建联系人:单位云岫剧院,姓名霍千寻,职务票务经理,邮箱huo@yunxiu.cn", "contact",
        {"customer": "云岫剧院有限公司", "name": "霍千寻", "title": "票务经理", "email": "huo@yunxiu.cn"},
    ),
    (
        "云岫新来的灯光主任叫席慕白,电话13700000084,录一下", "contact",
        {"customer": "云岫剧院有限公司", "name": "席慕白", "title": "灯光主任", "phone": "13700000084"},
    ),
    (
        "登记一条线索:公司 江阴和鸣琴行,联系人 邵一诺,电话 13700000082,来源 展会", "lead",
        {"company": "江阴和鸣琴行", "name": "邵一诺", "phone": "13700000082", "source": "展会"},
    ),
    (
        "线索:高淳丝竹学堂 卞秋水 13700000083 转介绍", "lead",
        {"company": "高淳丝竹学堂", "name": "卞秋水", "phone": "13700000083", "source": "转介绍"},
    ),
    (
        "新建商机,枫桥,名称 音乐楼三角琴,金额 33.6万,预计 10月30日签", "opportunity",
        {"customer": "枫桥艺术学校", "name": "音乐楼三角琴", "amount": 336000, "expected_close_date": "2026-10-30"},
    ),
    (
        "客户新增一家:宜兴听雨琴行有限公司,在宜兴,C级,电话0510-88880000", "customer",
        {"name": "宜兴听雨琴行有限公司", "region": "宜兴", "level": "C", "phone": "0510-88880000"},
    ),
)  # fmt: skip
"""The message, and what the one record made of it has."""


@pytest.mark.parametrize(("said", "kind", "fields"), LISTED)
async def test_one_record_has_all_that_is_listed(chat: Talk, said: str, kind: str, fields: dict[str, Any]) -> None:
    record = only_change(await chat.say(said), "create", kind)
    assert {field: record[field] for field in fields} == fields


async def test_an_order_behind_the_list_is_no_item_of_it(chat: Talk) -> None:
    reply = await chat.say("线索:高淳丝竹学堂 卞秋水 13700000083 转介绍,另外明天上午十点提醒我给云岫送样册")
    made = {c["type"]: c["record"] for c in reply.changes}
    assert set(made) == {"lead", "task"}
    assert (made["task"]["customer"], made["task"]["due_at"][:16]) == ("云岫剧院有限公司", "2026-05-14T10:00")
