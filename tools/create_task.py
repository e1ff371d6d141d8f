"""The tool that creates a follow-up task."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from tools.asking import named, not_past, of_customer, refused
from tools.base import Args, CustomerRef, Effect, LeadRef, OpportunityRef, ToolContext, UserRef, tool
from tools.recurrence import normal
from tools.written import Writing, Written


class CreateTask(Args):
    """Arguments of create_task."""

    title: str = Field(description="要做的事,短句 (what is to be done), e.g. 给采购打电话催合同")
    customer: CustomerRef | None = Field(default=None, description="客户 (customer)")
    due_at: AwareDatetime | None = Field(default=None, description="到期时间,含时区 (due time with offset)")
    assignee: UserRef | None = Field(default=None, description="谁来做,默认自己 (who does it; default: the user)")
    priority: Literal["low", "normal", "high"] = Field(default="normal", description="优先级 (priority)")
    recurrence: str | None = Field(default=None, description="重复规则 (RFC 5545 RRULE), e.g. FREQ=WEEKLY;BYDAY=FR")
    opportunity: OpportunityRef | None = Field(default=None, description="相关商机 (opportunity it is about)")
    lead: LeadRef | None = Field(default=None, description="相关线索 (lead it is about)")


@tool(args=CreateTask, effect=Effect.WRITE)
def create_task(ctx: ToolContext, args: CreateTask) -> Written:
    """新建待办/提醒/日程. Create a follow-up task or reminder, for the user or a teammate.

    A due time before now is refused. The customer of a given opportunity is filled in.
    """
    not_past(ctx, args.due_at)
    opportunity = of_customer(ctx, args.opportunity, args.customer)
    if args.lead is not None:
        ctx.crm.leads.require(args.lead)
    writing = Writing(ctx)
    ctx.crm.tasks.add(
        title=named(ctx, args.title),
        customer_id=args.customer if opportunity is None else opportunity.customer_id,
        due_at=args.due_at,
        assignee_id=args.assignee or ctx.crm.principal.user_id,
        priority=args.priority,
        recurrence=rule_of(ctx, args.recurrence),
        opportunity_id=args.opportunity,
        lead_id=args.lead,
        status="open",
    )
    return writing.result()


def rule_of(ctx: ToolContext, rule: str | None) -> str | None:
    """A recurrence rule in its normal form; an empty text stays empty. Refuses what is not an RRULE."""
    if not rule:
        return rule
    try:
        return normal(rule)
    except ValueError:
        zh, en = "没看懂重复规则,请说例如“每周五”。", "I did not understand how it repeats; say e.g. “every Friday”."
        raise refused(ctx, zh, en) from None
