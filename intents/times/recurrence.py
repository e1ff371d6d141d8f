"""Recurring times in Chinese: 每周一早上九点, 每两周一次周五下午, 每月1号和15号, 每个工作日, 每季度末, 隔周."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from intents.patterns import Lazy as Pattern
from intents.times.days import day_at
from intents.times.daytime import Clock, clock_at, moment, moment_after
from intents.times.expression import Grain, Kind
from intents.times.parts import part_due, part_span
from intents.times.phrase import Phrase, midnight
from intents.times.rule_words import rule_at
from intents.times.rules import Rule
from intents.times.stretch import ONE_DAY, Reading, Sort, quarter, quarter_of

_JOINT_AT = Pattern(r"[,的、]?(?:在|于)?")
_TO_AT = Pattern(r"到|至|-{1,2}|~")
_UNTIL_AT = Pattern(r",?(?:一直|直)?(?:持续)?(?:到|至)")
_UNTIL_END_AT = Pattern(r"为止|结束|止")


def recurrence_at(text: str, pos: int, reading: Reading) -> Phrase | None:
    """The recurring time that begins at `pos`; its `start` is the first occurrence that is not over."""
    found = rule_at(text, pos, reading)
    if found is None:
        return None
    rule, stop = found
    clock_begin = _after_joint(text, stop)
    clock = clock_at(text, clock_begin, joined=clock_begin == stop) if clock_begin < len(text) else None
    until_clock, stop = (None, stop) if clock is None else _second_clock(text, clock)
    phrase = occurring(rule, clock, until_clock, pos, stop, reading)
    return _until(text, phrase, reading)


def _after_joint(text: str, stop: int) -> int:
    joint = _JOINT_AT.match(text, stop)
    return stop if joint is None else joint.end()


def _second_clock(text: str, clock: Clock) -> tuple[Clock | None, int]:
    joint = _TO_AT.match(text, clock.stop)
    second = clock_at(text, joint.end()) if joint is not None and joint.end() < len(text) else None
    return (None, clock.stop) if second is None or second.hour is None else (second, second.stop)


def occurring(rule: Rule, clock: Clock | None, until: Clock | None, begin: int, stop: int, reading: Reading) -> Phrase:
    """The phrase for `rule` at `clock`, standing on its first occurrence that is not over."""
    day = _first_day(rule, reading.today)
    for _ in range(3):
        phrase = _on(rule, day, clock, until, begin, stop, reading)
        if (phrase.start if phrase.has_hour else phrase.end) >= reading.now:
            break
        day = rule.next_day(day) if rule.interval == 1 or rule.frequency == "DAILY" else _first_day(rule, day + ONE_DAY)
    return phrase


def _first_day(rule: Rule, since: date) -> date:
    """A rule over quarters stands on the edge of a quarter, not on any month's."""
    if rule.frequency == "MONTHLY" and rule.interval == 3 and rule.month_days in ((1,), (-1,)):
        for n in range(3):
            around = quarter(since.year, quarter_of(since) + n)
            day = around.first if rule.month_days == (1,) else around.last
            if day >= since:
                return day
    return rule.first_day(since)


def _on(
    rule: Rule, day: date, clock: Clock | None, until: Clock | None, begin: int, stop: int, reading: Reading
) -> Phrase:
    now = reading.now
    if rule.frequency in ("HOURLY", "MINUTELY") and clock is None:
        step = timedelta(hours=rule.interval) if rule.frequency == "HOURLY" else timedelta(minutes=rule.interval)
        return _phrase(rule, now + step, now + step, Grain.MINUTE, begin, stop, has_hour=True)
    if clock is None:
        start, end = midnight(day, now), midnight(day + ONE_DAY, now)
        return _phrase(rule, start, end, Grain.DAY, begin, stop, has_hour=False)
    if clock.hour is None and clock.part is not None:
        start, end = part_span(clock.part, day, now)
        phrase = _phrase(rule, start, end, Grain.PART_OF_DAY, begin, max(stop, clock.stop), has_hour=False)
        return replace(phrase, due=part_due(clock.part, day, now))
    start = moment(clock, day, now)
    end = start if until is None else moment_after(until, start)
    phrase = _phrase(rule, start, end, Grain.MINUTE, begin, max(stop, clock.stop), has_hour=True)
    return replace(phrase, clock=clock, exists=clock.exists)


def _phrase(
    rule: Rule, start: datetime, end: datetime, grain: Grain, begin: int, stop: int, *, has_hour: bool
) -> Phrase:
    return Phrase(
        begin=begin, stop=stop, start=start, end=end, grain=grain, kind=Kind.RECURRENCE, has_hour=has_hour,
        rule=rule,
    )  # fmt: skip


def _until(text: str, phrase: Phrase, reading: Reading) -> Phrase:
    """…到月底为止: the last day of the series."""
    joint = _UNTIL_AT.match(text, phrase.stop)
    if joint is None or joint.end() >= len(text):
        return phrase
    last = day_at(text, joint.end(), reading)
    if last is None or last.last < phrase.start.date():
        return phrase
    closing = _UNTIL_END_AT.match(text, last.stop)
    stop = last.stop if closing is None else closing.end()
    return replace(phrase, stop=stop, rule_until=last.last)


def started(phrase: Phrase, since: date) -> Phrase:
    """`phrase` with its first occurrence on or after `since`."""
    assert phrase.rule is not None
    old = phrase.start.date()
    shift = _first_day(phrase.rule, max(old, since)) - old
    due = None if phrase.due is None else phrase.due + shift
    return replace(phrase, start=phrase.start + shift, end=phrase.end + shift, due=due)


def completed(phrase: Phrase, point: Phrase, reading: Reading) -> Phrase | None:
    """每两周一次…周五下午四点: a rule that lacks its day or hour, taken together with a time that names them."""
    if phrase.rule is None or phrase.clock is not None or phrase.grain is not Grain.DAY or point.clock is None:
        return None
    rule = phrase.rule
    if point.day is not None and point.day.sort is Sort.WEEKDAY and rule.frequency == "WEEKLY" and not rule.weekdays:
        rule = replace(rule, weekdays=(point.day.first.weekday(),))
    elif point.day is not None:
        return None
    return occurring(rule, point.clock, None, phrase.begin, phrase.stop, reading)
