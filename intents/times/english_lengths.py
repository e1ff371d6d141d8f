"""Lengths of time in English: three days, 2.5 hours, a couple of weeks, an hour and a half."""

from __future__ import annotations

from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.english_words import (
    FLAGS,
    GUESSES,
    NUMBER,
    value,
)
from intents.times.lengths import Length

_LENGTH_AT = Pattern(
    rf"(?P<number>{NUMBER})[ -]?(?:more |of )?(?P<business>business |working |work )?"
    r"(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|hr|h|days?|weeks?|wks?|fortnights?|months?|quarters?|years?"
    r"|yrs?)\b(?P<half> and a half)?",
    FLAGS,
)
_AND_AT = Pattern(r",? (?:and )?(?=\d|[a-z])", FLAGS)
_SPANS: Final = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "hr": 3600, "h": 3600}


def length_at(text: str, pos: int) -> Length | None:
    """three days, 2.5 hours, a couple of weeks, an hour and a half, 1 hour and 30 minutes."""
    total = _one_length(text, pos)
    if total is None:
        return None
    for _ in range(4):
        joint = _AND_AT.match(text, total.stop)
        more = _one_length(text, joint.end()) if joint is not None else None
        if more is None:
            break
        total = _sum(total, more)
    return total


def _sum(left: Length, right: Length) -> Length:
    return Length(
        stop=right.stop, months=left.months + right.months, days=left.days + right.days,
        working_days=left.working_days + right.working_days, seconds=left.seconds + right.seconds,
    )  # fmt: skip


def _one_length(text: str, pos: int) -> Length | None:
    found = _LENGTH_AT.match(text, pos)
    if found is None:
        return None
    amount = value(found["number"]) + (0.5 if found["half"] else 0)
    unit = found["unit"].lower()
    unit = unit if unit == "h" else unit.rstrip("s")
    guess = found["number"].lower() in GUESSES
    if amount > 5_000 or (unit == "second" and not found["number"][0].isdigit() and not found["unit"].endswith("s")):
        return None
    return _measured(amount, unit, found.end(), guess, business=found["business"] is not None)


def _measured(amount: float, unit: str, stop: int, guess: bool, *, business: bool) -> Length:
    if unit in _SPANS:
        return Length(stop=stop, seconds=amount * _SPANS[unit], approximate=guess)
    if business:
        return Length(stop=stop, working_days=int(amount), approximate=guess)
    if unit in ("day", "week", "wk", "fortnight"):
        whole_days = amount * {"day": 1, "fortnight": 14}.get(unit, 7)
        return Length(stop=stop, days=int(whole_days), seconds=(whole_days % 1) * 86_400, approximate=guess)
    months = amount * {"month": 1, "quarter": 3}.get(unit, 12)
    return Length(stop=stop, months=int(months), days=15 if months % 1 else 0, approximate=guess)
