"""Answers to an open question: a number, a name, a fact that singles one option out, or the words that were missing."""

from __future__ import annotations

from typing import Any

from assistant.messages import Do, Step
from assistant.planner.embedded.common import says_a_day
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.parts import CREATIONS
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.table import HANDLERS
from assistant.planner.embedded.talk.choosing import choose
from assistant.planner.embedded.talk.forms import could_be_a_name, filled, is_form, leaves_form
from assistant.planner.embedded.talk.leaving import completes, goes_elsewhere, is_new_command, sets_a_value
from assistant.planner.embedded.talk.message import evidence_of, whole
from assistant.planner.embedded.talk.resuming import LONG_ANSWER, LONGEST_FACT, RECORD_SLOTS, resume
from intents import patterns as re
from intents.commands import Command
from intents.times import Kind as TimeKind


def answer_question(desk: Desk, question: dict[str, Any], commands: list[Command], *, yes: bool) -> list[Step]:
    """The steps of the command that the answer completes; [] when the message is no answer."""
    slot = str(question["slot"])
    if is_form(question) and not leaves_form(desk, question, commands):
        return filled(desk, question)
    if question.get("suspended") and (chosen := _comes_back(desk, question)) is not None:
        return resume(desk, question, {slot: chosen}, {})
    if question.get("suspended") and not completes(desk, slot, question.get("hints")):
        return []
    if slot == "customer" and question["intent"] == "record_note" and (noted := _told_at_once(desk, question)):
        return noted
    if slot in RECORD_SLOTS and (due := _other_time(desk, question)):
        return resume(desk, question, {}, {"due": due})
    if slot in RECORD_SLOTS and goes_elsewhere(desk, question, commands):
        return []
    if question.get("options"):
        chosen = choose(desk, question, yes=yes)
        if chosen is not None:
            return resume(desk, question, {slot: chosen}, {})
    if slot == "record":
        return []
    if slot == "log_it":
        asked = yes or any(c.intent == "record_note" for c in commands)
        short = len(desk.text) < 20 and not re.search("[:：].", desk.text)
        return resume(desk, question, {"log_it": True}, {}) if asked and short else []
    if slot == "amount_sure":
        return _amount_answer(desk, question, yes=yes)
    if is_new_command(desk, commands, slot) or sets_a_value(desk, question, commands):
        return []
    if slot in RECORD_SLOTS:
        return _record_answer(desk, question, slot)
    if slot == "name" and not could_be_a_name(desk) and not _lists_a_name(desk, str(question["intent"])):
        return []
    return resume(desk, question, {}, {slot: desk.heard.text})


_BACK_TO_IT = re.compile(
    r"^(?:哦|噢|嗯|那|好|对了?|回到|接着|继续|还是|说回|[，,\s])*(?:刚才|刚刚|方才|前面|前头|上面|先前|上一个)(?:那|这|问|说)|^(?:哦|噢|嗯|那|好|[，,\s])*(?:我)?选"
)


def _comes_back(desk: Desk, question: dict[str, Any]) -> int | str | None:
    """「哦刚才那个,选冷链箱」: what is chosen of a question after something else was talked about."""
    if not question.get("options") or str(question["slot"]) not in RECORD_SLOTS:
        return None
    short = len(desk.text) <= LONGEST_FACT and not evidence_of(desk).asks
    return choose(desk, question, yes=False) if short and _BACK_TO_IT.search(desk.text) else None


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


A_WORD, NAMED = 6, 0.6
"""An answer that singles no option out is taken as a try at one if it is so short, or names such a record so well."""


def _lists_a_name(desk: Desk, intent: str) -> bool:
    """Whether an answer lists what is to be created, its name among other things."""
    brings = desk.sentence.phones or re.search(r"[，,、\s].*[，,、\s]|全称|名称|姓名", desk.text)
    return intent in CREATIONS and bool(brings) and not evidence_of(desk).asks


def _amount_answer(desk: Desk, question: dict[str, Any], *, yes: bool) -> list[Step]:
    if yes:
        return resume(desk, question, {"amount_sure": True}, {})
    if not desk.sentence.amounts:
        return []
    return resume(desk, question, {"amount_sure": True}, {"amount": desk.heard.text})


def _record_answer(desk: Desk, question: dict[str, Any], slot: str) -> list[Step]:
    """A name said freely."""
    draft = whole(desk, str(question["intent"]))
    if draft.intent in WITH_VALUES and (own := _own_reading(draft)):
        return own
    if slot == "customer":
        found = resolve_customer(draft, focus=False)
        if found.found:
            return resume(desk, question, {"customer": found.id}, _more_than_a_name(desk))
        if found.verdict is Verdict.NONE:
            return []
    best = [mention.candidates[0] for mention in desk.sentence.mentions]
    named = any(candidate.nameable.kind == slot and candidate.score >= NAMED for candidate in best)
    return resume(desk, question, {}, {slot: desk.heard.text}) if named or len(desk.text) <= A_WORD else []


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


def _told_at_once(desk: Desk, question: dict[str, Any]) -> list[Step]:
    """An answer to whose minute it is that goes on to tell the minute."""
    orders = evidence_of(desk).orders
    if question.get("options") or desk.text.endswith(("?", "？")) or orders:
        return []
    found = resolve_customer(whole(desk, "record_note"), focus=False)
    if not found.found:
        return []
    told = re.sub(r"^(?:是|就是|给|关于)?[^，。,]{2,16}?(?:的|那边)?[，,:：]\s*(?=.{6})", "", desk.heard.text, count=1)
    slot = "content" if len(desk.text) > LONG_ANSWER else "customer"
    return resume(desk, question, {"customer": found.id}, {slot: told if slot == "content" else desk.heard.text})
