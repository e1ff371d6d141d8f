"""The tool that loses opportunities."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from crm_store.records import LOST
from tools.asking import not_future, stage_named
from tools.base import Args, Effect, OpportunityRef, ToolContext, tool
from tools.written import Writing, Written


class LoseOpportunity(Args):
    """Arguments of lose_opportunity."""

    opportunities: tuple[OpportunityRef, ...] = Field(min_length=1, description="丢掉的商机 (opportunities lost)")
    reason: str | None = Field(default=None, description="输单原因 (why)")
    closed_on: date | None = Field(default=None, description="丢单日期,默认今天 (day it was lost; default: today)")


@tool(args=LoseOpportunity, effect=Effect.WRITE)
def lose_opportunity(ctx: ToolContext, args: LoseOpportunity) -> Written:
    """商机输单/丢单/黄了. Mark opportunities as lost, with the reason if said."""
    not_future(ctx, args.closed_on)
    stage = stage_named(ctx, LOST)
    writing = Writing(ctx)
    names = []
    for record_id in args.opportunities:
        before = ctx.crm.opportunities.require(record_id)
        names.append(before.name)
        fields: dict[str, Any] = {"stage_id": stage.id}
        if args.reason:
            fields["lost_reason"] = args.reason
        if before.stage_id != stage.id:
            fields["closed_on"] = args.closed_on or ctx.now.date()
        elif args.closed_on is not None:
            fields["closed_on"] = args.closed_on
        writing.update("opportunity", record_id, fields)
    why = f",原因: {args.reason}" if args.reason else ""
    why_en = f", reason: {args.reason}" if args.reason else ""
    return writing.result(headline=(f"商机「{'、'.join(names)}」输单{why}", f"Lost “{', '.join(names)}”{why_en}"))
