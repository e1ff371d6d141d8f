"""The parts of the day in Chinese: their hours, and when a task said for one falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of the day in whole hours (24 and more is the next day), and when a task said with it falls due."""

    begin: int
    end: int
    due: int
    evening: int | None = None
    """Hours from this one to 11 are said of the second half of the day; None where 3点 means 3."""


# Where Recognizers-Text and JioNLP differ on a part's borders, the everyday reading stands here.
NIGHT: Final = Part(begin=0, end=6, due=6)
_DAWN: Final = Part(begin=5, end=8, due=8)
_EARLY: Final = Part(begin=6, end=10, due=9)
_MORNING: Final = Part(begin=8, end=12, due=10)
NOON: Final = Part(begin=11, end=13, due=12, evening=1)
_AFTERNOON: Final = Part(begin=12, end=18, due=15, evening=1)
_DUSK: Final = Part(begin=17, end=19, due=18, evening=1)
EVENING: Final = Part(begin=18, end=24, due=20, evening=1)
LATE: Final = Part(begin=22, end=24, due=23, evening=5)
MIDNIGHT: Final = Part(begin=0, end=1, due=0, evening=5)
_DAYLIGHT: Final = Part(begin=6, end=18, due=18)
WHOLE_DAY: Final = Part(begin=0, end=24, due=18)
PARTS: Final[dict[str, Part]] = (
    dict.fromkeys(("凌晨", "后半夜", "下半夜"), NIGHT)
    | dict.fromkeys(("清晨", "黎明", "拂晓", "清早", "大清早", "晨"), _DAWN)
    | dict.fromkeys(("早上", "早晨", "早间", "一早", "一大早", "大早上", "大早", "早"), _EARLY)
    | dict.fromkeys(("上午", "午前", "上半天"), _MORNING)
    | dict.fromkeys(("中午", "正午", "晌午", "午间"), NOON)
    | dict.fromkeys(("下午", "午后", "后晌", "下半天"), _AFTERNOON)
    | dict.fromkeys(("傍晚", "黄昏"), _DUSK)
    | dict.fromkeys(("晚上", "晚间", "大晚上", "夜晚", "上半夜", "前半夜", "晚", "夜里", "夜间", "夜"), EVENING)
    | dict.fromkeys(("深夜", "半夜", "大半夜", "三更半夜"), LATE)
    | {"午夜": MIDNIGHT, "白天": _DAYLIGHT, "全天": WHOLE_DAY, "整天": WHOLE_DAY}
)
ONLY_JOINED: Final = frozenset({"黎明", "拂晓", "早", "晚", "晨", "夜", "夜间", "全天", "整天"})
"""Parts that count only after a day (周三晚) or before an hour (早八点)."""


def part_span(part: Part, day: date, now: datetime) -> tuple[datetime, datetime]:
    """The first instant of `part` on `day`, and the instant after its last."""
    start = datetime.combine(day, time(), tzinfo=now.tzinfo)
    return start + timedelta(hours=part.begin), start + timedelta(hours=part.end)


def part_due(part: Part, day: date, now: datetime) -> datetime:
    """When a task said for `part` of `day` falls due."""
    return datetime.combine(day, time(), tzinfo=now.tzinfo) + timedelta(hours=part.due)
