"""Corrections of the last write: the very record is amended, never a second one made."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from typing import Any

from assistant.messages import Do, Step, ToolCall
from assistant.planner.embedded.common import Handler, ask_which, do, echo, new_time, wrong_time
from assistant.planner.embedded.deals import update_opportunity
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.fields import priority_in, value_after
from assistant.planner.embedded.notes import occurred_at
from assistant.planner.embedded.people import create_contact, update_contact, update_customer, update_lead
from assistant.planner.embedded.resolve import resolve_customer
from assistant.planner.embedded.tasks import update_task
from intents.commands import Command
from intents.evidence import evidence_in
from intents.names import Kind
from intents.numbers import AmountOp

RECENT = 3
"""A correction reaches back so many turns."""
_WRONG = re.compile(
    r"(?:说|报|写|记|填)(?:得|的)?(?:高|低|多|少)了|不对|不是|错了|打错|记错|说错|写错|弄错|搞错|弄岔|搞混|弄混|岔了|应该是|应该为|应当是|其实是|才对|才是|更正|纠正|订正|我是说|口误|"
    r"^(?:改一下|更一下|修正一下|改正)[，,:：]|actually|i meant?|wrong|not .{1,20} but|should be|correction",
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
    if _brings_the_time(desk) or _adds_on(desk, commands) or _too_far(desk):
        return True
    return bool(_WRONG.search(desk.text[:14])) and len(desk.text) < 40


_TOO_FAR = re.compile(
    r"(?:砍|减|降|让|加|涨|提|抬|压)(?:得|的)?(?:太|有点)?(?:多|少|狠|猛)了|^(?:只|就|仅)(?:砍|减|降|让|加|涨|提|抬|压)(?!到)"
)


def _too_far(desk: Desk) -> bool:
    """Whether 「砍多了,只砍1万」 takes the step of an amount just made back for another one."""
    record = last_record(desk)
    fresh = desk.last is not None and int(desk.state.get("turn", 0)) == int(desk.last["turn"])
    return (
        fresh
        and record is not None
        and record[0] == "opportunity"
        and bool(desk.sentence.amounts)
        and _TOO_FAR.search(desk.text) is not None
    )


def _amount_before(draft: Draft, deal_id: int) -> Decimal | None:
    """What a deal was worth before the last write, where that moved its amount by a step."""
    last = draft.desk.last
    if last is None or not any(
        "amount_add" in call["args"] or "amount_factor" in call["args"] for call in last["calls"]
    ):
        return None
    recent = draft.desk.crm.audit.recent(conversation_id=draft.desk.heard.inbound.conversation_id)
    changes = (c for each in recent[:1] for c in each.changes if c.record_type == "opportunity")
    found = next((c.before for c in changes if getattr(c.record, "id", None) == deal_id), None)
    return getattr(found, "amount", None)


def _other_step(draft: Draft, deal_id: int) -> list[Step]:
    """Another step from the amount that the deal had before the wrong one."""
    steps = [a for a in draft.amounts if a.op in (AmountOp.ADD, AmountOp.SUBTRACT)]
    before = _amount_before(draft, deal_id) if len(steps) == 1 and len(draft.amounts) == 1 else None
    if before is None:
        return []
    value = before + steps[0].value if steps[0].op is AmountOp.ADD else before - steps[0].value
    return [do(draft, "update_opportunity", {"opportunities": [deal_id], "amount": str(value)})]


_AROUND_A_TIME = re.compile(r"时间|日期|就|定|在|是|到|吧|呢|啊|改|设|约|那|行|好|[，。、\s]")


def _brings_the_time(desk: Desk) -> bool:
    """Whether a message is only a time, and the task made just before has none."""
    record = last_record(desk)
    if record is None or record[0] != "task" or not desk.sentence.times or desk.question is not None:
        return False
    rest = "".join(c for i, c in enumerate(desk.text) if not any(t.begin <= i < t.stop for t in desk.sentence.times))
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
    kind, record_id = _deal_of_the_price(desk) or record
    draft = Draft(
        desk=desk, sentence=desk.sentence, begin=0, stop=len(desk.text), intent=_INTENTS[kind], hints={kind: record_id}
    )
    return _AMEND[kind](draft, record_id)


def _deal_of_the_price(desk: Desk) -> tuple[str, int] | None:
    """The deal in focus, where a price is put right that what was written last (a task, a person) has none of."""
    record, deal = last_record(desk), desk.focus("opportunity")
    priced = desk.sentence.amounts and not desk.sentence.times and re.search("价|金额|钱|数额|报", desk.text)
    return ("opportunity", deal) if priced and deal is not None and record and record[0] in _PRICELESS else None


_PRICELESS = ("task", "contact", "note", "customer", "lead")


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


_BY_MORE = re.compile(
    r"再(?:往后|往前)?(?:推迟?|拖|延后?|挪|晚|缓|提前|早|顺延)(?:上|个)?[一两二三四五六七八九十半几\d]"
)
"""A shift by so much more: a day named beside it is the reason, not the goal."""


def _amend_deal(draft: Draft, deal_id: int) -> list[Step]:
    if draft.amounts and _names_another(draft.desk, "opportunity", deal_id):
        draft.hints = {}
        return update_opportunity(draft)
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
    if _BY_MORE.search(draft.text):
        return update_opportunity(draft)
    if step := _other_step(draft, deal_id):
        return step
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
    return (
        _tail_put_right(draft, "customer", customer_id)
        or _number_put_right(draft, customer_id)
        or update_customer(draft)
    )


_PLACE_NUMBER = re.compile(r"([\dA-Za-z一二三四五六七八九十百-]+)(号楼?|栋|幢|座|楼|层|室|弄|单元)")


def _number_put_right(draft: Draft, customer_id: int) -> list[Step]:
    """「写错,91号」: the number of that unit in the address that was written just now."""
    last = draft.desk.last
    written = any(c["tool"] == "update_customer" and "address" in c["args"] for c in last["calls"]) if last else False
    address = draft.desk.crm.customers.require(customer_id).address
    said = _PLACE_NUMBER.findall(draft.text)
    rest = re.sub(
        r"不对|不是|写错了?|打错了?|记错了?|说错了?|错了|应该?是|应为|是|才对|[了啊哦，,。、\s]",
        "",
        _PLACE_NUMBER.sub("", draft.text),
    )
    if not written or not address or not said or rest:
        return []
    number, unit = said[-1]
    old = [m for m in _PLACE_NUMBER.finditer(address) if m[2] == unit]
    if len(old) != 1:
        return []
    put = address[: old[0].start(1)] + number + address[old[0].end(1) :]
    return [do(draft, "update_customer", {"customer": customer_id, "address": put})]


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
    "lead": r"来源|分给|派给|交给|转给|给.{2,4}跟|归.{2,4}(?:跟|管|了|$)|合格|作废|无效|状态|电话|手机|号码|"
    r"尾号|跟进中",
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
    if evidence.asks or _creates(desk) or evidence.negates or (evidence.wishes and not evidence.orders):
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


_AROUND_ONLY = re.compile(
    r"时间|日期|不行|不成|不了|不对|算了|还是|要不|那就?|改|换|放|挪|调|成|定|就|在|是|到|吧|哈|的|好了|[，,。\s]"
)


def _only_a_time(desk: Desk) -> bool:
    rest = desk.text
    for time in desk.sentence.times:
        rest = rest.replace(time.text, "")
    return bool(desk.sentence.times) and not _AROUND_ONLY.sub("", rest)


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
    return [
        (t, i)
        for t, i in dict.fromkeys([*written, *shown])
        if t in _AMENDED and desk.crm.repository(t).get(i) is not None
    ]


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


# --- a person of the customer just created ---------------------------------------------------------------------

_PERSON_WITH_PART = re.compile(
    r"^(?:他家|她家|它家|那边|这边|他们)?(?:的)?(?:管)?(?:采购|财务|技术|设备|生产|质量|品控|仓库|行政|老板|店长|厂长|经理|主任|主管|总监|负责人?|对接人?|联系人|"
    r"院长|校长|站长|馆长|老师|教练)(?:的)?(?:人)?(?:是|叫|姓名|名叫|，|:|：)\s*[\u4e00-\u9fff]{2,4}"
)


def adds_person(desk: Desk) -> list[Step]:
    """「采购是盛楠,1990…」 right after its customer was created or changed: a contact, and no phone of the customer."""
    last = desk.last
    if last is None or int(desk.state.get("turn", 0)) - int(last["turn"]) >= RECENT or not desk.sentence.phones:
        return []
    record = last_record(desk)
    if (
        desk.waiting
        or desk.question
        or record is None
        or record[0] != "customer"
        or not _PERSON_WITH_PART.match(desk.text)
    ):
        return []
    hints = {"customer": record[1]}
    draft = Draft(desk=desk, sentence=desk.sentence, begin=0, stop=len(desk.text), intent="create_contact", hints=hints)
    steps = create_contact(draft)
    return steps if all(isinstance(step, Do) for step in steps) else []


# --- one word more of what is held -------------------------------------------------------------------------------

_TOLD_REASON = re.compile(
    r"^(?:主要|就)?(?:是)?(?:因为|嫌|怪|由于)|(?:被|让|叫|给)[^，。]{1,10}?(?:抢|拿|截|撬|挖|撵|夺)(?:走|去|了|下)|便宜|太贵|价格|价高|"
    r"(?:选|用|签|换)了(?:别家|对手|[^，。]{2,8})|没预算|砍了|停了|不做了|取消了"
)
"""What a loss is put down to, told without the word reason."""
_REASON = re.compile(
    r"^(?:(?:等一?[下会]儿?|等等|慢着|不对|不是|哦|对了|先别)[，,。\s]*)*(?:把)?(?:丢单|输单)?(?:的)?(?:原因|理由)(?:就)?(?:是|写|为|填|记|就写|就填|改成|改为|补上)*[:：,，\s]*[「“\"]?([^」”\"]+?)[」”\"]?$"
)


def say_more_of_held(desk: Desk) -> list[Step]:
    """The lost deal's reason, said while the loss waits for its 确认: what is held is shown anew with it."""
    said = desk.heard.text.strip()
    found = _REASON.match(said)
    if found is None and len(said) <= LONGEST and _TOLD_REASON.search(desk.text) and not _NEW.search(desk.text):
        found = None if evidence_in(desk.sentence, 0, len(desk.text)).asks else re.match("(.+)", said, re.S)
    if found is None or len(desk.waiting) != 1:
        return []
    calls = [ToolCall(tool=str(c["tool"]), args=dict(c["args"])) for c in desk.waiting[0].calls]
    if len(calls) != 1 or calls[0].tool != "lose_opportunity":
        return []
    return [Do(calls=(ToolCall(tool=calls[0].tool, args={**calls[0].args, "reason": found[1].strip()}),))]
