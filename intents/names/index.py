"""The name index: finds the records that a sentence mentions, or that one name may mean."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from intents.names import align, neighbours, pieces, scoring
from intents.names.cover import Placed, best, cover
from intents.names.lexicon import lexicon
from intents.names.model import Candidate, Key, Kind, Mention, Nameable
from intents.names.ordinary import Words, dictionary
from intents.names.scoring import LOWEST, Hit
from intents.names.segment import KINDS, Segment, build_segment
from intents.names.titles import People, people, titled
from intents.names.units import Units, of_sentence

MOST_AT_PLACE = 8  # hits of one kind that end at one place and are looked into
MERGE_SHARE, MERGE_LEAST = 0.1, 500  # changed records at which an index is built anew
SYLLABLE_PAIRS = 160_000
UNITS_OF_SENTENCE = 40
Kinds = Container[Kind] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """A segment with what is derived from it; `gone` holds the numbers of records that are no longer valid."""

    segment: Segment
    people: People
    crowd: float
    gone: frozenset[int] = frozenset()

    @classmethod
    def of(cls, segment: Segment) -> "Shelf":
        """Derive a shelf from a segment."""
        return cls(segment=segment, people=people(segment.nameables), crowd=crowd_factor(segment))


def crowd_factor(segment: Segment) -> float:
    """Return the factor for two-unit hits by sound: 1 in a small index, less where chance alone finds one."""
    cores = np.add.reduceat(segment.classes == 2, segment.starts[:-1]) if len(segment.texts) else np.zeros(0)
    by_chance = UNITS_OF_SENTENCE * int((cores == 2).sum()) / SYLLABLE_PAIRS
    return float(1 / (1 + 0.1 * by_chance))


@dataclass(frozen=True, kw_only=True, slots=True)
class NameIndex:
    """An immutable index over nameable records; changes give a new index that shares the old one's arrays."""

    base: Shelf
    fresh: Shelf | None = None

    @classmethod
    def build(cls, nameables: Iterable[Nameable]) -> "NameIndex":
        """Index records."""
        return cls(base=Shelf.of(build_segment(tuple(nameables))))

    def with_changes(self, added_or_changed: Iterable[Nameable], removed_keys: Iterable[Key]) -> "NameIndex":
        """Return an index in which records were added, replaced or removed; costs by the number of changes so far."""
        held = {n.key: n for n in (self.fresh.segment.nameables if self.fresh else ())}
        changed = {n.key: n for n in added_or_changed}
        removed = set(removed_keys)
        fresh = {key: n for key, n in (held | changed).items() if key not in removed}
        stale = removed | changed.keys()
        known = self.base.segment
        gone = self.base.gone | {i for i, n in enumerate(known.nameables) if n.key in stale}
        if len(fresh) > max(MERGE_LEAST, MERGE_SHARE * len(known.nameables)):
            return NameIndex.build([*(n for i, n in enumerate(known.nameables) if i not in gone), *fresh.values()])
        added = Shelf.of(build_segment(tuple(fresh.values()), known.known)) if fresh else None
        return NameIndex(base=replace(self.base, gone=gone), fresh=added)

    def mentions(self, text: str, *, kinds: Kinds = None) -> list[Mention]:
        """Return the records that a sentence may mention, left to right.

        Mentions of one kind do not overlap; a mention that lies within one of another kind is flagged `inside`.
        """
        units = of_sentence(text)
        return cover(units, text, self._placed(units, kinds)) if len(units.text) > 1 else []

    def lookup(self, query: str, *, kinds: Kinds = None, limit: int = 5) -> list[Candidate]:
        """Return the records that `query`, taken as one name, may mean, best first."""
        units = of_sentence(query)
        found = list(self._placed(units, kinds)) if len(units.text) > 1 else []
        for one in found:
            share = (one.stop - one.begin) / len(units.text)
            one.score *= 0.5 + 0.5 * share
            one.whole = one.whole and share > 0.99
        return [one.candidate() for one in best(found, limit)]

    def _placed(self, units: Units, kinds: Kinds) -> Iterator[Placed]:
        words = Words.of(units.text, dictionary())
        for shelf in (self.base, self.fresh):
            if shelf and shelf.segment.nameables:
                yield from _named(shelf, units, words, kinds)
                yield from _titled(shelf, units, words, kinds)


def _named(shelf: Shelf, units: Units, words: Words, kinds: Kinds) -> Iterator[Placed]:
    segment, around = shelf.segment, neighbours.Around(units.text, lexicon())
    for hit in _hits(shelf, units, words, kinds):
        owner = int(segment.owners[hit.row])
        nameable = segment.nameables[owner]
        _weigh(hit, nameable, bool(segment.persons[hit.row]), around)
        if hit.score >= LOWEST and owner not in shelf.gone:
            yield Placed(
                hit.begin, hit.stop, hit.score, nameable, segment.texts[hit.row], hit.by, hit.whole, hit.extra
            )


def _titled(shelf: Shelf, units: Units, words: Words, kinds: Kinds) -> Iterator[Placed]:
    for one in titled(shelf.people, units.text, words):
        nameable = shelf.segment.nameables[one.owner]
        if one.owner not in shelf.gone and (kinds is None or nameable.kind in kinds) and one.score >= LOWEST:
            yield Placed(one.begin, one.stop, one.score, nameable, units.text[one.begin : one.stop], one.by, False)


def _hits(shelf: Shelf, units: Units, words: Words, kinds: Kinds) -> list[Hit]:
    segment = shelf.segment
    row, shift = align.placements(segment, units.text)
    if not len(row):
        return []
    found = align.runs(segment, units, row, shift)
    wanted = np.array([kinds is None or kind in kinds for kind in KINDS])[segment.kinds[row]]
    return pieces.joined(segment, scoring.hits(segment, found, wanted, words, shelf.crowd, MOST_AT_PLACE))


def _weigh(hit: Hit, nameable: Nameable, person: bool, around: neighbours.Around) -> None:
    """Let the words around a hit change its score."""
    hit.score *= neighbours.torn(hit, around.text)
    if neighbours.is_company(nameable, person):
        neighbours.company(hit, nameable, around)
