"""How well and how fast collateral is found: recall on a Chinese manual, query and indexing time, memory.

    python benchmarks/collateral.py                      # speed on made-up passages
    python benchmarks/collateral.py --manual FOLDER      # recall too: FAQ headings of a folder of Markdown as queries

With `--manual`, each section is one document, the headings that end in a question mark are hidden and asked, and the
section that stood under one is what must be found (answers shorter than 80 characters are left out). `--model` names a
sentence-transformers model to measure beside the embedded embedder. Plain character-bigram BM25 runs beside them.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crm_store.collateral.chunking import sections_of
from crm_store.collateral.embedding import Embedder, HashingEmbedder, SentenceEmbedder
from crm_store.collateral.formats.reading import Parsed, UnreadableDocument, read_document
from crm_store.collateral.index import CollateralIndex, build_index
from crm_store.collateral.passages import About, Block, Section
from crm_store.collateral.postings import Postings

SHORTEST = 80
QUERIES = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A query and the document that answers it."""

    query: str
    document: str


def say(line: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--manual", type=Path)
    options.add_argument("--model")
    options.add_argument("--passages", type=int, default=10_000)
    chosen = options.parse_args()
    if chosen.manual:
        recall(chosen.manual, chosen.model)
    speed(made_up(chosen.passages))


def recall(folder: Path, model: str | None) -> None:
    """R@1, R@5, R@10 on a manual."""
    sections = [section for parsed in _documents(folder) for section in _sections(parsed)]
    documents = [_hidden(number, section) for number, section in enumerate(sections)]
    asked = [
        Asked(query=section.path[-1], document=str(number))
        for number, section in enumerate(sections)
        if section.path and re.search("[?\uff1f]$", section.path[-1]) and len(section.text) >= SHORTEST
    ]
    say(f"{len(sections)} sections, {len(asked)} questions")
    report("character-bigram BM25", asked, _bigrams(documents))
    embedders: list[Embedder] = [HashingEmbedder(), *([SentenceEmbedder(model)] if model else [])]
    for embedder in embedders:
        report(embedder.name, asked, _found_by(build_index(documents, embedder)))


def report(name: str, asked: Sequence[Asked], search: Callable[[str], list[str]]) -> None:
    """Print the share of queries whose document is among the first 1, 5 and 10."""
    ranks = [found.index(one.document) if one.document in (found := search(one.query)) else 99 for one in asked]
    shares = "  ".join(f"R@{k} {sum(rank < k for rank in ranks) / len(ranks):.3f}" for k in (1, 5, 10))
    say(f"{name:<40} {shares}")


def speed(documents: list[Parsed]) -> None:
    """Indexing rate, query p50 and p99, and the FAISS part against reading its vectors once."""
    begun = time.perf_counter()
    index = build_index(documents)
    rate = len(index.passages) / (time.perf_counter() - begun)
    queries = [random.Random(n).choice(index.passages).text[4:24] for n in range(QUERIES)]
    whole = _times(lambda query: index.search(query), queries)
    vector = index.embedder.embed([queries[0]])[0]
    nearest = _times(lambda _: index.vectors.search(vector, 100), queries)
    floor = _floor(index)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"{len(index.passages)} passages: indexed {rate:.0f}/s, peak memory {peak:.0f} MB")
    say(f"query p50 {np.percentile(whole, 50):.2f} ms, p99 {np.percentile(whole, 99):.2f} ms")
    say(f"FAISS p50 {np.percentile(nearest, 50):.2f} ms, memory floor {floor:.2f} ms")


def made_up(count: int) -> list[Parsed]:
    """Documents of one passage each, of words in a Zipf distribution over 20,000 made-up words."""
    chance = random.Random(7)
    characters = [chr(chance.randrange(0x4E00, 0x6E00)) for _ in range(1500)]
    words = ["".join(chance.choices(characters, k=chance.choice((1, 2, 2, 2, 3)))) for _ in range(20_000)]
    weights = [1 / (rank + 5) for rank in range(len(words))]
    texts = ("".join(chance.choices(words, weights, k=120)) + "。" for _ in range(count))
    return [_document(str(number), [Block(text=text)]) for number, text in enumerate(texts)]


def _found_by(index: CollateralIndex) -> Callable[[str], list[str]]:
    return lambda query: [hit.section.document for hit in index.search(query)]


def _times(work: Callable[[str], object], queries: Sequence[str]) -> list[float]:
    found = []
    for query in queries:
        begun = time.perf_counter()
        work(query)
        found.append((time.perf_counter() - begun) * 1000)
    return found


def _floor(index: CollateralIndex) -> float:
    """Milliseconds to read as many bytes as the vectors have, once (the least of 20)."""
    block = np.ones(len(index.passages) * index.embedder.dimensions, np.float32)
    return min(_times(lambda _: float(block.sum()), [""] * 20))


def _documents(folder: Path) -> list[Parsed]:
    found = []
    for path in sorted(folder.rglob("*.md")):
        try:
            found.append(read_document(path.relative_to(folder).as_posix(), path.read_bytes()))
        except UnreadableDocument as error:
            say(f"left out {path.name}: {error}")
    return found


def _sections(parsed: Parsed) -> list[Section]:
    return list(sections_of(parsed.document, parsed.title, parsed.blocks, parsed.about))


def _hidden(number: int, section: Section) -> Parsed:
    return _document(str(number), [Block(text=line) for line in section.lines])


def _document(name: str, blocks: list[Block]) -> Parsed:
    return Parsed(document=name, title="", about=About(), blocks=tuple(blocks))


def _bigrams(documents: Sequence[Parsed]) -> Callable[[str], list[str]]:
    def terms(text: str) -> list[str]:
        runs = re.findall(r"[a-z0-9_]+|[\u4e00-\u9fff]+", text.lower())
        return [piece for run in runs for piece in ([run] if run.isascii() else _pairs(run))]

    postings = Postings.build([(terms("\n".join(b.text for b in each.blocks)), 1.0)] for each in documents)

    def search(query: str) -> list[str]:
        scores = np.zeros(len(documents), np.float32)
        postings.add_scores(scores, dict.fromkeys(terms(query), 1.0))
        return [documents[int(row)].document for row in np.argsort(-scores, kind="stable")[:10]]

    return search


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]


if __name__ == "__main__":
    main()
