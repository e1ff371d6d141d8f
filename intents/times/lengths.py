"""Lengths of time in Chinese: 三天, 半小时, 一个半月, 两周多, 5个工作日, 8天20小时."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.holidays import add_working_days
from intents.times.numerals import consecutive, number
from intents.times.stretch import add_months
from intents.times.weekdays import WEEKDAY, counts_days

_AMOUNT = r"(?:半|(?!0\d)\d{1,5}(?:\.\d{1,2})?|(?!零)[一二两三四五六七八九十百千俩仨几零]{1,5})"
_UNIT = (
    r"秒钟?|分钟|分(?=\d{1,2}秒|半钟?)|刻钟|小时|钟头|时(?=\d{1,2}分)|钟(?=[前后以之])|天|日(?=内|之内|以内)"
    r"|(?<=[一二三四五六七八九十两])日(?=之?后)|工作日|交易日"
    r"|周年|周|星期|礼拜|月|季度|年"
)
_LENGTH_AT = Pattern(
    rf"(?:{_AMOUNT}(?P<upto>个?(?:到|至|-{{1,2}}"
    rf"|~)))?(?P<amount>{_AMOUNT})(?P<more>[多来几])?(?P<piece>个)?(?P<half>半)?(?P<more2>多)?(?P<unit>{_UNIT})"
    rf"(?P<tail>半(?!夜|天|小时|个|年|月|价|数)钟?|多(?!少))?"
)
_JOIN_AT = Pattern(r"[又零余和加,]?(?=[\d一二两三四五六七八九十半])")
_NOT_A_LENGTH = Pattern(r"三天两头|一天到晚|一年到头|一日三餐|[一半]天天")
_SEASONAL = Pattern(
    r"年(?:级|度|检|会|报|货|款|版|轻|龄|代)|月(?:饼|嫂|报|季|薪|卡|台|亮)|周(?:报|会|总|边|岁)|天(?:津|猫|台|气|河)"
)
_FEW: Final = 3
_SECONDS: Final = {"秒": 1, "秒钟": 1, "分": 60, "分钟": 60, "刻钟": 900, "小时": 3600, "时": 3600, "钟头": 3600,
                   "钟": 3600}  # fmt: skip
_DAYS: Final = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_MONTHS: Final = {"月": 1, "季度": 3, "年": 12, "周年": 12}
_LONGEST_DAYS: Final = 150_000
"""Longer lengths are no plan (400 years); it also keeps every shift inside what `date` can hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Length:
    """A length by its parts, since a month has no fixed number of days."""

    stop: int
    months: int = 0
    days: float = 0
    working_days: int = 0
    seconds: float = 0
    approximate: bool = False

    @property
    def delta(self) -> timedelta:
        """As one figure: a year of 365 days, a month of 30, a working day as a day."""
        years, months = divmod(self.months, 12)
        return timedelta(days=years * 365 + months * 30 + self.days + self.working_days, seconds=self.seconds)

    @property
    def by_day(self) -> bool:
        """Whole days only: 三天后 names a day, 三小时后 an instant."""
        return not self.seconds and self.days == int(self.days)


def length_at(text: str, pos: int, *, months_bare: bool = False) -> Length | None:
    """The length that begins at `pos`. 三月 is the month unless `months_bare` (近三月)."""
    total = _one_at(text, pos, months_bare=months_bare)
    for _ in range(5):
        joint = _JOIN_AT.match(text, total.stop) if total is not None else None
        further = _one_at(text, joint.end(), months_bare=False) if joint is not None else None
        if total is None or further is None or (joint is not None and joint[0] == ","):
            break
        total = _sum(total, further)
    return total if total is not None and total.delta.days <= _LONGEST_DAYS else None


def _sum(left: Length, right: Length) -> Length:
    return Length(
        stop=right.stop, months=left.months + right.months, days=left.days + right.days,
        working_days=left.working_days + right.working_days, seconds=left.seconds + right.seconds,
        approximate=left.approximate or right.approximate,
    )  # fmt: skip


def _one_at(text: str, pos: int, *, months_bare: bool) -> Length | None:
    found = _LENGTH_AT.match(text, pos)
    if found is None or _NOT_A_LENGTH.match(text, pos) or _SEASONAL.match(text, found.start("unit")):
        return None
    unit = found["unit"]
    weeks = unit in ("周", "星期", "礼拜")
    if found["amount"] == "一" and found["piece"] and weeks and _names_a_weekday(text, found.end()):
        return None
    if unit == "天" and found["amount"] == "一" and text[max(pos - 1, 0) : pos] in ("有", "某", "哪", "那", "同"):
        return None
    if unit == "月" and not (found["piece"] or months_bare or found["amount"] in ("两", "俩", "仨", "半")):
        return None
    if unit == "季度" and not found["piece"]:
        return None
    amount, guessed = _amount(found["amount"])
    amount += 0.5 * bool(found["half"] and found["amount"] != "半") + 0.5 * bool((found["tail"] or "").startswith("半"))
    vague = guessed or bool(found["upto"] or found["more"] or found["more2"]) or (found["tail"] or "").startswith("多")
    return _measured(amount, unit, found.end(), vague)


_DAY_OF_WEEK_AT = Pattern(WEEKDAY)


def _names_a_weekday(text: str, stop: int) -> bool:
    """再一个礼拜六下午: the numeral behind belongs to the day, so that no week was counted."""
    found = _DAY_OF_WEEK_AT.match(text, stop)
    if found is None or not counts_days(text, found.end()):
        return False
    return text[found.end() : found.end() + 1] not in ("起", "直", "定", "共")


def _amount(said: str) -> tuple[float, bool]:
    """The number that was said, and whether it was a guess (几, 两三)."""
    if said == "半":
        return 0.5, False
    if "." in said or said.isdecimal():
        return float(said), False
    if said.endswith("几"):
        return (number(tens) if (tens := said.rstrip("几")) else 0) + _FEW, True
    said = said.replace("几", "三").replace("俩", "两").replace("仨", "三")
    if consecutive(said):
        return number(said[-1]), True
    return number(said), False


def _measured(amount: float, unit: str, stop: int, vague: bool) -> Length:
    if unit in _SECONDS:
        return Length(stop=stop, seconds=amount * _SECONDS[unit], approximate=vague)
    if unit in ("工作日", "交易日"):
        return Length(stop=stop, working_days=int(amount), approximate=vague)
    if unit in _DAYS:
        return _in_days(amount * _DAYS[unit], stop, vague)
    months = amount * _MONTHS[unit]
    return Length(stop=stop, months=int(months), days=15 if months % 1 else 0, approximate=vague)


def _in_days(days: float, stop: int, vague: bool) -> Length:
    whole = int(days)
    return Length(stop=stop, days=whole, seconds=(days - whole) * 86_400, approximate=vague)


def shifted(now: datetime, length: Length, sign: int) -> datetime:
    """`now` moved by `length`, ahead for a `sign` of 1, back for -1; hours and minutes are true elapsed time."""
    moved_day = add_months(now.date(), sign * length.months) + timedelta(days=sign * int(length.days))
    if length.working_days:
        moved_day = add_working_days(moved_day, sign * min(length.working_days, 2_000))
    moved = datetime.combine(moved_day, now.timetz())
    if not length.seconds:
        return moved
    return (moved.astimezone(UTC) + sign * timedelta(seconds=length.seconds)).astimezone(now.tzinfo)
