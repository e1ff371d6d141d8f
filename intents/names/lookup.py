"""Finds the records that a whole query may name, among any number of them."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import numpy as np

from intents.names import align, neighbours, scoring
from intents.names.align import Float, Int
from intents.names.cover import Placed, best
from intents.names.model import By, Candidate
from intents.names.ordinary import Words, dictionary
from intents.names.postings import PLACES, WEAK, gather, keys_of
from intents.names.scoring import Hit
from intents.names.search import Kinds, Shelf
from intents.names.search import find as find_in_sentence
from intents.names.segment import KINDS, WEIGHTS, Segment
from intents.names.shapes import LONGEST, Shape, organisation
from intents.names.sounds import SYLLABLE_UNIT, sounds
from intents.names.units import Units

LONGEST_POSTING = 5_000  # entries of a pair from which it is too common to search by
BUDGET = 8_000  # entries read for one query
RERANKED = 64  # rows measured for one query
SMALL = 2_000  # rows up to which a query is searched for like a sentence, too: titles, keywords
MOST = 16
EDITED = 0.92  # factor for a likeness that allows units too many or too few
UNEXPLAINED = 0.4  # factor for a row that explains nothing of the query


def find(shelf: Shelf, units: Units, kinds: Kinds) -> list[Placed]:
    """Return what a query may name in one shelf."""
    if len(units.text) < 2:
        return []
    shape = _shape(shelf.segment, units.text)
    found = _ranked(shelf, units, shape, kinds)
    words = Words.of(units.text, dictionary())
    if len(shelf.segment.texts) <= SMALL or not found:
        found += [_explained(one, units, shape) for one in find_in_sentence(shelf, units, words, kinds)]
    return found


def best_candidates(found: Iterable[Placed], limit: int) -> list[Candidate]:
    """Return the best candidate of each record."""
    return [one.candidate() for one in best(found, limit)]


def _shape(segment: Segment, text: str) -> Shape:
    return organisation(text, segment.known.words)


def _ranked(shelf: Shelf, units: Units, shape: Shape, kinds: Kinds) -> list[Placed]:
    segment = shelf.segment
    row, shift = _closest(segment, units, kinds)
    if not len(row):
        return []
    found = align.runs(segment, units, row, shift)
    score = scoring.scores(segment, found) * _explained_share(units, shape, found.begin + found.shift, found.stop + found.shift)
    edited = _edited(segment, units, shape, row)
    order = np.argsort(-np.maximum(score, edited), kind="stable")[:MOST]
    hits = scoring.listed(segment, found, order, score)
    placed = [_placed(shelf, hit, e, units) for hit, e in zip(hits, edited[order].tolist(), strict=True)]
    return [one for one in placed if one]


def _placed(shelf: Shelf, hit: Hit, edited: float, units: Units) -> Placed | None:
    segment = shelf.segment
    owner = segment.owners.item(hit.row)
    if owner in shelf.gone:
        return None
    by = neighbours.by_typing(hit, units.text)
    whole = hit.whole and hit.stop - hit.begin == len(units.text)
    if edited > hit.score:
        hit, by, whole = replace(hit, score=edited), By.TYPO, False
    return Placed(0, len(units.text), hit.score, segment.nameables[owner], segment.label(hit.row), by, whole)


def _closest(segment: Segment, units: Units, kinds: Kinds) -> tuple[Int, Int]:
    """Return the rows that share the most with a query, each at its best shift."""
    listed, at = keys_of(units.text[:LONGEST])
    keys, places = np.array(listed * 2, np.int64), np.array(at * 2, np.int64)
    keys[len(listed) :] += WEAK
    entries, number = gather(segment.postings, keys, LONGEST_POSTING, BUDGET)
    if not len(entries):
        return entries, entries
    row, position, place = entries // PLACES, entries % PLACES, places.take(number)
    worth = _worth(segment, units, row, position, place, 1 + (keys.take(number) % WEAK >= WEAK // 2))
    if kinds is not None:
        worth *= np.array([kind in kinds for kind in KINDS])[segment.kinds.take(row)]
    return _best_rows(row, place - position, worth)


def _worth(segment: Segment, units: Units, row: Int, position: Int, place: Int, apart: Int) -> Float:
    """Return what a shared pair of folded sounds is worth: more where the characters agree."""
    unit = segment.starts.take(row) + position
    same = (segment.codes.take(unit) == units.codes.take(place)).astype(np.float32)
    same += segment.codes.take(unit + apart) == units.codes.take(place + apart)
    return np.asarray(1 + 0.5 * same)


def _best_rows(row: Int, shift: Int, worth: Float) -> tuple[Int, Int]:
    order = np.argsort(row, kind="stable")
    row, shift, worth = row[order], shift[order], worth[order]
    first = np.flatnonzero(np.concatenate([[True], row[1:] != row[:-1]]))
    total = np.add.reduceat(worth, first)
    if len(first) > RERANKED:
        first = first[np.argpartition(-total, RERANKED)[:RERANKED]]
    return row[first], shift[first]


def _explained_share(units: Units, shape: Shape, begin: Int, stop: Int) -> Float:
    """Return the factor for what a run leaves unexplained of the query."""
    weight = np.zeros(len(units.text), np.float32)
    weight[: len(shape.units)] = WEIGHTS[np.frombuffer(shape.classes, np.uint8)]
    total = np.concatenate([[0], np.cumsum(weight)])
    return np.asarray(UNEXPLAINED + (1 - UNEXPLAINED) * (total[stop] - total[begin]) / max(total[-1], 1e-6))


def _explained(one: Placed, units: Units, shape: Shape) -> Placed:
    begin = next((i for i, at in enumerate(units.at) if at >= one.begin), 0)
    stop = next((i + 1 for i, end in enumerate(units.ends) if end >= one.stop), len(units.text))
    one.score *= float(_explained_share(units, shape, np.array([begin]), np.array([stop]))[0])
    one.whole = one.whole and stop - begin == len(units.text)
    return one


@cache
def _said() -> dict[int, str]:
    """Map each character to one that stands for its commonest syllable."""
    codes = np.flatnonzero(sounds().readings[0])
    return {int(code): chr(SYLLABLE_UNIT + int(sounds().readings[0][code])) for code in codes if code < SYLLABLE_UNIT}


def _edited(segment: Segment, units: Units, shape: Shape, row: Int) -> Float:
    """Return the likeness of rows to a query where units may be missing or too many, by character and by sound."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    texts = [segment.texts[r] for r in row.tolist()]
    said = "\n".join([shape.units, *texts]).translate(_said()).split("\n")
    written = process.cdist([shape.units], texts, scorer=Levenshtein.normalized_similarity, dtype=np.float32)[0]
    heard = process.cdist(said[:1], said[1:], scorer=Levenshtein.normalized_similarity, dtype=np.float32)[0]
    return np.asarray(EDITED * (0.5 * written + 0.5 * heard), np.float32)


