"""Answers to an open question: a number, a name, a fact that singles one option out, or the words that were missing."""

from __future__ import annotations

import re
from typing import Any

from assistant.messages import Ask, Do, Step
from assistant.planner.embedded.common import says_a_day
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.distinguishing import singled_out
from assistant.planner.embedded.draft import TIME_SLOTS, Draft
from assistant.planner.embedded.fields import level_in
from assistant.planner.embedded.handlers import HANDLERS, QUERIES, WRITES
from assistant.planner.embedded.parts import CREATIONS
from assistant.planner.embedded.pointing import described
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.targets import pick
from crm_store.records import Record
from intents.commands import Command
from intents.evidence import evidence_in
from intents.names import Kind
from intents.numbers import parse_number
from intents.times import Kind as TimeKind

RECORD_SLOTS = ("customer", "contact", "opportunity", "task", "lead", "product")
CLEAR = 0.3
STRONG = 0.6
_NUMBER = re.compile(
    r"^(?:选|就|要|是|第|no\.?|number|#|option|the)*\s*([一二两三四五六七八九十\d]+|first|second|third|last|头一|"
    r"最后一)\s*(?:个|家|位|条|项|单|号|名|one)?(?:吧|的|那个|那家)?$",
    re.I,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "头一": 1, "last": -1, "最后一": -1}


def answer_question(desk: Desk, question: dict[str, Any], commands: list[Command], *, yes: bool) -> list[Step]:
    """The steps of the command that the answer completes; [] when the message is no answer."""
    slot = str(question["slot"])
    if _is_form(question) and not _leaves_form(desk, question, commands):
        return _filled(desk, question)
    if question.get("suspended") and not _completes(desk, slot):
        return []
    if slot == "customer" and question["intent"] == "record_note" and (noted := _told_at_once(desk, question)):
        return noted
    if slot in RECORD_SLOTS and (due := _other_time(desk, question)):
        return _resume(desk, question, {}, {"due": due})
    if slot in RECORD_SLOTS and _goes_elsewhere(desk, question, commands):
        return []
    if question.get("options"):
        chosen = _choose(desk, question, yes=yes)
        if chosen is not None:
            return _resume(desk, question, {slot: chosen}, {})
    if slot == "log_it":
        asked = yes or any(c.intent == "record_note" for c in commands)
        return _resume(desk, question, {"log_it": True}, {}) if asked and len(desk.text) < 20 else []
    if slot == "amount_sure":
        return _amount_answer(desk, question, yes=yes)
    if _is_new_command(desk, commands, slot) or _sets_a_value(desk, question, commands):
        return []
    if slot in RECORD_SLOTS:
        return _record_answer(desk, question, slot)
    if slot == "name" and not _could_be_a_name(desk) and not _lists_a_name(desk, str(question["intent"])):
        return []
    return _resume(desk, question, {}, {slot: desk.heard.text})


_AROUND_ANOTHER_TIME = re.compile(
    r"不对|不是|错了|说错|记错|改成?|应该|其实|时间|是|到|在|定|吧|哦|啊|了|我说|更正|[，,。！!\s]|no|sorry|actually",
    re.I,
)


def _other_time(desk: Desk, question: dict[str, Any]) -> str:
    """The time that 「不对,是十点半」 gives a task still asked about; an hour keeps the day said before."""
    times = [t for t in desk.sentence.times if t.kind is not TimeKind.DURATION]
    if question["intent"] != "create_task" or len(times) != 1 or len(desk.text) > LONGEST_FACT:
        return ""
    if _AROUND_ANOTHER_TIME.sub("", desk.text.replace(times[0].text, "")):
        return ""
    before = [t for t in desk.read(str(question["text"])).times if says_a_day(t)]
    if says_a_day(times[0]) or not before:
        return times[0].text
    day = before[0].due
    return f"{day.year}年{day.month}月{day.day}日{times[0].text}"


