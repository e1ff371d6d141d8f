"""The n-th day, week or month of a period: 第二周, 最后一个工作日, 倒数第三天, 前两个季度."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.expression import Grain
from intents.times.holidays import add_working_days
from intents.times.numerals import ORDINAL, number
from intents.times.stretch import (
    ONE_DAY,
    Sort,
    Stretch,
    day,
    month,
    week,
)
from intents.times.weekdays import WEEKDAY, WEEKDAYS, weekend

Step = Callable[[Stretch], Stretch | None]
Narrower = Callable[[str, int, Stretch], tuple[int, Step] | None]
OF: Final = "[的,]?"
_UNIT: Final = (
    rf"(?P<unit>工作日|交易日|周末|(?:周|星期|礼拜)(?P<weekday>{WEEKDAY})|天|日|周|星期|礼拜|月"
    r"|季度)(?![前后之以][前后]?$)"
)
_LAST_AT = Pattern(rf"{OF}(?:最[后末]的?(?P<count>{ORDINAL})?|倒数第(?P<nth>{ORDINAL}))个?{_UNIT}")
_NTH_AT = Pattern(rf"{OF}(?:第(?P<nth>{ORDINAL})|首)个?{_UNIT}")
_HEAD_AT = Pattern(rf"{OF}(?:[前头]|最初)(?P<count>{ORDINAL})个?{_UNIT}")
_TAIL_AT = Pattern(rf"{OF}后(?P<count>{ORDINAL})个?(?P<unit>月|天|周|季度)(?P<weekday>)")


def ordinal(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    """第二周, 最后一个工作日, 倒数第三天."""
    found = _NTH_AT.match(text, pos)
    if found is not None:
        which = number(found["nth"]) if found["nth"] else 1
        return found.end(), lambda c: _nth(c, found, which)
    found = _LAST_AT.match(text, pos)
    if found is None:
        return None
    nth, count = (number(found[name]) if found[name] else 1 for name in ("nth", "count"))
    return found.end(), lambda c: _run(c, found, -nth, count)


def several(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    """前三天, 前两个季度, 后三月, of a period."""
    head = _HEAD_AT.match(text, pos)
    if head is not None:
        count = number(head["count"])
        return head.end(), lambda c: _run(c, head, 1, count)
    tail = _TAIL_AT.match(text, pos)
    if tail is None:
        return None
    count = number(tail["count"])
    return tail.end(), lambda c: _run(c, tail, -1, count)


def _run(container: Stretch, found: re.Match[str], nth: int, count: int) -> Stretch | None:
    """`count` units from the `nth` on; a negative `nth` counts from the end, and so does the run."""
    one = _nth(container, found, nth)
    if one is None or count == 1:
        return one
    other = _nth(container, found, nth + count - 1 if nth > 0 else nth - count + 1)
    if other is None:
        return None
    return replace(one, first=min(one.first, other.first), after=max(one.after, other.after), sort=Sort.PERIOD)


def _nth(container: Stretch, found: re.Match[str], nth: int) -> Stretch | None:
    inside = nth_unit(container, found["unit"], found["weekday"], nth)
    if inside is None or not (container.first <= inside.first < container.after):
        return None
    return inside


def nth_unit(container: Stretch, unit: str, weekday: str | None, nth: int) -> Stretch | None:
    if unit in ("天", "日"):
        start = container.first - ONE_DAY if nth > 0 else container.after
        return day(start + timedelta(days=nth), sort=Sort.DATE)
    if unit in ("工作日", "交易日"):
        start = container.first - ONE_DAY if nth > 0 else container.after
        return day(add_working_days(start, nth), sort=Sort.DATE)
    if weekday or unit == "周末":
        return _nth_weekday(container, 5 if unit == "周末" else WEEKDAYS[weekday or "一"], nth, whole=unit == "周末")
    if unit in ("周", "星期", "礼拜"):
        return _nth_week(container, nth)
    return _nth_months(container, 1 if unit == "月" else 3, nth)


def _nth_weekday(container: Stretch, weekday: int, nth: int, *, whole: bool) -> Stretch:
    if nth > 0:
        first = container.first + timedelta(days=(weekday - container.first.weekday()) % 7)
        when = first + timedelta(days=7 * (nth - 1))
    else:
        when = container.last - timedelta(days=(container.last.weekday() - weekday) % 7 - 7 * (nth + 1))
    return weekend(when - timedelta(days=5)) if whole else day(when, sort=Sort.WEEKDAY)


def _nth_week(container: Stretch, nth: int) -> Stretch:
    """The first week of a month or year begins with its first Monday, the last one ends with its last Sunday."""
    if nth > 0:
        return week(container.first + timedelta(days=-container.first.weekday() % 7 + 7 * (nth - 1)))
    sunday = container.last - timedelta(days=(container.last.weekday() + 1) % 7)
    return week(sunday - timedelta(days=6 - 7 * (nth + 1)))


def _nth_months(container: Stretch, size: int, nth: int) -> Stretch | None:
    total = 12 if container.grain is Grain.YEAR else 3 if container.grain is Grain.QUARTER else 1
    index = (nth - 1) * size if nth > 0 else total + nth * size
    if not 0 <= index <= total - size:
        return None
    first = month(container.first.year, container.first.month + index)
    last = month(container.first.year, container.first.month + index + size - 1)
    return Stretch(first=first.first, after=last.after, grain=Grain.MONTH if size == 1 else Grain.QUARTER)
