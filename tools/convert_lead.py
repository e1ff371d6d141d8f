"""The tool that turns a lead into a customer with a contact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from crm_store.records import Customer, Lead
from tools.asking import named, not_negative, refused
from tools.base import Args, CustomerRef, Effect, LeadRef, ProductRef, ToolContext, tool
from tools.create_customer import refuse_same
from tools.create_opportunity import CreateOpportunity, add_opportunity
from tools.written import Writing, Written


class ConvertLead(Args):
    """Arguments of convert_lead."""

    lead: LeadRef = Field(description="线索 (lead)")
    customer_name: str | None = Field(default=None, description="客户全称,默认线索的公司 (name of the new customer)")
    customer: CustomerRef | None = Field(default=None, description="并入已有客户 (existing customer it belongs to)")
    create_opportunity: bool = Field(default=False, description="是否同时建商机,须用户要求 (with an opportunity)")
    opportunity_name: str | None = Field(default=None, description="商机名称 (name of the opportunity)")
    amount: Decimal | None = Field(default=None, description="商机金额,元 (its amount in yuan)")
    expected_close_date: date | None = Field(default=None, description="商机预计签约日期 (its expected close date)")
    products: tuple[ProductRef, ...] = Field(default=(), description="商机产品 (its products)")


@tool(args=ConvertLead, effect=Effect.WRITE)
def convert_lead(ctx: ToolContext, args: ConvertLead) -> Written:
    """线索转客户. Turn a lead into a customer of the user with the lead as contact; the lead becomes converted."""
    not_negative(ctx, args.amount)
    lead = ctx.crm.leads.require(args.lead)
    if lead.status == "converted":
        raise refused(ctx, f"线索「{lead.name}」已经转过客户了。", f"Lead “{lead.name}” has already been converted.")
    writing = Writing(ctx)
    customer = _customer(ctx, args, lead)
    _contact(ctx, lead, customer)
    if args.create_opportunity:
        add_opportunity(ctx, _opportunity(args, customer), customer)
    fields = {"status": "converted", "customer_id": customer.id}
    if lead.owner_id is None:
        fields["owner_id"] = ctx.crm.principal.user_id
    writing.update("lead", lead.id, fields)
    zh = f"线索「{lead.name}」已转为客户「{customer.name}」"
    en = f"Lead “{lead.name}” is now customer “{customer.name}”"
    return writing.result(headline=(zh, en))


def _customer(ctx: ToolContext, args: ConvertLead, lead: Lead) -> Customer:
    if args.customer is not None:
        return ctx.crm.customers.require(args.customer)
    name = named(ctx, args.customer_name or lead.company or lead.name)
    refuse_same(ctx, name)
    return ctx.crm.customers.add(name=name, owner_id=ctx.crm.principal.user_id, aliases=(), tags=())


def _contact(ctx: ToolContext, lead: Lead, customer: Customer) -> None:
    """The lead as a contact, unless the customer has that person already."""
    if all(known.name != lead.name for known in ctx.crm.contacts.of_customer(customer.id)):
        ctx.crm.contacts.add(customer_id=customer.id, name=lead.name, phone=lead.phone)


def _opportunity(args: ConvertLead, customer: Customer) -> CreateOpportunity:
    return CreateOpportunity(
        customer=customer.id,
        name=args.opportunity_name,
        amount=args.amount,
        expected_close_date=args.expected_close_date,
        products=args.products,
    )
