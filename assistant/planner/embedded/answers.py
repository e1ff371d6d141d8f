"""Answers to an open question: a number, a name, a fact that singles one option out, or the words that were missing."""

from __future__ import annotations

import re
from typing import Any

from assistant.messages import Step
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import TIME_SLOTS, Draft
from assistant.planner.embedded.handlers import HANDLERS, QUERIES, WRITES
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.targets import pick
from crm_store.records import Record
from intents.commands import Command
from intents.evidence import evidence_in
from intents.names import Kind
from intents.numbers import parse_number

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
    if question.get("suspended") and not _completes(desk, slot):
        return []
    if slot == "customer" and question["intent"] == "record_note" and (noted := _told_at_once(desk, question)):
        return noted
    if slot in RECORD_SLOTS and _goes_elsewhere(desk, commands):
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
    if _is_new_command(desk, commands, slot):
        return []
    if slot in RECORD_SLOTS:
        return _record_answer(desk, question, slot)
    if slot == "name" and not _could_be_a_name(desk):
        return []
    return _resume(desk, question, {}, {slot: desk.heard.text})


LONG_ANSWER = 14
SURELY = 0.8
A_WORD, NAMED = 6, 0.6
"""An answer that singles no option out is taken as a try at one if it is so short, or names such a record so well."""


def _goes_elsewhere(desk: Desk, commands: list[Command]) -> bool:
    """Whether a message is plainly no choice among options: it asks something, or it is a whole command."""
    top = max(commands, key=lambda c: c.score)
    if top.intent in QUERIES and evidence_in(desk.sentence, 0, len(desk.text)).asks and not _NUMBER.match(desk.text):
        return True
    return len(desk.text) > LONG_ANSWER and top.intent in WRITES and (top.score > STRONG or bool(desk.sentence.times))


_NO_NAME = re.compile(r"[他她它我你这那的了吗呢不错对]|电话|客户|单位|公司错")


def _could_be_a_name(desk: Desk) -> bool:
    """Whether an answer can be taken as a name as it stands."""
    return len(desk.text) <= 24 and not _NO_NAME.search(desk.text)


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
    if slot == "customer":
        found = resolve_customer(draft, focus=False)
        if found.found:
            return _resume(desk, question, {"customer": found.id}, {})
        if found.verdict is Verdict.NONE:
            return []
    best = [mention.candidates[0] for mention in desk.sentence.mentions]
    named = any(candidate.nameable.kind == slot and candidate.score >= NAMED for candidate in best)
    return _resume(desk, question, {}, {slot: desk.heard.text}) if named or len(desk.text) <= A_WORD else []


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
        return None
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
    r"那个|那家|那位|那单|那条|这个|这家|的|是|就|吧|家(?=$|[，。的])|位|个|做|搞|管|姓|叫|我说|要|选|[，。！？\s]|the|one"
)


def _overlap(text: str, facts: str) -> float:
    """Share of the message's own characters (pairs where it can) that the facts contain."""
    bare = _EMPTY.sub("", text)
    if not bare:
        return 0.0
    pieces = [bare[i : i + 2] for i in range(len(bare) - 1)] or [bare]
    return sum(1 for piece in pieces if piece.lower() in facts.lower()) / len(pieces)
