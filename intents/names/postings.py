"""Finds the rows that share sounds with a text: pairs of folded syllables, adjacent or one apart, with their places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.names.shapes import CORE
from intents.names.sounds import code_units, readings_of, sounds
from intents.names.units import NUMERALS

CLASSES = 512  # folded syllables, rounded up to a power of two
APART = CLASSES * CLASSES  # added to the key of a pair one apart
KEYS = 2 * APART
WRITING_BITS, PLACE_BITS = 6, 6  # of an entry
ROW_SHIFT = WRITING_BITS + PLACE_BITS
LAST = 31  # the last place of a row
Int = NDArray[np.int64]
Keys = NDArray[np.uint32]
Entries = NDArray[Any]  # of np.uint32, of np.uint64 where rows are too many for that
_NONE = np.empty(0, np.uint32)


@dataclass(frozen=True, kw_only=True, slots=True)
class Postings:
    """`entries[starts[key] : starts[key + 1]]` say where a pair of sounds occurs and roughly how it is written.

    An entry is `(row * 64 + 31 - position) * 64 + writing`: the row, the place in it, and three bits of each character.
    Those before `weak[key]` are of pairs both of whose units are distinctive.
    """

    starts: NDArray[np.int32]
    weak: NDArray[np.int32]
    entries: Entries


def folded_readings(codes: NDArray[np.uint16]) -> list[NDArray[np.uint16]]:
    """Return, by slot, the folded syllables of the units: equal ones of one unit only once, 0 where there is none."""
    known = sounds()
    folds = [known.fold.take(slot.take(codes)) for slot in known.readings]
    folds[1] = folds[1] * (folds[1] != folds[0])
    folds[2] = folds[2] * ((folds[2] != folds[0]) & (folds[2] != folds[1]))
    return folds


def writing(codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Return three bits of each character: unlike characters mostly differ in them."""
    return np.asarray((codes ^ (codes >> 3) ^ (codes >> 7)) & 7)


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
    row = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    many = len(starts) >> (32 - ROW_SHIFT) > 0  # rows than 32 bits can number
    entry = (row << ROW_SHIFT) + ((LAST - np.arange(len(codes)) + starts[row]) << WRITING_BITS)
    folds, core, numeral = folded_readings(codes), classes == CORE, np.isin(codes, code_units(NUMERALS))
    bits = writing(codes).astype(np.int64)
    parts: list[tuple[Keys, Entries]] = []
    for apart in (1, 2):
        kept = (row[:-apart] == row[apart:]) & (core[:-apart] | core[apart:]) & ~(numeral[:-apart] & numeral[apart:])
        weak = ~(core[:-apart] & core[apart:])
        base = (2 * (apart - 1) * APART + weak).astype(np.uint32)
        written = entry[:-apart] | bits[:-apart] << 3 | bits[apart:]
        entries = written.astype(np.uint64) if many else written.astype(np.uint32)
        parts += _pairs(folds, np.flatnonzero(kept), apart, base, entries)
    parts += [_slipped(keys, found) for keys, found in parts] if loose else []
    keys = np.concatenate([_NONE, *(keys for keys, _ in parts)])  # twice the key, odd where the pair is weak
    entries = np.concatenate([_NONE, *(found for _, found in parts)])
    starts_and_weak = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=2 * KEYS))]).astype(np.int32)
    return Postings(
        starts=starts_and_weak[::2].copy(),
        weak=starts_and_weak[1::2].copy(),
        entries=entries[np.argsort(keys, kind="stable")],
    )


def _pairs(
    folds: list[NDArray[np.uint16]], kept: Int, apart: int, base: Keys, entry: Entries
) -> list[tuple[Keys, Entries]]:
    """Return keys and entries of the pairs at `kept`, for every combination of readings."""
    found: list[tuple[Keys, Entries]] = []
    for first_slot in folds:
        first = first_slot.take(kept).astype(np.uint32)
        for second_slot in folds:
            second = second_slot.take(kept + apart)
            some = np.flatnonzero((first > 0) & (second > 0))
            if len(some):
                place = kept[some]
                found.append((base[place] + 2 * (first[some] * np.uint32(CLASSES) + second[some]), entry[place]))
    return found


