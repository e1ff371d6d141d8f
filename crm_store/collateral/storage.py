"""An index as one file: written atomically, its hash checked at load; it holds nothing that could run code."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from crm_store.collateral.embedding import Embedder, HashingEmbedder, SentenceEmbedder
from crm_store.collateral.index import CollateralIndex
from crm_store.collateral.passages import About, Passage, Section
from crm_store.collateral.postings import Postings
from crm_store.collateral.vectors import VectorIndex

_MAGIC = b"collateral-index-1\n"
VERSION = "1"
"""Part of the key of a stored index: raised when what is indexed or how it is weighed changes."""


class UnreadableIndex(Exception):
    """Not an index, damaged, out of date or made with another embedder; it can be built again from the documents."""


def save(index: CollateralIndex, path: Path, *, key: str = "") -> None:
    """Write an index; a reader sees the old file or the whole new one. `key` says what it was built from."""
    body = _packed(index, key)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path, *, key: str | None = None, embedder: Embedder | None = None) -> CollateralIndex:
    """Read an index. Raises UnreadableIndex, also where `key` is not the one that it was saved under."""
    content = path.read_bytes()
    magic, digest, body = content[: len(_MAGIC)], content[len(_MAGIC) : len(_MAGIC) + 64], content[len(_MAGIC) + 65 :]
    if magic != _MAGIC:
        raise UnreadableIndex("不是资料索引文件")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise UnreadableIndex("索引文件损坏")
    with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
        meta = json.loads(arrays["meta"].tobytes())
        if key is not None and meta["key"] != key:
            raise UnreadableIndex("索引已过时")
        return _unpacked(meta, arrays, embedder or _embedder(meta["embedder"], meta["dimensions"]))


def _packed(index: CollateralIndex, key: str) -> bytes:
    meta = {
        "key": key,
        "embedder": index.embedder.name,
        "dimensions": index.embedder.dimensions,
        "sections": [dataclasses.asdict(section) for section in index.sections],
        "passages": [[passage.section, passage.text] for passage in index.passages],
        "terms": {kind: list(postings.vocabulary) for kind, postings in index.postings.items()},
        "size": len(index.passages),
    }
    arrays: dict[str, Any] = {"meta": np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), np.uint8)}
    for kind, postings in index.postings.items():
        arrays |= {
            f"{kind}.starts": postings.starts,
            f"{kind}.rows": postings.rows,
            f"{kind}.weights": postings.weights,
        }
    arrays["cues"] = index.cues
    arrays["vectors"] = index.vectors.to_bytes()
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def _unpacked(meta: Mapping[str, Any], arrays: Mapping[str, Any], embedder: Embedder) -> CollateralIndex:
    if embedder.name != meta["embedder"]:
        raise UnreadableIndex(f"索引用的是另一个向量模型 {meta['embedder']}")
    return CollateralIndex(
        sections=tuple(_section(fields) for fields in meta["sections"]),
        passages=tuple(Passage(section=section, text=text) for section, text in meta["passages"]),
        postings={
            kind: Postings(
                vocabulary={term: number for number, term in enumerate(terms)},
                starts=arrays[f"{kind}.starts"],
                rows=arrays[f"{kind}.rows"],
                weights=arrays[f"{kind}.weights"],
                size=meta["size"],
            )
            for kind, terms in meta["terms"].items()
        },
        vectors=VectorIndex.from_bytes(arrays["vectors"]),
        cues=arrays["cues"],
        embedder=embedder,
    )


def _section(fields: dict[str, Any]) -> Section:
    about = About(**fields.pop("about"))
    return Section(about=about, path=tuple(fields.pop("path")), lines=tuple(fields.pop("lines")), **fields)


def _embedder(name: str, dimensions: int) -> Embedder:
    kind, _, model = name.partition(":")
    return SentenceEmbedder(model) if kind == "sentence-transformers" else HashingEmbedder(dimensions)
