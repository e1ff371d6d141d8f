"""Finds people by surname and title (汪主任, 罗总) or by surname alone (姓郑的那位), by sight and by sound."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from intents.names.lexicon import Lexicon, lexicon
from intents.names.model import By, Kind, Nameable
from intents.names.ordinary import Words
from intents.names.sounds import NEAR_TWICE, SAME, readings_of, sounds
from intents.names.units import of_name

_TITLED = frozenset({Kind.CONTACT, Kind.LEAD, Kind.USER})
EXACT_SURNAME, SAME_SURNAME, NEAR_SURNAME = 0.95, 0.9, 0.7
FAMILIAR, FAMILIAR_SCORE = frozenset("老小阿"), 0.72
WORD = 100  # dictionary frequency from which 小康 is a word and no person
HONORIFICS = frozenset("工姐哥叔姨兄嫂爷") | {"先生", "女士", "小姐", "老师", "师傅", "博士", "同志", "太太"}
SURNAMED = re.compile(
    r"姓(\w{1,2}?)(?=的|那|这|先生|女士|老板)(的?(?:[那这](?:一?[位个](?:人|女士|先生|老板)?|人)|人)?)"
)
SURNAMED_SCORE = 0.85
NEWCOMER = re.compile(r"(?:一[个位名]|[来有了][个位]|[新另]的?)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Titled:
    """A person who was called by surname and title at units `[begin, stop)`."""

    owner: int
    begin: int
    stop: int
    score: float
    by: By


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """The persons of a segment, by surname and by the surname's first syllables."""

    by_surname: dict[str, list[int]]
    by_sound: dict[int, set[str]]
    titles: dict[int, str]
    heard: dict[str, list[tuple[str, float]]] = field(default_factory=dict)

    def copied(self, records: int) -> "People":
        """Return the persons among the first `records` records, sharing nothing with these."""
        kept = {surname: [o for o in owners if o < records] for surname, owners in self.by_surname.items()}
        return People(by_surname=kept, by_sound=self.by_sound, titles=dict(self.titles))

    def having(self, owner: int, nameable: Nameable) -> "People":
        """Return the persons with one more; those that share their surname are shared with these."""
        if nameable.title:
            self.titles[owner] = nameable.title
        surname = _surname(nameable, lexicon())
        if not surname:
            return self
        if surname in self.by_surname:
            self.by_surname[surname].append(owner)
            return self
        by_sound = dict(self.by_sound)
        for reading in readings_of(surname[0]):
            by_sound[reading] = by_sound.get(reading, set()) | {surname}
        return People(by_surname={**self.by_surname, surname: [owner]}, by_sound=by_sound, titles=self.titles)


def people(nameables: Sequence[Nameable]) -> People:
    """Index the persons among some records by surname."""
    base = lexicon()
    by_surname: dict[str, list[int]] = defaultdict(list)
    by_sound: dict[int, set[str]] = defaultdict(set)
    for owner, n in enumerate(nameables):
        surname = _surname(n, base)
        if surname:
            by_surname[surname].append(owner)
            for reading in readings_of(surname[0]):
                by_sound[reading].add(surname)
    titles = {i: n.title for i, n in enumerate(nameables) if n.title}
    return People(by_surname=dict(by_surname), by_sound=dict(by_sound), titles=titles)


def _surname(nameable: Nameable, base: Lexicon) -> str:
    name = of_name(nameable.name) if nameable.kind in _TITLED else ""
    return name[: 2 if name[:2] in base.surnames else 1] if 2 <= len(name) <= 4 and not name.isascii() else ""