LONG_ANSWER, LONGEST_FACT = 14, 24
SURELY = 0.8
A_WORD, NAMED = 6, 0.6
"""An answer that singles no option out is taken as a try at one if it is so short, or names such a record so well."""


def _goes_elsewhere(desk: Desk, question: dict[str, Any], commands: list[Command]) -> bool:
    """Whether a message is plainly no choice among options: it asks something, or it is a whole command."""
    top = max(commands, key=lambda c: c.score)
    if top.intent in QUERIES and evidence_in(desk.sentence, 0, len(desk.text)).asks and not _NUMBER.match(desk.text):
        return True
    if _names_none_of_them(desk, question):
        return True
    return len(desk.text) > LONG_ANSWER and top.intent in WRITES and (top.score > STRONG or bool(desk.sentence.times))


def _names_none_of_them(desk: Desk, question: dict[str, Any]) -> bool:
    """Whether the message names for sure a customer to which none of the options belongs."""
    kind = str(question["slot"])
    options = [desk.crm.repository(kind).get(int(o["id"])) for o in question.get("options") or ()]
    if not options or question.get("unknown"):
        return False
    customers = {r.id if kind == "customer" else getattr(r, "customer_id", None) for r in options if r is not None}
    named = {
        int(c.nameable.id)
        for m in desk.sentence.mentions
        for c in m.candidates
        if c.nameable.kind is Kind.CUSTOMER and c.score >= SURE_OTHER
    }
    return bool(named) and not named & customers


SURE_OTHER = 0.95
_NO_NAME = re.compile(r"[他她它我你这那的了吗呢不错对]|电话|客户|单位|公司错")


def _could_be_a_name(desk: Desk) -> bool:
    """Whether an answer can be taken as a name as it stands."""
    asks = evidence_in(desk.sentence, 0, len(desk.text)).asks
    return len(desk.text) <= 24 and not asks and not _NO_NAME.search(desk.text)


def _lists_a_name(desk: Desk, intent: str) -> bool:
    """Whether an answer lists what is to be created, its name among other things."""
    brings = desk.sentence.phones or re.search(r"[，,、\s].*[，,、\s]|全称|名称|姓名", desk.text)
    return intent in CREATIONS and bool(brings) and not evidence_in(desk.sentence, 0, len(desk.text)).asks


def _completes(desk: Desk, slot: str) -> bool:
    """Whether a message, after another was in between, still brings what a question asked for."""
    if slot in TIME_SLOTS:
        return bool(desk.sentence.times)
    priced = re.search("目录价|挂牌|牌价|标价|list price", desk.text) is not None
    return (
        slot == "value"
        and (priced or bool(desk.sentence.amounts or desk.sentence.times))
        and not any(
            m.candidates[0].score >= 0.9 and m.candidates[0].nameable.kind is not Kind.STAGE
            for m in desk.sentence.mentions
        )
    )


def _amount_answer(desk: Desk, question: dict[str, Any], *, yes: bool) -> list[Step]:
    if yes:
        return _resume(desk, question, {"amount_sure": True}, {})
    if not desk.sentence.amounts:
        return []
    return _resume(desk, question, {"amount_sure": True}, {"amount": desk.heard.text})


# --- a record asked together over several messages ----------------------------------------------------------------

FORMS = ("create_task", "create_contact", "create_customer", "create_opportunity", "create_lead", "record_note")
_OTHER_COMMAND = re.compile(
    r"改成|改为|改到|推到|推迟|挪到|顺延|标成|标为|删[了掉除]|撤[销回]|新建|新增|勾掉|记一下|记个|完成了|转给|划给|升[到成为]|降[到成为]|"
    r"提醒我|列出|看看|查一下|查查|reschedule|delete|update"
)
_LEAD_IN = re.compile(
    r"^(?:(?:ok|okay|好的?|行|嗯|那|我们)?[，,。\s]*(?:继续|接着(?:说|来|刚才)?|回到刚才|说回来)[，,。:：\s]+)?(?:哦|噢|嗯|好的?|行|对了|那就?|就|是|就是|叫|全称是?|名称是?|名字是?|名字叫)[，,。\s]*(?=\S{2})"
)


