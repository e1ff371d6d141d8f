"""Text as the syllables it is pronounced with, near sounds folded together."""

from __future__ import annotations

from intents.names.sounds import fold_of, sounds


class _Syllables(dict[str, str]):
    """The class of each character's most usual reading, looked up when the character is first met."""

    def __missing__(self, character: str) -> str:
        if ord(character) > 0xFFFF:
            return character
        tables = sounds()
        reading = int(tables.readings[0][ord(character)])
        self[character] = found = fold_of(tables.syllables[reading]) if reading else character
        return found


_SYLLABLES = _Syllables()


def folded_syllables(text: str) -> list[str]:
    """One item a character: the class of its most usual reading (toneless, n=l, in=ing, s=sh…), else the character."""
    return [_SYLLABLES[character] for character in text]
