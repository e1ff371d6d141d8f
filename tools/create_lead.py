"""The tool that creates a lead."""

from __future__ import annotations

from pydantic import Field

from crm_store.queries_records import same_leads
from tools.asking import named, refused
from tools.base import Args, Effect, ToolContext, UserRef, tool
from tools.written import Writing, Written


class CreateLead(Args):
    """Arguments of create_lead."""

    name: str = Field(description="联系人姓名 (name of the person)")
    company: str | None = Field(default=None, description="公司 (company)")
    phone: str | None = Field(default=None, description="电话 (phone)")
    source: str | None = Field(default=None, description="来源,如 展会、官网、转介绍 (source)")
    owner: UserRef | None = Field(default=None, description="负责人,默认自己 (owner; default: the user)")
    allow_duplicate: bool = Field(default=False, description="有同样线索也新建,须用户明说 (create it all the same)")


@tool(args=CreateLead, effect=Effect.WRITE)
def create_lead(ctx: ToolContext, args: CreateLead) -> Written:
    """新建线索. Create a lead; one that seems to exist already is refused unless duplicates are allowed."""
    name = named(ctx, args.name)
    same = [] if args.allow_duplicate else same_leads(ctx.crm, name=name, company=args.company, phone=args.phone)
    if same:
        known = "·".join(part for part in (same[0].company, same[0].name) if part)
        raise refused(
            ctx,
            f"已经有线索「{known}」,没有重复新建;如果确实是另一条,请说“仍然新建”。",
            f"There is already a lead “{known}”; if this is another one, say “create it anyway”.",
        )
    writing = Writing(ctx)
    ctx.crm.leads.add(
        name=name,
        company=args.company,
        phone=args.phone,
        source=args.source,
        status="new",
        owner_id=args.owner or ctx.crm.principal.user_id,
    )
    return writing.result()
