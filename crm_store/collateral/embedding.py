"""Embedders: texts to unit vectors. The default needs no model; a sentence-transformers one may take its place."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from crm_store.collateral.cleaning import folded
from crm_store.collateral.terms import Terms, terms_of

Vectors = NDArray[np.float32]
Places = NDArray[np.int64]
DEFAULT_MODEL = "BAAI/bge-small-zh-v1.5"
_AT_ONCE = 2000  # texts whose rows are summed in one array
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
        given = list(texts)
        parts = [self._rows(given[start : start + _AT_ONCE]) for start in range(0, len(given), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimensions), np.float32)

    def _rows(self, texts: Sequence[Terms]) -> Vectors:
        rows = np.zeros(len(texts) * self.dimensions)
        for kind, share in _SHARES.items():
            places, values = self._hashed(kind, [getattr(text, kind) for text in texts])
            rows += share * np.bincount(places, values, minlength=len(rows))
        vectors = rows.reshape(len(texts), self.dimensions)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
        return unit

    def _hashed(self, kind: str, texts: Sequence[Sequence[str]]) -> tuple[Places, NDArray[np.float64]]:
        """Where each text's terms fall in the rows written one after the other, and their signed damped counts."""
        known: dict[str, int] = {}
        terms = np.array([known.setdefault(term, len(known)) for text in texts for term in text], np.int64)
        rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
        keys, counts = np.unique(rows * max(len(known), 1) + terms, return_counts=True)
        codes = np.array([zlib.crc32(f"{kind}:{term}".encode()) for term in known], np.int64)
        code = codes[keys % max(len(known), 1)]
        places = keys // max(len(known), 1) * self.dimensions + (code >> 1) % self.dimensions
        return places, np.sqrt(counts) * np.where(code & 1, 1.0, -1.0)


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
