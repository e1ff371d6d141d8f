"""The tool that completes, cancels or reopens follow-up tasks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from crm_store.records import DONE, Task
from tools.base import Args, Effect, TaskRef, ToolContext, tool
from tools.recurrence import following
from tools.wording import TASK_STATUS, moment
from tools.written import Writing, Written


class SetTaskStatus(Args):
    """Arguments of set_task_status."""

    tasks: tuple[TaskRef, ...] = Field(min_length=1, description="待办 (tasks)")
    status: Literal["open", "done", "cancelled"] = Field(description="完成 done、取消 cancelled、重新打开 open")


@tool(args=SetTaskStatus, effect=Effect.WRITE)
def set_task_status(ctx: ToolContext, args: SetTaskStatus) -> Written:
    """完成/取消/重新打开待办. Mark tasks as done or cancelled, or open them again.

    Completing a recurring task creates its next occurrence.
    """
    writing = Writing(ctx)
    done: list[Task] = []
    coming: list[Task] = []
    for record_id in args.tasks:
        before = ctx.crm.tasks.require(record_id)
        fields = {"status": args.status}
        if before.status != args.status:
            done.append(before)
            fields["completed_at"] = ctx.crm.now if args.status == DONE else None  # type: ignore[assignment]
        writing.update("task", record_id, fields)
        coming += _next(ctx, before) if args.status == DONE and before.status != DONE else []
    return writing.result(headline=_headline(args.status, done), remark=_remark(ctx, coming))


def _next(ctx: ToolContext, task: Task) -> list[Task]:
    """The next occurrence of a recurring task, created; empty when there is none."""
    if not task.recurrence or task.due_at is None:
        return []
    found = following(task.recurrence, task.due_at, ctx.now, ctx.view.zone)
    if found is None:
        return []
    due_at, rule = found
    added = ctx.crm.tasks.add(
        title=task.title,
        customer_id=task.customer_id,
        opportunity_id=task.opportunity_id,
        lead_id=task.lead_id,
        assignee_id=task.assignee_id,
        priority=task.priority,
        recurrence=rule,
        due_at=due_at,
        status="open",
    )
    return [added]


def _headline(status: str, tasks: list[Task]) -> tuple[str, str]:
    zh, en = ("重新打开", "reopened") if status == "open" else TASK_STATUS[status]
    zh = zh.removeprefix("已")
    if len(tasks) == 1:
        return f"已{zh}待办「{tasks[0].title}」", f"{en.capitalize()}: task “{tasks[0].title}”"
    return f"已{zh} {len(tasks)} 条待办", f"{en.capitalize()}: {len(tasks)} tasks"


def _remark(ctx: ToolContext, coming: list[Task]) -> tuple[str, str] | None:
    whens = [moment(task.due_at, ctx.view) for task in coming if task.due_at is not None]
    return (f"下一次: {'、'.join(whens)}", f"Next: {', '.join(whens)}") if whens else None
