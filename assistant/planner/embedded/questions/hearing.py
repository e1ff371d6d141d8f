"""What was misheard in a question to the documents, put as the documents write it: 秀酸盐 → 溴酸盐."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from crm_store.collateral.index import CollateralIndex
from crm_store.collateral.terms import STOPWORDS
from crm_store.collateral.words import segmenter
from intents.names.sounds import readings_of

LONGEST, SHORTEST = 4, 3
"""Characters of a stretch of which one is put right: beside two others or three that stand in a document with it."""
_HAN_RUN = re.compile("[\u4e00-\u9fff]{3,}")
_FIRST, _LAST = 0x4E00, 0x9FFF


def as_documented(text: str, index: CollateralIndex, names: Iterable[str] = ()) -> str:
    """The question with each character that makes no word, here or in the documents, as they write that sound.

    It is put right where exactly one spelling of three or four characters around it stands in a document. Names stay.
    """
    parts = re.split("|".join(f"({re.escape(name)})" for name in names), text) if any(names) else [text]
    kept = set(names)
    return "".join(
        part if part in kept else _HAN_RUN.sub(lambda run: _put_right(run[0], index), part) for part in parts if part
    )


def _put_right(run: str, index: CollateralIndex) -> str:
    for place in range(len(run)):
        if _is_stray(run, place, index.knows):
            run = _respelled(run, place, index)
    return run


def _is_stray(run: str, place: int, known: Callable[[str], bool]) -> bool:
    """Whether a character is of no word of the language, nor beside its neighbours in any document."""
    beside = [run[at : at + 2] for at in (place - 1, place) if at >= 0 and at + 2 <= len(run)]
    if run[place] in STOPWORDS or any(known(pair) or segmenter().has_word(pair) for pair in beside):
        return False
    return not any(segmenter().has_word(run[at : at + 3]) for at in range(max(place - 2, 0), place + 1))


def _respelled(run: str, place: int, index: CollateralIndex) -> str:
    """The run with the character at a place as some document has it, the longest surroundings first."""
    for size in range(LONGEST, SHORTEST - 1, -1):
        found: set[str] = set()
        for begin in range(max(place - size + 1, 0), min(place, len(run) - size) + 1):
            before, after = run[begin:place], run[place + 1 : begin + size]
            found |= {each for each in _sounding_like(run[place]) if index.has_text(f"{before}{each}{after}")}
        if found:
            return run[:place] + found.pop() + run[place + 1 :] if len(found) == 1 else run
    return run


@cache
def _sounding_like(character: str) -> tuple[str, ...]:
    found = {other for sound in readings_of(character) for other in _characters().get(sound, ())}
    return tuple(found - {character} - STOPWORDS)


@cache
def _characters() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for code in range(_FIRST, _LAST + 1):
        for sound in readings_of(chr(code)):
            found.setdefault(sound, []).append(chr(code))
    return found
