"""Searches one set of records for the names that occur in a sentence."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from intents.names import align, few, neighbours, pieces, scoring
from intents.names.align import Run
from intents.names.cover import MOST_CANDIDATES, Placed
from intents.names.growth import NOBODY, Gone
from intents.names.lexicon import lexicon
from intents.names.model import Kind, Nameable
from intents.names.neighbours import Around
from intents.names.ordinary import Words
from intents.names.scoring import CUSTOMER_NAMED, LOWEST, Hit
from intents.names.segment import KINDS, Segment
from intents.names.titles import People, Titled, people, titled
from intents.names.units import Units

MOST_AT_PLACE = 8  # hits of one kind that end at one place and are looked into
SYLLABLE_PAIRS = 160_000
UNITS_OF_SENTENCE = 40
CROWDED = 0.07  # set so that such hits are right as often as their band says (see the README)
Kinds = Container[Kind] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """A segment with what is derived from it; `gone` holds the numbers of records that are no longer valid.

    `people` may know of records that were added after this shelf was made.
    """

    segment: Segment
    people: People
    crowd: float
    gone: Gone = NOBODY

    @classmethod
    def of(cls, segment: Segment) -> "Shelf":
        """Derive a shelf from a segment."""
        return cls(segment=segment, people=people(segment.nameables), crowd=crowd_factor(segment))


def crowd_factor(segment: Segment) -> float:
    """Return the factor for two-unit hits by sound: 1 in a small index, less where chance alone finds one."""
    by_chance = UNITS_OF_SENTENCE * int(np.count_nonzero(np.abs(segment.core_weight - 2) < 0.01)) / SYLLABLE_PAIRS
    return 1 / (1 + CROWDED * by_chance)


def find(shelf: Shelf, units: Units, words: Words, kinds: Kinds) -> list[Placed]:
    """Return what a sentence may name, each at its place among the sentence's characters.

    Customers are looked for whatever the kinds: theirs come first among too many people or titles.
    """
    around = Around(units.text, lexicon())
    found = [placed for hit in _hits(shelf, units, words, kinds) if (placed := _named(shelf, hit, units, around))]
    customers = {p.nameable.id for p in found if p.nameable.kind is Kind.CUSTOMER and p.score > CUSTOMER_NAMED}
    wanted = found if kinds is None else [p for p in found if p.nameable.kind in kinds]
    return [*wanted, *_titled(shelf, units, words, kinds, customers)]


def _hits(shelf: Shelf, units: Units, words: Words, kinds: Kinds) -> list[Hit]:
    segment = shelf.segment
    allowed = [kinds is None or kind in kinds or kind is Kind.CUSTOMER for kind in KINDS]
    found = list(_promising(segment, units, allowed))
    return pieces.joined(segment, scoring.hits(segment, found, words, shelf.crowd, MOST_AT_PLACE)) if found else []


def _promising(segment: Segment, units: Units, allowed: Sequence[bool]) -> Iterable[Run]:
    placed = few.placements(segment, units.text, weak=segment.loose)
    if placed is not None:
        return [run for run in few.promising(segment, units.text, placed) if allowed[segment.kinds.item(run.row)]]
    row, shift = align.placements(segment, units.text, weak=segment.loose)
    if not len(row):
        return ()
    found = align.runs(segment, units, row, shift)
    return scoring.promising(segment, found, np.array(allowed).take(segment.kinds.take(row)))


def _named(shelf: Shelf, hit: Hit, units: Units, around: Around) -> Placed | None:
    """Let the words around a hit change its score, and place what is left of it."""
    owner = shelf.segment.owners.item(hit.row)
    if owner in shelf.gone:
        return None
    nameable, person = shelf.segment.nameables[owner], shelf.segment.persons.item(hit.row)
    covered = hit.stop - hit.begin
    hit.score *= neighbours.torn(hit, units)
    if neighbours.is_company(nameable, person):
        neighbours.company(hit, nameable, around)
    elif person:
        hit.stop = around.titles.get(hit.stop, hit.stop)
    if hit.score < LOWEST:
        return None
    by = neighbours.by_typing(hit, units.text)
    begin, stop = units.at[hit.begin], units.ends[hit.stop - 1]
    return Placed(begin, stop, hit.score, nameable, shelf.segment.label, hit.row, by, hit.whole, covered, hit.extra)


def _titled(
    shelf: Shelf, units: Units, words: Words, kinds: Kinds, customers: Container[int | str | None]
) -> Iterator[Placed]:
    """Yield the persons called by surname and title; of many at one place those of the customers that are named."""
    nameables = shelf.segment.nameables
    found: dict[tuple[int, int], list[tuple[float, Titled, Nameable]]] = {}
    for one in titled(shelf.people, units.text, words):
        if one.owner >= shelf.segment.records:
            continue
        nameable = nameables[one.owner]
        if one.owner not in shelf.gone and (kinds is None or nameable.kind in kinds) and one.score >= LOWEST:
            claim = one.score + (scoring.LINKED if nameable.customer_id in customers else 0)
            found.setdefault((one.begin, one.stop), []).append((claim, one, nameable))
    for (begin, stop), group in found.items():
        said = partial(_said, units.text[begin:stop])
        for _, one, nameable in sorted(group, key=lambda g: -g[0])[:MOST_CANDIDATES]:
            yield Placed(
                units.at[begin], units.ends[stop - 1], one.score, nameable, said, 0, one.by, False, stop - begin
            )


def _said(text: str, _row: int) -> str:
    return text
