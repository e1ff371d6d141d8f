"""purchase_history: orders and totals."""

from __future__ import annotations

import pytest

from crm_store.errors import RecordNotVisible
from tests.tools.world import World
from tools.purchase_history import purchase_history


def test_what_a_customer_bought_and_for_how_much(world: World) -> None:
    ran = world.run(purchase_history, customer=world["lake"])
    assert ran.answer.text == "湖光酒店有限公司共 2 笔采购,合计 10.2万: 控制柜K8、静音水泵P2。"
    assert "2025年6月1日(周日) | 静音水泵P2 | × 3 | 3.6万" in ran.text
    assert ran.answer.cards[1].footer == "合计 10.2万"


def test_in_english(world: World) -> None:
    ran = world.run(purchase_history, language="en", customer=world["lake"], begin="2026-01-01")
    assert ran.answer.text == "1 orders by 湖光酒店有限公司 from Jan 1 (Thu), in all CNY 66,000: 控制柜K8."


def test_of_a_product_over_all_customers(world: World) -> None:
    ran = world.run(purchase_history, by="boss", product=world["pump"])
    assert ran.answer.text == "「静音水泵P2」共 2 笔采购,合计 4.7万。"
    assert "礁石游泳馆" in ran.text


def test_a_rep_sees_its_own_customers_orders(world: World) -> None:
    assert "礁石" not in world.run(purchase_history).text


def test_none_is_said(world: World) -> None:
    assert world.run(purchase_history, customer=world["pine"]).answer.text == "松针食品有限公司没有采购记录。"


def test_somebody_elses_customer_does_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(purchase_history, customer=world["reef"])
