"""Finds the records that a whole query may name, among any number of them."""

import itertools
from collections.abc import Iterable

import numpy as np

from intents.names import align, neighbours, scoring
from intents.names.align import Float, Int
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
SMALL = 2_000  # rows up to which a query is searched for like a sentence, too: titles, keywords
SPARE = 3  # rows measured beyond those that were asked for
OF_QUERY = 0.7  # share of the likeness that is of the query, the rest is of the row
EDITED = 0.92  # factor for a likeness that allows units too many or too few
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
    row, shift = _closest(segment, units, kinds)
    if not len(row):
        return []
    edited = _edited(segment, shape, row)
    order = np.argsort(-edited, kind="stable")[: limit + SPARE]
    share = _Explained(units, shape)
    found = [
        _placed(segment, align.run(segment, units.text, row.item(i), shift.item(i)), edited.item(i), units, share)
        for i in order.tolist()
        if segment.owners.item(row.item(i)) not in shelf.gone
    ]
    return sorted(found, key=lambda one: -one.score)


def _placed(segment: Segment, run: align.Run, edited: float, units: Units, share: "_Explained") -> Placed:
    begin, stop = run.shift + run.begin, run.shift + run.stop
    hit = scoring.as_hit(segment, run, scoring.score_of(segment, run) * share.of(begin, stop))
    by = neighbours.by_typing(hit, units.text)
    whole, score = hit.whole and stop - begin == len(units.text), hit.score
    if edited > score:
        by, whole, score = By.TYPO, False, edited
    nameable = segment.nameables[segment.owners.item(run.row)]
    return Placed(0, len(units.text), score, nameable, segment.label, run.row, by, whole)


def _closest(segment: Segment, units: Units, kinds: Kinds) -> tuple[Int, Int]:
    """Return the rows that share the most with a query, each at a shift at which they do."""
    listed, at = keys_of(units.text[:LONGEST])
    keys, places = np.array(listed, np.int64), np.array(at, np.int64)
    entries, number = gather(segment.postings, keys, weak=True, longest=LONGEST_POSTING, budget=BUDGET)
    if not len(entries):
        return entries, entries
    bits = writing(units.codes).astype(np.int64)
    written = bits.take(places) << 3 | bits.take(places + 1 + (keys >= APART))
    worth = WORTH.take((entries ^ written.take(number)) & (len(WORTH) - 1))
    row = entries >> PLACE_BITS + WRITING_BITS
    if kinds is not None:
        worth *= np.array([kind in kinds for kind in KINDS])[segment.kinds.take(row)]
    shift = ((places + PLACES) << 4).take(number) - ((entries >> WRITING_BITS & (PLACES - 1)) << 4)
    return _best_rows((row << 16) + shift + worth)


def _best_rows(packed: Int) -> tuple[Int, Int]:
    """Return the best rows and shifts of places packed as `row << 16 | shift + 32 << 4 | worth`."""
    packed.sort()
    row = packed >> 16
    first = np.flatnonzero(np.concatenate([[True], row[1:] != row[:-1]]))
    if len(first) > RERANKED:
        total = np.add.reduceat(packed & 15, first)
        first = first[np.argpartition(-total, RERANKED)[:RERANKED]]
    return row[first], ((packed[first] >> 4) & 0xFFF) - PLACES


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


def _edited(segment: Segment, shape: Shape, row: Int) -> Float:
    """Return the likeness of rows to a query where units may be missing or too many, by character and by sound."""
    from rapidfuzz import process
    from rapidfuzz.distance import LCSseq

    query = code_units(shape.units)
    first, stop = segment.starts.take(row), segment.starts.take(row + 1)
    lengths = stop - first
    ends = np.append(len(query), lengths).cumsum()
    unit = np.arange(int(lengths.sum())) + (stop - ends[1:] + len(query)).repeat(lengths)
    codes = np.concatenate([query, segment.codes.take(unit)])
    edges = [0, *ends.tolist()]
    both = []
    for units in (codes, sounds().readings[0].take(codes) + np.uint16(SYLLABLE_UNIT)):
        text = units.tobytes().decode("utf-16-le", "surrogatepass")
        texts = [text[b:e] for b, e in zip(edges, edges[1:], strict=False)]
        both.append(process.cdist(texts[:1], texts[1:], scorer=LCSseq.similarity, dtype=np.int32)[0])
    shared = 0.5 * (both[0] + both[1])
    return np.asarray(EDITED * (OF_QUERY * shared / len(query) + (1 - OF_QUERY) * shared / lengths), np.float32)
