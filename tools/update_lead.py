"""The tool that changes a lead."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tools.asking import given, named, something
from tools.base import Args, Effect, LeadRef, ToolContext, UserRef, tool
from tools.written import Writing, Written


class UpdateLead(Args):
    """Arguments of update_lead."""

    lead: LeadRef = Field(description="线索 (lead)")
    name: str | None = Field(default=None, description="姓名 (name)")
    company: str | None = Field(default=None, description="公司,空字符串表示清除 (company; '' clears)")
    phone: str | None = Field(default=None, description="电话 (phone)")
    source: str | None = Field(default=None, description="来源 (source)")
    status: Literal["new", "working", "qualified", "unqualified"] | None = Field(
        default=None, description="新 new、跟进中 working、已确认 qualified、作废 unqualified (转客户用 convert_lead)"
    )
    owner: UserRef | None = Field(default=None, description="负责人 (owner)")


@tool(args=UpdateLead, effect=Effect.WRITE)
def update_lead(ctx: ToolContext, args: UpdateLead) -> Written:
    """修改线索的状态、电话、公司、负责人等. Change a lead's status, phone, company, source or owner."""
    fields = given(
        name=None if args.name is None else named(ctx, args.name),
        company=args.company,
        phone=args.phone,
        source=args.source,
        status=args.status,
        owner_id=args.owner,
    )
    writing = Writing(ctx)
    writing.update("lead", args.lead, something(ctx, fields))
    return writing.result()
