"""The tool that creates a customer."""

from __future__ import annotations

from pydantic import Field

from tools.asking import level_of, named, refused
from tools.base import Args, Effect, ToolContext, UserRef, tool
from tools.written import Writing, Written


class CreateCustomer(Args):
    """Arguments of create_customer."""

    name: str = Field(description="客户全称 (full name)")
    aliases: tuple[str, ...] = Field(default=(), description="简称 (short names)")
    industry: str | None = Field(default=None, description="行业 (industry)")
    region: str | None = Field(default=None, description="地区 (region)")
    level: str | None = Field(default=None, description="等级 A/B/C (level)")
    tags: tuple[str, ...] = Field(default=(), description="标签 (tags)")
    phone: str | None = Field(default=None, description="电话 (phone)")
    address: str | None = Field(default=None, description="地址 (address)")
    website: str | None = Field(default=None, description="网站 (website)")
    owner: UserRef | None = Field(default=None, description="负责人,默认自己 (owner; default: the user)")
    contact_name: str | None = Field(default=None, description="首个联系人姓名 (name of its first contact)")
    contact_title: str | None = Field(default=None, description="首个联系人职务 (the contact's title)")
    contact_phone: str | None = Field(default=None, description="首个联系人电话 (the contact's phone)")
    allow_duplicate: bool = Field(default=False, description="有同名客户也新建,须用户明说 (create it all the same)")


@tool(args=CreateCustomer, effect=Effect.WRITE)
def create_customer(ctx: ToolContext, args: CreateCustomer) -> Written:
    """新建客户. Create a customer; one that seems to exist already is refused unless duplicates are allowed."""
    name = named(ctx, args.name)
    if not args.allow_duplicate:
        refuse_same(ctx, name, args.phone)
    writing = Writing(ctx)
    customer = ctx.crm.customers.add(
        name=name,
        owner_id=args.owner or ctx.crm.principal.user_id,
        aliases=args.aliases,
        industry=args.industry,
        region=args.region,
        level=level_of(ctx, args.level) or None,
        tags=args.tags,
        phone=args.phone,
        address=args.address,
        website=args.website,
    )
    if args.contact_name:
        ctx.crm.contacts.add(
            customer_id=customer.id, name=args.contact_name, title=args.contact_title, phone=args.contact_phone
        )
    return writing.result()


def refuse_same(ctx: ToolContext, name: str, phone: str | None = None) -> None:
    """Refuse to create a customer that seems to exist, naming it."""
    same = ctx.crm.customers.same_as(name, phone)
    if same:
        found = same[0].name
        raise refused(
            ctx,
            f"已经有客户「{found}」,没有重复新建;如果确实是另一家,请说“仍然新建”。",
            f"There is already a customer “{found}”; if this is another one, say “create it anyway”.",
        )
