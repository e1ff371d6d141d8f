"""The tool that lists customers by what describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import Field

from crm_store.queries_customers import CustomerFilter, count_customers, find_customers_where, last_contacts
from crm_store.records import Customer
from tools.asking import covered, level_of
from tools.base import Args, Effect, ToolContext, UserRef, View, tool
from tools.cards import Answer, Card, Row
from tools.listing import shown
from tools.naming import Names, link_to, names_for
from tools.wording import counted, day, span

LIMIT = 50


class FindCustomers(Args):
    """Arguments of find_customers."""

    query: str | None = Field(default=None, description="名称、行业、地址、标签里的词 (text to look for)")
    industry: str | None = Field(default=None, description="行业 (industry)")
    region: str | None = Field(default=None, description="地区 (region)")
    level: str | None = Field(default=None, description="等级 A/B/C (level)")
    tag: str | None = Field(default=None, description="标签 (tag)")
    owner: UserRef | None = Field(default=None, description="负责人 (owner)")
    inactive_days: int | None = Field(default=None, ge=1, description="多少天没有沟通 (no contact for so many days)")
    has_open_opportunity: bool | None = Field(default=None, description="有没有在跟商机 (with or without open deals)")
    ordered_from: date | None = Field(default=None, description="下过单,从哪天 (with an order, from this day)")
    ordered_to: date | None = Field(default=None, description="下过单,到哪天 (with an order, until this day)")
    not_ordered_from: date | None = Field(default=None, description="从哪天起没有下单 (no order since this day)")
    not_ordered_to: date | None = Field(default=None, description="到哪天没有下单 (no order until this day)")
    limit: int = Field(default=LIMIT, ge=1, le=500, description="最多列几家 (how many to list)")


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerList:
    """Customers found, the first of `count`; with the time of the last contact."""

    args: FindCustomers
    items: tuple[Customer, ...]
    count: int
    contacted: Mapping[int, datetime]
    names: Names
    owners: bool

    def render(self, view: View) -> Answer:
        """The answer to show."""
        what = self._what(view)
        if not self.items:
            return Answer(text=view.say(f"没有找到{what}客户。", f"No customers found{what}."))
        count = counted(self.count, "customer", view)
        said = view.say(f"{what}客户共 {self.count} 家", f"{count}{what}")
        if len(self.items) < self.count:
            said += view.say(f",列出前 {len(self.items)} 家", f"; the first {len(self.items)}")
        card = self._card(view)
        return Answer(text=said + view.say("。", "."), cards=(card,), shown=shown(card))

    def _card(self, view: View) -> Card:
        columns = ["客户", "等级", "行业", "地区", "最近沟通", "负责人"]
        if view.language == "en":
            columns = ["customer", "level", "industry", "region", "last contact", "owner"]
        rows = tuple(
            Row(cells=self._cells(item, view), link=link_to("customer", item, self.names)) for item in self.items
        )
        return Card(title="", columns=tuple(columns if self.owners else columns[:-1]), rows=rows)

    def _cells(self, item: Customer, view: View) -> tuple[str, ...]:
        when = self.contacted.get(item.id)
        last = view.say("沟通 ", "contact ") + day(when.astimezone(view.zone).date(), view) if when else ""
        level = view.say(f"{item.level} 级", f"level {item.level}") if item.level else ""
        cells = (item.name, level, item.industry or "", item.region or "", last)
        return (*cells, self.names.of("user", item.owner_id)) if self.owners else cells

    def _what(self, view: View) -> str:
        args = self.args
        open_deals = {True: ("有在跟商机", "with open deals"), False: ("没有在跟商机", "without open deals")}
        parts = [args.region, args.industry, args.query, args.tag, self.names.of("user", args.owner)]
        parts += [view.say(f"{args.level} 级", f"level {args.level}") if args.level else ""]
        if args.has_open_opportunity is not None:
            parts.append(view.say(*open_deals[args.has_open_opportunity]))
        if args.inactive_days is not None:
            days = args.inactive_days
            parts.append(view.say(f"{days}天没有沟通", f"without contact for {days} days"))
        ordered = span(args.ordered_from, args.ordered_to, view)
        parts.append(view.say(f"{ordered}下过单", f"with orders {ordered}") if ordered else "")
        idle = span(args.not_ordered_from, args.not_ordered_to, view)
        parts.append(view.say(f"{idle}没有下单", f"without an order {idle}") if idle else "")
        given = [part for part in parts if part]
        if view.language == "en":
            return f" ({', '.join(given)})" if given else ""
        return "、".join(given) + ("的" if given else "")


@tool(args=FindCustomers, effect=Effect.READ)
def find_customers(ctx: ToolContext, args: FindCustomers) -> CustomerList:
    """按行业、地区、等级、标签、多久没联系等列出客户. List customers by industry, region, level, tag, last contact…"""
    if args.owner is not None:
        covered(ctx, (args.owner,))
    wanted = _filter(ctx, args)
    items = find_customers_where(ctx.crm, wanted, limit=args.limit)
    count = len(items) if len(items) < args.limit else count_customers(ctx.crm, wanted)
    mine = ctx.crm.principal.user_id
    return CustomerList(
        args=args,
        items=tuple(items),
        count=count,
        contacted=last_contacts(ctx.crm, [item.id for item in items]),
        names=names_for(ctx, items, asked={"user": args.owner}),
        owners=any(item.owner_id != mine for item in items),
    )


def _filter(ctx: ToolContext, args: FindCustomers) -> CustomerFilter:
    quiet = None if args.inactive_days is None else ctx.crm.now - timedelta(days=args.inactive_days)
    return CustomerFilter(
        text=args.query,
        industry=args.industry,
        region=args.region,
        level=level_of(ctx, args.level) or None,
        tag=args.tag,
        owner=args.owner,
        quiet_since=quiet,
        has_open_opportunity=args.has_open_opportunity,
        ordered_from=args.ordered_from,
        ordered_to=args.ordered_to,
        not_ordered_from=args.not_ordered_from,
        not_ordered_to=args.not_ordered_to,
    )
