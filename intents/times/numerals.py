"""Read the whole numbers that stand in Chinese dates: 三, 十二, 廿五, 二零二六, 两千零四, 31."""

from __future__ import annotations

from typing import Final

DIGITS: Final = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
                 "俩": 2, "仨": 3}  # fmt: skip
UNITS: Final = {"十": 10, "百": 100, "千": 1000}
NUMERAL_CHARACTERS: Final = "零一二两三四五六七八九十廿卅百千"

# Bounded on purpose: every pattern built from these stays linear on noise.
NUMBER: Final = r"(?:\d{1,4}|[零一二两三四五六七八九十廿卅百千]{1,7})"
ORDINAL: Final = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,4})"
MONTH: Final = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
DAY: Final = r"(?:\d{1,2}|[二三]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?|[一二三四五六七八九])"
REAL_DAY: Final = rf"(?:3[01]|[12]\d|0?[1-9](?!\d)|{DAY[7:]}"
"""A day that a month can have, where 90日 is a length."""


def number(text: str) -> int:
    """The value of `text`, which must consist of digits or of `NUMERAL_CHARACTERS`."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not any(character in UNITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    return _by_place(text)


def _by_place(text: str) -> int:
    total, digit = 0, None
    for character in text:
        unit = UNITS.get(character)
        if unit is None:
            digit = DIGITS[character]
        else:
            total += (1 if digit is None else digit) * unit
            digit = None
    return total + (digit or 0)


def consecutive(text: str) -> bool:
    """Whether `text` is a guess like 七八 or 两三: two neighbouring digits, said one after the other."""
    return len(text) == 2 and all(c in DIGITS for c in text) and DIGITS[text[1]] - DIGITS[text[0]] == 1
