"""Recurring times in English: every Monday at 9, every other Friday, weekly on Tuesdays."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.daytime import Clock
from intents.times.english_clock import TO_AT, clock_at, clock_behind
from intents.times.english_words import FLAGS, ORDINAL, WEEKDAY, WEEKDAYS, whole
from intents.times.phrase import Phrase
from intents.times.recurrence import occurring
from intents.times.rules import WORKDAYS, Rule
from intents.times.stretch import Reading

_FROM_AT = Pattern(r",? (?:from|between) ", FLAGS)
_EVERY_AT = Pattern(
    r"(?:every ?|each |once an? )(?:(?P<other>other|second)|(?P<count>\d{1,2}|two|three|four"
    r"|six))?\s?(?P<unit>working day|business day|workday|weekday|weekend|day|morning|afternoon|evening|night|weeks?"
    rf"|months?|quarters?|years?|hours?|{WEEKDAY})s?\b",
    FLAGS,
)
_ADVERB_AT = Pattern(r"(?P<word>daily|weekly|monthly|quarterly|yearly|annually|bi-?weekly|fortnightly)\b", FLAGS)
_NOUN_AT = Pattern(r" (?:report|call|meeting|sync|review|update|sales|newsletter|target|basis)", FLAGS)
_PLURAL_AT = Pattern(rf"(?:on )?(?P<day>{WEEKDAY})s\b", FLAGS)
_MORE_DAYS_AT = Pattern(rf"(?:,? (?:and|or) |, ?|/)(?P<day>{WEEKDAY})s?\b", FLAGS)
_ON_DAY_AT = Pattern(rf" on (?:the )?(?:(?P<weekday>{WEEKDAY})s?|(?P<nth>{ORDINAL})|(?P<last>last) day)\b", FLAGS)
_THE_LAST_AT = Pattern(
    rf"(?:the )?(?P<nth>{ORDINAL}|last) (?P<unit>(?:business |working )?day|{WEEKDAY}) of (?:every|each"
    r"|the) (?P<period>month|quarter)\b",
    FLAGS,
)
_FREQUENCIES: Final = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY", "hour": "HOURLY"}
_ADVERBS: Final = {"daily": ("DAILY", 1), "weekly": ("WEEKLY", 1), "monthly": ("MONTHLY", 1),
                   "quarterly": ("MONTHLY", 3), "yearly": ("YEARLY", 1), "annually": ("YEARLY", 1),
                   "biweekly": ("WEEKLY", 2), "bi-weekly": ("WEEKLY", 2), "fortnightly": ("WEEKLY", 2)}  # fmt: skip
_PART_OF: Final = {"morning": "in the morning", "afternoon": "in the afternoon", "evening": "in the evening",
                   "night": "in the evening"}  # fmt: skip


def recurrence_at(text: str, pos: int, reading: Reading) -> Phrase | None:
    found = _every(text, pos) or _adverb(text, pos) or _plural(text, pos) or _last_of_every(text, pos)
    if found is None:
        return None
    rule, stop, part = found
    clock = clock_at(part, 0, introduced=False) if part else None
    behind = clock_behind(text, stop) or _hours_from(text, stop)
    if behind is not None:
        clock, stop = behind, behind.stop
    elif clock is not None:
        clock = replace(clock, stop=stop)
    until = None
    joint = TO_AT.match(text, stop) if clock is not None and clock.hour is not None else None
    if joint is not None and joint.end() < len(text):
        until = clock_at(text, joint.end(), introduced=True)
        stop = until.stop if until is not None else stop
    return occurring(rule, clock, until, pos, stop, reading)


def _hours_from(text: str, pos: int) -> Clock | None:
    """every Monday| from 9 to 11: the first hour."""
    found = _FROM_AT.match(text, pos)
    return None if found is None else clock_at(text, found.end(), introduced=True)


def _every(text: str, pos: int) -> tuple[Rule, int, str] | None:
    found = _EVERY_AT.match(text, pos)
    if found is None:
        return None
    interval = 2 if found["other"] else whole(found["count"]) if found["count"] else 1
    unit = found["unit"].lower()
    if unit in WEEKDAYS:
        return _more_days(text, Rule(frequency="WEEKLY", interval=interval, weekdays=(WEEKDAYS[unit],)), found.end())
    if unit in ("working day", "business day", "workday", "weekday"):
        return Rule(frequency="WEEKLY", weekdays=WORKDAYS), found.end(), ""
    if unit == "weekend":
        return Rule(frequency="WEEKLY", weekdays=(5, 6)), found.end(), ""
    if unit in _PART_OF:
        return Rule(frequency="DAILY", interval=interval), found.end(), _PART_OF[unit]
    unit = unit.rstrip("s")
    rule = Rule(frequency="MONTHLY", interval=3 * interval) if unit == "quarter" else Rule(
        frequency=_FREQUENCIES[unit], interval=interval)  # fmt: skip
    return _on_day_behind(text, rule, found.end())


def _more_days(text: str, rule: Rule, stop: int) -> tuple[Rule, int, str]:
    weekdays = list(rule.weekdays)
    while (more := _MORE_DAYS_AT.match(text, stop)) is not None:
        weekdays.append(WEEKDAYS[more["day"].lower()])
        stop = more.end()
    return replace(rule, weekdays=tuple(sorted(set(weekdays)))), stop, ""


def _on_day_behind(text: str, rule: Rule, stop: int) -> tuple[Rule, int, str]:
    """every month on the 1st, weekly on Friday."""
    found = _ON_DAY_AT.match(text, stop)
    if found is None:
        return rule, stop, ""
    if found["weekday"]:
        return replace(rule, weekdays=(WEEKDAYS[found["weekday"].lower()],)), found.end(), ""
    return replace(rule, month_days=(-1 if found["last"] else whole(found["nth"]),)), found.end(), ""


def _adverb(text: str, pos: int) -> tuple[Rule, int, str] | None:
    found = _ADVERB_AT.match(text, pos)
    if found is None or _NOUN_AT.match(text, found.end()):
        return None
    frequency, interval = _ADVERBS[found["word"].lower()]
    return _on_day_behind(text, Rule(frequency=frequency, interval=interval), found.end())


def _plural(text: str, pos: int) -> tuple[Rule, int, str] | None:
    found = _PLURAL_AT.match(text, pos)
    if found is None or found["day"].lower() in ("sun", "wed", "sat"):
        return None
    return _more_days(text, Rule(frequency="WEEKLY", weekdays=(WEEKDAYS[found["day"].lower()],)), found.end())


def _last_of_every(text: str, pos: int) -> tuple[Rule, int, str] | None:
    """the last Friday of every month, the first working day of each month."""
    found = _THE_LAST_AT.match(text, pos)
    if found is None or " of the " in found[0].lower():
        return None
    nth = -1 if found["nth"].lower() == "last" else whole(found["nth"])
    interval = 3 if found["period"].lower() == "quarter" else 1
    unit = found["unit"].lower()
    if unit == "day":
        return Rule(frequency="MONTHLY", interval=interval, month_days=(nth,)), found.end(), ""
    weekdays = (WEEKDAYS[unit],) if unit in WEEKDAYS else WORKDAYS
    return Rule(frequency="MONTHLY", interval=interval, weekdays=weekdays, position=nth), found.end(), ""
