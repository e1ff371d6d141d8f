"""Styles of questions: what somebody is after (a case, advice, a rule), and the kinds of documents that have it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crm_store.collateral.data import load_data


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """`kinds` of documents, the best first; `subjects` are concepts that say only what kind of document is wanted."""

    name: str = ""
    kinds: tuple[str, ...] = ()
    subjects: frozenset[str] = frozenset()


FACT = Style(kinds=("product", "manual", "faq", "policy"))
"""A question without a style of its own asks for a fact."""


def style_of(text: str) -> Style:
    """The first style whose words a folded question has."""
    return next((style for ask, style in _styles() if ask.search(text)), FACT)


@lru_cache(maxsize=1)
def _styles() -> tuple[tuple[re.Pattern[str], Style], ...]:
    return tuple(
        (
            re.compile(each["ask"]),
            Style(name=name, kinds=tuple(each["kinds"]), subjects=frozenset(each["subjects"])),
        )
        for name, each in load_data("styles").items()
    )
