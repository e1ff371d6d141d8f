"""The tool that adds a person to a customer."""

from __future__ import annotations

from pydantic import Field

from tools.asking import named, refused
from tools.base import Args, CustomerRef, Effect, ToolContext, tool
from tools.written import Writing, Written


class CreateContact(Args):
    """Arguments of create_contact."""

    customer: CustomerRef = Field(description="客户 (customer)")
    name: str = Field(description="姓名 (name)")
    title: str | None = Field(default=None, description="职务,如 采购经理 (title)")
    phone: str | None = Field(default=None, description="电话 (phone)")
    email: str | None = Field(default=None, description="邮箱 (email)")
    role: str | None = Field(default=None, description="在采购中的角色,如 决策人、采购、使用人 (role in the purchase)")


@tool(args=CreateContact, effect=Effect.WRITE)
def create_contact(ctx: ToolContext, args: CreateContact) -> Written:
    """新增联系人. Add a person to a customer; one of that name who is there already is refused."""
    name = named(ctx, args.name)
    customer = ctx.crm.customers.require(args.customer)
    for known in ctx.crm.contacts.of_customer(customer.id):
        if known.name == name and (not args.phone or not known.phone or args.phone == known.phone):
            raise refused(
                ctx,
                f"{customer.name}已经有联系人{name},没有重复新建;要改资料请直接说改成什么。",
                f"{customer.name} already has a contact {name}; to change it, just say what to change.",
            )
    writing = Writing(ctx)
    ctx.crm.contacts.add(
        customer_id=args.customer, name=name, title=args.title, phone=args.phone, email=args.email, role=args.role
    )
    return writing.result()
