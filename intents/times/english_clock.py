"""Hours and parts of the day in English: 3pm, at half past nine, 15:30, noon, in the morning, EOD."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from intents.times.daytime import Clock
from intents.times.english_words import ENGLISH_PARTS, PART, WHOLE, whole

_HALF: Final = r"(?P<half>[ap])\.?(?:m\b\.?|\b)"
_DIGITAL_AT = re.compile(rf"(?P<hour>\d{{1,2}})[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d%]|\.\d)(?: ?{_HALF})?", re.I)
_HALF_DAY_AT = re.compile(rf"(?P<hour>{WHOLE})[ -]?(?P<minute>[0-5]\d)? ?(?P<half>[ap])\.?m\b\.?", re.I)
_SHARED_AT = re.compile(rf"(?P<hour>\d{{1,2}})(?= ?(?:-|to|until|till|and) ?\d{{1,2}}(?::\d\d)? ?(?P<half>[ap])\.?m\b)", re.I)
_OCLOCK_AT = re.compile(rf"(?P<hour>{WHOLE}) ?o'? ?clock", re.I)
_PAST_AT = re.compile(
    rf"(?P<part>half|(?:a )?quarter|{WHOLE}(?: min(?:ute)?s?)?) (?P<side>past|after|to|before|of) (?P<hour>{WHOLE})\b(?! ?(?:{'|'.join(('day', 'week', 'month', 'hour', 'min', 'year'))}))",
    re.I,
)
_BARE_AT = re.compile(rf"(?P<hour>{WHOLE})(?: (?P<minute>thirty|fifteen|forty[ -]five))?\b(?![:/.\-]\d|%|(?:st|nd|rd|th)\b| ?(?:{'|'.join(('days?', 'weeks?', 'months?', 'hours?', 'hrs?', 'min', 'sec', 'years?', 'people', 'units?', 'percent', 'times', 'k', 'm', 'million', 'usd', 'rmb', 'items?', 'sets?', 'pieces?', 'calls?', 'of', 'customers?', 'business', 'working'))})\b)", re.I)
_NAMED_AT = re.compile(r"(?:high )?(?P<name>noon|midday|midnight)\b", re.I)
_EVENT_AT = re.compile(r"(?:the )?(?P<name>eod|cob|close of (?:business|play)|end of (?:the |business |the business |this |work )?day)\b", re.I)
_PART_AT = re.compile(rf"(?:in the |this |the |at )?(?P<part>{PART})\b(?! (?:call|meeting|market|tea|person|class))|(?P<tonight>tonight)\b", re.I)
_PART_AFTER_AT = re.compile(rf",? ?(?:in the |at |this )?(?P<part>{PART})\b|,? ?(?P<tonight>tonight)\b", re.I)
_INTRODUCED_AT = re.compile(r"(?:at|@|around|about|by|before|after|until|till|from|between|past)\s{1,2}(?:around |about |exactly )?|at(?=\d)|@", re.I)
END_OF_WORK: Final = 18


def clock_at(text: str, pos: int, *, introduced: bool) -> Clock | None:
    """The time of day at `pos`; a bare number counts as an hour only if `introduced` (at 3, before 5)."""
    at = _INTRODUCED_AT.match(text, pos)
    begin = at.end() if at is not None and text[pos].lower() in "a@" else pos
    clock = _hour_at(text, begin, bare=introduced or begin > pos)
    if clock is not None:
        return _with_part(text, clock)
    found = _PART_AT.match(text, pos)
    if found is None:
        return None
    return Clock(stop=found.end(), part=ENGLISH_PARTS[(found["part"] or "evening").lower()])


def _hour_at(text: str, pos: int, *, bare: bool) -> Clock | None:
    return (
        _digital(text, pos) or _half_day(text, pos) or _past(text, pos) or _event(text, pos)
        or _counted(text, pos, bare=bare)
    )  # fmt: skip


def _with_part(text: str, clock: Clock) -> Clock:
    if clock.settled:
        return clock
    after = _PART_AFTER_AT.match(text, clock.stop)
    if after is None:
        return clock
    return replace(clock, stop=after.end(), part=ENGLISH_PARTS[(after["part"] or "evening").lower()])


def _digital(text: str, pos: int) -> Clock | None:
    found = _DIGITAL_AT.match(text, pos)
    if found is None or int(found["hour"]) > 24 or ("." in found[0][:3] and not found["half"]):
        return None
    hour = int(found["hour"])
    return Clock(
        stop=found.end(), hour=_on_half(hour, found["half"]), minute=int(found["minute"]),
        second=int(found["second"] or 0), settled=bool(found["half"]) or hour > 12 or found["hour"].startswith("0"),
    )  # fmt: skip


def _half_day(text: str, pos: int) -> Clock | None:
    found = _HALF_DAY_AT.match(text, pos) or _SHARED_AT.match(text, pos)
    if found is None or whole(found["hour"]) > 23:
        return None
    hour = whole(found["hour"])
    if found.re is _SHARED_AT:
        return Clock(stop=found.end(), hour=hour, settled=hour > 12, shared_half=found["half"].lower())
    return Clock(
        stop=found.end(), hour=_on_half(hour, found["half"]), minute=int(found["minute"] or 0), settled=True
    )


def _on_half(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _past(text: str, pos: int) -> Clock | None:
    found = _PAST_AT.match(text, pos)
    if found is None or whole(found["hour"]) > 24:
        return None
    said = found["part"].lower()
    minutes = 30 if said == "half" else 15 if said.endswith("quarter") else whole(said.split(" min")[0])
    hour = whole(found["hour"])
    if found["side"].lower() in ("past", "after"):
        return Clock(stop=found.end(), hour=hour, minute=minutes)
    return Clock(stop=found.end(), hour=(hour or 24) - 1, minute=60 - minutes)


def _event(text: str, pos: int) -> Clock | None:
    found = _EVENT_AT.match(text, pos)
    if found is not None:
        return Clock(stop=found.end(), hour=END_OF_WORK, settled=True, event=True)
    named = _NAMED_AT.match(text, pos)
    if named is None:
        return None
    return Clock(stop=named.end(), hour=24 if named["name"].lower() == "midnight" else 12, settled=True)


def _counted(text: str, pos: int, *, bare: bool) -> Clock | None:
    found = _OCLOCK_AT.match(text, pos) or (_BARE_AT.match(text, pos) if bare else None)
    if found is None or not 1 <= whole(found["hour"]) <= 24:
        return None
    hour, minute = whole(found["hour"]), found.groupdict().get("minute")
    return Clock(stop=found.end(), hour=hour, minute=whole(minute) if minute else 0, settled=hour > 12)