def _slipped(keys: Keys, entries: Entries) -> tuple[Keys, Entries]:
    """Return the adjacent pairs of distinctive units under the keys of far slips."""
    far = sounds().far
    made: list[Keys] = []
    found: list[Entries] = []
    strong = (keys < 2 * APART) & (keys % 2 == 0)
    for key, entry in zip(keys[strong].tolist(), entries[strong].tolist(), strict=True):
        first, second = divmod(key // 2, CLASSES)
        made += [
            2 * (first * CLASSES + far[second].astype(np.uint32)),
            2 * (far[first].astype(np.uint32) * CLASSES + second),
        ]
        found.append(np.full(len(far[second]) + len(far[first]), entry, np.uint32))
    return np.concatenate([_NONE, *made]), np.concatenate([_NONE, *found])


@cache
def _far_of(fold: int) -> tuple[int, ...]:
    return tuple(sounds().far[fold].tolist())


@cache
def _is_numeral(character: str) -> bool:
    return character in NUMERALS


def pairs_of(row: int, units: str, classes: bytes, *, loose: bool) -> Iterator[tuple[int, int]]:
    """Yield the keys (twice, odd where the pair is weak) and entries of one row, as `build_postings` does of many."""
    folds = [_folds_of(unit) for unit in units]
    bits = [(code ^ code >> 3 ^ code >> 7) & 7 for code in map(ord, units)]
    for apart in (1, 2):
        for place in range(len(units) - apart):
            other = place + apart
            core = (classes[place] == CORE) + (classes[other] == CORE)
            if not core or (_is_numeral(units[place]) and _is_numeral(units[other])):
                continue
            entry = row << ROW_SHIFT | LAST - place << WRITING_BITS | bits[place] << 3 | bits[other]
            base = 2 * (apart - 1) * APART + (core < 2)
            for first in folds[place]:
                for second in folds[other]:
                    yield base + 2 * (first * CLASSES + second), entry
                    if loose and apart == 1 and core == 2:
                        yield from ((2 * (first * CLASSES + slip), entry) for slip in _far_of(second))
                        yield from ((2 * (slip * CLASSES + second), entry) for slip in _far_of(first))


def recent_of(
    recent: dict[int, list[int]], keys: Sequence[int], *, rows: int, longest: int, budget: int
) -> tuple[list[int], list[int]]:
    """Return the entries of rows below `rows` that stand under some keys of a grown segment, and each one's number.

    What is too common is left out as `chosen` does.
    """
    found = [(i, entries) for i, key in enumerate(keys) if (entries := recent.get(key)) and len(entries) <= longest]
    if sum([len(entries) for _, entries in found]) > budget:
        found.sort(key=lambda one: len(one[1]))
    most, listed, numbers = rows << ROW_SHIFT, list[int](), list[int]()
    for i, entries in found:
        if len(listed) > budget:
            break
        held = [entry for entry in entries if entry < most]
        listed += held
        numbers += [i] * len(held)
    return listed, numbers


def chosen(
    begin: NDArray[np.int32], stop: NDArray[np.int32], *, longest: int, budget: int
) -> tuple[Int, NDArray[np.int32]]:
    """Return which stretches to read: those of at most `longest` entries, about `budget` in all and then the shortest.

    Returns their numbers and sizes.
    """
    sizes = stop - begin
    order = ((sizes > 0) & (sizes <= longest)).nonzero()[0]
    sizes = sizes.take(order)
    if int(sizes.sum()) > budget:
        rare = np.argsort(sizes, kind="stable")
        rare = rare[: 1 + int(np.searchsorted(np.cumsum(sizes[rare]), budget))]
        order, sizes = order.take(rare), sizes.take(rare)
    return order, sizes


def read(postings: Postings, begin: NDArray[np.int32], sizes: NDArray[np.int32]) -> Entries:
    """Read stretches of entries one after another."""
    entries = postings.entries
    pieces = [entries[b : b + size] for b, size in zip(begin.tolist(), sizes.tolist(), strict=True)]
    return np.concatenate(pieces) if pieces else entries[:0]