def _is_form(question: dict[str, Any]) -> bool:
    """Whether the question is for the parts of a new record, in the answerer's own words."""
    if question["intent"] not in FORMS or question.get("options") or question.get("unknown"):
        return False
    return str(question["slot"]) in ("title", "name", "customer", "content")


def _leaves_form(desk: Desk, question: dict[str, Any], commands: list[Command]) -> bool:
    """Whether the message asks something, or is another command, instead of bringing a part."""
    evidence = evidence_in(desk.sentence, 0, len(desk.text))
    top = max(commands, key=lambda c: c.score)
    slot = str(question["slot"])
    if slot == "content":
        return top.intent in QUERIES and top.score > STRONG and evidence.asks and (top.question or len(desk.text) < 12)
    if question.get("suspended") and top.intent in QUERIES and top.score > STRONG and not evidence.has_time:
        return True
    dated = any(t.kind is not TimeKind.DURATION for t in desk.sentence.times)
    if evidence.asks and top.intent in QUERIES and not dated:
        return True
    if re.search(r"[？?]\s*$", desk.heard.text):
        return True
    other = top.intent in WRITES and top.intent != question["intent"] and top.score > CLEAR
    return other and bool(_OTHER_COMMAND.search(desk.text))


def _filled(desk: Desk, question: dict[str, Any]) -> list[Step]:
    """The command as if all that was said of it had been said at once."""
    slot, intent = str(question["slot"]), str(question["intent"])
    if slot == "content" and question.get("hints", {}).get("customer"):
        return _resume(desk, question, {}, {slot: desk.heard.text})
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
    if again and slot == "name" and _could_be_a_name(desk) and len(desk.text) <= A_NAME:
        return _resume(desk, question, {}, {slot: answer})
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


_SETS = re.compile(r"(?:升|降|改|换|调|推|转|设|标|挪|延)(?:到|成|为|给)(?!.*(?:那[个家位]|的)$)")
"""An answer that names a record and sets something on it is no answer but a command about that record."""


def _sets_a_value(desk: Desk, question: dict[str, Any], commands: list[Command]) -> bool:
    """Whether a message that names a record also says what to set on it: a command, where the open one had a value."""
    if str(question["slot"]) not in RECORD_SLOTS or not str(question["intent"]).startswith("update_"):
        return False
    valued = level_in(desk.text) is not None or bool(desk.sentence.amounts)
    named = any(m.candidates[0].score >= 0.9 for m in desk.sentence.mentions if m.candidates)
    return valued and named and any(c.intent == question["intent"] for c in commands)


def _is_new_command(desk: Desk, commands: list[Command], slot: str) -> bool:
    """Whether the message goes its own way instead of answering."""
    top = max(commands, key=lambda c: c.score)
    if (
        slot not in RECORD_SLOTS
        and slot != "content"
        and top.intent in QUERIES
        and evidence_in(desk.sentence, 0, len(desk.text)).asks
    ):
        return True
    if slot == "title":
        other = top.intent in WRITES and top.intent not in ("create_task", "record_note", "log_interaction")
        return other and top.score > SURELY and evidence_in(desk.sentence, 0, len(desk.text)).orders
    if slot == "content":
        return top.intent in QUERIES and top.score > STRONG and (top.question or len(desk.text) < 12)
    if top.intent in QUERIES:
        return top.score > STRONG and not _only_names(desk, slot)
    if slot in RECORD_SLOTS and top.intent in WRITES and _SETS.search(desk.text):
        return True
    return top.intent in WRITES and top.score > STRONG and slot in RECORD_SLOTS and len(desk.text) > 10


