"""Weeks, months, quarters and years in English: next month, Q4 2026, this weekend, March."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.english_words import (
    FLAGS,
    MONTH,
    MONTHS,
    whole,
)
from intents.times.holidays import add_working_days
from intents.times.narrowing import half_year
from intents.times.stretch import (
    ONE_DAY,
    YEARLY_SLACK,
    Reading,
    Stretch,
    day,
    monday_of,
    month,
    quarter,
    quarter_of,
    week,
    year,
)
from intents.times.weekdays import weekend

MOVE: Final = r"(?P<move>this|the coming|coming|next|the following|following|upcoming|last|past|previous|the|current)"
MOVES: Final = {"next": 1, "the following": 1, "following": 1, "last": -1, "past": -1, "previous": -1}
YEAR: Final = r"(?:,? ?(?:of )?(?P<year>(?:19|20)\d\d)\b(?!:))?"
_MONTH_AT = Pattern(rf"(?:(?P<move>this|next|last|coming) )?(?P<month>{MONTH})\b(?!')\.?{YEAR}", FLAGS)
_TO_MONTH_AT = Pattern(rf" ?(?:-|to|through|thru|until) ?{MONTH}\b", FLAGS)
_PERIOD_AT = Pattern(
    rf"{MOVE} (?P<business>business |working |work )?(?P<unit>week(?!end|day)|weekend|month|quarter|year|day)\b",
    FLAGS,
)
_WEEKEND_AT = Pattern(r"(?:the )?weekend\b", FLAGS)
_QUARTER_AT = Pattern(
    r"(?:q(?P<q>[1-4])|(?:the )?(?P<nth>first|second|third|fourth|1st|2nd|3rd"
    r"|4th) quarter)\b(?:,? ?(?:of )?(?P<year>(?:19|20)\d\d)\b)?",
    FLAGS,
)
_HALF_AT = Pattern(r"(?:the )?(?P<nth>first|second) half (?:of )?(?:the year|(?P<year>(?:19|20)\d\d))\b", FLAGS)
_YEAR_AT = Pattern(r"(?:in |the year |year )(?P<year>(?:19|20)\d\d)\b(?![:/.-]\d)", FLAGS)
_BARE_YEAR_AT = Pattern(r"(?P<year>(?:19|20)\d\d)\b(?![:/.-]\d| ?(?:units?|usd|rmb|pieces?|people|%))", FLAGS)
_YEAR_WORDS_BEFORE = Pattern(r"(?:from|between|before|after|since|until|till|of|to|and|-|by) ?$", FLAGS)


def yearly(of_year: Callable[[int], Stretch], stop: int, reading: Reading) -> Stretch:
    base = reading.now.year
    first = of_year(base)
    return replace(first, stop=stop, again=lambda n: of_year(base + n), period=365, slack=YEARLY_SLACK)


_MONTH_WORDS_BEFORE = Pattern(
    r"(?:in|by|until|since|of|from|to|before|after|during|for|this|next|last|mid|early|late|on|and|end|through|-|till"
    r"|-) ?$",
    FLAGS,
)


def month_name(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _MONTH_AT.match(text, pos)
    if found is None:
        return None
    name = found["month"].lower()
    if found["month"] == "may" and found["year"] is None:
        return None  # this may not work
    bare = found["year"] is None and found["move"] is None and not _opens_range(text, found.end())
    if bare and name in ("may", "march", "mar", "sep", "sun", "jan", "dec") and not (
        found["month"][0].isupper() and _MONTH_WORDS_BEFORE.search(text[max(pos - 8, 0) : pos])
    ):  # fmt: skip
        return None
    which = MONTHS[name]
    if found["year"]:
        return replace(month(int(found["year"]), which), stop=found.end())
    if found["move"] is None:
        return yearly(lambda y: month(y, which), found.end(), reading)
    move = found["move"].lower()
    ahead, behind = which <= reading.now.month, which >= reading.now.month
    shift = 1 if move == "next" and ahead else -1 if move == "last" and behind else 0
    return replace(month(reading.now.year + shift, which), stop=found.end())


def period(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _PERIOD_AT.match(text, pos)
    if found is None:
        weekend_found = _WEEKEND_AT.match(text, pos)
        return None if weekend_found is None else replace(_bare_weekend(reading), stop=weekend_found.end())
    move, unit = found["move"].lower(), found["unit"].lower()
    if move == "the" and unit != "weekend":
        return None
    shift = MOVES.get(move, 0)
    if unit == "day":
        if shift == 0 or (move in ("past", "last") and not found["business"]):
            return None
        target = add_working_days(reading.today, shift) if found["business"] else reading.today + shift * ONE_DAY
        return replace(day(target), stop=found.end())
    return replace(moved_unit(unit, shift, reading), stop=found.end())


def _opens_range(text: str, stop: int) -> bool:
    """March to May: what follows says that March is a month."""
    return _TO_MONTH_AT.match(text, stop) is not None


def _bare_weekend(reading: Reading) -> Stretch:
    monday = monday_of(reading.today)
    return replace(weekend(monday), again=lambda n: weekend(monday + timedelta(days=7 * n)), period=7)


def moved_unit(unit: str, shift: int, reading: Reading) -> Stretch:
    """The week, weekend, month, quarter or year that is `shift` away from the current one."""
    today = reading.today
    monday = monday_of(today) + timedelta(days=7 * shift)
    if unit == "week":
        return week(monday)
    if unit == "weekend":
        return weekend(monday)
    if unit == "month":
        return month(today.year, today.month + shift)
    if unit == "quarter":
        return quarter(today.year, quarter_of(today) + shift)
    return year(today.year + shift)


def quarter_or_half(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _QUARTER_AT.match(text, pos)
    if found is None:
        half = _HALF_AT.match(text, pos)
        if half is None:
            return None
        which_year = year(int(half["year"])) if half["year"] else year(reading.now.year)
        return replace(half_year(which_year, first=half["nth"].lower() == "first"), stop=half.end())
    which = int(found["q"]) if found["q"] else whole(found["nth"])
    if found["year"]:
        return replace(quarter(int(found["year"]), which), stop=found.end())
    return yearly(lambda y: quarter(y, which), found.end(), reading)


def year_alone(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _YEAR_AT.match(text, pos)
    if found is None and _YEAR_WORDS_BEFORE.search(text[max(pos - 9, 0) : pos]):
        found = _BARE_YEAR_AT.match(text, pos)
    return None if found is None else replace(year(int(found["year"])), stop=found.end())
