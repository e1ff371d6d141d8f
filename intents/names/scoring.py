"""Turns measured runs into scores that compare across kinds, from 0 to 1."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from intents.names.align import Bool, Float, Int, Runs
from intents.names.model import By, Kind
from intents.names.ordinary import TORN, TORN_WRITTEN, Words
from intents.names.rows import Form
from intents.names.segment import KINDS, Segment
from intents.names.shapes import GENERIC, REGION
from intents.names.sounds import SAME
from intents.names.units import NUMERALS

LOWEST = 0.4  # no candidate scores less
FLOORS = np.array([0.42 if k in {Kind.PRODUCT, Kind.OPPORTUNITY, Kind.TASK} else 0.5 for k in KINDS], np.float32)
PART_OF_NAME = 0.93  # the distinctive part of a longer name
TOPIC = (0.6, 0.35)  # the distinctive part of an opportunity or task: base + slope × share of the whole title
PARTIAL_NAME, PARTIAL_PHRASE = (0.1, 0.7), (0.3, 0.6)  # some distinctive units missing: base + slope × share of them
HEARD_PART = 0.75  # factor for an incomplete name or phrase that was not written exactly
GIVEN_NAME = 0.8
LINKED = 0.1  # ahead of others by this are records of a customer that the text names, where there are too many
CUSTOMER_NAMED, MOST_CUSTOMERS = 0.75, 16
REGION_LEFT_OUT = 0.985
FORM_FACTOR = np.array([1.0, 1.0, 0.96, 0.88], np.float32)  # name, alias, part, abbreviation
_CUSTOMER = KINDS.index(Kind.CUSTOMER)
PHRASES = np.array([k in {Kind.PRODUCT, Kind.OPPORTUNITY, Kind.TASK, Kind.STAGE} for k in KINDS])


@dataclass(slots=True)
class Hit:
    """A row found at units `[begin, stop)` of a text; `[first, last)` are the row's units that the run covers."""

    row: int
    begin: int
    stop: int
    first: int
    last: int
    score: float
    by: By
    whole: bool
    core: float
    share: float
    weakest: float
    extra: str = ""


def scores(segment: Segment, found: Runs) -> Float:
    """Return the score of each run, before anything that the words around it say."""
    score = np.where(PHRASES[segment.kinds[found.row]], _of_phrase(found), _of_name(segment, found))
    short = (found.begin > 0) & (segment.classes[segment.starts[found.row]] == REGION)
    score = np.where(found.complete, found.whole * np.where(short, REGION_LEFT_OUT, 1), score)
    return np.asarray(score * FORM_FACTOR[segment.forms[found.row]], np.float32)


def _of_phrase(found: Runs) -> Float:
    topic = found.core * (TOPIC[0] + TOPIC[1] * found.whole)
    some = (PARTIAL_PHRASE[0] + PARTIAL_PHRASE[1] * found.core) * np.where(found.weakest < 1, HEARD_PART, 1)
    return np.asarray(np.where(found.complete_core, topic, some), np.float32)


def _of_name(segment: Segment, found: Runs) -> Float:
    lengths = segment.starts[found.row + 1] - segment.starts[found.row]
    some = (PARTIAL_NAME[0] + PARTIAL_NAME[1] * found.core) * np.where(found.weakest < 1, HEARD_PART, 1)
    given = segment.persons[found.row] & (found.begin == 1) & (found.matched == lengths - 1) & (lengths > 2)
    whole_given = found.core * lengths / np.maximum(found.matched, 1) * GIVEN_NAME
    some = np.where(given, whole_given * np.where(found.weakest < 1, HEARD_PART, 1), some)
    return np.asarray(np.where(found.complete_core, found.core * PART_OF_NAME, some), np.float32)


