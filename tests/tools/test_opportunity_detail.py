"""opportunity_detail: the sentence answers the topic."""

from __future__ import annotations

import pytest

from crm_store.errors import RecordNotVisible
from tests.tools.world import World
from tools.opportunity_detail import opportunity_detail


@pytest.mark.parametrize(
    ("deal", "topic", "text"),
    [
        ("pool", "stage", "「湖光泳池改造」在「报价」阶段(70%)。"),
        ("pool", "amount", "「湖光泳池改造」的金额: 36万"),
        ("pool", "close_date", "「湖光泳池改造」的预计签约: 3月31日(周二)"),
        ("pool", "owner", "「湖光泳池改造」的负责人: 林舟"),
        ("pool", "products", "「湖光泳池改造」的产品: 静音水泵P2"),
        ("pool", "customer", "「湖光泳池改造」的客户: 湖光酒店有限公司"),
        ("gone", "lost_reason", "「松针锅炉」的输单原因: 价格"),
        ("old", "close_date", "「湖光一期」的结束日期: 2月3日(周二)"),
        ("line", "amount", "没有登记「松针灌装线」的金额。"),
    ],
)
def test_a_topic_is_answered_first(world: World, deal: str, topic: str, text: str) -> None:
    assert world.run(opportunity_detail, opportunity=world[deal], topic=topic).answer.text == text


def test_all_has_notes_and_tasks(world: World) -> None:
    ran = world.run(opportunity_detail, opportunity=world["pool"])
    assert ran.answer.text == "湖光泳池改造: 湖光酒店有限公司,报价,36万,预计 3月31日(周二)签约。"
    assert "降噪报告" in ran.text
    assert "发送降噪报告" in ran.text
    assert [link.type for link in ran.answer.shown] == ["opportunity", "note", "task"]


def test_in_english(world: World) -> None:
    ran = world.run(opportunity_detail, language="en", opportunity=world["pool"])
    assert ran.answer.text == "湖光泳池改造: 湖光酒店有限公司, 报价, CNY 360,000, expected Mar 31 (Tue)."


def test_somebody_elses_does_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(opportunity_detail, opportunity=world["hall"])
