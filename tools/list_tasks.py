"""The tool that lists follow-up tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, Field

from crm_store.principal import Role
from crm_store.queries_records import TaskFilter, tasks
from crm_store.records import Task
from tools.asking import covered
from tools.base import Args, CustomerRef, Effect, LeadRef, OpportunityRef, ToolContext, UserRef, View, tool
from tools.cards import Answer
from tools.listing import due_text, shown, task_card
from tools.naming import Names, names_for
from tools.wording import TASK_STATUS, counted, day, moment, word


class ListTasks(Args):
    """Arguments of list_tasks."""

    customer: CustomerRef | None = Field(default=None, description="客户 (customer)")
    opportunity: OpportunityRef | None = Field(default=None, description="商机 (opportunity)")
    lead: LeadRef | None = Field(default=None, description="线索 (lead)")
    assignee: UserRef | None = Field(default=None, description="负责人 (whose tasks)")
    begin: AwareDatetime | None = Field(default=None, description="到期时间从,含 (due from, included)")
    end: AwareDatetime | None = Field(default=None, description="到期时间到,不含 (due before, excluded)")
    overdue: bool = Field(default=False, description="只看逾期未完成的 (only those past their due time)")
    status: Literal["open", "done", "cancelled", "all"] = Field(default="open", description="状态 (status)")
    priority: Literal["low", "normal", "high"] | None = Field(default=None, description="优先级 (priority)")
    words: tuple[str, ...] = Field(default=(), description="事项里的词,任一即可 (words of the title, any of them)")
    everyone: bool = Field(default=False, description="看得到的所有人的 (of everybody that the user may see)")


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskList:
    """Tasks found, in order."""

    args: ListTasks
    items: tuple[Task, ...]
    names: Names
    assignees: bool

    def render(self, view: View) -> Answer:
        """The answer to show."""
        if not self.items:
            what = self._what(view)
            return Answer(text=view.say(f"{self._when(view)}没有{what}。", f"No {what}{self._when(view)}."))
        card = task_card("", self.items, self.names, view, assignees=self.assignees)
        return Answer(text=self._headline(view), cards=(card,), shown=shown(card))

    def _headline(self, view: View) -> str:
        count = len(self.items)
        if count == 1:
            only = self.items[0]
            return view.say(
                f"{self._when(view)}有 1 条{self._what(view)}: {due_text(only, view)},{only.title}。",
                f"1 {self._what(view)}{self._when(view)}: {only.title}, {due_text(only, view)}.",
            )
        when, what = self._when(view), self._what(view)
        return view.say(f"{when}{what}共 {count} 条。", f"{count} {what}{when}.")

    def _what(self, view: View) -> str:
        kind = view.say("逾期", "overdue") if self.args.overdue else self._status(view)
        who = self.names.of("user", self.args.assignee)
        about = (
            self.names.of("customer", self.args.customer)
            or self.names.of("opportunity", self.args.opportunity)
            or self.names.of("lead", self.args.lead)
        )
        if view.language == "en":
            tasks_word = counted(len(self.items), "task", view).split(" ", 1)[1]
            parts = (kind, tasks_word, f"of {who}" if who else "", f"about {about}" if about else "")
            return " ".join(part for part in parts if part)
        owner = "、".join(part for part in (who, about) if part)
        return f"{owner}{'的' if owner else ''}{kind}待办"

    def _status(self, view: View) -> str:
        return "" if self.args.status == "all" else word(TASK_STATUS, self.args.status, view)

    def _when(self, view: View) -> str:
        begin, end = self.args.begin, self.args.end
        if self.args.overdue or (begin is None and end is None):
            return ""
        said = _period(begin, end, view)
        return said if view.language != "en" else f" {said}"


def _period(begin: datetime | None, end: datetime | None, view: View) -> str:
    """A period in words; whole days are named as days, the last one included."""
    last = None if end is None else _last_day(end, view)
    if begin is None:
        return view.say(f"{last}为止", f"until {last}")
    local = begin.astimezone(view.zone)
    first = day(local.date(), view) if f"{local:%H%M}" == "0000" else moment(begin, view)
    if last is None:
        return view.say(f"{first}起", f"from {first}")
    return first if first == last else view.say(f"{first}至{last}", f"{first} to {last}")


def _last_day(end: datetime, view: View) -> str:
    local = end.astimezone(view.zone)
    if f"{local:%H%M}" != "0000":
        return moment(end, view)
    return day((local.date().fromordinal(local.date().toordinal() - 1)), view)


@tool(args=ListTasks, effect=Effect.READ)
def list_tasks(ctx: ToolContext, args: ListTasks) -> TaskList:
    """列出待办/日程/提醒. List follow-up tasks: one's own, a teammate's, a customer's, overdue or in a period.

    A rep sees its own tasks unless a customer, opportunity, lead, assignee or everyone is given; a manager the team's.
    """
    mine = ctx.crm.principal.user_id
    found = [task for task in tasks(ctx.crm, _filter(ctx, args)) if not args.overdue or _is_overdue(task, ctx.now)]
    items = _ranked(found, args.words)
    if not items:
        _may_ask(ctx, args)
    asked: dict[str, int | None] = {
        "customer": args.customer,
        "opportunity": args.opportunity,
        "lead": args.lead,
        "user": args.assignee,
    }
    names = names_for(ctx, items, asked=asked)
    return TaskList(
        args=args, items=tuple(items), names=names, assignees=any(item.assignee_id != mine for item in items)
    )


def _may_ask(ctx: ToolContext, args: ListTasks) -> None:
    """Tell "there are none" from what the user may not see. Raises RecordNotVisible, ToolRefused."""
    for record_type, record_id in (("customer", args.customer), ("opportunity", args.opportunity), ("lead", args.lead)):
        if record_id is not None:
            ctx.crm.repository(record_type).require(record_id)
    if args.assignee is not None and args.assignee != ctx.crm.principal.user_id:
        covered(ctx, (args.assignee,))


def _is_overdue(task: Task, now: datetime) -> bool:
    return task.status == "open" and task.due_at is not None and task.due_at < now


def _ranked(found: list[Task], words: tuple[str, ...]) -> list[Task]:
    """Those that hold any of the words, those with most of them first."""
    if not words:
        return found
    matched = {task.id: sum(word.casefold() in task.title.casefold() for word in words) for task in found}
    return sorted((task for task in found if matched[task.id]), key=lambda task: -matched[task.id])


def _filter(ctx: ToolContext, args: ListTasks) -> TaskFilter:
    end = ctx.now if args.overdue and (args.end is None or args.end > ctx.now) else args.end
    return TaskFilter(
        status="open" if args.overdue else args.status,
        customer=args.customer,
        opportunity=args.opportunity,
        lead=args.lead,
        assignees=_assignees(ctx, args),
        begin=args.begin,
        end=end,
        priority=args.priority,
    )


def _assignees(ctx: ToolContext, args: ListTasks) -> tuple[int, ...]:
    """Whose tasks; () for all that the user sees."""
    if args.assignee is not None:
        return (args.assignee,)
    about = (args.customer, args.opportunity, args.lead)
    if args.everyone or any(one is not None for one in about) or ctx.crm.principal.role is not Role.REP:
        return ()
    return (ctx.crm.principal.user_id,)
