"""The values that leave this package: what a time expression says and where a task said with it falls due."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta


class Look(enum.Enum):
    """Which way an under-specified time points: a task looks ahead, a note looks back, a question neither."""

    AHEAD = "ahead"
    BACK = "back"
    NEUTRAL = "neutral"


class Grain(enum.StrEnum):
    """The finest unit that was said."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Kind(enum.StrEnum):
    """How the expression relates to its span.

    DEADLINE (周五前) and SINCE (周五以后) carry the span of the day that they name, not an open interval; a deadline
    counted from now (三天内) runs from now to the end of its last day. DURATION is a bare length laid from now on.
    """

    POINT = "point"
    RANGE = "range"
    DEADLINE = "deadline"
    SINCE = "since"
    DURATION = "duration"
    RECURRENCE = "recurrence"


class Problem(enum.StrEnum):
    """Why a time must be asked about rather than used.

    PAST: over already, where the look is ahead. IMPOSSIBLE: no such day or hour (2月30号, 25点); the span is then the
    nearest that exists. AMBIGUOUS: what was said contradicts itself (25号周四, when the 25th is a Wednesday).
    """

    PAST = "past"
    IMPOSSIBLE = "impossible"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeExpression:
    """One time that a text names; all moments are aware, in the time zone of the clock that was given."""

    text: str
    begin: int
    """First character in the given text."""
    stop: int
    """The character after the last."""
    start: datetime
    """First instant."""
    end: datetime
    """The instant after the last; equals `start` for a point in time. A day without an hour is that whole day."""
    grain: Grain
    kind: Kind
    has_hour: bool
    """An hour was said, not merely a part of the day."""
    recurrence: str | None
    """RFC 5545 RRULE without the name; `start` is then the first occurrence that is not over."""
    duration: timedelta | None
    """The length that was said; a month counts 30 days, a year 365."""
    due: datetime
    """Where a follow-up task falls due; only its date counts unless `due_has_hour`."""
    due_has_hour: bool
    problem: Problem | None
    approximate: bool
    same_clock: bool = False
    """The hour is that of the record which is moved or repeated: 下周五同一时间."""
