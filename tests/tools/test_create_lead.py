"""create_lead: what it stores, and duplicates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.world import World
from tools.base import ToolRefused
from tools.create_lead import create_lead


def test_it_creates_a_new_lead_of_the_user(world: World) -> None:
    ran = world.run(create_lead, name="蓝天", company="云上农庄", phone="19900000021", source="转介绍")
    after: Any = ran.only.after
    assert (after.name, after.status, after.owner_id) == ("蓝天", "new", world["lin"])
    for shown in ("已新建线索「蓝天」", "云上农庄", "19900000021", "转介绍", "新线索"):
        assert shown in ran.text


@pytest.mark.parametrize(
    "args", [{"name": "别人", "phone": "19900000009"}, {"name": "柳静", "company": "环湖乐园"}, {"name": ""}]
)
def test_one_that_exists_or_has_no_name_is_refused(world: World, args: dict[str, Any]) -> None:
    with pytest.raises(ToolRefused):
        world.run(create_lead, **args)


def test_a_namesake_of_another_company_is_somebody_else(world: World) -> None:
    assert world.run(create_lead, name="柳静", company="山外乐园").changes
    assert world.run(create_lead, name="柳静", company="环湖乐园", allow_duplicate=True).changes
