"""The tool that lists meeting notes and looks for words in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import AwareDatetime, Field

from crm_store.queries_records import NoteFilter, notes
from crm_store.records import Note
from tools.asking import covered
from tools.base import Args, ContactRef, CustomerRef, Effect, OpportunityRef, ToolContext, UserRef, View, tool
from tools.cards import Answer
from tools.listing import note_card, note_facts, shown
from tools.naming import Names, names_for
from tools.wording import listed, moment

LIMIT = 10


class ListNotes(Args):
    """Arguments of list_notes."""

    customer: CustomerRef | None = Field(default=None, description="客户 (customer)")
    opportunity: OpportunityRef | None = Field(default=None, description="商机 (opportunity)")
    contact: ContactRef | None = Field(default=None, description="谁参加或被提到 (person met or named)")
    author: UserRef | None = Field(default=None, description="谁写的 (who wrote it)")
    begin: AwareDatetime | None = Field(default=None, description="时间从,含 (from, included)")
    end: AwareDatetime | None = Field(default=None, description="时间到,不含 (before, excluded)")
    words: tuple[str, ...] = Field(default=(), description="要找的词,命中多的排前 (words to look for, any of them)")
    latest: bool = Field(default=False, description="只要最近一条 (only the newest)")
    limit: int = Field(default=LIMIT, ge=1, le=200, description="最多几条 (how many)")


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteList:
    """Notes found; with words the best matches first, else the newest."""

    args: ListNotes
    items: tuple[Note, ...]
    names: Names
    contact: str

    def render(self, view: View) -> Answer:
        """The answer to show."""
        about = self._about(view)
        if not self.items:
            return Answer(text=view.say(f"没有找到{about}纪要。", f"No notes found{about}."))
        card = note_card("", self.items, self.names, view, customers=self.args.customer is None)
        if len(self.items) == 1:
            card = note_facts(self.items[0], self.names, view)
        return Answer(text=self._headline(about, view), cards=(card,), shown=shown(card))

    def _headline(self, about: str, view: View) -> str:
        if len(self.items) > 1:
            return view.say(f"找到 {len(self.items)} 条{about}纪要:", f"{len(self.items)} notes{about}:")
        only = self.items[0]
        customer, when = self.names.of("customer", only.customer_id), moment(only.occurred_at, view)
        return view.say(f"{customer} {when}的沟通: {only.summary}", f"{customer}, {when}: {only.summary}")

    def _about(self, view: View) -> str:
        customer = self.names.of("customer", self.args.customer) or self.names.of("opportunity", self.args.opportunity)
        parts = [customer, self.contact, self.names.of("user", self.args.author)]
        if self.args.words:
            parts.append(view.say(f"提到「{listed(self.args.words, view)}」", f"“{listed(self.args.words, view)}”"))
        given = [part for part in parts if part]
        if view.language == "en":
            return f" ({', '.join(given)})" if given else ""
        return "、".join(given) + ("的" if given else "")


@tool(args=ListNotes, effect=Effect.READ)
def list_notes(ctx: ToolContext, args: ListNotes) -> NoteList:
    """查会议纪要:上次聊了什么、谁提到过什么. List or search meeting notes by customer, person, period or words."""
    if args.author is not None:
        covered(ctx, (args.author,))
    if args.opportunity is not None:
        ctx.crm.opportunities.require(args.opportunity)
    wanted, contact = _filter(ctx, args)
    found = notes(ctx.crm, wanted, limit=1 if args.latest else args.limit)
    asked: dict[str, int | None] = {"customer": args.customer, "opportunity": args.opportunity, "user": args.author}
    names = names_for(ctx, found, asked=asked)
    return NoteList(args=args, items=tuple(found), names=names, contact=contact)


def _filter(ctx: ToolContext, args: ListNotes) -> tuple[NoteFilter, str]:
    """The filter, and the name of the person asked about: notes of that person's customer that name it."""
    customer = args.customer
    people: tuple[str, ...] = ()
    if args.contact is not None:
        person = ctx.crm.contacts.require(args.contact)
        customer, people = customer or person.customer_id, (person.name,)
    elif customer is not None:
        ctx.crm.customers.require(customer)
    wanted = NoteFilter(
        customer=customer,
        opportunity=args.opportunity,
        author=args.author,
        begin=args.begin,
        end=_not_later(ctx, args.end) if args.latest else args.end,
        words=args.words,
        people=people,
    )
    return wanted, "".join(people)


def _not_later(ctx: ToolContext, end: datetime | None) -> datetime:
    """The last note is of the past, even where one of later today is on record."""
    tomorrow = ctx.now.replace(hour=23, minute=59, second=59)
    return tomorrow if end is None else min(end, tomorrow)
