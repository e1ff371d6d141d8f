"""The sentence that answers what was asked about a customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from crm_store.records import Customer, Interaction, Note, Opportunity, Task
from tools.base import View
from tools.listing import due_text, total
from tools.naming import Names
from tools.wording import INTERACTION, day, listed, money, shortened, word


class AboutCustomer(Protocol):
    """What a headline is made of."""

    @property
    def customer(self) -> Customer: ...
    @property
    def topic(self) -> str: ...
    @property
    def opportunities(self) -> Sequence[Opportunity]: ...
    @property
    def notes(self) -> Sequence[Note]: ...
    @property
    def interaction(self) -> Interaction | None: ...
    @property
    def tasks(self) -> Sequence[Task]: ...
    @property
    def orders(self) -> int: ...
    @property
    def purchases(self) -> Decimal: ...
    @property
    def names(self) -> Names: ...


_SIMPLE = {
    "industry": ("行业", "industry"),
    "address": ("地址", "address"),
    "phone": ("电话", "phone"),
    "region": ("地区", "region"),
    "tags": ("标签", "tags"),
    "aliases": ("简称", "aliases"),
}


def headline(about: AboutCustomer, view: View) -> str:
    """The answer in one or a few sentences."""
    topic, name = about.topic, about.customer.name
    if topic == "level":
        level = about.customer.level
        if level is None:
            return view.say(f"{name}还没有定级。", f"{name} has no level yet.")
        return view.say(f"{name}是 {level} 级客户。", f"{name} is a level {level} customer.")
    if topic == "owner":
        owner = about.names.of("user", about.customer.owner_id)
        return view.say(f"{name}的负责人是{owner}。", f"{name} is owned by {owner}.")
    if topic in _SIMPLE:
        return _simple(about.customer, topic, view)
    if topic == "last_contact":
        return last_contact(about, view)
    return _progress(about, view) if topic == "progress" else _overview(about, view)


def _simple(customer: Customer, topic: str, view: View) -> str:
    zh, en = _SIMPLE[topic]
    value = getattr(customer, topic)
    text = listed(value, view) if isinstance(value, tuple) else value
    if not text:
        return view.say(f"没有登记{customer.name}的{zh}。", f"The {en} of {customer.name} is not on record.")
    return view.say(f"{customer.name}的{zh}: {text}", f"{customer.name}, {en}: {text}")


def _overview(about: AboutCustomer, view: View) -> str:
    customer = about.customer
    level = "" if customer.level is None else view.say(f"{customer.level} 级", f"level {customer.level}")
    owner = about.names.of("user", customer.owner_id)
    parts = [level, customer.industry, customer.region, view.say(f"负责人{owner}", f"owner {owner}")]
    if about.topic == "all":
        parts += [_deals_briefly(about, view), _contact_briefly(about, view)]
    return f"{customer.name}: " + view.say(",", ", ").join(part for part in parts if part) + view.say("。", ".")


def _deals_briefly(about: AboutCustomer, view: View) -> str:
    count = len(about.opportunities)
    if not count:
        return view.say("没有在跟商机", "no open opportunity")
    amount = money(total(about.opportunities), view)
    return view.say(f"在跟商机 {count} 个合计 {amount}", f"{count} open opportunities, {amount}")


def _contact_briefly(about: AboutCustomer, view: View) -> str:
    when = _last_moment(about)
    return "" if when is None else view.say(f"最近沟通 {_day_of(when, view)}", f"last contact {_day_of(when, view)}")


def _progress(about: AboutCustomer, view: View) -> str:
    name = about.customer.name
    deals = [_deal(deal, about.names, view) for deal in about.opportunities]
    said = [view.say(f"{name}没有在跟商机。", f"{name} has no open opportunity.")]
    if deals:
        said = [view.say(f"{name}在跟商机: {'; '.join(deals)}。", f"{name}: {'; '.join(deals)}.")]
    said.append(last_contact(about, view))
    if about.tasks:
        task = about.tasks[0]
        said.append(
            view.say(f"下一步: {task.title}({due_text(task, view)})。", f"Next: {task.title} ({due_text(task, view)}).")
        )
    return "\n".join(said)


def _deal(deal: Opportunity, names: Names, view: View) -> str:
    stage = names.of("stage", deal.stage_id)
    return view.say(f"{deal.name}在「{stage}」阶段", f"{deal.name} is in “{stage}”") + f", {money(deal.amount, view)}"


def last_contact(about: AboutCustomer, view: View) -> str:
    """When and about what the last contact was: the newest note or logged interaction."""
    name, when = about.customer.name, _last_moment(about)
    if when is None:
        return view.say(f"还没有与{name}的沟通记录。", f"There is no contact with {name} on record.")
    note = about.notes[0] if about.notes and about.notes[0].occurred_at == when else None
    if note is not None:
        text = shortened(note.summary, 400)
    else:
        assert about.interaction is not None
        text = f"{word(INTERACTION, about.interaction.kind, view)}, {shortened(about.interaction.summary, 400)}"
    return view.say(f"上次沟通 {_day_of(when, view)}: {text}", f"Last contact {_day_of(when, view)}: {text}")


def _last_moment(about: AboutCustomer) -> datetime | None:
    moments = [note.occurred_at for note in about.notes[:1]]
    if about.interaction is not None:
        moments.append(about.interaction.occurred_at)
    return max(moments, default=None)


def _day_of(when: datetime, view: View) -> str:
    return day(when.astimezone(view.zone).date(), view)
