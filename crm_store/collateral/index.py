"""The index over all collateral: built from parsed documents, searched by words, characters, concepts and vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from crm_store.collateral.chunking import passages_of, sections_of, sentences
from crm_store.collateral.cleaning import folded
from crm_store.collateral.cues import cued, cues_in
from crm_store.collateral.embedding import Embedder, HashingEmbedder
from crm_store.collateral.formats.reading import Parsed
from crm_store.collateral.passages import Filter, Hit, Passage, Section
from crm_store.collateral.postings import Postings
from crm_store.collateral.terms import Terms, terms_of
from crm_store.collateral.vectors import VectorIndex

HEADING_WEIGHT, LEAD_WEIGHT = 0.6, 0.8
"""How much a word of the headings counts in each passage below them, and what one of the first sentence counts more."""
SHARES = {"words": 1.0, "phrases": 0.25, "pairs": 0.3, "concepts": 0.2}
CODE_WEIGHT, VECTOR_SHARE, CUE_SHARE = 1.4, 0.5, 0.08
"""A code in the query against a word; the cosine against the best score; what one cue adds to a score."""
NEAREST = 100


@dataclass(frozen=True, kw_only=True)
class CollateralIndex:
    """Sections and passages with their postings and vectors. Immutable: new documents make a new index."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    postings: dict[str, Postings]
    vectors: VectorIndex
    cues: NDArray[np.uint8]
    embedder: Embedder

    @cached_property
    def documented(self) -> frozenset[str]:
        """Products that documents say they are about."""
        return frozenset(section.about.product for section in self.sections if section.about.product)

    def knows(self, pair: str) -> bool:
        """Whether a pair of characters stands somewhere in the material."""
        return pair in self.postings["pairs"]

    def has_text(self, text: str) -> bool:
        """Whether some passage has a stretch of Chinese text as it stands."""
        pairs = (text[place : place + 2] for place in range(len(text) - 1))
        return all(self.knows(pair) for pair in pairs) and any(text in passage.text for passage in self.passages)

    def search(self, query: str, *, count: int = 10, only: Filter | None = None) -> list[Hit]:
        """The best sections for a query, best first, each with its best passage."""
        return self.ranked(terms_of(folded(query)), query, count=count, only=only)

    def ranked(self, terms: Terms, query: str, *, count: int, only: Filter | None = None) -> list[Hit]:
        """The same for a query whose terms are known."""
        scores = self.scores(terms, query, self._admitted(only))
        hits: list[Hit] = []
        seen: set[int] = set()
        for row in _best_first(scores, 8 * count):
            passage = self.passages[int(row)]
            if scores[row] <= 0 or len(hits) == count:
                break
            if passage.section not in seen:
                seen.add(passage.section)
                found = Hit(
                    number=passage.section,
                    section=self.sections[passage.section],
                    text=passage.text,
                    score=float(scores[row]),
                )
                hits.append(found)
        return hits

    def scores(self, terms: Terms, query: str, admitted: NDArray[np.bool_] | None) -> NDArray[np.float32]:
        """One score a passage; those that the filter leaves out have -1."""
        scores = np.zeros(len(self.passages), np.float32)
        for kind, share in SHARES.items():
            asked = {term: share * (CODE_WEIGHT if term.isascii() else 1.0) for term in getattr(terms, kind)}
            self.postings[kind].add_scores(scores, asked)
        if not len(scores):
            return scores
        ids = None if admitted is None else np.flatnonzero(admitted)
        near, cosines = self.vectors.search(self.embedder.embed([query])[0], NEAREST, ids)
        best = float(scores.max())
        if len(near) and VECTOR_SHARE:
            scores[near] += VECTOR_SHARE * max(best, 1.0) * np.maximum(cosines, 0)
        scores *= 1 + np.float32(CUE_SHARE) * cued(folded(query), self.cues)
        if admitted is not None:
            scores[~admitted] = -1
        return scores

    def _admitted(self, only: Filter | None) -> NDArray[np.bool_] | None:
        if only is None:
            return None
        sections = np.array([only.admits(section.about) for section in self.sections], np.bool_)
        return sections[[passage.section for passage in self.passages]] if len(self.passages) else sections


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A document cut and read: all of indexing that doesn't depend on the other documents, and most of its time.

    `of` gives each passage's section, counted from 0; the other lists have one entry a passage.
    """

    sections: tuple[Section, ...]
    of: tuple[int, ...]
    texts: tuple[str, ...]
    folded: tuple[str, ...]
    bodies: tuple[Terms, ...]
    headings: tuple[Terms, ...]
    leads: tuple[Terms, ...]


def prepare(parsed: Parsed) -> Prepared:
    """Cut a document into sections and passages and find their terms."""
    sections = tuple(sections_of(parsed.document, parsed.title, parsed.blocks, parsed.about))
    headings = [terms_of(folded(context_of(section))) for section in sections]
    passages = [passage for number, section in enumerate(sections) for passage in passages_of(number, section)]
    plain = [folded(passage.text) for passage in passages]
    bodies = [terms_of(text) for text in plain]
    return Prepared(
        sections=sections,
        of=tuple(passage.section for passage in passages),
        texts=tuple(passage.text for passage in passages),
        folded=tuple(plain),
        bodies=tuple(bodies),
        headings=tuple(headings[passage.section] for passage in passages),
        leads=tuple(_lead_terms(text, body) for text, body in zip(plain, bodies, strict=True)),
    )


def _lead_terms(text: str, body: Terms) -> Terms:
    lead = _lead(text)
    return body if lead == text else terms_of(lead)


def build_index(
    documents: Iterable[Parsed], embedder: Embedder | None = None, report: Callable[[int], None] = lambda done: None
) -> CollateralIndex:
    """Index documents; `report` is told the number of documents done."""
    prepared: list[Prepared] = []
    for done, parsed in enumerate(documents, 1):
        prepared.append(prepare(parsed))
        report(done)
    return assemble(prepared, embedder)


def assemble(documents: Sequence[Prepared], embedder: Embedder | None = None) -> CollateralIndex:
    """The index of prepared documents."""
    sections: list[Section] = []
    passages: list[Passage] = []
    for each in documents:
        passages += [
            Passage(section=len(sections) + number, text=text) for number, text in zip(each.of, each.texts, strict=True)
        ]
        sections += each.sections
    bodies, headings, leads = (
        [terms for each in documents for terms in getattr(each, field)] for field in ("bodies", "headings", "leads")
    )
    chosen = embedder or HashingEmbedder()
    return CollateralIndex(
        sections=tuple(sections),
        passages=tuple(passages),
        postings={kind: Postings.build(_fields(kind, bodies, headings, leads)) for kind in SHARES},
        vectors=VectorIndex.build(_vectors(chosen, passages, sections, bodies)),
        cues=cues_in([text for each in documents for text in each.folded]),
        embedder=chosen,
    )


def _best_first(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Rows of the highest scores, best first; rows with equal scores in their order."""
    if len(scores) > count:
        near = np.argpartition(-scores, count)[:count]
        return near[np.lexsort((near, -scores[near]))]
    return np.argsort(-scores, kind="stable")


def _lead(text: str) -> str:
    return next(iter(sentences(text.partition("\n")[0])), "")


def context_of(section: Section) -> str:
    """What a section is under: headings, title and front matter, as one text."""
    about = section.about
    parts = (section.title, *section.path, about.product, about.topic, about.industry, about.stage)
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _fields(
    kind: str, bodies: Sequence[Terms], headings: Sequence[Terms], leads: Sequence[Terms]
) -> Iterable[Sequence[tuple[Sequence[str], float]]]:
    for body, heading, lead in zip(bodies, headings, leads, strict=True):
        yield (getattr(body, kind), 1.0), (getattr(heading, kind), HEADING_WEIGHT), (getattr(lead, kind), LEAD_WEIGHT)


def _vectors(
    embedder: Embedder, passages: Sequence[Passage], sections: Sequence[Section], bodies: Sequence[Terms]
) -> NDArray[np.float32]:
    if isinstance(embedder, HashingEmbedder):
        return embedder.embed_terms(bodies)
    return embedder.embed([f"{sections[p.section].heading}\n{p.text}" for p in passages])
