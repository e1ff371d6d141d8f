"""Reads numbers in English words: half a million, twenty-five thousand, one and a half million, two dozen."""

from __future__ import annotations

from decimal import Decimal

from intents import patterns as re
from intents.numbers.alphabet import Numeral, plain

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_WORDS = _SMALL | _TENS
_SCALES = {"dozen": 12, "thousand": 10**3, "grand": 10**3, "k": 10**3, "million": 10**6, "billion": 10**9}
_FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}

_WORD = "|".join(sorted([*_WORDS, *_SCALES, "hundred"], key=len, reverse=True))
_PHRASE = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:half|a quarter(?: of)?|quarter) (?:an? )?(?=(?:{_WORD})(?![A-Za-z]))"
    rf"|an? (?=(?:hundred|dozen|thousand|million|billion|grand)(?![A-Za-z])))?"
    rf"(?:{_WORD})(?:(?:[ -](?:and )?(?:{_WORD})|(?: and)? (?:a|one) half)(?![A-Za-z0-9])){{0,12}}(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9])(?:{_WORD}) and a half(?: (?:{_WORD}))?(?![A-Za-z0-9])",
    re.IGNORECASE,
)


def read_english(text: str, at: int) -> Numeral | None:
    """Read the longest number in words that begins at `at`, or nothing."""
    found = _PHRASE.match(text, at)
    if found is None:
        return None
    words = found[0].lower().replace("-", " ").split()
    value, scale = _value(words)
    low = plain(value)
    return Numeral(
        begin=at, stop=found.end(), low=low, high=low, scale=scale, chinese=False, units=len(words) > 1, words=True
    )


def _value(words: list[str]) -> tuple[Decimal, int]:
    """The value, and the largest scale said (1 when none was)."""
    total, part, scale, last = Decimal(0), Decimal(0), 1, 1
    for word in words:
        if word in _FRACTIONS:  # of what was said last, when that is closed: a million and a half
            part += _FRACTIONS[word] * (1 if part else last)
        elif word in _WORDS:
            part += _WORDS[word]
        elif word == "hundred":
            part = (part or Decimal(1)) * 100
        elif word in _SCALES:
            last = _SCALES[word]
            total, part = total + (part or Decimal(1)) * last, Decimal(0)
            scale = max(scale, last) if word != "dozen" else scale
    return total + part, scale
