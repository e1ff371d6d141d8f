"""The tool that looks up products and list prices."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from crm_store.records import Product
from tools.base import Args, Effect, ProductRef, ToolContext, View, tool
from tools.cards import Answer, Card, Row
from tools.fields import facts_of
from tools.listing import shown
from tools.naming import Names, link_to
from tools.wording import money

_NONE = Names()


class ProductInfo(Args):
    """Arguments of product_info."""

    product: ProductRef | None = Field(default=None, description="产品 (product)")
    query: str | None = Field(default=None, description="名称里的词 (words of the name)")
    category: str | None = Field(default=None, description="类别 (category)")


@dataclass(frozen=True, kw_only=True, slots=True)
class ProductList:
    """Products found, with list prices in yuan."""

    items: tuple[Product, ...]

    def render(self, view: View) -> Answer:
        """The answer to show."""
        if not self.items:
            return Answer(text=view.say("没有找到这样的产品。", "No such product found."))
        card = self._one(view) if len(self.items) == 1 else self._many(view)
        return Answer(text=self._headline(view), cards=(card,), shown=shown(card))

    def _headline(self, view: View) -> str:
        if len(self.items) > 1:
            return view.say(f"共 {len(self.items)} 个产品:", f"{len(self.items)} products:")
        only = self.items[0]
        if only.list_price is None:
            return view.say(f"{only.name}没有目录价。", f"{only.name} has no list price.")
        price = money(only.list_price, view)
        return view.say(f"{only.name}的目录价是 {price}。", f"The list price of {only.name} is {price}.")

    def _one(self, view: View) -> Card:
        only = self.items[0]
        facts = facts_of("product", only, _NONE, view)[1:]
        return Card(title=only.name, link=link_to("product", only, _NONE), facts=facts)

    def _many(self, view: View) -> Card:
        columns = (view.say("产品", "product"), view.say("类别", "category"), view.say("目录价", "list price"))
        rows = tuple(
            Row(
                cells=(
                    item.name,
                    item.category or "",
                    money(item.list_price, view) if item.list_price is not None else "",
                ),
                link=link_to("product", item, _NONE),
            )
            for item in self.items
        )
        return Card(title="", columns=columns, rows=rows)


@tool(args=ProductInfo, effect=Effect.READ)
def product_info(ctx: ToolContext, args: ProductInfo) -> ProductList:
    """查产品和目录价. Look up a product's list price, or list products by name or category."""
    if args.product is not None:
        return ProductList(items=(ctx.crm.products.require(args.product),))
    return ProductList(items=tuple(item for item in ctx.crm.products.find() if _fits(item, args)))


def _fits(item: Product, args: ProductInfo) -> bool:
    category = (item.category or "").casefold()
    if args.category and args.category.casefold() not in category:
        return False
    text = f"{item.name} {category}".casefold()
    return not args.query or all(word in text for word in args.query.casefold().split())
