"""The tool that names the stages of the pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from crm_store.records import Stage
from tools.base import Args, Effect, ToolContext, View, tool
from tools.cards import Answer, Card, Row
from tools.naming import Names, link_to

_NONE = Names()


class ListStages(Args):
    """list_stages takes no arguments."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StageList:
    """The stages in order."""

    items: tuple[Stage, ...]

    def render(self, view: View) -> Answer:
        """The answer to show."""
        names = " → ".join(item.name for item in self.items if not item.is_closed)
        closed = " / ".join(item.name for item in self.items if item.is_closed)
        rows = tuple(
            Row(cells=(item.name, f"{item.probability}%"), link=link_to("stage", item, _NONE)) for item in self.items
        )
        card = Card(title="", columns=(view.say("阶段", "stage"), view.say("成功率", "probability")), rows=rows)
        return Answer(text=view.say(f"销售阶段: {names} → {closed}", f"Pipeline: {names} → {closed}"), cards=(card,))


@tool(args=ListStages, effect=Effect.READ)
def list_stages(ctx: ToolContext, args: ListStages) -> StageList:
    """查销售阶段. Name the stages of the pipeline and their probabilities."""
    return StageList(items=tuple(ctx.crm.stages.in_order()))
