"""The name index: finds the records that a sentence mentions, or that one name may mean."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from intents.names import lookup, typed
from intents.names.cover import Placed, cover
from intents.names.model import Candidate, Key, Mention, Nameable
from intents.names.ordinary import Words, dictionary
from intents.names.search import Kinds, Shelf, find
from intents.names.segment import build_segment
from intents.names.units import Units, of_sentence

MERGE_SHARE, MERGE_LEAST = 0.1, 500  # changed records at which an index is built anew


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
        stale = {place for key in (removed | changed.keys()) if (place := self.base.place_of(key)) is not None}
        gone, known = self.base.gone | stale, self.base.segment
        if len(fresh) > max(MERGE_LEAST, MERGE_SHARE * len(known.nameables)):
            return NameIndex.build([*(n for i, n in enumerate(known.nameables) if i not in gone), *fresh.values()])
        added = Shelf.of(build_segment(tuple(fresh.values()), known.known)) if fresh else None
        return NameIndex(base=replace(self.base, gone=gone), fresh=added)

    def mentions(self, text: str, *, kinds: Kinds = None) -> list[Mention]:
        """Return the records that a sentence may mention, left to right.

        Mentions of one kind do not overlap; a mention that lies within one of another kind is flagged `inside`.
        """
        units = of_sentence(text)
        placed = [one for reading in (units, *typed.variants(units)) for one in self._placed(reading, kinds)]
        return cover(text, placed)

    def lookup(self, query: str, *, kinds: Kinds = None, limit: int = 5) -> list[Candidate]:
        """Return the records that `query`, taken as one name, may mean, best first."""
        units = of_sentence(query)
        readings = (units, *typed.variants(units))
        found = [
            one
            for reading in readings
            for shelf in self._shelves()
            for one in lookup.find(shelf, reading, kinds, limit)
        ]
        return lookup.best_candidates(found, limit)

    def _placed(self, units: Units, kinds: Kinds) -> list[Placed]:
        if len(units.text) < 2:
            return []
        words = Words.of(units.text, dictionary())
        return [one for shelf in self._shelves() for one in find(shelf, units, words, kinds)]

    def _shelves(self) -> list[Shelf]:
        shelves = [self.base, self.fresh] if self.fresh else [self.base]
        return [shelf for shelf in shelves if shelf.segment.nameables]
