"""Corrections of the last write: the very record is amended, never a second one made."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from assistant.messages import Do, Step, ToolCall
from assistant.planner.embedded.common import Handler, ask_which, do, echo, new_time, wrong_time
from assistant.planner.embedded.deals import update_opportunity
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.fields import priority_in, value_after
from assistant.planner.embedded.notes import occurred_at
from assistant.planner.embedded.people import update_contact, update_customer, update_lead
from assistant.planner.embedded.resolve import resolve_customer
from assistant.planner.embedded.tasks import update_task
from intents.commands import Command
from intents.evidence import evidence_in
from intents.names import Kind

RECENT = 3
"""A correction reaches back so many turns."""
_WRONG = re.compile(
    r"不对|不是|错了|打错|记错|说错|写错|弄错|搞错|弄岔|搞混|弄混|岔了|应该是|应该为|应当是|其实是|才对|才是|更正|纠正|订正|我是说|口误|"
    r"actually|i meant?|wrong|not .{1,20} but|should be|correction",
    re.I,
)
_ORGANISATION_WRONG = "单位|公司|客户|哪家|company|customer"
_AMENDED = ("task", "note", "opportunity", "contact", "lead", "customer", "order")


def is_correction(desk: Desk, commands: list[Command]) -> bool:
    """Whether the message amends what was written just now."""
    if desk.last is None or int(desk.state.get("turn", 0)) - int(desk.last["turn"]) >= RECENT:
        return False
    if commands[0].intent == "correct" and commands[0].score > 0.4:
        return True
    if _brings_the_time(desk) or _adds_on(desk, commands):
        return True
    return bool(_WRONG.search(desk.text[:14])) and len(desk.text) < 40


_AROUND_A_TIME = re.compile(r"时间|日期|就|定|在|是|到|吧|呢|啊|改|设|约|那|行|好|[，。、\s]")


def _brings_the_time(desk: Desk) -> bool:
    """Whether a message is only a time, and the task made just before has none."""
    record = last_record(desk)
    if record is None or record[0] != "task" or not desk.sentence.times or desk.question is not None:
        return False
    rest = "".join(
        c for i, c in enumerate(desk.text) if not any(t.begin <= i < t.stop for t in desk.sentence.times)
    )
    return not _AROUND_A_TIME.sub("", rest) and desk.crm.tasks.require(record[1]).due_at is None


_ON = re.compile(r"(?:还有|另外|再加|再补|以及|也|对了|and also|also)(?:一[点句条])?[，,:：、\s]*", re.I)


def _adds_on(desk: Desk, commands: list[Command]) -> bool:
    """「还有,…」 right after a minute was added to goes on adding, unless it is a command."""
    last = desk.last
    if last is None or int(desk.state.get("turn", 0)) != int(last["turn"]) or not _ON.match(desk.text):
        return False
    amended = last["calls"] and last["calls"][-1]["tool"] == "amend_note" and "append" in last["calls"][-1]["args"]
    evidence = evidence_in(desk.sentence, 0, len(desk.text))
    return bool(amended) and not evidence.orders and not evidence.asks and len(desk.text) <= 40


def correct_last(desk: Desk, commands: list[Command]) -> list[Step]:
    """The amendment; [] when the message says nothing that the record could take."""
    record = last_record(desk)
    if record is None:
        return []
    kind, record_id = record
    draft = Draft(
        desk=desk, sentence=desk.sentence, begin=0, stop=len(desk.text), intent=_INTENTS[kind], hints={kind: record_id}
    )
    return _AMEND[kind](draft, record_id)


def last_record(desk: Desk) -> tuple[str, int] | None:
    """Type and id of the record that the last write was about."""
    assert desk.last is not None
    found = [(str(t), int(i)) for t, i, op in desk.last["records"] if t in _AMENDED and op != "delete"]
    alive = [(t, i) for t, i in found if desk.crm.repository(t).get(i) is not None]
    return alive[-1] if alive else None


def _named_customer(draft: Draft) -> Any:
    if not draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.7):
        return None
    return resolve_customer(dataclasses.replace(draft, hints={}), focus=False)


def _amend_task(draft: Draft, task_id: int) -> list[Step]:
    customer = _named_customer(draft)
    task = draft.desk.crm.tasks.require(task_id)
    if customer is not None and not (customer.found and customer.id == task.customer_id):
        if not customer.found:
            return ask_which(draft, "customer", customer)
        return [do(draft, "update_task", {"tasks": [task_id], "customer": customer.id})]
    return update_task(draft) if draft.times or re.search("优先|标题|内容|让|给|派", draft.text) else []


def retitled(draft: Draft, title: str, old_id: int | None, customer_id: int) -> str:
    """The title with the new customer's name where it had the old one's."""
    customers = draft.desk.crm.customers
    old = customers.get(old_id) if old_id else None
    names = sorted((old.name, *old.aliases), key=len, reverse=True) if old else ()
    said = next((name for name in names if name in title), None)
    return title.replace(said, customers.require(customer_id).short_name) if said else title


def _amend_note(draft: Draft, note_id: int) -> list[Step]:
    customer = _named_customer(draft)
    note = draft.desk.crm.notes.require(note_id)
    if customer is not None and not (customer.found and customer.id == note.customer_id):
        if not customer.found:
            return ask_which(draft, "customer", customer)
        return [do(draft, "amend_note", {"note": note_id, "customer": customer.id})]
    if draft.times and not draft.amounts:
        when, spoken, problem = occurred_at(draft)
        return problem or [do(draft, "amend_note", {"note": note_id, "occurred_at": when.isoformat()}, echo=spoken)]
    if _ON.match(draft.desk.text):
        added = _ON.sub("", draft.words, count=1).strip(" ，,。")
        return [do(draft, "amend_note", {"note": note_id, "append": added})] if added else []
    text = re.sub(r"^(?:不对|不是|错了|说错了|记错了|更正|纠正)?[，,。\s]*", "", draft.words)
    return [do(draft, "amend_note", {"note": note_id, "append": f"更正:{text}"})] if text else []


def _amend_deal(draft: Draft, deal_id: int) -> list[Step]:
    draft.hints = {"opportunity": deal_id}
    customer = _named_customer(draft)
    deal = draft.desk.crm.opportunities.require(deal_id)
    if (
        customer is not None
        and customer.found
        and customer.id != deal.customer_id
        and not draft.amounts
        and not draft.times
    ):
        return []
    time = new_time(draft)
    if time is not None and not draft.amounts:
        problem = wrong_time(draft, time, "expected_close_date")
        args: dict[str, object] = {"opportunities": [deal_id], "expected_close_date": time.due.date().isoformat()}
        return problem or [do(draft, "update_opportunity", args, echo=echo(draft, time))]
    return update_opportunity(draft)


def _amend_contact(draft: Draft, contact_id: int) -> list[Step]:
    customer = _named_customer(draft)
    person = draft.desk.crm.contacts.require(contact_id)
    if phone := _tail_put_right(draft, "contact", contact_id):
        return phone
    others = [] if customer is None or customer.found else [i for i in customer.options if i != person.customer_id]
    if len(others) == 1 and re.search(_ORGANISATION_WRONG, draft.text):
        return [do(draft, "update_contact", {"contact": contact_id, "customer": others[0]})]
    if customer is not None and customer.found and customer.id != person.customer_id and not draft.phones:
        return [do(draft, "update_contact", {"contact": contact_id, "customer": customer.id})]
    return update_contact(draft)


def _amend_lead(draft: Draft, lead_id: int) -> list[Step]:
    return _tail_put_right(draft, "lead", lead_id) or update_lead(draft)


def _amend_customer(draft: Draft, customer_id: int) -> list[Step]:
    return _tail_put_right(draft, "customer", customer_id) or update_customer(draft)


def _amend_order(draft: Draft, _: int) -> list[Step]:
    return []


_AMEND = {
    "task": _amend_task,
    "note": _amend_note,
    "opportunity": _amend_deal,
    "contact": _amend_contact,
    "lead": _amend_lead,
    "customer": _amend_customer,
    "order": _amend_order,
}
_INTENTS = {
    "task": "update_task",
    "note": "amend_note",
    "opportunity": "update_opportunity",
    "contact": "update_contact",
    "lead": "update_lead",
    "customer": "update_customer",
    "order": "record_order",
}


# --- one field more of what was just written ---------------------------------------------------------------------

LONGEST = 30
_FIELD_WORDS = {
    "task": r"优先级|(?:标|设|调|改|定|提|列)(?:成|为|到|个)?(?:最)?(?:高|低|普通|紧急)|加急|标题|priority",
    "contact": r"职务|职位|头衔|手机|电话|号码|尾号|尾数|位(?:数)?(?:是|应)|邮箱|邮件|email|角色|决策人|名字",
    "opportunity": r"金额|阶段|签约|签单|成交日|预计|月.{1,4}签$|[日号底]签$|签$",
    "customer": r"级别|等级|[ABCabc]\s?级|标签|别名|简称|行业|地区|区域|地址|网址|网站|总机|电话|负责人",
    "lead": r"分给|派给|交给|转给|给.{2,4}跟|归.{2,4}(?:跟|管|了|$)|合格|作废|无效|状态|电话|手机|号码|尾号|跟进中",
    "note": r"^(?:还有|另外|再有|漏了|对了)[一个件点]?[，,:：]|补一[句条]|补充|再补|添一[句条]|加一[句条]",
}
"""What the words of one field more of a record of that type look like."""
_NEW = re.compile(
    r"提醒我?|待办|任务|新建|新增|新加|建一?个|立一?个|加一?[个位](?!标签|别名|简称)|记一?[下条笔]|纪要|删|撤|完成|"
    r"勾掉|搞定|丢单|输单|赢单|看看|列出|查",
)


def follow_up(desk: Desk, commands: list[Command]) -> list[Step]:
    """A field set without naming the record: it is of the record written just now, if one of its type has it."""
    if (
        desk.last is None
        or desk.waiting
        or desk.question
        or int(desk.state.get("turn", 0)) - int(desk.last["turn"]) >= RECENT
        or len(desk.text) > LONGEST
    ):
        return []
    evidence = evidence_in(desk.sentence, 0, len(desk.text))
    if evidence.asks or _creates(desk):
        return []
    for kind, record_id in _at_hand(desk):
        if _is_of(desk, kind, record_id) and not _names_another(desk, kind, record_id):
            steps = _set_field(desk, commands, kind, record_id)
            if steps and all(isinstance(step, Do) for step in steps):
                return steps
    return []


def _is_of(desk: Desk, kind: str, record_id: int) -> bool:
    """Whether the words, or a time said all alone, can be of a record of that type."""
    if re.search(_FIELD_WORDS.get(kind, r"(?!)"), desk.text, re.I):
        return True
    return (
        kind in ("task", "opportunity")
        and desk.last is not None
        and _only_a_time(desk)
        and ([kind, record_id] in [list(r[:2]) for r in desk.last["records"]])
    )


def _only_a_time(desk: Desk) -> bool:
    rest = desk.text
    for time in desk.sentence.times:
        rest = rest.replace(time.text, "")
    return bool(desk.sentence.times) and not re.sub(r"时间|日期|定|就|在|是|到|吧|哈|的|[，,。\s]", "", rest)


def _creates(desk: Desk) -> bool:
    """Whether the words order something of their own; what stands in quotes or behind a colon is a value."""
    return bool(_NEW.search(re.split(r"[:：「“\"]", desk.text, maxsplit=1)[0]))


def _at_hand(desk: Desk) -> list[tuple[str, int]]:
    """The records written last, newest first, then the one that was shown last, if it was one."""
    assert desk.last is not None
    written = [(str(t), int(i)) for t, i, op in reversed(desk.last["records"]) if op != "delete"]
    since = {t: found for t in {t for t, _ in written} if (found := desk.focus(t)) is not None}
    written = [(t, i) for t, i in written if t not in since or (t, since[t]) in written]
    deal = desk.focus("opportunity")
    shown = [] if deal is None else [("opportunity", deal)]
    return [(t, i) for t, i in dict.fromkeys([*written, *shown]) if t in _AMENDED and desk.crm.repository(t).get(i) is not None]


def _names_another(desk: Desk, kind: str, record_id: int) -> bool:
    """Whether the words name some other record, so that the field is that one's."""
    record = desk.crm.repository(kind).require(record_id)
    customer = record_id if kind == "customer" else getattr(record, "customer_id", None)
    value = re.search(r"[:：「“\"]", desk.text)
    for mention in desk.sentence.mentions:
        if value is not None and mention.begin >= value.start():
            break
        sure = [c.nameable for c in mention.candidates if c.score >= SURE_NAME and c.nameable.kind in _RECORDS]
        if sure and not any(n.id == record_id and n.kind == kind for n in sure):
            own = any(n.kind is Kind.CUSTOMER and n.id == customer for n in sure)
            if not own and not (kind == "task" and any(n.customer_id == customer for n in sure)):
                return True
    return False


