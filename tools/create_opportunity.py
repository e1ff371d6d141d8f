"""The tool that creates an opportunity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from crm_store.principal import Role
from crm_store.records import Customer, Opportunity, Stage
from tools.asking import named, not_negative, refused
from tools.base import Args, CustomerRef, Effect, ProductRef, StageRef, ToolContext, UserRef, tool
from tools.written import Writing, Written


class CreateOpportunity(Args):
    """Arguments of create_opportunity."""

    customer: CustomerRef = Field(description="客户 (customer)")
    name: str | None = Field(default=None, description="商机名称,没说就不填 (name; made up from customer and product)")
    amount: Decimal | None = Field(default=None, description="金额,元 (amount in yuan)")
    stage: StageRef | None = Field(default=None, description="阶段,默认第一个 (stage; default: the first)")
    expected_close_date: date | None = Field(default=None, description="预计签约日期 (expected close date)")
    products: tuple[ProductRef, ...] = Field(default=(), description="产品 (products)")
    owner: UserRef | None = Field(default=None, description="负责人 (owner)")


@tool(args=CreateOpportunity, effect=Effect.WRITE)
def create_opportunity(ctx: ToolContext, args: CreateOpportunity) -> Written:
    """新建商机. Create an opportunity for a customer."""
    not_negative(ctx, args.amount)
    customer = ctx.crm.customers.require(args.customer)
    writing = Writing(ctx)
    add_opportunity(ctx, args, customer)
    return writing.result()


def add_opportunity(ctx: ToolContext, args: CreateOpportunity, customer: Customer) -> Opportunity:
    """Create it, with a name and a stage of its own where none is given. Refuses a name that is open already."""
    stage = first_stage(ctx) if args.stage is None else ctx.crm.stages.require(args.stage)
    added: Opportunity = ctx.crm.opportunities.add(
        name=_name(ctx, args, customer),
        customer_id=customer.id,
        stage_id=stage.id,
        owner_id=args.owner or _owner(ctx, customer),
        amount=args.amount,
        expected_close_date=args.expected_close_date,
        product_ids=args.products,
        closed_on=ctx.now.date() if stage.is_closed else None,
    )
    return added


def first_stage(ctx: ToolContext) -> Stage:
    """Where an opportunity begins. Refuses when there are no stages."""
    opened = [stage for stage in ctx.crm.stages.in_order() if not stage.is_closed]
    if not opened:
        raise refused(ctx, "还没有设置销售阶段,请找管理员。", "There are no pipeline stages yet; please ask an admin.")
    return opened[0]


def _owner(ctx: ToolContext, customer: Customer) -> int:
    """A rep's own; a manager's or admin's belongs to who looks after the customer."""
    return ctx.crm.principal.user_id if ctx.crm.principal.role is Role.REP else customer.owner_id


def _name(ctx: ToolContext, args: CreateOpportunity, customer: Customer) -> str:
    taken = _open_names(ctx, customer)
    if args.name is not None:
        name = named(ctx, args.name)
        if name in taken:
            raise refused(
                ctx,
                f"{customer.name}已经有在跟商机「{name}」,没有重复新建;要改它请直接说改成什么。",
                f"{customer.name} already has an open opportunity “{name}”; to change it, just say what to change.",
            )
        return name
    products = ctx.crm.products.many(args.products)
    base = customer.short_name + ("".join(products[one].name for one in args.products[:1]) or "商机")
    return next(name for name in (base, *(f"{base}{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def _open_names(ctx: ToolContext, customer: Customer) -> set[str]:
    closed = {stage.id for stage in ctx.crm.stages.in_order() if stage.is_closed}
    return {deal.name for deal in ctx.crm.opportunities.of_customer(customer.id) if deal.stage_id not in closed}
