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
    recent_of,
    writing,
)
from intents.names.search import Kinds, Shelf
from intents.names.search import find as find_in_sentence
from intents.names.segment import KINDS, WEIGHTS, Segment
from intents.names.shapes import LONGEST, Shape
from intents.names.units import Units

LONGEST_POSTING = 5_000  # entries of a pair from which it is too common to search by
BUDGET, BUDGET_EDITED = 5_000, 5_000  # entries read for one query: pairs as they are, and with a unit more or less
RERANKED = 64  # rows measured for one query
# What a shared pair of folded sounds is worth, by the bits in which its characters differ: more where they agree.
WORTH = np.array([2 + 2 * (bits & 7 == 0) + 2 * (bits >> 3 == 0) for bits in range(1 << WRITING_BITS)], np.uint32)
MASK = np.uint32((1 << WRITING_BITS) - 1)
STRONG = 2  # added where both units are distinctive
SMALL = 2_000  # rows up to which a query is searched for like a sentence, too: titles, keywords
OF_WORTH = 0.1  # what the worth of shared pairs, of the most there is, adds to the likeness by which rows are ordered
FAR_BEHIND = 0.2  # rows so much less like a query than the best are not measured closely
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
    rank = OF_QUERY * of_query + (1 - OF_QUERY) * of_row + OF_WORTH * (worth / worth.max())
    order = np.argsort(-rank, kind="stable")[:limit]
    edited = (EDITED * np.minimum(of_query, shared / segment.core_weight.take(row))).take(order).tolist()
    close = (rank.take(order) > rank.item(order[0]) - FAR_BEHIND).tolist()
    rows, shifts, share = row.take(order).tolist(), shift.take(order).tolist(), _Explained(units, shape)
    found = [
        _measured(segment, align.run(segment, units.text, r, s), e, units, share)
        if near
        else _placed(segment, r, e, units)
        for r, s, e, near in zip(rows, shifts, edited, close, strict=True)
    ]
    return [one for one in found if one.score >= LEAST]


def _measured(segment: Segment, run: align.Run, edited: float, units: Units, share: "_Explained") -> Placed:
    begin, stop = run.shift + run.begin, run.shift + run.stop
    hit = scoring.as_hit(segment, run, scoring.score_of(segment, run) * share.of(begin, stop))
    placed = _placed(segment, run.row, edited, units)
    if run.complete_core or hit.score >= edited:
        placed.by, placed.score = neighbours.by_typing(hit, units.text), hit.score
        placed.whole = hit.whole and stop - begin == len(units.text)
        placed.covered = run.matched
    return placed


def _placed(segment: Segment, row: int, edited: float, units: Units) -> Placed:
    nameable = segment.nameables[segment.owners.item(row)]
    return Placed(0, len(units.text), edited, nameable, segment.label, row, By.TYPO, False, 0)


def _closest(shelf: Shelf, units: Units, kinds: Kinds) -> tuple[Int, Int, Int]:
    """Return the rows that share the most with a query, each at a shift at which they do, and the worth of that.

    Pairs of a query are looked for at their own distance by sound, and at the other distance (a unit was dropped, added
    or swapped) where they are written alike, too.
    """
    listed, at = keys_of(units.text[:LONGEST])
    keys, places = np.array(listed, np.int64), np.array(at, np.int64)
    bits = np.append(writing(units.codes), 0).astype(np.int64)
    written = bits.take(places) << 3 | bits.take(places + 1 + (keys >= APART))
    moved = places << WRITING_BITS
    packed, differs = _pairs(shelf.segment, keys, written, moved, BUDGET)
    swapped = np.where(keys >= APART, keys - APART, keys + APART)
    edited, unlike = _pairs(shelf.segment, swapped, written, moved, BUDGET_EDITED)
    alike = np.flatnonzero(unlike == 0)
    packed = np.concatenate([packed + WORTH.take(differs), edited.take(alike) + WORTH[0]])
    allowed = _allowed(shelf, packed >> ROW_SHIFT, kinds)
    return _best_rows(packed if allowed is None else packed[allowed])


def _pairs(segment: Segment, keys: Int, written: Int, moved: Int, budget: int) -> tuple[Entries, Entries]:
    """Read the entries of some pairs: return them with the shift for the place, and the bits in which they differ."""
    held = segment.postings
    weak = held.weak.take(keys)
    begin = np.concatenate([held.starts.take(keys), weak])
    stop = np.concatenate([weak, held.starts.take(keys + 1)])
    order, sizes = chosen(begin, stop, longest=LONGEST_POSTING, budget=budget)
    entries, number = read(held, begin.take(order), sizes), order.repeat(sizes)
    if segment.recent:
        entries, number = _with_recent(segment, entries, number, keys, budget)
    kind = entries.dtype
    moved, written = np.concatenate([moved + STRONG, moved]), np.concatenate([written, written])
    differs = (entries ^ written.take(number).astype(kind)) & MASK
    return (entries & ~np.array(MASK, kind)) + moved.take(number).astype(kind), differs


def _with_recent(segment: Segment, entries: Entries, number: Int, keys: Int, budget: int) -> tuple[Entries, Int]:
    """Add what a segment has grown by to the entries of pairs, which are numbered strong ones first."""
    listed = (2 * keys).tolist()
    doubled = listed + [key + 1 for key in listed]
    more, at = recent_of(segment.recent, doubled, rows=segment.rows, longest=LONGEST_POSTING, budget=budget)
    wide = segment.rows >> (32 - ROW_SHIFT) > 0
    kind = np.uint64 if wide else entries.dtype
    entries = np.concatenate([entries.astype(kind), np.array(more, kind)])
    return entries, np.concatenate([number, np.array(at, np.int64)])


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

    texts = [segment.units_of(number) for number in row.tolist()]
    return np.asarray(process.cdist([shape.units], texts, scorer=LCSseq.similarity, dtype=np.int32)[0])
