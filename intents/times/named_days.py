"""Days with a name in Chinese: holidays and their breaks, lunar dates, solar terms and seasons."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.expression import Grain, Look
from intents.times.holidays import STATUTORY, break_around, holiday, holiday_year, nearest_break
from intents.times.lunar import lunar_year_of, solar_date, solar_terms
from intents.times.numerals import DAY, MONTH, number
from intents.times.stretch import HOLIDAY_SLACK, YEARLY_SLACK, Reading, Sort, Stretch, day

Step = Callable[[Stretch], Stretch | None]

_ALIASES: Final = {
    "元旦": "元旦", "新年": "元旦", "春节": "春节", "农历新年": "春节", "过年": "春节", "元宵": "元宵",
    "清明": "清明", "五一": "劳动节", "劳动节": "劳动节", "五一劳动节": "劳动节", "端午": "端午", "中秋": "中秋",
    "国庆": "国庆", "十一国庆": "国庆", "除夕": "除夕", "除夕夜": "除夕", "大年三十": "除夕", "年三十": "除夕",
    "大年夜": "除夕", "双十一": "双十一", "双11": "双十一",
    "双十二": "双十二", "双12": "双十二", "七夕": "七夕", "圣诞": "圣诞", "平安夜": "平安夜", "腊八": "腊八",
}  # fmt: skip
_NEEDING_A_FEAST: Final = {"重阳": "重阳节", "教师": "教师节", "儿童": "儿童节", "妇女": "妇女节", "情人": "情人节",
                           "万圣": "万圣节", "感恩": "感恩节", "光棍": "光棍节", "女生": "女生节", "中元": "中元节",
                           "母亲": "母亲节", "父亲": "父亲节", "建军": "建军节", "建党": "建党节", "青年": "青年节",
                           "愚人": "愚人节", "植树": "植树节", "六一": "儿童节", "三八": "妇女节",
                           "六一儿童": "儿童节", "三八妇女": "妇女节", "五四青年": "青年节",
                           "八一建军": "建军节"}  # fmt: skip
_FEASTS: Final = "|".join(sorted(_ALIASES, key=len, reverse=True))
_NEEDING: Final = "|".join(sorted(_NEEDING_A_FEAST, key=len, reverse=True))
_BEFORE_OR_AFTER: Final = r"(?=之?以?[前后](?![天年]))"
# 中秋月饼, 国庆促销, 五一路: named after the day, not on it.
_NOT_THE_DAY: Final = r"(?!月饼|礼[盒品包券物]|促销|大促|特[惠价]|[款路街]|广场|大道|小区|慰问|福利|快乐|祝福|问候)"
_HOLIDAY_AT = Pattern(
    rf"[的,]?(?:(?P<name>(?!过年[度会货检级])(?:{_FEASTS}))节?|(?P<needing>{_NEEDING})节|(?P<ten_one>十一)(?=节|国庆|小?长假|假期|黄金周|期间"
    r"|之?以?[前后](?![天年]))节?"
    rf"|(?P<little>小年)(?:夜|(?=当天|那天|之?以?[前后])))"
    rf"(?P<off>小?长假|假期|黄金周|期间|放假期间)?{_NOT_THE_DAY}"
)
_BREAK_AT = Pattern(rf"(?:(?P<any>节|长假|假期)|(?P<year>年)){_BEFORE_OR_AFTER}")
_SURNAMES: Final = frozenset(
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
)

_LUNAR_AT = Pattern(
    rf"(?P<tag>农历|阴历|旧历)?(?:(?P<new_year>大年|正月)|(?P<leap>闰)?(?P<month>[正冬腊]|{MONTH})月份?)"
    rf"(?:(?P<day>初(?:[一二三四五六七八九十]|\d{{1,2}})|廿[一二三四五六七八九]?|{DAY}(?![\d万千百]))[日号]?)?"
)
_LUNAR_YEAR_AT = Pattern(
    r"(?:农历|阴历|旧历)(?P<year>\d{4}|[零一二三四五六七八九]{4})年(?=[闰正冬腊大\d一二三四五六七八九十])"
)
_LUNAR_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}
_FIRST_DAYS_AT = Pattern(r"初(?P<day>[一二三四五六七八九十])(?![步次期级中稿版审衷])")
_TERM_AT = Pattern(
    r"[的,]?(?P<term>立春|春分|惊蛰|谷雨|立夏|芒种|夏至|立秋|处暑|秋分|寒露|霜降|立冬|冬至|大暑|小暑)"
    r"|[的,]?(?P<doubtful>雨水|小满|白露|小雪|大雪|小寒|大寒)(?=节气|当天|那天|前|后|$)"
)
_SEASON_AT = Pattern(r"[的,]?(?P<season>[春夏秋冬])(?:天|季(?!度)|(?=$|[,。]))")
_SEASONS: Final = {"春": ("立春", "立夏"), "夏": ("立夏", "立秋"), "秋": ("立秋", "立冬"), "冬": ("立冬", "立春")}


_LEAP_SEARCH: Final = 20
"""Years within which a given leap month comes round again, as a rule."""


def _yearly(of_year: Callable[[int], Stretch | None], year: int, stop: int, slack: int) -> Stretch | None:
    base = next((y for y in range(year, year + _LEAP_SEARCH) if of_year(y) is not None), year)
    found = of_year(base)
    if found is None:
        return None
    return replace(found, stop=stop, again=lambda n: of_year(base + n), period=365, slack=slack)


def holiday_at(text: str, pos: int, reading: Reading) -> Stretch | None:
    """国庆, 春节期间, 母亲节."""
    found = _HOLIDAY_AT.match(text, pos)
    if found is None or (text[pos - 1 : pos] in _SURNAMES and not found[0].endswith(("节", "间", "假", "期"))):
        return None
    name = _name(found)
    whole = found["off"] is not None
    return _yearly(
        lambda year: _holiday_in(name, year, whole), holiday_year(name, reading.today), found.end(), HOLIDAY_SLACK
    )


def _name(found: re.Match[str]) -> str:
    if found["name"]:
        return _ALIASES[found["name"]]
    return _NEEDING_A_FEAST[found["needing"]] if found["needing"] else "国庆" if found["ten_one"] else "小年"


def _holiday_in(name: str, year: int, whole: bool) -> Stretch | None:
    when = holiday(name, year)
    if when is None:
        return None
    if whole and name in STATUTORY:
        first, after = break_around(when)
        return Stretch(first=first, after=after, grain=Grain.DAY, sort=Sort.HOLIDAY)
    return day(when, sort=Sort.HOLIDAY)


def holiday_after(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    """The holiday that follows a year: 明年|春节."""
    found = _HOLIDAY_AT.match(text, pos)
    if found is None:
        return None
    name, whole = _name(found), found["off"] is not None
    return found.end(), lambda year: _holiday_in(name, year.first.year, whole)


def break_at(text: str, pos: int, reading: Reading) -> Stretch | None:
    """节后, 节前 and 年前, 年后: the statutory holiday that is near; 年 is the Spring Festival."""
    found = _BREAK_AT.match(text, pos)
    if found is None or _belongs_to_a_word(text, pos):
        return None
    ahead = reading.look is not Look.BACK
    if found["year"]:
        festival = holiday_at("春节", 0, reading)
        return None if festival is None else replace(festival, stop=found.end())
    near = nearest_break(reading.today, ahead=ahead)
    return replace(day(near, sort=Sort.HOLIDAY), stop=found.end())


_WORDS_BEFORE: Final = frozenset(
    "今去明前后来当往同本周半数几每多全些近成某两一二三四五六七八九十百千季环关调情细春中秋元国端清时章使礼"
)


def _belongs_to_a_word(text: str, pos: int) -> bool:
    before = text[pos - 1 : pos]
    return before in _WORDS_BEFORE or before.isdigit() if before else False


def lunar_at(text: str, pos: int, reading: Reading) -> Stretch | None:
    """农历八月十五, 腊月二十, 正月初八, 五月廿二, 大年初六."""
    with_year = _LUNAR_YEAR_AT.match(text, pos)
    found = _LUNAR_AT.match(text, pos if with_year is None else with_year.end())
    if found is not None:
        step = _lunar_step(found, tagged=with_year is not None)
        if step is None:
            return None
        if with_year is not None:
            inside = step(number(with_year["year"]))
            return None if inside is None else replace(inside, stop=found.end())
        base = lunar_year_of(reading.today)
        return _yearly(lambda year: step(year), base, found.end(), HOLIDAY_SLACK)
    first_days = _FIRST_DAYS_AT.match(text, pos)
    if first_days is None or text[pos - 1 : pos] in frozenset("最当起年月之本"):
        return None
    which = number(first_days["day"])
    return _yearly(lambda year: _lunar_day(year, 1, which, False), reading.today.year, first_days.end(), 0)


def lunar_day_after(text: str, pos: int, container: Stretch) -> tuple[int, Step] | None:
    """A lunar date after its year (2015年|十月初一), or its day after a month that seemed a solar one."""
    if container.grain is Grain.MONTH:
        return None
    found = _LUNAR_AT.match(text, pos + (text[pos : pos + 1] in ("的", ",")))
    step = None if found is None else _lunar_step(found)
    if found is None or step is None:
        return None
    return found.end(), lambda year: step(year.first.year)


def _lunar_step(found: re.Match[str], *, tagged: bool = False) -> Callable[[int], Stretch | None] | None:
    """What the match names in a lunar year; None if nothing in it says that it is lunar."""
    said = found["day"]
    lunar_day = said is not None and said[0] in "初廿"
    named_month = found["new_year"] == "正月" or (found["month"] or "") in _LUNAR_MONTHS
    if found["new_year"] == "大年" and not (said or "").startswith("初"):
        return None
    if not (tagged or found["tag"] or found["leap"] or lunar_day or named_month):
        return None
    month = 1 if found["new_year"] else _LUNAR_MONTHS.get(found["month"]) or number(found["month"])
    leap = found["leap"] is not None
    if said is None:
        return lambda year: _lunar_month(year, month, leap)
    which = number(said.removeprefix("初"))
    return lambda year: _lunar_day(year, month, which, leap)


def _lunar_day(year: int, month: int, which: int, leap: bool) -> Stretch | None:
    when = solar_date(year, month, which, leap)
    if when is not None:
        return day(when, sort=Sort.DATE)
    last = solar_date(year, month, 29, leap)
    return None if last is None else replace(day(last, sort=Sort.DATE), exists=False)


def _lunar_month(year: int, month: int, leap: bool) -> Stretch | None:
    first, last = solar_date(year, month, 1, leap), solar_date(year, month, 29, leap)
    if first is None or last is None:
        return None
    length = timedelta(days=30) if solar_date(year, month, 30, leap) else timedelta(days=29)
    return Stretch(first=first, after=first + length, grain=Grain.MONTH)


def term_at(text: str, pos: int, reading: Reading) -> Stretch | None:
    """立冬, 夏至; 春天, 冬季."""
    found = season_after(text, pos, _EMPTY)
    if found is None:
        return None
    stop, step = found
    return _yearly(lambda year: step(_in_year(year)), reading.today.year, stop, YEARLY_SLACK)


def _in_year(year: int) -> Stretch:
    return Stretch(first=date(year, 1, 1), after=date(year + 1, 1, 1), grain=Grain.YEAR)


_EMPTY: Final = Stretch(first=date(2000, 1, 1), after=date(2001, 1, 1), grain=Grain.YEAR)


def season_after(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    """A solar term or season that follows a year: 2024年|冬至, 今年|夏天; 大寒 and 小寒 close the year they follow."""
    term = _TERM_AT.match(text, pos)
    if term is not None:
        name = term["term"] or term["doubtful"]
        later = 1 if name in ("小寒", "大寒") else 0
        return term.end(), lambda year: _term(year.first.year + later, name)
    season = _SEASON_AT.match(text, pos)
    if season is None:
        return None
    begin, stop = _SEASONS[season["season"]]
    return season.end(), lambda year: _season(year.first.year, begin, stop)


def _term(year: int, name: str) -> Stretch | None:
    when = solar_terms(year).get(name)
    return None if when is None else day(when, sort=Sort.HOLIDAY)


def _season(year: int, begin: str, stop: str) -> Stretch | None:
    first, after = solar_terms(year).get(begin), solar_terms(year + (begin == "立冬")).get(stop)
    if first is None or after is None:
        return None
    return Stretch(first=first, after=after, grain=Grain.QUARTER, approximate=True)
