"""The tool that finds people at customers, by name, role or title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from crm_store.records import Contact
from tools.asking import refused
from tools.base import Args, ContactRef, CustomerRef, Effect, ToolContext, View, tool
from tools.cards import Answer, Card
from tools.fields import facts_of
from tools.listing import contact_card, shown
from tools.naming import Names, link_to, names_for
from tools.roles import playing

Topic = Literal["phone", "email", "title", "role", "all"]
_TOPICS = {"phone": ("电话", "phone"), "email": ("邮箱", "email"), "title": ("职务", "title"), "role": ("角色", "role")}


class ListContacts(Args):
    """Arguments of list_contacts."""

    customer: CustomerRef | None = Field(default=None, description="客户 (customer)")
    contact: ContactRef | None = Field(default=None, description="某一位联系人 (one contact)")
    role: str | None = Field(default=None, description="角色或职务,如 采购、决策人、财务 (role or title looked for)")
    topic: Topic | None = Field(default=None, description="只问电话、邮箱、职务或角色 (what is asked about them)")


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactList:
    """Contacts found; `fits` says whether they play the role that was asked for."""

    args: ListContacts
    items: tuple[Contact, ...]
    fits: bool
    names: Names

    def render(self, view: View) -> Answer:
        """The answer to show."""
        if not self.items:
            return Answer(text=self._none(view))
        card = self._one(view) if len(self.items) == 1 else self._many(view)
        return Answer(text=self._headline(view), cards=(card,), shown=shown(card))

    def _one(self, view: View) -> Card:
        only = self.items[0]
        return Card(
            title=only.name,
            link=link_to("contact", only, self.names),
            facts=facts_of("contact", only, self.names, view)[1:],
        )

    def _many(self, view: View) -> Card:
        return contact_card("", self.items, self.names, view, customers=self.args.customer is None)

    def _where(self, view: View) -> str:
        return self.names.of("customer", self.args.customer)

    def _none(self, view: View) -> str:
        where = self._where(view)
        if not where:
            return view.say("没有找到联系人。", "No contact found.")
        return view.say(f"{where}还没有登记联系人。", f"{where} has no contacts yet.")

    def _headline(self, view: View) -> str:
        if not self.fits:
            return view.say(
                f"{self._where(view)}没有标明「{self.args.role}」的联系人,已登记的有:",
                f"No contact of {self._where(view) or 'yours'} is marked “{self.args.role}”; those on record:",
            )
        if len(self.items) > 1:
            return self._several(view)
        return self._asked_role(view) if self.args.role and not self.args.contact else self._asked_person(view)

    def _several(self, view: View) -> str:
        where, count = self._where(view), len(self.items)
        what = self.args.role or view.say("联系人", "contacts")
        return view.say(f"{where}{'的' if where else ''}{what}有 {count} 位:", f"{where or 'All'}: {count} {what}")

    def _asked_role(self, view: View) -> str:
        only = self.items[0]
        where = self.names.of("customer", only.customer_id)
        phone = only.phone or view.say("未登记", "not on record")
        if view.language == "en":
            return f"“{self.args.role}” at {where}: {_who(only, view)}, phone {phone}."
        return f"{where}「{self.args.role}」是 {_who(only, view)},电话 {phone}。"

    def _asked_person(self, view: View) -> str:
        only = self.items[0]
        topic = self.args.topic or "all"
        where = self.names.of("customer", only.customer_id)
        if topic == "all":
            phone = only.phone or view.say("未登记", "not on record")
            who = _who(only, view)
            return view.say(f"{where} {who},电话 {phone}。", f"{who} at {where}, phone {phone}.")
        zh, en = _TOPICS[topic]
        value = getattr(only, topic)
        if not value:
            return view.say(f"没有登记{only.name}的{zh}。", f"{only.name}'s {en} is not on record.")
        return view.say(f"{where} {only.name}的{zh}: {value}", f"{only.name} ({where}), {en}: {value}")


def _who(contact: Contact, view: View) -> str:
    said = view.say("、", ", ").join(dict.fromkeys(part for part in (contact.title, contact.role) if part))
    return contact.name + (view.say(f"({said})", f" ({said})") if said else "")


@tool(args=ListContacts, effect=Effect.READ)
def list_contacts(ctx: ToolContext, args: ListContacts) -> ContactList:
    """查联系人:谁负责采购、谁拍板、电话邮箱. Find people at a customer by role or title, or show one contact."""
    if args.contact is not None:
        found, fits = [ctx.crm.contacts.require(args.contact)], True
    elif args.customer is not None:
        ctx.crm.customers.require(args.customer)
        found, fits = playing(ctx.crm.contacts.of_customer(args.customer), args.role)
    elif args.role:
        found, fits = playing(ctx.crm.contacts.find(), args.role)
        found = found if fits else []
    else:
        raise refused(ctx, "请告诉我是哪家客户的联系人。", "Please tell me which customer's contacts you want.")
    return ContactList(
        args=args, items=tuple(found), fits=fits, names=names_for(ctx, found, asked={"customer": args.customer})
    )
