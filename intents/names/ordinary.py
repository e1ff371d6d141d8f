"""Judges how far a stretch of a sentence reads as ordinary words, and so is no misheard name."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from intents.names.lexicon import lexicon

COMMON = 20  # dictionary frequency from which a word counts as one that people use
COMMON_BY_SIZE = {2: 20, 3: 5}  # the same for a word that a stretch tears: long ones are no accident
TORN, TORN_LONGER = {2: 0.6, 3: 0.82}, 0.92  # factor for a stretch that tears a common word, by its size
TORN_WRITTEN = {2: 0.88, 3: 0.95}  # the same where the stretch is the very name
# Words that hold sentences together; after a verb (立个, 寄到) they read as plain speech, more than before a noun.
FUNCTION = frozenset(
    "个件台次份条家的了是我你他她它们在有和就都也要不给把被让跟说去到来上下这那很吗呢吧啊着过得地又再还没对从向往为与及或但而且一二三四五六七八九十"
    "零两几多少年月日号点分半今明昨后前里外中大小好想能会可先周天早晚最更只才已经将所以如果因此其该每各某哪谁什么怎样"
)  # fmt: skip
ENDING = frozenset("个件台次份条的了着过到给在得去来完好上下起一")
BY_FUNCTION = {2: (1.0, 0.9, 0.62), 3: (1.0, 0.95, 0.8, 0.6)}
ENDS_AS_VERB = 0.8
BEFORE_A_NAME, STARTS_BEFORE_A_NAME = frozenset("给跟和与向对把被让叫请找问约去到在从为替等"), 0.85
SAYS, SAID = "说讲", 250  # 陈说 is a word, but seldom what 西陈说 has in it
LEXICON_WORD = 0.6  # factor for a word of a trade, a title, a region


class Dictionary:
    """The frequencies of jieba's dictionary."""

    def __init__(self) -> None:
        import rjieba  # loads its dictionary, some 0.15 s

        self._jieba = rjieba
        self._known: dict[str, int] = {}

    def frequency(self, word: str) -> int:
        """Return how often a word occurs in the dictionary's corpus, 0 if it is not in it."""
        known = self._known.get(word)
        if known is None:
            known = int(self._jieba.suggest_freq(word)) if self._jieba.has_word(word) else 0
            if len(self._known) < 100_000:
                self._known[word] = known
        return known

    def cut(self, text: str) -> list[str]:
        """Split a text into words, without guesses at unknown ones."""
        return list(self._jieba.cut(text, hmm=False))


@cache
def dictionary() -> Dictionary:
    """Load the dictionary, once."""
    return Dictionary()


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A sentence cut into words: `first[i]` and `last[i]` bound the word that holds unit i."""

    text: str
    first: list[int]
    last: list[int]
    frequency: Callable[[str], int]
    torn: list[bool]  # whether a word of everyday use runs over the border before unit i
    judged: dict[tuple[int, int], float] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, known: Dictionary) -> "Words":
        """Cut a sentence of units."""
        first: list[int] = []
        last: list[int] = []
        torn = [False] * (len(text) + 1)
        for word in known.cut(text):
            begin, size = len(first), len(word)
            first += [begin] * size
            last += [begin + size] * size
            common = known.frequency(word) >= COMMON_BY_SIZE.get(size, 1)
            if size > 1 and common and not (word[-1] in SAYS and known.frequency(word) < SAID):
                torn[begin + 1 : begin + size] = [True] * (size - 1)
        return cls(text=text, first=first, last=last, frequency=known.frequency, torn=torn)

    def word_at(self, unit: int) -> str:
        """Return the word that holds a unit."""
        return self.text[self.first[unit] : self.last[unit]]

    def strange(self, begin: int, stop: int) -> float:
        """Return from 0.45 (plain words) to 1 (nobody writes this unless it stands for a name),"""
        known = self.judged.get((begin, stop))
        if known is None:
            torn = self.torn[begin] or self.torn[stop]
            factor = TORN.get(stop - begin, TORN_LONGER) if torn else self._judge(begin, stop)
            known = self.judged[begin, stop] = factor
        return known

    def torn_written(self, begin: int, stop: int) -> float:
        """Return the factor for a name that stands in the text, but across words of everyday use."""
        return TORN_WRITTEN.get(stop - begin, 1.0) if self.torn[begin] or self.torn[stop] else 1.0

    def _judge(self, begin: int, stop: int) -> float:
        size, base = stop - begin, lexicon()
        text = self.text[begin:stop]
        if text in base.organisation or text in base.titles or text in base.work or text in base.regions:
            return LEXICON_WORD
        if self.first[begin] <= begin and self.last[begin] >= stop:
            return _of_word(self.frequency(text))
        words = [self.word_at(i) for i in range(begin, stop)]
        function = sum(word in FUNCTION for word in words)
        if size in BY_FUNCTION:
            factor = BY_FUNCTION[size][function] * (ENDS_AS_VERB if words[-1] in ENDING else 1)
            return factor * (STARTS_BEFORE_A_NAME if words[0] in BEFORE_A_NAME else 1)
        return 1.0 if function < size - 1 else 0.92


def _of_word(frequency: int) -> float:
    return 1.0 if frequency < COMMON // 2 else max(0.45, 0.98 - 0.11 * math.log10(frequency))
