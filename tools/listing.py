"""Lists of opportunities, tasks, notes, contacts and orders as cards, the same wherever they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from crm_store.records import OPEN, Contact, Note, Opportunity, Order, Stage, Task
from tools.base import View
from tools.cards import Card, Fact, RecordLink, Row
from tools.fields import facts_of
from tools.naming import Names, link_to
from tools.wording import DETAIL, PRIORITY, TASK_STATUS, day, listed, moment, money, plain, word

_FEN = Decimal("0.01")
NOTE_LENGTH = 400
"""A note in a list shows so many characters; one note alone shows all."""


def opportunity_card(
    title: str,
    items: Sequence[Opportunity],
    names: Names,
    view: View,
    *,
    customers: bool = True,
    owners: bool = False,
    footer: str = "",
) -> Card:
    """Opportunities with customer, stage, amount, the day they close or closed, the owner where asked for, why lost."""
    lost = any(item.lost_reason for item in items)
    wanted = {"customer": customers, "owner": owners, "reason": lost}
    kept = [name for name in _OPPORTUNITY_COLUMNS if wanted.get(name, True)]
    rows = tuple(
        Row(cells=_kept(_opportunity_cells(item, names, view), kept), link=link_to("opportunity", item, names))
        for item in items
    )
    return Card(title=title, columns=_titles(_OPPORTUNITY_COLUMNS, kept, view), rows=rows, footer=footer)


def _kept(cells: Mapping[str, str], kept: Sequence[str]) -> tuple[str, ...]:
    return tuple(cells[name] for name in kept)


def _titles(columns: Mapping[str, str], kept: Sequence[str], view: View) -> tuple[str, ...]:
    return tuple(view.say(columns[name], name) for name in kept)


_OPPORTUNITY_COLUMNS = {
    "opportunity": "商机",
    "customer": "客户",
    "stage": "阶段",
    "amount": "金额",
    "close date": "签约日期",
    "owner": "负责人",
    "reason": "原因",
}


def _opportunity_cells(item: Opportunity, names: Names, view: View) -> dict[str, str]:
    when = item.closed_on or item.expected_close_date
    return {
        "opportunity": item.name,
        "customer": names.of("customer", item.customer_id),
        "stage": names.of("stage", item.stage_id),
        "amount": money(item.amount, view),
        "close date": day(when, view) if when else "",
        "owner": names.of("user", item.owner_id),
        "reason": item.lost_reason or "",
    }


def task_card(
    title: str, items: Sequence[Task], names: Names, view: View, *, customers: bool = True, assignees: bool = False
) -> Card:
    """Tasks with due time, customer or lead, what stands out (overdue, priority, status), and who does it."""
    kept = [name for name in _TASK_COLUMNS if (customers or name != "customer") and (assignees or name != "assignee")]
    rows = tuple(
        Row(cells=_kept(_task_cells(item, names, view), kept), link=link_to("task", item, names)) for item in items
    )
    return Card(title=title, columns=_titles(_TASK_COLUMNS, kept, view), rows=rows)


_TASK_COLUMNS = {"due": "时间", "title": "事项", "customer": "客户", "status": "状态", "assignee": "负责人"}


def _task_cells(item: Task, names: Names, view: View) -> dict[str, str]:
    return {
        "due": due_text(item, view),
        "title": item.title,
        "customer": names.of("customer", item.customer_id) or names.of("lead", item.lead_id),
        "status": task_state(item, view),
        "assignee": names.of("user", item.assignee_id),
    }


def due_text(item: Task, view: View) -> str:
    """When a task is due."""
    return moment(item.due_at, view) if item.due_at else view.say("未定时间", "no due time")


def task_state(item: Task, view: View) -> str:
    """What stands out about a task; '' for an ordinary open one."""
    said = []
    if item.status != OPEN:
        said.append(word(TASK_STATUS, item.status, view))
    elif item.due_at is not None and item.due_at < view.now:
        said.append(view.say("已逾期", "overdue"))
    if item.priority != "normal":
        said.append(view.say(f"{word(PRIORITY, item.priority, view)}优先级", f"{item.priority} priority"))
    return listed(said, view)


def note_card(title: str, items: Sequence[Note], names: Names, view: View, *, customers: bool = True) -> Card:
    """Notes with time, customer, text and who was there; the author where it isn't plain."""
    columns = [view.say("时间", "time"), view.say("客户", "customer"), view.say("内容", "summary")]
    whole = len(items) == 1
    rows = tuple(
        Row(cells=_note_cells(item, names, view, customers, whole), link=note_link(item, names, view)) for item in items
    )
    return Card(title=title, columns=tuple(columns if customers else (columns[0], columns[2])), rows=rows)


