"""The tool that changes a customer, or hands it over to a colleague."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from crm_store.queries_records import OpportunityFilter, TaskFilter, opportunities, tasks
from crm_store.records import Customer
from tools.asking import given, level_of, named, something
from tools.base import Args, CustomerRef, Effect, ToolContext, UserRef, tool
from tools.written import Writing, Written


class UpdateCustomer(Args):
    """Arguments of update_customer."""

    customer: CustomerRef = Field(description="客户 (customer)")
    name: str | None = Field(default=None, description="新全称 (new full name)")
    add_aliases: tuple[str, ...] = Field(default=(), description="增加的简称 (short names to add)")
    remove_aliases: tuple[str, ...] = Field(default=(), description="去掉的简称 (short names to remove)")
    industry: str | None = Field(default=None, description="行业,空字符串表示清除 (industry; '' clears)")
    region: str | None = Field(default=None, description="地区 (region)")
    level: str | None = Field(default=None, description="等级 A/B/C (level)")
    add_tags: tuple[str, ...] = Field(default=(), description="增加的标签 (tags to add)")
    remove_tags: tuple[str, ...] = Field(default=(), description="去掉的标签 (tags to remove)")
    phone: str | None = Field(default=None, description="电话 (phone)")
    address: str | None = Field(default=None, description="地址 (address)")
    website: str | None = Field(default=None, description="网站 (website)")
    owner: UserRef | None = Field(default=None, description="转给哪位同事负责 (new owner)")


@tool(args=UpdateCustomer, effect=Effect.WRITE)
def update_customer(ctx: ToolContext, args: UpdateCustomer) -> Written:
    """修改客户资料、等级、标签,或转给同事. Change a customer's profile, level or tags, or reassign it.

    Reassigning also hands over the previous owner's open tasks and open opportunities of that customer.
    """
    before = ctx.crm.customers.require(args.customer)
    fields = something(ctx, _fields(ctx, args, before))
    writing = Writing(ctx)
    # Only this much is given away before the customer itself, which the user may no longer see afterwards.
    if args.owner is not None and args.owner != before.owner_id:
        _hand_over(ctx, writing, before, args.owner)
    writing.update("customer", args.customer, fields)
    return writing.result()


def _fields(ctx: ToolContext, args: UpdateCustomer, before: Customer) -> dict[str, Any]:
    fields = given(
        name=None if args.name is None else named(ctx, args.name),
        industry=args.industry,
        region=args.region,
        level=level_of(ctx, args.level),
        phone=args.phone,
        address=args.address,
        website=args.website,
        owner_id=args.owner,
    )
    if args.add_aliases or args.remove_aliases:
        fields["aliases"] = _edited(before.aliases, args.add_aliases, args.remove_aliases)
    if args.add_tags or args.remove_tags:
        fields["tags"] = _edited(before.tags, args.add_tags, args.remove_tags)
    return fields


def _edited(words: tuple[str, ...], more: tuple[str, ...], fewer: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(word for word in words if word not in fewer), *more)))


def _hand_over(ctx: ToolContext, writing: Writing, customer: Customer, new_owner: int) -> None:
    old_owner = customer.owner_id
    for task in tasks(ctx.crm, TaskFilter(customer=customer.id, assignees=(old_owner,))):
        writing.update("task", task.id, {"assignee_id": new_owner})
    for deal in opportunities(ctx.crm, OpportunityFilter(customer=customer.id, owners=(old_owner,))):
        writing.update("opportunity", deal.id, {"owner_id": new_owner})