SURE_NAME = 0.8
_RECORDS = (Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, Kind.TASK, Kind.LEAD)


def _set_field(desk: Desk, commands: list[Command], kind: str, record_id: int) -> list[Step]:
    draft = Draft(
        desk=desk, sentence=desk.sentence, begin=0, stop=len(desk.text), intent=_INTENTS[kind], hints={kind: record_id}
    )
    if kind == "task":
        return _field_of_task(draft, record_id)
    if kind == "note":
        return _more_of_note(draft, record_id, commands)
    if kind in ("contact", "lead", "customer") and (phone := _tail_put_right(draft, kind, record_id)):
        return phone
    if kind == "contact" and (title := value_after(draft.text, "职务", "职位", "头衔")):
        return [do(draft, "update_contact", {"contact": record_id, "title": title})]
    return _HANDLE[kind](draft)


_PRIORITY = re.compile(r"(?:标|设|调|改|定|提|列)(?:成|为|到|个)?(?:最)?(高|低|普通|紧急)|加急")
_LEVELS = {"高": "high", "紧急": "high", "低": "low", "普通": "normal", None: "high"}


def _field_of_task(draft: Draft, task_id: int) -> list[Step]:
    found = _PRIORITY.search(draft.text)
    if found and priority_in(draft.text) is None:
        return [do(draft, "update_task", {"tasks": [task_id], "priority": _LEVELS[found[1]]})]
    return update_task(draft)


