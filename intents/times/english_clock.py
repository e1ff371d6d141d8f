"""Hours and parts of the day in English: 3pm, at half past nine, 15:30, noon, in the morning, EOD."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.daytime import Clock
from intents.times.english_words import ENGLISH_PARTS, FLAGS, MINUTE_WORDS, PART, WHOLE, whole

_HALF: Final = r"(?P<half>[ap])\.?(?:m\b\.?|\b)"
_DIGITAL_AT = Pattern(
    rf"(?P<hour>\d{{1,2}})[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d%]|\.\d)(?: ?{_HALF})?",
    FLAGS,
)
_SPOKEN_AT = Pattern(
    rf"(?P<hour>{WHOLE}) (?P<minute>{MINUTE_WORDS})\b(?: ?{_HALF})?(?! (?:days?|weeks?|hours?|min))",
    FLAGS,
)
_HALF_DAY_AT = Pattern(rf"(?P<hour>{WHOLE}) ?(?P<minute>[0-5]\d)? ?(?P<half>[ap])\.?m\b\.?", FLAGS)
_SHARED_AT = Pattern(
    r"(?P<hour>\d{1,2})(?= ?(?:-|to|until|till|and) ?(?P<last>\d{1,2})(?::\d\d)? ?(?P<half>[ap])\.?m\b)",
    FLAGS,
)
_OCLOCK_AT = Pattern(rf"(?P<hour>{WHOLE}) ?o'? ?clock", FLAGS)
_PAST_AT = Pattern(
    rf"(?P<part>half|(?:a )?quarter|{WHOLE}(?: min(?:ute)?s?)?) (?P<side>past|after|to|before"
    rf"|of) (?P<hour>{WHOLE})(?: ?(?P<half>[ap])\.?m)?\b(?! ?(?:day|week|month|hour|min|year))(?!:)",
    FLAGS,
)
_MEASURES: Final = (
    "days?|weeks?|months?|hours?|hrs?|min|sec|years?|people|units?|percent|times|k|m|million|usd|rmb|items?|sets?|pieces?"
    "|calls?|of|customers?|business|working"
)
_BARE_AT = Pattern(
    rf"(?P<hour>{WHOLE})(?: (?P<minute>thirty|fifteen|forty[ -]five))?\b(?![:/.\-]\d|%|(?:st|nd|rd|th)\b"
    rf"| ?(?:{_MEASURES})\b)",
    FLAGS,
)
_NAMED_AT = Pattern(r"(?:high )?(?P<name>noon|midday|midnight)\b", FLAGS)
_EVENT_AT = Pattern(
    r"(?:the )?(?P<name>eod|cob|close of (?:business|play)|end of (?:the |business |the business |this |work )?day)\b",
    FLAGS,
)
_PART_AT = Pattern(
    rf"(?:in the |this |the |at )?(?:early |late |mid[ -]?|early-|late-)?(?P<part>{PART})\b(?! (?:call|market|tea"
    r"|person|class))|(?P<tonight>tonight)\b",
    FLAGS,
)
_HOUR_BEHIND_AT = Pattern(r",? (?:at |around |about |by )?", FLAGS)
_PART_AFTER_AT = Pattern(rf",? ?(?:in the |at |this )?(?P<part>{PART})\b|,? ?(?P<tonight>tonight)\b", FLAGS)
_INTRODUCED_AT = Pattern(
    r"(?:at|@|around|about|by|before|after|until|till|from|between|past)\s{1,2}(?:around |about |exactly )?|at(?=\d)"
    r"|@",
    FLAGS,
)
END_OF_WORK: Final = 18
WHEN_AT = Pattern(r",? ?(?:@ ?|at |on |of )?", FLAGS)
TO_AT = Pattern(r" ?(?:-|to|through|thru|until|till?|and) ?", FLAGS)


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
    part = ENGLISH_PARTS[(found["part"] or "evening").lower()]
    behind = _HOUR_BEHIND_AT.match(text, found.end())
    hour = _hour_at(text, behind.end(), bare=len(behind[0]) > 2) if behind is not None else None
    return Clock(stop=found.end(), part=part) if hour is None else replace(hour, part=part)


def _hour_at(text: str, pos: int, *, bare: bool) -> Clock | None:
    return (
        _digital(text, pos) or _half_day(text, pos) or _past(text, pos) or _event(text, pos)
        or _spoken(text, pos, bare=bare) or _counted(text, pos, bare=bare)
    )  # fmt: skip


def _with_part(text: str, clock: Clock) -> Clock:
    return with_part_behind(text, clock, clock.stop)


def with_part_behind(text: str, clock: Clock, stop: int) -> Clock:
    """`clock` with the part of the day that stands at `stop`: 7:00 on Sunday| afternoon, 8 |in the evening."""
    after = _PART_AFTER_AT.match(text, stop) if clock.part is None else None
    if after is None:
        return clock
    if clock.settled:
        return replace(clock, stop=after.end())
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
    found = _HALF_DAY_AT.match(text, pos)
    if found is None:
        return _first_of_two(text, pos)
    if whole(found["hour"]) > 23:
        return None
    hour = _on_half(whole(found["hour"]), found["half"])
    return Clock(stop=found.end(), hour=hour, minute=int(found["minute"] or 0), settled=True)


def _first_of_two(text: str, pos: int) -> Clock | None:
    """3-5pm, 10 to 2pm: the first hour lies in the half of the day in which it comes before the second."""
    found = _SHARED_AT.match(text, pos)
    if found is None:
        return None
    hour, last = int(found["hour"]) % 12, int(found["last"]) % 12
    same_half = hour <= last
    half = found["half"] if same_half else "a" if found["half"] in "pP" else "p"
    return Clock(stop=found.end(), hour=_on_half(int(found["hour"]), half), settled=True)


def _on_half(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _spoken(text: str, pos: int, *, bare: bool) -> Clock | None:
    """eight forty, seven thirty five pm."""
    found = _SPOKEN_AT.match(text, pos)
    if found is None or whole(found["hour"]) > 23 or not (bare or found["half"]):
        return None
    minute = whole(found["minute"].lower().removeprefix("oh ").removeprefix("o"))
    hour = whole(found["hour"])
    settled = bool(found["half"]) or hour > 12
    return Clock(stop=found.end(), hour=_on_half(hour, found["half"]), minute=minute, settled=settled)


def _past(text: str, pos: int) -> Clock | None:
    found = _PAST_AT.match(text, pos)
    if found is None or whole(found["hour"]) > 24 or _opens_a_range(text, found):
        return None
    said = found["part"].lower()
    minutes = 30 if said == "half" else 15 if said.endswith("quarter") else whole(said.split(" min")[0])
    hour, settled = _on_half(whole(found["hour"]), found["half"]), found["half"] is not None
    if found["side"].lower() in ("past", "after"):
        return Clock(stop=found.end(), hour=hour, minute=minutes, settled=settled)
    return Clock(stop=found.end(), hour=(hour or 24) - 1, minute=60 - minutes, settled=settled)


def _opens_a_range(text: str, found: re.Match[str]) -> bool:
    """from 3 to 5: no minutes to the hour; nor is 3 to 5 without a word that says so."""
    if found["side"].lower() != "to":
        return False
    before = text[max(found.start() - 8, 0) : found.start()].lower()
    return before.endswith(("from ", "between ")) or found["part"].isdigit()


def _event(text: str, pos: int) -> Clock | None:
    found = _EVENT_AT.match(text, pos)
    if found is not None:
        return Clock(stop=found.end(), hour=END_OF_WORK, settled=True, event=True)
    named = _NAMED_AT.match(text, pos)
    if named is None:
        return None
    return Clock(stop=named.end(), hour=24 if named["name"].lower() == "midnight" else 12, settled=True)


def _counted(text: str, pos: int, *, bare: bool) -> Clock | None:
    found = _OCLOCK_AT.match(text, pos) or _bare(text, pos, bare)
    if found is None or not 1 <= whole(found["hour"]) <= 24:
        return None
    hour, minute = whole(found["hour"]), found.groupdict().get("minute")
    return Clock(stop=found.end(), hour=hour, minute=whole(minute) if minute else 0, settled=hour > 12)


def _bare(text: str, pos: int, bare: bool) -> re.Match[str] | None:
    """A number alone is an hour where a word introduces it (at 3) or a part of the day follows (8 in the evening)."""
    found = _BARE_AT.match(text, pos)
    if found is None or bare or _PART_AFTER_AT.match(text, found.end()):
        return found
    return None


def clock_behind(text: str, pos: int) -> Clock | None:
    joint = WHEN_AT.match(text, pos)
    begin = pos if joint is None else joint.end()
    if begin >= len(text) or (begin == pos and text[pos].lower() != "t" and text[pos - 1] != " "):
        return None
    introduced = joint is not None and joint[0].strip(" ,").lower() in ("at", "@")
    return clock_at(text, begin, introduced=introduced)
