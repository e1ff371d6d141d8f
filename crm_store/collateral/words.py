"""Words of a text: segmented words, character pairs, codes in one spelling, and the glossary's concepts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from sys import intern
from typing import Protocol

from crm_store.collateral.cleaning import folded
from crm_store.collateral.data import load_data

_HAN = re.compile(r"[\u3400-\u9fff]+")
_PART = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
RUN = re.compile(r"[a-z0-9]+(?:[-_./+][a-z0-9]+)*|[\u3400-\u9fff]+")
_LONGEST = 6  # tokens that may be joined into one glossary word
_ENDINGS = ("ies", "ing", "es", "ed", "s")


class Glossary:
    """Which concepts a word is; words are matched as whole tokens or joined neighbours."""

    def __init__(self, concepts: dict[str, Sequence[str]]) -> None:
        found: dict[str, set[str]] = {}
        for concept, words in concepts.items():
            for word in words:
                found.setdefault(folded(word.replace("_", " ")), set()).add(concept)
        self._concepts = {word: tuple(sorted(names)) for word, names in found.items()}
        self._starts = {word[:2] for word in self._concepts if len(word) > 1}

    def of(self, word: str) -> tuple[str, ...]:
        """Concepts of one word; an English word also without its ending."""
        exact = self._concepts.get(word, ())
        if exact or not word.isascii():
            return exact
        stems = (word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) - len(end) > 2)
        return next((names for stem in stems for names in self._stem(stem)), ())

    def _stem(self, stem: str) -> Iterator[tuple[str, ...]]:
        yield from (self._concepts[form] for form in (stem, stem + "e", stem + "y") if form in self._concepts)

    def chinese(self) -> list[str]:
        """Its words of two or more characters, all Chinese."""
        return [word for word in self._concepts if len(word) > 1 and _HAN.fullmatch(word)]

    def spans(self, tokens: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Every (start, end, concepts) whose joined tokens are a word of the glossary, shorter ones included."""
        for start, token in enumerate(tokens):
            names = self._concepts.get(token) or (self.of(token) if token.isascii() else ())
            if names:
                yield start, start + 1, names
            following = tokens[start + 1 : start + _LONGEST]
            begins = token[:2] if len(token) > 1 else token + following[0][:1] if following else ""
            if following and (begins in self._starts or token.isascii()):
                yield from self._joined(start, token, following)

    def _joined(self, start: int, joined: str, following: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        for end, token in enumerate(following, start + 2):
            joined += f" {token}" if joined.isascii() and token.isascii() else token
            names = self._concepts.get(joined)
            if names:
                yield start, end, names


class _Segmenter(Protocol):
    def cut(self, text: str, hmm: bool) -> list[str]: ...

    def tag(self, text: str, hmm: bool) -> list[tuple[str, str]]: ...

    def has_word(self, word: str) -> bool: ...


@lru_cache(maxsize=1)
def segmenter() -> _Segmenter:
    """rjieba with the glossary's Chinese words added; without its guessing of new words, which joins what questions
    merely put side by side (打包买|能 → 买能)."""
    import rjieba

    found = rjieba.Jieba()
    for word in glossary().chinese():
        if not found.has_word(word):
            found.add_word(word, found.suggest_freq(word), "l")
    segments: _Segmenter = found
    return segments


@lru_cache(maxsize=1)
def glossary() -> Glossary:
    """The glossary that ships with the program (data/glossary.yaml)."""
    return Glossary({concept: words.split() for concept, words in load_data("glossary").items()})


def tokens(text: str) -> list[str]:
    """Segmented words and codes of a folded text, in order; punctuation is left out."""
    cut = segmenter().cut
    found: list[str] = []
    for run in RUN.findall(text):
        if run[0] < "\u3400":
            found.append(run)
        else:
            found.extend(map(intern, cut(run, False)))
    return found


def pairs(text: str) -> list[str]:
    """Neighbouring pairs of Chinese characters of a folded text; a lone character stands for itself."""
    found: list[str] = []
    for run in _HAN.findall(text):
        if len(run) == 1:
            found.append(run)
        found.extend([intern(run[place : place + 2]) for place in range(len(run) - 1)])
    return found


def code_forms(code: str) -> list[str]:
    """The spellings under which a code is found: without separators, and its parts (ess-215 → ess215, ess, 215)."""
    parts = _PART.findall(code)
    if len(parts) < 2:
        return [code]
    return [re.sub(r"[-_/+]", "", code), *(part for part in parts if len(part) > 1)]


def is_code(token: str) -> bool:
    """Whether a token of a folded text is made of letters or digits rather than Chinese characters."""
    return token.isascii()
