"""What may follow a period to name a shorter one inside it: 明年|三月, 三月|下旬, 下周|三, 四季度|最后一个工作日."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from intents.times.expression import Grain
from intents.times.holidays import add_working_days
from intents.times.named_days import holiday_after, lunar_day_after, season_after
from intents.times.numerals import DAY, MONTH, ORDINAL, REAL_DAY, number
from intents.times.stretch import (
    ONE_DAY,
    Sort,
    Stretch,
    day,
    day_in,
    days,
    month,
    months,
    quarter,
    week,
    within,
)

Step = Callable[[Stretch], Stretch | None]
Narrower = Callable[[str, int, Stretch], tuple[int, Step] | None]

JOINED_TO: Final = r"(?:到|至|-{1,2}|~|、|,|和)"
WEEKDAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6} | {
    str(n): n - 1 for n in range(1, 8)
}
# 下周三次拜访, 上周五家客户, 本周二十号: the numeral counts something else than the days of the week.
_COUNTED: Final = (
    r"次(?!日)|回(?![访复来款电家公头去信寄执])|[遍趟笔]|个(?![人性体])|台(?![州湾北账])|家(?=客户|公司|企业|单位|店)|场(?=会|活动)"
    r"|份(?=合同|报价|方案)|条(?![款件码例])|套(?![餐装件利])|名(?![单片额义称牌])|批(?![量准复注发示])"
    r"|十[一二三四五六七八九]?[号日]|天(?![气河津府猫])|月(?![底初末])|年(?![终会底检])|[常程报]"
)
NOT_WEEKDAY: Final = rf"(?!{_COUNTED})"
WEEKDAY: Final = rf"(?:[一二三四五六日天]{NOT_WEEKDAY}|[1-7](?![\d点号月日:./]))"

_OF: Final = "[的,]?"
_MONTH_AT = re.compile(rf"{_OF}(?P<month>{MONTH})(?:月(?!饼|报)份?|(?={JOINED_TO}{MONTH}月))")
_QUARTER_AT = re.compile(rf"{_OF}(?:第?(?P<quarter>[一二三四1-4首])个?(?:季度|季(?=[末初底]))|[Qq](?P<q>[1-4])(?!\d)(?:季度?)?)")
_HALF_AT = re.compile(rf"{_OF}(?P<half>[上下前后])半年")
_YEAR_EDGE_AT = re.compile(rf"{_OF}年?(?P<edge>初|伊始|底|末|尾|终(?!奖|总|评)|中(?!国|间|心|秋|旬|午|标|信|央|移|铁|建|石|海))")
_QUARTER_EDGE_AT = re.compile(rf"{_OF}(?P<edge>初|末|底|中(?!国|间|心|秋|旬|午|标))")
_MONTH_EDGE_AT = re.compile(
    rf"{_OF}(?P<edge>上旬|中旬|下旬|月?(?:初(?![一二三四五六七八九十步次期级中])|底|末|尾)|月中|中(?=$|[,。前后之以])|上半月|下半月)"
)
_DAY_AT = re.compile(
    rf"{_OF}(?P<day>{DAY})(?:[日号](?!线|楼|店)|(?={JOINED_TO}{REAL_DAY}[日号]))|(?P<bare>{DAY})(?=$|[\s,.;!?、。~\-)(到至上下中早晚凌前之以周星礼])(?!\.\d)"
)
_SPOKEN_DAY_AT = re.compile(
    r"(?P<bare>[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九])(?![万千百亿元块台套件个只支吨箱份单人家条款项次年月天周点时分秒楼层米公斤升%折倍批度几多来])"
)
_WEEKDAY_AT = re.compile(rf"(?:的?(?:周|星期|礼拜))?(?P<day>{WEEKDAY})|(?:的?周)?(?P<edge>末|初|中(?=$|[,。前后之以]))")
_WEEKDAY_OF_AT = re.compile(rf"的(?:周|星期|礼拜)(?P<day>{WEEKDAY})")
_UNIT: Final = (
    rf"(?P<unit>工作日|交易日|周末|(?:周|星期|礼拜)(?P<weekday>{WEEKDAY})|天|日|周|星期|礼拜|月|季度)(?![前后之以][前后]?$)"
)
_LAST_AT = re.compile(rf"{_OF}(?:最[后末]的?(?P<count>{ORDINAL})?|倒数第(?P<nth>{ORDINAL}))个?{_UNIT}")
_NTH_AT = re.compile(rf"{_OF}(?:第(?P<nth>{ORDINAL})|首)个?{_UNIT}")
_HEAD_AT = re.compile(rf"{_OF}(?:[前头]|最初)(?P<count>{ORDINAL})个?{_UNIT}")
_TAIL_AT = re.compile(rf"{_OF}后(?P<count>{ORDINAL})个?(?P<unit>月|天|周|季度)(?P<weekday>)")


def narrow(text: str, stretch: Stretch) -> Stretch | None:
    """The shorter period that the text goes on to name inside `stretch`, if it does."""
    for narrower in _NARROWERS.get(stretch.grain, ()):
        found = narrower(text, stretch.stop, stretch)
        if found is not None:
            stop, step = found
            inner = within(stretch, step)
            return None if inner is None else replace(inner, stop=stop)
    return None


def _month_of_year(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _MONTH_AT.match(text, pos)
    if found is None or not 1 <= (which := number(found["month"])) <= 12:
        return None
    return found.end(), lambda year: month(year.first.year, which)


def _quarter_of_year(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _QUARTER_AT.match(text, pos)
    if found is None:
        return None
    said = found["quarter"] or found["q"]
    which = 1 if said == "首" else number(said)
    return found.end(), lambda year: quarter(year.first.year, which)


def _half_of_year(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _HALF_AT.match(text, pos)
    if found is None:
        return None
    first = found["half"] in "上前"
    return found.end(), lambda year: half_year(year, first=first)


def half_year(year: Stretch, *, first: bool) -> Stretch:
    """The first or second half of `year`."""
    half = months(year.first.year, 1, 6) if first else months(year.first.year, 7, 12)
    return replace(half, grain=Grain.QUARTER)


def _edge_of_year(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _YEAR_EDGE_AT.match(text, pos)
    if found is None:
        return None
    edge = found["edge"]
    if edge == "初":
        return found.end(), lambda year: replace(months(year.first.year, 1, 2), approximate=True, due=year.first)
    if edge == "伊始":
        return found.end(), lambda year: replace(month(year.first.year, 1), approximate=True, due=year.first)
    if edge == "中":
        return found.end(), lambda year: replace(month(year.first.year, 6), approximate=True)
    return found.end(), _last_day


def _last_day(container: Stretch) -> Stretch:
    return day(container.last, sort=Sort.DATE)


def _edge_of_quarter(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _QUARTER_EDGE_AT.match(text, pos)
    if found is None:
        return None
    if found["edge"] in "末底":
        return found.end(), _last_day
    which = 0 if found["edge"] == "初" else 1
    return found.end(), lambda q: replace(month(q.first.year, q.first.month + which), approximate=True)


def _edge_of_month(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _MONTH_EDGE_AT.match(text, pos)
    if found is None:
        return None
    edge = found["edge"].removeprefix("月") or "月"
    if edge in ("底", "末", "尾"):
        return found.end(), _last_day
    begin, stop, due = _MONTH_PARTS[edge]
    return found.end(), lambda m: _part_of_month(m, begin, stop, due)


_MONTH_PARTS: Final = {"上旬": (1, 10, 10), "中旬": (11, 20, 20), "下旬": (21, 31, 31), "初": (1, 5, 1), "中": (11, 20, 15),
                       "上半月": (1, 15, 15), "下半月": (16, 31, 31)}  # fmt: skip
"""First and last day, and the day that a task so dated is due on."""


def _part_of_month(container: Stretch, begin: int, stop: int, due: int) -> Stretch:
    def on(number_: int) -> timedelta:
        return timedelta(days=min(number_, (container.after - container.first).days) - 1)

    first = container.first
    return days(first + on(begin), first + on(stop) + ONE_DAY, approximate=True, due=first + on(due))


def _day_of_month(text: str, pos: int, container: Stretch) -> tuple[int, Step] | None:
    if (container.after - container.first).days > 31:
        return None
    found = _DAY_AT.match(text, pos) or _SPOKEN_DAY_AT.match(text, pos)
    if found is None:
        return None
    which = number(found.groupdict().get("day") or found["bare"])
    if which > 39:
        return None
    return found.end(), lambda m: day_in(m, which)


def _day_of_week(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _WEEKDAY_AT.match(text, pos)
    if found is None:
        return None
    if found["day"]:
        offset = timedelta(days=WEEKDAYS[found["day"]])
        return found.end(), lambda w: day(w.first + offset, sort=Sort.WEEKDAY)
    if found["edge"] == "末":
        return found.end(), lambda w: weekend(w.first)
    offset = timedelta(days=0 if found["edge"] == "初" else 2)
    return found.end(), lambda w: replace(day(w.first + offset, sort=Sort.WEEKDAY), approximate=True)


def weekend(monday: date) -> Stretch:
    """Saturday and Sunday of the week of `monday`."""
    saturday = monday + timedelta(days=5)
    return days(saturday, saturday + timedelta(days=2), due=saturday)


def _weekday_of_a_day(text: str, pos: int, container: Stretch) -> tuple[int, Step] | None:
    """两周后的周三: the Wednesday of the week that is reached."""
    found = _WEEKDAY_OF_AT.match(text, pos) if container.ago else None
    if found is None:
        return None
    offset = timedelta(days=WEEKDAYS[found["day"]])
    return found.end(), lambda d: day(d.first - timedelta(days=d.first.weekday()) + offset, sort=Sort.WEEKDAY)


def _ordinal(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
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


def _several(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
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
    inside = _nth_unit(container, found["unit"], found["weekday"], nth)
    if inside is None or not (container.first <= inside.first < container.after):
        return None
    return inside


def _nth_unit(container: Stretch, unit: str, weekday: str | None, nth: int) -> Stretch | None:
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


_NARROWERS: Final[dict[Grain, tuple[Narrower, ...]]] = {
    Grain.YEAR: (
        lunar_day_after, _month_of_year, _quarter_of_year, _half_of_year, _ordinal, _several, _edge_of_year,
        holiday_after, season_after,
    ),
    Grain.QUARTER: (_edge_of_quarter, _ordinal, _several),
    Grain.MONTH: (_edge_of_month, _day_of_month, _ordinal, _several),
    Grain.WEEK: (_day_of_week, _ordinal, _several),
    Grain.DAY: (_weekday_of_a_day,),
}  # fmt: skip
