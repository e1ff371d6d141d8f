"""Embedders: texts to unit vectors. The default needs no model; a sentence-transformers one may take its place."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from crm_store.collateral.cleaning import folded
from crm_store.collateral.terms import Terms, terms_of

Vectors = NDArray[np.float32]
DEFAULT_MODEL = "BAAI/bge-small-zh-v1.5"
_SHARES = {"words": 1.0, "pairs": 0.5, "concepts": 0.8}


class Embedder(Protocol):
    """What turns texts into vectors. `name` and `dimensions` are kept with an index: another embedder can't read it."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length for each text, float32."""
        ...


class HashingEmbedder:
    """Words, character pairs and glossary concepts hashed with signs into a fixed number of dimensions.

    Counts are damped (square root) and the vector is scaled to length 1, so that a dot product is a cosine. Hashing
    with signs keeps dot products unbiased (Weinberger et al., Feature Hashing for Large Scale Multitask Learning,
    2009).
    """

    def __init__(self, dimensions: int = 512) -> None:
        self.dimensions = dimensions
        self.name = f"hashing-{dimensions}-1"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length for each text, float32."""
        return self.embed_terms(terms_of(folded(text)) for text in texts)

    def embed_terms(self, texts: Iterable[Terms]) -> Vectors:
        """The same for texts whose terms are known already."""
        rows = [self._row(terms) for terms in texts]
        return np.array(rows, np.float32).reshape(len(rows), self.dimensions)

    def _row(self, terms: Terms) -> Vectors:
        places: list[int] = []
        values: list[float] = []
        for kind, share in _SHARES.items():
            for term, count in Counter(getattr(terms, kind)).items():
                code = _hash(kind, term)
                places.append((code >> 1) % self.dimensions)
                values.append(share * count**0.5 * (1 if code & 1 else -1))
        row = np.bincount(places, values, minlength=self.dimensions) if places else np.zeros(self.dimensions)
        return (row / max(float(np.linalg.norm(row)), 1e-9)).astype(np.float32)


@lru_cache(maxsize=200_000)
def _hash(kind: str, term: str) -> int:
    return zlib.crc32(f"{kind}:{term}".encode())


class SentenceEmbedder:
    """A sentence-transformers model: a local folder or a model's name. It is loaded at first use."""

    def __init__(self, model: str = DEFAULT_MODEL, *, query_prefix: str = "") -> None:
        self.name = f"sentence-transformers:{model}"
        self._model_name = model
        self._query_prefix = query_prefix
        self._model: Any = None

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._loaded().get_sentence_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length for each text, float32."""
        found = self._loaded().encode(list(texts), normalize_embeddings=True, convert_to_numpy=True)
        return np.asarray(found, np.float32)

    def _loaded(self) -> Any:
        if self._model is None:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(self._model_name, device="cpu")
        return self._model
