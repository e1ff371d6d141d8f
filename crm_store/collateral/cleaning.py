"""Text as it may be shown and text as it is compared: hidden characters, links and markup never reach an answer."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Protocol

from crm_store.collateral.numerals import with_digits

# Zero-width, bidirectional and tag characters: invisible to a reader, not to a model or a match.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_COMMA_IN_NUMBER = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def shown(text: str) -> str:
    """Text for quoting: what a reader sees, without invisible characters and doubled spaces."""
    return _SPACES.sub(" ", _CONTROL.sub("", _HIDDEN.sub("", text))).strip()


def folded(text: str) -> str:
    """Text for comparing: NFKC, lower case, simplified characters, numbers as digits without thousands separators."""
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).lower()
    if not plain.isascii():
        plain = _simplifier().convert(plain)
    return with_digits(_COMMA_IN_NUMBER.sub("", plain))


@lru_cache(maxsize=1)
def _simplifier() -> _Converter:
    import opencc

    converter: _Converter = opencc.OpenCC("t2s")
    return converter
