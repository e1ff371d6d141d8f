"""list_leads: filters, one lead, one topic."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.errors import RecordNotVisible
from tests.tools.world import World
from tools.base import ToolRefused
from tools.list_leads import list_leads


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ({}, ["石头", "柳静"]),
        ({"unowned": True}, ["石头"]),
        ({"source": "展会"}, ["柳静"]),
        ({"query": "乐园"}, ["柳静"]),
        ({"status": "converted"}, []),
    ],
)
def test_filters(world: World, args: dict[str, Any], found: list[str]) -> None:
    assert [link.label for link in world.run(list_leads, **args).answer.shown] == found


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        (None, "线索 柳静(环湖乐园): 新线索,电话 19900000009。"),
        ("phone", "柳静(环湖乐园)的电话: 19900000009"),
        ("owner", "柳静(环湖乐园)的负责人: 林舟"),
        ("status", "柳静(环湖乐园)的状态: 新线索"),
    ],
)
def test_one_lead_by_topic(world: World, topic: str | None, text: str) -> None:
    assert world.run(list_leads, lead=world["ring"], topic=topic).answer.text == text


def test_what_is_not_on_record_is_said(world: World) -> None:
    ran = world.run(list_leads, language="en", lead=world["free"], topic="phone")
    assert ran.answer.text == "The phone of 石头 (山脚民宿) is not on record."


def test_none_is_said(world: World) -> None:
    assert world.run(list_leads, status="qualified").answer.text == "没有已确认的线索。"


def test_somebody_elses_leads_are_hidden(world: World) -> None:
    assert [link.label for link in world.run(list_leads, by="far").answer.shown] == ["石头"]
    with pytest.raises(RecordNotVisible):
        world.run(list_leads, by="far", lead=world["ring"])
    with pytest.raises(ToolRefused):
        world.run(list_leads, by="far", owner=world["lin"])
