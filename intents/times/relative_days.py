"""Days and periods named by where they stand to now: 后天, 下周三, 本季度, 上半年, 月底, 年内."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.holidays import add_working_days
from intents.times.narrowing import half_year, narrow
from intents.times.stretch import (
    Reading,
    Sort,
    Stretch,
    day,
    days,
    monday_of,
    month,
    quarter,
    quarter_of,
    week,
    year,
)
from intents.times.weekdays import WEEKDAY, WEEKDAYS, counts_days, weekend

_DAY_SHIFTS: Final = {"大大后": 4, "大后": 3, "后": 2, "明": 1, "今": 0, "本": 0, "当": 0, "即": 0, "昨": -1, "前": -2,
                      "大前": -3, "大大前": -4}  # fmt: skip
_RELATIVE_DAY_AT = Pattern(
    r"(?P<name>大大后|大后|大大前|大前|今|明|后|昨|前)(?:天(?![天使津猫])|日(?!头条|之后》|程|报)|儿个?)"
    r"|(?P<day>本|当|即)日(?=[起上下中早晚午凌]|$|[,。])"
    r"|(?P<short>今|明|昨|前|后|当)(?=[早晚晨夜](?![餐饭宴报安辈期]))"
)
_NEXT_DAY_AT = Pattern(r"次日(?![程常期])|翌日|第二天|隔天(?=[早晚上中下午])")
_COUPLE_AT = Pattern(r"(?P<both>今明|明后)(?P<unit>两?天|两?年|两?日)?|(?P<these>这)(?:[几两]天|两日)")
_YEAR_SHIFTS: Final = {"大前": -3, "前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "当": 0, "这": 0, "明": 1, "来": 1,
                       "次": 1, "下": 1, "后": 2, "大后": 3}  # fmt: skip
_RELATIVE_YEAR_AT = Pattern(
    r"(?:(?P<name>大前|大后|去|今|本|当|明|来|次|前(?=年(?!会|后|轻|度))|后(?=年(?!会|前|度)))"
    r"|(?P<moved>[上下这])一?(?=年(?![纪龄报])))年(?!会|轻|龄|级|检)"
)
_MOVED_AT = Pattern(
    r"(?P<moves>上{1,3}|下{1,3}|[这本当同次])一?(?P<piece>个)?"
    r"(?P<unit>月(?!饼|嫂|卡|供)份?|季度|季(?=[末初底]|$)|半年|周(?![年边刊转期岁])|星期|礼拜|工作日|双休日)"
)
_WEEKDAY_AT = Pattern(rf"(?:周|星期|礼拜)(?:六[和、]?(?:周|星期|礼拜)?[日天]|(?P<day>{WEEKDAY})|末)|双休日")
_HALF_AT = Pattern(r"(?P<half>[上下])半(?P<unit>年|个?月|周)")
_EDGE_AT = Pattern(
    r"(?P<month>月(?:底|末(?!考)|初|尾|中(?!旬))|[上中下]旬)|(?P<year>年(?:底|末|初|尾|中(?!国|间|心|秋|旬))|岁末)"
    r"|(?P<quarter>季度?(?:末|底|初))|(?P<week>周(?:初|中(?=$|[,。前后之以])))"
)
_INSIDE_AT = Pattern(r"(?P<unit>年|月|季度|周)(?=之?内(?![部容外蒙存科]))")


def relative_day(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _RELATIVE_DAY_AT.match(text, pos)
    if found is None:
        return None
    shift = _DAY_SHIFTS[found["name"] or found["day"] or found["short"]]
    return replace(day(reading.today + timedelta(days=shift)), stop=found.end())


def next_day(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _NEXT_DAY_AT.match(text, pos)
    if found is None or (found[0] == "第二天" and reading.near is None):
        return None
    return replace(day((reading.near or reading.today) + timedelta(days=1)), stop=found.end())


def couple(text: str, pos: int, reading: Reading) -> Stretch | None:
    """明后天, 今明两年, 这两天."""
    found = _COUPLE_AT.match(text, pos)
    if found is None or (found["both"] and not found["unit"]):
        return None
    shift = 1 if found["both"] == "明后" else 0
    if (found["unit"] or "").endswith("年"):
        first = year(reading.now.year + shift)
        return replace(first, after=year(reading.now.year + shift + 1).after, stop=found.end())
    first_day = reading.today + timedelta(days=shift)
    count = 3 if found["these"] else 2
    return replace(
        days(first_day, first_day + timedelta(days=count), approximate=bool(found["these"])), stop=found.end()
    )


def relative_year(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _RELATIVE_YEAR_AT.match(text, pos)
    if found is None:
        return None
    shift = _YEAR_SHIFTS[found["name"] or found["moved"]]
    return replace(year(reading.now.year + shift), stop=found.end())


def moved(text: str, pos: int, reading: Reading) -> Stretch | None:
    """上周, 下下个月, 本季度, 这个星期."""
    found = _MOVED_AT.match(text, pos)
    if found is None or (found["unit"] == "半年" and not found["piece"]):
        return None
    shift = _shift(found["moves"])
    return replace(moved_unit(found["unit"][0], shift, reading), stop=found.end())


def _shift(moves: str) -> int:
    return len(moves) if moves[0] == "下" else -len(moves) if moves[0] == "上" else 1 if moves == "次" else 0


def moved_unit(unit: str, shift: int, reading: Reading) -> Stretch:
    today = reading.today
    if unit == "年":
        return year(today.year)
    if unit == "月":
        return month(today.year, today.month + shift)
    if unit == "季":
        return quarter(today.year, quarter_of(today) + shift)
    if unit == "半":
        halves = today.year * 2 + (today.month > 6) + shift
        return half_year(year(halves // 2), first=halves % 2 == 0)
    if unit == "双":
        return weekend(monday_of(today) + timedelta(days=7 * shift))
    if unit == "工":
        return day(add_working_days(today, shift) if shift else today)
    return week(monday_of(today) + timedelta(days=7 * shift))


def weekday(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _WEEKDAY_AT.match(text, pos)
    if found is None or (found["day"] and not counts_days(text, found.end())):
        return None
    monday = monday_of(reading.today)
    said = found["day"]

    def in_week(n: int) -> Stretch:
        start = monday + timedelta(days=7 * n)
        return weekend(start) if said is None else day(start + timedelta(days=WEEKDAYS[said]), sort=Sort.WEEKDAY)

    return replace(in_week(0), stop=found.end(), again=in_week, period=7)


def half(text: str, pos: int, reading: Reading) -> Stretch | None:
    """上半年, 下半月, 下半周."""
    found = _HALF_AT.match(text, pos)
    if found is None:
        return None
    first, today = found["half"] == "上", reading.today
    if found["unit"] == "年":
        half = half_year(year(today.year), first=first)
        return replace(
            half, stop=found.end(), again=lambda n: half_year(year(today.year + n), first=first), period=365, slack=0
        )
    if found["unit"] == "周":
        monday = monday_of(today)
        begin, stop = (0, 3) if first else (3, 7)
        return replace(days(monday + timedelta(days=begin), monday + timedelta(days=stop)), stop=found.end())
    whole = month(today.year, today.month)
    middle = whole.first + timedelta(days=15)
    half = days(whole.first, middle) if first else days(middle, whole.after)
    return replace(half, stop=found.end())


def edge(text: str, pos: int, reading: Reading) -> Stretch | None:
    """月底, 年初, 季末, 下旬 of the current period, or of the next when they are over."""
    found = _EDGE_AT.match(text, pos)
    if found is None:
        return None
    container = _current(found, reading)
    inner = narrow(text, replace(container, stop=pos)) or narrow(text, replace(container, stop=found.end() - 1))
    return None if inner is None else replace(inner, stop=found.end())


def inside(text: str, pos: int, reading: Reading) -> Stretch | None:
    """年内, 月内, 季度内: the current one, up to its end."""
    found = _INSIDE_AT.match(text, pos)
    if found is None:
        return None
    stretch = moved_unit(found["unit"][0], 0, reading)
    return replace(stretch, stop=found.end())


def _current(found: re.Match[str], reading: Reading) -> Stretch:
    today = reading.today
    if found["month"]:
        return replace(month(today.year, today.month), again=lambda n: month(today.year, today.month + n), period=30)
    if found["year"]:
        return replace(year(today.year), again=lambda n: year(today.year + n), period=365)
    if found["week"]:
        monday = monday_of(today)
        return replace(week(monday), again=lambda n: week(monday + timedelta(days=7 * n)), period=7)
    which = quarter_of(today)
    return replace(quarter(today.year, which), again=lambda n: quarter(today.year, which + n), period=91)
