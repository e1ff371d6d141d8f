"""The tool that lists leads and shows one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from crm_store.queries_records import LeadFilter, leads
from crm_store.records import Lead
from tools.asking import covered
from tools.base import Args, Effect, LeadRef, ToolContext, UserRef, View, tool
from tools.cards import Answer, Card, Row
from tools.fields import facts_of, field_of
from tools.listing import shown
from tools.naming import Names, link_to, names_for
from tools.wording import LEAD_STATUS, word

_FIELDS = {"phone": "phone", "status": "status", "company": "company", "source": "source", "owner": "owner_id"}


class ListLeads(Args):
    """Arguments of list_leads."""

    lead: LeadRef | None = Field(default=None, description="某一条线索 (one lead)")
    status: Literal["new", "working", "qualified", "converted", "unqualified"] | None = Field(
        default=None, description="状态 (status)"
    )
    without: Literal["new", "working", "qualified", "converted", "unqualified"] | None = Field(
        default=None, description="不要这个状态的 (all but those of this status)"
    )
    owner: UserRef | None = Field(default=None, description="负责人 (owner)")
    unowned: bool = Field(default=False, description="只看还没人跟的 (only those without an owner)")
    source: str | None = Field(default=None, description="来源 (source)")
    query: str | None = Field(default=None, description="姓名、公司或电话里的词 (text to look for)")
    topic: Literal["all", "phone", "status", "company", "source", "owner"] | None = Field(
        default=None, description="问一条线索的什么 (what is asked about one lead)"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadList:
    """Leads found, newest first."""

    args: ListLeads
    items: tuple[Lead, ...]
    names: Names

    def render(self, view: View) -> Answer:
        """The answer to show."""
        if not self.items:
            return Answer(text=view.say(f"没有{self._what(view)}线索。", f"No {self._what(view)}leads."))
        one = len(self.items) == 1
        card = self._one(view) if one else self._many(view)
        text = self._about_one(view) if one else self._about_many(view)
        return Answer(text=text, cards=(card,), shown=shown(card))

    def _about_many(self, view: View) -> str:
        count = len(self.items)
        return view.say(f"共 {count} 条{self._what(view)}线索:", f"{count} {self._what(view)}leads:")

    def _what(self, view: View) -> str:
        parts = [self.names.of("user", self.args.owner), self.args.source, self.args.query]
        parts += [view.say("无人跟进", "unowned")] if self.args.unowned else []
        parts += [word(LEAD_STATUS, self.args.status, view)]
        if left_out := word(LEAD_STATUS, self.args.without, view):
            parts.append(view.say(f"不是{left_out}", f"not {left_out}"))
        given = [part for part in parts if part]
        if view.language == "en":
            return "".join(f"{part} " for part in given)
        return "、".join(given) + ("的" if given else "")

    def _about_one(self, view: View) -> str:
        only = self.items[0]
        who = only.name + (view.say(f"({only.company})", f" ({only.company})") if only.company else "")
        topic = self.args.topic or "all"
        if topic != "all":
            return self._topic(only, who, topic, view)
        status = word(LEAD_STATUS, only.status, view)
        phone = only.phone or view.say("未登记", "not on record")
        return view.say(f"线索 {who}: {status},电话 {phone}。", f"Lead {who}: {status}, phone {phone}.")

    def _topic(self, only: Lead, who: str, topic: str, view: View) -> str:
        field = field_of("lead", _FIELDS[topic])
        assert field is not None
        label, value = field.label(view), field.text(only, self.names, view)
        if not value:
            return view.say(f"没有登记{who}的{label}。", f"The {label} of {who} is not on record.")
        return view.say(f"{who}的{label}: {value}", f"{who}, {label}: {value}")

    def _one(self, view: View) -> Card:
        only = self.items[0]
        facts = facts_of("lead", only, self.names, view)[1:]
        return Card(title=only.name, link=link_to("lead", only, self.names), facts=facts)

    def _many(self, view: View) -> Card:
        columns = ("姓名", "公司", "电话", "来源", "状态", "负责人")
        if view.language == "en":
            columns = ("name", "company", "phone", "source", "status", "owner")
        rows = tuple(Row(cells=self._cells(item, view), link=link_to("lead", item, self.names)) for item in self.items)
        return Card(title="", columns=columns, rows=rows)

    def _cells(self, item: Lead, view: View) -> tuple[str, ...]:
        owner = self.names.of("user", item.owner_id) or view.say("无人跟进", "unowned")
        status = word(LEAD_STATUS, item.status, view)
        return (item.name, item.company or "", item.phone or "", item.source or "", status, owner)


@tool(args=ListLeads, effect=Effect.READ)
def list_leads(ctx: ToolContext, args: ListLeads) -> LeadList:
    """查线索. List leads by status, owner or source, or show one lead."""
    if args.owner is not None:
        covered(ctx, (args.owner,))
    found = leads(ctx.crm, _filter(args)) if args.lead is None else [ctx.crm.leads.require(args.lead)]
    names = names_for(ctx, found, asked={"user": args.owner})
    return LeadList(args=args, items=tuple(found), names=names)


def _filter(args: ListLeads) -> LeadFilter:
    return LeadFilter(
        status=args.status,
        without=args.without,
        owner=args.owner,
        unowned=args.unowned,
        source=args.source,
        text=args.query,
    )
