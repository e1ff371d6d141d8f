"""The tool that shows what was bought, with totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import Field

from crm_store.queries_records import orders
from crm_store.records import Order
from tools.base import Args, CustomerRef, Effect, ProductRef, ToolContext, View, tool
from tools.cards import Answer, Card, Row
from tools.listing import order_card, shown
from tools.naming import Names, names_for
from tools.wording import listed, money, plain, span


class PurchaseHistory(Args):
    """Arguments of purchase_history."""

    customer: CustomerRef | None = Field(default=None, description="客户 (customer)")
    product: ProductRef | None = Field(default=None, description="产品 (product)")
    begin: date | None = Field(default=None, description="从哪天,含 (from, included)")
    end: date | None = Field(default=None, description="到哪天,含 (until, included)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Purchases:
    """Orders, newest first, with totals by product and in all (yuan)."""

    args: PurchaseHistory
    items: tuple[Order, ...]
    names: Names

    def render(self, view: View) -> Answer:
        """The answer to show."""
        what = self._what(view)
        if not self.items:
            return Answer(text=view.say(f"{what}没有采购记录。", f"No orders on record{what}."))
        amount = money(_sum(self.items), view)
        names = [] if self.args.product is not None else [name for name, _, _ in self._by_product()]
        products = f": {listed(names, view)}" if names else ""
        text = view.say(
            f"{what}共 {len(self.items)} 笔采购,合计 {amount}{products}。",
            f"{len(self.items)} orders{what}, in all {amount}{products}.",
        )
        cards = [order_card("", self.items, self.names, view, customers=self.args.customer is None)]
        if len(self._by_product()) > 1:
            cards.append(self._totals(view))
        return Answer(text=text, cards=tuple(cards), shown=shown(*cards))

    def _what(self, view: View) -> str:
        customer = self.names.of("customer", self.args.customer)
        product = self.names.of("product", self.args.product)
        period = span(self.args.begin, self.args.end, view)
        if view.language == "en":
            parts = (f"of {product}" if product else "", f"by {customer}" if customer else "", period)
            return "".join(f" {part}" for part in parts if part)
        return customer + period + (f"「{product}」" if product else "")

    def _by_product(self) -> list[tuple[str, Decimal, Decimal]]:
        """Product, quantity and amount, largest amount first."""
        groups: dict[int, list[Order]] = {}
        for item in self.items:
            groups.setdefault(item.product_id, []).append(item)
        found = [
            (self.names.of("product", one), sum((item.quantity for item in group), Decimal(0)), _sum(group))
            for one, group in groups.items()
        ]
        return sorted(found, key=lambda row: -row[2])

    def _totals(self, view: View) -> Card:
        rows = tuple(
            Row(cells=(name, f"× {plain(quantity)}", money(amount, view)))
            for name, quantity, amount in self._by_product()
        )
        columns = (view.say("产品", "product"), view.say("数量", "quantity"), view.say("金额", "amount"))
        footer = view.say("合计 ", "Total ") + money(_sum(self.items), view)
        return Card(title=view.say("按产品", "By product"), columns=columns, rows=rows, footer=footer)


def _sum(items: Sequence[Order]) -> Decimal:
    return sum((item.amount for item in items), Decimal(0))


@tool(args=PurchaseHistory, effect=Effect.READ)
def purchase_history(ctx: ToolContext, args: PurchaseHistory) -> Purchases:
    """采购历史:买过什么、花了多少. Show orders of a customer or of a product, with totals."""
    if args.customer is not None:
        ctx.crm.customers.require(args.customer)
    found = tuple(orders(ctx.crm, customer=args.customer, product=args.product, begin=args.begin, end=args.end))
    asked: dict[str, int | None] = {"customer": args.customer, "product": args.product}
    names = names_for(ctx, found, asked=asked)
    return Purchases(args=args, items=found, names=names)
