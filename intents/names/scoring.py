"""Turns measured runs into scores that compare across kinds, from 0 to 1."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from intents.names.align import Bool, Run, Runs
from intents.names.model import By, Kind
from intents.names.ordinary import Words
from intents.names.rows import Form
from intents.names.segment import KINDS, Segment
from intents.names.shapes import GENERIC, REGION
from intents.names.sounds import SAME
from intents.names.units import NUMERALS

LOWEST = 0.4  # no candidate scores less
PART_OF_NAME = 0.93  # the distinctive part of a longer name
TOPIC = (0.6, 0.35)  # the distinctive part of an opportunity or task: base + slope × share of the whole title
PARTIAL_NAME, PARTIAL_PHRASE = (0.1, 0.7), (0.3, 0.6)  # some distinctive units missing: base + slope × share of them
HEARD_PART = 0.75  # factor for an incomplete name or phrase, or an abbreviation, that was not written exactly
GIVEN_NAME = 0.8
LINKED = 0.1  # ahead of others by this are records of a customer that the text names, where there are too many
CUSTOMER_NAMED = 0.75
REGION_LEFT_OUT = 0.985
FORM_FACTOR = (1.0, 1.0, 0.96, 0.86)  # name, alias, part, abbreviation
_PHRASE_KINDS = frozenset({Kind.PRODUCT, Kind.OPPORTUNITY, Kind.TASK, Kind.STAGE})
PHRASES = tuple(kind in _PHRASE_KINDS for kind in KINDS)
FLOORS = tuple(0.42 if kind in _PHRASE_KINDS - {Kind.STAGE} else 0.5 for kind in KINDS)
_IS_PHRASE = np.array(PHRASES)
# Share of the distinctive units from which a run can reach its floor: a company's, a person's, a phrase's.
LEAST_WRITTEN, LEAST_HEARD = (0.57, 0.57, 0.2, 0.2), (0.8, 0.6, 0.43, 0.43)
_LEAST_WRITTEN, _LEAST_HEARD = np.array(LEAST_WRITTEN), np.array(LEAST_HEARD)
_CUSTOMER = KINDS.index(Kind.CUSTOMER)


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


def score_of(segment: Segment, run: Run) -> float:
    """Return the score of a run, before anything that the words around it say."""
    row = run.row
    if run.complete:
        short = run.begin > 0 and segment.classes.item(segment.starts.item(row)) == REGION
        score = run.whole * (REGION_LEFT_OUT if short else 1)
    elif PHRASES[segment.kinds.item(row)]:
        score = _of_phrase(run)
    else:
        score = _of_name(segment, run)
    heard_short = run.weakest < 1 and segment.forms.item(row) == Form.ABBREVIATION
    return score * FORM_FACTOR[segment.forms.item(row)] * (HEARD_PART if heard_short else 1)


def _of_phrase(run: Run) -> float:
    if run.complete_core:
        return run.core * (TOPIC[0] + TOPIC[1] * run.whole)
    return (PARTIAL_PHRASE[0] + PARTIAL_PHRASE[1] * run.core) * (HEARD_PART if run.weakest < 1 else 1)


def _of_name(segment: Segment, run: Run) -> float:
    if run.complete_core:
        return run.core * PART_OF_NAME
    heard = HEARD_PART if run.weakest < 1 else 1
    length = segment.starts.item(run.row + 1) - segment.starts.item(run.row)
    if segment.persons.item(run.row) and run.begin == 1 and run.matched == length - 1 > 1:
        return run.core * length / run.matched * GIVEN_NAME * heard
    return (PARTIAL_NAME[0] + PARTIAL_NAME[1] * run.core) * heard


def hits(segment: Segment, found: Iterable[Run], words: Words, crowd: float, most: int) -> list[Hit]:
    """Return the promising runs worth a further look, the best first, at most `most` of a kind that end at one place.

    `crowd` is the factor for two units by sound, of which a large index holds some for every other pair of syllables.
    """
    kept = [hit for run in found if (hit := _hit(segment, run, words, crowd))]
    named = {
        segment.customers.item(h.row)
        for h in kept
        if segment.kinds.item(h.row) == _CUSTOMER and h.score > CUSTOMER_NAMED
    }
    kept.sort(key=lambda h: -h.score - (LINKED if segment.customers.item(h.row) in named else 0))
    return list(_foremost(segment, kept, most))


def promising(segment: Segment, found: Runs, allowed: Bool) -> Iterator[Run]:
    """Yield the allowed runs that could score enough, by the formulas above and the floors of the kinds."""
    group = 2 * _IS_PHRASE.take(segment.kinds.take(found.row)) + segment.persons.take(found.row)
    least = np.where(found.weakest < 1, _LEAST_HEARD.take(group), _LEAST_WRITTEN.take(group))
    enough = (found.complete_core | (found.core >= least)) & (found.matched >= 2) & allowed
    return found.listed(np.flatnonzero(enough))


def _hit(segment: Segment, run: Run, words: Words, crowd: float) -> Hit | None:
    begin, stop = run.shift + run.begin, run.shift + run.stop
    heard, floor = run.weakest < 1, FLOORS[segment.kinds.item(run.row)]
    score = score_of(segment, run) * (crowd if heard and run.matched == 2 else 1)
    if score < floor or not words.text[begin:stop].strip(NUMERALS):  # 00 is no S100
        return None
    doubtful = heard or segment.forms.item(run.row) == Form.ABBREVIATION
    score *= words.strange(begin, stop) if doubtful else words.torn_written(begin, stop)
    return _trimmed(segment, as_hit(segment, run, score)) if score >= LOWEST else None


def as_hit(segment: Segment, run: Run, score: float) -> Hit:
    """Return a run with its score as a hit."""
    form, odd = segment.forms.item(run.row), run.matched < run.stop - run.begin
    return Hit(
        run.row, run.shift + run.begin, run.shift + run.stop, run.begin, run.stop, score,
        evidence(run.weakest, form, run.complete, odd=odd), run.complete and form <= Form.ALIAS, run.core, run.whole,
        run.weakest,
    )  # fmt: skip


def _foremost(segment: Segment, ordered: Iterable[Hit], most: int) -> Iterable[Hit]:
    """Keep the first `most` of a kind that end at one place."""
    seen: dict[tuple[int, int], int] = {}
    for hit in ordered:
        group = segment.kinds.item(hit.row), hit.stop
        seen[group] = seen.get(group, 0) + 1
        if seen[group] <= most:
            yield hit


def _trimmed(segment: Segment, hit: Hit) -> Hit:
    """Leave out half a word of the trade: 翎川阀 of 翎川阀门."""
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
