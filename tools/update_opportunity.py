"""The tool that changes opportunities: stage, amount, dates, owner, products."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pydantic import Field

from crm_store.records import LOST, Opportunity, Stage
from tools.asking import named, not_negative, refused, something
from tools.base import Args, CustomerRef, Effect, OpportunityRef, ProductRef, StageRef, ToolContext, UserRef, tool
from tools.written import Writing, Written

_FEN = Decimal("0.01")


class UpdateOpportunity(Args):
    """Arguments of update_opportunity."""

    opportunities: tuple[OpportunityRef, ...] = Field(min_length=1, description="要改的商机 (opportunities to change)")
    stage: StageRef | None = Field(default=None, description="新阶段 (new stage)")
    stage_step: int | None = Field(default=None, description="阶段前进或后退几步,如 +1 (steps along the pipeline)")
    amount: Decimal | None = Field(default=None, description="新金额,元 (new amount in yuan)")
    amount_add: Decimal | None = Field(default=None, description="金额增减多少元 (yuan to add; negative lowers it)")
    amount_factor: Decimal | None = Field(default=None, gt=0, description="金额乘以,打九五折为 0.95 (factor)")
    expected_close_date: date | None = Field(default=None, description="新的预计签约日期 (new expected close date)")
    shift_days: int | None = Field(default=None, description="预计签约日期顺延几天 (days to move the close date)")
    name: str | None = Field(default=None, description="新名称 (new name)")
    owner: UserRef | None = Field(default=None, description="新负责人 (new owner)")
    add_products: tuple[ProductRef, ...] = Field(default=(), description="增加的产品 (products to add)")
    remove_products: tuple[ProductRef, ...] = Field(default=(), description="去掉的产品 (products to remove)")
    customer: CustomerRef | None = Field(default=None, description="改到哪个客户名下 (customer it belongs to)")
    lost_reason: str | None = Field(default=None, description="输单原因 (why it was lost)")


@tool(args=UpdateOpportunity, effect=Effect.WRITE)
def update_opportunity(ctx: ToolContext, args: UpdateOpportunity) -> Written:
    """修改商机:阶段、金额、预计签约日、负责人、产品等. Change one or several opportunities.

    To win or lose one use win_opportunity or lose_opportunity; a stage outside of these reopens a closed one.
    """
    not_negative(ctx, args.amount)
    writing = Writing(ctx)
    stages = ctx.crm.stages.in_order() if _moves(args) else []
    for record_id in args.opportunities:
        before = ctx.crm.opportunities.require(record_id)
        fields = something(ctx, _fields(ctx, args, before, stages))
        writing.update("opportunity", record_id, fields)
    return writing.result()


def _moves(args: UpdateOpportunity) -> bool:
    return args.stage is not None or args.stage_step is not None


def _fields(ctx: ToolContext, args: UpdateOpportunity, before: Opportunity, stages: list[Stage]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if args.name is not None:
        fields["name"] = named(ctx, args.name)
    if args.owner is not None:
        fields["owner_id"] = args.owner
    if args.customer is not None:
        fields["customer_id"] = args.customer
    fields |= _amount(ctx, args, before) | _close_date(ctx, args, before) | _products(args, before)
    if _moves(args):
        fields |= _stage(ctx, args, before, stages)
    if args.lost_reason is not None:
        fields["lost_reason"] = args.lost_reason or None
    return fields


def _amount(ctx: ToolContext, args: UpdateOpportunity, before: Opportunity) -> dict[str, Any]:
    amount = args.amount
    if args.amount_add is not None or args.amount_factor is not None:
        base = before.amount if amount is None else amount
        if base is None:
            raise refused(
                ctx,
                f"「{before.name}」还没有金额,请直接告诉我改成多少。",
                f"“{before.name}” has no amount yet; please tell me the new one.",
            )
        amount = base * (args.amount_factor or Decimal(1)) + (args.amount_add or Decimal(0))
        not_negative(ctx, amount)
    return {} if amount is None else {"amount": amount.quantize(_FEN, ROUND_HALF_UP)}


def _close_date(ctx: ToolContext, args: UpdateOpportunity, before: Opportunity) -> dict[str, Any]:
    wanted = args.expected_close_date
    if args.shift_days is not None:
        base = wanted or before.expected_close_date
        if base is None:
            raise refused(
                ctx,
                f"「{before.name}」还没有预计签约日期,请直接告诉我是哪一天。",
                f"“{before.name}” has no expected close date yet; please tell me the day.",
            )
        wanted = base + timedelta(days=args.shift_days)
    return {} if wanted is None else {"expected_close_date": wanted}


def _products(args: UpdateOpportunity, before: Opportunity) -> dict[str, Any]:
    if not args.add_products and not args.remove_products:
        return {}
    kept = (one for one in before.product_ids if one not in args.remove_products)
    return {"product_ids": tuple(dict.fromkeys((*kept, *args.add_products)))}


def _stage(ctx: ToolContext, args: UpdateOpportunity, before: Opportunity, stages: list[Stage]) -> dict[str, Any]:
    stage = _target(ctx, args, before, stages)
    fields: dict[str, Any] = {"stage_id": stage.id}
    if stage.id == before.stage_id:
        return fields
    fields["closed_on"] = ctx.now.date() if stage.is_closed else None
    if stage.key != LOST:
        fields["lost_reason"] = None
    return fields


def _target(ctx: ToolContext, args: UpdateOpportunity, before: Opportunity, stages: list[Stage]) -> Stage:
    """The stage to move to; steps never go beyond the first or last open stage."""
    if args.stage is not None:
        return ctx.crm.stages.require(args.stage)
    opened = [stage for stage in stages if not stage.is_closed]
    place = next((i for i, stage in enumerate(opened) if stage.id == before.stage_id), None)
    if place is None:
        raise refused(
            ctx,
            f"「{before.name}」已经结束,请直接说改到哪个阶段。",
            f"“{before.name}” is closed; please name the stage it goes to.",
        )
    target = place + (args.stage_step or 0)
    if not 0 <= target < len(opened):
        current = opened[place].name
        raise refused(
            ctx,
            f"「{before.name}」在「{current}」,不能再{'前进' if target > 0 else '后退'};赢单或输单请直接说。",
            f"“{before.name}” is in “{current}” and can't move further; to win or lose it, just say so.",
        )
    return opened[target]
