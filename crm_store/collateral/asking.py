"""The words of a question that carry its meaning, each with its weight and its concepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crm_store.collateral.data import words_of
from crm_store.collateral.terms import STOPWORDS
from crm_store.collateral.words import RUN, code_forms, glossary, is_code, segmenter

Known = Callable[[str], bool]
"""Whether a pair of characters stands somewhere in the material."""
ELSEWHERE = "province_other"
"""The concept of 「其他城市」: any place that is asked about may be meant by it."""

_LIGHT = words_of("everyday", "light")
_A_NOT_A = re.compile(r"([\u4e00-\u9fff])[不没]\1")
# The unit that is asked for (多少小时): the value's kind says it, a passage that merely has hours doesn't.
_UNIT = re.compile(
    "(?:多少|几)个?(?:毫秒|秒|分钟|小时|钟头|天|日|周|星期|季度|月|年|工作日|公斤|千克|吨|斤|克|摄氏度|度|公里|厘米|毫米"
    "|微米|纳米|英寸|米|平方米|平米|毫升|升|立方米?|元|万元|万|块钱?|钱|分贝|伏|千瓦时|千瓦|瓦|兆帕|台|个|次|回|张|片|支"
    "|条|套|件|人|家|种|项|款|点|%)(?!折)"
)
_QUESTION_WORD = re.compile("多[少久长大远高重宽深厚]|几|哪|什么|啥|怎|咋|谁|何")
# Weights by the first letter of the part of speech (ICTCLAS tags): nouns carry most, numerals and adverbs little.
_PARTS = {"n": 1.0, "e": 1.0, "j": 0.9, "b": 0.8, "v": 0.6, "a": 0.6, "l": 0.5, "x": 0.5, "i": 0.4, "s": 0.3, "z": 0.3}
_OTHER_PART, _TIME, _PLACE, _PERSON, _FAINT = 0.1, 0.2, 0.5, 0.2, 0.15
_CONCEPT_AT_LEAST, _SINGLE = 0.6, 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A word of a question. `weight` is 0 to 1 by its part of speech, not yet by its rarity in the material."""

    text: str
    concepts: frozenset[str] = frozenset()
    weight: float = 1.0
    code: bool = False


def terms_in(text: str, known: Known, *, english: bool = False) -> Iterator[Term]:
    """The meaningful terms of a folded text: glossary words as long as they go, else single words."""
    tagged = list(_joined(_cut_again(list(_tagged(text)), known), known))
    words = [word for word, _ in tagged]
    spans = _longest_spans(words)
    place = 0
    while place < len(tagged):
        length, names = spans.get(place, (1, ()))
        word = (" " if english else "").join(words[place : place + length])
        if length > 1 or word not in STOPWORDS:
            yield from _term(word, tagged[place][1], names, english=english)
        place += length


def _longest_spans(words: Sequence[str]) -> dict[int, tuple[int, tuple[str, ...]]]:
    spans: dict[int, tuple[int, tuple[str, ...]]] = {}
    for start, end, names in glossary().spans(words):
        if end - start >= spans.get(start, (0, ()))[0]:
            spans[start] = (end - start, names)
    return spans


def _term(word: str, tag: str, names: tuple[str, ...], *, english: bool) -> Iterator[Term]:
    if is_code(word) and not names:
        yield _code(word, english=english)
        return
    names = names or _inside(word)
    if word in _LIGHT:
        yield Term(text=word, concepts=frozenset(names), weight=_FAINT)
    elif names or not _QUESTION_WORD.match(word):
        places = {ELSEWHERE} if tag.startswith("ns") else set()
        yield Term(text=word, concepts=frozenset(names) | places, weight=_weight(word, tag, bool(names)))


def _code(word: str, *, english: bool) -> Term:
    if word.isdigit():
        return Term(text=word, weight=_FAINT)
    solid = not english or any(character.isdigit() for character in word)
    return Term(text=code_forms(word)[0], weight=1.0 if solid else 0.3, code=solid)


def _weight(word: str, tag: str, named: bool) -> float:
    if named:
        return max(_part(tag), _CONCEPT_AT_LEAST)
    return _part(tag) * (_SINGLE if len(word) == 1 else 1.0)


def _part(tag: str) -> float:
    if tag.startswith(("nr", "ns", "t")):
        return {"r": _PERSON, "s": _PLACE}.get(tag[1:2], _TIME)
    return _PARTS.get(tag[:1], _OTHER_PART)


def _inside(word: str) -> tuple[str, ...]:
    """Concepts of the longest glossary word that a longer unknown word begins or ends with (答应下来: 答应)."""
    sizes = range(len(word) - 1, 1, -1) if not word.isascii() else ()
    pieces = (piece for size in sizes for piece in (word[-size:], word[:size]))
    return next((names for piece in pieces if (names := glossary().of(piece))), ())


def _tagged(text: str) -> Iterator[tuple[str, str]]:
    for run in RUN.findall(_UNIT.sub(" ", _A_NOT_A.sub(r"\1", text))):
        yield from [(run, "eng")] if run.isascii() else segmenter().tag(run, False)


def _cut_again(tagged: Sequence[tuple[str, str]], known: Known) -> Iterator[tuple[str, str]]:
    """A word that the material hasn't, beside a character with which it has a pair, was cut in the wrong place."""
    for place, (word, tag) in enumerate(tagged):
        before = tagged[place - 1][0][-1:] if place else ""
        after = tagged[place + 1][0][:1] if place + 1 < len(tagged) else ""
        strange = len(word) == 2 and not word.isascii() and not known(word) and not glossary().of(word)
        if strange and ((before and known(before + word[0])) or (after and known(word[1] + after))):
            yield from ((character, tag) for character in word)
        else:
            yield word, tag


def _joined(tagged: Iterable[tuple[str, str]], known: Known) -> Iterator[tuple[str, str]]:
    """Single characters side by side become one word where the material has them so: a name that no dictionary has."""
    held, held_tag = "", ""
    for word, tag in tagged:
        if held and len(word) == 1 and word not in STOPWORDS and known(held[-1] + word):
            held, held_tag = held + word, "n"
            continue
        if held:
            yield held, held_tag
        held, held_tag = (word, tag) if len(word) == 1 and not word.isascii() and word not in STOPWORDS else ("", "")
        if not held:
            yield word, tag
    if held:
        yield held, held_tag
