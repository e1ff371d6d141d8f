"""A message with everything recognisable marked in it: names, times, amounts, quantities, phones, e-mails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from intents import patterns as re
from intents.hearing import command_words_heard
from intents.linking import confirmed
from intents.names import By, Candidate, Kind, Mention, NameIndex
from intents.normalise import Normalised, normalise
from intents.numbers import (
    Amount,
    Email,
    Phone,
    Quantity,
    find_all,
)
from intents.times import Look, TimeExpression, find_times

MASKS = {
    "customer": "Ⓒ",
    "contact": "Ⓟ",
    "product": "Ⓖ",
    "opportunity": "Ⓞ",
    "task": "Ⓚ",
    "lead": "Ⓛ",
    "user": "Ⓤ",
    "stage": "Ⓢ",
    "time": "Ⓣ",
    "amount": "Ⓜ",
    "phone": "Ⓝ",
    "quantity": "Ⓠ",
    "email": "Ⓔ",
}
"""One character for each kind of span; what the classifier sees instead of the words."""

_QUOTED = re.compile('[“「『"][^”」』"]{9,}[”」』"]')
"""Words long enough to be somebody else's: the classifier does not read them."""
LIKELY = 0.75
"""Names below this score are not marked (see the bands in intents/names)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A marked stretch `[begin, stop)` of the text; `kind` is a key of MASKS."""

    begin: int
    stop: int
    kind: str


