"""list_notes: the newest, by person, by words, by period."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.errors import RecordNotVisible
from tests.tools.world import World, at
from tools.base import ToolRefused
from tools.list_notes import list_notes


def ids(world: World, **args: Any) -> list[int]:
    return [link.id for link in world.run(list_notes, **args).answer.shown]


def test_newest_first(world: World) -> None:
    assert ids(world) == [world["noise"], world["hello"], world["boiler"]]


def test_by_customer_person_opportunity_author_and_period(world: World) -> None:
    assert ids(world, customer=world["lake"]) == [world["noise"], world["hello"]]
    assert ids(world, contact=world["zhou"]) == [world["noise"]]
    assert ids(world, opportunity=world["pool"]) == [world["noise"]]
    assert ids(world, by="boss", author=world["mo"]) == [world["swim"]]
    assert ids(world, begin=at(2, 1, 0), end=at(2, 2, 0)) == [world["hello"]]


def test_the_one_that_holds_most_of_the_words_comes_first(world: World) -> None:
    assert ids(world, by="boss", words=("噪音", "能耗")) == [world["swim"], world["noise"]]


def test_words_are_found_in_details_too(world: World) -> None:
    assert ids(world, words=("40万",)) == [world["noise"]]


def test_the_latest_is_told_in_the_headline(world: World) -> None:
    answer = world.run(list_notes, customer=world["lake"], latest=True).answer
    assert answer.text == "湖光酒店有限公司 3月5日(周四)14:00的沟通: 周岚说夜里水泵噪音大,要先看降噪报告。"
    assert len(answer.shown) == 1


def test_in_english(world: World) -> None:
    ran = world.run(list_notes, language="en", customer=world["lake"])
    assert ran.answer.text == "2 notes (湖光酒店有限公司):"
    assert "Attendees: 周岚" in ran.text


def test_none_is_said(world: World) -> None:
    assert world.run(list_notes, words=("火星",)).answer.text == "没有找到提到「火星」的纪要。"


def test_a_colleagues_notes_are_refused(world: World) -> None:
    with pytest.raises(ToolRefused):
        world.run(list_notes, author=world["mo"])
    with pytest.raises(RecordNotVisible):
        world.run(list_notes, customer=world["reef"])
