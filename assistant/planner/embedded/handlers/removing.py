"""Records that go: deleted one by one, customers merged."""

from __future__ import annotations

from assistant.messages import Ask, Step
from assistant.planner.embedded.common import ask_which, do, refuse
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.choosing import choose_tasks
from assistant.planner.embedded.resolve import NOTHING, Resolution, Verdict, resolve_customer
from assistant.planner.embedded.targets import resolve_contact, resolve_lead, resolve_opportunity
from crm_store.records import CANCELLED, DONE, OPEN
from intents import patterns as re
from intents.names import Kind as NameKind

_KINDS = (
    ("task", "待办|任务|提醒|日程|task|reminder"),
    ("contact", "联系人|这个人|contact"),
    ("opportunity", "商机|单子|项目|opportunity|deal"),
    ("note", "纪要|记录|note"),
    ("lead", "线索|lead"),
    ("order", "订单|order"),
    ("customer", "客户|公司|这家|那家|customer|account"),
)
_WHOLESALE = re.compile(r"(?:全部|所有|全都|统统|一律|清空|全删|整个库|everything|\ball )")


def delete_record(draft: Draft) -> list[Step]:
    """Delete one record; always confirmed. All of a kind is refused."""
    if _WHOLESALE.search(draft.text) and not draft.mentions_of(NameKind.CUSTOMER, least=0.75):
        return refuse(
            draft, "不能一次删除全部记录。请说明要删除哪一条。", "I don't delete all records at once. Please name one."
        )
    kind = next((kind for kind, words in _KINDS if re.search(words, draft.text, re.I)), None)
    kind = kind or _named_kind(draft)
    if kind == "task":
        chosen = choose_tasks(draft, statuses=(OPEN, DONE, CANCELLED))
        if not chosen or not isinstance(chosen[0], int):
            return chosen or refuse(draft, "没有找到这条待办。", "I found no such task.")  # type: ignore[return-value]
        return [do(draft, "delete_record", {"record_type": "task", "record_ids": list(chosen)})]
    if kind == "customer" and not _says_to_delete(draft):
        text = draft.say("要去掉什么?请说是哪一条记录或哪个标签。", "What shall I remove?")
        return [Ask(question=None, text=text)]
    found = _to_delete(draft, kind)
    if not found.found:
        return ask_which(draft, kind if kind in ("contact", "opportunity", "lead") else "customer", found)
    return [do(draft, "delete_record", {"record_type": kind, "record_ids": [found.id]})]


def _says_to_delete(draft: Draft) -> bool:
    """Whether a customer is named, or deleting said in so many words: 「第一个去掉」 means no customer."""
    named = "customer" in draft.hints or draft.mentions_of(NameKind.CUSTOMER, least=0.75)
    return bool(named or re.search("删|客户|公司|这家|那家|delete|remove|customer|account", draft.text, re.I))


def _named_kind(draft: Draft) -> str:
    for kind in (NameKind.CONTACT, NameKind.OPPORTUNITY, NameKind.LEAD, NameKind.TASK):
        if any(m.candidates[0].nameable.kind is kind for m in draft.mentions_of(kind, least=0.7)):
            return kind.value
    return "customer"


def _to_delete(draft: Draft, kind: str) -> Resolution:
    if kind == "contact":
        return resolve_contact(draft)
    if kind == "opportunity":
        return resolve_opportunity(draft, closed=True)
    if kind == "lead":
        return resolve_lead(draft)
    if kind == "note":
        return _newest_note(draft)
    return resolve_customer(draft)


def _newest_note(draft: Draft) -> Resolution:
    customer = resolve_customer(draft)
    focus = draft.desk.focus("note")
    if focus is not None and not draft.mentions_of(NameKind.CUSTOMER):
        return Resolution(verdict=Verdict.SURE, id=focus)
    notes = draft.desk.crm.notes.of_customer(customer.id, limit=1) if customer.id is not None else []
    return Resolution(verdict=Verdict.SURE, id=notes[0].id) if notes else NOTHING


def merge_customers(draft: Draft) -> list[Step]:
    """Two customers are the same organisation; always confirmed."""
    ids: list[int] = []
    for mention in draft.mentions_of(NameKind.CUSTOMER, least=0.85):
        best = mention.candidates[0]
        if best.nameable.kind is NameKind.CUSTOMER and best.nameable.id not in ids:
            ids.append(int(best.nameable.id))
    if len(ids) < 2:
        return [
            draft.ask(
                "customer", draft.say("要合并哪两家客户?请说出两个名字。", "Which two customers should be merged?")
            )
        ]
    into = re.search(
        r"(?:到|进|入|至|成|为|into)\s*$",
        draft.sentence.text[: draft.mentions_of(NameKind.CUSTOMER, least=0.85)[1].begin],
    )
    keep, absorb = (ids[1], ids[0]) if into else (ids[0], ids[1])
    return [do(draft, "merge_customers", {"keep": keep, "absorb": absorb})]