def _only_names(desk: Desk, slot: str) -> bool:
    """Whether a short message asks nothing but names somebody, when a record was asked for."""
    evidence = evidence_in(desk.sentence, 0, len(desk.text))
    named = any(m.candidates and m.candidates[0].score >= 0.8 for m in desk.sentence.mentions)
    return slot in RECORD_SLOTS and named and not evidence.asks and len(desk.text) <= LONG_ANSWER


def _resume(desk: Desk, question: dict[str, Any], hints: dict[str, Any], fills: dict[str, str]) -> list[Step]:
    """Take the command up again where the question stopped it."""
    sentence = desk.read(str(question["text"]))
    draft = Draft(
        desk=desk,
        sentence=sentence,
        begin=0,
        stop=len(sentence.text),
        intent=str(question["intent"]),
        hints={**question.get("hints", {}), **hints},
        fills={**question.get("fills", {}), **fills},
        shared=dict(question.get("shared", {})),
    )
    return HANDLERS[draft.intent](draft)


def _record_answer(desk: Desk, question: dict[str, Any], slot: str) -> list[Step]:
    """A name said freely."""
    draft = _draft_of_answer(desk, str(question["intent"]))
    if draft.intent in WITH_VALUES and (own := _own_reading(draft)):
        return own
    if slot == "customer":
        found = resolve_customer(draft, focus=False)
        if found.found:
            return _resume(desk, question, {"customer": found.id}, _more_than_a_name(desk))
        if found.verdict is Verdict.NONE:
            return []
    best = [mention.candidates[0] for mention in desk.sentence.mentions]
    named = any(candidate.nameable.kind == slot and candidate.score >= NAMED for candidate in best)
    return _resume(desk, question, {}, {slot: desk.heard.text}) if named or len(desk.text) <= A_WORD else []


def _more_than_a_name(desk: Desk) -> dict[str, str]:
    """An answer that lists more than the name asked for is taken as a whole."""
    own = desk.sentence
    brings = own.phones or own.amounts or own.times or own.emails or own.quantities
    return {"more": desk.heard.text} if brings or len(re.split(r"[，,;；\s]+", desk.text.strip())) > 1 else {}


WITH_VALUES = ("update_customer", "update_opportunity", "update_contact", "update_task")


def _own_reading(draft: Draft) -> list[Step]:
    """The steps of an answer that brings another value along: the value said last counts."""
    if not draft.mentions or len(draft.text) <= A_WORD:
        return []
    steps = HANDLERS[draft.intent](draft)
    return steps if steps and all(isinstance(step, Do) for step in steps) else []


def _draft_of_answer(desk: Desk, intent: str) -> Draft:
    return Draft(desk=desk, sentence=desk.sentence, begin=0, stop=len(desk.text), intent=intent)


# --- choosing among options --------------------------------------------------------------------------------------


def _told_at_once(desk: Desk, question: dict[str, Any]) -> list[Step]:
    """An answer to whose minute it is that goes on to tell the minute."""
    orders = evidence_in(desk.sentence, 0, len(desk.text)).orders
    if question.get("options") or desk.text.endswith(("?", "？")) or orders:
        return []
    found = resolve_customer(_draft_of_answer(desk, "record_note"), focus=False)
    if not found.found:
        return []
    told = re.sub(r"^(?:是|就是|给|关于)?[^，。,]{2,16}?(?:的|那边)?[，,:：]\s*(?=.{6})", "", desk.heard.text, count=1)
    slot = "content" if len(desk.text) > LONG_ANSWER else "customer"
    return _resume(desk, question, {"customer": found.id}, {slot: told if slot == "content" else desk.heard.text})


