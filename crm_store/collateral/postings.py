"""BM25 over one kind of term: an inverted index as flat arrays, with the term weights computed at build."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
K1 = 1.2
B = 0.85


@dataclass(frozen=True, kw_only=True, slots=True)
class Postings:
    """For each term its passages with BM25 weights: term t's are `starts[t]` to `starts[t+1]`."""

    vocabulary: Mapping[str, int]
    starts: Ints
    rows: Ints
    weights: Floats
    size: int

    @classmethod
    def build(cls, texts: Iterable[Sequence[tuple[Sequence[str], float]]]) -> Postings:
        """Index texts, each given as its fields: the terms of a field and how much one occurrence there counts."""
        vocabulary: dict[str, int] = {}
        terms, rows, lengths, factors = array("i"), array("i"), array("i"), array("f")
        row = -1
        for row, fields in enumerate(texts):
            for words, factor in fields:
                terms.extend([vocabulary.setdefault(word, len(vocabulary)) for word in words])
                rows.append(row)
                lengths.append(len(words))
                factors.append(factor)
        repeats = np.array(lengths)
        return cls._weighted(
            vocabulary,
            np.array(terms, np.int64),
            np.repeat(np.array(rows, np.int64), repeats),
            np.repeat(np.array(factors, np.float64), repeats),
            row + 1,
        )

    @classmethod
    def _weighted(
        cls,
        vocabulary: dict[str, int],
        terms: NDArray[np.int64],
        rows: NDArray[np.int64],
        counts: NDArray[np.float64],
        size: int,
    ) -> Postings:
        lengths = np.bincount(rows, counts, minlength=size)
        keys, where = np.unique(terms * max(size, 1) + rows, return_inverse=True)
        frequency = np.bincount(where, counts, minlength=len(keys))
        term, row = keys // max(size, 1), keys % max(size, 1)
        documents = np.bincount(term, minlength=len(vocabulary))
        starts = np.concatenate(([0], np.cumsum(documents)))
        rarity = np.log1p((size - documents + 0.5) / (documents + 0.5))
        relative = lengths / max(float(lengths.mean()) if size else 1.0, 1e-9)
        weights = rarity[term] * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * relative[row]))
        return cls(
            vocabulary=vocabulary,
            starts=starts.astype(np.int32),
            rows=row.astype(np.int32),
            weights=weights.astype(np.float32),
            size=size,
        )

    def add_scores(self, into: Floats, terms: Mapping[str, float]) -> None:
        """Add the score of each passage for weighted query terms to `into` (one number a passage)."""
        for term, weight in terms.items():
            number = self.vocabulary.get(term)
            if number is not None:
                part = slice(self.starts[number], self.starts[number + 1])
                into[self.rows[part]] += np.float32(weight) * self.weights[part]

    def rarity(self, term: str) -> float:
        """How rare a term is: ln(1 + (N - n + .5) / (n + .5)), as BM25 has it; highest where it doesn't occur."""
        number = self.vocabulary.get(term)
        found = 0 if number is None else int(self.starts[number + 1] - self.starts[number])
        return float(np.log1p((self.size - found + 0.5) / (found + 0.5)))

    def __contains__(self, term: str) -> bool:
        return term in self.vocabulary
