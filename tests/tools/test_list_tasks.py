"""list_tasks: whose tasks, which, in what order."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.errors import RecordNotVisible
from tests.tools.world import World, at
from tools.base import ToolRefused
from tools.list_tasks import list_tasks

OWN = ["发送降噪报告", "打电话问进展", "联系柳静", "上门量机房", "写周报", "帮忙送样", "整理样机"]


def titles(world: World, **args: Any) -> list[str]:
    return [link.label for link in world.run(list_tasks, **args).answer.shown]


def test_a_rep_sees_its_own_open_tasks_by_due_time(world: World) -> None:
    assert titles(world) == OWN


def test_a_manager_sees_the_teams_with_names(world: World) -> None:
    ran = world.run(list_tasks, by="boss")
    assert "测循环泵" in ran.text
    assert "莫言秋" in ran.text


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ({"overdue": True}, ["发送降噪报告"]),
        ({"begin": at(3, 12, 0), "end": at(3, 13, 0)}, ["联系柳静", "上门量机房"]),
        ({"priority": "high"}, ["发送降噪报告"]),
        ({"words": ("样", "周报", "整理")}, ["整理样机", "写周报", "帮忙送样"]),
        ({"status": "done"}, ["寄样册"]),
        ({"status": "cancelled"}, []),
    ],
)
def test_filters(world: World, args: dict[str, Any], found: list[str]) -> None:
    assert titles(world, **args) == found


def test_of_a_customer_opportunity_or_lead(world: World) -> None:
    assert titles(world, customer=world["lake"]) == ["发送降噪报告", "上门量机房"]
    assert titles(world, opportunity=world["pool"]) == ["发送降噪报告"]
    assert titles(world, lead=world["ring"]) == ["联系柳静"]


def test_a_task_of_somebody_elses_customer_names_the_customer(world: World) -> None:
    assert "帮忙送样 | 礁石游泳馆" in world.run(list_tasks).text


def test_a_lead_is_named(world: World) -> None:
    assert "联系柳静 | 柳静" in world.run(list_tasks).text


def test_the_headline_names_the_period(world: World) -> None:
    ran = world.run(list_tasks, begin=at(3, 12, 0), end=at(3, 13, 0))
    assert ran.answer.text == "3月12日(周四)未完成待办共 2 条。"
    ran = world.run(list_tasks, language="en", begin=at(3, 9, 0), end=at(3, 16, 0))
    assert ran.answer.text.startswith("6 open tasks Mar 9 (Mon) to Mar 15 (Sun)")


def test_one_task_is_told_in_the_headline(world: World) -> None:
    assert world.run(list_tasks, overdue=True).answer.text == "有 1 条逾期待办: 3月10日(周二)17:00,发送降噪报告。"


def test_none_is_said(world: World) -> None:
    assert world.run(list_tasks, begin=at(5, 1, 0), end=at(5, 2, 0)).answer.text == "5月1日(周五)没有未完成待办。"


def test_a_rep_may_not_look_at_a_colleagues_tasks(world: World) -> None:
    with pytest.raises(ToolRefused, match="没有权限"):
        world.run(list_tasks, assignee=world["mo"])
    assert titles(world, by="boss", assignee=world["mo"]) == ["测循环泵"]


@pytest.mark.parametrize("about", [{"customer": "dune"}, {"opportunity": "hall"}])
def test_what_the_user_may_not_see_does_not_exist(world: World, about: dict[str, str]) -> None:
    given: dict[str, Any] = {kind: world[name] for kind, name in about.items()}
    with pytest.raises(RecordNotVisible):
        world.run(list_tasks, **given)