def titles_in(text: str, base: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield begin and stop of each title, the longest at each place."""
    stop = 0
    for begin, unit in enumerate(text):
        longest = base.title_sizes.get(unit)
        if longest and begin >= max(1, stop):
            sizes = range(min(longest, len(text) - begin), 0, -1)
            size = next((n for n in sizes if text[begin : begin + n] in base.titles), 0)
            if size:
                stop = begin + size
                yield begin, stop


def titled(known: People, text: str, words: Words) -> Iterator[Titled]:
    """Yield the persons that surnames before titles may mean."""
    base = lexicon()
    yield from _familiar(known, text, words)
    yield from _surnamed(known, text, base)
    for begin, stop in titles_in(text, base):
        doubt = _doubt(text, begin, stop, words)
        for size in (2, 1):
            if begin >= size:
                yield from _called(known, text, begin - size, begin, stop, doubt, base)


def _familiar(known: People, text: str, words: Words) -> Iterator[Titled]:
    """Yield the persons that 老高 or 小罗 may mean, where that is no ordinary word."""
    for i in range(len(text) - 1):
        called = known.by_surname.get(text[i + 1], ()) if text[i] in FAMILIAR and words.last[i + 1] <= i + 2 else ()
        if called and words.frequency(text[i : i + 2]) < WORD:
            for owner in called:
                yield Titled(owner=owner, begin=i, stop=i + 2, score=FAMILIAR_SCORE, by=By.TITLE)


def _surnamed(known: People, text: str, base: Lexicon) -> Iterator[Titled]:
    """Yield the persons that 姓郑的那位 may mean; somebody of whom there is one (来了个姓郑的) is nobody known yet."""
    for found in SURNAMED.finditer(text):
        begin, said = found.start(), found[1]
        if NEWCOMER.search(text, 0, begin) or (len(said) > 1 and said not in base.surnames):
            continue
        for surname, likeness in _surnames(known, said):
            score = SURNAMED_SCORE * likeness / EXACT_SURNAME
            by = By.TITLE if surname == said else By.SOUND
            for owner in known.by_surname[surname]:
                yield Titled(owner=owner, begin=begin, stop=found.end(), score=score, by=by)


def _called(
    known: People, text: str, first: int, begin: int, stop: int, doubt: float, base: Lexicon
) -> Iterator[Titled]:
    said, title = text[first:begin], text[begin:stop]
    for surname, likeness in _surnames(known, said):
        for owner in known.by_surname[surname]:
            score = likeness * suits(known.titles.get(owner), title, base)
            if surname != said:
                plain = said in base.before_title or text[first:stop] in base.organisation
                score *= doubt * (0.6 if plain else 1)
            else:
                score *= (1 + doubt) / 2
            yield Titled(owner=owner, begin=first, stop=stop, score=score, by=By.TITLE if surname == said else By.SOUND)


def _surnames(known: People, said: str) -> list[tuple[str, float]]:
    """Return the surnames that `said` is or sounds like, and how much."""
    found = known.heard.get(said)
    if found is None:
        alone = [(said, EXACT_SURNAME)] if said in known.by_surname else []
        found = known.heard[said] = alone if len(said) == 2 else _by_sound(known, said)
    return found


def _by_sound(known: People, said: str) -> list[tuple[str, float]]:
    alike, readings = sounds().alike, readings_of(said)
    found: dict[str, float] = {}
    for sound, surnames in known.by_sound.items():
        like = max((float(alike[sound, reading]) for reading in readings), default=0)
        if like > NEAR_TWICE - 0.01:
            score = SAME_SURNAME if like > SAME - 0.01 else NEAR_SURNAME
            for surname in filter(lambda s: len(s) == 1, surnames):
                found[surname] = max(found.get(surname, 0), EXACT_SURNAME if surname == said else score)
    return list(found.items())


def suits(held: str | None, said: str, base: Lexicon) -> float:
    """Return how well a title that was said suits the one on record, from 0.7 to 1."""
    if said in HONORIFICS:
        return 0.95
    if not held:
        return 0.85
    if said in held or (said == "总" and any(leader in held for leader in base.leaders)):
        return 1.0
    return 0.88 if said in {"总", "老板", "经理"} else 0.72


def _doubt(text: str, begin: int, stop: int, words: Words) -> float:
    """Return what a title loses when its place reads otherwise: 采购|经理 is no 苟经理, 总共 no title."""
    doubt = 1.0
    if words.first[begin - 1] < begin - 1:
        doubt *= 0.6
    if words.last[begin] > stop or words.first[begin] < begin - 1:
        doubt *= 0.7
    return doubt
