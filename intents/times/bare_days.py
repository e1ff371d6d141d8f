"""A day of the month said without its month, where what it belongs to says the month: 「改成20号」 of 15 September."""

from __future__ import annotations

import calendar
import enum
import re
from dataclasses import replace
from datetime import date, datetime

from intents.times.expression import Grain, Kind, Problem, TimeExpression
from intents.times.numerals import number

_DAY = re.compile(r"^(?P<day>\d{1,2}|[一二三四五六七八九十廿卅]{1,3})[号日]")
_LAST_DAY = re.compile("^(?:月底|月末|最后一天)")
_ALONE = (Kind.POINT, Kind.DEADLINE)
_AT_MOST = 3
"""So many months away a day of the month is looked for."""


class Towards(enum.Enum):
    """Which way something is moved: 提前到28号, 推到28号, 改成28号."""

    EARLIER = "earlier"
    LATER = "later"
    EITHER = "either"


def is_bare_day(time: TimeExpression) -> bool:
    """Whether the words name a day of a month and not the month."""
    return _day_of(time) is not None and time.kind in _ALONE and not time.recurrence


def in_month_of(time: TimeExpression, month: date, now: datetime) -> TimeExpression:
    """20号 as the 20th of that month; IMPOSSIBLE where it has no such day."""
    wanted = _day_of(time)
    length = calendar.monthrange(month.year, month.month)[1]
    if wanted is None:
        return time
    moved = _on(time, month.replace(day=min(wanted or length, length)), now)
    return replace(moved, problem=Problem.IMPOSSIBLE) if wanted > length else moved


def moved_from(time: TimeExpression, was: date, now: datetime, towards: Towards) -> TimeExpression:
    """20号 for what falls in a later month than now: in that month, or the next such day the way it is moved."""
    wanted = _day_of(time)
    this_month = (was.year, was.month) == (now.year, now.month)
    if wanted is None or time.kind not in _ALONE or was < now.date() or (this_month and towards is not Towards.LATER):
        return time
    if wanted == LAST and towards is not Towards.LATER:
        return time
    found = in_month_of(time, was, now)
    if towards is Towards.EITHER:
        return found
    step = 1 if towards is Towards.LATER else -1
    month = was
    for _ in range(_AT_MOST):
        day = in_month_of(time, month, now)
        beyond = day.start.date() > was if step > 0 else day.start.date() < was
        if beyond and day.problem is None:
            return day
        month = _next_month(month, step)
    return found


LAST = 0
"""Stands for the last day of the month."""


def _day_of(time: TimeExpression) -> int | None:
    if _LAST_DAY.match(time.text):
        return LAST
    found = _DAY.match(time.text)
    return None if found is None else number(found["day"])


def _next_month(month: date, step: int) -> date:
    index = month.year * 12 + month.month - 1 + step
    return date(index // 12, index % 12 + 1, 1)


def _on(time: TimeExpression, day: date, now: datetime) -> TimeExpression:
    """The expression on another day, its hours kept."""
    shift = day - time.start.date()
    due = time.due + shift
    past = due < now if time.grain in (Grain.MINUTE, Grain.HOUR) else day < now.date()
    moved = replace(time, start=time.start + shift, end=time.end + shift, due=due)
    return replace(moved, problem=Problem.PAST if past else None)
