"""The tool that merges two customers that are one."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from crm_store.queries_records import leads_of, of_customer_all
from crm_store.records import Contact, Customer
from tools.asking import refused
from tools.base import Args, CustomerRef, Effect, ToolContext, tool
from tools.written import Writing, Written

_FILLED = ("industry", "region", "level", "phone", "address", "website")
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
    keep, absorb = ctx.crm.customers.require(args.keep), ctx.crm.customers.require(args.absorb)
    writing = Writing(ctx)
    _move(ctx, writing, keep, absorb)
    writing.update("customer", keep.id, _merged(keep, absorb))
    writing.update("customer", absorb.id, {"merged_into_id": keep.id})
    ctx.crm.customers.delete(absorb.id)
    return writing.result(
        headline=(f"已把「{absorb.name}」并入「{keep.name}」", f"Merged “{absorb.name}” into “{keep.name}”")
    )


def _merged(keep: Customer, absorb: Customer) -> dict[str, Any]:
    names = dict.fromkeys((*keep.aliases, absorb.name, *absorb.aliases))
    fields: dict[str, Any] = {name: getattr(keep, name) or getattr(absorb, name) for name in _FILLED}
    fields["aliases"] = tuple(name for name in names if name != keep.name)
    fields["tags"] = tuple(dict.fromkeys((*keep.tags, *absorb.tags)))
    return fields


def _move(ctx: ToolContext, writing: Writing, keep: Customer, absorb: Customer) -> None:
    for lead in leads_of(ctx.crm, absorb.id):
        writing.update("lead", lead.id, {"customer_id": keep.id})
    people = {person.name: person for person in ctx.crm.contacts.of_customer(keep.id)}
    for record_type, ids in of_customer_all(ctx.crm, absorb.id).items():
        for record_id in ids:
            same = _same_person(ctx, people, record_id) if record_type == "contact" else None
            if same is None:
                writing.update(record_type, record_id, {"customer_id": keep.id})
            else:
                _unite(ctx, writing, same, record_id)


def _same_person(ctx: ToolContext, people: dict[str, Contact], contact_id: int) -> Contact | None:
    """The contact of the same name there, unless the two have different phones."""
    other = ctx.crm.contacts.require(contact_id)
    same = people.get(other.name)
    if same is None or (same.phone and other.phone and same.phone != other.phone):
        return None
    return same


def _unite(ctx: ToolContext, writing: Writing, same: Contact, other_id: int) -> None:
    other = ctx.crm.contacts.require(other_id)
    fields = {name: getattr(other, name) for name in _PERSONAL if not getattr(same, name) and getattr(other, name)}
    if fields:
        writing.update("contact", same.id, fields)
    ctx.crm.contacts.delete(other_id)
