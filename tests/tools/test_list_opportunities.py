"""list_opportunities: filters, order, count and sums."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.errors import RecordNotVisible
from tests.tools.world import World
from tools.base import ToolRefused
from tools.list_opportunities import list_opportunities


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ({}, ["湖光泳池改造", "湖光消防泵", "松针灌装线"]),
        ({"closing_to": "2026-03-31"}, ["湖光泳池改造"]),
        ({"closing_from": "2026-04-01"}, ["湖光消防泵"]),
        ({"amount_min": 130000}, ["湖光泳池改造"]),
        ({"amount_max": 130000}, ["湖光消防泵"]),
        ({"order": "amount"}, ["湖光泳池改造", "湖光消防泵", "松针灌装线"]),
        ({"order": "stage"}, ["湖光泳池改造", "松针灌装线", "湖光消防泵"]),
        ({"status": "won"}, ["湖光一期"]),
        ({"status": "lost"}, ["松针锅炉"]),
        ({"status": "closed", "closed_from": "2026-02-01"}, ["湖光一期"]),
        ({"limit": 1}, ["湖光泳池改造"]),
    ],
)
def test_filters_and_order(world: World, args: dict[str, Any], found: list[str]) -> None:
    assert [link.label for link in world.run(list_opportunities, **args).answer.shown] == found


def test_by_product_and_stage(world: World) -> None:
    args: dict[str, Any] = {"by": "boss", "product": world["panel"]}
    assert [link.label for link in world.run(list_opportunities, **args).answer.shown] == ["礁石循环泵", "湖光消防泵"]
    args = {"by": "boss", "stages": (world["test"],)}
    assert [link.label for link in world.run(list_opportunities, **args).answer.shown] == ["礁石循环泵", "松针灌装线"]


def test_count_sum_and_weighted_sum(world: World) -> None:
    ran = world.run(list_opportunities)
    assert ran.answer.text == "在跟商机共 3 个,合计 48.55万。"
    assert ran.answer.cards[0].footer == "合计 48.55万,按阶段加权 264,550元"


def test_the_sum_is_over_all_even_when_the_list_is_cut(world: World) -> None:
    assert world.run(list_opportunities, limit=1).answer.text == "在跟商机共 3 个,合计 48.55万,列出前 1 个。"


def test_in_english(world: World) -> None:
    ran = world.run(list_opportunities, language="en", customer=world["lake"], closing_to="2026-03-31")
    expected = "1 open opportunities for 湖光酒店有限公司 expected to close by Mar 31 (Tue), in all CNY 360,000."
    assert ran.answer.text == expected


def test_none_is_said(world: World) -> None:
    ran = world.run(list_opportunities, amount_min=9000000)
    assert ran.answer.text == "没有找到在跟商机。"
    assert ran.answer.shown == ()


def test_owners_are_shown_where_they_differ(world: World) -> None:
    assert "莫言秋" in world.run(list_opportunities, by="boss").text
    assert "林舟" not in world.run(list_opportunities).text


def test_a_colleagues_opportunities_are_refused(world: World) -> None:
    with pytest.raises(ToolRefused, match="莫言秋"):
        world.run(list_opportunities, owner=world["mo"])


def test_somebody_elses_customer_does_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(list_opportunities, customer=world["reef"])
