"""Days inside a period in English: end of month, the last working day of March, the first Monday of next month."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from intents.patterns import Lazy as Pattern
from intents.times.english_periods import (
    YEAR,
    month_name,
    moved_unit,
    period,
    quarter_or_half,
    year_alone,
    yearly,
)
from intents.times.english_words import (
    FLAGS,
    MONTH,
    MONTHS,
    ORDINAL,
    WEEKDAY,
    WEEKDAYS,
    whole,
)
from intents.times.expression import Grain
from intents.times.ordinals import nth_unit
from intents.times.stretch import (
    Reading,
    Sort,
    Stretch,
    day,
    day_in,
    days,
    month,
    within,
    year,
)

_THE_PERIOD_AT = Pattern(r"(?:the|this) (?P<unit>week|month|quarter|year)\b", FLAGS)
_FOUR_DIGITS_AT = Pattern(r"(?:19|20)\d\d\b")
_PLAIN_MONTH_AT = Pattern(rf"(?P<month>{MONTH})\b\.?{YEAR}", FLAGS)
_EDGE_AT = Pattern(
    r"(?:by )?(?:the )?(?P<edge>very end|end|beginning|start|middle|mid)(?: of|-)? (?:the |this )?(?=(?P<unit>week"
    r"|month|quarter|year)\b)",
    FLAGS,
)
_EDGE_OF_AT = Pattern(
    r"(?:the )?(?P<edge>end|beginning|start|middle) of (?=\w)|(?P<short>early|late|mid)[ -](?=\w)",
    FLAGS,
)
_SHORT_EDGE_AT = Pattern(r"(?:the )?(?:(?P<unit>week|month|quarter|year)[ -]end\b|eo(?P<letter>[wmqy])\b)", FLAGS)
_NTH_AT = Pattern(
    rf"(?:on )?(?:the )?(?P<nth>{ORDINAL}|last)(?: (?P<business>business|working|work))?(?: (?P<unit>{WEEKDAY}|day"
    r"|week|weekend|month)\b)? (?:of|in) ",
    FLAGS,
)
_NTH_WEEKDAY_AT = Pattern(
    rf"(?:on )?(?:the )?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th) (?P<unit>{WEEKDAY})\b",
    FLAGS,
)


def edge(text: str, pos: int, reading: Reading) -> Stretch | None:
    """end of month, month-end, EOQ, the beginning of next year, mid December."""
    short = _SHORT_EDGE_AT.match(text, pos)
    if short is not None:
        letter = (short["unit"] or short["letter"])[0].lower()
        unit = {"w": "week", "m": "month", "q": "quarter", "y": "year"}[letter]
        if short["unit"] and letter == "w":
            return None
        return replace(_edged(moved_unit(unit, 0, reading), "end"), stop=short.end())
    found = _EDGE_AT.match(text, pos)
    if found is not None:
        container = moved_unit(found["unit"].lower(), 0, reading)
        return replace(_edged(container, found["edge"]), stop=found.end("unit"))
    return _edge_of(text, pos, reading)


def _edge_of(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _EDGE_OF_AT.match(text, pos)
    if found is None:
        return None
    rules = (period, month_name, quarter_or_half, year_alone)
    container = next((c for rule in rules if (c := rule(text, found.end(), reading)) is not None), None)
    if container is None:
        return None
    edge = found["edge"] or {"early": "start", "late": "end-part", "mid": "middle"}[found["short"].lower()]
    inner = within(container, lambda c: _edged(c, edge))
    return None if inner is None else replace(inner, stop=container.stop)


def _edged(container: Stretch, edge: str) -> Stretch:
    """The last calendar day for an end; about a third of the period for its beginning, middle or late part."""
    edge = edge.lower()
    if edge.endswith("end"):
        friday = container.first + timedelta(days=4)
        return day(friday if container.grain is Grain.WEEK else container.last, sort=Sort.DATE)
    length = (container.after - container.first).days
    third = max(length // 3, 1)
    if edge in ("beginning", "start"):
        return days(container.first, container.first + timedelta(days=third), approximate=True, due=container.first)
    middle = container.first + timedelta(days=third)
    if edge.startswith("mid"):
        return days(middle, middle + timedelta(days=third), approximate=True, due=middle + timedelta(days=third // 2))
    return days(middle + timedelta(days=third), container.after, approximate=True)


def nth_of(text: str, pos: int, reading: Reading) -> Stretch | None:
    """the last working day of the month, the first Monday of next month."""
    found = _NTH_AT.match(text, pos)
    if found is None:
        return _nth_weekday(text, pos, reading)
    container = _container(text, found.end(), reading)
    if container is None:
        return None
    if found["unit"] is None:
        return _numbered_day(found, container)
    nth = -1 if found["nth"].lower() == "last" else whole(found["nth"])
    unit, weekday = _chinese_unit(found["unit"].lower(), business=found["business"] is not None)
    inner = within(container, lambda c: nth_unit(c, unit, weekday, nth))
    return None if inner is None else replace(inner, stop=container.stop)


def _nth_weekday(text: str, pos: int, reading: Reading) -> Stretch | None:
    """the second Sunday, of this month."""
    found = _NTH_WEEKDAY_AT.match(text, pos)
    if found is None:
        return None
    _, weekday = _chinese_unit(found["unit"].lower(), business=False)
    inner = nth_unit(month(reading.now.year, reading.now.month), "周", weekday, whole(found["nth"]))
    return None if inner is None else replace(inner, stop=found.end())


def _numbered_day(found: re.Match[str], container: Stretch) -> Stretch | None:
    """the 20th of next month."""
    if container.grain is not Grain.MONTH or found["nth"].lower() == "last":
        return None
    number = whole(found["nth"])
    inner = within(container, lambda c: day_in(c, number))
    return None if inner is None or number > 31 else replace(inner, stop=container.stop)


def _container(text: str, pos: int, reading: Reading) -> Stretch | None:
    the = _THE_PERIOD_AT.match(text, pos)
    if the is not None:
        return replace(moved_unit(the["unit"].lower(), 0, reading), stop=the.end())
    bare_year = _FOUR_DIGITS_AT.match(text, pos)
    if bare_year is not None:
        return replace(year(int(bare_year[0])), stop=bare_year.end())
    plain = _PLAIN_MONTH_AT.match(text, pos)
    if plain is not None:
        which = MONTHS[plain["month"].lower()]
        if plain["year"]:
            return replace(month(int(plain["year"]), which), stop=plain.end())
        return yearly(lambda y: month(y, which), plain.end(), reading)
    return period(text, pos, reading)


def _chinese_unit(unit: str, *, business: bool) -> tuple[str, str | None]:
    """The unit's name and weekday as the shared arithmetic knows them."""
    if unit in WEEKDAYS:
        return "周", "一二三四五六日"[WEEKDAYS[unit]]
    names = {"day": "工作日" if business else "天", "week": "周", "weekend": "周末", "month": "月"}
    return names[unit], None
