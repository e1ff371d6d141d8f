"""The tool that merges two customers that are one."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from crm_store.merge import merge
from crm_store.records import Contact
from tools.asking import refused
from tools.base import Args, CustomerRef, Effect, ToolContext, tool
from tools.written import Writing, Written

_PERSONAL = ("title", "phone", "email", "role")


class MergeCustomers(Args):
    """Arguments of merge_customers."""

    keep: CustomerRef = Field(description="保留的客户 (customer that stays)")
    absorb: CustomerRef = Field(description="并入的客户,合并后不再单独存在 (customer that is merged into it)")


@tool(args=MergeCustomers, effect=Effect.WRITE)
def merge_customers(ctx: ToolContext, args: MergeCustomers) -> Written:
    """合并两个重复的客户. Merge two records of one customer: everything moves to the one that stays.

    Names become aliases, tags are joined, empty fields are filled, a person whom both have stays once.
    """
    if args.keep == args.absorb:
        raise refused(ctx, "这是同一个客户,不用合并。", "These are the same customer; there is nothing to merge.")
    absorb = ctx.crm.customers.require(args.absorb)
    people = ctx.crm.contacts.of_customer(args.keep)
    coming = ctx.crm.contacts.of_customer(args.absorb)
    writing = Writing(ctx)
    keep = merge(ctx.crm, args.keep, args.absorb)
    _unite(ctx, writing, people, coming)
    zh, en = f"已把「{absorb.name}」并入「{keep.name}」", f"Merged “{absorb.name}” into “{keep.name}”"
    return writing.result(headline=(zh, en))


def _unite(ctx: ToolContext, writing: Writing, people: Sequence[Contact], coming: Sequence[Contact]) -> None:
    """Make one record of a person whom both customers have, unless the two have different phones."""
    known = {person.name: person for person in people}
    for other in coming:
        same = known.get(other.name)
        if same is None or (same.phone and other.phone and same.phone != other.phone):
            continue
        fields = {name: getattr(other, name) for name in _PERSONAL if not getattr(same, name) and getattr(other, name)}
        if fields:
            writing.update("contact", same.id, fields)
        ctx.crm.contacts.delete(other.id)
