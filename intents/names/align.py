"""Lays rows along a text, place by place, and measures the run that agrees best."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.names.postings import LAST, PLACE_BITS, WRITING_BITS, chosen, keys_of, read, recent_of
from intents.names.segment import WEIGHTS, Segment
from intents.names.shapes import CORE, REGION
from intents.names.sounds import alike_rows, readings_of, sounds
from intents.names.units import Units

UNLIKE = 0.42  # likenesses below this count as a different unit
CAPPED = 0.955  # a character that agrees within a run that was not written exactly: chance of the recogniser's choice
LONGEST = 64  # entries of a pair from which it is too common to search by, at least
BUDGET = 12_000  # postings read for one sentence
GAPS = WEIGHTS * np.array([-1.1, -1.1, -0.8, -1.1], np.float32)  # what a unit that differs takes off
BARRED = np.float32(-9)
_WEIGHTS, _GAPS, _BARRED = tuple(WEIGHTS.tolist()), tuple(GAPS.tolist()), float(BARRED)
_FIRST = np.ones(1, bool)
Float = NDArray[np.float32]
Int = NDArray[np.int64]
Bool = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Run:
    """The best run of a placement: row units `[begin, stop)` lie at `shift + unit` of the text.

    `core` and `whole` are the weighted likenesses over the distinctive units and over all but the region;
    `complete_core` and `complete` say that none of those units is missing; `weakest` is the least likeness in the run.
    """

    row: int
    shift: int
    begin: int
    stop: int
    matched: int
    weakest: float
    core: float
    whole: float
    complete_core: bool
    complete: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Runs:
    """Runs in columns."""

    row: Int
    shift: Int
    begin: Int
    stop: Int
    matched: Int
    weakest: Float
    core: Float
    whole: Float
    complete_core: Bool
    complete: Bool

    def listed(self, order: Int) -> Iterator[Run]:
        """Yield the runs with the given numbers."""
        columns = (
            self.row, self.shift, self.begin, self.stop, self.matched, self.weakest, self.core, self.whole,
            self.complete_core, self.complete,
        )  # fmt: skip
        return map(Run, *(column.take(order).tolist() for column in columns))


def placements(segment: Segment, text: str, *, weak: bool = False) -> tuple[Int, Int]:
    """Return rows and the shifts at which they share a pair of sounds with the text.

    With `weak`, a distinctive unit and a common one make a pair, too.
    """
    listed, at = keys_of(text)
    keys, held = np.array(listed, np.int64), segment.postings
    begin = held.starts.take(keys)
    stop = held.starts.take(keys + 1) if weak else held.weak.take(keys)
    longest = max(LONGEST, segment.rows // 200)
    order, sizes = chosen(begin, stop, longest=longest, budget=BUDGET)
    entries = read(held, begin.take(order), sizes).astype(np.int64) >> WRITING_BITS
    places = np.array(at, np.int64).take(order).repeat(sizes)
    if segment.recent:
        more, where = _recent(segment, listed, at, longest, weak=weak)
        entries, places = np.concatenate([entries, more]), np.concatenate([places, where])
    placed = entries + places
    # The place in the row is held backwards, so that the sum is the shift but for LAST; it may run into the bits of
    # the row, which is therefore moved up first.
    placed += (entries >> PLACE_BITS) * ((1 << 16) - (1 << PLACE_BITS))
    placed.sort()
    if len(placed) > 1:
        placed = placed[np.concatenate([_FIRST, placed[1:] != placed[:-1]])]
    return placed >> 16, (placed & 65535) - LAST


def _recent(segment: Segment, keys: list[int], at: list[int], longest: int, *, weak: bool) -> tuple[Int, Int]:
    """Return rows with places, and places in the text, of the pairs that a segment has grown by."""
    doubled = [2 * key for key in keys] + ([2 * key + 1 for key in keys] if weak else [])
    entries, numbers = recent_of(segment.recent, doubled, rows=segment.rows, longest=longest, budget=BUDGET)
    places = [at[number % len(at)] for number in numbers]
    return np.array(entries, np.int64) >> WRITING_BITS, np.array(places, np.int64)


def runs(segment: Segment, units: Units, row: Int, shift: Int) -> Runs:
    """Measure each placement's best run; there is at least one placement.

    The arrays have a line for each place of a row and a column for each placement, since numpy adds up lines fast.
    """
    first = segment.starts.take(row)
    lengths = segment.starts.take(row + 1) - first
    column = np.arange(int(lengths.max()))[:, None]
    within = column < lengths
    place = column + shift
    inside = within & (place >= 0) & (place < len(units.codes))
    unit = np.minimum(column + first, len(segment.codes) - 1)
    place *= inside
    classes = segment.classes.take(unit)
    like = _like(segment.codes.take(unit), units.codes, place)
    weight = WEIGHTS.take(classes) * within
    gain = np.where(like > 0, weight * like, GAPS.take(classes))
    gain[~(inside & _open(units.codes).take(place))] = BARRED
    begin, stop = _best_run(gain)
    chosen = (column >= begin) & (column < stop) & (like > 0)
    core, counted = (classes == CORE) & within, (classes != REGION) & within
    weakest = np.where(chosen, like, 1).min(0)
    capped = np.minimum(like, np.where(weakest < 1, CAPPED, 1)) * chosen
    missing = ~chosen
    return Runs(
        row=row, shift=shift, begin=begin, stop=stop, weakest=weakest, matched=chosen.sum(0),
        core=(capped * core).sum(0) / segment.core_weight.take(row),
        whole=(capped * weight * counted).sum(0) / segment.counted_weight.take(row),
        complete_core=~(core & missing).any(0), complete=~(counted & missing).any(0),
    )  # fmt: skip


def _open(codes: NDArray[np.uint16]) -> Bool:
    """Tell which units are no punctuation, which no name crosses."""
    silent = sounds().readings[0].take(codes) == 0
    return np.asarray(~(silent & ((codes < 0x80) | ((codes >= 0x3000) & (codes < 0x3040)) | (codes >= 0xFF00))))


def _like(row_codes: NDArray[np.uint16], codes: NDArray[np.uint16], place: Int) -> Float:
    """Return the likeness of row units to the text units at `place`."""
    known = sounds()
    table = known.alike.take(known.readings[0].take(codes), axis=0)
    for more in known.readings[1:]:
        heard = more.take(codes)
        several = heard.nonzero()[0]
        if len(several):
            table[several] = np.maximum(table[several], known.alike.take(heard[several], axis=0))
    offset = place * table.shape[1]
    like = table.take(offset + known.readings[0].take(row_codes))
    for more in known.readings[1:]:
        said = more.take(row_codes)
        several = said.ravel().nonzero()[0]
        if len(several):
            other = table.take(offset.take(several) + said.take(several))
            like.put(several, np.maximum(like.take(several), other))
    like *= like >= UNLIKE
    like[row_codes == codes.take(place)] = 1
    return np.asarray(like)


def _best_run(gain: Float) -> tuple[Int, Int]:
    """Return begin and stop of each column's run of the greatest sum."""
    sums = np.zeros((len(gain) + 1, gain.shape[1]), np.float32)
    np.cumsum(gain, axis=0, out=sums[1:])
    rise = sums - np.minimum.accumulate(sums, axis=0)
    stop = rise.argmax(axis=0)
    until = np.where(np.arange(len(sums))[:, None] <= stop, sums, np.inf)
    return until.argmin(axis=0), stop


