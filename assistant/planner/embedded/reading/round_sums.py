"""Sums told roughly (二十几万, 三十来万, 一百多万, 百把万): the range of amounts that such words may mean."""

from __future__ import annotations

from decimal import Decimal

from intents import patterns as re
from intents.numbers import parse_number

_DIGITS = r"[一二两三四五六七八九十百千\d]"
_UNITS = {"万": 10_000, "千": 1_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_OVER = re.compile(rf"({_DIGITS}+)(几|多)(?:个)?(千万|百万|万|千|亿)(?:元|块)?")
_AROUND = re.compile(rf"({_DIGITS}+)(?:来|把)(?:个)?(千万|百万|万|千|亿)|([十百千])(?:来|把)(万|千)")
_TENS = re.compile(
    r"(?<![一二两三四五六七八九十\d])好?几(十|百|千)(万)|(?<![一二两三四五六七八九十百千\d])好?几(百|千)?万"
)
_ABOUT = re.compile(rf"({_DIGITS}+)(千万|百万|万|千|亿)(?:出头|不到|左右|上下|多)")
WIDE = Decimal("0.2")
"""So much less or more than it says may 来 and 左右 stand for."""
Range = tuple[Decimal, Decimal]


def rough_sum(text: str) -> Range | None:
    """The least amount, and the one that is too much; None where the words tell no rough sum."""
    if found := _OVER.search(text):
        base = _number(found[1], found[3])
        return None if base is None else (base, base + _step(found[1]) * _UNITS[found[3]])
    if found := _AROUND.search(text):
        base = _number(found[1] or found[3], found[2] or found[4])
        return None if base is None else _near(base)
    if found := _TENS.search(text):
        tens = {"十": 10, "百": 100, "千": 1000, None: 1}[found[1] or found[3]]
        return Decimal(2 * tens * 10_000), Decimal(10 * tens * 10_000)
    if found := _ABOUT.search(text):
        base = _number(found[1], found[2])
        return None if base is None else _near(base)
    return None


def _number(digits: str, unit: str) -> Decimal | None:
    value = parse_number(digits)
    return None if value is None else Decimal(str(value)) * _UNITS[unit]


def _near(base: Decimal) -> Range:
    return base * (1 - WIDE), base * (1 + WIDE)


def _step(digits: str) -> int:
    """How far 几 or 多 reaches behind a number: 二十几 up to thirty, 一百多 up to two hundred, 一百二十多 to 130."""
    value = int(parse_number(digits) or 0)
    return next((power for power in (1000, 100, 10) if value and value % power == 0), 1)
