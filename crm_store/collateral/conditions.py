"""Amounts that decide which rule applies: 「不满一百五十人」 in a question, 「不足150人」 in a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

_UNITS = {
    "hour": ("小时", "钟头", "hours?"),
    "day": ("工作日", "天", "日", "days?"),
    "week": ("周", "星期", "礼拜", "weeks?"),
    "month": ("个?月", "months?"),
    "year": ("年(?!版|度)", "years?"),
    "people": ("个?人", "名", "位", "people", "employees", "users?", "persons?"),
    "money": ("元", "块"),
    "money4": ("万元?", "w"),
    "discount": ("折",),
    "percent": ("个?点", "%", "个百分点"),
    "piece": ("台", "套", "件", "盒", "箱", "桶", "张", "辆", "支", "个", "颗", "单", "units?"),
    "length": ("米", "m"),
    "centimetre": ("厘米", "公分", "cm"),
    "degree": ("摄氏度", "度", "℃"),
    "megawatt": ("兆瓦", "mw"),
    "ton": ("吨",),
    "kilogram": ("公斤", "千克", "kg"),
    "area": ("平方米", "平米", "平方", "平"),
}
# Units of one dimension are compared in one of them.
_SCALE = {
    "hour": ("time", 1 / 24),
    "day": ("time", 1.0),
    "week": ("time", 7.0),
    "month": ("time", 30.0),
    "year": ("time", 365.0),
    "money": ("money", 1.0),
    "money4": ("money", 10_000.0),
    "length": ("length", 1.0),
    "centimetre": ("length", 0.01),
    "ton": ("mass", 1000.0),
    "kilogram": ("mass", 1.0),
}
_FORMS = sorted((form for forms in _UNITS.values() for form in forms), key=len, reverse=True)
_UNIT = "|".join(f"(?:{form})" for form in _FORMS)
_NUMBER = r"\d+(?:\.\d+)?"
_BELOW = "不足|不满|不到|少于|低于|小于|未满|未到|没到|不够|没有达到|under|below|less than|fewer than"
_ABOVE = "超过|超出|超|高于|多于|大于|over|above|more than"
_FROM = "满|不少于|不低于|不小于|至少|达到|达|逾|起码|at least"
_LIMIT = (
    rf"(?P<below>{_BELOW})?(?P<above>(?<!不得)(?<!不)(?:{_ABOVE}))?(?P<from>{_FROM})?"
    r"(?P<most>不超过|不得超过|最多|至多|up to)?\s*(?P<minus>零下|负)?\s*"
)
_TO = rf"(?:(?:以下|以上|以内)?\s*(?:到|至|~|-|—)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT}))?"
_AMOUNT = re.compile(
    rf"{_LIMIT}(?P<low>{_NUMBER})\s*(?P<first>{_UNIT})?{_TO}"
    r"(?P<after>(?:多|好几|来)?(?:\(?含\)?)?(?:及|或)?(?:以下|以内|之内|内|以上|之上|起步|起))?"
)
_A_LITTLE = 1e-3


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """Amounts of one dimension from `low` to `high`, both included; a single amount where they are equal."""

    dimension: str
    low: float
    high: float

    @property
    def bounded(self) -> bool:
        """Whether it says for which amounts something holds, not just an amount."""
        return self.low < self.high

    def admits(self, other: Range) -> bool:
        """Whether an amount (or most of a stretch) lies in it."""
        middle = other.low if other.high == inf else other.high if other.low == -inf else (other.low + other.high) / 2
        return self.dimension == other.dimension and self.low <= middle <= self.high


@lru_cache(maxsize=4000)
def ranges_in(text: str) -> tuple[Range, ...]:
    """The amounts with units of a folded text, with what limits them."""
    return tuple(_ranges(text))


def _ranges(text: str) -> Iterator[Range]:
    for found in _AMOUNT.finditer(text):
        unit = _unit(found["unit"] or found["first"] or "")
        if unit:
            dimension, factor = _SCALE.get(unit, (unit, 1.0))
            low, high = _limits(found)
            yield Range(dimension=dimension, low=low * factor, high=high * factor)


def _limits(found: re.Match[str]) -> tuple[float, float]:
    low = -float(found["low"]) if found["minus"] else float(found["low"])
    high = float(found["high"]) if found["high"] else low
    after = found["after"] or ""
    if found["high"]:
        return min(low, high), max(low, high)
    if found["below"]:
        return -inf, low - _A_LITTLE
    if found["most"] or after.endswith(("下", "内")):
        return -inf, low
    if found["above"]:
        return low + _A_LITTLE, inf
    if found["from"] or after.endswith(("上", "起", "步")):
        return low, inf
    return low, low


def _unit(text: str) -> str:
    return next((unit for unit, forms in _UNITS.items() for form in forms if re.fullmatch(form, text)), "")


def decides(asked: Iterable[Range], sentence: str) -> int:
    """1 where a folded sentence has a rule for an asked amount, -1 where its rules are for other amounts, else 0."""
    rules = [each for each in ranges_in(sentence) if each.bounded]
    wanted = [each for each in asked if any(rule.dimension == each.dimension for rule in rules)]
    if not wanted:
        return 0
    return 1 if any(rule.admits(each) for each in wanted for rule in rules) else -1
