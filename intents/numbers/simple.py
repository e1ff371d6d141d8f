"""Reads what most numerals are, without keeping a state: 3, 38万, 64.5万, 三, 两万."""

from __future__ import annotations

from decimal import Decimal

from intents import patterns as re
from intents.numbers.alphabet import DIGITS, Numeral, plain

_GOES_ON = (
    r"[,.]\d|[\d零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億幺几多来余A-Za-z]"
    r"|个[多来亿wW]|点[\d零一二三四五六七八九]| [A-Za-z万亿]"
)
_SIMPLE = re.compile(rf"(?:(\d{{1,9}})(\.\d{{1,6}})?|([一二三四五六七八九两十]))(?:(万)|(亿))?(?!{_GOES_ON})")


def read_simple(text: str, at: int) -> Numeral | None:
    """Read a numeral of that kind; None when there is none, or when more of a numeral follows."""
    found = _SIMPLE.match(text, at)
    if found is None:
        return None
    digits, fraction, char, ten_thousand, hundred_million = found.groups()
    scale = 10**4 if ten_thousand else 10**8 if hundred_million else 1
    one = Decimal(digits + (fraction or "")) if digits else Decimal(DIGITS.get(char, 10))
    value = plain(one * scale) if fraction else one * scale
    return Numeral(
        begin=found.start(), stop=found.end(), low=value, high=value, scale=scale,
        chinese=char is not None, whole=fraction is None, units=char == "十",
    )  # fmt: skip
