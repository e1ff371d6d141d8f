"""Text as the syllables it is pronounced with, near sounds folded together."""

from __future__ import annotations

from functools import lru_cache

from intents.names.sounds import fold_of, sounds


@lru_cache(maxsize=20_000)
def _syllable(character: str) -> str:
    if ord(character) > 0xFFFF:
        return character
    tables = sounds()
    reading = int(tables.readings[0][ord(character)])
    return fold_of(tables.syllables[reading]) if reading else character


def folded_syllables(text: str) -> list[str]:
    """One item a character: the class of its most usual reading (toneless, n=l, in=ing, s=sh…), else the character."""
    return [_syllable(character) for character in text]
