"""A time expression on its way from the words to the resolved value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from intents.times.daytime import Clock, moment
from intents.times.expression import Grain, Kind, Look
from intents.times.parts import Part, part_due, part_span
from intents.times.rules import Rule
from intents.times.stretch import ONE_DAY, Reading, Sort, Stretch


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """Where it stands, what span it names, and what was said that later steps must know."""

    begin: int
    stop: int
    start: datetime
    end: datetime
    grain: Grain
    kind: Kind = Kind.POINT
    has_hour: bool = False
    due: datetime | None = None
    """When it is not where the general rule would put it."""
    due_has_hour: bool = False
    day: Stretch | None = None
    clock: Clock | None = None
    exists: bool = True
    doubtful: bool = False
    approximate: bool = False
    ranged: bool = False
    """Said as A到B."""
    now_word: bool = False
    same_clock: bool = False
    rule: Rule | None = None
    rule_until: date | None = None
    duration: timedelta | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """What a bare hour takes over from a time said before it: its day, and its part of the day where the hour fits."""

    day: Stretch | None
    part: Part | None


def midnight(day: date, now: datetime) -> datetime:
    """The first instant of `day` in the zone of `now`."""
    return datetime.combine(day, time(), tzinfo=now.tzinfo)


def of_days(stretch: Stretch, begin: int, reading: Reading) -> Phrase:
    """The phrase for whole days."""
    single = stretch.grain is Grain.DAY and stretch.after - stretch.first == ONE_DAY
    return Phrase(
        begin=begin, stop=stretch.stop, start=midnight(stretch.first, reading.now), day=stretch,
        end=midnight(stretch.after, reading.now), grain=stretch.grain, kind=Kind.POINT if single else Kind.RANGE,
        due=None if stretch.due is None else midnight(stretch.due, reading.now) + timedelta(hours=18),
        exists=stretch.exists, doubtful=stretch.doubtful, approximate=stretch.approximate,
    )  # fmt: skip


def on_day(clock: Clock, stretch: Stretch, begin: int, reading: Reading) -> Phrase:
    """The phrase for a time of day on the first day of `stretch`; a weekday whose hour is over is next week's."""
    found = _at(clock, stretch, begin, reading)
    recur = stretch.again
    over = found.start < reading.now if found.has_hour else found.end <= reading.now
    if (
        recur is None or stretch.sort is not Sort.WEEKDAY or reading.near is not None
        or reading.look is not Look.AHEAD or not over or stretch.first < reading.today
    ):  # fmt: skip
        return found
    following = recur(1)
    return found if following is None else _at(clock, following, begin, reading)


def _at(clock: Clock, stretch: Stretch, begin: int, reading: Reading) -> Phrase:
    if clock.hour is None and clock.part is not None:
        return _of_part(clock, stretch, begin, reading)
    start = moment(clock, stretch.first, reading.now)
    end = start
    if clock.until is not None and clock.hour is not None:
        end = start + timedelta(hours=clock.until - clock.hour)
    return Phrase(
        begin=begin, stop=clock.stop, start=start, end=end, grain=Grain.MINUTE, has_hour=True, day=stretch, clock=clock,
        kind=Kind.POINT if start == end else Kind.RANGE, ranged=start != end,
        exists=stretch.exists and clock.exists, doubtful=stretch.doubtful,
        approximate=stretch.approximate or clock.approximate,
    )  # fmt: skip


def _of_part(clock: Clock, stretch: Stretch, begin: int, reading: Reading) -> Phrase:
    assert clock.part is not None
    start, end = part_span(clock.part, stretch.first, reading.now)
    return Phrase(
        begin=begin, stop=clock.stop, start=start, end=end, grain=Grain.PART_OF_DAY, day=stretch, clock=clock,
        due=part_due(clock.part, stretch.first, reading.now), exists=stretch.exists, doubtful=stretch.doubtful,
        approximate=stretch.approximate,
    )  # fmt: skip
