"""Dates, times, ranges, deadlines, lengths and recurrence in Chinese and English, relative to a clock."""

from __future__ import annotations

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
    "add_working_days",
    "break_around",
    "describe",
    "find_times",
    "holiday",
    "is_working_day",
    "keeps_clock",
    "working_days",
]
