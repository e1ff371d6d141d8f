"""Chooses, from overlapping hits, the mentions that a sentence most likely makes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from intents.names.model import By, Candidate, Mention, Nameable

MOST_CANDIDATES = 8
UNEXPLAINED = 0.6  # factor for a candidate of which the mention shows nothing
Span = tuple[int, int]


@dataclass(slots=True)
class Placed:
    """What a text may mean at characters `[begin, stop)`: a candidate in the making.

    `label(row)` gives the name, alias or part that was hit, `covered` how many of its units.
    """

    begin: int
    stop: int
    score: float
    nameable: Nameable
    label: Callable[[int], str]
    row: int
    by: By
    whole: bool
    covered: int
    extra: str = ""

    def candidate(self) -> Candidate:
        """Return the finished candidate."""
        return Candidate(
            nameable=self.nameable, matched=self.label(self.row), score=round(min(1.0, self.score), 4), by=self.by,
            whole=self.whole, extra=self.extra,
        )  # fmt: skip


def cover(text: str, placed: Iterable[Placed]) -> list[Mention]:
    """Return mentions left to right; those of one kind never overlap."""
    by_kind: dict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        by_kind[one.nameable.kind].append(one)
    spans: dict[Span, list[Placed]] = defaultdict(list)
    for of_kind in by_kind.values():
        for span, group in _cover_kind(of_kind).items():
            spans[span] += group
    tops = [(*span, max(one.score for one in group)) for span, group in spans.items()]
    return [_mention(text, span, group, tops) for span, group in sorted(spans.items())]


def _cover_kind(placed: list[Placed]) -> dict[Span, list[Placed]]:
    chosen: dict[Span, list[Placed]] = {}
    for one in sorted(placed, key=_claim):
        begin, stop = one.begin, one.stop
        clash = [span for span in chosen if span[0] < stop and begin < span[1]]
        if not clash:
            chosen[begin, stop] = [one]
            continue
        span = clash[0] if len(clash) == 1 else max(clash, key=lambda s: min(s[1], stop) - max(s[0], begin))
        if 2 * (min(span[1], stop) - max(span[0], begin)) >= stop - begin:
            share = min(1.0, (stop - begin) / (span[1] - span[0]))
            one.score *= UNEXPLAINED + (1 - UNEXPLAINED) * share
            chosen[span].append(one)
    return chosen


def _claim(one: Placed) -> float:
    """Order by claim to a place in the cover: a long good match beats a short perfect one."""
    return -one.score * (one.stop - one.begin + 1)


def _mention(text: str, span: Span, group: list[Placed], tops: Sequence[tuple[int, int, float]]) -> Mention:
    begin, stop = span
    found = best(group, MOST_CANDIDATES)
    inside = any(
        b < stop and begin < e and e - b > stop - begin and score > found[0].score - 0.01 for b, e, score in tops
    )
    candidates = tuple([one.candidate() for one in found])
    return Mention(begin=begin, stop=stop, text=text[begin:stop], candidates=candidates, inside=inside)


def best(group: Iterable[Placed], limit: int) -> Sequence[Placed]:
    """Return the best of each record, the best record first."""
    kept: dict[object, Placed] = {}
    for one in sorted(group, key=lambda p: (-round(p.score, 3), not p.whole, -p.covered)):
        kept.setdefault(one.nameable.key, one)
    return list(kept.values())[:limit]
