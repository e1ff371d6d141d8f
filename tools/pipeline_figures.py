"""The tool that counts and sums opportunities by stage, owner, month and so on, with a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from crm_store.queries_figures import deal_figures
from crm_store.queries_records import OpportunityFilter
from crm_store.records import Stage
from tools.asking import covered
from tools.base import Args, CustomerRef, Effect, ProductRef, StageRef, ToolContext, UserRef, View, tool
from tools.cards import Answer, Card, Chart, Row
from tools.grouping import GroupFigure, grouped, in_order, together
from tools.listing import shown
from tools.naming import Names, names_for
from tools.wording import OPPORTUNITY_STATUS, listed, money, percent, span, word

Measure = Literal["amount", "count", "weighted", "win_rate", "average"]
Group = Literal["none", "stage", "owner", "customer", "product", "month", "industry", "region"]
_MEASURES = {
    "amount": ("金额", "amount"),
    "count": ("数量", "count"),
    "weighted": ("加权金额", "weighted amount"),
    "win_rate": ("赢单率", "win rate"),
    "average": ("平均金额", "average amount"),
}
_GROUPS = {
    "stage": ("阶段", "stage"),
    "owner": ("负责人", "owner"),
    "customer": ("客户", "customer"),
    "product": ("产品", "product"),
    "month": ("月份", "month"),
    "industry": ("行业", "industry"),
    "region": ("地区", "region"),
}
_RECORDS = {"stage": "stage", "owner": "user", "customer": "customer", "product": "product"}


class PipelineFigures(Args):
    """Arguments of pipeline_figures."""

    measure: Measure = Field(default="amount", description="金额、数量、加权金额、赢单率、平均单额 (what is measured)")
    group_by: Group = Field(default="none", description="按什么分组 (by what)")
    status: Literal["open", "won", "lost", "closed", "all"] = Field(
        default="open", description="在跟 open、赢单 won、输单 lost、已结束 closed、全部 all"
    )
    owners: tuple[UserRef, ...] = Field(default=(), description="负责人 (owners, any of these)")
    customer: CustomerRef | None = Field(default=None, description="客户 (customer)")
    product: ProductRef | None = Field(default=None, description="产品 (product)")
    stages: tuple[StageRef, ...] = Field(default=(), description="阶段 (stages, any of these)")
    closing_from: date | None = Field(default=None, description="预计签约日从 (expected to close from, included)")
    closing_to: date | None = Field(default=None, description="预计签约日到 (expected to close until, included)")
    closed_from: date | None = Field(default=None, description="结束日期从 (won or lost from, included)")
    closed_to: date | None = Field(default=None, description="结束日期到 (won or lost until, included)")
    funnel: bool = Field(default=False, description="漏斗,按阶段 (a funnel by stage)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Figures by group, in the order shown, and over all."""

    args: PipelineFigures
    groups: tuple[GroupFigure, ...]
    whole: GroupFigure
    names: Names

    def render(self, view: View) -> Answer:
        """The answer to show."""
        if not self.whole.count and not self.groups:
            return Answer(text=view.say(f"没有{self._what(view)}商机。", f"No {self._what(view)}."))
        if self._by == "none":
            return Answer(text=self._sentence(view), cards=(self._whole_card(view),))
        card = self._card(view)
        return Answer(text=self._sentence(view), cards=(card,), shown=shown(card))

    @property
    def _by(self) -> str:
        return "stage" if self.args.funnel else self.args.group_by

    def _sentence(self, view: View) -> str:
        measure = view.say(*_MEASURES[self.args.measure])
        whole = self._value(self.whole, view)
        count = view.say(f"(共 {self.whole.count} 个)", f" ({self.whole.count} in all)")
        said = view.say(f"{self._what(view)}商机{measure}: ", f"{measure.capitalize()} of {self._what(view)}: ") + whole
        said += "" if self.args.measure == "count" else count
        if self._by == "none":
            return said + view.say("。", ".")
        by = view.say(*_GROUPS[self._by])
        parts = [f"{self._label(group, view)} {self._value(group, view)}" for group in self.groups]
        return said + view.say(f"。按{by}: ", f". By {by}: ") + listed(parts, view) + view.say("。", ".")

    def _what(self, view: View) -> str:
        args = self.args
        closing, closed = span(args.closing_from, args.closing_to, view), span(args.closed_from, args.closed_to, view)
        people = listed([self.names.of("user", one) for one in args.owners], view)
        about = self.names.of("customer", args.customer) or self.names.of("product", args.product)
        stages = listed([self.names.of("stage", one) for one in args.stages], view)
        parts = [people, about, stages]
        parts += [view.say(f"预计{closing}签约", f"expected {closing}") if closing else ""]
        parts += [view.say(f"{closed}结束", f"closed {closed}") if closed else ""]
        given = [part for part in parts if part]
        status = word(OPPORTUNITY_STATUS, args.status, view) if args.status != "all" else ""
        if view.language == "en":
            return f"{status} opportunities".strip() + (f" ({', '.join(given)})" if given else "")
        return "、".join(given) + ("的" if given else "") + status

    def _value(self, group: GroupFigure, view: View) -> str:
        value = group.value(self.args.measure)
        if value is None:
            return view.say("无", "none")
        if self.args.measure == "count":
            return view.say(f"{value} 个", str(value))
        return percent(float(value)) if self.args.measure == "win_rate" else money(value, view)

    def _label(self, group: GroupFigure, view: View) -> str:
        if group.key is None or group.key == "":
            return view.say("未填", "not set")
        if self._by in _RECORDS:
            return self.names.of(_RECORDS[self._by], int(group.key))
        if self._by == "month":
            year, month = str(group.key).split("-")
            return view.say(f"{year}年{int(month)}月", f"{year}-{month}")
        return str(group.key)

    def _columns(self, view: View) -> tuple[str, ...]:
        if self.args.measure == "win_rate":
            return (view.say("赢单", "won"), view.say("输单", "lost"), view.say("赢单率", "win rate"))
        last = ("加权", "weighted") if self.args.measure != "average" else ("平均", "average")
        return (view.say("数量", "count"), view.say("金额", "amount"), view.say(*last))

    def _cells(self, group: GroupFigure, view: View) -> tuple[str, ...]:
        if self.args.measure == "win_rate":
            won = view.say(f"赢 {group.won}", f"{group.won} won")
            lost = view.say(f"输 {group.lost}", f"{group.lost} lost")
            return (won, lost, self._value(group, view))
        cells = (view.say(f"{group.count} 个", str(group.count)), money(group.amount, view))
        if self.args.measure == "average":
            return (*cells, view.say("平均 ", "average ") + self._value(group, view))
        if self.args.status not in ("open", "all"):
            return cells
        weighted = group.value("weighted")
        return (*cells, view.say("加权 ", "weighted ") + money(weighted, view))

    def _whole_card(self, view: View) -> Card:
        return Card(title="", columns=self._columns(view), rows=(Row(cells=self._cells(self.whole, view)),))

    def _card(self, view: View) -> Card:
        kind = _RECORDS.get(self._by)
        rows = tuple(
            Row(
                cells=(self._label(group, view), *self._cells(group, view)),
                link=self.names.link(kind, int(group.key)) if kind and group.key is not None else None,
            )
            for group in self.groups
        )
        footer = view.say("合计: ", "Total: ") + listed(self._cells(self.whole, view), view)
        columns = (view.say(*_GROUPS[self._by]), *self._columns(view))
        return Card(title="", columns=columns, rows=rows, footer=footer, chart=self._chart(view))

    def _chart(self, view: View) -> Chart:
        units = {"count": view.say("个", "deals"), "win_rate": "%"}
        scale = 100 if self.args.measure == "win_rate" else 1
        values = [group.value(self.args.measure) or Decimal(0) for group in self.groups]
        return Chart(
            kind="funnel" if self.args.funnel else "bar",
            labels=tuple(self._label(group, view) for group in self.groups),
            values=tuple(float(value * scale) for value in values),
            unit=units.get(self.args.measure, view.say("元", "CNY")),
        )


