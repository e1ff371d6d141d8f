"""The terms under which a text is indexed and asked for: words, phrases of two, character pairs, concepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crm_store.collateral.data import words_of
from crm_store.collateral.words import code_forms, glossary, is_code, pairs, tokens

STOPWORDS = words_of("everyday", "grammar")


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """Terms of one text, each kind with repeats in order of occurrence."""

    words: Sequence[str]
    pairs: Sequence[str]
    concepts: Sequence[str]

    @property
    def phrases(self) -> list[str]:
        """Words that follow each other."""
        return [f"{first} {second}" for first, second in pairwise(self.words)]


def terms_of(text: str) -> Terms:
    """The terms of a folded text."""
    found = tokens(text)
    words: list[str] = []
    for token in found:
        if token in STOPWORDS:
            continue
        words.extend(code_forms(token) if is_code(token) else (token,))
    concepts = [name for _, _, names in glossary().spans(found) for name in names]
    return Terms(words=words, pairs=pairs(text), concepts=concepts)
