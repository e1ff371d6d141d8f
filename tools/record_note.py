"""The tool that records a meeting note."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from tools.asking import named, not_future, of_customer
from tools.base import Args, CustomerRef, Effect, OpportunityRef, ToolContext, tool
from tools.written import Writing, Written

DetailKey = Literal["needs", "budget", "competitor", "decisions", "next_steps"]


class RecordNote(Args):
    """Arguments of record_note."""

    customer: CustomerRef = Field(description="客户 (customer)")
    summary: str = Field(description="纪要内容,用户的原话整理 (what was said and agreed, in the user's words)")
    occurred_at: AwareDatetime = Field(description="沟通发生的时间,含时区 (when it took place, with offset)")
    opportunity: OpportunityRef | None = Field(default=None, description="相关商机 (opportunity it is about)")
    attendees: tuple[str, ...] = Field(default=(), description="对方参与人姓名 (names of the people met)")
    details: dict[DetailKey, str] = Field(
        default_factory=dict,
        description="要点 (needs 需求, budget 预算, competitor 竞品, decisions 结论, next_steps 下一步)",
    )


@tool(args=RecordNote, effect=Effect.WRITE)
def record_note(ctx: ToolContext, args: RecordNote) -> Written:
    """记录会议纪要/拜访记录. Record a note about a meeting, visit or call that has taken place."""
    not_future(ctx, args.occurred_at)
    of_customer(ctx, args.opportunity, args.customer)
    writing = Writing(ctx)
    ctx.crm.notes.add(
        customer_id=args.customer,
        author_id=ctx.crm.principal.user_id,
        occurred_at=args.occurred_at,
        summary=named(ctx, args.summary),
        opportunity_id=args.opportunity,
        attendees=args.attendees,
        details=dict(args.details),
    )
    return writing.result()
