"""When a new task falls due."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

from assistant.messages import Step
from assistant.planner.embedded.common import day_spoken_of, due_time, moved_to_day, says_a_day, with_hour_of
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.titles import title_of
from assistant.planner.embedded.handlers.tasks.words import DAY_BESIDE, SAME_DAY
from intents.times import Grain, Kind, TimeExpression


def due_in(draft: Draft) -> tuple[TimeExpression | None, list[Step]]:
    """When the task falls due; a day given in answer keeps the hour said before, 那天 is the day spoken of."""
    time = _at_the_same_hour(draft, due_time(draft))
    if time is None and "due" in draft.fills:
        return None, [draft.ask("due", draft.say("请说是哪一天、几点。", "Which day and time, please?"))]
    if time is None or time.recurrence:
        return time, []
    if "due" in draft.fills and not time.due_has_hour:
        own = [t for t in draft.sentence.times if draft.inside(t) and t.due_has_hour and not t.recurrence]
        return (with_hour_of(time, own[0], draft.now) if own else time), []
    if (beside := _day_beside(draft, time)) is not None:
        return beside, []
    if not time.due_has_hour or says_a_day(time) or not SAME_DAY.search(words_before(draft, time)):
        return time, []
    day = day_spoken_of(draft, title_of(draft))
    if day is None:
        text = draft.say("您说的是哪一天?", "Which day do you mean?")
        return None, [draft.ask("due", text)]
    return moved_to_day(time, day, draft.now), []


FRESH = 3
"""For so many turns a task spoken of is what 同一时间 means."""


def _at_the_same_hour(draft: Draft, time: TimeExpression | None) -> TimeExpression | None:
    """明天同一时间: at the hour of the task spoken of just now, else at the present one."""
    if time is None or not time.same_clock or time.due_has_hour:
        return time
    task = draft.desk.focus("task") if draft.desk.turns_ago("task") <= FRESH else None
    due = None if task is None else draft.desk.crm.tasks.require(task).due_at
    clock = (draft.now if due is None else due.astimezone(draft.now.tzinfo)).timetz()
    at = datetime.combine(time.due.date(), clock).replace(second=0, microsecond=0)
    return dataclasses.replace(time, start=at, end=at, due=at, due_has_hour=True, has_hour=True, grain=Grain.MINUTE)


def _day_beside(draft: Draft, time: TimeExpression) -> TimeExpression | None:
    """「周五试机,头天晚上八点…」: an hour on the day before, or after, the day that was named first."""
    found = DAY_BESIDE.search(words_before(draft, time)) if time.due_has_hour and not says_a_day(time) else None
    days = [t for t in draft.times if t.stop <= time.begin and t.kind is not Kind.DURATION and says_a_day(t)]
    if found is None or not days:
        return None
    return moved_to_day(time, days[-1].due.date() + timedelta(days=-1 if found[1] else 1), draft.now)


def words_before(draft: Draft, time: TimeExpression) -> str:
    return draft.sentence.text[max(draft.begin, time.begin - 10) : time.begin]
