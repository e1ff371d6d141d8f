"""The tool that says which open deals need somebody first, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from crm_store.queries_customers import last_contacts
from crm_store.queries_records import OpportunityFilter, TaskFilter, opportunities, tasks
from crm_store.records import Opportunity, Task
from tools.advice import DealFacts, Point, points, urgency
from tools.asking import covered
from tools.base import Args, Effect, ToolContext, UserRef, View, tool
from tools.cards import Answer, Card, Row
from tools.listing import shown
from tools.naming import names_for
from tools.wording import listed, money

MOST = 10


class NextActions(Args):
    """Arguments of next_actions."""

    owner: UserRef | None = Field(default=None, description="谁的商机,默认自己的 (whose deals; default mine)")
    limit: int = Field(default=5, ge=1, le=MOST, description="列几个 (how many)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Advised:
    """One deal with what should be done about it, what presses most first."""

    facts: DealFacts
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionList:
    """The deals that need somebody, the most urgent first; `count` is how many open ones there are."""

    items: tuple[Advised, ...]
    count: int
    owner: str

    def render(self, view: View) -> Answer:
        """The answer to show: one row a deal, with the reason and the thing to do."""
        who_zh, who_en = (self.owner, f"{self.owner}'s ") if self.owner else ("您", "Your ")
        if not self.items:
            return Answer(text=view.say(f"{who_zh}没有在跟的商机。", f"{who_en}open deals: none."))
        columns = ("商机", "客户", "阶段", "金额", "原因", "先做什么")
        if view.language == "en":
            columns = ("opportunity", "customer", "stage", "amount", "why", "do first")
        card = Card(title="", columns=columns, rows=tuple(_row(item, view) for item in self.items))
        zh = f"{who_zh}有 {self.count} 个在跟商机,建议先处理这 {len(self.items)} 个:"
        en = f"{who_en}open deals: {self.count}. These {len(self.items)} first:"
        return Answer(text=view.say(zh, en), cards=(card,), shown=shown(card))


def _row(item: Advised, view: View) -> Row:
    facts, pressing = item.facts, [point for point in item.points if point.reason_zh]
    why = listed([view.say(point.reason_zh, point.reason_en) for point in pressing[:3]], view)
    first = view.say(item.points[0].zh, item.points[0].en) if item.points else ""
    cells = (facts.deal.name, facts.customer, facts.stage.name, money(facts.deal.amount, view), why, first)
    return Row(cells=cells, link=facts.link)


@tool(args=NextActions, effect=Effect.READ)
def next_actions(ctx: ToolContext, args: NextActions) -> ActionList:
    """在跟商机里先跟哪几个、为什么、先做什么. Which open deals to work on first, why, and what to do about each."""
    if args.owner is not None:
        covered(ctx, (args.owner,))
    owner = args.owner if args.owner is not None else ctx.crm.principal.user_id
    found = opportunities(ctx.crm, OpportunityFilter(owners=(owner,)))
    advised = sorted(_advised(ctx, found), key=lambda item: (-urgency(item.points, item.facts), item.facts.deal.id))
    mine = owner == ctx.crm.principal.user_id
    name = "" if mine else ctx.crm.users.require(owner).name
    return ActionList(items=tuple(advised[: args.limit]), count=len(found), owner=name)


def _advised(ctx: ToolContext, found: Sequence[Opportunity]) -> list[Advised]:
    """Each deal with its points, from a handful of queries however many deals there are."""
    if not found:
        return []
    stages = {stage.id: stage for stage in ctx.crm.stages.in_order()}
    talked = last_contacts(ctx.crm, list({deal.customer_id for deal in found}))
    to_do = tasks(ctx.crm, TaskFilter())
    names = names_for(ctx, found, known=stages.values())
    today = ctx.now.date()
    made = []
    for deal in found:
        last = talked.get(deal.customer_id)
        facts = DealFacts(
            deal=deal,
            customer=names.of("customer", deal.customer_id),
            stage=stages[deal.stage_id],
            today=today,
            quiet_days=None if last is None else (today - last.astimezone(ctx.view.zone).date()).days,
            tasks=tuple(task for task in to_do if _is_of(task, deal)),
            knows_people=False,
        )
        made.append(Advised(facts=facts, points=tuple(points(facts, ctx.view))))
    return made


def _is_of(task: Task, deal: Opportunity) -> bool:
    if task.opportunity_id is not None:
        return task.opportunity_id == deal.id
    return task.customer_id == deal.customer_id