def hits(segment: Segment, found: Runs, allowed: Bool, words: Words, crowd: float, most: int) -> list[Hit]:
    """Return the allowed runs worth a further look, the best first, at most `most` of a kind that end at one place.

    `crowd` is the factor for two units by sound, of which a large index holds some for every other pair of syllables.
    """
    kinds, stop = segment.kinds[found.row], found.shift + found.stop
    score, heard = scores(segment, found), found.weakest < 1
    score *= np.where(heard & (segment.forms[found.row] == Form.ABBREVIATION), HEARD_PART, 1)
    score *= np.where((found.matched == 2) & heard, crowd, 1)
    torn = words.tears(found.shift + found.begin, stop)
    size = np.minimum(found.matched, len(TORN) - 1)
    score *= np.where(torn, np.where(heard, TORN[size], TORN_WRITTEN[size]), 1)
    order = np.flatnonzero((score >= FLOORS[kinds]) & (found.matched >= 2) & allowed)
    claim = score[order] + LINKED * _linked(segment, found.row, order, score)
    order = _foremost(order[np.argsort(-claim, kind="stable")], stop * len(KINDS) + kinds, most)
    chosen = [_trimmed(segment, hit) for hit in listed(segment, found, order, score)]
    for hit, is_torn in zip(chosen, torn[order].tolist(), strict=True):
        if hit.weakest < 1 and not is_torn:
            hit.score *= words.strange(hit.begin, hit.stop)
    return [hit for hit in chosen if hit.score >= LOWEST and words.text[hit.begin : hit.stop].strip(NUMERALS)]


def _linked(segment: Segment, row: Int, order: Int, score: Float) -> Bool:
    """Tell which runs are of records that hang on a customer that the text names."""
    row = row[order]
    named = np.unique(segment.customers[row[(segment.kinds[row] == _CUSTOMER) & (score[order] > CUSTOMER_NAMED)]])
    return (segment.customers[row][:, None] == named[:MOST_CUSTOMERS]).any(1)


def _foremost(order: Int, group: Int, most: int) -> Int:
    """Keep the first `most` of each group."""
    groups = group[order]
    together = np.argsort(groups, kind="stable")
    sorted_groups = groups[together]
    rank = np.arange(len(order)) - np.searchsorted(sorted_groups, sorted_groups)
    kept = np.zeros(len(order), bool)
    kept[together[rank < most]] = True
    return order[kept]


def listed(segment: Segment, found: Runs, order: Int, score: Float) -> Iterator[Hit]:
    """Yield some runs as hits."""
    row, begin, stop = found.row[order], found.begin[order], found.stop[order]
    columns = (
        row, found.shift[order], begin, stop, score[order], found.core[order], found.whole[order], found.weakest[order],
        found.complete[order], segment.forms[row], found.matched[order],
    )  # fmt: skip
    for r, shift, b, e, points, core, share, weakest, whole, form, units in zip(
        *(c.tolist() for c in columns), strict=True
    ):
        by = evidence(weakest, form, whole, odd=units < e - b)
        yield Hit(r, shift + b, shift + e, b, e, points, by, whole and form <= Form.ALIAS, core, share, weakest)


def _trimmed(segment: Segment, hit: Hit) -> Hit:
    """Leave out half a word of the trade: 嘉澜啤 of 嘉澜啤酒."""
    last = segment.starts.item(hit.row) + hit.last - 1
    if not hit.whole and segment.classes.item(last) == GENERIC and segment.classes.item(last - 1) != GENERIC:
        hit.stop -= 1
    return hit


def evidence(weakest: float, form: int, whole: bool, *, odd: bool) -> By:
    """Name the weakest evidence of a run; `odd` says that a unit within it differs altogether."""
    if odd:
        return By.TYPO
    if weakest < 1:
        return By.SOUND if weakest > SAME - 0.01 else By.NEAR_SOUND
    if form == Form.ABBREVIATION:
        return By.ABBREVIATION
    if not whole or form == Form.PART:
        return By.PART
    return By.EXACT if form == Form.NAME else By.ALIAS
