"""From the times in a question to the period that it asks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.planner.embedded.draft import Draft
from intents import patterns as re
from intents.times import Kind, Look, TimeExpression


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """From `begin` to before `end`; None leaves that side open."""

    begin: datetime | None = None
    end: datetime | None = None

    @property
    def first_day(self) -> date | None:
        """The first day, for date fields."""
        return None if self.begin is None else self.begin.date()

    @property
    def last_day(self) -> date | None:
        """The last day, for date fields."""
        return None if self.end is None else (self.end - timedelta(microseconds=1)).date()

    @property
    def is_open(self) -> bool:
        """Whether no side is bounded."""
        return self.begin is None and self.end is None


_SINCE_NEW_YEAR = re.compile("开年(?:到现在|到今[天日]|到目前|以来|至今)")


def period_in(draft: Draft, look: Look = Look.NEUTRAL) -> Period:
    """The period said, if any: a span, until a deadline, or since a day."""
    times = [t for t in draft.times_looking(look) if t.kind not in (Kind.DURATION, Kind.RECURRENCE)]
    if not times:
        begun = _SINCE_NEW_YEAR.search(draft.text) is not None
        return Period(begin=datetime(draft.now.year, 1, 1, tzinfo=draft.now.tzinfo)) if begun else Period()
    first = bounds_of(times[0])
    if (
        len(times) > 1
        and first.begin
        and (second := bounds_of(times[-1])).end
        and second.end > (first.end or first.begin)
    ):
        return Period(begin=first.begin, end=second.end)
    return first


def bounds_of(time: TimeExpression) -> Period:
    """The days from the first to the last that an expression means."""
    if time.kind is Kind.DEADLINE:
        return Period(end=max(_day_after(time.due), time.start))
    if time.kind is Kind.SINCE:
        return Period(begin=time.start)
    end = time.end if time.end > time.start else _day_after(time.start)
    return Period(begin=time.start, end=end)


_FEAST = re.compile("中秋|春节|过年|年货|端午|国庆|元旦|元宵|清明|五一|圣诞|双十[一二]|双1[12]|六一八|618")
_BEFORE_A_FEAST, _AFTER_A_FEAST = timedelta(days=60), timedelta(days=7)


def around_a_feast(draft: Draft, period: Period) -> Period:
    """What was bought 「去年中秋」 was bought in the weeks before the feast."""
    times = [t for t in draft.times_looking(Look.BACK) if _FEAST.search(t.text)]
    if len(times) != 1 or period.begin is None or period.end is None:
        return period
    return Period(begin=period.begin - _BEFORE_A_FEAST, end=period.end + _AFTER_A_FEAST)


def _day_after(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
