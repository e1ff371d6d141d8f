"""Parts of the day and hours in Chinese: 早上, 下午三点一刻, 差五分三点, 15:30, 3pm."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.numerals import consecutive, number
from intents.times.parts import EVENING, LATE, MIDNIGHT, NIGHT, NOON, ONLY_JOINED, PARTS, Part

_SAME_DATE: Final = (LATE,)
"""半夜一点 keeps the date; 晚上一点 is already the next."""
OFFICE_HOURS: Final = range(1, 7)
"""In office talk 1点 to 6点 are in the afternoon unless a part of the day is said."""
_PART = "|".join(sorted(PARTS, key=len, reverse=True))
_HOUR = r"(?:\d{1,2}|二?十[一二三四五六七八九]?|[零一二两三四五六七八九]{1,2})"
_MINUTE = r"(?:[0-5]?\d|[二三四五]?十[一二三四五六七八九]?|[零一二三四五六七八九])"
_SHARED = rf"(?=(?:到|至|-|~|、|,){_HOUR}[点时])"
_PART_AT = Pattern(rf"(?:{_PART})(?![些于点])")
_POINT_AT = Pattern(
    rf"(?P<hour>{_HOUR})(?:(?:点钟?|时(?![间候光段代长常期机刻]))"
    rf"(?:(?P<half>半)|(?P<quarters>[一二三123])刻钟?|差(?P<lacking>{_MINUTE})分|差(?P<lackquarter>一)刻|整|多"
    rf"|(?:过|零)?(?P<minute>{_MINUTE})(?:分钟?)?(?:(?P<second>{_MINUTE})秒钟?)?)?|{_SHARED})"
)
_LACKING_AT = Pattern(rf"差(?:(?P<lacking>{_MINUTE})分钟?|(?P<quarter>一)刻钟?)(?:到)?(?P<hour>{_HOUR})点钟?")
_DIGITAL_AT = Pattern(
    r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:])(?:[点时分])?"
    r"(?: ?(?P<half>[ap])\.?m(?:\.|(?![a-z])))?",
    re.I,
)
_HALF_DAY_AT = Pattern(r"(?P<hour>\d{1,2})(?:\.(?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m(?:\.|(?![a-z]))", re.I)
_EVENT_AT = Pattern(r"(?P<event>下班|收工|上班|午饭|午休|晚饭|早会|收盘|开盘)(?=之?以?[前后]|时)")
_EVENTS: Final = {"下班": (18, 0), "收工": (18, 0), "上班": (9, 0), "早会": (9, 0), "午饭": (12, 0), "午休": (12, 0),
                  "晚饭": (18, 0), "开盘": (9, 30), "收盘": (15, 0)}  # fmt: skip
"""下班前 is 18:00 by the product's rule; the others follow customary office hours."""
# 一点都不, 两点建议, 降三点, 三点五万: a number with 点 that is no hour, by what stands beside it.
_NOT_BEFORE = Pattern(r"(?:[有这那几第降涨让返高低多少加减提快差慢超]|[降涨让返加减提]了)$")
_COUNTED_AFTER = Pattern(
    r"(?:要求|建议|意见|原因|说明|需要|需求|内容|问题|好处|优势|疑问|想法|不同|理由|注意|声明|补充|体会|总结|结论"
    r"|共识|[:.])"
)
_ONE_AFTER = Pattern(r"(?:提醒|叫|喊|开会|见|出发|开始|打|约|到|前|后|之|以|来|在|我|[,。]|-|~|至|左右|$)")
_ONE_BEFORE = Pattern(r"(?:[在于改到约定\-~至]|^)$")
_MEASURE = Pattern(r"[万亿千倍折%元块米级个版寸吨度台套]|公里|百分|分之")
_DECIMAL = Pattern(r"[零一二三四五六七八九]+$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """What was said of the time of day: a part, or an hour from 0 to 24 with or without a part."""

    stop: int
    part: Part | None = None
    hour: int | None = None
    minute: int = 0
    second: int = 0
    settled: bool = False
    """The half of the day is beyond doubt: 15:30, 3pm, 05:00."""
    until: int | None = None
    exists: bool = True
    approximate: bool = False
    event: bool = False


def part_at(text: str, pos: int, *, joined: bool) -> tuple[Part, int] | None:
    """The part of the day that begins at `pos`, and where it ends; single characters only if `joined` to a day."""
    found = _PART_AT.match(text, pos)
    if found is None or (not joined and found[0] in ONLY_JOINED):
        return None
    return PARTS[found[0]], found.end()


def clock_at(text: str, pos: int, *, joined: bool = False, known_part: Part | None = None) -> Clock | None:
    """The time of day at `pos`; `joined` when a day stands directly before it, `known_part` when that said 今晚."""
    begin, part = pos, known_part
    found = _PART_AT.match(text, pos)
    if found is not None:
        part, pos = PARTS[found[0]], found.end() + text.startswith("的", found.end())
    clock = _hour_at(text, pos, bare=part is None and not joined)
    if clock is not None:
        return clock if part is None else replace(clock, part=part)
    if found is None:
        return None
    plain = part_at(text, begin, joined=joined)
    return None if plain is None else Clock(stop=plain[1], part=plain[0])


def _hour_at(text: str, pos: int, *, bare: bool) -> Clock | None:
    return (
        _digital_at(text, pos)
        or _spoken_at(text, pos, bare=bare)
        or _half_day_at(text, pos)
        or _lacking_at(text, pos)
        or _event_at(text, pos)
    )


def _digital_at(text: str, pos: int) -> Clock | None:
    found = _DIGITAL_AT.match(text, pos)
    if found is None or _is_ratio(text, pos, found.end()):
        return None
    hour = int(found["hour"])
    if hour > 29:
        return None
    half = found["half"]
    return Clock(
        stop=found.end(), hour=_half_day(hour, half), minute=int(found["minute"]), second=int(found["second"] or 0),
        settled=bool(half) or found["hour"].startswith("0") or hour > 12, exists=hour <= 24,
    )  # fmt: skip


def _is_ratio(text: str, begin: int, stop: int) -> bool:
    before = text[max(begin - 2, 0) : begin]
    return before.endswith(("按", "比例", "比")) or text.startswith(("的比例", "比例", "稀释", "配比"), stop)


def _half_day_at(text: str, pos: int) -> Clock | None:
    found = _HALF_DAY_AT.match(text, pos)
    if found is None or int(found["hour"]) > 24:
        return None
    hour = _half_day(int(found["hour"]), found["half"])
    return Clock(stop=found.end(), hour=hour, minute=int(found["minute"] or 0), settled=True)


def _half_day(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half in "pP" else 0)


def _spoken_at(text: str, pos: int, *, bare: bool) -> Clock | None:
    found = _POINT_AT.match(text, pos)
    if found is None:
        return None
    said = found["hour"]
    if _is_decimal(text, found):
        return None if bare or found["minute"] is None else Clock(stop=found.start("minute"), hour=number(said))
    if bare and _is_count(text, found):
        return None
    if consecutive(said):
        return Clock(stop=found.end(), hour=number(said[0]), until=number(said[1]), approximate=True)
    hour = number(said)
    if hour > 29 and not found["minute"]:
        return None
    minute = _minutes(found)
    hour, minute = (hour - 1, minute + 60) if minute < 0 else (hour, minute)
    return Clock(
        stop=found.end(), hour=hour, minute=minute, second=number(found["second"] or "零"),
        settled=hour > 12 or said in ("零", "0", "00"), exists=hour <= 24, approximate=found[0].endswith("多"),
    )  # fmt: skip


def _minutes(found: re.Match[str]) -> int:
    if found["half"]:
        return 30
    if found["quarters"]:
        return 15 * number(found["quarters"])
    if found["lacking"]:
        return -number(found["lacking"])
    if found["lackquarter"]:
        return -15
    return number(found["minute"]) if found["minute"] else 0


def _lacking_at(text: str, pos: int) -> Clock | None:
    found = _LACKING_AT.match(text, pos)
    if found is None:
        return None
    lacking = 15 if found["quarter"] else number(found["lacking"])
    hour = number(found["hour"])
    return Clock(stop=found.end(), hour=(hour or 24) - 1, minute=60 - lacking, exists=hour <= 24)


def _event_at(text: str, pos: int) -> Clock | None:
    found = _EVENT_AT.match(text, pos)
    if found is None:
        return None
    hour, minute = _EVENTS[found["event"]]
    return Clock(stop=found.end(), hour=hour, minute=minute, settled=True, event=True)


def _is_decimal(text: str, found: re.Match[str]) -> bool:
    """三点五, 三点五万, 二十七点三: digits after 点 that are no minutes, or a measure after it all."""
    if "点" not in found[0]:
        return False
    said = found["minute"]
    if not said or found[0].endswith(("分", "秒", "钟")):
        return False
    if _MEASURE.match(text, found.end()):
        return True
    if said.isdecimal():
        return len(said) == 1 or text[found.end() : found.end() + 1].isdecimal()
    return _DECIMAL.match(said) is not None and f"零{said}" not in found[0] and f"过{said}" not in found[0]


def _is_count(text: str, found: re.Match[str]) -> bool:
    """两点建议, 降三点, 有一点: points that are counted. Asked only of an hour that nothing else supports."""
    if not found[0].endswith("点"):
        return found[0].startswith("一时") or (
            "点" not in found[0] and "时" not in found[0] and text[found.end()] in "、,"
        )
    before, after = text[max(found.start() - 2, 0) : found.start()], found.end()
    if found["hour"] == "一":
        return _ONE_BEFORE.search(before) is None or _ONE_AFTER.match(text, after) is None
    if _COUNTED_AFTER.match(text, after):
        return True
    return _NOT_BEFORE.search(before) is not None


def moment(clock: Clock, day: date, now: datetime) -> datetime:
    """The instant that `clock`, which says an hour, means on `day`."""
    hour = 0 if clock.hour is None else clock.hour
    return _at(day, _hour_of_day(hour, clock), clock, now)


def moment_after(clock: Clock, floor: datetime) -> datetime:
    """The first instant after `floor` that `clock` can mean: in 下午三点到四点 the second hour follows the first."""
    if clock.settled or clock.part is not None or clock.hour is None:
        when = moment(clock, floor.date(), floor)
        return when if when > floor else when + timedelta(days=1)
    readings = (_at(floor.date(), clock.hour % 12 + shift, clock, floor) for shift in (0, 12, 24, 36))
    return next(reading for reading in readings if reading > floor)


def _at(day: date, hour: int, clock: Clock, now: datetime) -> datetime:
    start = datetime.combine(day, time(), tzinfo=now.tzinfo)
    return start + timedelta(hours=min(hour, 48), minutes=clock.minute, seconds=clock.second)


def _hour_of_day(hour: int, clock: Clock) -> int:
    part = clock.part
    if clock.settled or hour > 12:
        return hour
    if part is None:
        return hour + 12 if hour in OFFICE_HOURS else hour
    if hour == 12:
        return _twelve(part)
    if part is EVENING and 1 <= hour <= 3:
        return hour + 24
    if part is NOON and hour >= 10:
        return hour
    return hour + 12 if part.evening is not None and hour >= part.evening else hour


def _twelve(part: Part) -> int:
    if part is EVENING or part in _SAME_DATE or part is MIDNIGHT:
        return 24
    return 0 if part is NIGHT else 12
