"""Splits a message into clauses: at punctuation, at the spaces of a recogniser, and before connectives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intents import patterns as re

BREAKS = "，。；！？,;!?\n"
_CONNECTIVES = (
    "另外|顺便|顺带|还有就是|还有(?!哪|几|多少|什么|谁|啥|没|吗)|然后|接着|同时|此外|再有|对了|再帮我|再给我|"
    "再把|再提醒|再叫我|再设|再排|再建|再加一?[个条]|再记|再看看|再查|再安排|回头再|并且|并把|并将|再一件|再就是|其次|"
    "再一个(?!月|小时|钟头|季度|半|(?:周|星期|礼拜)(?![一二三四五六日天末](?![次回趟])))"
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
    rf"{_COUNTED}(?:件|个|桩|样|码)(?:小|要紧)?(?:事儿?|事情|事体|活儿?|任务)(?:要办|要你办|麻烦你?|帮忙|帮我办|跟你说)?(?:一下)?(?:[啊哈哦呀吧呢,，、:：。\s]|(?=头一|第一|一是|首先|先|一[个件桩](?:事儿?)?(?:就?是)))+",
)
"""两件事啊, 有三个事: what follows is told part by part, each a command of its own."""
_PART = re.compile(
    r"(?:还有就是|再有就是|再就是|然后就是|另外就是|再者|其次|首先(?!页)|再一个(?!月|小时|钟头|季度|半)|再一件(?:事儿?)?|"
    r"还有(?:一个|一件|个|件)(?:事儿?)?)(?:是|就是|呢|啊|吧|嗯|呃|[，、：:\s])*"
)
"""What opens a further part, wherever it is said."""
_NTH_PART = re.compile(
    r"(?:头一(?:个|件|桩)|一(?:个|件|桩)(?=(?:事儿?)?就?是)|第[一二三四五六1-6](?:个|件|桩)?|[一二三四五六]是|另一(?:个|件)|最后(?:一(?:个|件))?|还有)"
    r"(?:事儿?)?(?:是|就是|呢|啊|吧|嗯|呃|[，、：:\s])*"
)
"""What opens a part of an announced list; elsewhere it may pick from a list that was shown."""
_FURTHER = re.compile("头一[个件桩]|最后一[个件]|(?<![另头那这哪有])一[个件桩](?:事儿?)?就?是|另一[个件桩]")
_REMINDER = re.compile(
    rf"(?<=[^\s{BREAKS}]{{4}})(?<![到在成为至])(?=(?:今天|今晚|明天|明早|明晚|大?后天|[这下]?(?:周|星期|礼拜)[一二三四五六日天])"
    rf"[^\s{BREAKS}]{{0,8}}(?:提醒我?|叫我|喊我))"
)
"""Where a reminder begins behind another part of an announced list, told without a break."""
_OPENING, _CLOSING = '“「『《(（"', '”」』》)）"'


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch `[begin, stop)` of the text, without the punctuation around it; `question` where it ends in 「?」.

    `opens` says that it begins a new part: words which open one (再一个, 头一个) were left out before it, or the list
    that it stands in was announced with the number of its parts.
    """

    begin: int
    stop: int
    question: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The number `[begin, stop)` that a part of a list is told with; `points` where it may point at a list shown."""

    begin: int
    stop: int
    points: bool = False


_NUMERALS = "一二三四五六七八九"
_AT_FIRST = re.compile(rf"(?:^|[\s{BREAKS}:：、]|[事活务]儿?|[件桩]|有|说)$")
_COUNTS = (
    re.compile(r"(?<![\dA-Za-z.\-年月第])[(（]?(?P<nth>[1-9])(?:[、)）．]|\.(?!\d))\s*"),
    re.compile(r"(?P<nth>[①②③④⑤⑥⑦⑧⑨])\s*"),
    re.compile(rf"(?<![周期拜第之十统唯万])(?:其)?(?P<nth>[{_NUMERALS}])(?:是|来|则|呢[，,\s])[，,、:：\s]*"),
    re.compile(
        rf"第(?P<nth>[{_NUMERALS}1-9])(?:(?P<unit>个|条|单|笔|项|张)(?:事儿?)?|件(?:事儿?)?|桩(?:事儿?)?|点|"
        r"(?![天次年批期季步轮周阶名中小人医职实高师外版台代届学层手产集位家])|个事儿?)(?:是|就是|呢|啊|嗯)?[，,、:：\s]*"
    ),
)
"""How the parts of a list are counted: 1. 2., ① ②, 一是 二是, 第一 第二."""


def enumerated(text: str) -> list[Mark]:
    """The numbers that count the parts of a list from one to two and more, the first where something begins."""
    quoted = _quoted(text)
    for pattern in _COUNTS:
        marks: list[Mark] = []
        for found in pattern.finditer(text):
            begins = marks or _AT_FIRST.search(text, max(0, found.start() - 2), found.start())
            if not quoted[found.start()] and begins and _nth(found["nth"]) == len(marks) + 1:
                points = bool(found.groupdict().get("unit")) and "事" not in found[0]
                marks.append(Mark(found.start(), found.end(), points))
        if len(marks) > 1:
            return marks
    return []


def _nth(said: str) -> int:
    return int(said) if said.isdecimal() else (f"{_NUMERALS}".find(said) + 1 or "①②③④⑤⑥⑦⑧⑨".find(said) + 1)


def announced_parts(text: str) -> bool:
    """Whether the message says that it is a list of commands: 「三件事啊」."""
    return _ANNOUNCED.search(text) is not None


def split_clauses(text: str, *, language: str = "zh") -> list[Clause]:
    """The clauses of a message, left to right. Text in quotation marks is never split."""
    listed = language == "zh" and announced_parts(text)
    marks = enumerated(text) if language == "zh" else []
    cuts = sorted({*_cuts(text, language, listed=listed), *(m.begin for m in marks if m.begin)})
    clauses: list[Clause] = []
    for begin, stop in zip([0, *cuts], [*cuts, len(text)], strict=True):
        trimmed = _trim(text, begin, stop)
        if trimmed is not None:
            counted = _without_count(trimmed, marks)
            clauses.append(_without_opening(text, counted, listed=listed) if language == "zh" else trimmed)
    kept = [
        replace(c, opens=c.opens or (i > 0 and clauses[i - 1].begin >= clauses[i - 1].stop and clauses[i - 1].opens))
        for i, c in enumerate(clauses)
        if c.begin < c.stop
    ]
    return _each_a_part(text, kept) if listed and kept else kept or clauses


_HOW_MANY = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def _each_a_part(text: str, clauses: list[Clause]) -> list[Clause]:
    """With 「两件事」 announced and two clauses told, each is a part of its own."""
    announced = _ANNOUNCED.search(text)
    said = re.search(_COUNTED, announced[0]) if announced else None
    count = _HOW_MANY.get(said[0], 0) or int(said[0] if said[0].isdigit() else 0) if said else 0
    told = [c for c in clauses if announced is not None and c.begin >= announced.start()]
    if len(told) != count:
        return clauses
    return [replace(c, opens=True) if c in told else c for c in clauses]


def _without_count(clause: Clause, marks: list[Mark]) -> Clause:
    """The clause less the number that it is told with (2., 二是); 第二个, which may point at a list, is kept."""
    mark = next((m for m in marks if m.begin == clause.begin), None)
    if mark is None:
        return clause
    return replace(clause, begin=clause.begin if mark.points else min(mark.stop, clause.stop), opens=True)


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
            cuts |= {m.start() for m in _FURTHER.finditer(text) if not quoted[m.start()]}
            cuts |= {m.start() for m in _REMINDER.finditer(text) if not quoted[m.start()]}
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
