"""The tool that changes follow-up tasks: when, what, who, for whom."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from crm_store.records import Task
from tools.asking import given, named, not_past, of_customer, refused, something
from tools.base import Args, CustomerRef, Effect, OpportunityRef, TaskRef, ToolContext, UserRef, tool
from tools.create_task import rule_of
from tools.written import Writing, Written

END_OF_WORK = time(18, 0)
"""When a task without a due time is due on the day it is moved to (下班前 is 18:00)."""


class UpdateTask(Args):
    """Arguments of update_task."""

    tasks: tuple[TaskRef, ...] = Field(min_length=1, description="要改的待办 (tasks to change)")
    title: str | None = Field(default=None, description="新的事项 (new title)")
    append_title: str | None = Field(default=None, description="在事项后补充 (text to add to the title)")
    due_at: AwareDatetime | None = Field(default=None, description="新的到期时间,含时区 (new due time with offset)")
    due_date: date | None = Field(default=None, description="改到哪一天,钟点不变 (new day; each keeps its time of day)")
    due_time: time | None = Field(default=None, description="改到几点,日期不变 (new time of day; each keeps its day)")
    shift_minutes: int | None = Field(default=None, description="推迟多少分钟,提前为负 (minutes to move by)")
    priority: Literal["low", "normal", "high"] | None = Field(default=None, description="优先级 (priority)")
    assignee: UserRef | None = Field(default=None, description="转给谁做 (who does it from now on)")
    customer: CustomerRef | None = Field(default=None, description="改为哪个客户的 (customer it is about)")
    recurrence: str | None = Field(default=None, description="重复规则 RRULE,空字符串表示不再重复 ('' stops repeating)")
    opportunity: OpportunityRef | None = Field(default=None, description="相关商机 (opportunity it is about)")


@tool(args=UpdateTask, effect=Effect.WRITE)
def update_task(ctx: ToolContext, args: UpdateTask) -> Written:
    """修改待办:改期、改标题、转给同事、换客户等. Change one or several tasks: reschedule, rename, hand over…

    A new due time before now is refused.
    """
    writing = Writing(ctx)
    for record_id in args.tasks:
        before = ctx.crm.tasks.require(record_id)
        writing.update("task", record_id, something(ctx, _fields(ctx, args, before)))
    return writing.result()


def _fields(ctx: ToolContext, args: UpdateTask, before: Task) -> dict[str, Any]:
    fields = given(
        title=_title(ctx, args, before),
        due_at=_due(ctx, args, before),
        priority=args.priority,
        assignee_id=args.assignee,
        recurrence=rule_of(ctx, args.recurrence),
    )
    return fields | _about(ctx, args, before)


def _title(ctx: ToolContext, args: UpdateTask, before: Task) -> str | None:
    title = None if args.title is None else named(ctx, args.title)
    if not args.append_title:
        return title
    return joined(title or before.title, args.append_title)


def joined(text: str, more: str) -> str:
    """A text with something added to it, a comma between the two where there is no other mark."""
    head, tail = text.rstrip(), more.strip()
    apart = not head or not head[-1].isalnum() or not tail[:1].isalnum()
    if apart and head[-1:] not in ("」", "”", ")", ")", "》"):
        return head + tail
    return f"{head}{', ' if head.isascii() and tail.isascii() else ','}{tail}"


def _due(ctx: ToolContext, args: UpdateTask, before: Task) -> datetime | None:
    """The new due time, or None where it stays. Refuses one that can't be worked out or is past."""
    if args.due_at is None and args.due_date is None and args.due_time is None and args.shift_minutes is None:
        return None
    due = args.due_at or _moved(ctx, args, before)
    if args.shift_minutes is not None:
        due = (due or _known(ctx, before)) + timedelta(minutes=args.shift_minutes)
    if due != before.due_at:
        not_past(ctx, due)
    return due


def _moved(ctx: ToolContext, args: UpdateTask, before: Task) -> datetime | None:
    """The due time with another day or time of day, in the zone people speak in."""
    if args.due_date is None and args.due_time is None:
        return None
    zone = ctx.view.zone
    if args.due_date is not None:
        of_day = args.due_time or (before.due_at.astimezone(zone).time() if before.due_at else END_OF_WORK)
        return datetime.combine(args.due_date, of_day.replace(tzinfo=None), tzinfo=zone)
    assert args.due_time is not None
    local = _known(ctx, before).astimezone(zone)
    return datetime.combine(local.date(), args.due_time.replace(tzinfo=None), tzinfo=zone)


def _known(ctx: ToolContext, before: Task) -> datetime:
    if before.due_at is None:
        raise refused(
            ctx,
            f"「{before.title}」还没有时间,请告诉我哪天几点。",
            f"“{before.title}” has no due time yet; please tell me the day and the time.",
        )
    return before.due_at


def _about(ctx: ToolContext, args: UpdateTask, before: Task) -> dict[str, Any]:
    """Customer and opportunity: a new opportunity brings its customer, a new customer drops another's opportunity."""
    if args.opportunity is not None:
        found = of_customer(ctx, args.opportunity, args.customer)
        assert found is not None
        return {"opportunity_id": found.id, "customer_id": found.customer_id}
    if args.customer is None:
        return {}
    fields: dict[str, Any] = {"customer_id": args.customer}
    if before.opportunity_id is not None and before.customer_id != args.customer:
        fields["opportunity_id"] = None
    return fields
