"""How an existing task is moved in time: by a length, to another day or hour."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from assistant.planner.embedded.common import moved_to_day, says_a_day, with_hour_of
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.due import words_before
from assistant.planner.embedded.handlers.tasks.words import EARLIER, SAME_DAY
from intents import patterns as re
from intents.numbers import parse_number
from intents.times import Kind, TimeExpression, keeps_clock

_BY_A_LENGTH = re.compile(
    r"(?:顺延|延后|延长|延期|延|推迟|推后|[往向朝]后[推挪延移顺放调拖缓]?|[挪移押压缓靠放]后|晚|拖|缓|迟|推|宽限|宽|"
    r"提前|[往向朝]前[提挪移调赶拉]?|[挪移调]前|前移|提早|早|再给|多给)(?:个|一?下|了|上|它|再|[他她它]们?|大概|约)?$"
)
_MOVED_BACK = re.compile(r"错后([一两二三四五六七八九十半\d]+)(天|周|个?(?:小时|钟头|星期|礼拜))")
_MINUTES = {"天": 1440, "周": 10080, "星期": 10080, "礼拜": 10080, "小时": 60, "钟头": 60}


def _moved_back(draft: Draft) -> int | None:
    """Minutes of 错后一天, in which 后一天 is no day of its own."""
    found = _MOVED_BACK.search(draft.text)
    count = 0.5 if found and found[1] == "半" else parse_number(found[1]) if found else None
    return int(float(count) * _MINUTES[found[2].removeprefix("个")]) if found and count else None


def shift_in(draft: Draft) -> int | None:
    """Minutes of 顺延一天 and 提前一小时, unless a time said after them is the goal; a day before them picks tasks."""
    if (moved := _moved_back(draft)) is not None:
        return moved
    text = draft.sentence.text
    for time in draft.times:
        if time.kind is Kind.DURATION and time.duration and _BY_A_LENGTH.search(text[draft.begin : time.begin]):
            if any(t.begin > time.begin and t.kind is not Kind.DURATION for t in draft.times):
                return None
            minutes = int(time.duration.total_seconds() // 60)
            return -minutes if EARLIER.search(draft.text) else minutes
    return None


def days_before_hour(draft: Draft, time: TimeExpression) -> int:
    """Minutes of the whole days of 「往后挪一天,三点吧」, where the hour said behind them is the new hour; else 0."""
    text = draft.sentence.text
    if not time.due_has_hour or time.recurrence or says_a_day(time):
        return 0
    for each in draft.times:
        moved = each.kind is Kind.DURATION and _BY_A_LENGTH.search(text[draft.begin : each.begin])
        between = text[each.stop : time.begin] if each.stop <= time.begin else "-"
        if moved and each.duration and each.duration.days and not re.sub(r"[，,、\s的改到成在还是就定]", "", between):
            minutes = each.duration.days * 24 * 60
            return -minutes if EARLIER.search(draft.text) else minutes
    return 0


_ONTO = re.compile(r"(?:到|至|成|为|在|给)\s*$")


def onto_day(draft: Draft, time: TimeExpression | None) -> TimeExpression | None:
    """改到这周五,还是十点: the hour said last belongs to the day that the task is moved to; 那天 is a day as well."""
    if time is None or not time.due_has_hour or time.recurrence or says_a_day(time):
        return time
    if SAME_DAY.search(words_before(draft, time)):
        return time
    text = draft.sentence.text
    days = [t for t in draft.times if t is not time and t.kind is not Kind.DURATION and not t.due_has_hour]
    onto = [t for t in days if t.stop <= time.begin and _ONTO.search(text[draft.begin : t.begin]) and says_a_day(t)]
    return with_hour_of(onto[-1], time, draft.now) if onto else time


_FORMER_DAY = re.compile(
    r"(?:原来|原先|头先|先前|之前|以前|起先|起初|开头|最早|最初|一开始|本来|刚开始)(?:说|定|约|排)?的?(?:那|这)(?:一)?[天日]|"
    r"(?:改|换|挪|调|放|移|回)(?:回|到)+(?:那|原)(?:一)?[天日]"
)


def onto_former_day(draft: Draft, time: TimeExpression | None) -> TimeExpression | None:
    """「还是原来那天,改十点半」: the hour on the day that the task was due before it was moved in this conversation."""
    if time is None or not time.due_has_hour or says_a_day(time) or not _FORMER_DAY.search(draft.text):
        return time
    task = draft.desk.focus("task")
    recent = draft.desk.crm.audit.recent(conversation_id=draft.desk.heard.inbound.conversation_id)
    for change in (c for each in recent for c in each.changes if c.record_type == "task"):
        before = getattr(change.before, "due_at", None)
        if getattr(change.record, "id", None) == task and before and before != getattr(change.after, "due_at", None):
            day = before.astimezone(draft.desk.view.zone).date()
            return dataclasses.replace(moved_to_day(time, day, draft.now), text=f"{day.month}月{day.day}日{time.text}")
    return time


EVENING = 19
_HALF_SAID = re.compile("[早晚夜晨]|上午|下午|中午|午|am|pm|[012]?\\d:\\d", re.I)


def by_the_old_hour(draft: Draft, time: TimeExpression | None) -> TimeExpression | None:
    """「七点半吧」 of a task due at eight in the evening is half past seven in the evening."""
    task_id = draft.desk.focus("task")
    if time is None or task_id is None or not time.due_has_hour or says_a_day(time) or _HALF_SAID.search(time.text):
        return time
    due = draft.desk.crm.tasks.require(task_id).due_at
    if due is None or due.astimezone(draft.desk.view.zone).hour < EVENING or not 6 <= time.due.hour < 12:
        return time
    later = time.due + timedelta(hours=12)
    return dataclasses.replace(time, start=later, end=later, due=later, problem=None)


def says_a_move(draft: Draft) -> bool:
    """Whether the words move something in time."""
    return bool(re.search(r"改|挪|推|延|顺|提前|宽限|放到|换到|移|调|拖|reschedule|move|push|postpone", draft.text))


def due_fields(draft: Draft, time: TimeExpression) -> dict[str, object]:
    """The due arguments of a time: a whole instant, only a day, or only an hour."""
    if time.recurrence:
        if not time.due_has_hour and "BY" not in time.recurrence:
            return {"recurrence": time.recurrence}
        if not time.due_has_hour:
            return {"recurrence": time.recurrence, "due_date": time.start.date().isoformat()}
        return {"recurrence": time.recurrence, "due_at": time.start.isoformat()}
    if not time.due_has_hour or keeps_clock(draft.text):
        return {"due_date": time.due.date().isoformat()}
    if not says_a_day(time):
        return {"due_time": time.due.time().isoformat()}
    return {"due_at": time.due.isoformat()}
