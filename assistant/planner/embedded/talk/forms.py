"""Forms: a record asked together over several messages."""

from __future__ import annotations

from typing import Any

from assistant.messages import Ask, Step
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.table import HANDLERS, QUERIES, WRITES
from assistant.planner.embedded.talk.message import asks_to_be_told, evidence_of
from assistant.planner.embedded.talk.resuming import CLEAR, STRONG, resume
from intents import patterns as re
from intents.commands import Command
from intents.names import Kind
from intents.times import Kind as TimeKind

_NO_NAME = re.compile(r"[他她它我你这那的了吗呢不错对]|电话|客户|单位|公司错|手机|号码|邮箱|尾号|尾数|应该|其实|\d{4}")


def could_be_a_name(desk: Desk) -> bool:
    """Whether an answer can be taken as a name as it stands."""
    asks = evidence_of(desk).asks
    return len(desk.text) <= 24 and not asks and not _NO_NAME.search(desk.text)


FORMS = ("create_task", "create_contact", "create_customer", "create_opportunity", "create_lead", "record_note")
_OTHER_COMMAND = re.compile(
    r"改成|改为|改到|推到|推迟|挪到|顺延|标成|标为|删[了掉除]|撤[销回]|新建|新增|勾掉|记一下|记个|完成了|转给|划给|升[到成为]|降[到成为]|"
    r"提醒我|列出|看看|查一下|查查|reschedule|delete|update"
)
_LEAD_IN = re.compile(
    r"^(?:(?:ok|okay|好的?|行|嗯|那|我们)?[，,。\s]*(?:继续|接着(?:说|来|刚才)?|回到刚才|说回来)[，,。:：\s]+)?(?:哦|噢|嗯|好的?|行|对了|那就?|就|是|就是|叫|全称是?|名称是?|名字是?|名字叫)[，,。\s]*(?=\S{2})"
)


def is_form(question: dict[str, Any]) -> bool:
    """Whether the question is for the parts of a new record, in the answerer's own words."""
    if question["intent"] not in FORMS or question.get("options") or question.get("unknown"):
        return False
    return str(question["slot"]) in ("title", "name", "customer", "content")


_TELL_ME = re.compile(r"告诉我|跟我说|报给我|先?(?:查|看)一?[下看查]")
"""Asks without asking: 「先告诉我目录价」."""


def leaves_form(desk: Desk, question: dict[str, Any], commands: list[Command]) -> bool:
    """Whether the message asks something, or is another command, instead of bringing a part."""
    evidence = evidence_of(desk)
    top = max(commands, key=lambda c: c.score)
    slot = str(question["slot"])
    if slot == "content":
        told = asks_to_be_told(desk) and not evidence.orders
        asked = evidence.asks and (top.question or len(desk.text) < 12)
        return top.intent in QUERIES and top.score > STRONG and (asked or told)
    if asks_to_be_told(desk) and top.intent in QUERIES and top.score > STRONG and not evidence.orders:
        return True
    if question.get("suspended") and top.intent in QUERIES and top.score > STRONG and not evidence.has_time:
        return True
    dated = any(t.kind is not TimeKind.DURATION for t in desk.sentence.times)
    if (evidence.asks or _TELL_ME.search(desk.text)) and top.intent in QUERIES and not dated:
        return True
    if re.search(r"[？?]\s*$", desk.heard.text):
        return True
    other = top.intent in WRITES and top.intent != question["intent"] and top.score > CLEAR
    return other and bool(_OTHER_COMMAND.search(desk.text))


def filled(desk: Desk, question: dict[str, Any]) -> list[Step]:
    """The command as if all that was said of it had been said at once."""
    slot, intent = str(question["slot"]), str(question["intent"])
    if slot == "content" and question.get("hints", {}).get("customer"):
        return resume(desk, question, {}, {slot: desk.heard.text})
    answer = _LEAD_IN.sub("", desk.heard.text)
    joined = (
        f"{question['text']}，{answer}"
        if not str(question["text"]).endswith((":", "："))
        else f"{question['text']}{answer}"
    )
    whole = desk.read(joined)
    hints = {**question.get("hints", {})}
    if intent == "create_contact" and desk.sentence.mentions:
        hints.pop("customer", None) if _names_customer(desk) else None
    draft = Draft(
        desk=desk,
        sentence=whole,
        begin=0,
        stop=len(whole.text),
        intent=intent,
        hints=hints,
        fills=dict(question.get("fills", {})),
        shared=dict(question.get("shared", {})),
    )
    if intent == "create_task" and slot == "title" and question["text"] == _BARE_REMINDER and not whole.times:
        return [draft.ask("due", draft.say("好的,什么时候提醒您?", "Sure, when should I remind you?"))]
    steps = HANDLERS[intent](draft)
    again = len(steps) == 1 and isinstance(steps[0], Ask) and (steps[0].question or {}).get("slot") == slot
    if again and slot == "name" and could_be_a_name(desk) and len(desk.text) <= A_NAME:
        return resume(desk, question, {}, {slot: answer})
    return steps


_BARE_REMINDER = "提醒我"
"""What a bare 「设个提醒」 is kept as: a reminder for no time at all is none, so that the time is asked for."""
A_NAME = 16
"""An answer no longer than this may be a name as it stands, where none was recognised in it."""


def _names_customer(desk: Desk) -> bool:
    return any(
        c.nameable.kind is Kind.CUSTOMER and c.score >= SURE_CUSTOMER
        for m in desk.sentence.mentions
        for c in m.candidates
    )


SURE_CUSTOMER = 0.85
