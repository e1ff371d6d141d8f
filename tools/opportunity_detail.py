"""The tool that shows one opportunity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from crm_store.queries_records import NoteFilter, TaskFilter, notes, tasks
from crm_store.records import Note, Opportunity, Stage, Task
from tools.base import Args, Effect, OpportunityRef, ToolContext, View, tool
from tools.cards import Answer, Card, Fact
from tools.fields import facts_of, field_of
from tools.listing import note_card, shown, task_card
from tools.naming import Names, link_to, names_for
from tools.wording import day, money

NOTES = 3
_FIELDS = {
    "stage": "stage_id",
    "amount": "amount",
    "close_date": "expected_close_date",
    "owner": "owner_id",
    "products": "product_ids",
    "customer": "customer_id",
    "lost_reason": "lost_reason",
}


Topic = Literal["all", "stage", "amount", "close_date", "owner", "products", "customer", "lost_reason"]


class OpportunityDetail(Args):
    """Arguments of opportunity_detail."""

    opportunity: OpportunityRef = Field(description="商机 (opportunity)")
    topic: Topic | None = Field(
        default=None, description="问的是什么: 阶段、金额、签约日期、负责人、产品、客户、输单原因 (what is asked)"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class OpportunityView:
    """One opportunity with its stage, newest notes and open tasks."""

    opportunity: Opportunity
    topic: str
    stage: Stage
    notes: tuple[Note, ...]
    tasks: tuple[Task, ...]
    names: Names

    def render(self, view: View) -> Answer:
        """The answer to show: the headline answers the topic."""
        cards = [self._basics(view)]
        if self.topic == "all" and self.notes:
            cards.append(note_card(view.say("最近纪要", "Latest notes"), self.notes, self.names, view, customers=False))
        if self.topic == "all" and self.tasks:
            cards.append(task_card(view.say("待办", "Tasks"), self.tasks, self.names, view, customers=False))
        return Answer(text=self._headline(view), cards=tuple(cards), shown=shown(*cards))

    def _basics(self, view: View) -> Card:
        deal = self.opportunity
        facts = facts_of("opportunity", deal, self.names, view)[1:]
        chance = Fact(label=view.say("成功率", "probability"), value=f"{self.stage.probability}%")
        return Card(title=deal.name, link=link_to("opportunity", deal, self.names), facts=(*facts, chance))

    def _headline(self, view: View) -> str:
        deal = self.opportunity
        if self.topic == "all":
            return self._overview(view)
        field = field_of("opportunity", "closed_on" if self._asks_when_closed() else _FIELDS[self.topic])
        assert field is not None
        value = field.text(deal, self.names, view)
        label = field.label(view)
        if not value:
            return view.say(f"没有登记「{deal.name}」的{label}。", f"The {label} of “{deal.name}” is not on record.")
        if self.topic == "stage":
            chance = self.stage.probability
            en = f"“{deal.name}” is in “{value}” ({chance}%)."
            return view.say(f"「{deal.name}」在「{value}」阶段({chance}%)。", en)
        return view.say(f"「{deal.name}」的{label}: {value}", f"“{deal.name}”, {label}: {value}")

    def _asks_when_closed(self) -> bool:
        return self.topic == "close_date" and self.opportunity.closed_on is not None

    def _overview(self, view: View) -> str:
        deal = self.opportunity
        when = deal.closed_on or deal.expected_close_date
        closed = deal.closed_on is not None
        parts = [self.names.of("customer", deal.customer_id), self.stage.name, money(deal.amount, view)]
        if when is not None:
            verb = view.say("结束于 " if closed else "预计 ", "closed " if closed else "expected ")
            parts.append(verb + day(when, view) + view.say("" if closed else "签约", ""))
        return f"{deal.name}: " + view.say(",", ", ").join(part for part in parts if part) + view.say("。", ".")


@tool(args=OpportunityDetail, effect=Effect.READ)
def opportunity_detail(ctx: ToolContext, args: OpportunityDetail) -> OpportunityView:
    """查一个商机:阶段、金额、预计签约日、产品、输单原因. Show one opportunity, its notes and open tasks."""
    deal = ctx.crm.opportunities.require(args.opportunity)
    whole = args.topic in (None, "all")
    found_notes = tuple(notes(ctx.crm, NoteFilter(opportunity=deal.id), limit=NOTES)) if whole else ()
    found_tasks = tuple(tasks(ctx.crm, TaskFilter(opportunity=deal.id))) if whole else ()
    return OpportunityView(
        opportunity=deal,
        topic=args.topic or "all",
        stage=ctx.crm.stages.require(deal.stage_id),
        notes=found_notes,
        tasks=found_tasks,
        names=names_for(ctx, (deal, *found_notes, *found_tasks)),
    )
