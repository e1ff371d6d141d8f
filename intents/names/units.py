"""Turns text into units that can be compared: one width and case, digits as numerals, separators dropped."""

import string
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents import patterns as re
from intents.names.sounds import code_units

SOFT = " \t\u3000-_·•.&'’()（）/\\[]【】+—–‐"  # left out, within names and within sentences
NUMERALS = "零一二三四五六七八九"
_DIGITS = dict(zip("0123456789", NUMERALS, strict=True)) | {"〇": "零"}


def _map() -> dict[str, str]:
    plain = {character: character.lower() for character in string.ascii_letters} | _DIGITS
    plain |= dict.fromkeys(SOFT, "")
    wide = {chr(ord(c) + 0xFEE0): plain.get(c, c) for c in map(chr, range(0x21, 0x7F))}
    return wide | plain


MAP = _map()
_IN_NAMES = str.maketrans(MAP | dict.fromkeys(',，、:：“”"《》', ""))
_TENS = re.compile(f"(?<=[a-z][{NUMERALS[1:]}])十(?![{NUMERALS}])")
_LATIN_LEGAL = re.compile(
    r"[\s,]+(?:co\.?[\s,]*ltd|ltd|limited|inc|incorporated|corp|corporation|company|co|llc|plc|gmbh|ag|s\.?a|bv|pte)\.?(?=$|\s|\))",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Units:
    """The units of a sentence: unit i is what the original has from `at[i]` to `ends[i]`."""

    text: str
    codes: NDArray[np.uint16]
    at: tuple[int, ...]
    ends: tuple[int, ...]

    def glued(self, unit: int) -> bool:
        """Tell whether a unit follows the one before without anything between them."""
        return 0 < unit < len(self.at) and self.at[unit] == self.ends[unit - 1]


def of_name(name: str) -> str:
    """Return the units of a name, without Latin legal forms such as Co., Ltd."""
    if name and min(name) >= "\u4e00" and max(name) <= "\u9fff":
        return _tens(name)
    if name.isascii():
        name = _LATIN_LEGAL.sub("", name) or name
    return _tens(name.translate(_IN_NAMES))


def of_sentence(text: str) -> Units:
    """Return the units of a sentence with their positions; punctuation stays, since a name does not cross it."""
    return units_from([(mapped, i, i + 1) for i, c in enumerate(text) if (mapped := MAP.get(c, c))])


def units_from(placed: list[tuple[str, int, int]]) -> Units:
    """Return units from their characters and places."""
    text = _tens("".join([unit if unit <= "\uffff" else "\ufffd" for unit, _, _ in placed]))
    _, at, ends = zip(*placed, strict=True) if placed else ((), (), ())
    return Units(text=text, codes=code_units(text), at=at, ends=ends)


def _tens(text: str) -> str:
    """Write the K六十 of a model code as K60 is written."""
    return _TENS.sub("零", text) if "十" in text else text
