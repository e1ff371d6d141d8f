"""Vocabulary as data: synonyms, everyday words, kinds of values and styles of questions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@lru_cache(maxsize=8)
def load_data(name: str) -> dict[str, Any]:
    """The mapping in one YAML file of this folder; every scalar is a string."""
    import yaml

    found: dict[str, Any] = yaml.load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


@lru_cache(maxsize=8)
def words_of(name: str, key: str) -> frozenset[str]:
    """The words listed under a key, by spaces."""
    return frozenset(load_data(name)[key].split())
