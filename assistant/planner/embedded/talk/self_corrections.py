"""A name taken back in the same breath: 「康沐医院,嗯不对,是康牧乳业的礼盒,金额改成…」 speaks of the second only."""

from __future__ import annotations

from assistant.planner.embedded.desk import Desk
from intents import patterns as re
from intents.names import Kind, Mention

_TAKES_BACK = re.compile(
    r"[，,。\s]*(?:呃|额|嗯|啊|哦|噢|哎|唉|欸|等等|等下)*[，,\s]*(?:不对|不是|错了|说错了?|讲错了?|搞错了?|记错了?|口误)(?:了|啊|呀|哦)*[，,。\s]*"
    r"(?:啊|哦|我是说|我说的是|应该是|应该|其实是)*[，,\s]*(?:是|叫)?[，,\s]*"
)
_AROUND = re.compile(
    r"^(?:请|麻烦|帮我|帮忙|给我|那个?|就|把|将|给|帮|跟|和|找|约|看看|查一?下|[，,\s])*|(?:的|那个|那家|这个|家|那边|[，,\s])*$"
)
_NAMED = (Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, Kind.LEAD)
LEAST, LONGEST = 0.75, 16
"""How well both names must be named, and how many characters may stand before what takes the first back."""


def without_taken_back(desk: Desk) -> None:
    """Leave the name out of the message that the speaker takes back for the one right behind."""
    for first in _names(desk):
        taken = _taken_back(desk, first)
        if taken is not None and any(second.begin == taken for second in _names(desk)):
            text = desk.sentence
            desk.sentence = desk.read(text.raw(0, first.begin) + text.raw(taken, len(text.text)))
            return


def _names(desk: Desk) -> list[Mention]:
    own = [m for m in desk.sentence.mentions if m.candidates and m.candidates[0].score >= LEAST]
    return [m for m in own if m.candidates[0].nameable.kind in _NAMED]


def _taken_back(desk: Desk, first: Mention) -> int | None:
    """Where the name begins that stands for `first`; None where `first` is not taken back, or more was said of it."""
    text = desk.text
    for found in _TAKES_BACK.finditer(text, first.stop):
        head = _AROUND.sub("", text[: first.begin] + text[first.stop : found.start()])
        if found.start() <= LONGEST and not _without_names(desk, head):
            return found.end()
    return None


def _without_names(desk: Desk, words: str) -> str:
    """Words less the names in them; a deal said behind its customer's name is part of what is taken back."""
    for mention in _names(desk):
        words = words.replace(mention.text, "")
    return _AROUND.sub("", words)


__all__ = ["without_taken_back"]
