"""What numerals are written with: digits, units, and what may stand beside them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from intents import patterns as re

DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    "〇": 0,
    "幺": 1,
    "两": 2,
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
BIG = {"万": 10**4, "萬": 10**4, "w": 10**4, "W": 10**4, "亿": 10**8, "億": 10**8}
LONGEST = 15  # digits in a row; more is an account or a serial number, not a number to reckon with

CHINESE_DIGITS = re.compile(f"[{''.join(DIGITS)}]+")
ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?")
SCALE_WORD = re.compile(r" ?(?:(thousand|grand)|(million|mil|mn)|(billion|bn)|(hundred))(?![A-Za-z])", re.IGNORECASE)
SCALE_OF_GROUP = (10**3, 10**6, 10**9, 10**2)
# 三点五万 is a decimal, 三点五十 is a time of day: a decimal must run into a scale or a unit.
POINT = re.compile(r"点([零〇一二三四五六七八九幺\d]{1,8})")
AFTER_DECIMAL = re.compile(r"[万亿折成%元块倍吨]|[wW](?![A-Za-z])|个(?:亿|点|百分点)|公斤|百分点|美|欧")
CLOCK_BEFORE = re.compile(r"(?:[午早晚晨夜天日号]|周.|星期.|礼拜.)$")
MORE_MAY_FOLLOW = {
    "来": re.compile(r"[万亿wW个元块台套件箱吨人家条位名张份单]|$|[^\w]|左右"),
    "多": re.compile(r"(?![少大久次亏谢给加付报要收半样])"),
    "余": re.compile(r"(?![款额下量总先生])"),
}
# A digit after 三十六万 that belongs to something else: 三十六万 八月, 十五万 四台, 36万 9.5折.
TAIL_ELSEWHERE = re.compile(
    "[月号日期楼层季折倍%:/.A-Za-z台吨瓶桶箱辆]|-[0-9]|年(?![底初终末中])|周(?![一二三四五六日天末边])|天(?!津)|时(?!候)|点(?!头)|分(?=[钟之])"
    "|成(?![交本立功都员果品套为了])|套(?![餐路])|件(?!数)|盒(?!马)|包(?![含括装安运邮税干月年])|条(?![件款])|份(?!额)|批(?![准了下复])"
    "|家(?![里长庭])|次(?![月日年性])|个(?![亿税人])|位(?![于置])|名(?![义单])|张(?=[卡票纸桌床图])|人(?![民都])"
)
_WORD_AFTER_ONE = frozenset("口次起共下直样笔律并会些")


class Numeral(NamedTuple):  # inside this package only, and made for every digit: a tuple is what is cheap
    """One number with both ends of what it may mean; `low == high` unless a range or 来, 多, 几 was said."""

    begin: int
    stop: int
    low: Decimal
    high: Decimal
    approximate: bool = False
    scale: int = 1  # the 万, 亿, k it was said in, multiplied
    chinese: bool = True
    whole: bool = True  # no decimals
    units: bool = False  # 十, 百, 千 were said: 三百五 is a number, 三五八 may be a code
    words: bool = False  # in English words
    doubtful: bool = False  # a letter m that may stand for million or for metre


def is_range(digits: list[int]) -> bool:
    """三四, 五六, 三五: two neighbours (or 三五) said for a range."""
    if len(digits) != 2:
        return False
    first, second = digits
    return first > 0 and (second == first + 1 or (first, second) == (3, 5))


def trailing_unit(number: int) -> int:
    unit = 1
    while number and number % (unit * 10) == 0:
        unit *= 10
    return unit


def tail_elsewhere(text: str, at: int) -> bool:
    if text[at - 1 : at] == "一" and text[at : at + 1] in _WORD_AFTER_ONE:
        return True  # 三十五万一口价
    return TAIL_ELSEWHERE.match(text, at) is not None


def plain(number: Decimal | int) -> Decimal:
    """The same number without an exponent and without zeros after the point."""
    value = Decimal(number)
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
