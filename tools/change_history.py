"""The tool that says who changed a record, when, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field

from crm_store.audit import CREATE, DELETE, Change
from crm_store.records import Record
from tools.base import Args, Effect, ToolContext, View, tool
from tools.cards import Answer, Card, Row
from tools.fields import changed_facts
from tools.naming import Names, label_of, link_to, names_for
from tools.wording import TYPES, listed, moment, shortened

LIMIT = 20


class ChangeHistory(Args):
    """Arguments of change_history. The id is of a record of that type."""

    record_type: Literal["customer", "contact", "opportunity", "note", "task", "lead", "order"] = Field(
        description="客户、联系人、商机、纪要、待办、线索、订单 (type of the record)"
    )
    record_id: int = Field(description="记录 (id of the record)")
    limit: int = Field(default=LIMIT, ge=1, le=200, description="最多几次 (how many changes)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One change of the record: when, by whom, what, and whether it was an undo or was taken back."""

    at: datetime
    user_id: int | None
    kind: str
    words: str | None
    undone: bool
    change: Change


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """The changes of one record, newest first."""

    record_type: str
    record: Record
    steps: tuple[Step, ...]
    names: Names

    def render(self, view: View) -> Answer:
        """The answer to show."""
        link = link_to(self.record_type, self.record, self.names)
        label, (zh, en) = label_of(self.record, self.names), TYPES[self.record_type]
        if not self.steps:
            text = view.say(f"{zh}「{label}」没有修改记录。", f"No changes of {en} “{label}” are on record.")
            return Answer(text=text, shown=(link,))
        newest = self.steps[0]
        who, when = self._who(newest, view), moment(newest.at, view)
        text = view.say(
            f"{zh}「{label}」最近一次修改: {when},{who}。",
            f"{en.capitalize()} “{label}” was last changed {when} by {who}.",
        )
        columns = ("时间", "谁", "修改", "原话") if view.language != "en" else ("time", "who", "change", "words")
        card = Card(title="", link=link, columns=columns, rows=tuple(self._row(step, view) for step in self.steps))
        return Answer(text=text, cards=(card,), shown=(link,))

    def _row(self, step: Step, view: View) -> Row:
        words = f"「{shortened(step.words)}」" if step.words else ""
        return Row(cells=(moment(step.at, view), self._who(step, view), self._what(step, view), words))

    def _who(self, step: Step, view: View) -> str:
        return self.names.of("user", step.user_id) or view.say("系统", "the system")

    def _what(self, step: Step, view: View) -> str:
        change = step.change
        said = view.say("撤销: ", "undo: ") if step.kind == "undo" else ""
        if change.op in (CREATE, DELETE) or change.before is None or change.after is None:
            said += view.say("新建", "created") if change.op == CREATE else view.say("删除", "deleted")
        else:
            facts = changed_facts(self.record_type, change.before, change.after, self.names, view)
            said += listed([f"{fact.label} {fact.before} → {fact.value}" for fact in facts], view)
        return said + (view.say("(已撤销)", " (taken back)") if step.undone else "")


@tool(args=ChangeHistory, effect=Effect.READ)
def change_history(ctx: ToolContext, args: ChangeHistory) -> History:
    """查修改记录:谁在什么时候改了什么. Say who changed a record, when, what and in which words."""
    record = ctx.crm.repository(args.record_type).require(args.record_id)
    steps = tuple(
        Step(
            at=found.at,
            user_id=found.user_id,
            kind=found.kind,
            words=found.words if ctx.crm.principal.covers(found.user_id) else None,
            undone=found.undone_by is not None,
            change=change,
        )
        for found in ctx.crm.audit.history(args.record_type, args.record_id, limit=args.limit)
        for change in reversed(found.changes)
        if change.record_type == args.record_type and change.record_id == args.record_id
    )[: args.limit]
    records = [record] + [r for step in steps for r in (step.change.before, step.change.after) if r is not None]
    users = {step.user_id for step in steps if step.user_id is not None}
    return History(
        record_type=args.record_type, record=record, steps=steps, names=names_for(ctx, records, asked={"user": users})
    )
