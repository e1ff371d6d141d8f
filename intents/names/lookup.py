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
from intents.names.postings import APART, PLACE_BITS, PLACES, WRITING_BITS, gather, keys_of, writing
from intents.names.search import Kinds, Shelf
from intents.names.search import find as find_in_sentence
from intents.names.segment import KINDS, WEIGHTS, Segment
from intents.names.shapes import LONGEST, Shape
from intents.names.sounds import SYLLABLE_UNIT, code_units, sounds
from intents.names.units import Units

LONGEST_POSTING = 5_000  # entries of a pair from which it is too common to search by
BUDGET = 5_000  # entries read for one query
RERANKED = 64  # rows measured for one query
# What a shared pair of folded sounds is worth, by the bits in which its characters differ: more where they agree.
WORTH = np.array([2 + (bits & 7 == 0) + (bits >> 3 == 0) for bits in range(1 << WRITING_BITS)])
STRONG = 2  # added where both units are distinctive
SMALL = 2_000  # rows up to which a query is searched for like a sentence, too: titles, keywords
SPARE = 1  # rows measured beyond those that were asked for
OF_WORTH = 0.005  # what the worth of shared pairs adds to the likeness by which rows are ordered
OF_QUERY = 0.8  # share of the likeness that is of the query, the rest is of the row
LEAST = 0.3  # score of a candidate
EDITED = 0.92  # factor for a likeness by syllables in common, where units are missing or too many
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
    rank = OF_QUERY * of_query + (1 - OF_QUERY) * shared / (segment.starts.take(row + 1) - segment.starts.take(row))
    edited = EDITED * np.minimum(of_query, shared / segment.core_weight.take(row))
    order = np.argsort(-(rank + OF_WORTH * worth), kind="stable")[: limit + SPARE]
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
    starts, weak, ends = held.starts.take(keys), held.weak.take(keys), held.starts.take(keys + 1)
    entries, number = gather(
        held, np.concatenate([starts, weak]), np.concatenate([weak, ends]), longest=LONGEST_POSTING, budget=BUDGET
    )
    if not len(entries):
        return entries, entries, entries
    bits = writing(units.codes).astype(np.int64)
    written = bits.take(places) << 3 | bits.take(places + 1 + (keys >= APART))
    base = (places + PLACES) << 4
    base, written = np.concatenate([base + STRONG, base]), np.concatenate([written, written])
    worth = WORTH.take((entries ^ written.take(number)) & (len(WORTH) - 1))
    row = entries >> PLACE_BITS + WRITING_BITS
    packed = (row << 16) + base.take(number) - ((entries >> WRITING_BITS & (PLACES - 1)) << 4) + worth
    allowed = _allowed(shelf, row, kinds)
    return _best_rows(packed if allowed is None else packed[allowed])


def _allowed(shelf: Shelf, row: Int, kinds: Kinds) -> NDArray[np.bool_] | None:
    """Tell which rows are of the wanted kinds and still valid; None for all."""
    if kinds is None and not shelf.gone:
        return None
    wanted = np.array([kinds is None or kind in kinds for kind in KINDS]).take(shelf.segment.kinds.take(row))
    gone = np.isin(shelf.segment.owners.take(row), list(shelf.gone)) if shelf.gone else False
    return np.asarray(wanted & ~np.asarray(gone))


def _best_rows(packed: Int) -> tuple[Int, Int, Int]:
    """Return rows, shifts and worth of the best of places packed as `row << 16 | shift + 32 << 4 | worth`."""
    packed.sort()
    row = packed >> 16
    first = np.flatnonzero(np.concatenate([row[:1] >= 0, row[1:] != row[:-1]]))
    total = np.add.reduceat(packed & 15, first) if len(first) else first
    if len(first) > RERANKED:
        best = np.argpartition(-total, RERANKED)[:RERANKED]
        first, total = first[best], total[best]
    return row[first], ((packed[first] >> 4) & 0xFFF) - PLACES, total


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
    """Return how many syllables of a query, in its order but with gaps, the rows have."""
    from rapidfuzz import process
    from rapidfuzz.distance import LCSseq

    query = code_units(shape.units)
    first, stop = segment.starts.take(row), segment.starts.take(row + 1)
    lengths = stop - first
    ends = np.append(len(query), lengths).cumsum()
    unit = np.arange(int(lengths.sum())) + (stop - ends[1:] + len(query)).repeat(lengths)
    heard = sounds().readings[0].take(np.concatenate([query, segment.codes.take(unit)])) + np.uint16(SYLLABLE_UNIT)
    text, edges = heard.tobytes().decode("utf-16-le", "surrogatepass"), [0, *ends.tolist()]
    texts = [text[b:e] for b, e in itertools.pairwise(edges)]
    return np.asarray(process.cdist(texts[:1], texts[1:], scorer=LCSseq.similarity, dtype=np.int32)[0])
