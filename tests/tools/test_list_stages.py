"""list_stages: the pipeline in order."""

from __future__ import annotations

from tests.tools.world import World
from tools.list_stages import list_stages


def test_stages_in_order_with_their_probabilities(world: World) -> None:
    ran = world.run(list_stages)
    assert ran.answer.text == "销售阶段: 初谈 → 试用 → 报价 → 成交 / 丢单"
    assert "报价 | 70%" in ran.text
    assert world.run(list_stages, language="en").answer.text.startswith("Pipeline: ")
