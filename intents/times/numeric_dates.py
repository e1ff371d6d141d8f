"""Dates written in digits: 2026-11-25, 2026.3.8, 20261125, 12/1, 12.3号, 09-01, 25/11/2026."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.stretch import (
    FIRST_YEAR,
    LAST_YEAR,
    YEARLY_SLACK,
    Reading,
    Sort,
    Stretch,
    day_in,
    month,
)

_UNIT_AFTER: Final = r"(?! ?[万亿千百元块%倍折米吨度版寸美个台套])"
_FULL_AT = Pattern(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:(?!\d)|(?=\d\d:\d\d))[日号]?")
_SPACED_AT = Pattern(r"(?P<y>(?:19|20)\d\d) (?P<m>\d\d) (?P<d>\d\d)(?!\d)")
_PACKED_AT = Pattern(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?![\d.])")
_YEAR_MONTH_AT = Pattern(
    rf"(?P<y>(?:19|20)\d\d)(?:[-/](?P<m>1[0-2]|0?[1-9])|\.(?P<m2>1[0-2]|0[1-9]))(?!\d|\.\d){_UNIT_AFTER}"
)
_DAY_FIRST_AT = Pattern(r"(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<y>\d{4}|\d\d)(?![\d/.]|-\d+(?![\d/]))")
_MONTH_DAY_AT = Pattern(
    rf"(?P<m>1[0-2]|0?[1-9])(?:/(?P<d>3[01]|[12]\d|0?[1-9])(?:[日号]|(?![\d/]){_UNIT_AFTER})"
    rf"|[.·](?P<dm>3[01]|[12]\d|0?[1-9])(?:[日号](?!楼|线)))"
)
_DOTTED_AT = Pattern(r"(?P<m>1[0-2]|0?[1-9])(?P<sep>[.·])(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.])")
_DASHED_AT = Pattern(r"(?P<m>1[0-2]|0[1-9])-(?P<d>3[01]|[12]\d|0[1-9])(?![\d月日号点天周年个万千台套人小分%-])")
# 12.25前, 6.8(周二)上午, 10.27周三: what makes a decimal number a date.
_DATED_AFTER = Pattern(
    r"之?以?前(?!\d)|[( ]{0,2}(?:周|星期|礼拜)[一二三四五六日天]|的?(?:上午|下午|早上|晚上|中午|凌晨|傍晚)|(?:到|至|-"
    r"|~)(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d|0?[1-9])[日号]"
)
_FRACTION_BEFORE: Final = ("付", "占", "比", "约", "超", "的", "款", "价", "降", "涨", "剩", "余", "有", "分之", "大概")
_FRACTION_AFTER = Pattern(r"[的以左是给款预定首]")
_LABELS: Final = ("单号", "编号", "号码", "工号", "账号", "卡号", "合同号", "订单", "单", "码", "证号", "热线")


def full_year(said: int, digits: int, now_year: int) -> int:
    """A year of two digits is in this century up to ten years from now, else in the last (98年, 33年)."""
    if digits > 2:
        return said
    century = now_year - now_year % 100
    return century + said if said <= now_year % 100 + 10 else century - 100 + said


def numeric_at(text: str, pos: int, reading: Reading) -> Stretch | None:
    """The date in digits at `pos`. A day-first date follows Recognizers-Text for Chinese: 3-7-2017 is 3 July."""
    found = _FULL_AT.match(text, pos) or _SPACED_AT.match(text, pos)
    if found is not None:
        return _dated(int(found["y"]), int(found["m"]), int(found["d"]), found.end())
    return (
        _packed(text, pos) or _day_first(text, pos, reading) or _year_month(text, pos) or _month_day(text, pos, reading)
    )


def _dated(year: int, number: int, day: int, stop: int) -> Stretch | None:
    if not FIRST_YEAR <= year <= LAST_YEAR or day > 39:
        return None
    real = 1 <= number <= 12
    found = day_in(month(year, min(max(number, 1), 12)), day)
    return replace(found, stop=stop, exists=found.exists and real)


def _packed(text: str, pos: int) -> Stretch | None:
    found = _PACKED_AT.match(text, pos)
    if found is None or text[max(pos - 3, 0) : pos].endswith(_LABELS) or _is_amount(text, found.end()):
        return None
    dated = _dated(int(found["y"]), int(found["m"]), int(found["d"]), found.end())
    return dated if dated is not None and dated.exists else None


def _is_amount(text: str, stop: int) -> bool:
    return text[stop : stop + 1] in tuple("元块万吨台套个件%")


def _day_first(text: str, pos: int, reading: Reading) -> Stretch | None:
    """25/11/2026, 3-7-07, 26-7-3: of the readings that exist the one nearest to now; marked if the order is open."""
    found = _DAY_FIRST_AT.match(text, pos)
    if found is None or (found[2] == "." and len(found["y"]) == 2):
        return None
    a, b, last = int(found["a"]), int(found["b"]), int(found["y"])
    now_year = reading.now.year
    last_year = full_year(last, len(found["y"]), now_year)
    readings = [(last_year, b, a)] if b <= 12 else [(last_year, a, b)] if a <= 12 else []
    if len(found["y"]) == 2 and len(found["a"]) == 2 and b <= 12:
        readings.append((full_year(a, 2, now_year), b, last))
    known = [(year, number, day) for year, number, day in readings if number and 1 <= day <= 31]
    if not known:
        return None
    dated = _dated(*min(known, key=lambda one: abs(one[0] - now_year)), found.end())
    open_order = a != b and a <= 12 and b <= 12
    return dated if dated is None or not open_order else replace(dated, doubtful=True)


def _year_month(text: str, pos: int) -> Stretch | None:
    found = _YEAR_MONTH_AT.match(text, pos)
    if found is None:
        return None
    return replace(month(int(found["y"]), int(found["m"] or found["m2"])), stop=found.end())


def _month_day(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _MONTH_DAY_AT.match(text, pos)
    if found is not None:
        if "/" in found[0] and not found[0].endswith(("日", "号")) and _is_fraction(text, found):
            return None
        return yearly_date(int(found["m"]), int(found["d"] or found["dm"]), found.end(), reading)
    dotted = _DOTTED_AT.match(text, pos)
    if dotted is not None:
        if dotted["sep"] == "." and _DATED_AFTER.match(text, dotted.end()) is None:
            return None
        return yearly_date(int(dotted["m"]), int(dotted["d"]), dotted.end(), reading)
    dashed = _DASHED_AT.match(text, pos)
    if dashed is None:
        return None
    return yearly_date(int(dashed["m"]), int(dashed["d"]), dashed.end(), reading)


def _is_fraction(text: str, found: re.Match[str]) -> bool:
    if int(found["m"]) >= int(found["d"]) or len(found["m"]) > 1:
        return False
    before = text[max(found.start() - 2, 0) : found.start()]
    return before.endswith(_FRACTION_BEFORE) or _FRACTION_AFTER.match(text, found.end()) is not None


def yearly_date(number: int, day: int, stop: int, reading: Reading) -> Stretch | None:
    """A month and day without a year."""

    def in_year(year: int) -> Stretch:
        return day_in(month(year, number), day)

    base = reading.now.year
    first = in_year(base)
    return replace(first, stop=stop, again=lambda n: in_year(base + n), period=365, slack=YEARLY_SLACK, sort=Sort.DATE)