def _note_cells(item: Note, names: Names, view: View, customers: bool, whole: bool) -> tuple[str, ...]:
    text = note_text(item, view)
    if not whole and len(text) > NOTE_LENGTH:
        text = text[:NOTE_LENGTH] + "…"
    when = moment(item.occurred_at, view)
    return (when, names.of("customer", item.customer_id), text) if customers else (when, text)


def note_facts(item: Note, names: Names, view: View) -> Card:
    """All about one note but its text, which the sentence above it says."""
    link = note_link(item, names, view)
    facts = [fact for fact in facts_of("note", item, names, view) if fact.value != item.summary]
    author = Fact(label=view.say("记录人", "author"), value=names.of("user", item.author_id))
    return Card(title=link.label, link=link, facts=(*facts, author))


def note_text(item: Note, view: View) -> str:
    """All that a note says, in one paragraph."""
    parts = [item.summary]
    if item.attendees:
        parts.append(view.say("参与人: ", "Attendees: ") + listed(item.attendees, view))
    parts += [f"{word(DETAIL, key, view)}: {value}" for key, value in item.details.items() if value]
    return view.say(" ", " ").join(parts)


def note_link(item: Note, names: Names, view: View) -> RecordLink:
    """A link to a note, called after its customer and day."""
    when = day(item.occurred_at.astimezone(view.zone).date(), view)
    return RecordLink(type="note", id=item.id, label=f"{names.of('customer', item.customer_id)} {when}")


def contact_card(title: str, items: Sequence[Contact], names: Names, view: View, *, customers: bool = False) -> Card:
    """Contacts with title, role, phone and mail."""
    columns = ["姓名", "职务", "角色", "电话", "邮箱", "客户"]
    if view.language == "en":
        columns = ["name", "title", "role", "phone", "email", "customer"]
    rows = tuple(
        Row(cells=_contact_cells(item, names, customers), link=link_to("contact", item, names)) for item in items
    )
    return Card(title=title, columns=tuple(columns if customers else columns[:-1]), rows=rows)


def _contact_cells(item: Contact, names: Names, customers: bool) -> tuple[str, ...]:
    cells = (item.name, item.title or "", item.role or "", item.phone or "", item.email or "")
    return (*cells, names.of("customer", item.customer_id)) if customers else cells


def order_card(title: str, items: Sequence[Order], names: Names, view: View, *, customers: bool = False) -> Card:
    """Orders with date, product, quantity and amount."""
    columns = ["日期", "产品", "数量", "金额", "客户"]
    if view.language == "en":
        columns = ["date", "product", "quantity", "amount", "customer"]
    rows = tuple(
        Row(cells=_order_cells(item, names, view, customers), link=link_to("order", item, names)) for item in items
    )
    return Card(title=title, columns=tuple(columns if customers else columns[:-1]), rows=rows)


def _order_cells(item: Order, names: Names, view: View, customers: bool) -> tuple[str, ...]:
    cells = (
        day(item.ordered_on, view),
        names.of("product", item.product_id),
        f"× {plain(item.quantity)}",
        money(item.amount, view),
    )
    return (*cells, names.of("customer", item.customer_id)) if customers else cells


def total(items: Sequence[Opportunity]) -> Decimal:
    """The sum of amounts in yuan; one without amount counts nothing."""
    return sum((item.amount for item in items if item.amount is not None), Decimal(0))


def weighted(items: Sequence[Opportunity], stages: Mapping[int, Stage]) -> Decimal:
    """The sum of amounts times the probability of their stage, in yuan."""
    shares = (item.amount * stages[item.stage_id].probability / 100 for item in items if item.amount is not None)
    return sum(shares, Decimal(0)).quantize(_FEN)


def shown(*cards: Card) -> tuple[RecordLink, ...]:
    """The records that cards show, in order, each once."""
    links = [link for card in cards for link in (card.link, *(row.link for row in card.rows)) if link is not None]
    return tuple(dict.fromkeys(links))
