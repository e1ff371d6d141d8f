"""log_interaction: a call now, a visit yesterday, nothing of tomorrow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.world import NOW, World, at
from tools.base import ToolRefused
from tools.log_interaction import log_interaction


def test_it_is_logged_now_by_the_user(world: World) -> None:
    ran = world.run(log_interaction, customer=world["lake"], kind="call", summary="约了下周")
    after: Any = ran.only.after
    assert (after.user_id, after.occurred_at) == (world["lin"], NOW)
    assert "方式: 电话" in ran.text


def test_the_time_may_be_given_but_not_in_the_future(world: World) -> None:
    args: dict[str, Any] = {"customer": world["lake"], "kind": "visit", "summary": "看现场"}
    ran = world.run(log_interaction, language="en", occurred_at=at(3, 10), **args)
    assert "kind: visit" in ran.text
    with pytest.raises(ToolRefused):
        world.run(log_interaction, occurred_at=at(3, 12), **args)
