"""Chinese numerals before a unit as digits, so that 四小时 and 4小时, 九五折 and 95折 compare equal."""

from __future__ import annotations

import re

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[零〇一二两三四五六七八九十百千]"
_UNITS = (
    "秒|分钟|小时|钟头|天|日|周|星期|个月|个点|个工作日|月|年|折|成|元|块|万|公斤|千克|吨|斤|米|厘米|毫米|公里|升|度|台|个|次|回|张|片|支|条|套|件"
    "|人|家|种|项|款|杯|袋|包|桶|箱|瓶|盒|盏|辆|间|层|楼|期|级|倍|页|份|份额|名|位|点|寸|英寸"
)
_BEFORE_UNIT = re.compile(rf"(?<![a-z0-9第])(?<!{_NUMERAL})({_NUMERAL}{{1,7}})(?=(?:{_UNITS})(?!一))")
_IN_A_CODE = re.compile(rf"(?<![a-z])([a-z]{{1,3}}-?)([零〇一二三四五六七八九]{{1,4}})(?!{_NUMERAL}|万|亿|点|半"
    rf"|{_UNITS})")
_ABOUT = re.compile(
    rf"(?<!{_NUMERAL})(一二|[二两]三|三四|四五|五六|六七|七八|八九)(?=个|天|周|年|人|台|家|次|小时|钟头|星期|件|公里|米(?!粉))"
)
_DISCOUNT = re.compile(r"(?<![\d.])(\d)(?:\.(\d))?折")


def with_digits(text: str) -> str:
    """A folded text with numerals before units as digits; discounts of one digit get two (9折 → 90折).

    A model that was dictated (z三) gets its digits as well; 六七年 is 6到7年, not 67.
    """
    if not text.isascii():
        text = _IN_A_CODE.sub(lambda found: f"{found[1]}{_value(found[2])}", text)
        text = _ABOUT.sub(lambda found: f"{_DIGITS[found[1][0]]}到{_DIGITS[found[1][1]]}", text)
        text = _BEFORE_UNIT.sub(lambda found: str(_value(found[1])), text)
        text = _DISCOUNT.sub(lambda found: f"{found[1]}{found[2] or 0}折", text)
    return text


def _value(numeral: str) -> int:
    """九五 and 一二〇 are digits in a row; 一百二十 is a sum."""
    if not any(character in _POWERS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total, digit = total + (digit or 1) * _POWERS[character], 0
    return total + digit
