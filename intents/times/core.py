"""One time without its surroundings: a day, a time of day, both, or a count of hours from now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.days import day_at
from intents.times.daytime import Clock, clock_at, moment
from intents.times.expression import Grain, Kind, Look
from intents.times.lengths import Length, length_at, shifted
from intents.times.parts import Part, part_span
from intents.times.phrase import Phrase, Shared, midnight, of_days, on_day
from intents.times.same_clock import same_clock_at
from intents.times.stretch import ONE_DAY, Reading, Sort, Stretch, day

_PASSED_AT = Pattern(r"(?:再?过|再等|等)(?!去|了|来)")
_AFTER_AT = Pattern(r"之?以?(?:后(?![面续台期勤者天])|(?P<ago>前(?![往面台端任途])))")
_WITHIN_AT = Pattern(r"(?:之|以)?内|里(?=[,。]|$|面?[把要给我])|期间")
_SINCE_AT = Pattern(r"以来")
_AHEAD_AT = Pattern(r"(?:未来|今后|接下来|往后|后续|之后|后)的?(?=[\d一两二三四五六七八九十半几])")
_BEHIND_AT = Pattern(
    r"(?:(?:最近|近|过去|之前)的?|(?:前|上|头)(?!一[个次下起些年月周天]))(?=[\d一两二三四五六七八九十半几俩仨])"
)
_LAST_UNIT_AT = Pattern(r"(?P<move>[上下这])一?个(?P<unit>小时|钟头)")
_NOW_AT = Pattern(r"现在|目前|此刻|即刻")
_JUST_NOW_AT = Pattern(r"刚才|刚刚")
_JOINT_AT = Pattern(r"[的,T ]?")
_DASH_BEFORE_HOUR_AT = Pattern(r"-(?=\d{1,2}:\d\d)")
_SAME_TIME_AT = Pattern(r"的?(?:这个?(?:时候|时间|点儿?)|此时)")
_THAT_DAY_AT = Pattern(r"[那当这]天|的(?:今天|这一?天)")
_OPEN_AT = Pattern(r"(?P<sign>[(,]?)")
_AGREES_NOT: Final = Pattern(r"之?以?[前后]|到|至|-|~")


def core_at(text: str, pos: int, reading: Reading, *, inherit: Shared | None = None) -> Phrase | None:
    """The time that begins at `pos`; an hour alone is of `inherit`'s day, else of what was near, else of today."""
    found = moment_at(text, pos, reading) or _day_phrase(text, pos, reading)
    if found is not None:
        return found
    clock = clock_at(text, pos)
    if clock is None:
        return _length_phrase(text, pos, reading)
    return _clock_phrase(clock, pos, reading, inherit)


def _clock_phrase(clock: Clock, pos: int, reading: Reading, inherit: Shared | None) -> Phrase:
    clock = clock if inherit is None or inherit.part is None else _in_part(clock, inherit.part, reading)
    if inherit is not None and inherit.day is not None:
        return on_day(clock, inherit.day, pos, reading)
    found = on_day(clock, day(reading.near or reading.today), pos, reading)
    if reading.look is Look.BACK and reading.near is None and found.start > reading.now:
        found = on_day(clock, day(reading.today - ONE_DAY), pos, reading)
    return replace(found, day=None)


def _in_part(clock: Clock, part: Part, reading: Reading) -> Clock:
    """八点 after 明晚 is 20:00; 三点 after 明天上午 is not 3:00."""
    if clock.part is not None or clock.hour is None or clock.settled:
        return clock
    narrowed = replace(clock, part=part)
    when = moment(narrowed, reading.today, reading.now)
    begin, end = part_span(part, reading.today, reading.now)
    return narrowed if begin <= when <= end else clock


def _day_phrase(text: str, pos: int, reading: Reading) -> Phrase | None:
    stretch = day_at(text, pos, reading)
    if stretch is None:
        return None
    stretch, doubtful = _with_second_name(text, stretch, reading)
    that_day = _THAT_DAY_AT.match(text, stretch.stop)
    if that_day is not None:
        stretch = replace(stretch, stop=that_day.end())
    clock = _clock_after(text, stretch, reading) if _takes_hour(stretch) else None
    if clock is None and _takes_hour(stretch) and (stop := same_clock_at(text, stretch.stop)) is not None:
        return replace(of_days(replace(stretch, stop=stop), pos, reading), doubtful=doubtful, same_clock=True)
    phrase = of_days(stretch, pos, reading) if clock is None else on_day(clock, stretch, pos, reading)
    return replace(phrase, doubtful=doubtful) if doubtful else phrase


