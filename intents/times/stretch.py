"""Stretches of the calendar: days, weeks, months, quarters and years, and how an unfinished one is settled."""

from __future__ import annotations

import calendar
import enum
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from intents.times.expression import Grain, Look

ONE_DAY: Final = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1000, 8999
"""Years outside are not read; it keeps all arithmetic inside what `date` can hold."""
YEARLY_SLACK: Final = 62
"""A month or date without a year that is over for at most so many days is taken for a slip, not for next year's."""
PERIOD_SLACK: Final = 31
"""The same for a whole month or quarter."""
HOLIDAY_SLACK: Final = 10


class Sort(enum.Enum):
    """What a day was named by; two names of different sorts may stand side by side for one day (25号周三)."""

    DATE = enum.auto()
    DAY_OF_MONTH = enum.auto()
    WEEKDAY = enum.auto()
    RELATIVE = enum.auto()
    HOLIDAY = enum.auto()
    PERIOD = enum.auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Whole days from `first` until before `after`; `again(n)` is the same name n periods later (or earlier)."""

    first: date
    after: date
    grain: Grain
    sort: Sort = Sort.PERIOD
    stop: int = 0
    again: Callable[[int], Stretch | None] | None = None
    period: int = 0
    """About how many days lie between two occurrences."""
    slack: int = 0
    """How many days past its end it is still the occurrence that is meant."""
    due: date | None = None
    exists: bool = True
    doubtful: bool = False
    """The digits can be read as another day too."""
    approximate: bool = False
    ago: bool = False
    """Counted from now, not named: a range can't start from it and nothing inherits from it."""

    @property
    def last(self) -> date:
        return self.after - ONE_DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How to read: the clock, the look, and what was named just before in the same range or list."""

    now: datetime
    look: Look
    near: date | None = None

    @property
    def today(self) -> date:
        return self.now.date()


def day(when: date, *, sort: Sort = Sort.RELATIVE) -> Stretch:
    return Stretch(first=when, after=when + ONE_DAY, grain=Grain.DAY, sort=sort)


def days(first: date, after: date, *, approximate: bool = False, due: date | None = None) -> Stretch:
    return Stretch(first=first, after=after, grain=Grain.DAY, approximate=approximate, due=due)


def week(monday: date) -> Stretch:
    return Stretch(first=monday, after=monday + timedelta(days=7), grain=Grain.WEEK)


def month(year: int, number: int) -> Stretch:
    """The month `number` of `year`; 13 is January of the next year, 0 December of the one before."""
    year, index = divmod(year * 12 + number - 1, 12)
    first = date(year, index + 1, 1)
    return Stretch(first=first, after=first + timedelta(days=month_length(first)), grain=Grain.MONTH)


def quarter(year: int, number: int) -> Stretch:
    first, last = month(year, number * 3 - 2), month(year, number * 3)
    return Stretch(first=first.first, after=last.after, grain=Grain.QUARTER)


def year(number: int) -> Stretch:
    return Stretch(first=date(number, 1, 1), after=date(number + 1, 1, 1), grain=Grain.YEAR)


def months(year_: int, first: int, last: int) -> Stretch:
    """From month `first` to the end of month `last` of one year."""
    return Stretch(first=month(year_, first).first, after=month(year_, last).after, grain=Grain.MONTH)


def month_length(when: date) -> int:
    return calendar.monthrange(when.year, when.month)[1]


def monday_of(when: date) -> date:
    return when - timedelta(days=when.weekday())


def add_months(when: date, count: int) -> date:
    """The same day `count` months on, or the last day of a month that is too short for it."""
    target = month(when.year, when.month + count).first
    return target.replace(day=min(when.day, month_length(target)))


def quarter_of(when: date) -> int:
    return (when.month + 2) // 3


def day_in(container: Stretch, number: int) -> Stretch:
    """The day `number` of a month; clamped and marked as not existing where the month is shorter."""
    length = (container.after - container.first).days
    inside = container.first + timedelta(days=min(max(number, 1), length) - 1)
    return Stretch(first=inside, after=inside + ONE_DAY, grain=Grain.DAY, sort=Sort.DATE, exists=1 <= number <= length)


def within(container: Stretch, step: Callable[[Stretch], Stretch | None]) -> Stretch | None:
    """`step` taken inside `container`, and again inside whatever `container` recurs as."""
    inner = step(container)
    recur = container.again
    if inner is None or recur is None:
        return inner

    def anew(n: int) -> Stretch | None:
        outer = recur(n)
        return None if outer is None else step(outer)

    return replace(inner, again=anew, period=container.period, slack=container.slack)


def settle(stretch: Stretch, reading: Reading) -> Stretch:
    """The occurrence of an unfinished name that is meant: next to what was named before, else where the look goes."""
    if stretch.again is None:
        return stretch
    settled = _moved(stretch, reading)
    return settled if settled.exists else _next_that_exists(stretch, settled)


def _moved(stretch: Stretch, reading: Reading) -> Stretch:
    if reading.near is not None:
        return _first_after(stretch, reading.near)
    slack = stretch.slack if stretch.grain is Grain.DAY else min(stretch.slack, PERIOD_SLACK)
    if reading.look is Look.AHEAD and (reading.today - stretch.last).days > slack:
        return _recurred(stretch, 1)
    if reading.look is Look.BACK and stretch.first > reading.today:
        return _recurred(stretch, -1)
    return stretch


def _first_after(stretch: Stretch, near: date) -> Stretch:
    start = (near - stretch.first).days // max(stretch.period, 1) - 1
    candidates = (_recurred(stretch, n) for n in range(start, start + 4))
    return next((candidate for candidate in candidates if candidate.after > near), stretch)


def _recurred(stretch: Stretch, n: int) -> Stretch:
    moved = stretch.again(n) if stretch.again is not None and n else None
    return stretch if moved is None else replace(moved, stop=stretch.stop, again=stretch.again, slack=stretch.slack)


def _next_that_exists(stretch: Stretch, settled: Stretch) -> Stretch:
    """29 February in another year: still marked, but standing where it next exists."""
    for n in range(1, 9):
        candidate = _recurred(stretch, n)
        if candidate.exists and candidate.first > settled.first:
            return replace(candidate, exists=False)
    return settled
