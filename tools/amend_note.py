"""The tool that corrects or continues a meeting note."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, Field

from crm_store.records import Note
from tools.asking import given, named, not_future, of_customer, something
from tools.base import Args, CustomerRef, Effect, NoteRef, OpportunityRef, ToolContext, tool
from tools.record_note import DetailKey
from tools.written import Writing, Written

_ENDS = "。.!?！？;；…”」"


class AmendNote(Args):
    """Arguments of amend_note."""

    note: NoteRef = Field(description="要改的纪要 (note to change)")
    summary: str | None = Field(default=None, description="新的内容,替换原文 (new text in place of the old)")
    append: str | None = Field(default=None, description="补充的内容,接在原文后 (text to add)")
    customer: CustomerRef | None = Field(default=None, description="改到哪个客户名下 (customer it is about)")
    occurred_at: AwareDatetime | None = Field(default=None, description="沟通发生的时间,含时区 (when it took place)")
    opportunity: OpportunityRef | None = Field(default=None, description="相关商机 (opportunity it is about)")
    attendees: tuple[str, ...] | None = Field(default=None, description="参与人,替换原来的 (people met, all of them)")
    details: dict[DetailKey, str] | None = Field(default=None, description="要点,并入原来的 (details to set)")


@tool(args=AmendNote, effect=Effect.WRITE)
def amend_note(ctx: ToolContext, args: AmendNote) -> Written:
    """修改或补充会议纪要. Correct a meeting note or add to it."""
    not_future(ctx, args.occurred_at)
    before = ctx.crm.notes.require(args.note)
    writing = Writing(ctx)
    writing.update("note", args.note, something(ctx, _fields(ctx, args, before)))
    return writing.result()


def _fields(ctx: ToolContext, args: AmendNote, before: Note) -> dict[str, Any]:
    fields = given(customer_id=args.customer, occurred_at=args.occurred_at, attendees=args.attendees)
    if args.summary is not None or args.append is not None:
        fields["summary"] = _text(ctx, args, before)
    if args.details is not None:
        joined: dict[str, Any] = before.details | {str(key): value for key, value in args.details.items()}
        fields["details"] = {key: value for key, value in joined.items() if value}
    if args.opportunity is not None:
        of_customer(ctx, args.opportunity, args.customer or before.customer_id)
        fields["opportunity_id"] = args.opportunity
    elif args.customer not in (None, before.customer_id) and before.opportunity_id is not None:
        fields["opportunity_id"] = None  # the old customer's opportunity
    return fields


def _text(ctx: ToolContext, args: AmendNote, before: Note) -> str:
    text = before.summary if args.summary is None else named(ctx, args.summary)
    if not args.append:
        return text
    return text.rstrip() + ("" if text.rstrip()[-1:] in _ENDS else "。") + args.append.strip()