@dataclass(frozen=True)
class Sentence:
    """One message or a part of it, annotated. Spans refer to `text`, the normalised message."""

    normalised: Normalised
    times: tuple[TimeExpression, ...]
    amounts: tuple[Amount, ...]
    quantities: tuple[Quantity, ...]
    phones: tuple[Phone, ...]
    emails: tuple[Email, ...]
    mentions: tuple[Mention, ...]

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.normalised.text

    @property
    def language(self) -> str:
        """'zh' or 'en'."""
        return self.normalised.language

    def raw(self, begin: int, stop: int) -> str:
        """The user's own words for a span of the text."""
        if begin >= stop:
            return ""
        offsets = self.normalised.offsets
        return self.normalised.raw[offsets[begin] : offsets[stop - 1] + 1]

    @cached_property
    def derived(self) -> dict[object, object]:
        """What others have found out about this sentence and may want to know again."""
        return {}

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Non-overlapping marked spans, left to right: figures first, then the surest names."""
        return tuple(_cover(self))

    @cached_property
    def heard(self) -> str:
        """The text with command words that were misheard written right; of the same length (see intents.hearing)."""
        taken = bytearray(len(self.text))
        for span in self.spans:
            taken[span.begin : span.stop] = b"\1" * (span.stop - span.begin)
        return command_words_heard(self.text, taken=taken)

    def masked(self, begin: int = 0, stop: int | None = None, *, heard: bool = False) -> str:
        """The text (or `heard`) from `begin` to `stop` with each marked span as its one mask character."""
        text = self.heard if heard else self.text
        stop = len(text) if stop is None else stop
        if text == self.text:
            heard = False  # nothing was heard otherwise
        known = self._masked.get((begin, stop, heard))
        if known is None:
            known = self._masked[begin, stop, heard] = self._mask(text, begin, stop)
        return known

    @cached_property
    def _masked(self) -> dict[tuple[int, int, bool], str]:
        return {}

    def _mask(self, text: str, begin: int, stop: int) -> str:
        parts: list[str] = []
        at = begin
        for span in self.spans:
            if span.begin < at or span.stop > stop:
                continue
            parts += [text[at : span.begin], MASKS[span.kind]]
            at = span.stop
        return _QUOTED.sub("“”", "".join([*parts, text[at:stop]]))


def annotate(raw: str, *, now: datetime, names: NameIndex, look: Look = Look.AHEAD) -> Sentence:
    """Mark everything recognisable in `raw`. `now` is aware, in the time zone people speak in."""
    normalised = normalise(raw)
    mentions = confirmed(normalised.text, tuple(names.mentions(normalised.text)))
    return _annotated(normalised, mentions, now, look)


def looking(sentence: Sentence, *, now: datetime, look: Look) -> Sentence:
    """The same sentence with its times as they are when one looks that way."""
    found = sentence.derived.get(("looking", now, look))
    if not isinstance(found, Sentence):
        found = _annotated(sentence.normalised, sentence.mentions, now, look)
        sentence.derived["looking", now, look] = found
    return found


def _annotated(normalised: Normalised, mentions: Sequence[Mention], now: datetime, look: Look) -> Sentence:
    text = normalised.text
    whole = [(m.begin, m.stop) for m in mentions if m.candidates and _is_whole(m.candidates[0])]
    times = [t for t in find_times(text, now=now, look=look) if not any(b <= t.begin and t.stop <= s for b, s in whole)]
    found = find_all(_parted(text, times), taken=[*whole, *((t.begin, t.stop) for t in times)])
    return Sentence(
        normalised=normalised,
        times=tuple(t for t in times if not _touches(t, found.phones)),
        amounts=tuple(found.amounts),
        quantities=tuple(found.quantities),
        phones=tuple(found.phones),
        emails=tuple(found.emails),
        mentions=tuple(m for m in mentions if _is_written(m) or not _heard_in_figures(m, times, found.phones)),
    )


_NUMERALS = frozenset("零一二两三四五六七八九十")


def _parted(text: str, times: Sequence[TimeExpression]) -> str:
    """The text with a stop for the first character of a time that a number runs into (十六万八|九月底)."""
    characters = list(text)
    for time in times:
        if time.begin and text[time.begin] in _NUMERALS and text[time.begin - 1] in _NUMERALS:
            characters[time.begin] = "，"
    return "".join(characters)


def _is_written(mention: Mention) -> bool:
    return bool(mention.candidates) and mention.candidates[0].by not in (By.SOUND, By.NEAR_SOUND, By.TYPO, By.PINYIN)


def _heard_in_figures(mention: Mention, times: Sequence[TimeExpression], phones: Sequence[Phone]) -> bool:
    """Whether a name is only heard in what reads as a time or a number (七月 for 齐悦)."""
    spans: tuple[Stretch, ...] = (*times, *phones)
    return any(mention.begin < span.stop and span.begin < mention.stop for span in spans)


_MARKED = (Kind.CUSTOMER, Kind.CONTACT, Kind.PRODUCT, Kind.OPPORTUNITY, Kind.LEAD, Kind.USER, Kind.STAGE, Kind.TASK)


def _cover(sentence: Sentence) -> Iterable[Span]:
    taken = bytearray(len(sentence.text))
    spans: list[Span] = []
    for span in (*_figures(sentence), *_names(sentence.mentions)):
        if not any(taken[span.begin : span.stop]):
            taken[span.begin : span.stop] = b"\1" * (span.stop - span.begin)
            spans.append(span)
    return sorted(spans, key=lambda span: span.begin)


def _figures(sentence: Sentence) -> Iterable[Span]:
    sure = [
        *(Span(begin=p.begin, stop=p.stop, kind="phone") for p in sentence.phones),
        *(Span(begin=e.begin, stop=e.stop, kind="email") for e in sentence.emails),
        *(Span(begin=t.begin, stop=t.stop, kind="time") for t in sentence.times),
        *(Span(begin=a.begin, stop=a.stop, kind="amount") for a in sentence.amounts if a.unit),
        *(Span(begin=q.begin, stop=q.stop, kind="quantity") for q in sentence.quantities),
    ]
    whole = [m for m in sentence.mentions if m.candidates and _is_whole(m.candidates[0])]
    return [
        s
        for s in sure
        if not any(m.begin <= s.begin and s.stop <= m.stop and m.stop - m.begin > s.stop - s.begin for m in whole)
    ]


def _is_whole(candidate: Candidate) -> bool:
    return candidate.whole and candidate.by in (By.EXACT, By.ALIAS)


def _names(mentions: Sequence[Mention]) -> Iterable[Span]:
    likely = [m for m in mentions if m.candidates and m.candidates[0].score >= LIKELY]
    ranked = sorted(likely, key=lambda m: (m.inside, -(m.stop - m.begin), -m.candidates[0].score))
    for mention in ranked:
        kind = mention.candidates[0].nameable.kind
        if kind in _MARKED:
            yield Span(begin=mention.begin, stop=mention.stop, kind=kind.value)


class Stretch(Protocol):
    """Anything that stands at `[begin, stop)` of the text."""

    @property
    def begin(self) -> int: ...

    @property
    def stop(self) -> int: ...


def _touches(span: TimeExpression | Amount | Quantity, phones: Sequence[Phone]) -> bool:
    return any(span.begin < phone.stop and phone.begin < span.stop for phone in phones)
