"""Finds the records that a whole query may name, among any number of them."""

import itertools
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from intents.names import align, neighbours, scoring
from intents.names.align import Int
from intents.names.cover import Placed, best
from intents.names.model import By, Candidate
from intents.names.ordinary import Words, dictionary
from intents.names.postings import (
    APART,
    LAST,
    PLACE_BITS,
    ROW_SHIFT,
    WRITING_BITS,
    Entries,
    chosen,
    keys_of,
    read,
    writing,
)
from intents.names.search import Kinds, Shelf
from intents.names.search import find as find_in_sentence
from intents.names.segment import KINDS, WEIGHTS, Segment
from intents.names.shapes import LONGEST, Shape
from intents.names.units import Units

LONGEST_POSTING = 5_000  # entries of a pair from which it is too common to search by
BUDGET = 5_000  # entries read for one query
RERANKED = 64  # rows measured for one query
# What a shared pair of folded sounds is worth, by the bits in which its characters differ: more where they agree.
WORTH = np.array([2 + (bits & 7 == 0) + (bits >> 3 == 0) for bits in range(1 << WRITING_BITS)], np.uint32)
MASK = np.uint32((1 << WRITING_BITS) - 1)
STRONG = 2  # added where both units are distinctive
SMALL = 2_000  # rows up to which a query is searched for like a sentence, too: titles, keywords
OF_WORTH = 0.01  # what the worth of shared pairs adds to the likeness by which rows are ordered
FAR_BEHIND = 0.4  # rows that are so much less like a query than the best are no answer
OF_QUERY = 0.8  # share of the likeness that is of the query, the rest is of the row
LEAST = 0.3  # score of a candidate
EDITED = 0.92  # factor for a likeness by characters in common, where units are missing or too many
UNEXPLAINED = 0.4  # factor for a row that explains nothing of the query


def find(shelf: Shelf, units: Units, kinds: Kinds, limit: int) -> list[Placed]:
    """Return what a query may name in one shelf, the best first."""
    if len(units.text) < 2:
        return []
    shape = shelf.segment.known.organisation(units.text[:LONGEST])
    found = _ranked(shelf, units, shape, kinds, limit)
    if shelf.segment.rows <= SMALL or not found:
        words = Words.of(units.text, dictionary())
        found += [_explained(one, units, shape) for one in find_in_sentence(shelf, units, words, kinds)]
    return found


def best_candidates(found: Iterable[Placed], limit: int) -> list[Candidate]:
    """Return the best candidate of each record."""
    return [one.candidate() for one in best(found, limit)]


def _ranked(shelf: Shelf, units: Units, shape: Shape, kinds: Kinds, limit: int) -> list[Placed]:
    segment = shelf.segment
    row, shift, worth = _closest(shelf, units, kinds)
    if not len(row):
        return []
    shared = _shared(segment, shape, row)
    of_query = shared / len(shape.units)
    of_row = shared / (segment.starts.take(row + 1) - segment.starts.take(row))
    rank = OF_QUERY * of_query + (1 - OF_QUERY) * of_row + OF_WORTH * worth
    edited = EDITED * np.minimum(of_query, shared / segment.core_weight.take(row))
    order = np.argsort(-rank, kind="stable")[:limit]
    order = order[rank.take(order) > rank.item(order[0]) - FAR_BEHIND]
    share = _Explained(units, shape)
    found = [
        _placed(segment, align.run(segment, units.text, row.item(i), shift.item(i)), edited.item(i), units, share)
        for i in order.tolist()
    ]
    return [one for one in found if one.score >= LEAST]


def _placed(segment: Segment, run: align.Run, edited: float, units: Units, share: "_Explained") -> Placed:
    begin, stop = run.shift + run.begin, run.shift + run.stop
    hit = scoring.as_hit(segment, run, scoring.score_of(segment, run) * share.of(begin, stop))
    by = neighbours.by_typing(hit, units.text)
    whole, score = hit.whole and stop - begin == len(units.text), hit.score
    if edited > score and not run.complete_core:
        by, whole, score = By.TYPO, False, edited
    nameable = segment.nameables[segment.owners.item(run.row)]
    return Placed(0, len(units.text), score, nameable, segment.label, run.row, by, whole, run.matched)


