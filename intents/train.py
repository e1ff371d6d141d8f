"""Trains the intent classifier from the catalog and writes `model.npz`: `python -m intents.train`."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # scipy ships no types
from sklearn.linear_model import LogisticRegression

from intents.classifier import MODEL, features
from intents.phonetics import folded_syllables
from intents.training import Example, catalog_examples, catalog_hash, run_together, training_set

SEED = 20261118
RARE = 3
PAIRS = 700
STRENGTH = 8.0


def fit(texts: Sequence[str], labels: Sequence[str]) -> tuple[list[str], Any]:
    """Vocabulary and a fitted regression over L2-normalised binary features."""
    grams = [set(features(text, folded_syllables)) for text in texts]
    counts = Counter(gram for gs in grams for gram in gs)
    vocabulary = sorted(gram for gram, n in counts.items() if n >= RARE)
    index = {gram: i for i, gram in enumerate(vocabulary)}
    model = LogisticRegression(C=STRENGTH, max_iter=300, class_weight="balanced")
    model.fit(_matrix(grams, index), list(labels))
    return vocabulary, model


def _matrix(grams: Sequence[set[str]], index: dict[str, int]) -> Any:
    rows, columns, values = [], [], []
    for i, gs in enumerate(grams):
        known = [index[g] for g in sorted(gs) if g in index]
        rows += [i] * len(known)
        columns += known
        values += [1 / max(len(known), 1) ** 0.5] * len(known)
    return csr_matrix((values, (rows, columns)), shape=(len(grams), len(index)))


def write(path: Path, vocabulary: list[str], model: Any) -> None:
    """Keep the weights as 8-bit integers with a scale a label, and the vocabulary as JSON."""
    weights = model.coef_.T
    scale = np.abs(weights).max(axis=0) / 127
    meta = {"vocabulary": vocabulary, "labels": list(model.classes_), "catalog": catalog_hash()}
    np.savez_compressed(
        path,
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        meta=np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), dtype=np.uint8),
    )


def sample(examples: Sequence[Example]) -> tuple[list[str], list[str]]:
    """What the model is fitted to: the examples' forms, and some run together."""
    texts, labels = training_set(examples, seed=SEED)
    more, their = training_set(run_together(examples, seed=SEED, count=PAIRS), seed=SEED, rounds=1)
    return [*texts, *more], [*labels, *their]


def held_out_accuracy(examples: Sequence[Example], folds: int = 5) -> float:
    """Share of right intents on catalog examples that the model was not trained on (every fifth, in turn)."""
    right = total = 0
    for fold in range(folds):
        train = [e for i, e in enumerate(examples) if i % folds != fold]
        test = [e for i, e in enumerate(examples) if i % folds == fold]
        vocabulary, model = fit(*sample(train))
        texts, labels = training_set(test, seed=SEED + 1, rounds=1)
        index = {gram: i for i, gram in enumerate(vocabulary)}
        guesses = model.predict(_matrix([set(features(t, folded_syllables)) for t in texts], index))
        right += sum(a == b for a, b in zip(guesses, labels, strict=True))
        total += len(labels)
    return right / total


def main() -> None:
    """Train, say how good it is, write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help="also print the cross-validated accuracy")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    examples = catalog_examples()
    if options.measure:
        print(f"cross-validated accuracy {held_out_accuracy(examples):.3f} on {len(examples)} examples")  # noqa: T201
    vocabulary, model = fit(*sample(examples))
    write(options.out, vocabulary, model)
    size = options.out.stat().st_size // 1024
    print(f"{len(examples)} examples, {len(vocabulary)} features, {size} kB")  # noqa: T201


if __name__ == "__main__":
    main()
