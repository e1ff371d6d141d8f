"""From a phrase to the value that leaves the package: when a task falls due, and what must be asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from intents.times.expression import Grain, Kind, Look, Problem, TimeExpression
from intents.times.phrase import Phrase
from intents.times.stretch import Reading

END_OF_WORK: Final = timedelta(hours=18)
"""A due day without an hour keeps its date; 18:00 is the end of office hours."""
_FRIDAY: Final = timedelta(days=4)
_INSTANT: Final = timedelta(microseconds=1)


def resolved(phrase: Phrase, *, text: str, begin: int, stop: int, reading: Reading) -> TimeExpression:
    """The expression that stands at `text[begin:stop]`."""
    due = _due(phrase, reading.now)
    due_has_hour = phrase.due_has_hour or (phrase.has_hour and phrase.due is None)
    if not due_has_hour:
        due = _still_today(due, reading.now)
    return TimeExpression(
        text=text[begin:stop], begin=begin, stop=stop, start=phrase.start, end=phrase.end, grain=phrase.grain,
        kind=phrase.kind, has_hour=phrase.has_hour, recurrence=_recurrence(phrase), duration=phrase.duration, due=due,
        due_has_hour=due_has_hour, problem=_problem(replace(phrase, due=due), reading), approximate=phrase.approximate,
        same_clock=phrase.same_clock,
    )  # fmt: skip


def _due(phrase: Phrase, now: datetime) -> datetime:
    if phrase.has_hour:
        return phrase.start if phrase.due is None else phrase.due
    due = _midnight(_due_day(phrase)) + END_OF_WORK if phrase.due is None else phrase.due
    if phrase.kind is Kind.RANGE and due.date() < now.date() and phrase.end > now:
        return _midnight(phrase.end - _INSTANT) + END_OF_WORK  # under way: 周末 said on a Sunday
    return due


def _due_day(phrase: Phrase) -> datetime:
    """A week is due on its Friday, a longer period on its last day, 周三到周五 on its first."""
    if phrase.kind is not Kind.RANGE or (phrase.ranged and phrase.grain in (Grain.DAY, Grain.PART_OF_DAY)):
        return phrase.start
    if phrase.grain is Grain.WEEK and phrase.end - phrase.start == timedelta(days=7):
        return phrase.start + _FRIDAY
    return phrase.end - _INSTANT


def _midnight(when: datetime) -> datetime:
    return when.replace(hour=0, minute=0, second=0, microsecond=0)


def _still_today(due: datetime, now: datetime) -> datetime:
    """A due day that is today stays today after 18:00 too."""
    if due.date() == now.date() and due < now:
        return due.replace(hour=23, minute=59, second=0, microsecond=0)
    return due


def _recurrence(phrase: Phrase) -> str | None:
    if phrase.rule is None:
        return None
    if phrase.rule_until is None:
        return str(phrase.rule)
    last = datetime.combine(phrase.rule_until, time(23, 59, 59), tzinfo=phrase.start.tzinfo).astimezone(UTC)
    return f"{phrase.rule};UNTIL={last:%Y%m%dT%H%M%SZ}"  # RFC 5545: in UTC, since the start has a zone


def _problem(phrase: Phrase, reading: Reading) -> Problem | None:
    if not phrase.exists:
        return Problem.IMPOSSIBLE
    if phrase.doubtful:
        return Problem.AMBIGUOUS
    if reading.look is Look.AHEAD and _is_over(phrase, reading.now):
        return Problem.PAST
    return None


def _is_over(phrase: Phrase, now: datetime) -> bool:
    if phrase.kind in (Kind.SINCE, Kind.RECURRENCE, Kind.DURATION):
        return False
    if phrase.kind is Kind.DEADLINE and phrase.due is not None:
        return phrase.due < now
    if phrase.kind is Kind.POINT and phrase.has_hour:
        return phrase.start < now
    return phrase.end <= now
