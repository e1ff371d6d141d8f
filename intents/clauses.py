"""Splits a message into clauses: at punctuation, at the spaces of a recogniser, and before connectives."""

from __future__ import annotations

import re
from dataclasses import dataclass

BREAKS = "，。；！？,;!?\n"
_CONNECTIVES = (
    "另外|顺便|顺带|还有就是|还有(?!哪|几|多少|什么|谁|啥|没|吗)|然后|接着|同时|此外|再有|对了|再帮我|再给我|再把|"
    "回头再|并且|并把|并将"
)
_BEFORE_CONNECTIVE = re.compile(rf"(?<=[^\s{BREAKS}]{{4}})(?=(?:{_CONNECTIVES}))")
_ENGLISH_CONNECTIVE = re.compile(r"(?<=\w)\s+(?:and then|and also|and please|then|also|plus)\s+", re.I)
_OPENING, _CLOSING = '“「『《(（"', '”」』》)）"'


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch `[begin, stop)` of the text, without the punctuation around it; `question` where it ends in 「?」."""

    begin: int
    stop: int
    question: bool = False


def split_clauses(text: str, *, language: str = "zh") -> list[Clause]:
    """The clauses of a message, left to right. Text in quotation marks is never split."""
    cuts = _cuts(text, language)
    clauses: list[Clause] = []
    for begin, stop in zip([0, *cuts], [*cuts, len(text)], strict=True):
        trimmed = _trim(text, begin, stop)
        if trimmed is not None:
            clauses.append(trimmed)
    return clauses


def _cuts(text: str, language: str) -> list[int]:
    quoted = _quoted(text)
    cuts = {i + 1 for i, c in enumerate(text) if c in BREAKS and not quoted[i] and not _inside_number(text, i)}
    if language == "zh":
        cuts |= {i + 1 for i, c in enumerate(text) if c == " " and not quoted[i] and _between_chinese(text, i)}
        cuts |= {m.start() for m in _BEFORE_CONNECTIVE.finditer(text) if not quoted[m.start()]}
    else:
        cuts |= {m.start() + 1 for m in _ENGLISH_CONNECTIVE.finditer(text)}
        cuts |= {m.start() + 1 for m in re.finditer(r"\.\s", text)}
    return sorted(cut for cut in cuts if 0 < cut < len(text))


def _quoted(text: str) -> list[bool]:
    """For each character, whether it stands inside quotation marks; an unclosed mark quotes nothing."""
    inside = [False] * len(text)
    opened: list[tuple[int, str]] = []
    for i, character in enumerate(text):
        if opened and character == opened[-1][1]:
            begin, _ = opened.pop()
            if not opened:
                inside[begin : i + 1] = [True] * (i + 1 - begin)
        elif character in _OPENING:
            opened.append((i, _CLOSING[_OPENING.index(character)]))
    return inside


def _inside_number(text: str, i: int) -> bool:
    return text[i] == "," and 0 < i < len(text) - 1 and text[i - 1].isdigit() and text[i + 1].isdigit()


def _between_chinese(text: str, i: int) -> bool:
    return 0 < i < len(text) - 1 and (text[i - 1] > "\u2e80" or text[i + 1] > "\u2e80")


def _trim(text: str, begin: int, stop: int) -> Clause | None:
    question = False
    while stop > begin and (text[stop - 1] in BREAKS or text[stop - 1].isspace()):
        question |= text[stop - 1] in "？?"
        stop -= 1
    while begin < stop and (text[begin] in BREAKS or text[begin].isspace()):
        begin += 1
    return Clause(begin, stop, question) if begin < stop else None
