"""Lays a few rows along a text as `align` does many: for a handful, numpy's calls would cost more than the rows."""

from dataclasses import dataclass
from functools import lru_cache

from intents.names import align
from intents.names.align import CAPPED, LONGEST, Run
from intents.names.postings import LAST, PLACE_BITS, ROW_SHIFT, WRITING_BITS, keys_of
from intents.names.scoring import LEAST_HEARD, LEAST_WRITTEN, PHRASES
from intents.names.segment import WEIGHTS, Facts, Segment
from intents.names.shapes import CORE, REGION
from intents.names.sounds import readings_of

MOST = 48  # placements up to which arrays do not pay
KEPT = 20_000  # rows of a segment whose facts are kept at hand
_PLACES = (1 << PLACE_BITS) - 1
_WEIGHTS, _GAPS = tuple(WEIGHTS.tolist()), tuple(align.GAPS.tolist())
_BARRED = float(align.BARRED)
Placement = tuple[int, int]
alike = lru_cache(maxsize=100_000)(align.alike)
"""The likeness of two units, by the pair."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A text, and which of its units no name crosses."""

    text: str
    closed: tuple[bool, ...]

    @classmethod
    def of(cls, text: str) -> "Laid":
        """Mark the punctuation."""
        return cls(text, tuple([_is_closed(unit) for unit in text]))


@lru_cache(maxsize=10_000)
def _is_closed(unit: str) -> bool:
    marks = unit < "\x80" or "\u3000" <= unit < "\u3040" or unit >= "\uff00"
    return marks and not readings_of(unit)


def placements(segment: Segment, text: str, *, weak: bool = False) -> list[Placement] | None:
    """Return what `align.placements` does, in its order; None where they are more than a few."""
    keys, places = keys_of(text)
    begins, ends = segment.postings.starts, segment.postings.starts if weak else segment.postings.weak
    longest, past, entries = max(LONGEST, segment.rows // 200), int(weak), segment.postings.entries
    recent, most = segment.recent, segment.rows << ROW_SHIFT
    found: set[Placement] = set()
    for key, place in zip(keys, places, strict=True):
        begin, end = begins.item(key), ends.item(key + past)
        held: list[int] = entries[begin:end].tolist() if 0 < end - begin <= longest else []
        if recent:
            for doubled in (2 * key, 2 * key + 1)[: 1 + past]:
                more = recent.get(doubled, ())
                held += [entry for entry in more if entry < most] if len(more) <= longest else ()
        for entry in held:
            found.add((entry >> ROW_SHIFT, (entry >> WRITING_BITS & _PLACES) + place - LAST))
        if len(found) > MOST:
            return None
    return sorted(found)


def promising(segment: Segment, text: str, laid: list[Placement]) -> list[Run]:
    """Return the best runs of some placements, those that could score enough (see `scoring`)."""
    line = Laid.of(text)
    found = (_run(facts_of(segment, row), line, row, shift) for row, shift in laid)
    return [run for run in found if run is not None]


def facts_of(segment: Segment, row: int) -> Facts:
    """Return what is known of a row."""
    facts = segment.facts.get(row)
    if facts is None:
        if len(segment.facts) >= KEPT:
            segment.facts.clear()
        facts = segment.facts[row] = segment.facts_of(row)
    return facts


def _run(facts: Facts, line: Laid, row: int, shift: int) -> Run | None:
    """Measure the best run of a placement; None where it is none that could score enough."""
    units, classes, text, closed = facts.units, facts.classes, line.text, line.closed
    first, last = max(0, -shift), min(len(units), len(text) - shift)
    begin = stop = low_at = first
    best = low = total = 0.0
    like: list[float] = []
    for i in range(first, last):
        unit, said = units[i], text[i + shift]
        value = 1.0 if unit == said else alike(unit, said)
        like.append(value)
        kind = classes[i]
        total += _BARRED if closed[i + shift] else _WEIGHTS[kind] * value if value else _GAPS[kind]
        if total - low > best:
            best, begin, stop = total - low, low_at, i + 1
        elif total < low:
            low, low_at = total, i + 1
    return _measured(facts, like[begin - first : stop - first], row, shift, begin, stop)


def _measured(facts: Facts, like: list[float], row: int, shift: int, begin: int, stop: int) -> Run | None:
    kinds = facts.classes[begin:stop]
    chosen = [(value, kind) for value, kind in zip(like, kinds, strict=True) if value]
    if len(chosen) < 2:
        return None
    weakest = min(chosen)[0]
    cap = CAPPED if weakest < 1 else 1.0
    core = [min(value, cap) for value, kind in chosen if kind == CORE]
    share = sum(core) / facts.core_weight
    complete_core = len(core) == facts.cores
    group = 2 * PHRASES[facts.kind] + facts.person
    if not complete_core and share < (LEAST_HEARD if weakest < 1 else LEAST_WRITTEN)[group]:
        return None
    counted = [min(value, cap) * _WEIGHTS[kind] for value, kind in chosen if kind != REGION]
    return Run(
        row, shift, begin, stop, len(chosen), weakest, share, sum(counted) / facts.counted_weight, complete_core,
        len(counted) == facts.counted,
    )  # fmt: skip