def _takes_hour(stretch: Stretch) -> bool:
    return stretch.grain is Grain.DAY and (stretch.after - stretch.first).days <= 2


def _clock_after(text: str, stretch: Stretch, reading: Reading) -> Clock | None:
    joint = _DASH_BEFORE_HOUR_AT.match(text, stretch.stop) or _JOINT_AT.match(text, stretch.stop)
    stop = stretch.stop if joint is None else joint.end()
    clock = clock_at(text, stop, joined=joint is None or joint[0] != ",")
    if clock is not None:
        return clock
    same = _SAME_TIME_AT.match(text, stretch.stop)
    if same is None:
        return None
    return Clock(stop=same.end(), hour=reading.now.hour, minute=reading.now.minute, settled=True)


def _with_second_name(text: str, stretch: Stretch, reading: Reading) -> tuple[Stretch, bool]:
    """25号周三, 明天(25号), 周三25号: a second name of another sort for one day, and whether the two contradict."""
    if stretch.grain is not Grain.DAY or stretch.sort is Sort.PERIOD:
        return stretch, False
    opening = _OPEN_AT.match(text, stretch.stop)
    sign = "" if opening is None else opening["sign"]
    begin = stretch.stop + len(sign)
    if not text[begin : begin + 1]:
        return stretch, False
    second = day_at(text, begin, replace(reading, near=stretch.first))
    if second is None or second.grain is not Grain.DAY or not _may_stand_beside(stretch, second):
        return stretch, False
    return _merged(text, stretch, second, sign)


def _merged(text: str, stretch: Stretch, second: Stretch, sign: str) -> tuple[Stretch, bool]:
    if sign == "(" and text[second.stop : second.stop + 1] != ")":
        return stretch, False
    stop = second.stop + (sign == "(")
    agreed = _agreed(stretch, second)
    if agreed is not None:
        return replace(agreed, stop=stop), False
    if sign == "," or _AGREES_NOT.match(text, stop):
        return stretch, False
    dated = second if stretch.sort is Sort.WEEKDAY else stretch
    return replace(dated, stop=stop), True


def _agreed(stretch: Stretch, second: Stretch) -> Stretch | None:
    if second.first == stretch.first:
        return stretch
    if stretch.sort is Sort.WEEKDAY and stretch.again is not None and second.first.weekday() == stretch.first.weekday():
        return second
    return None


def _may_stand_beside(stretch: Stretch, second: Stretch) -> bool:
    named = (Sort.DATE, Sort.DAY_OF_MONTH)
    if second.ago or second.approximate:
        return False
    if second.sort is Sort.WEEKDAY:
        return stretch.sort is not Sort.WEEKDAY
    return second.sort in named and stretch.sort in (Sort.WEEKDAY, Sort.RELATIVE)


def moment_at(text: str, pos: int, reading: Reading) -> Phrase | None:
    """半小时后, 再过四十分钟, 两小时前, 现在, 刚才, 上个小时."""
    return _shifted_at(text, pos, reading) or _now_at(text, pos, reading) or _hour_unit_at(text, pos, reading)


def _shifted_at(text: str, pos: int, reading: Reading) -> Phrase | None:
    passed = _PASSED_AT.match(text, pos)
    length = length_at(text, passed.end() if passed else pos)
    if length is None or length.by_day:
        return None
    after = _AFTER_AT.match(text, length.stop)
    if after is None and passed is None:
        return None
    ago = after is not None and after["ago"] is not None
    when = shifted(reading.now, length, -1 if ago else 1)
    return Phrase(
        begin=pos, stop=after.end() if after else length.stop, start=when, end=when, grain=Grain.MINUTE, has_hour=True,
        approximate=length.approximate,
    )  # fmt: skip


