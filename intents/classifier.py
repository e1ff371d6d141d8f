"""A small learned classifier of intents: softmax regression over characters and pinyin of the masked text."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.concepts import concepts_in

MIXED = "mixed"
"""The label of two commands run together; never an intent."""
MODEL = Path(__file__).parent / "model.npz"
MAX_CHARS = 200


def features(masked: str, syllables: Callable[[str], Sequence[str]]) -> list[str]:
    """The n-grams of one masked text: 1-3 characters, 1-2 toneless syllables ('p'), concepts ('c', 'd' in pairs)."""
    folded = masked[:MAX_CHARS].casefold()
    edged = f"^{folded}$"
    grams = [edged[i : i + n] for n in (1, 2, 3) for i in range(len(edged) - n + 1)]
    sounds = ["^", *syllables(folded), "$"]
    grams += [f"p{sound}" for sound in sounds]
    grams += [f"p{a}-{b}" for a, b in pairwise(sounds)]
    meant = concepts_in(folded)
    grams += [f"c{concept}" for concept in meant]
    grams += [f"d{a}-{b}" for a, b in zip(["^", *meant], [*meant, "$"], strict=True)]
    grams += [f"m{mark}-{concept}" for mark in {c for c in folded if "Ⓐ" <= c <= "ⓩ"} for concept in set(meant)]
    words = folded.split()
    if len(words) > 1:
        grams += [f"w{word}" for word in words] + [f"w{a} {b}" for a, b in pairwise(words)]
    return grams


@dataclass(frozen=True, slots=True)
class Scores:
    """What a text may mean: the natural logarithms of the probabilities, in the order of the classifier's labels.

    `best_single` is that of the best label but MIXED: how well the text reads as one command.
    """

    log_probabilities: NDArray[np.float32]
    best_single: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """An intent and its probability."""

    name: str
    score: float


class Classifier:
    """Turns a masked text into intent probabilities. Weights come from `python -m intents.train`."""

    def __init__(
        self,
        vocabulary: dict[str, int],
        weights: NDArray[np.int8],
        scale: NDArray[np.float32],
        bias: NDArray[np.float32],
        labels: Sequence[str],
        syllables: Callable[[str], Sequence[str]],
    ) -> None:
        self._vocabulary = vocabulary
        self._weights = weights  # as stored: a row is one line of the processor's cache
        self._scale = scale
        self._bias = bias
        self.labels = tuple(labels)
        self._syllables = syllables
        self._mixed = self.labels.index(MIXED) if MIXED in self.labels else None
        self._single = np.array([i for i, label in enumerate(self.labels) if label != MIXED], np.int64)

    @classmethod
    def load(cls, syllables: Callable[[str], Sequence[str]], path: Path = MODEL) -> Classifier:
        """Read the weights (own data, arrays only: nothing is unpickled)."""
        with np.load(path, allow_pickle=False) as stored:
            meta: dict[str, Any] = json.loads(bytes(stored["meta"]).decode())
            weights, scale = stored["weights"], stored["scale"].astype(np.float32)
            bias = stored["bias"].astype(np.float32)
        vocabulary = {gram: i for i, gram in enumerate(meta["vocabulary"])}
        return cls(vocabulary, weights, scale, bias, meta["labels"], syllables)

    def log_probabilities(self, masked: str) -> NDArray[np.float32]:
        """Natural logarithms of the probabilities, in the order of `labels`."""
        return self.scores(masked).log_probabilities

    def scores(self, masked: str) -> Scores:
        """How probable each label is of a masked text."""
        rows = set(map(self._vocabulary.get, features(masked, self._syllables)))
        rows.discard(None)
        index = np.array([*rows], dtype=np.int64)
        norm = max(len(rows), 1) ** 0.5
        summed = self._weights.take(index, axis=0).sum(axis=0, dtype=np.int32)
        logits = summed.astype(np.float32) * self._scale / norm + self._bias
        logits -= logits.max()
        result: NDArray[np.float32] = logits - np.log(np.exp(logits).sum())
        return Scores(result, float(result.take(self._single).max()))

    def guess(self, masked: str | Scores, *, added: Sequence[float] | None = None, best: int = 3) -> list[Guess]:
        """The most probable intents of a text or its scores, best first; `added` nats a label weigh in evidence."""
        known = masked if isinstance(masked, Scores) else self.scores(masked)
        scores = known.log_probabilities + np.asarray(0.0 if added is None else added, dtype=np.float32)
        if self._mixed is not None:
            scores[self._mixed] = -np.inf
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        order = np.argsort(-chances)[:best].tolist()
        likely = chances.tolist()
        return [Guess(name=self.labels[i], score=likely[i]) for i in order]