def _choose(desk: Desk, question: dict[str, Any], *, yes: bool) -> int | str | None:
    """The option that the message points at, if exactly one."""
    options = question["options"]
    number = _number(desk.text)
    if number is not None and -1 <= number <= len(options) and number != 0:
        found: int | str = options[number - 1 if number > 0 else -1]["id"]
        return found
    if yes:
        return options[0]["id"] if len(options) == 1 else None
    slot = str(question["slot"])
    ids = [int(option["id"]) for option in options] if slot in RECORD_SLOTS else []
    if (
        ids
        and len(desk.text) <= 12
        and (picked := pick(_draft_of_answer(desk, str(question["intent"])), slot, ids, desk.text)) is not None
    ):
        return picked
    scores = [_fit(desk, slot, option) for option in options]
    best = max(scores)
    if best < CLEAR or sum(1 for score in scores if best - score < 0.1) > 1:
        told = described(desk, slot, ids, desk.text) if len(ids) > 1 and len(desk.text) <= LONGEST_FACT else None
        if told is not None or not ids or len(desk.text) > LONG_ANSWER + 6:
            return told
        return singled_out(desk, slot, ids, desk.text)
    chosen: int | str = options[scores.index(best)]["id"]
    return chosen


def _number(text: str) -> int | None:
    found = _NUMBER.match(text.strip(" ，。！!"))
    if found is None:
        return None
    word = found[1].lower()
    if word in _ORDINALS:
        return _ORDINALS[word]
    value = parse_number(word)
    return None if value is None else int(value)


def _fit(desk: Desk, slot: str, option: dict[str, Any]) -> float:
    """How well the message fits one option: its name (by sight or sound), its customer, its facts, its label."""
    if slot not in RECORD_SLOTS:
        return 1.0 if option["label"] == desk.text else 0.0
    record = desk.crm.repository(slot).get(int(option["id"]))
    if record is None:
        return 0.0
    score = _named(desk, slot, record)
    return max(
        score, 0.9 * _overlap(desk.text, _facts(desk, slot, record)), 1.0 if option["label"] == desk.text else 0.0
    )


def _named(desk: Desk, slot: str, record: Record) -> float:
    customer_id = record.id if slot == "customer" else getattr(record, "customer_id", None)
    best = 0.0
    for mention in desk.sentence.mentions:
        for candidate in mention.candidates:
            nameable = candidate.nameable
            if nameable.kind == slot and nameable.id == record.id:
                best = max(best, candidate.score)
            elif nameable.kind is Kind.CUSTOMER and nameable.id == customer_id:
                best = max(best, candidate.score * 0.95)
            elif nameable.kind is Kind.CONTACT and slot == "customer" and nameable.customer_id == customer_id:
                best = max(best, candidate.score * 0.9)
    return best


def _facts(desk: Desk, slot: str, record: Record) -> str:
    """What is known of an option, as one text."""
    values = [
        getattr(record, name, None)
        for name in ("name", "title", "industry", "region", "level", "role", "company", "source")
    ]
    customer_id = getattr(record, "customer_id", None)
    if customer_id and (customer := desk.crm.customers.get(customer_id)):
        values += [customer.name, customer.industry, customer.region, *customer.aliases]
    if slot == "customer":
        values += [*getattr(record, "aliases", ()), *getattr(record, "tags", ())]
        values += [f"{c.name}{c.title or ''}" for c in desk.crm.contacts.of_customer(record.id)]
    if slot == "opportunity":
        ids = getattr(record, "product_ids", ())
        values += [p.name for p in desk.crm.products.many(ids).values()]
        values += [s.name for s in desk.stages if s.id == getattr(record, "stage_id", None)]
    return " ".join(str(value) for value in values if value)


_EMPTY = re.compile(
    r"那个|那家|那位|那单|那条|这个|这家|的|是|就|吧|家(?![具电居政])|位|个|做|搞|管|姓|叫|我说|要|选|[，。！？\s]|the|one"
)


def _overlap(text: str, facts: str) -> float:
    """Share of the message's own characters (pairs where it can) that the facts contain."""
    bare = _EMPTY.sub("", text)
    if not bare:
        return 0.0
    pieces = [bare[i : i + 2] for i in range(len(bare) - 1)] or [bare]
    return sum(1 for piece in pieces if piece.lower() in facts.lower()) / len(pieces)
