"""The tool that logs a contact with a customer that is no meeting note."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from tools.asking import named, not_future
from tools.base import Args, CustomerRef, Effect, ToolContext, tool
from tools.written import Writing, Written


class LogInteraction(Args):
    """Arguments of log_interaction."""

    customer: CustomerRef = Field(description="客户 (customer)")
    kind: Literal["call", "message", "visit", "email"] = Field(description="电话、消息、拜访或邮件 (kind)")
    summary: str = Field(description="一句话内容 (one sentence)")
    occurred_at: AwareDatetime | None = Field(default=None, description="时间,默认现在 (when; default: now)")


@tool(args=LogInteraction, effect=Effect.WRITE)
def log_interaction(ctx: ToolContext, args: LogInteraction) -> Written:
    """登记一次电话、消息、拜访或邮件. Log a call, message, visit or mail (a meeting note is record_note)."""
    not_future(ctx, args.occurred_at)
    writing = Writing(ctx)
    ctx.crm.interactions.add(
        customer_id=args.customer,
        user_id=ctx.crm.principal.user_id,
        kind=args.kind,
        occurred_at=args.occurred_at or ctx.crm.now,
        summary=named(ctx, args.summary),
    )
    return writing.result()
