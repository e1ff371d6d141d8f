"""Dates, times, ranges, deadlines, lengths and recurrence in Chinese and English, relative to a clock."""

from __future__ import annotations

from intents.times.bare_days import Towards, in_month_of, is_bare_day, moved_from
from intents.times.describe import describe
from intents.times.expression import Grain, Kind, Look, Problem, TimeExpression
from intents.times.finder import find_times
from intents.times.holidays import add_working_days, break_around, holiday, is_working_day, working_days
from intents.times.same_clock import keeps_clock

__all__ = [
    "Grain",
    "Kind",
    "Look",
    "Problem",
    "TimeExpression",
    "Towards",
    "add_working_days",
    "break_around",
    "describe",
    "find_times",
    "holiday",
    "in_month_of",
    "is_bare_day",
    "is_working_day",
    "keeps_clock",
    "moved_from",
    "working_days",
]
