"""The tool that wins an opportunity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from crm_store.records import WON
from tools.asking import not_future, not_negative, stage_named
from tools.base import Args, Effect, OpportunityRef, ToolContext, tool
from tools.wording import money
from tools.written import Writing, Written


class WinOpportunity(Args):
    """Arguments of win_opportunity."""

    opportunity: OpportunityRef = Field(description="赢下的商机 (opportunity won)")
    amount: Decimal | None = Field(default=None, description="成交金额,元 (final amount in yuan)")
    closed_on: date | None = Field(default=None, description="成交日期,默认今天 (day it was won; default: today)")


@tool(args=WinOpportunity, effect=Effect.WRITE)
def win_opportunity(ctx: ToolContext, args: WinOpportunity) -> Written:
    """商机赢单/签约/拿下. Mark an opportunity as won, with its final amount if said."""
    not_negative(ctx, args.amount)
    not_future(ctx, args.closed_on)
    before = ctx.crm.opportunities.require(args.opportunity)
    stage = stage_named(ctx, WON)
    fields: dict[str, Any] = {"stage_id": stage.id}
    if args.amount is not None:
        fields["amount"] = args.amount
    if before.stage_id != stage.id:
        fields |= {"closed_on": args.closed_on or ctx.now.date(), "lost_reason": None}
    elif args.closed_on is not None:
        fields["closed_on"] = args.closed_on
    writing = Writing(ctx)
    after = writing.update("opportunity", args.opportunity, fields)
    said = money(after.amount, ctx.view)
    return writing.result(headline=(f"商机「{after.name}」赢单,金额 {said}", f"Won “{after.name}”, {said}"))
