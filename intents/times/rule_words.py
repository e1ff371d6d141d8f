"""What a recurring time says in Chinese, as a rule: 每周一三五, 每两周一次, 每月最后一个工作日, 隔周, 每季度末."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.lengths import Length, length_at
from intents.times.numerals import DAY, MONTH, ORDINAL, number
from intents.times.rules import WORKDAYS, Rule
from intents.times.stretch import Reading
from intents.times.weekdays import WEEKDAY, WEEKDAYS, counts_days

_EVERY_AT = Pattern(
    r"(?:每逢?|逢)(?:一|1)?个?(?P<unit>工作日|交易日|周末|双休日|天|日|(?=[早晚]|上午|下午|中午|晚上|早上|凌晨)|周"
    r"|星期|礼拜|月份?|季度?|年|半年"
    r"|小时|钟头|分钟)|(?P<daily>天天(?=[早晚上下中都要跟\d]|提醒))|(?P<other>隔(?:天|日|周|一?个?星期|月|一?个月)|双周)"
)
_RUN_AT = Pattern(rf"(?:周|星期|礼拜)(?P<days>{WEEKDAY}(?:到|至|-|~)(?:周|星期|礼拜)?{WEEKDAY})(?:,|的)?每[天日晚早]?")
_WORKDAYS_ALL_AT = Pattern(
    r"(?:工作日|交易日)(?=(?:的|都|,)*(?:早上?|上午|中午|下午|傍晚|晚上?|[\d一二三四五六七八九十]{1,3}点|下班)?"
    r"[^,。;]{0,6}?(?:都|循环|重复|固定|例行|照例|天天))"
)
"""A bare 工作日 is a rule where 都 or the like says that all of them are meant."""
_NUMBERED_AT = Pattern(r"每隔?(?=[\d一两二三四五六七八九十半])")
_APART_AT = Pattern(r"每隔")
_ONCE: Final = r"[一1两二2三3](?:次|回|趟)"
_ONCE_AT = Pattern(rf"的?(?:{_ONCE}|都)?")
_PLAIN_ONCE_AT = Pattern(r"[一1](?:次|回|趟)")
_DAYS: Final = rf"(?:的?(?:周|星期|礼拜))?{WEEKDAY}"
_WEEKDAYS_AT = Pattern(
    rf"(?:的|,|、)?(?P<first>(?:周|星期|礼拜)?{WEEKDAY})(?P<more>(?:[、,和及与到至\-~]?(?:每?(?:周|星期"
    rf"|礼拜))?{WEEKDAY}){{0,6}})"
)
_ONE_WEEKDAY = Pattern(r"(?P<joint>[到至\-~])?[、,和及与]?(?:每?(?:周|星期|礼拜))?(?P<day>[一二三四五六日天1-7])")
_MONTH_DAYS_AT = Pattern(
    rf"(?:的|,)?(?P<days>{DAY}(?:[号日]?[、,和及与]{DAY}){{0,5}})[号日]|(?:的|,)?(?P<edge>月?[底末尾初]|最后一[天日])"
)
_ONE_DAY = Pattern(DAY)
_MONTH_POSITION_AT = Pattern(
    rf"(?:的|,)?(?:第(?P<nth>{ORDINAL})|(?P<last>最后)一?)个?(?:(?P<work>工作日)|(?:周|星期|礼拜)(?P<day>{WEEKDAY}))"
)
_QUARTER_EDGE_AT = Pattern(r"(?:的|,)?(?P<edge>[底末尾]|最后一[天日])|(?:的|,)?(?P<start>初|第一天)")
_YEAR_DAY_AT = Pattern(rf"(?:的|,)?(?P<month>{MONTH})月(?:份|(?P<day>{DAY})[日号])?|(?:的|,)?年?(?P<edge>[底末])")
_WEEKEND_AT = Pattern(r"(?:的?周)?末")
_WORKDAYS_AT = Pattern(r"的?工作日")
_FREQUENCIES: Final = {"天": "DAILY", "日": "DAILY", "": "DAILY", "周": "WEEKLY", "星期": "WEEKLY", "礼拜": "WEEKLY",
                       "月": "MONTHLY", "月份": "MONTHLY", "年": "YEARLY", "小时": "HOURLY", "钟头": "HOURLY",
                       "分钟": "MINUTELY"}  # fmt: skip
_ON_WORKDAYS: Final = Rule(frequency="WEEKLY", weekdays=WORKDAYS)
_ON_WEEKENDS: Final = Rule(frequency="WEEKLY", weekdays=(5, 6))


def rule_at(text: str, pos: int, reading: Reading) -> tuple[Rule, int] | None:
    return _numbered(text, pos) or _every(text, pos) or _interval_alone(text, pos)


def _numbered(text: str, pos: int) -> tuple[Rule, int] | None:
    """每两周, 每隔三天, 每3个月. 每隔一天 leaves one day out, so it is every second one."""
    found = _NUMBERED_AT.match(text, pos)
    if found is None:
        return None
    length = length_at(text, found.end())
    if length is None:
        return None
    apart = _APART_AT.match(text, pos) is not None and text[found.end()] in "一1"
    rule = _of_length(length, 2 if apart else 1)
    return None if rule is None else _detailed(text, rule, length.stop)


def _of_length(length: Length, factor: int) -> Rule | None:
    if length.months:
        years, months = divmod(length.months, 12)
        if months == 0:
            return Rule(frequency="YEARLY", interval=years * factor)
        return Rule(frequency="MONTHLY", interval=length.months * factor)
    if length.seconds:
        return _of_seconds(int(length.seconds), factor)
    days = int(length.days)
    if days and days % 7 == 0:
        return Rule(frequency="WEEKLY", interval=days // 7 * factor)
    return Rule(frequency="DAILY", interval=days * factor) if days else None


def _of_seconds(seconds: int, factor: int) -> Rule | None:
    if seconds % 3600 == 0:
        return Rule(frequency="HOURLY", interval=seconds // 3600 * factor)
    return Rule(frequency="MINUTELY", interval=seconds // 60 * factor) if seconds >= 60 else None


def _interval_alone(text: str, pos: int) -> tuple[Rule, int] | None:
    """两周一次, 一个月一回: a length that 一次 turns into an interval."""
    length = length_at(text, pos)
    once = _PLAIN_ONCE_AT.match(text, length.stop) if length is not None else None
    rule = _of_length(length, 1) if length is not None and once is not None else None
    return None if rule is None or once is None else _detailed(text, rule, once.end())


def _every(text: str, pos: int) -> tuple[Rule, int] | None:
    run = _RUN_AT.match(text, pos)
    if run is not None:
        stop = run.end() - run[0].endswith(("晚", "早"))
        return Rule(frequency="WEEKLY", weekdays=_listed(run["days"])), stop
    if (workdays := _WORKDAYS_ALL_AT.match(text, pos)) is not None:
        return _ON_WORKDAYS, workdays.end()
    found = _EVERY_AT.match(text, pos)
    if found is None:
        return None
    if found["daily"]:
        return Rule(frequency="DAILY"), found.end()
    if found["other"]:
        return _every_other(text, found)
    unit = found["unit"]
    if unit in ("工作日", "交易日"):
        return _ON_WORKDAYS, found.end()
    if unit in ("周末", "双休日"):
        return _ON_WEEKENDS, found.end()
    if unit in ("季", "季度"):
        return _detailed(text, Rule(frequency="MONTHLY", interval=3), found.end())
    if unit == "半年":
        return _detailed(text, Rule(frequency="MONTHLY", interval=6), found.end())
    return _detailed(text, Rule(frequency=_FREQUENCIES[unit]), found.end())


def _every_other(text: str, found: re.Match[str]) -> tuple[Rule, int] | None:
    said = found["other"]
    if said[-1] in "天日":
        return Rule(frequency="DAILY", interval=2), found.end()
    frequency = "MONTHLY" if said.endswith("月") else "WEEKLY"
    return _detailed(text, Rule(frequency=frequency, interval=2), found.end())


def _detailed(text: str, rule: Rule, stop: int) -> tuple[Rule, int]:
    """The days that follow the frequency: 每周|一三五, 每月|最后一个工作日, 每年|3月8日; 一次 may stand between."""
    for begin in dict.fromkeys((stop, _after_once(text, stop))):
        found = _days_of(text, rule, begin)
        if found is not None:
            return found
    return rule, _after_once(text, stop)


def _after_once(text: str, stop: int) -> int:
    once = _ONCE_AT.match(text, stop)
    return stop if once is None else once.end()


def _days_of(text: str, rule: Rule, stop: int) -> tuple[Rule, int] | None:
    if rule.frequency == "WEEKLY":
        return _weekdays(text, rule, stop)
    if rule.frequency == "MONTHLY" and rule.interval % 3 == 0:
        return _quarter_days(text, rule, stop) or _month_days(text, rule, stop)
    if rule.frequency == "MONTHLY":
        return _month_days(text, rule, stop)
    return _year_days(text, rule, stop) if rule.frequency == "YEARLY" else None


def _weekdays(text: str, rule: Rule, stop: int) -> tuple[Rule, int] | None:
    weekend = _WEEKEND_AT.match(text, stop)
    if weekend is not None:
        return replace(rule, weekdays=(5, 6)), weekend.end()
    workdays = _WORKDAYS_AT.match(text, stop)
    if workdays is not None:
        return replace(rule, weekdays=WORKDAYS), workdays.end()
    found = _WEEKDAYS_AT.match(text, stop)
    if found is None or not counts_days(text, found.end()):
        return None
    return replace(rule, weekdays=_listed(found["first"] + found["more"])), found.end()


def _listed(said: str) -> tuple[int, ...]:
    """一三五, 二、周四, 一到五: the weekdays of a list."""
    days: list[int] = []
    for one in _ONE_WEEKDAY.finditer(said):
        which = WEEKDAYS[one["day"]]
        days.extend(range(days[-1] + 1, which) if one["joint"] and days else ())
        days.append(which)
    return tuple(sorted(set(days)))


def _month_days(text: str, rule: Rule, stop: int) -> tuple[Rule, int] | None:
    position = _MONTH_POSITION_AT.match(text, stop)
    if position is not None:
        which = -1 if position["last"] else number(position["nth"])
        weekdays = WORKDAYS if position["work"] else (WEEKDAYS[position["day"]],)
        return replace(rule, weekdays=weekdays, position=which), position.end()
    found = _MONTH_DAYS_AT.match(text, stop)
    if found is None:
        return None
    if found["edge"]:
        return replace(rule, month_days=(1 if found["edge"].endswith("初") else -1,)), found.end()
    days = tuple(number(said[0]) for said in _ONE_DAY.finditer(found["days"]))
    return (replace(rule, month_days=days), found.end()) if all(1 <= day <= 31 for day in days) else None


def _quarter_days(text: str, rule: Rule, stop: int) -> tuple[Rule, int] | None:
    found = _QUARTER_EDGE_AT.match(text, stop)
    if found is None or rule.interval != 3:
        return None
    return replace(rule, month_days=(1 if found["start"] else -1,)), found.end()


def _year_days(text: str, rule: Rule, stop: int) -> tuple[Rule, int] | None:
    found = _YEAR_DAY_AT.match(text, stop)
    if found is None:
        return None
    if found["edge"]:
        return replace(rule, months=(12,), month_days=(31,)), found.end()
    month, day = number(found["month"]), number(found["day"]) if found["day"] else 1
    return (replace(rule, months=(month,), month_days=(day,)), found.end()) if month <= 12 and day <= 31 else None
