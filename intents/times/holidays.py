"""The named days of a Chinese business year, the breaks around them, and which days are worked.

Breaks and make-up working days come from `chinese_calendar`, which follows the State Council's yearly notice. For years
that it does not know yet, weekends are off and so are the customary breaks of `_CUSTOMARY` (国庆 and 春节 seven and
eight days, 劳动节 five: the notices since the revision of November 2024).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

from intents.times.lunar import SOLAR_TERMS, lunar_year_of, solar_date, solar_terms
from intents.times.stretch import ONE_DAY

_FIXED: Final = {
    "元旦": (1, 1), "情人节": (2, 14), "女生节": (3, 7), "妇女节": (3, 8), "植树节": (3, 12), "消费者权益日": (3, 15),
    "愚人节": (4, 1), "劳动节": (5, 1), "青年节": (5, 4), "儿童节": (6, 1), "建党节": (7, 1), "建军节": (8, 1),
    "教师节": (9, 10), "国庆": (10, 1), "万圣节": (10, 31), "光棍节": (11, 11), "双十一": (11, 11),
    "双十二": (12, 12), "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
_LUNAR: Final = {"春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中元节": (7, 15), "中秋": (8, 15),
                 "重阳节": (9, 9), "腊八": (12, 8), "小年": (12, 23)}  # fmt: skip
_WEEKDAYS: Final = {"母亲节": (5, 6, 2), "父亲节": (6, 6, 3), "感恩节": (11, 3, 4)}
"""Month, weekday (Monday is 0) and which one of the month."""

STATUTORY: Final = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")
ENDING_A_LUNAR_YEAR: Final = ("除夕", "腊八", "小年")
_CUSTOMARY: Final = {"春节": (-1, 7), "劳动节": (0, 5), "国庆": (0, 7)}
"""First day off and day after the last, counted from the day itself."""


@cache
def holiday(name: str, year: int) -> date | None:
    """The day called `name` in `year`; for 除夕, 小年 and 腊八 the one that belongs to the lunar year `year`."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _LUNAR:
        return solar_date(year, *_LUNAR[name])
    if name in _WEEKDAYS:
        return nth_weekday(year, *_WEEKDAYS[name])
    if name == "除夕":
        new_year = solar_date(year + 1, 1, 1)
        return None if new_year is None else new_year - ONE_DAY
    return solar_terms(year).get(name) if name in SOLAR_TERMS else None


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """The `which`-th `weekday` (Monday is 0) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def holiday_year(name: str, today: date) -> int:
    """The year to look for `name` in, seen from `today`."""
    return lunar_year_of(today) if name in ENDING_A_LUNAR_YEAR else today.year


def is_working_day(day: date) -> bool:
    """Whether offices in China work on `day`, make-up days included."""
    known = _notice(day.year)
    if known is None:
        return day.weekday() < 5 and day not in _customary_days_off(day.year)
    off, worked = known
    return day in worked or (day.weekday() < 5 and day not in off)


@cache
def _notice(year: int) -> tuple[frozenset[date], frozenset[date]] | None:
    """Holidays and make-up working days of `year`, None where the notice is not known."""
    from chinese_calendar import constants

    off = frozenset(day for day in constants.holidays if day.year == year)
    worked = frozenset(day for day in constants.workdays if day.year == year)
    return (off, worked) if off else None


@cache
def _customary_days_off(year: int) -> frozenset[date]:
    named = ((holiday(name, year), *_CUSTOMARY.get(name, (0, 1))) for name in STATUTORY)
    return frozenset(
        start + timedelta(days=n) for start, first, stop in named if start is not None for n in range(first, stop)
    )


def break_around(day: date) -> tuple[date, date]:
    """The days off in a row that hold `day`: the first, and the first that is worked again."""
    first, after = day, day
    while not is_working_day(first - ONE_DAY):
        first -= ONE_DAY
    while not is_working_day(after):
        after += ONE_DAY
    return first, max(after, day + ONE_DAY)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day` (before it, for a negative `count`); `day` itself is not counted."""
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days(first: date, after: date) -> list[date]:
    """The days from `first` until before `after` that are worked."""
    return [day for n in range((after - first).days) if is_working_day(day := first + timedelta(days=n))]


def nearest_break(today: date, *, ahead: bool) -> date:
    """The statutory holiday that 节前 or 节后 means without a name: under way or next, or the last one."""
    known = sorted(
        day
        for year in (today.year - 1, today.year, today.year + 1)
        for name in STATUTORY
        if (day := holiday(name, year)) is not None
    )
    if ahead:
        return next(day for day in known if break_around(day)[1] > today)
    return next(day for day in reversed(known) if break_around(day)[0] <= today)
