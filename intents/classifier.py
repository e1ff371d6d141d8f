"""A small learned classifier of intents: softmax regression over characters and pinyin of the masked text."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MODEL = Path(__file__).parent / "model.npz"
MAX_CHARS = 200


def features(masked: str, syllables: Callable[[str], Sequence[str]]) -> list[str]:
    """The n-grams of one masked text: 1-3 characters, 1-2 toneless syllables (prefixed 'p')."""
    folded = masked[:MAX_CHARS].casefold()
    edged = f"^{folded}$"
    grams = [edged[i : i + n] for n in (1, 2, 3) for i in range(len(edged) - n + 1)]
    sounds = ["^", *syllables(folded), "$"]
    grams += [f"p{sound}" for sound in sounds]
    grams += [f"p{a}-{b}" for a, b in zip(sounds, sounds[1:], strict=False)]
    words = folded.split()
    if len(words) > 1:
        grams += [f"w{word}" for word in words] + [f"w{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    return grams


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
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        labels: Sequence[str],
        syllables: Callable[[str], Sequence[str]],
    ) -> None:
        self._vocabulary = vocabulary
        self._weights = weights
        self._bias = bias
        self.labels = tuple(labels)
        self._syllables = syllables

    @classmethod
    def load(cls, syllables: Callable[[str], Sequence[str]], path: Path = MODEL) -> Classifier:
        """Read the weights (own data, arrays only: nothing is unpickled)."""
        with np.load(path, allow_pickle=False) as stored:
            meta: dict[str, Any] = json.loads(bytes(stored["meta"]).decode())
            weights = stored["weights"].astype(np.float32) * stored["scale"].astype(np.float32)
            bias = stored["bias"].astype(np.float32)
        vocabulary = {gram: i for i, gram in enumerate(meta["vocabulary"])}
        return cls(vocabulary, weights, bias, meta["labels"], syllables)

    def log_probabilities(self, masked: str) -> NDArray[np.float32]:
        """Natural logarithms of the probabilities, in the order of `labels`."""
        rows = {self._vocabulary.get(gram, -1) for gram in features(masked, self._syllables)}
        rows.discard(-1)
        index = np.fromiter(rows, dtype=np.int64, count=len(rows))
        norm = max(len(rows), 1) ** 0.5
        logits = self._weights[index].sum(axis=0) / norm + self._bias
        logits -= logits.max()
        result: NDArray[np.float32] = logits - np.log(np.exp(logits).sum())
        return result

    def guess(self, masked: str, *, best: int = 3) -> list[Guess]:
        """The most probable intents, best first."""
        scores = np.exp(self.log_probabilities(masked))
        order = np.argsort(-scores)[:best]
        return [Guess(name=self.labels[i], score=float(scores[i])) for i in order]
