"""Lunar dates and solar terms, from the maintained tables of `lunardate` and `chinese_calendar`, loaded when needed."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

FIRST_LUNAR_YEAR, LAST_LUNAR_YEAR = 1901, 2098

SOLAR_TERMS: Final = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip


@cache
def solar_date(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The day of a lunar date, or None where the tables end or the month has no such day."""
    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        return None
    from lunardate import LunarDate

    try:
        found: date = LunarDate(year, month, day, leap).to_solar_date()
    except ValueError:
        return None
    return found


@cache
def lunar_year_of(when: date) -> int:
    """The lunar year in which `when` lies; the year itself where the tables end."""
    new_year = solar_date(when.year, 1, 1)
    return when.year - 1 if new_year is not None and when < new_year else when.year


@cache
def solar_terms(year: int) -> dict[str, date]:
    """The day of each of `SOLAR_TERMS` in `year`; empty outside 2000 to 2099."""
    if not 2000 <= year <= 2099:
        return {}
    from chinese_calendar import get_solar_terms

    return {name: when for when, name in get_solar_terms(date(year, 1, 1), date(year, 12, 31))}
