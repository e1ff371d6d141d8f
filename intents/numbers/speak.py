"""Reads a number that fills a text, and writes sums the way a salesperson says them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from intents.numbers.alphabet import plain
from intents.numbers.english import read_english
from intents.numbers.numerals import read_numeral

_WORDS = {"半": Decimal("0.5"), "俩": Decimal(2), "仨": Decimal(3), "一半": Decimal("0.5")}
_SIGNS = {"负": -1, "-": -1, "−": -1, "+": 1, "正": 1}
_FEN = Decimal("0.01")
_MOST_DECIMALS = 2  # 8.85万 is read at a glance, 123.4567万 is not: that is written in full


def parse_number(text: str) -> Decimal | None:
    """The number that the whole text is (三百五十八, 3.5, 1,200, 两, 半, 十来, half a million), or None.

    Of a range or an approximate number it is the first that was said: 十来 is 10, 三五 is 3.
    """
    said = text.strip()
    sign = _SIGNS.get(said[:1], 0)
    said = said[1:].lstrip() if sign else said
    if said in _WORDS:
        return _WORDS[said] * (sign or 1)
    numeral = read_numeral(said, 0, decimal=True) or read_english(said, 0)
    if numeral is None or numeral.stop != len(said):
        return None
    return numeral.low * (sign or 1)


def speak_yuan(value: Decimal, language: str = "zh") -> str:
    """Write a sum in yuan, exact to the fen: 136万, 8.85万, 1.2亿, 5,000元, 1,234,567元; in English ¥1,360,000."""
    exact = plain(Decimal(value).quantize(_FEN, rounding=ROUND_HALF_UP))
    sign, size = ("-" if exact < 0 else ""), abs(exact)
    if language == "en":
        return f"{sign}¥{_grouped(size)}"
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        scaled = plain(size / unit)
        if size >= unit and _decimals(scaled) <= _MOST_DECIMALS:
            return f"{sign}{scaled:f}{name}"
    return f"{sign}{_grouped(size)}元"


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _grouped(number: Decimal) -> str:
    return f"{number:,.2f}" if _decimals(number) else f"{number:,f}"
