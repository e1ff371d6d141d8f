"""pipeline_figures: measures, groups, periods, chart."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.world import World
from tools.base import ToolRefused
from tools.pipeline_figures import pipeline_figures


@pytest.mark.parametrize(
    ("args", "text"),
    [
        ({}, "在跟商机金额: 56.55万(共 4 个)。"),
        ({"measure": "count"}, "在跟商机数量: 4 个。"),
        ({"measure": "weighted"}, "在跟商机加权金额: 296,550元(共 4 个)。"),
        ({"measure": "average"}, "在跟商机平均金额: 18.85万(共 4 个)。"),
        ({"measure": "win_rate"}, "已结束商机赢单率: 50%(共 2 个)。"),
        ({"closing_to": "2026-03-31"}, "预计3月31日(周二)及以前签约的在跟商机金额: 36万(共 1 个)。"),
        ({"status": "won", "closed_from": "2026-03-01"}, "没有3月1日(周日)起结束的赢单商机。"),
        ({"language": "en"}, "Amount of open opportunities: CNY 565,500 (4 in all)."),
    ],
)
def test_measures_over_all(world: World, args: dict[str, Any], text: str) -> None:
    assert world.run(pipeline_figures, by="boss", **args).answer.text == text


@pytest.mark.parametrize(
    ("group", "labels", "values"),
    [
        ("stage", ("初谈", "试用", "报价"), (125500, 80000, 360000)),
        ("owner", ("林舟", "莫言秋"), (485500, 80000)),
        ("customer", ("湖光酒店有限公司", "礁石游泳馆", "松针食品有限公司"), (485500, 80000, 0)),
        ("product", ("静音水泵P2", "控制柜K8", "未填"), (440000, 205500, 0)),
        ("month", ("2026年3月", "2026年4月", "2026年5月", "未填"), (360000, 80000, 125500, 0)),
        ("industry", ("酒店", "体育", "食品加工"), (485500, 80000, 0)),
        ("region", ("苏州", "无锡"), (565500, 0)),
    ],
)
def test_groups(world: World, group: str, labels: tuple[str, ...], values: tuple[int, ...]) -> None:
    ran = world.run(pipeline_figures, by="boss", group_by=group)
    chart = ran.answer.cards[0].chart
    assert chart is not None
    assert (chart.labels, chart.values, chart.unit) == (labels, tuple(map(float, values)), "元")


def test_the_people_asked_about_are_all_there(world: World) -> None:
    owners = (world["lin"], world["mo"], world["boss"])
    ran = world.run(pipeline_figures, by="boss", owners=owners, group_by="owner")
    assert "按负责人: 林舟 48.55万、莫言秋 8万、古月 0元。" in ran.answer.text
    assert [link.type for link in ran.answer.shown] == ["user"] * 3


def test_a_funnel_has_every_open_stage_in_order(world: World) -> None:
    chart = world.run(pipeline_figures, customer=world["pine"], funnel=True, measure="count").answer.cards[0].chart
    assert chart is not None
    assert (chart.kind, chart.labels, chart.values) == ("funnel", ("初谈", "试用", "报价"), (0.0, 1.0, 0.0))


def test_the_win_rate_by_owner_is_in_percent(world: World) -> None:
    chart = world.run(pipeline_figures, measure="win_rate", group_by="owner").answer.cards[0].chart
    assert chart is not None
    assert (chart.values, chart.unit) == ((50.0,), "%")


def test_of_a_product_and_of_stages(world: World) -> None:
    assert "20.55万" in world.run(pipeline_figures, by="boss", product=world["panel"]).answer.text
    assert "48.55万" in world.run(pipeline_figures, stages=(world["offer"], world["meet"])).answer.text


def test_a_rep_sees_its_own_and_no_colleagues(world: World) -> None:
    assert "48.55万" in world.run(pipeline_figures).answer.text
    with pytest.raises(ToolRefused, match="莫言秋"):
        world.run(pipeline_figures, owners=(world["mo"],))
