"""Harmless changes of wording: what people add or leave out without meaning anything by it.

A case that passes as it was written should pass so changed, too (metamorphic testing; the method is that of
CheckList, Ribeiro et al., ACL 2020: invariance tests). Each change is a pure function of a text and of a generator.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping

from eval.suite import Case, Turn

Change = Callable[[str, random.Random], str]

_OPENINGS = (
    "嗯,", "那个,", "小销,", "麻烦", "你好,", "哎对了,", "喂,", "呃那个,", "对了,", "麻烦你", "来,", "hi,",
)  # fmt: skip
_CLOSINGS = ("谢谢", "啊", "哈", ",麻烦了", ",辛苦", "哦", ",谢谢啊", "呗", "。", "~", "!", ",快点", ",听到没")
_PAUSES = ("嗯", "那个", "呃", "就是说", "嗯那个")
_QUESTION = re.compile("[？?吗呢么]$")
_MARKS = "，,。、！!？?；;：:"
_BREAK = re.compile(rf"(?<!\d)[{_MARKS}](?!\d)|(?<=\d)[{_MARKS}](?=\D)")
_QUOTE = re.compile("[「」“”]")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def _opened(text: str, chance: random.Random) -> str:
    return chance.choice(_OPENINGS) + text


def _closed(text: str, chance: random.Random) -> str:
    if _QUESTION.search(text):
        return text
    return text.rstrip(_MARKS) + chance.choice(_CLOSINGS)


def _unpunctuated(text: str, _: random.Random) -> str:
    return _QUOTE.sub("", _BREAK.sub("", text))


def _spaced(text: str, _: random.Random) -> str:
    return _BREAK.sub(" ", text).strip()


def _paused(text: str, chance: random.Random) -> str:
    breaks = [found.end() for found in re.finditer("[，,。]", text)][:8]
    if not breaks:
        return text
    at = chance.choice(breaks)
    return f"{text[:at]}{chance.choice(_PAUSES)}{text[at:]}"


CHANGES: Mapping[str, Change] = {
    "opened": _opened,
    "closed": _closed,
    "paused": _paused,
    "spaced": _spaced,
    "unpunctuated": _unpunctuated,
}
"""Each kind of change by its name."""


def perturbed(cases: Iterable[Case], kind: str, seed: int = 0) -> list[Case]:
    """The cases that the change touches, changed; the same for the same seed. Raises KeyError for an unknown kind.

    Only Chinese turns of two characters and more are changed; a case without one is left out.
    """
    change, chance = CHANGES[kind], random.Random(seed)
    changed = []
    for case in cases:
        turns = [_turn(turn, change, chance) for turn in case.turns]
        if turns != case.turns:
            changed.append(case.model_copy(update={"turns": turns}))
    return changed


def _turn(turn: Turn, change: Change, chance: random.Random) -> Turn:
    if turn.say is None or len(turn.say) < 2 or not _CHINESE.search(turn.say):
        return turn
    return turn.model_copy(update={"say": change(turn.say, chance)})
