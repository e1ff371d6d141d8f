"""Worlds of documents with questions, for tests: an index of a folder, and who asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from crm_store.collateral.answering import CollateralAnswer, Situation, answer
from crm_store.collateral.folders import index_of_folder
from crm_store.collateral.formats.reading import Parsed, read_document
from crm_store.collateral.index import CollateralIndex, build_index

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
WORLDS = {
    "demo": ROOT / "eval" / "worlds" / "demo",
    "chip": ROOT / "eval" / "worlds" / "chip",
    "robots": HERE / "worlds" / "robots",
    "coffee": HERE / "worlds" / "coffee",
}


@lru_cache(maxsize=8)
def index_of(world: str) -> CollateralIndex:
    """The index of a world's documents."""
    return index_of_folder(WORLDS[world] / "collateral").index


@lru_cache(maxsize=8)
def situation_of(world: str) -> Situation:
    """Somebody who asks in a world, for no customer in particular."""
    records = json.loads((WORLDS[world] / "world.json").read_text(encoding="utf-8"))
    ignored = [name for c in records["customers"] for name in (c["name"], *c.get("aliases", []))]
    ignored += [contact["name"] for contact in records.get("contacts", [])]
    return Situation(ignored=tuple(ignored), products=tuple(product["name"] for product in records["products"]))


def questions() -> list[tuple[str, dict[str, Any]]]:
    """(world, question) of both files."""
    found: list[tuple[str, dict[str, Any]]] = []
    for path in (HERE / "questions.yaml", HERE / "worlds" / "questions.yaml"):
        for world, asked in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            found.extend((world, question) for question in asked)
    return found


def ask(world: str, text: str) -> CollateralAnswer:
    """The answer to a question in a world."""
    return answer(index_of(world), text, situation_of(world))


def holds(found: CollateralAnswer, question: dict[str, Any]) -> bool:
    """Whether the quotes have what a question expects, from the document that it expects."""
    quoted = "\n".join(quote.text for quote in found.quotes)
    wanted: Sequence[Any] = question["has"]
    return question["cites"] in {quote.section.name for quote in found.quotes} and all(
        any(str(text) in quoted for text in (each if isinstance(each, list) else [each])) for each in wanted
    )


def parsed(**documents: str) -> list[Parsed]:
    """Markdown documents by name."""
    return [read_document(f"{name}.md", text.encode()) for name, text in documents.items()]


def small_index(**documents: str) -> CollateralIndex:
    """An index of Markdown documents given as text."""
    return build_index(parsed(**documents))
