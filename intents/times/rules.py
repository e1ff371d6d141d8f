"""Recurrence as RFC 5545 knows it, reduced to what is said in offices, and the first day on which a rule applies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from intents.times.holidays import nth_weekday
from intents.times.stretch import ONE_DAY, monday_of, month_length

DAY_NAMES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS: Final = (0, 1, 2, 3, 4)
_SEARCHED_DAYS: Final = 366 * 9
"""Long enough for 29 February."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule; empty fields say nothing. `position` picks one of the `weekdays` of a month, -1 the last."""

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    position: int | None = None

    def __str__(self) -> str:
        """The RRULE without its name."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.months:
            parts.append("BYMONTH=" + ",".join(map(str, self.months)))
        if self.month_days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        if self.weekdays:
            parts.append("BYDAY=" + self._days())
        if self.position is not None and len(self.weekdays) > 1:
            parts.append(f"BYSETPOS={self.position}")
        return ";".join(parts)

    def _days(self) -> str:
        ordinal = "" if self.position is None or len(self.weekdays) > 1 else str(self.position)
        return ",".join(ordinal + DAY_NAMES[day] for day in self.weekdays)

    def applies_on(self, day: date) -> bool:
        """Whether the rule, its interval aside, takes in `day`."""
        if self.months and day.month not in self.months:
            return False
        if self.month_days and not self._is_month_day(day):
            return False
        if self.position is not None:
            return day == self._positioned(day)
        return not self.weekdays or day.weekday() in self.weekdays

    def _is_month_day(self, day: date) -> bool:
        length = month_length(day)
        return any(day.day == (n if n > 0 else length + 1 + n) for n in self.month_days)

    def _positioned(self, day: date) -> date | None:
        assert self.position is not None
        if len(self.weekdays) == 1 and self.position > 0:
            return nth_weekday(day.year, day.month, self.weekdays[0], self.position)
        length = month_length(day)
        fitting = [d for n in range(1, length + 1) if (d := day.replace(day=n)).weekday() in self.weekdays]
        index = self.position - 1 if self.position > 0 else len(fitting) + self.position
        return fitting[index] if 0 <= index < len(fitting) else None

    def first_day(self, since: date) -> date:
        """The first day from `since` on that the rule takes in; `since` itself if there is none in reach."""
        if not (self.weekdays or self.month_days or self.months):
            return since
        days = (since + timedelta(days=n) for n in range(_SEARCHED_DAYS))
        return next((day for day in days if self.applies_on(day)), since)

    def next_day(self, day: date) -> date:
        """The first day after `day` on which a rule that applied on `day` applies again, interval included."""
        if self.frequency == "DAILY":
            return day + timedelta(days=self.interval)
        if self.frequency == "WEEKLY" and self.interval > 1:
            following = self.first_day(day + ONE_DAY) if self.weekdays else day + timedelta(days=7)
            skipped = 0 if monday_of(following) == monday_of(day) else self.interval - 1
            return following + timedelta(days=7 * skipped)
        return self.first_day(day + ONE_DAY)
