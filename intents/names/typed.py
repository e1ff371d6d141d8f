"""Reads pinyin that was typed where a name belongs: shengtun liye."""

from collections.abc import Iterator
from functools import cache

from intents import patterns as re
from intents.names.sounds import SYLLABLE_UNIT, sounds
from intents.names.units import Units, units_from

LEAST_SYLLABLES = 2
MOST_READINGS = 3  # xian is xian and xi'an
LONGEST_RUN = 40  # letters
_LATIN = re.compile("[a-z]{3}")


@cache
def syllable_units() -> dict[str, str]:
    """Return the private-use character that stands for each syllable."""
    vowels = frozenset("aeiouv")
    return {s: chr(SYLLABLE_UNIT + i) for s, i in sounds().ids.items() if s.isalpha() and vowels.intersection(s)}


def splits(letters: str) -> list[tuple[str, ...]]:
    """Return the ways to read letters as syllables, the fewest syllables first."""
    known = syllable_units()
    ways: list[list[tuple[str, ...]]] = [[()]]
    for stop in range(1, len(letters) + 1):
        begins = range(max(0, stop - 6), stop)
        found = [(*way, letters[b:stop]) for b in begins if letters[b:stop] in known for way in ways[b]]
        ways.append(sorted(found, key=len)[:MOST_READINGS])
    return ways[-1]


def as_pinyin(letters: str) -> str:
    """Return the syllables of a typed name as units, or nothing when it is no pinyin."""
    best = splits(letters)[:1] if letters.isascii() and letters.isalpha() and len(letters) <= LONGEST_RUN else []
    return "".join(syllable_units()[s] for s in best[0]) if best and len(best[0]) >= LEAST_SYLLABLES else ""


def variants(units: Units) -> Iterator[Units]:
    """Yield readings of a sentence in which its Latin runs are pinyin; none when there are no such runs."""
    if not _LATIN.search(units.text):
        return
    runs = [(b, e) for b, e in latin_runs(units.text) if e - b <= LONGEST_RUN]
    ways = {run: [w for w in splits(units.text[slice(*run)]) if len(w) >= LEAST_SYLLABLES] for run in runs}
    for number in range(max(map(len, ways.values()), default=0)):
        yield _replaced(units, {run: found[min(number, len(found) - 1)] for run, found in ways.items() if found})


def latin_runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield begin and stop of each stretch of at least three Latin letters."""
    begin = 0
    for i in range(len(text) + 1):
        if i == len(text) or not "a" <= text[i] <= "z":
            if i - begin > 2:
                yield begin, i
            begin = i + 1


def _replaced(units: Units, chosen: dict[tuple[int, int], tuple[str, ...]]) -> Units:
    known = syllable_units()
    placed: list[tuple[str, int, int]] = []
    done = 0
    for (begin, stop), syllables in sorted(chosen.items()):
        placed += zip(units.text[done:begin], units.at[done:begin], units.ends[done:begin], strict=True)
        position = begin
        for syllable in syllables:
            placed.append((known[syllable], units.at[position], units.ends[position + len(syllable) - 1]))
            position += len(syllable)
        done = stop
    placed += zip(units.text[done:], units.at[done:], units.ends[done:], strict=True)
    return units_from(placed)
