"""Vector search: exact while small, an inverted file when large; filters inside the search."""

from __future__ import annotations

import numpy as np
import pytest

from crm_store.collateral import vectors
from crm_store.collateral.vectors import VectorIndex


def rows(count: int) -> vectors.Vectors:
    found = np.random.default_rng(3).standard_normal((count, 16)).astype(np.float32)
    unit: vectors.Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> VectorIndex:
    """An index of the kind that large ones have."""
    monkeypatch.setattr(vectors, "LARGE", 1000)
    return VectorIndex.build(rows(1500))


def test_a_large_index_finds_the_row_itself(large: VectorIndex) -> None:
    assert [int(large.search(row, 1)[0][0]) for row in rows(1500)[:20]] == list(range(20))


def test_a_filter_on_a_large_index_is_exact(large: VectorIndex) -> None:
    only = np.arange(0, 1500, 30, dtype=np.int64)
    for query in rows(1500)[1:10]:
        cosines = rows(1500)[only] @ query
        expected = only[np.argsort(-cosines)[:5]]
        assert large.search(query, 5, only)[0].tolist() == expected.tolist()


def test_a_large_index_survives_being_written(large: VectorIndex) -> None:
    again = VectorIndex.from_bytes(large.to_bytes())
    query = rows(1500)[7]
    assert again.search(query, 5)[0].tolist() == large.search(query, 5)[0].tolist()


def test_the_same_rows_give_the_same_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "LARGE", 1000)
    assert bytes(VectorIndex.build(rows(1200)).to_bytes()) == bytes(VectorIndex.build(rows(1200)).to_bytes())
