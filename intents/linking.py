"""What is heard as a name is one where what follows shows it: a deal of its own (金陵那个两癌筛查), or speech."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intents import patterns as re
from intents.names import By, Candidate, Kind, Mention
from intents.names.ordinary import dictionary

CONFIRMED = 0.85
"""The score of a customer heard whose deal, task or person stands beside: likely, below one that is written."""
LEAST_HEARD = {By.SOUND: 0.45, By.NEAR_SOUND: 0.6}
_BY_EAR = (By.SOUND, By.NEAR_SOUND, By.PINYIN, By.TYPO)
"""What is but heard itself confirms nothing."""
LEAST_OF_ITS = 0.6
"""How well the customer must be heard, and what is its own be named, to confirm each other."""
TIED = 0.03
"""Two customers closer than this fit equally (see intents/names)."""
_BELONGS = re.compile(
    r"(?:公司|集团|家里?|那家|这家|那边|那儿|那里|这边|他们家?|她们)?"
    r"(?:的|[那这]一?[个单笔张条件项份台批套位]|[那这](?=[\u4e00-\u9fff])|\s)*(?:的)?"
)
_SPEAKS = re.compile(r"(?:公司|家|那边|那儿|他们)*(?:说|讲|来电|来话|反馈|要求|答应|同意|回复|催|问|嫌|想要|通知)")
_CLAUSE = re.compile(r"(?:^|[，。；！？,;!?\s])(?:刚才?|今天|昨天|那个|这个)*$")
_OF_CUSTOMERS = (Kind.OPPORTUNITY, Kind.TASK, Kind.CONTACT)


def confirmed(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions of a text; a customer that is but heard is likelier before its own deal, or what it says."""
    return tuple(_confirmed(text, mention, mentions) for mention in mentions)


def _confirmed(text: str, mention: Mention, mentions: Sequence[Mention]) -> Mention:
    if not any(_is_heard(c) or _is_heard(c, Kind.CONTACT) for c in mention.candidates):
        return mention
    if any(_is_heard(c) for c in mention.candidates) and _speaks(text, mention):
        raised = [_raised(c) if _is_heard(c) else c for c in mention.candidates]
        return replace(mention, candidates=tuple(sorted(raised, key=lambda c: -c.score)))
    if (owner := _owner_before(text, mention, mentions)) is not None:
        theirs = [_is_heard(c, Kind.CONTACT) and c.nameable.customer_id == owner for c in mention.candidates]
        raised = [_raised(c) if own else c for c, own in zip(mention.candidates, theirs, strict=True)]
        return replace(mention, candidates=tuple(sorted(raised, key=lambda c: -c.score)))
    owners = _owners_behind(text, mention, mentions)
    if len(owners & {c.nameable.id for c in mention.candidates if _is_heard(c)}) != 1:
        return mention
    raised = [_raised(c) if _is_heard(c) and c.nameable.id in owners else c for c in mention.candidates]
    return replace(mention, candidates=tuple(sorted(raised, key=lambda c: -c.score)))


def _speaks(text: str, mention: Mention) -> bool:
    """Whether what is heard as a name, and is no word, is said to speak: 「西陈说国庆以后再谈」."""
    begins = _CLAUSE.search(text, 0, mention.begin) is not None
    return begins and _SPEAKS.match(text, mention.stop) is not None and dictionary().frequency(mention.text) < RARE


RARE = 20
"""The dictionary frequency from which a word is a word and no name misheard."""


def _is_heard(candidate: Candidate, kind: Kind = Kind.CUSTOMER) -> bool:
    least = LEAST_HEARD.get(candidate.by, 1.0)
    whole = candidate.whole and not candidate.extra
    return whole and candidate.nameable.kind is kind and least <= candidate.score < CONFIRMED


def _owner_before(text: str, mention: Mention, mentions: Iterable[Mention]) -> int | str | None:
    """The customer named for sure right before somebody who is heard: 「苏岚诊断的严飞」."""
    if not any(_is_heard(c, Kind.CONTACT) for c in mention.candidates):
        return None
    for each in mentions:
        owners = [c for c in each.candidates if c.nameable.kind is Kind.CUSTOMER and c.score >= CONFIRMED]
        tied = len(owners) > 1 and owners[0].score - owners[1].score < TIED
        if owners and not tied and _BELONGS.fullmatch(text, each.stop, mention.begin):
            return owners[0].nameable.id
    return None


def _raised(candidate: Candidate) -> Candidate:
    return replace(candidate, score=CONFIRMED)


def _owners_behind(text: str, mention: Mention, mentions: Iterable[Mention]) -> set[int | str | None]:
    """The customers of what is named right behind a mention."""
    behind = (m for m in mentions if m.begin >= mention.stop and _BELONGS.fullmatch(text, mention.stop, m.begin))
    return {
        c.nameable.customer_id
        for m in behind
        for c in m.candidates
        if c.nameable.kind in _OF_CUSTOMERS and c.score >= LEAST_OF_ITS and c.by not in _BY_EAR
    }


__all__ = ["confirmed"]