def _closest(shelf: Shelf, units: Units, kinds: Kinds) -> tuple[Int, Int, Int]:
    """Return the rows that share the most with a query, each at a shift at which they do, and the worth of that."""
    listed, at = keys_of(units.text[:LONGEST])
    keys, places, held = np.array(listed, np.int64), np.array(at, np.int64), shelf.segment.postings
    weak = held.weak.take(keys)
    begin = np.concatenate([held.starts.take(keys), weak])
    stop = np.concatenate([weak, held.starts.take(keys + 1)])
    order, sizes = chosen(begin, stop, longest=LONGEST_POSTING, budget=BUDGET)
    entries = read(held, begin.take(order), sizes)
    bits = writing(units.codes).astype(np.int64)
    written = bits.take(places) << 3 | bits.take(places + 1 + (keys >= APART))
    moved = places << WRITING_BITS
    written, moved = np.concatenate([written, written]), np.concatenate([moved + STRONG, moved])
    packed = _packed(entries, written.take(order), moved.take(order), sizes)
    allowed = _allowed(shelf, packed >> ROW_SHIFT, kinds)
    return _best_rows(packed if allowed is None else packed[allowed])


def _packed(entries: Entries, written: Int, moved: Int, sizes: NDArray[np.int32]) -> Entries:
    """Replace in each entry the place by the shift, and the writing by what the pair is worth."""
    kind = entries.dtype
    differs = (entries ^ written.astype(kind).repeat(sizes)) & MASK
    return np.asarray((entries & ~np.array(MASK, kind)) + moved.astype(kind).repeat(sizes) + WORTH.take(differs))


def _allowed(shelf: Shelf, row: Entries, kinds: Kinds) -> NDArray[np.bool_] | None:
    """Tell which rows are of the wanted kinds and still valid; None for all."""
    if kinds is None and not shelf.gone:
        return None
    wanted = np.array([kinds is None or kind in kinds for kind in KINDS]).take(shelf.segment.kinds.take(row))
    gone = np.isin(shelf.segment.owners.take(row), list(shelf.gone)) if shelf.gone else False
    return np.asarray(wanted & ~np.asarray(gone))


def _best_rows(packed: Entries) -> tuple[Int, Int, Int]:
    """Return rows, shifts and worth of the best of entries that hold the shift for the place, and worth for writing."""
    packed.sort()
    row = packed >> ROW_SHIFT
    first = np.concatenate([row[:1] >= 0, row[1:] != row[:-1]]).nonzero()[0]
    total = np.add.reduceat(packed & MASK, first).astype(np.int64) if len(first) else first
    if len(first) > RERANKED:
        best = np.argpartition(-total, RERANKED)[:RERANKED]
        first, total = first.take(best), total.take(best)
    shift = (packed.take(first) >> WRITING_BITS & ((1 << PLACE_BITS) - 1)).astype(np.int64) - LAST
    return row.take(first).astype(np.int64), shift, total


class _Explained:
    """Says how much of a query a stretch of it explains."""

    def __init__(self, units: Units, shape: Shape) -> None:
        weights = [float(WEIGHTS[kind]) for kind in shape.classes] + [0.0] * (len(units.text) - len(shape.classes))
        self._sums = list(itertools.accumulate(weights, initial=0.0))

    def of(self, begin: int, stop: int) -> float:
        """Return the factor for a row that lies at `[begin, stop)`."""
        share = (self._sums[stop] - self._sums[begin]) / max(self._sums[-1], 1e-6)
        return UNEXPLAINED + (1 - UNEXPLAINED) * share


def _explained(one: Placed, units: Units, shape: Shape) -> Placed:
    begin = next((i for i, at in enumerate(units.at) if at >= one.begin), 0)
    stop = next((i + 1 for i, end in enumerate(units.ends) if end >= one.stop), len(units.text))
    one.score *= _Explained(units, shape).of(begin, stop)
    one.whole = one.whole and stop - begin == len(units.text)
    return one


def _shared(segment: Segment, shape: Shape, row: Int) -> Int:
    """Return how many characters of a query, in its order but with gaps, the rows have."""
    from rapidfuzz import process
    from rapidfuzz.distance import LCSseq

    edges = zip(segment.starts.take(row).tolist(), segment.starts.take(row + 1).tolist(), strict=True)
    texts = [segment.text[begin:stop] for begin, stop in edges]
    return np.asarray(process.cdist([shape.units], texts, scorer=LCSseq.similarity, dtype=np.int32)[0])
