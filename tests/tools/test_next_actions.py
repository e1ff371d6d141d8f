"""next_actions: the deals that need somebody first, each with its reason and what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm_store.errors import StoreError
from tests.tools.world import World, at
from tools.base import ToolRefused
from tools.next_actions import next_actions


def names(world: World, **args: Any) -> list[str]:
    (card,) = world.run(next_actions, **args).answer.cards
    return [row.cells[0] for row in card.rows]


def test_a_broken_promise_comes_first(world: World) -> None:
    assert names(world)[0] == "湖光泳池改造"


def test_each_deal_has_a_reason_and_a_thing_to_do(world: World) -> None:
    (card,) = world.run(next_actions).answer.cards
    first = card.rows[0]
    assert "待办「发送降噪报告」已逾期" in first.cells[4]
    assert first.cells[5].startswith("先把逾期的「发送降噪报告」补上")
    assert first.link is not None
    assert (first.link.type, first.link.id) == ("opportunity", world["pool"])


def test_a_close_date_that_has_passed_presses(world: World) -> None:
    deal = {"name": "松针冷库", "customer_id": world["pine"], "stage_id": world["meet"], "owner_id": world["lin"]}
    world.add("late", "opportunity", **deal, expected_close_date=date(2026, 3, 1), product_ids=())
    (card,) = world.run(next_actions).answer.cards
    (row,) = [row for row in card.rows if row.cells[0] == "松针冷库"]
    assert "预计签约日已过 10 天" in row.cells[4]


def test_silence_is_counted_from_the_last_contact(world: World) -> None:
    (card,) = world.run(next_actions).answer.cards
    (row,) = [row for row in card.rows if row.cells[0] == "松针灌装线"]
    assert "已经 62 天没有沟通" in row.cells[4]


def test_so_many_as_asked_for(world: World) -> None:
    assert len(names(world, limit=1)) == 1


def test_only_the_own_open_deals(world: World) -> None:
    assert set(names(world)) == {"湖光泳池改造", "湖光消防泵", "松针灌装线"}


def test_a_manager_asks_for_somebody_of_the_team(world: World) -> None:
    ran = world.run(next_actions, by="boss", owner=world["mo"])
    assert ran.answer.text.startswith("莫言秋有 1 个在跟商机")


def test_a_rep_does_not_see_a_colleagues(world: World) -> None:
    with pytest.raises((ToolRefused, StoreError)):
        world.run(next_actions, owner=world["mo"])


def test_without_deals_it_says_so(world: World) -> None:
    assert world.run(next_actions, by="far").answer.text == "您没有在跟的商机。"


def test_in_english(world: World) -> None:
    world.add("word", "note", customer_id=world["pine"], author_id=world["lin"], occurred_at=at(3, 10), summary="聊过")
    ran = world.run(next_actions, language="en")
    assert ran.answer.text.startswith("Your open deals: 3.")
    assert "is overdue" in ran.text
