"""The tool that adds an order to a customer's purchase history."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from tools.asking import not_future, not_negative, refused
from tools.base import Args, CustomerRef, Effect, ProductRef, ToolContext, tool
from tools.written import Writing, Written


class RecordOrder(Args):
    """Arguments of record_order."""

    customer: CustomerRef = Field(description="客户 (customer)")
    product: ProductRef = Field(description="产品 (product)")
    quantity: Decimal = Field(gt=0, description="数量 (quantity)")
    amount: Decimal | None = Field(default=None, description="总金额,元,默认目录价×数量 (total; default: list price)")
    ordered_on: date | None = Field(default=None, description="下单日期,默认今天 (day of the order; default: today)")


@tool(args=RecordOrder, effect=Effect.WRITE)
def record_order(ctx: ToolContext, args: RecordOrder) -> Written:
    """登记订单/采购记录. Record what a customer bought; without an amount the list price counts."""
    not_negative(ctx, args.amount)
    not_future(ctx, args.ordered_on)
    product = ctx.crm.products.require(args.product)
    amount = args.amount
    if amount is None:
        if product.list_price is None:
            en = f"{product.name} has no list price; what is the total?"
            raise refused(ctx, f"{product.name}没有目录价,请告诉我总金额。", en)
        amount = product.list_price * args.quantity
    writing = Writing(ctx)
    ctx.crm.orders.add(
        customer_id=args.customer,
        product_id=product.id,
        quantity=args.quantity,
        amount=amount,
        ordered_on=args.ordered_on or ctx.now.date(),
    )
    return writing.result()
