"""Days in English: next Wednesday, Dec 1st, the 25th, 12/1/2026, two weeks from now, before Christmas."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.english_edges import edge, nth_of
from intents.times.english_lengths import length_at
from intents.times.english_periods import (
    MOVE,
    MOVES,
    YEAR,
    month_name,
    period,
    quarter_or_half,
    year_alone,
    yearly,
)
from intents.times.english_words import (
    FLAGS,
    HOLIDAY,
    HOLIDAYS,
    MONTH,
    MONTHS,
    ORDINAL,
    WEEKDAY,
    WEEKDAYS,
    WHOLE,
    whole,
)
from intents.times.expression import Grain
from intents.times.holidays import add_working_days, holiday, holiday_year
from intents.times.lengths import Length, shifted
from intents.times.numeric_dates import full_year
from intents.times.stretch import (
    HOLIDAY_SLACK,
    Reading,
    Sort,
    Stretch,
    add_months,
    day,
    day_in,
    monday_of,
    month,
    settle,
    week,
)

Rule = Callable[[str, int, Reading], Stretch | None]
_RELATIVE_AT = Pattern(
    r"(?P<later>(?:the )?day after (?:tomorrow|tmrw?))|(?P<earlier>(?:the )?day before yesterday)|(?P<today>today"
    r"|tonight)|(?P<tomorrow>tomorrow|tmrw?|tmr)"
    r"|(?P<yesterday>yesterday|last (?=night\b|evening\b))",
    FLAGS,
)
_WEEKDAY_AT = Pattern(
    rf"(?:on )?(?:{MOVE} )?(?P<day>{WEEKDAY})\b\.?(?!'s|s\b)(?: (?:of )?(?P<week>this|next|last|the following) week)?",
    FLAGS,
)
_IN_SENTENCE = Pattern(r"(?:on|this|next|last|by|before|until|coming|every) $", FLAGS)
_WEEK_DAY_AT = Pattern(rf"(?P<week>this|next|last) week,? (?:on )?(?P<day>{WEEKDAY})\b", FLAGS)
_MONTH_DAY_AT = Pattern(
    rf"(?:on )?(?P<month>{MONTH})(?:\b\.?[ /-]{{0,2}}(?:the )?|(?=\d))(?P<day>{ORDINAL}|\d{{1,2}}(?![\d:%]|\.\d)"
    rf"|{WHOLE})\b(?! ?(?:thousand|hundred|am|pm|a\.m|p\.m|units|%))(?:,? ?(?P<year>(?:19|20)\d\d)\b)?",
    FLAGS,
)
_DAY_MONTH_AT = Pattern(
    rf"(?:on )?(?:the )?(?P<day>{ORDINAL}|\d{{1,2}})(?:\. ?"
    rf"|[ /-])(?:day )?(?:of )?(?P<month>{MONTH})\b\.?(?:[ ,/-]{{1,2}}(?P<year>(?:19|20)\d\d)\b)?",
    FLAGS,
)
_ON_AT = Pattern(
    r"(?:on (?:the )?|for the )(?P<day>\d{1,2})(?= ?(?:$|[,.!?)]| at\b| in\b| to\b| by\b| with\b"
    r"| for\b))(?![.,:/-]?\d)",
    FLAGS,
)
_DAY_AT = Pattern(
    r"(?:on )?(?:the )?(?P<day>\d{1,2}(?:st|nd|rd|th))\b(?! (?:floor|time|quarter|week|month|of|customer|call|year"
    r"|day|street|generation|place|edition|century|monday|tuesday|wednesday|thursday|friday|saturday|sunday))",
    FLAGS,
)
_WEEK_OF_AT = Pattern(r"(?:the )?week (?:of|starting|beginning|commencing)(?: on)? ", FLAGS)
_AFTER_AT = Pattern(
    r" (?:(?P<later>from now|from today|later|after today|hence|out)|(?P<ago>ago|earlier|before now|back"
    r"|before today)|(?P<after>after|from|before) (?:the )?)\b",
    FLAGS,
)
_IN_AT = Pattern(r"in (?:about |around |the next |another )?", FLAGS)


def day_at(text: str, pos: int, reading: Reading) -> Stretch | None:
    """The day or longer period at `pos`."""
    for rule in _RULES:
        found = rule(text, pos, reading)
        if found is not None:
            return settle(found, reading)
    return None


def _relative(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _RELATIVE_AT.match(text, pos)
    if found is None:
        return None
    shift = {"later": 2, "earlier": -2, "today": 0, "tomorrow": 1, "yesterday": -1}[found.lastgroup or "today"]
    stop = found.start() if found[0].lower() == "tonight" else found.end()
    return replace(day(reading.today + timedelta(days=shift)), stop=stop)


def _weekday(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _WEEK_DAY_AT.match(text, pos) or _WEEKDAY_AT.match(text, pos)
    if found is None:
        return None
    if found["day"] in ("sun", "sat") and _IN_SENTENCE.search(text[max(pos - 9, 0) : found.start("day")]) is None:
        return None  # the sun, he sat
    monday, offset = monday_of(reading.today), timedelta(days=WEEKDAYS[found["day"].lower()])
    said = (found["week"] or found.groupdict().get("move") or "").lower()

    def in_week(n: int) -> Stretch:
        return day(monday + timedelta(days=7 * n) + offset, sort=Sort.WEEKDAY)

    if said in ("", "the", "the coming", "coming", "upcoming"):
        return replace(in_week(0), stop=found.end(), again=in_week, period=7)
    return replace(in_week(MOVES.get(said, 0)), stop=found.end())


def _month_day(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _MONTH_DAY_AT.match(text, pos)
    if found is not None and found["month"] == "may" and not found["day"][0].isdigit():
        return None  # it may one day
    found = found or _DAY_MONTH_AT.match(text, pos)
    if found is None:
        return None
    which, number = MONTHS[found["month"].lower()], whole(found["day"])
    if number > 39:
        return None
    if found["year"]:
        return replace(day_in(month(int(found["year"]), which), number), stop=found.end())
    return yearly(lambda y: day_in(month(y, which), number), found.end(), reading)


def _day_of_month(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _DAY_AT.match(text, pos) or _ON_AT.match(text, pos)
    if found is None or not 1 <= (number := whole(found["day"])) <= 31:
        return None
    base = reading.now.year * 12 + reading.now.month - 1

    def in_month(n: int) -> Stretch:
        return replace(day_in(month((base + n) // 12, (base + n) % 12 + 1), number), sort=Sort.DAY_OF_MONTH)

    return replace(in_month(0), stop=found.end(), again=in_month, period=30)


def _week_of(text: str, pos: int, reading: Reading) -> Stretch | None:
    """the week of 14 December."""
    found = _WEEK_OF_AT.match(text, pos)
    inner = day_at(text, found.end(), reading) if found is not None and found.end() < len(text) else None
    if inner is None or inner.grain is not Grain.DAY:
        return None
    return replace(week(monday_of(inner.first)), stop=inner.stop)


def _holiday(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _HOLIDAY_AT.match(text, pos)
    if found is None:
        return None
    name = HOLIDAYS[found["name"].lower()]
    base = int(found["year"]) if found["year"] else holiday_year(name, reading.today)

    def in_year(n: int) -> Stretch | None:
        when = holiday(name, base + n)
        return None if when is None else day(when, sort=Sort.HOLIDAY)

    first = in_year(0)
    if first is None:
        return None
    again = None if found["year"] else in_year
    return replace(first, stop=found.end(), again=again, period=365, slack=HOLIDAY_SLACK)


_HOLIDAY_AT = Pattern(rf"(?:the )?(?P<name>{HOLIDAY})(?: holidays?)?\b{YEAR}", FLAGS)


def _counted(text: str, pos: int, reading: Reading) -> Stretch | None:
    """in two weeks, three days from now, two days after tomorrow, a week ago."""
    prefix = _IN_AT.match(text, pos)
    length = length_at(text, prefix.end() if prefix else pos)
    if length is None or not length.by_day:
        return None
    after = _AFTER_AT.match(text, length.stop)
    if after is None or (prefix is not None and after["after"]):
        stop = length.stop if after is None or after["after"] else after.end()
        return _reached(reading, length, 1, stop) if prefix is not None else None
    if after["after"]:
        return _counted_from(text, after, length, reading)
    return _reached(reading, length, -1 if after["ago"] else 1, after.end())


def _reached(reading: Reading, length: Length, sign: int, stop: int) -> Stretch:
    reached = shifted(reading.now, length, sign).date()
    return replace(day(reached), stop=stop, ago=True, approximate=length.approximate)


def _counted_from(text: str, after: re.Match[str], length: Length, reading: Reading) -> Stretch | None:
    base = day_at(text, after.end(), reading)
    if base is None or base.grain is not Grain.DAY:
        return None
    sign = -1 if after["after"].lower() == "before" else 1
    reached = add_months(base.first, sign * length.months) + timedelta(days=sign * int(length.days))
    if length.working_days:
        reached = add_working_days(reached, sign * length.working_days)
    return replace(day(reached), stop=base.stop, ago=True)


_ISO_AT = Pattern(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_SLASHED_AT = Pattern(
    r"(?:on )?(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?:(?:(?P=sep)|,(?=\d{4}))(?P<y>\d{4}|\d\d))?(?![\d/%]"
    r"|[.:]\d)",
    FLAGS,
)
_FRACTION_AFTER = Pattern(r" ?(?:of|the|cup|th|share|discount|million|percent|stars?|point|%|usd|k\b|m\b)", FLAGS)


def _numeric(text: str, pos: int, reading: Reading) -> Stretch | None:
    """2026-11-25; 12/1 and 12/1/2026 with the month first, as English has it, unless it can't be a month."""
    iso = _ISO_AT.match(text, pos)
    if iso is not None and 1 <= int(iso["m"]) <= 12:
        return replace(day_in(month(int(iso["y"]), int(iso["m"])), int(iso["d"])), stop=iso.end())
    found = _SLASHED_AT.match(text, pos)
    if found is None or _FRACTION_AFTER.match(text, found.end()):
        return None
    if found["y"] is None and found["sep"] != "/" and not found[0].lower().startswith("on "):
        return None
    first, second = int(found["a"]), int(found["b"])
    which, number = (second, first) if first > 12 else (first, second)
    if not 1 <= which <= 12 or not 1 <= number <= 31:
        return None
    if found["y"] is None:
        return yearly(lambda y: day_in(month(y, which), number), found.end(), reading)
    full = full_year(int(found["y"]), len(found["y"]), reading.now.year)
    return replace(day_in(month(full, which), number), stop=found.end()) if full >= 1000 else None


_RULES: Final[tuple[Rule, ...]] = (
    _week_of, edge, nth_of, _numeric, _counted, _relative, _weekday, _month_day, period, quarter_or_half, _holiday,
    _day_of_month, month_name, year_alone,
)  # fmt: skip
