"""Splits a message into clauses: at punctuation, at the spaces of a recogniser, and before connectives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

BREAKS = "，。；！？,;!?\n"
_CONNECTIVES = (
    "另外|顺便|顺带|还有就是|还有(?!哪|几|多少|什么|谁|啥|没|吗)|然后|接着|同时|此外|再有|对了|再帮我|再给我|"
    "再把|再提醒|再叫我|再设|再排|再建|再加一?[个条]|再记|再看看|再查|再安排|回头再|并且|并把|并将"
)
_BEFORE_CONNECTIVE = re.compile(rf"(?<=[^\s{BREAKS}]{{4}})(?=(?:{_CONNECTIVES}))")
_ENGLISH_CONNECTIVE = re.compile(
    r"(?<=\w)\s+(?:and then|and also|and please|then|also|plus)\s+|"
    r"(?<=\w)\s+and\s+(?=(?:move|push|remind|mark|create|cancel|log|add|update|change|raise|set|bump|list|show)\s)",
    re.I,
)
_COUNTED = r"(?:[两二三四五六几]|[2-6])"
_ANNOUNCED = re.compile(
    rf"(?:^|(?<=[\s{BREAKS}]))(?:[^\s{BREAKS}]{{0,5}}?(?:有|办|说|交代|记|跟你|给你|帮我|麻烦)[^\s{BREAKS}]{{0,3}}?|那个|嗯|呃|就|一共|总共)*"
    rf"{_COUNTED}(?:件|个|桩|样|码)(?:小|要紧)?(?:事儿?|事情|活儿?|任务)(?:要办|要你办|麻烦你?|帮忙|帮我办|跟你说)?(?:一下)?(?:[啊哈哦呀吧呢,，、:：。\s]|(?=头一|第一|一是|首先|先))+",
)
"""两件事啊, 有三个事: what follows is told part by part, each a command of its own."""
_PART = re.compile(
    r"(?:还有就是|再有就是|再就是|然后就是|另外就是|再者|其次|首先(?!页)|再一个(?!月|小时|钟头|季度|半)|再一件(?:事儿?)?|"
    r"还有(?:一个|一件|个|件)(?:事儿?)?)(?:是|就是|呢|啊|吧|嗯|呃|[，、：:\s])*"
)
"""What opens a further part, wherever it is said."""
_NTH_PART = re.compile(
    r"(?:头一(?:个|件|桩)|第[一二三四五六1-6](?:个|件|桩)?|[一二三四五六]是|另一(?:个|件)|最后(?:一(?:个|件))?|还有)"
    r"(?:事儿?)?(?:是|就是|呢|啊|吧|嗯|呃|[，、：:\s])*"
)
"""What opens a part of an announced list; elsewhere it may pick from a list that was shown."""
_OPENING, _CLOSING = '“「『《(（"', '”」』》)）"'


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch `[begin, stop)` of the text, without the punctuation around it; `question` where it ends in 「?」.

    `opens` says that words which open a new part (再一个, 头一个) stood before it and were left out.
    """

    begin: int
    stop: int
    question: bool = False
    opens: bool = False


def announced_parts(text: str) -> bool:
    """Whether the message says that it is a list of commands: 「三件事啊」."""
    return _ANNOUNCED.search(text) is not None


def split_clauses(text: str, *, language: str = "zh") -> list[Clause]:
    """The clauses of a message, left to right. Text in quotation marks is never split."""
    listed = language == "zh" and announced_parts(text)
    cuts = _cuts(text, language, listed=listed)
    clauses: list[Clause] = []
    for begin, stop in zip([0, *cuts], [*cuts, len(text)], strict=True):
        trimmed = _trim(text, begin, stop)
        if trimmed is not None:
            clauses.append(_without_opening(text, trimmed, listed=listed) if language == "zh" else trimmed)
    kept = [
        replace(c, opens=c.opens or (i > 0 and clauses[i - 1].begin >= clauses[i - 1].stop and clauses[i - 1].opens))
        for i, c in enumerate(clauses)
        if c.begin < c.stop
    ]
    return kept or clauses


def without_courtesy(text: str, clauses: list[Clause]) -> list[Clause]:
    """Clauses less those that only soften the one beside them (可以吗, 谢谢); all, where there are no others."""
    kept = [c for c in clauses if not _COURTESY.fullmatch(text, c.begin, c.stop)]
    return kept or clauses


_PAUSE = re.compile("那个|就是")
_COURTESY = re.compile(
    r"(?:这样|那样)?(?:可以|行|好|成|方便|中)(?:吗|么|不|吧|嘛)|可不可以|行不行|好不好|谢谢你?|多谢|谢了|谢啦|麻烦(?:你|您)了?|"
    r"辛苦(?:你|了|啦)+|拜托(?:了|啦)?|please|thanks?|thank you",
    re.I,
)
_ALONE = re.compile("然后|另外|还有|再有|此外|接着|那个|就是|对了|第[一二三四五六1-6]")


def _without_opening(text: str, clause: Clause, *, listed: bool) -> Clause:
    """The clause behind 「再一个」, or with an announced list behind 「三件事啊」 and 「头一个」."""
    begin = clause.begin
    patterns = (_ANNOUNCED, _PART, _NTH_PART) if listed else (_PART,)
    for pattern in patterns:
        found = pattern.match(text, begin) if pattern is _ANNOUNCED else pattern.match(text, begin, clause.stop)
        if found is not None:
            begin = min(found.end(), clause.stop)
    opens = begin > clause.begin
    if _ALONE.fullmatch(text, begin, clause.stop):
        opens |= _PAUSE.fullmatch(text, begin, clause.stop) is None
        begin = clause.stop
    return clause if begin == clause.begin else Clause(begin, clause.stop, clause.question, opens=opens)


def _cuts(text: str, language: str, *, listed: bool) -> list[int]:
    quoted = _quoted(text)
    cuts = {i + 1 for i, c in enumerate(text) if c in BREAKS and not quoted[i] and not _inside_number(text, i)}
    if language == "zh":
        cuts |= {i + 1 for i, c in enumerate(text) if c == " " and not quoted[i] and _between_chinese(text, i)}
        cuts |= {m.start() for m in _BEFORE_CONNECTIVE.finditer(text) if not quoted[m.start()]}
        if listed:
            cuts |= {m.end() for m in _ANNOUNCED.finditer(text) if not quoted[m.start()]}
            cuts |= {m.start() for m in _PART.finditer(text) if not quoted[m.start()]}
            cuts |= {m.start() for m in re.finditer("头一[个件桩]|最后一[个件]", text) if not quoted[m.start()]}
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