def alike(a: str, b: str) -> float:
    """Return the likeness of two units: 1 the same, 0 unlike."""
    if a == b:
        return 1.0
    table, others = alike_rows(), readings_of(b)
    found = max([table[x][y] for x in readings_of(a) for y in others], default=0.0)
    return found if found >= UNLIKE else 0.0


def run(segment: Segment, text: str, row: int, shift: int) -> Run:
    """Measure one placement as `runs` does many: for the few rows of a whole query, numpy's calls would cost more."""
    first, end = segment.starts.item(row), segment.starts.item(row + 1)
    classes = segment.classes[first:end].tolist()
    like = [-1.0] * min(len(classes), max(0, -shift))
    pairs = zip(segment.units_of(row)[len(like) :], text[max(0, shift) :], strict=False)
    like += [1.0 if a == b else alike(a, b) for a, b in pairs]
    like += [-1.0] * (len(classes) - len(like))
    begin, stop = _best_stretch(like, classes)
    chosen = [(value, kind) for value, kind in zip(like[begin:stop], classes[begin:stop], strict=True) if value > 0]
    weakest = min(chosen, default=(1.0, CORE))[0]
    cap = CAPPED if weakest < 1 else 1.0
    core = [min(value, cap) for value, kind in chosen if kind == CORE]
    counted = [min(value, cap) * _WEIGHTS[kind] for value, kind in chosen if kind != REGION]
    return Run(
        row, shift, begin, stop, len(chosen), weakest, sum(core) / segment.core_weight.item(row),
        sum(counted) / segment.counted_weight.item(row), len(core) == classes.count(CORE),
        len(counted) == len(classes) - classes.count(REGION),
    )  # fmt: skip


def _best_stretch(like: list[float], classes: list[int]) -> tuple[int, int]:
    """Return begin and stop of the stretch of the greatest gain; a likeness below 0 stands beyond the text."""
    best = total = 0.0
    begin = first = stop = 0
    for i, (value, kind) in enumerate(zip(like, classes, strict=True)):
        total += value * _WEIGHTS[kind] if value > 0 else _GAPS[kind] if value == 0 else _BARRED
        if total <= 0:
            total, begin = 0.0, i + 1
        elif total > best:
            best, first, stop = total, begin, i + 1
    return first, stop
