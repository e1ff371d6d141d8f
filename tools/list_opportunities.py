"""The tool that lists opportunities with count, sum and weighted sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from crm_store.queries_records import OpportunityFilter, opportunities
from crm_store.records import Opportunity, Stage
from tools.asking import covered
from tools.base import Args, CustomerRef, Effect, ProductRef, StageRef, ToolContext, UserRef, View, tool
from tools.cards import Answer
from tools.listing import opportunity_card, shown, total, weighted
from tools.naming import Names, names_for
from tools.wording import OPPORTUNITY_STATUS, day, listed, money, span, word

_MOST = {
    "amount": ("金额最大", "largest"),
    "smallest": ("金额最小", "smallest"),
    "close_date": ("最早签约", "first to close"),
    "latest": ("最晚签约", "last to close"),
}


class ListOpportunities(Args):
    """Arguments of list_opportunities."""

    customer: CustomerRef | None = Field(default=None, description="客户 (customer)")
    product: ProductRef | None = Field(default=None, description="产品 (product)")
    owner: UserRef | None = Field(default=None, description="负责人 (owner)")
    stages: tuple[StageRef, ...] = Field(default=(), description="阶段 (stages, any of these)")
    status: Literal["open", "won", "lost", "closed", "all"] = Field(
        default="open", description="在跟 open、赢单 won、输单 lost、已结束 closed、全部 all"
    )
    closing_from: date | None = Field(default=None, description="预计签约日从 (expected to close from, included)")
    closing_to: date | None = Field(default=None, description="预计签约日到 (expected to close until, included)")
    closed_from: date | None = Field(default=None, description="结束日期从 (won or lost from, included)")
    closed_to: date | None = Field(default=None, description="结束日期到 (won or lost until, included)")
    amount_min: Decimal | None = Field(default=None, description="金额不低于,元 (amount at least, yuan)")
    amount_max: Decimal | None = Field(default=None, description="金额不超过,元 (amount at most, yuan)")
    order: Literal["amount", "smallest", "close_date", "latest", "stage"] | None = Field(
        default=None, description="排序: 金额从大到小、从小到大、签约日从早到晚、从晚到早、阶段从后到前 (order)"
    )
    limit: int | None = Field(default=None, ge=1, description="最多列几个 (how many to list)")
    total: bool = Field(default=True, description="是否合计 (with sums)")


@dataclass(frozen=True, kw_only=True, slots=True)
class OpportunityList:
    """Opportunities found; `items` may be the first of `count`, the sums (yuan) are over all."""

    args: ListOpportunities
    items: tuple[Opportunity, ...]
    count: int
    total: Decimal
    weighted: Decimal
    names: Names
    owners: bool

    def render(self, view: View) -> Answer:
        """The answer to show."""
        if not self.items:
            return Answer(text=view.say(f"没有找到{self._what(view)}。", f"No {self._what(view)} found."))
        card = opportunity_card("", self.items, self.names, view, owners=self.owners, footer=self._footer(view))
        return Answer(text=self._headline(view), cards=(card,), shown=shown(card))

    def _headline(self, view: View) -> str:
        if self.args.limit == 1 and self.args.order in _MOST and self.count > 1:
            return self._foremost(view)
        said = view.say(f"{self._what(view)}共 {self.count} 个", f"{self.count} {self._what(view)}")
        if self.args.total:
            said += view.say(",合计 ", ", in all ") + money(self.total, view)
        if len(self.items) < self.count:
            said += view.say(f",列出前 {len(self.items)} 个", f"; the first {len(self.items)}")
        return said + view.say("。", ".")

    def _foremost(self, view: View) -> str:
        """The one that was asked for, with whose it is, its amount and its day, in one sentence."""
        only = self.items[0]
        when = only.closed_on or only.expected_close_date
        facts = [self.names.of("customer", only.customer_id), money(only.amount, view), day(when, view) if when else ""]
        facts.append(self.names.of("user", only.owner_id) if self.owners or self.args.owner else "")
        told = view.say(",", ", ").join(fact for fact in facts if fact)
        most = view.say(*_MOST[self.args.order or ""])
        return view.say(
            f"{self._what(view)}里{most}的是「{only.name}」: {told}。",
            f"The {most} of the {self._what(view)}: {only.name}, {told}.",
        )

    def _what(self, view: View) -> str:
        status = word(OPPORTUNITY_STATUS, self.args.status, view) if self.args.status != "all" else ""
        closing = span(self.args.closing_from, self.args.closing_to, view)
        closed = span(self.args.closed_from, self.args.closed_to, view)
        who = self.names.of("user", self.args.owner)
        about = self.names.of("customer", self.args.customer) or self.names.of("product", self.args.product)
        stages = listed([self.names.of("stage", one) for one in self.args.stages], view)
        if view.language == "en":
            tails = [f"of {who}" if who else "", f"for {about}" if about else "", f"in {stages}" if stages else ""]
            tails += [f"expected to close {closing}" if closing else "", f"closed {closed}" if closed else ""]
            return " ".join(part for part in (status, "opportunities", *tails) if part)
        heads = [who, about, f"预计{closing}签约" if closing else "", f"{closed}结束" if closed else "", stages]
        said = "、".join(part for part in heads if part)
        return f"{said}{'的' if said else ''}{status}商机"

    def _footer(self, view: View) -> str:
        if not self.args.total or (self.args.limit == 1 and self.args.order):
            return ""
        said = view.say(f"合计 {money(self.total, view)}", f"Total {money(self.total, view)}")
        if self.args.status in ("open", "all"):
            said += view.say(f",按阶段加权 {money(self.weighted, view)}", f", weighted {money(self.weighted, view)}")
        return said


@tool(args=ListOpportunities, effect=Effect.READ)
def list_opportunities(ctx: ToolContext, args: ListOpportunities) -> OpportunityList:
    """列出商机并合计. List opportunities by customer, owner, stage, close date or amount, with count and sums."""
    if args.owner is not None:
        covered(ctx, (args.owner,))
    if args.customer is not None:
        ctx.crm.customers.require(args.customer)
    found = opportunities(ctx.crm, _filter(args), order=args.order)
    stages: Mapping[int, Stage] = {stage.id: stage for stage in ctx.crm.stages.in_order()}
    listed_items = tuple(found[: args.limit])
    asked = {"user": args.owner, "customer": args.customer, "product": args.product}
    return OpportunityList(
        args=args,
        items=listed_items,
        count=len(found),
        total=total(found),
        weighted=weighted(found, stages),
        names=names_for(ctx, listed_items, known=stages.values(), asked=asked),
        owners=len({item.owner_id for item in listed_items} | {ctx.crm.principal.user_id}) > 1,
    )


def _filter(args: ListOpportunities) -> OpportunityFilter:
    return OpportunityFilter(
        status=args.status,
        owners=() if args.owner is None else (args.owner,),
        customer=args.customer,
        product=args.product,
        stages=args.stages,
        closing_from=args.closing_from,
        closing_to=args.closing_to,
        closed_from=args.closed_from,
        closed_to=args.closed_to,
        amount_min=args.amount_min,
        amount_max=args.amount_max,
    )
