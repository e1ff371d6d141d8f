"""The tool that shows all there is to know about one customer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field

from crm_store.queries_customers import newest_interaction, purchase_totals
from crm_store.records import Contact, Customer, Interaction, Note, Opportunity, Stage, Task
from tools.base import Args, CustomerRef, Effect, ToolContext, View, tool
from tools.cards import Answer, Card, Fact, RecordLink
from tools.customer_headlines import headline
from tools.fields import facts_of
from tools.listing import contact_card, note_card, note_facts, opportunity_card, shown, task_card, total
from tools.naming import Names, link_to, names_for
from tools.wording import money

NOTES = 3
Topic = Literal[
    "all", "progress", "level", "owner", "industry", "address", "phone", "region", "tags", "profile", "aliases",
    "last_contact",
]  # fmt: skip


class Customer360(Args):
    """Arguments of customer_360."""

    customer: CustomerRef = Field(description="客户 (customer)")
    topic: Topic | None = Field(
        default=None,
        description="问什么 (what is asked): progress 进展/卡点, last_contact 上次沟通, profile 基本资料, level 等级…",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerView:
    """One customer and what hangs on it; opportunities are the open ones, notes the newest, `purchases` in yuan."""

    customer: Customer
    topic: str
    stages: dict[int, Stage]
    opportunities: tuple[Opportunity, ...]
    closed: int
    notes: tuple[Note, ...]
    interaction: Interaction | None
    tasks: tuple[Task, ...]
    contacts: tuple[Contact, ...]
    orders: int
    purchases: Decimal
    names: Names

    def render(self, view: View) -> Answer:
        """The answer to show: the headline answers the topic, and the cards show what belongs to it."""
        cards = [self._basics(view)]
        if self.topic == "all":
            cards += [*self._work(view), *self._people(view)]
        elif self.topic == "progress":
            cards = self._work(view)
        elif self.topic == "last_contact" and self.notes:
            cards = [note_facts(self.notes[0], self.names, view)]
        return Answer(text=headline(self, view), cards=tuple(cards), shown=self._shown(cards))

    def _basics(self, view: View) -> Card:
        facts = facts_of("customer", self.customer, self.names, view)[1:]
        if self.orders:
            count = view.say(f"{self.orders} 笔", f"{self.orders} orders")
            value = f"{money(self.purchases, view)} ({count})"
            facts = (*facts, Fact(label=view.say("累计采购", "purchases"), value=value))
        return Card(title=self.customer.name, link=link_to("customer", self.customer, self.names), facts=facts)

    def _work(self, view: View) -> list[Card]:
        cards = []
        if self.opportunities:
            sum_text = money(total(self.opportunities), view)
            title = view.say(f"在跟商机(合计 {sum_text})", f"Open opportunities ({sum_text})")
            cards.append(opportunity_card(title, self.opportunities, self.names, view, customers=False))
        if self.notes:
            cards.append(note_card(view.say("最近纪要", "Latest notes"), self.notes, self.names, view, customers=False))
        if self.tasks:
            others = any(task.assignee_id != self.customer.owner_id for task in self.tasks)
            title = view.say("待办", "Tasks")
            cards.append(task_card(title, self.tasks, self.names, view, customers=False, assignees=others))
        return cards

    def _people(self, view: View) -> list[Card]:
        title = view.say("联系人", "Contacts")
        return [contact_card(title, self.contacts, self.names, view)] if self.contacts else []

    def _shown(self, cards: list[Card]) -> tuple[RecordLink, ...]:
        about = link_to("customer", self.customer, self.names)
        return tuple(dict.fromkeys((about, *shown(*cards))))


@tool(args=Customer360, effect=Effect.READ)
def customer_360(ctx: ToolContext, args: Customer360) -> CustomerView:
    """客户全貌:资料、进展、商机、纪要、待办、联系人. Show one customer: profile, progress, deals, notes, tasks."""
    crm = ctx.crm
    customer = crm.customers.require(args.customer)
    stages = {stage.id: stage for stage in crm.stages.in_order()}
    deals = crm.opportunities.of_customer(customer.id)
    opened = tuple(deal for deal in deals if not stages[deal.stage_id].is_closed)
    notes = tuple(crm.notes.of_customer(customer.id, limit=NOTES))
    interaction = newest_interaction(crm, customer.id)
    tasks = tuple(crm.tasks.of_customer(customer.id))
    contacts = tuple(crm.contacts.of_customer(customer.id))
    orders, purchases = purchase_totals(crm, customer.id)
    return CustomerView(
        customer=customer,
        topic=args.topic or "all",
        stages=stages,
        opportunities=opened,
        closed=len(deals) - len(opened),
        notes=notes,
        interaction=interaction,
        tasks=tasks,
        contacts=contacts,
        orders=orders,
        purchases=purchases,
        names=names_for(ctx, (customer, *opened, *notes, *tasks), known=(*deals, *stages.values())),
    )
