"""Whether a written sentence is borne out by the passages that it cites: no figure and no claim of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm_store.collateral.answering import Quote
from crm_store.collateral.asking import terms_in
from crm_store.collateral.chunking import sentences
from crm_store.collateral.cleaning import folded
from crm_store.collateral.evidence import Text

CARRIED = 0.7
"""Share of a sentence's weight that must stand in what it cites."""
_MARK = re.compile(r"\[(\d{1,2})\]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_TALK = 1.2  # weight of a sentence that states nothing: 「您可以这样回复」


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A written answer after the check: the sentences that hold, with the quotes they rest on; `dropped` did not."""

    text: str
    quotes: tuple[Quote, ...]
    dropped: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing had to be left out; where it doesn't, the extract is shown instead."""
        return not self.dropped and bool(self.quotes)


def check_written(text: str, quotes: Sequence[Quote]) -> Checked:
    """Check an answer that a model wrote over numbered quotes and that cites them as [1], [2] …

    A sentence holds when it cites at least one quote that exists, all its figures stand in what it cites, and most of
    its words do. A sentence that states no figure and hardly anything else needs no citation.
    """
    kept: list[str] = []
    dropped: list[str] = []
    used: dict[int, Quote] = {}
    for sentence in _sentences(text):
        numbers = [int(found) for found in _MARK.findall(sentence)]
        cited = {number: quotes[number - 1] for number in numbers if 0 < number <= len(quotes)}
        if _holds(_MARK.sub("", sentence), cited.values(), all_exist=len(cited) == len(set(numbers))):
            kept.append(sentence)
            used |= cited
        else:
            dropped.append(sentence)
    return Checked(text="".join(kept), quotes=tuple(used[number] for number in sorted(used)), dropped=tuple(dropped))


def _sentences(text: str) -> Iterable[str]:
    """Sentences with the marks that follow their ends."""
    held = ""
    for line in text.splitlines():
        for piece in sentences(line):
            lead = re.match(r"(?:\s*\[\d{1,2}\])+", piece)
            if lead and held:
                held += lead[0]
                piece = piece[lead.end() :]
            if held and piece.strip():
                yield held
                held = ""
            held += piece
        if held:
            yield held
            held = ""


def _holds(sentence: str, cited: Iterable[Quote], *, all_exist: bool) -> bool:
    plain = folded(sentence)
    terms = list(terms_in(plain, lambda pair: False))
    total = sum(term.weight for term in terms)
    ground = Text.of("\n".join(quote.text for quote in cited))
    if not ground.folded:
        return all_exist and not _FIGURE.search(plain) and total <= _TALK
    figures = set(_FIGURE.findall(plain)) <= set(_FIGURE.findall(ground.folded))
    carried = sum(term.weight * ground.holds(term) for term in terms) >= CARRIED * total
    return all_exist and figures and carried
