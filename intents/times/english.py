"""Time expressions in English: next Wednesday 3pm, by Friday, this Friday before 5, in 40 minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from intents.patterns import Lazy as Pattern
from intents.times.daytime import Clock, moment_after
from intents.times.english_clock import END_OF_WORK, TO_AT, WHEN_AT, clock_at, clock_behind, with_part_behind
from intents.times.english_days import day_at
from intents.times.english_lengths import length_at
from intents.times.english_recurrence import recurrence_at
from intents.times.english_words import FLAGS, HOLIDAY, MONTH, ORDINAL, WEEKDAY
from intents.times.expression import Grain, Kind, Look
from intents.times.lengths import shifted
from intents.times.phrase import Phrase, midnight, of_days, on_day
from intents.times.ranges import as_deadline, as_since, closed_by, last_day
from intents.times.stretch import ONE_DAY, Reading, Sort, Stretch, day

_CANDIDATE = Pattern(
    r"(?<![A-Za-z0-9_.$/])(?:\d|@|(?:today|tonight|tomorrow|tmrw|tmr|yesterday|once|everyday|til|for|mid(?=-|[a-z])"
    r"|the|this|next|last|past|previous|coming|upcoming|following|current|in|by|before|until|till"
    r"|after|since|from|between|at|on|around|about|no later|starting|within|every|each|daily|weekly|monthly|yearly"
    r"|annually|quarterly|biweekly|bi-weekly|noon|midnight|midday"
    r"|eo[dwmqy]|cob|close|end|beginning|start|mid|early|late|week(?:end)?|month|quarter|year|now|q[1-4]|half|quarter"
    r"|morning|afternoon|evening|lunchtime|first|second"
    r"|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    rf"|ninety|couple|few|several|day|{WEEKDAY}s?|{MONTH}|{HOLIDAY}|{ORDINAL})(?![a-z]))",
    FLAGS,
)
_JOINT_AT = Pattern(r",? |, ?| ?\(")
_FOR_AT = Pattern(r",? for ", FLAGS)
_END_OF_AT = Pattern(r"(?:the )?end of (?=\w)", FLAGS)
_ON_AT = Pattern(r"on ", FLAGS)
_LIMIT_AT = Pattern(r",? (?P<word>before|by|until|no later than|after|from) ", FLAGS)
_BARE_DAY_AT = Pattern(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?![:/.%]\d| ?[ap]m)", FLAGS)
_HOURS_AT = Pattern(r",? (?:from |between )?", FLAGS)
_NOW_AT = Pattern(r"now\b", FLAGS)
_BY_AT = Pattern(r"(?:due )?(?:no later than|not later than|prior to|by|before|until|till|up to)(?: the)? ", FLAGS)
_SINCE_AT = Pattern(r"(?:after|since|starting(?: from| on| at)?|beginning|as of|from)(?: the)? ", FLAGS)
_ONWARDS_AT = Pattern(
    r" (?:onwards?|on(?= |$|,)|and (?:after|later)|or later)(?! (?:mon|tue|wed|thu|fri|sat|sun|the|\d))",
    FLAGS,
)
_FROM_AT = Pattern(r"(?:from|between) ", FLAGS)
_ABOUT_AT = Pattern(r"(?:around|about|approximately) ", FLAGS)
_IN_AT = Pattern(r"(?:in|after) (?:about |around |another )?(?=\d|[a-z])", FLAGS)
_WITHIN_AT = Pattern(r"(?:within|in less than) (?:the next )?", FLAGS)
_RUN_AT = Pattern(
    r"(?:the )?(?:(?P<ahead>next|coming|following|upcoming)|(?P<behind>last|past|previous)) (?=\d|[a-z])",
    FLAGS,
)
_LATER_AT = Pattern(r" (?:(?P<later>from now|later|hence)|(?P<ago>ago|earlier))\b", FLAGS)


def english_phrases(text: str, reading: Reading) -> list[Phrase]:
    """All English time phrases of `text`, left to right, not overlapping."""
    phrases: list[Phrase] = []
    pos = 0
    while (candidate := _CANDIDATE.search(text, pos)) is not None:
        pos = candidate.start()
        phrase = _phrase_at(text, pos, reading, phrases[-1] if phrases else None)
        if phrase is None:
            pos += 1
            continue
        if not phrase.now_word or phrase.kind is not Kind.POINT:
            phrases.append(phrase)
        pos = max(phrase.stop, pos + 1)
    return phrases


def _phrase_at(text: str, pos: int, reading: Reading, previous: Phrase | None) -> Phrase | None:
    recurring = recurrence_at(text, pos, reading)
    if recurring is not None:
        return recurring
    return _lasting(text, _single_at(text, pos, reading, previous))


def _lasting(text: str, found: Phrase | None) -> Phrase | None:
    """at 3pm for an hour."""
    if found is None or not found.has_hour or found.kind is not Kind.POINT:
        return found
    joint = _FOR_AT.match(text, found.stop)
    length = length_at(text, joint.end()) if joint is not None else None
    if length is None:
        return found
    end = shifted(found.start, length, 1)
    return replace(found, stop=length.stop, end=end, kind=Kind.RANGE, ranged=True, duration=length.delta)


def _single_at(text: str, pos: int, reading: Reading, previous: Phrase | None) -> Phrase | None:
    return (
        _within(text, pos, reading)
        or _bounded(text, pos, reading, _BY_AT, deadline=True)
        or _ranged(text, pos, reading)
        or _bounded(text, pos, reading, _SINCE_AT, deadline=False)
        or _about(text, pos, reading)
        or _core(text, pos, reading, previous)
    )


def _about(text: str, pos: int, reading: Reading) -> Phrase | None:
    found = _ABOUT_AT.match(text, pos)
    inner = _core(text, found.end(), reading, None, introduced=True) if found is not None else None
    return None if inner is None else replace(inner, begin=pos, approximate=True)


def _bounded(text: str, pos: int, reading: Reading, prefix: Pattern, *, deadline: bool) -> Phrase | None:
    found = prefix.match(text, pos)
    if found is None or found.end() >= len(text):
        return None
    inner = _core(text, found.end(), reading, None, introduced=True)
    if inner is None or inner.kind in (Kind.DURATION, Kind.DEADLINE):
        return None
    bounded = as_deadline(inner, reading) if deadline else as_since(inner, reading, at_once=found[0][0] in "sSbBfF")
    if deadline and found[0].lower().startswith(("by", "until", "till", "due by", "no later")):
        bounded = as_deadline(inner, reading, inclusive=True)
    if not deadline and found[0].lower().startswith("from") and not _ONWARDS_AT.match(text, inner.stop):
        return None
    return replace(bounded, begin=pos)


def _within(text: str, pos: int, reading: Reading) -> Phrase | None:
    found = _WITHIN_AT.match(text, pos)
    length = length_at(text, found.end()) if found is not None else None
    if length is None:
        return None
    until = shifted(reading.now, length, 1)
    end = midnight(until.date() + ONE_DAY, reading.now) if length.by_day else until
    due = midnight(until.date(), reading.now) + timedelta(hours=18) if length.by_day else until
    return Phrase(begin=pos, stop=length.stop, start=reading.now, end=end, kind=Kind.DEADLINE, due=due,
                  grain=Grain.DAY if length.by_day else Grain.MINUTE, due_has_hour=not length.by_day,
                  duration=length.delta, approximate=length.approximate)  # fmt: skip


def _ranged(text: str, pos: int, reading: Reading) -> Phrase | None:
    """from 3 to 5, Monday to Friday, 3-5pm, Nov 18-19, between 2pm and 4pm."""
    opening = _FROM_AT.match(text, pos)
    begin = pos if opening is None else opening.end()
    first = _core(text, begin, replace(reading, look=Look.NEUTRAL), None, introduced=opening is not None)
    if first is None or first.kind in (Kind.DURATION, Kind.DEADLINE):
        return None
    joint = TO_AT.match(text, first.stop)
    if joint is None or joint.end() >= len(text) or ("and" in joint[0].lower() and opening is None):
        return None
    found = _joined(text, first, joint.end(), reading)
    if found is None:
        return None
    if reading.look is Look.AHEAD and found.end <= reading.now:
        ahead = _core(text, begin, reading, None, introduced=opening is not None)
        found = (_joined(text, ahead, joint.end(), reading) if ahead is not None else None) or found
    return replace(_day_behind(text, found, reading), begin=pos)


def _joined(text: str, first: Phrase, pos: int, reading: Reading) -> Phrase | None:
    last = last_day(first)
    bare = _BARE_DAY_AT.match(text, pos)
    if bare is not None and not first.has_hour and first.day is not None and first.day.sort is Sort.DATE:
        number = int(bare["day"])
        if first.start.day < number <= 31:
            end = first.start + timedelta(days=number - first.start.day + 1)
            return replace(first, stop=bare.end(), end=end, kind=Kind.RANGE, ranged=True)
    second = _core(text, pos, replace(reading, near=last, look=Look.NEUTRAL), None, introduced=first.has_hour)
    if second is not None and first.clock is not None and first.day is None and second.day is not None and second.clock:
        first, last = on_day(first.clock, second.day, first.begin, reading), second.day.first
    if second is None or second.kind in (Kind.DURATION, Kind.DEADLINE):
        return None
    return closed_by(first, second, last, reading)


def _day_behind(text: str, found: Phrase, reading: Reading) -> Phrase:
    """3-5pm tomorrow, 10am to 12pm on Monday."""
    if found.day is not None or not found.has_hour:
        return found
    joint = WHEN_AT.match(text, found.stop)
    begin = found.stop if joint is None else joint.end()
    stretch = day_at(text, begin, reading) if begin < len(text) and begin > found.stop else None
    if stretch is None or stretch.grain is not Grain.DAY:
        return found
    moved = timedelta(days=(stretch.first - found.start.date()).days)
    return replace(found, start=found.start + moved, end=found.end + moved, stop=stretch.stop, day=stretch)


def _core(text: str, pos: int, reading: Reading, previous: Phrase | None, *, introduced: bool = False) -> Phrase | None:
    return (
        _moment(text, pos, reading)
        or _with_day(text, pos, reading, introduced=introduced)
        or _with_clock(text, pos, reading, previous, introduced=introduced)
        or _length(text, pos, reading)
    )


def _moment(text: str, pos: int, reading: Reading) -> Phrase | None:
    now = _NOW_AT.match(text, pos)
    if now is not None:
        return Phrase(begin=pos, stop=now.end(), start=reading.now, end=reading.now, grain=Grain.MINUTE, has_hour=True,
                      now_word=True)  # fmt: skip
    prefix = _IN_AT.match(text, pos)
    length = length_at(text, prefix.end() if prefix else pos)
    if length is None or length.by_day:
        return None
    after = _LATER_AT.match(text, length.stop)
    if prefix is None and after is None:
        return None
    when = shifted(reading.now, length, -1 if after is not None and after["ago"] else 1)
    return Phrase(begin=pos, stop=after.end() if after else length.stop, start=when, end=when, grain=Grain.MINUTE,
                  has_hour=True, approximate=length.approximate)  # fmt: skip


def _with_day(text: str, pos: int, reading: Reading, *, introduced: bool) -> Phrase | None:
    lead = _ON_AT.match(text, pos)
    stretch = day_at(text, pos, reading) or (day_at(text, lead.end(), reading) if lead is not None else None)
    if stretch is None:
        return _end_of_day(text, pos, reading)
    second = _second_name(text, stretch, reading) if stretch.sort is Sort.WEEKDAY else None
    doubtful = False
    if second is not None:
        doubtful = second[0].first.weekday() != stretch.first.weekday()
        stretch = replace(second[0], stop=second[1])
    if stretch.grain is not Grain.DAY or (stretch.after - stretch.first).days > 2:
        return of_days(stretch, pos, reading)
    hours = _hours_behind(text, stretch, pos, reading)
    if hours is not None:
        return hours
    clock = clock_behind(text, stretch.stop)
    if clock is None and stretch.stop == pos:
        return None
    phrase = of_days(stretch, pos, reading) if clock is None else on_day(clock, stretch, pos, reading)
    bound = _limit_behind(text, phrase, reading) if clock is None else None
    return bound or replace(phrase, doubtful=doubtful or phrase.doubtful)


def _hours_behind(text: str, stretch: Stretch, pos: int, reading: Reading) -> Phrase | None:
    """Friday from 2 to 4, Monday 8-9am."""
    opening = _HOURS_AT.match(text, stretch.stop)
    first = clock_at(text, opening.end(), introduced=True) if opening is not None else None
    joint = TO_AT.match(text, first.stop) if first is not None and first.hour is not None else None
    second = clock_at(text, joint.end(), introduced=True) if joint is not None else None
    if first is None or second is None or second.hour is None:
        return None
    begin = on_day(first, stretch, pos, reading)
    return replace(begin, stop=second.stop, end=moment_after(second, begin.start), kind=Kind.RANGE, ranged=True)


def _end_of_day(text: str, pos: int, reading: Reading) -> Phrase | None:
    """end of tomorrow, the end of Friday: the end of work on that day."""
    found = _END_OF_AT.match(text, pos)
    stretch = day_at(text, found.end(), reading) if found is not None else None
    if stretch is None or stretch.grain is not Grain.DAY:
        return None
    return on_day(Clock(stop=stretch.stop, hour=END_OF_WORK, settled=True), stretch, pos, reading)


def _second_name(text: str, stretch: Stretch, reading: Reading) -> tuple[Stretch, int] | None:
    """Friday, Nov 27; Monday the 21st; Friday (27 Nov): the date beside a weekday, and where it ends."""
    joint = _JOINT_AT.match(text, stretch.stop)
    if joint is None or joint.end() >= len(text):
        return None
    second = day_at(text, joint.end(), reading)
    if second is None or second.sort not in (Sort.DATE, Sort.DAY_OF_MONTH) or second.ago:
        return None
    stop = second.stop + (joint[0].endswith("(") and text.startswith(")", second.stop))
    return _on_weekday(second, stretch.first.weekday()), stop


def _on_weekday(stretch: Stretch, weekday: int) -> Stretch:
    """Friday the 15th: the 15th that is a Friday, if the month was left open."""
    if stretch.sort is not Sort.DAY_OF_MONTH or stretch.again is None:
        return stretch
    nearby = (moved for n in (0, 1, -1, 2, 3, 4, 5, 6) if (moved := stretch.again(n)) is not None)
    return next((moved for moved in nearby if moved.exists and moved.first.weekday() == weekday), stretch)


def _limit_behind(text: str, phrase: Phrase, reading: Reading) -> Phrase | None:
    """this Friday before 5, Monday by noon, tomorrow after 3pm."""
    found = _LIMIT_AT.match(text, phrase.stop)
    if found is None or phrase.day is None or found.end() >= len(text):
        return None
    clock = clock_at(text, found.end(), introduced=True)
    if clock is None:
        return None
    inner = on_day(clock, phrase.day, phrase.begin, reading)
    if found["word"].lower() in ("after", "from"):
        return as_since(inner, reading, at_once=True)
    return as_deadline(inner, reading)


def _with_clock(text: str, pos: int, reading: Reading, previous: Phrase | None, *, introduced: bool) -> Phrase | None:
    clock = clock_at(text, pos, introduced=introduced)
    if clock is None:
        return None
    joint = WHEN_AT.match(text, clock.stop)
    begin = clock.stop if joint is None else joint.end()
    stretch = day_at(text, begin, reading) if clock.stop < begin < len(text) else None
    if stretch is not None and stretch.grain is Grain.DAY and (stretch.after - stretch.first).days == 1:
        found = on_day(with_part_behind(text, clock, stretch.stop), stretch, pos, reading)
        return replace(found, stop=max(stretch.stop, found.stop))
    if previous is not None and previous.day is not None and previous.kind is Kind.POINT and reading.near is None:
        inherited = on_day(clock, day(previous.start.date()), pos, reading)
        if inherited.start >= reading.now or reading.look is not Look.AHEAD:
            return inherited
    found = on_day(clock, day(reading.near or reading.today), pos, reading)
    if reading.look is Look.BACK and reading.near is None and found.start > reading.now:
        found = on_day(clock, day(reading.today - ONE_DAY), pos, reading)
    return replace(found, day=None)


def _length(text: str, pos: int, reading: Reading) -> Phrase | None:
    run = _RUN_AT.match(text, pos)
    length = length_at(text, run.end() if run else pos)
    if length is None or (run is None and text[pos].lower() in "at" and length.stop - pos < 5):
        return None
    until = shifted(reading.now, length, 1)
    if run is None:
        return Phrase(begin=pos, stop=length.stop, start=reading.now, end=until, grain=Grain.DAY, kind=Kind.DURATION,
                      due=until, duration=length.delta, approximate=length.approximate)  # fmt: skip
    if run["behind"]:
        start = shifted(reading.now, length, -1)
        start = midnight(start.date(), reading.now) if length.by_day else start
        return Phrase(begin=pos, stop=length.stop, start=start, end=reading.now, grain=Grain.DAY, kind=Kind.RANGE,
                      duration=length.delta, approximate=True)  # fmt: skip
    start = midnight(reading.today + ONE_DAY, reading.now) if length.by_day else reading.now
    end = midnight(until.date() + ONE_DAY, reading.now) if length.by_day else until
    due = end - timedelta(hours=6) if length.by_day else end
    return Phrase(begin=pos, stop=length.stop, start=start, end=end, kind=Kind.RANGE, duration=length.delta, due=due,
                  grain=Grain.DAY if length.by_day else Grain.MINUTE)  # fmt: skip