_MORE = re.compile(
    r"^.*?(?:补一[句条点]|补充(?:一[句条点下])?|再补(?:一[句条点])?|添一[句条]|加一[句条]|还有|另外|再有|漏了|对了)"
    r"(?:一?[个件点])?[，,:：\s]*"
)


def _more_of_note(draft: Draft, note_id: int, commands: list[Command]) -> list[Step]:
    text = _MORE.sub("", draft.words, count=1).strip()
    other = max(commands, key=lambda c: c.score)
    if not text or (other.intent not in ("amend_note", "remark", "record_note", "correct") and other.score > OTHERWISE):
        return []
    return [do(draft, "amend_note", {"note": note_id, "append": text})]


OTHERWISE = 0.75
"""A sentence that is so surely something else is no addition to a minute."""
_TAIL = re.compile(
    r"(?:尾号|尾数|末尾|最?后面?[两二三四五六七八\d]?位|末[两二三四五六七八\d]?位)(?:数字?|号码?)?[^\d]{0,10}?(\d{2,8})(?!\d)"
)


def _tail_put_right(draft: Draft, kind: str, record_id: int) -> list[Step]:
    """「尾号应该是7010」: the known number with its last digits replaced."""
    found = _TAIL.search(draft.text)
    known = getattr(draft.desk.crm.repository(kind).require(record_id), "phone", None)
    if found is None or not known or len(found[1]) >= len(known) or draft.phones:
        return []
    number = known[: -len(found[1])] + found[1]
    return [do(draft, f"update_{kind}", {kind: record_id, "phone": number})]


_HANDLE: dict[str, Handler] = {
    "contact": update_contact,
    "opportunity": update_opportunity,
    "customer": update_customer,
    "lead": update_lead,
}


# --- one word more of what is held -------------------------------------------------------------------------------

_REASON = re.compile(
    r"^(?:丢单|输单)?(?:的)?(?:原因|理由)(?:是|写|为|填|记|就写|就填|改成|改为|补上)*[:：,，\s]*[「“\"]?([^」”\"]+?)[」”\"]?$"
)


def say_more_of_held(desk: Desk) -> list[Step]:
    """The lost deal's reason, said while the loss waits for its 确认: what is held is shown anew with it."""
    found = _REASON.match(desk.heard.text.strip())
    if found is None or len(desk.waiting) != 1:
        return []
    calls = [ToolCall(tool=str(c["tool"]), args=dict(c["args"])) for c in desk.waiting[0].calls]
    if len(calls) != 1 or calls[0].tool != "lose_opportunity":
        return []
    return [Do(calls=(ToolCall(tool=calls[0].tool, args={**calls[0].args, "reason": found[1].strip()}),))]
