"""Joins hits of one row that lie apart: keywords of a task (寄…样机), a name with a unit too many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from intents.names.model import By, Kind
from intents.names.scoring import PARTIAL_PHRASE, Hit
from intents.names.segment import KINDS, Segment
from intents.names.sounds import NEAR

PHRASES = frozenset(KINDS.index(kind) for kind in (Kind.TASK, Kind.OPPORTUNITY, Kind.PRODUCT))
FURTHEST = 6  # units that may lie between the keywords of one phrase
TURNED = 0.97  # keywords in another order
ODD_UNIT = 0.88  # a unit too many or too few within a name


def joined(segment: Segment, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits, and for each row with several the hit that they make together."""
    by_row: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_row[hit.row].append(hit)
    several = (group for group in by_row.values() if len(group) > 1)
    return [*hits, *(made for group in several for made in _join(segment, group))]


def _join(segment: Segment, group: list[Hit]) -> Iterable[Hit]:
    group.sort(key=lambda hit: -hit.core)
    first = group[0]
    for other in group[1:]:
        if first.weakest < NEAR - 0.01 or other.weakest < NEAR - 0.01 or _clash(first, other):
            continue
        gap = max(first.begin, other.begin) - min(first.stop, other.stop)
        in_order = (first.begin < other.begin) == (first.first < other.first)
        if int(segment.kinds[first.row]) in PHRASES and gap <= FURTHEST:
            first = _phrase(first, other, in_order)
            yield first
        elif in_order and gap <= 1 and other.core > 0:
            first = _name(first, other)
            yield first


def _clash(a: Hit, b: Hit) -> bool:
    return (a.begin < b.stop and b.begin < a.stop) or (a.first < b.last and b.first < a.last)


def _together(a: Hit, b: Hit, score: float, by: By) -> Hit:
    return Hit(
        row=a.row, begin=min(a.begin, b.begin), stop=max(a.stop, b.stop),
        first=min(a.first, b.first), last=max(a.last, b.last),
        score=score, by=by, whole=False, core=min(1.0, a.core + b.core), share=min(1.0, a.share + b.share),
        weakest=min(a.weakest, b.weakest),
    )  # fmt: skip


def _phrase(a: Hit, b: Hit, in_order: bool) -> Hit:
    score = PARTIAL_PHRASE[0] + PARTIAL_PHRASE[1] * min(1.0, a.core + b.core)
    return _together(a, b, score * (1 if in_order else TURNED), By.PART if a.weakest == b.weakest == 1 else By.SOUND)


def _name(a: Hit, b: Hit) -> Hit:
    return _together(a, b, ODD_UNIT * min(1.0, a.share + b.share), By.TYPO)