def _now_at(text: str, pos: int, reading: Reading) -> Phrase | None:
    just = _JUST_NOW_AT.match(text, pos) if reading.look is not Look.AHEAD else None
    found = just or _NOW_AT.match(text, pos)
    if found is None:
        return None
    return Phrase(
        begin=pos, stop=found.end(), start=reading.now, end=reading.now, grain=Grain.MINUTE, has_hour=True,
        now_word=just is None, approximate=just is not None,
    )  # fmt: skip


def _hour_unit_at(text: str, pos: int, reading: Reading) -> Phrase | None:
    found = _LAST_UNIT_AT.match(text, pos)
    if found is None:
        return None
    shift = {"上": -1, "这": 0, "下": 0}[found["move"]]
    start = reading.now + timedelta(hours=shift)
    return Phrase(
        begin=pos, stop=found.end(), start=start, end=start + timedelta(hours=1), grain=Grain.HOUR, kind=Kind.RANGE
    )


def _length_phrase(text: str, pos: int, reading: Reading) -> Phrase | None:
    ahead, behind = _AHEAD_AT.match(text, pos), _BEHIND_AT.match(text, pos)
    prefix = ahead or behind
    length = length_at(text, prefix.end() if prefix else pos, months_bare=prefix is not None)
    if length is None:
        return None
    since = _SINCE_AT.match(text, length.stop)
    if since is not None:
        return _behind(length, pos, since.end(), reading)
    within = _WITHIN_AT.match(text, length.stop)
    stop = within.end() if within else length.stop
    if behind is not None:
        return _behind(length, pos, stop, reading)
    if ahead is not None:
        return _ahead(length, pos, stop, reading)
    return _by_then(length, pos, stop, reading) if within else _bare_length(length, pos, reading)


def _behind(length: Length, pos: int, stop: int, reading: Reading) -> Phrase:
    start = shifted(reading.now, length, -1)
    start = midnight(start.date(), reading.now) if length.by_day else start
    return Phrase(
        begin=pos, stop=stop, start=start, end=reading.now, grain=_grain(length), kind=Kind.RANGE,
        duration=length.delta, approximate=True,
    )  # fmt: skip


def _ahead(length: Length, pos: int, stop: int, reading: Reading) -> Phrase:
    until = shifted(reading.now, length, 1)
    if not length.by_day:
        return Phrase(begin=pos, stop=stop, start=reading.now, end=until, grain=_grain(length), kind=Kind.RANGE,
                      due=until, due_has_hour=True, duration=length.delta)  # fmt: skip
    return Phrase(
        begin=pos, stop=stop, start=midnight(reading.today + ONE_DAY, reading.now), grain=_grain(length),
        end=midnight(until.date() + ONE_DAY, reading.now), kind=Kind.RANGE, duration=length.delta,
        due=midnight(until.date(), reading.now) + timedelta(hours=18), approximate=length.approximate,
    )  # fmt: skip


def _by_then(length: Length, pos: int, stop: int, reading: Reading) -> Phrase:
    until = shifted(reading.now, length, 1)
    end = midnight(until.date() + ONE_DAY, reading.now) if length.by_day else until
    due = midnight(until.date(), reading.now) + timedelta(hours=18) if length.by_day else until
    return Phrase(
        begin=pos, stop=stop, start=reading.now, end=end, grain=_grain(length), kind=Kind.DEADLINE, due=due,
        due_has_hour=not length.by_day, duration=length.delta, approximate=length.approximate,
    )  # fmt: skip


def _bare_length(length: Length, pos: int, reading: Reading) -> Phrase:
    until = shifted(reading.now, length, 1)
    return Phrase(
        begin=pos, stop=length.stop, start=reading.now, end=until, grain=_grain(length), kind=Kind.DURATION, due=until,
        duration=length.delta, approximate=length.approximate,
    )  # fmt: skip


def _grain(length: Length) -> Grain:
    if length.seconds:
        return Grain.HOUR if length.seconds % 3600 == 0 else Grain.MINUTE
    if length.days or length.working_days:
        return Grain.WEEK if length.days % 7 == 0 and length.days else Grain.DAY
    return Grain.YEAR if length.months % 12 == 0 else Grain.MONTH
