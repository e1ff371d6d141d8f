"""The name index: finds the records that a sentence mentions, or that one name may mean."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from intents.names import lookup, typed
from intents.names.cover import Placed, cover
from intents.names.growth import Growth
from intents.names.model import Candidate, Key, Mention, Nameable
from intents.names.ordinary import Words, dictionary
from intents.names.search import Kinds, Shelf, find
from intents.names.segment import build_segment
from intents.names.units import Units, of_sentence

GROWN_SHARE, GROWN_LEAST = 0.1, 500  # changed records at which an index is better built anew


@dataclass(frozen=True, kw_only=True, slots=True)
class NameIndex:
    """An immutable index over nameable records; changes give a new index that shares the old one's arrays."""

    shelf: Shelf
    growth: Growth | None = None
    changes: int = 0

    @classmethod
    def build(cls, nameables: Iterable[Nameable]) -> "NameIndex":
        """Index records."""
        return cls(shelf=Shelf.of(build_segment(tuple(nameables))))

    def with_changes(self, added_or_changed: Iterable[Nameable], removed_keys: Iterable[Key]) -> "NameIndex":
        """Return an index in which records were added, replaced or removed.

        Costs by the number of these changes, but once for each built index, and for one that changes were made to
        before, by its size.
        """
        added, removed, shelf = tuple(added_or_changed), tuple(removed_keys), self.shelf
        growth = self.growth
        state = growth.change(shelf.gone.stamp, added, removed) if growth is not None else None
        if growth is None or state is None:
            growth = Growth(shelf.segment, shelf.people, shelf.gone)
            state = growth.change(0, added, removed)
            assert state is not None
        segment, people, gone = state
        grown = replace(shelf, segment=segment, people=people, gone=gone)
        return NameIndex(shelf=grown, growth=growth, changes=self.changes + len(added) + len(removed))

    @property
    def overgrown(self) -> bool:
        """Whether so much was changed that the index is better built anew (see `renewed`)."""
        return self.changes > max(GROWN_LEAST, GROWN_SHARE * self.shelf.segment.records)

    def renewed(self) -> "NameIndex":
        """Return an index of the same records built anew: what they have in common is learnt again."""
        segment, gone = self.shelf.segment, self.shelf.gone
        return NameIndex.build([segment.nameables[i] for i in range(segment.records) if i not in gone])

    def mentions(self, text: str, *, kinds: Kinds = None) -> list[Mention]:
        """Return the records that a sentence may mention, left to right.

        Mentions of one kind do not overlap; a mention that lies within one of another kind is flagged `inside`.
        """
        units = of_sentence(text)
        placed = [one for reading in (units, *typed.variants(units)) for one in self._placed(reading, kinds)]
        return cover(text, placed)

    def lookup(self, query: str, *, kinds: Kinds = None, limit: int = 5) -> list[Candidate]:
        """Return the records that `query`, taken as one name, may mean, best first."""
        if not self.shelf.segment.records:
            return []
        units = of_sentence(query)
        readings = (units, *typed.variants(units))
        found = [one for reading in readings for one in lookup.find(self.shelf, reading, kinds, limit)]
        return lookup.best_candidates(found, limit)

    def _placed(self, units: Units, kinds: Kinds) -> list[Placed]:
        if len(units.text) < 2 or not self.shelf.segment.records:
            return []
        return find(self.shelf, units, Words.of(units.text, dictionary()), kinds)
