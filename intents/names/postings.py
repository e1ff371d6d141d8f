"""Finds the rows that share sounds with a text: pairs of folded syllables, adjacent or one apart, with their places."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from intents.names.shapes import CORE
from intents.names.sounds import code_units, readings_of, sounds
from intents.names.units import NUMERALS

CLASSES = 512  # folded syllables, rounded up to a power of two
APART = CLASSES * CLASSES  # added to the key of a pair one apart
WEAK = 2 * APART  # added to the key of a pair of which only one unit is distinctive
KEYS = 2 * WEAK
PLACES = 32  # places within a row
Int = NDArray[np.int64]
_NONE = np.empty(0, np.uint32)


@dataclass(frozen=True, kw_only=True, slots=True)
class Postings:
    """`entries[starts[key] : starts[key + 1]]` are the places, `row * 32 + position`, where a pair of sounds occurs."""

    starts: NDArray[np.int32]
    entries: NDArray[np.uint32]


def folded_readings(codes: NDArray[np.uint16]) -> list[NDArray[np.uint16]]:
    """Return, for each slot, the folded syllables of the units, equal ones of one unit only once, 0 where there is none."""
    known = sounds()
    folds = [known.fold.take(slot.take(codes)) for slot in known.readings]
    folds[1] = folds[1] * (folds[1] != folds[0])
    folds[2] = folds[2] * ((folds[2] != folds[0]) & (folds[2] != folds[1]))
    return folds


@cache
def _folds_of(character: str) -> tuple[int, ...]:
    known = sounds()
    return tuple(dict.fromkeys(int(known.fold[syllable]) for syllable in readings_of(character)))


def keys_of(text: str) -> tuple[list[int], list[int]]:
    """Return the keys of all readings of a text's pairs, and the place of each."""
    folds = [_folds_of(character) for character in text]
    keys: list[int] = []
    at: list[int] = []
    for apart, base in ((1, 0), (2, APART)):
        for place, (first, second) in enumerate(zip(folds, folds[apart:], strict=False)):
            for a in first:
                for b in second:
                    keys.append(base + a * CLASSES + b)
                    at.append(place)
    return keys, at


def build_postings(
    codes: NDArray[np.uint16], classes: NDArray[np.uint8], starts: NDArray[np.int32], *, loose: bool
) -> Postings:
    """Index the pairs of every row in which at least one unit is distinctive and at most one is a numeral.

    A `loose` index holds each adjacent pair also under what a recogniser's far slip makes of one of its units.
    """
    lengths = np.diff(starts)
    entry = np.arange(len(codes)) - np.repeat(starts[:-1], lengths) + np.repeat(np.arange(len(lengths)) * PLACES, lengths)
    folds, core = folded_readings(codes), classes == CORE
    numeral = np.isin(codes, code_units(NUMERALS))
    parts = [part for apart in (1, 2) for part in _pairs(entry.astype(np.uint32), folds, core, numeral, apart)]
    parts += [_slipped(keys, entries) for keys, entries in parts] if loose else []
    keys = np.concatenate([keys for keys, _ in parts] or [_NONE])
    entries = np.concatenate([found for _, found in parts] or [_NONE])
    counts = np.bincount(keys, minlength=KEYS)
    return Postings(
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32), entries=entries[np.argsort(keys, kind="stable")]
    )


def _pairs(
    entry: NDArray[np.uint32], folds: list[NDArray[np.uint16]], core: NDArray[np.bool_],
    numeral: NDArray[np.bool_], apart: int,
) -> list[tuple[NDArray[np.uint32], NDArray[np.uint32]]]:
    """Return keys and entries of the pairs `apart` from each other, for every combination of readings."""
    together = entry[:-apart] // PLACES == entry[apart:] // PLACES
    kept = np.flatnonzero(together & (core[:-apart] | core[apart:]) & ~(numeral[:-apart] & numeral[apart:]))
    base = (apart - 1) * APART + np.where(core[kept] & core[kept + apart], 0, WEAK).astype(np.uint32)
    found = []
    for first_slot in folds:
        first = first_slot.take(kept).astype(np.uint32)
        for second_slot in folds:
            second = second_slot.take(kept + apart)
            some = np.flatnonzero((first > 0) & (second > 0))
            if len(some):
                found.append((base[some] + first[some] * CLASSES + second[some], entry[kept[some]]))
    return found


def _slipped(keys: NDArray[np.uint32], entries: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the adjacent pairs of distinctive units under the keys of far slips."""
    far = sounds().far
    made: list[NDArray[np.uint32]] = []
    found: list[NDArray[np.uint32]] = []
    for key, entry in zip(keys[keys < APART].tolist(), entries[keys < APART].tolist(), strict=True):
        first, second = divmod(key, CLASSES)
        made += [first * CLASSES + far[second].astype(np.uint32), far[first].astype(np.uint32) * CLASSES + second]
        found.append(np.full(len(far[second]) + len(far[first]), entry, np.uint32))
    return np.concatenate([*made, _NONE]), np.concatenate([*found, _NONE])


def gather(postings: Postings, keys: Int, longest: int, budget: int) -> tuple[Int, Int]:
    """Read the postings of `keys` that have at most `longest` entries, about `budget` in all and then of the rarest keys.

    Returns the entries and, for each, the number of its key in `keys`.
    """
    begin = postings.starts.take(keys)
    sizes = postings.starts.take(keys + 1) - begin
    order = ((sizes > 0) & (sizes <= longest)).nonzero()[0]
    if int(sizes.take(order).sum()) > budget:
        order = order[np.argsort(sizes[order], kind="stable")]
        order = order[: 1 + int(np.searchsorted(np.cumsum(sizes[order]), budget))]
    begin, sizes = begin.take(order), sizes.take(order)
    ends = sizes.cumsum()
    index = np.arange(int(ends[-1]) if len(ends) else 0) + (begin - ends + sizes).repeat(sizes)
    return postings.entries.take(index).astype(np.int64), order.repeat(sizes)
