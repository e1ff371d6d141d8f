"""The closed word classes of English dates: numbers, weekdays, months, parts of the day, holidays."""

from __future__ import annotations

import re
from typing import Final

from intents.times.parts import PARTS, Part

FLAGS: Final = re.IGNORECASE | re.ASCII
"""Without ASCII a Chinese character beside an English word would count as part of it."""

_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINAL_ONES: Final = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth",
)  # fmt: skip

_NUMBERS: Final = {word: n for n, word in enumerate(_ONES)} | {
    "a": 1, "an": 1, "couple": 2, "a couple": 2, "a couple of": 2, "couple of": 2, "few": 3, "a few": 3, "several": 3,
    "half": 0.5, "half a": 0.5, "half an": 0.5, "a half": 0.5,
}  # fmt: skip
_ORDINALS: Final = {word: n for n, word in enumerate(_ORDINAL_ONES)} | {"twentieth": 20, "thirtieth": 30}
GUESSES: Final = frozenset({"couple", "a couple", "a couple of", "couple of", "few", "a few", "several"})
"""Numbers that are no more than a guess."""

_TENS_WORDS: Final = "|".join(_TENS[2:])
_ONES_WORDS: Final = "|".join(_ONES[1:10])
_PLAIN_WORDS: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
NUMBER: Final = (
    rf"(?:\d{{1,4}}(?:\.\d)?|(?:{_TENS_WORDS})(?:[ -](?:{_ONES_WORDS}))?|(?:{_PLAIN_WORDS}))(?:(?= )|(?=-)|\b)"
)
WHOLE: Final = rf"(?:\d{{1,2}}|(?:{_TENS_WORDS})(?:[ -](?:{_ONES_WORDS}))?|{'|'.join(reversed(_ONES[1:]))})"
_ORDINAL_WORDS: Final = "|".join(sorted(_ORDINALS, key=len, reverse=True))
MINUTE_WORDS: Final = (
    rf"(?:(?:{'|'.join(_TENS[2:6])})(?:[ -](?:{_ONES_WORDS}))?|(?:oh |o)?(?:{_ONES_WORDS})|{'|'.join(_ONES[10:])})"
)
ORDINAL: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:twenty|thirty)[ -](?:{'|'.join(_ORDINAL_ONES[1:10])})|{_ORDINAL_WORDS})"
)

_WEEKDAY_NAMES: Final = (
    ("monday", "mon"), ("tuesday", "tues", "tue"), ("wednesday", "weds", "wed"), ("thursday", "thurs", "thur", "thu"),
    ("friday", "fri"), ("saturday", "sat"), ("sunday", "sun"),
)  # fmt: skip
WEEKDAYS: Final = {name: n for n, names in enumerate(_WEEKDAY_NAMES) for name in names}
WEEKDAY: Final = rf"(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})"

_MONTH_NAMES: Final = (
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
    ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
    ("december", "dec"),
)  # fmt: skip
MONTHS: Final = {name: n for n, names in enumerate(_MONTH_NAMES, 1) for name in names}
MONTH: Final = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"

ENGLISH_PARTS: Final[dict[str, Part]] = {
    "early morning": PARTS["早上"], "morning": PARTS["上午"], "noon": PARTS["中午"], "midday": PARTS["中午"],
    "lunchtime": PARTS["中午"], "afternoon": PARTS["下午"], "evening": PARTS["晚上"], "night": PARTS["晚上"],
}  # fmt: skip
PART: Final = rf"(?:{'|'.join(sorted(ENGLISH_PARTS, key=len, reverse=True))})"

HOLIDAYS: Final = {
    "new year's day": "元旦", "new years day": "元旦", "new year": "元旦", "valentine's day": "情人节",
    "women's day": "妇女节", "april fools' day": "愚人节", "april fool's day": "愚人节", "labour day": "劳动节",
    "labor day": "劳动节", "may day": "劳动节", "children's day": "儿童节", "mother's day": "母亲节",
    "mothers' day": "母亲节", "father's day": "父亲节", "national day": "国庆", "halloween": "万圣节",
    "singles' day": "双十一", "thanksgiving day": "感恩节", "thanksgiving": "感恩节", "christmas eve": "平安夜",
    "christmas day": "圣诞", "christmas": "圣诞", "xmas": "圣诞", "spring festival": "春节", "chinese new year": "春节",
    "lunar new year": "春节", "lantern festival": "元宵", "tomb-sweeping day": "清明", "qingming": "清明",
    "dragon boat festival": "端午", "mid-autumn festival": "中秋", "mid-autumn": "中秋",
}  # fmt: skip
HOLIDAY: Final = rf"(?:{'|'.join(sorted(HOLIDAYS, key=len, reverse=True))})"


def value(text: str) -> float:
    """What a number or ordinal says: 3, three, twenty-one, 3rd, third, half an, a."""
    text = text.lower().replace("-", " ").strip()
    if text[0].isdigit():
        return float(text.rstrip("stndrh"))
    if text in _NUMBERS:
        return float(_NUMBERS[text])
    if text in _ORDINALS:
        return float(_ORDINALS[text])
    tens, _, ones = text.partition(" ")
    return _TENS.index(tens) * 10 + (float(_NUMBERS.get(ones, 0)) or float(_ORDINALS.get(ones, 0)))


def whole(text: str) -> int:
    """`value` of a whole number."""
    return int(value(text))
