"""Messages that leave out what the one before said: 「李婷呢」, 「那看张伟的」, 「同样的再来一条」."""

from __future__ import annotations

from typing import Any

from assistant.messages import Step
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.pointing import POINTING, point
from assistant.planner.embedded.questions.words import ROLE_WORDS
from assistant.planner.embedded.talk.asked_deals import (
    asked,
    best_of_them,
    of_the_other_deal,
    of_the_purchases,
    sum_of_both,
    sum_of_deals,
    sum_of_people,
    theirs_listed,
)
from assistant.planner.embedded.talk.message import whole
from assistant.planner.embedded.talk.of_the_listed import of_the_listed
from assistant.planner.embedded.talk.substituting import SUM, is_only_a_period, period_args, substituted
from intents import patterns as re
from intents.commands import Command

_ELLIPTIC = re.compile(
    r"^(?:那|那么|再|还有|另外)?(?:看看?|换成?|说说|查查?)?.{1,14}?(?:的)?(?:呢|的呢|那边呢|怎么样|也(?:给我|帮我)?(?:看看|看一?下|查查|查一?下|列一?下|说说|要)|，.{0,8}多少|"
    r"的)?[？?]?$"
)
_MARKED = re.compile(
    r"^(?:光|只|单|就|仅)(?:看|算|说|要|统计)|(?:重新?|再)(?:算|统计|汇总|加)(?:一[下遍])?$|^(?:那|再看|换|还有|另外)|还剩|呢[？?]?$|的?也(?:给我|帮我)?(?:看看|看一?下|查查|查一?下|列一?下|说说|要)$|^(?:and|"
    r"what about|how about)\b",
    re.I,
)
_LAST_TIME = re.compile(
    r"^(?:那|其中)?最(?:近|后|新|早)(?:的)?(?:一?[次笔单回]|那[次笔单])?(?:是|在)?(?:哪天|哪一天|什么时候|几号|几时|啥时候|何时)[？?]?$"
)
"""Which of the orders or minutes listed just now is the newest; they are shown anew, the newest first."""
_TELL_TOO = re.compile(
    r"(?:呢|的)?[，,\s]*(?:你|帮我|给我)?(?:也|一并|一起|顺便)(?:帮我|给我)?(?:报|说|讲|看|查|念|列|算|统计|瞧)(?:一?[下遍眼]|一?[报说讲看查念列]|给我|出来)?(?:吧|呗|哈)?$"
)
"""「某某呢,也报一下」: only the name is new."""
_PART_ALONE = re.compile(
    rf"^(?:那个?|就|是|找|要)?(?:管|搞|做|负责|跑)?({ROLE_WORDS})(?:的|那个|那位|那一?个|的那[个位])*(?:呢|吧)?$",
    re.I,
)
_BOUNDED = ("list_tasks",)
LONGEST = 18


def ask_again(desk: Desk, commands: list[Command]) -> list[Step]:
    """The last question, about somebody else; [] when the message is no such ellipsis."""
    if summed := sum_of_deals(desk):
        return summed
    last = desk.state.get("asked")
    if not last or len(desk.text) > LONGEST:
        return []
    if told := _TELL_TOO.search(desk.text):
        desk.sentence = desk.read(desk.sentence.raw(0, told.start()) + "呢")
    if found := sum_of_people(desk, last) or _of_that_part(desk, last):
        return found
    draft = whole(desk, str(last["tool"]))
    point(draft)
    if draft.hints and (pointed := _pointed(draft, dict(last["args"]))):
        return asked(draft, pointed)
    if last["tool"] in ("purchase_history", "list_notes") and _LAST_TIME.match(desk.text):
        return asked(draft, dict(last["args"]))
    if last["tool"] in _BOUNDED and "begin" in last["args"] and is_only_a_period(draft):
        bounded = period_args(draft, dict(last["args"]))
        return asked(draft, {**last["args"], **bounded}) if bounded else []
    if summed := sum_of_both(desk):
        return summed
    marked = _MARKED.search(desk.text) and _ELLIPTIC.match(desk.text)
    if found := of_the_listed(desk, last) or best_of_them(desk, last):
        return found
    if found := theirs_listed(draft, last) or of_the_purchases(draft, last):
        return found
    if not marked and not SUM.match(desk.text) and not _is_only_a_name(desk):
        return []
    if other := of_the_other_deal(draft, last):
        return other
    args = substituted(draft, dict(last["args"]))
    return [] if args is None else asked(draft, args)


def _of_that_part(desk: Desk, last: dict[str, Any]) -> list[Step]:
    """「管采购的」 after a customer's people were shown: the one of them who plays that part."""
    part = _PART_ALONE.match(desk.text)
    customer = last["args"].get("customer") or desk.focus("customer")
    if part is None or last["tool"] != "list_contacts" or customer is None or desk.topic != "contact":
        return []
    args = {"customer": customer, "role": part[1], "topic": last["args"].get("topic", "all")}
    return asked(whole(desk, "list_contacts"), args)


def _pointed(draft: Draft, args: dict[str, Any]) -> dict[str, Any]:
    """The last question's arguments about the record that the words point at, where they say nothing more to ask."""
    kind, record_id = next(iter(draft.hints.items()))
    rest = POINTING.sub("", re.sub(r"[那呢的吗？?，\s]|还有", "", draft.text))
    return {**args, kind: record_id} if kind in args and len(rest) <= 1 else {}


def _is_only_a_name(desk: Desk) -> bool:
    """Whether the message is nothing but a name."""
    return any(
        len(m.text) >= len(desk.text.rstrip("呢的？?吧")) and m.candidates[0].score >= 0.85
        for m in desk.sentence.mentions
        if m.candidates
    )