@tool(args=PipelineFigures, effect=Effect.READ)
def pipeline_figures(ctx: ToolContext, args: PipelineFigures) -> Figures:
    """统计商机:金额、数量、赢单率、漏斗,按人/阶段/月份等. Count and sum opportunities, by group, with a chart.

    'won' in a period counts by the day it was won. A win rate is over the closed ones.
    """
    covered(ctx, args.owners)
    if args.customer is not None:
        ctx.crm.customers.require(args.customer)
    if args.measure == "win_rate":
        args = args.model_copy(update={"status": "closed"})
    by = "stage" if args.funnel else args.group_by
    stages = {stage.id: stage for stage in ctx.crm.stages.in_order()}
    rows = deal_figures(ctx.crm, _filter(args), by)
    groups = in_order(grouped(rows, stages, _always(args, by, list(stages.values()))), by, args.measure, stages)
    whole = rows if by != "product" else deal_figures(ctx.crm, _filter(args), "none")
    kind = _RECORDS.get(by)
    asked: dict[str, set[int]] = {"user": set(args.owners), "stage": set(args.stages)}
    asked |= {"customer": _ids(args.customer), "product": _ids(args.product)}
    if kind is not None:
        asked[kind] = asked[kind] | {int(group.key) for group in groups if group.key is not None}
    return Figures(
        args=args,
        groups=tuple(groups) if by != "none" else (),
        whole=together(whole, stages),
        names=names_for(ctx, (), known=stages.values(), asked=asked),
    )


def _ids(value: int | None) -> set[int]:
    return set() if value is None else {value}


def _always(args: PipelineFigures, by: str, stages: Sequence[Stage]) -> list[int]:
    """Groups that are shown even when nothing is in them: the people asked about, the steps of a funnel."""
    if by == "owner":
        return list(args.owners)
    return [stage.id for stage in stages if not stage.is_closed] if args.funnel and args.status == "open" else []


def _filter(args: PipelineFigures) -> OpportunityFilter:
    return OpportunityFilter(
        status=args.status,
        owners=args.owners,
        customer=args.customer,
        product=args.product,
        stages=args.stages,
        closing_from=args.closing_from,
        closing_to=args.closing_to,
        closed_from=args.closed_from,
        closed_to=args.closed_to,
    )
