"""Walk through a text from left to right and take every time expression, each read in the light of the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from intents import patterns as re
from intents.patterns import Lazy as Pattern
from intents.times.beginnings import can_begin
from intents.times.days import DAY_CHARACTERS, PART_CHARACTERS
from intents.times.expression import Grain, Kind, Look, TimeExpression
from intents.times.phrase import Phrase, Shared
from intents.times.ranges import phrase_at
from intents.times.recurrence import completed, recurrence_at, started
from intents.times.resolve import resolved
from intents.times.script import Script, plain
from intents.times.stretch import Reading, day

_RECURRING: Final = frozenset("每逢隔天双周星礼工交0123456789一二三四五六七八九十两半")
_CANDIDATE = Pattern(f"[{DAY_CHARACTERS}{PART_CHARACTERS}每工交逢隔天双从自打截最不至赶未往接近之现目此即刚差收开]")
_ENGLISH = Pattern(r"[A-Za-z]{3}|\b(?:at|by|in|on)\b|\d(?:[ap]m|st|nd|rd|th)\b| [ap]m\b", re.I | re.A)
_TITLE = Pattern(r"《[^》]{1,60}》")
_SENTENCE_END = Pattern(r"[。;!?\n]")
_LIST_GAPS: Final = frozenset({"、", ",", "和", "与", "或", "或者", "及", "以及", "还是", "/", ",或者", ",或"})
_LONGER: Final = (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)


def find_times(text: str, *, now: datetime, look: Look = Look.AHEAD) -> list[TimeExpression]:
    """All time expressions of `text`, left to right, not overlapping, each as long as it goes.

    `now` is an aware moment; everything is resolved against it, in its time zone. `look` says which way a weekday, a
    day or a month without a year points, and whether what is over is a problem (only ahead it is).
    """
    script = plain(text)
    reading = Reading(now=now, look=look)
    phrases = _with_rules_completed(_all_phrases(script, reading), reading)
    return [
        resolved(
            phrase, text=text, begin=script.origin(phrase.begin), stop=script.origin_stop(phrase.stop), reading=reading
        )
        for phrase in phrases
    ]


def _all_phrases(script: Script, reading: Reading) -> list[Phrase]:
    """English is tried where there are English words; without a Chinese character it goes first (12/1/2026)."""
    text = script.text
    if _ENGLISH.search(text) is None:
        return _chinese(script, reading)
    from intents.times.english import english_phrases  # its patterns are of no use to a Chinese text

    english = english_phrases(text, reading)
    if text.isascii():
        return english
    return _merged(_chinese(script, reading), english)


def _merged(first: list[Phrase], second: list[Phrase]) -> list[Phrase]:
    """Both lists in order of the text; where two overlap the longer stays, and the one of `first` among equals."""
    kept = list(first)
    for phrase in second:
        rivals = [other for other in kept if other.begin < phrase.stop and phrase.begin < other.stop]
        if all(other.stop - other.begin < phrase.stop - phrase.begin for other in rivals):
            kept = [other for other in kept if other not in rivals] + [phrase]
    return sorted(kept, key=lambda phrase: phrase.begin)


def _chinese(script: Script, reading: Reading) -> list[Phrase]:
    text = script.text
    titles = [found.span() for found in _TITLE.finditer(text)] if "《" in text else []
    phrases: list[Phrase] = []
    pos = 0
    while (candidate := _CANDIDATE.search(text, pos)) is not None:
        pos = candidate.start()
        title = next((stop for begin, stop in titles if begin <= pos < stop), None)
        if title is not None:
            pos = title
            continue
        phrase = _phrase(text, pos, reading, phrases[-1] if phrases else None) if _begins(script, pos) else None
        if phrase is None:
            pos += 1
            continue
        pos = max(phrase.stop, pos + 1)
        if not phrase.now_word or _stands_alone(text, phrase):
            phrases.append(phrase)
    return phrases


_AMOUNT_ENDS = re.compile(r"[万千][一二三四五六七八九]$")
_MONTH_AT = Pattern(
    r"(?:十[一二]?|[一二三四五六七八九])月(?:份|底|初|末|中|上|下|"
    r"[一二三]?十?[一二三四五六七八九十]?[号日])"
)


def _begins(script: Script, pos: int) -> bool:
    """Whether a time may begin here; a month may after an amount, though a numeral stands before (十六万八九月底)."""
    text = script.text
    if can_begin(text, pos):
        return True
    spoken = _MONTH_AT.match(text, pos) is not None
    return spoken and (script.after_blank(pos) or _AMOUNT_ENDS.search(text[max(0, pos - 2) : pos]) is not None)


def _stands_alone(text: str, phrase: Phrase) -> bool:
    """现在 counts as a time where it is the whole answer, or where something begins with it."""
    return phrase.kind is not Kind.POINT or text.strip(" ,。.!") == text[phrase.begin : phrase.stop]


def _phrase(text: str, pos: int, reading: Reading, previous: Phrase | None) -> Phrase | None:
    if text[pos] in _RECURRING:
        recurring = recurrence_at(text, pos, reading)
        if recurring is not None:
            return recurring
    if previous is None:
        return phrase_at(text, pos, reading)
    return _after(text, pos, reading, previous)


def _after(text: str, pos: int, reading: Reading, previous: Phrase) -> Phrase | None:
    """What stands behind another time may share its day, week or month."""
    gap = text[previous.stop : pos]
    listed = gap in _LIST_GAPS and previous.kind in (Kind.POINT, Kind.RANGE) and previous.day is not None
    coming = previous.grain in _LONGER and previous.start > reading.now and not _SENTENCE_END.search(gap)
    inherit = _shared(gap, reading, previous)
    if listed or coming:
        near = replace(reading, near=previous.start.date())
        found = phrase_at(text, pos, near, inherit=inherit)
        if found is None or found.day is not None:
            return found
    found = phrase_at(text, pos, reading, inherit=inherit)
    if found is not None and inherit is not None and found.day is inherit.day and _passes_by(found, reading):
        return phrase_at(text, pos, reading)
    return found


def _passes_by(found: Phrase, reading: Reading) -> bool:
    return reading.look is Look.AHEAD and found.start < reading.now


def _shared(gap: str, reading: Reading, previous: Phrase) -> Shared | None:
    """What a bare hour later in the same sentence leaves unsaid: 明天上午见客户,下午三点回电; 今晚呃八点."""
    if previous.kind not in (Kind.POINT, Kind.RANGE) or previous.grain in _LONGER or _SENTENCE_END.search(gap):
        return None
    over = reading.look is Look.AHEAD and previous.start.date() < reading.today
    part = None if previous.clock is None else previous.clock.part
    return Shared(day=None if previous.day is None or over else day(previous.start.date()), part=part)


def _with_rules_completed(phrases: list[Phrase], reading: Reading) -> list[Phrase]:
    """A recurrence takes its missing day or hour, and its beginning, from the times said beside it."""
    recurring = [phrase for phrase in phrases if phrase.kind is Kind.RECURRENCE]
    if len(recurring) != 1:
        return phrases
    rule = recurring[0]
    others = [phrase for phrase in phrases if phrase is not rule]
    points = [phrase for phrase in others if phrase.kind is Kind.POINT and phrase.begin > rule.begin]
    whole = completed(rule, points[0], reading) if len(points) == 1 else None
    if whole is not None:
        others.remove(points[0])
    whole = whole or rule
    since = next((phrase for phrase in others if phrase.kind is Kind.SINCE and not phrase.has_hour), None)
    if since is not None:
        whole = started(whole, since.start.date())
    return sorted([*others, whole], key=lambda phrase: phrase.begin)
