"""Taking back by name: of several changes the one whose field, kind or record the words tell, not merely the newest."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant.world import Talk, only_change

REPRICED = "枫桥琴房更新的金额改成36万"
TAKEN_BACK: tuple[tuple[str, str, str, str, str, Any], ...] = (
    ("云岫剧院的等级改成B", REPRICED, "等级那个撤回", "customer", "level", "A"),
    ("枫桥琴房更新推进到报价", "寄保修条款改到下周一上午九点", "阶段退回去", "opportunity", "stage", "trial"),
    (
        "寄保修条款改到下周一上午九点", "约调律师上门改到下周二上午九点", "寄保修条款那条还原",
        "task", "due_at", "2026-05-14T15:00:00+08:00",
    ),
    ("寄保修条款标成高优先级", REPRICED, "优先级那个撤销", "task", "priority", "normal"),
    ("祁知夏的手机改成13700000051", REPRICED, "电话改回去", "contact", "phone", "13700000001"),
    (
        "云岫音乐厅三角琴的签约日改到8月1日", REPRICED, "签约日恢复原来的",
        "opportunity", "expected_close_date", "2026-07-15",
    ),
)  # fmt: skip
"""An older change, a newer one, the words, and what the older one's record has again."""


@pytest.mark.parametrize(("older", "newer", "said", "kind", "field", "value"), TAKEN_BACK)
async def test_the_change_that_is_named_is_taken_back(
    chat: Talk, older: str, newer: str, said: str, kind: str, field: str, value: Any
) -> None:
    changed = only_change(await chat.say(older), "update", kind)
    assert changed[field] != value
    await chat.say(newer)
    assert only_change(await chat.say(said), "update", kind)[field] == value


@pytest.mark.parametrize("said", ["撤销", "撤回刚才那个", "undo"])
async def test_the_newest_is_taken_back_where_none_is_named(chat: Talk, said: str) -> None:
    await chat.say("云岫剧院的等级改成B")
    await chat.say(REPRICED)
    assert only_change(await chat.say(said), "update", "opportunity")["amount"] == 320000


async def test_a_task_that_was_made_is_taken_away_by_its_title(chat: Talk) -> None:
    await chat.say("明天下午四点提醒我给枫桥送琴谱")
    await chat.say(REPRICED)
    assert only_change(await chat.say("送琴谱那个提醒撤销"), "delete", "task")["title"] == "送琴谱"


async def test_a_label_that_was_stuck_on_is_taken_off(chat: Talk) -> None:
    await chat.say("青禾幼儿园打个标签:暑期")
    await chat.say(REPRICED)
    assert not only_change(await chat.say("标签那个撤了"), "update", "customer").get("tags")
