"""The tool that changes a contact."""

from __future__ import annotations

from pydantic import Field

from tools.asking import given, named, something
from tools.base import Args, ContactRef, CustomerRef, Effect, ToolContext, tool
from tools.written import Writing, Written


class UpdateContact(Args):
    """Arguments of update_contact."""

    contact: ContactRef = Field(description="联系人 (contact)")
    name: str | None = Field(default=None, description="新姓名 (new name)")
    title: str | None = Field(default=None, description="职务,空字符串表示清除 (title; '' clears)")
    phone: str | None = Field(default=None, description="电话 (phone)")
    email: str | None = Field(default=None, description="邮箱 (email)")
    role: str | None = Field(default=None, description="在采购中的角色 (role in the purchase)")
    customer: CustomerRef | None = Field(default=None, description="现在在哪家客户 (customer the person works at now)")


@tool(args=UpdateContact, effect=Effect.WRITE)
def update_contact(ctx: ToolContext, args: UpdateContact) -> Written:
    """修改联系人的电话、职务、角色等. Change a contact's phone, title, role, mail, name or customer."""
    fields = given(
        name=None if args.name is None else named(ctx, args.name),
        title=args.title,
        phone=args.phone,
        email=args.email,
        role=args.role,
        customer_id=args.customer,
    )
    writing = Writing(ctx)
    writing.update("contact", args.contact, something(ctx, fields))
    return writing.result()
