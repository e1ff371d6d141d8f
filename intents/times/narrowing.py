"""What may follow a period to name a shorter one inside it: 明年|三月, 三月|下旬, 下周|三, 四季度|最后一个工作日."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.expression import Grain
from intents.times.named_days import holiday_after, lunar_day_after, season_after
from intents.times.numerals import DAY, MONTH, REAL_DAY, number
from intents.times.ordinals import OF, Narrower, Step, ordinal, several
from intents.times.stretch import (
    ONE_DAY,
    Sort,
    Stretch,
    day,
    day_in,
    days,
    month,
    months,
    quarter,
    within,
)
from intents.times.weekdays import WEEKDAY, WEEKDAYS, counts_days, weekend

JOINED_TO: Final = r"(?:到|至|-{1,2}|~|、|,|和)"
_MONTH_AT = Pattern(rf"{OF}(?P<month>{MONTH})(?:月(?!饼|报)份?|(?={JOINED_TO}{MONTH}月))")
_QUARTER_AT = Pattern(
    rf"{OF}(?:第?(?P<quarter>[一二三四1-4首])个?(?:季度|季(?=[末初底]))|[Qq](?P<q>[1-4])(?!\d)(?:季度?)?)"
)
_HALF_AT = Pattern(rf"{OF}(?P<half>[上下前后])半年")
_YEAR_EDGE_AT = Pattern(
    rf"{OF}年?(?P<edge>初|伊始|底|末|尾|终(?!奖|总|评)|中(?!国|间|心|秋|旬|午|标|信|央|移|铁|建|石|海))"
)
_QUARTER_EDGE_AT = Pattern(rf"{OF}(?P<edge>初|末|底|中(?!国|间|心|秋|旬|午|标))")
_MONTH_EDGE_AT = Pattern(
    rf"{OF}(?P<edge>上旬|中旬|下旬|月?(?:初(?![一二三四五六七八九十步次期级中])|底|末|尾)|月中|中(?=$|[,。前后之以])"
    r"|上半月|下半月)"
)
_DAY_AT = Pattern(
    rf"{OF}(?P<day>{DAY})(?:[日号](?!线|楼|店)|(?={JOINED_TO}{REAL_DAY}[日号]))|(?P<bare>{DAY})(?=$"
    r"|[\s,.;!?、。~\-)(到至上下中早晚凌前之以周星礼])(?!\.\d)"
)
_SPOKEN_DAY_AT = Pattern(
    r"(?P<bare>[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]|[12]\d|3[01])"
    r"(?![\d.:/%,万千百亿元块台套件个只支吨箱份单人家条款项次年月天周点时分秒楼层米公斤升折倍批度几多来-])"
)
_WEEKDAY_AT = Pattern(rf"(?:的?(?:周|星期|礼拜))?(?P<day>{WEEKDAY})|(?:的?周)?(?P<edge>末|初|中(?=$|[,。前后之以]))")
_WEEKDAY_OF_AT = Pattern(rf"的(?:周|星期|礼拜)(?P<day>{WEEKDAY})")


def narrow(text: str, stretch: Stretch) -> Stretch | None:
    """The shorter period that the text goes on to name inside `stretch`, if it does."""
    for narrower in _NARROWERS.get(stretch.grain, ()):
        found = narrower(text, stretch.stop, stretch)
        if found is not None:
            stop, step = found
            inner = within(stretch, step)
            return None if inner is None else replace(inner, stop=stop)
    return None


def _month_of_year(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _MONTH_AT.match(text, pos)
    if found is None or not 1 <= (which := number(found["month"])) <= 12:
        return None
    return found.end(), lambda year: month(year.first.year, which)


def _quarter_of_year(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _QUARTER_AT.match(text, pos)
    if found is None:
        return None
    said = found["quarter"] or found["q"]
    which = 1 if said == "首" else number(said)
    return found.end(), lambda year: quarter(year.first.year, which)


def _half_of_year(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _HALF_AT.match(text, pos)
    if found is None:
        return None
    first = found["half"] in "上前"
    return found.end(), lambda year: half_year(year, first=first)


def half_year(year: Stretch, *, first: bool) -> Stretch:
    """The first or second half of `year`."""
    half = months(year.first.year, 1, 6) if first else months(year.first.year, 7, 12)
    return replace(half, grain=Grain.QUARTER)


def _edge_of_year(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _YEAR_EDGE_AT.match(text, pos)
    if found is None:
        return None
    edge = found["edge"]
    if edge == "初":
        return found.end(), lambda year: replace(months(year.first.year, 1, 2), approximate=True, due=year.first)
    if edge == "伊始":
        return found.end(), lambda year: replace(month(year.first.year, 1), approximate=True, due=year.first)
    if edge == "中":
        return found.end(), lambda year: replace(month(year.first.year, 6), approximate=True)
    return found.end(), _last_day


def _last_day(container: Stretch) -> Stretch:
    return day(container.last, sort=Sort.DATE)


def _edge_of_quarter(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _QUARTER_EDGE_AT.match(text, pos)
    if found is None:
        return None
    if found["edge"] in "末底":
        return found.end(), _last_day
    which = 0 if found["edge"] == "初" else 1
    return found.end(), lambda q: _month_of_quarter(q, which)


def _month_of_quarter(container: Stretch, which: int) -> Stretch:
    inside = month(container.first.year, container.first.month + which)
    return replace(inside, approximate=True, due=inside.first if which == 0 else None)


def _edge_of_month(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _MONTH_EDGE_AT.match(text, pos)
    if found is None:
        return None
    edge = found["edge"].removeprefix("月") or "月"
    if edge in ("底", "末", "尾"):
        return found.end(), _last_day
    begin, stop, due = _MONTH_PARTS[edge]
    return found.end(), lambda m: _part_of_month(m, begin, stop, due)


_MONTH_PARTS: Final = {"上旬": (1, 10, 10), "中旬": (11, 20, 20), "下旬": (21, 31, 31), "初": (1, 5, 1),
                       "中": (11, 20, 15), "上半月": (1, 15, 15), "下半月": (16, 31, 31)}  # fmt: skip
"""First and last day, and the day that a task so dated is due on."""


def _part_of_month(container: Stretch, begin: int, stop: int, due: int) -> Stretch:
    def on(number_: int) -> timedelta:
        return timedelta(days=min(number_, (container.after - container.first).days) - 1)

    first = container.first
    return days(first + on(begin), first + on(stop) + ONE_DAY, approximate=True, due=first + on(due))


def _day_of_month(text: str, pos: int, container: Stretch) -> tuple[int, Step] | None:
    if (container.after - container.first).days > 31:
        return None
    found = _DAY_AT.match(text, pos) or _SPOKEN_DAY_AT.match(text, pos)
    if found is None:
        return None
    which = number(found.groupdict().get("day") or found["bare"])
    if which > 39:
        return None
    return found.end(), lambda m: day_in(m, which)


def _day_of_week(text: str, pos: int, _: Stretch) -> tuple[int, Step] | None:
    found = _WEEKDAY_AT.match(text, pos)
    if found is None or (found["day"] and not counts_days(text, found.end())):
        return None
    if found["day"]:
        offset = timedelta(days=WEEKDAYS[found["day"]])
        return found.end(), lambda w: day(w.first + offset, sort=Sort.WEEKDAY)
    if found["edge"] == "末":
        return found.end(), lambda w: weekend(w.first)
    offset = timedelta(days=0 if found["edge"] == "初" else 2)
    return found.end(), lambda w: replace(day(w.first + offset, sort=Sort.WEEKDAY), approximate=True)


def _weekday_of_a_day(text: str, pos: int, container: Stretch) -> tuple[int, Step] | None:
    """两周后的周三: the Wednesday of the week that is reached."""
    found = _WEEKDAY_OF_AT.match(text, pos) if container.ago else None
    if found is None:
        return None
    offset = timedelta(days=WEEKDAYS[found["day"]])
    return found.end(), lambda d: day(d.first - timedelta(days=d.first.weekday()) + offset, sort=Sort.WEEKDAY)


_NARROWERS: Final[dict[Grain, tuple[Narrower, ...]]] = {
    Grain.YEAR: (
        lunar_day_after, _month_of_year, _quarter_of_year, _half_of_year, ordinal, several, _edge_of_year,
        holiday_after, season_after,
    ),
    Grain.QUARTER: (_edge_of_quarter, ordinal, several),
    Grain.MONTH: (_edge_of_month, _day_of_month, ordinal, several),
    Grain.WEEK: (_day_of_week, ordinal, several),
    Grain.DAY: (_weekday_of_a_day,),
}  # fmt: skip
