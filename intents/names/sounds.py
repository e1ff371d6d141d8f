"""Knows how characters sound in Mandarin and how easily two syllables are taken for each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

SLOTS = 3  # readings kept for a character
SAME, NEAR, NEAR_TWICE, FAR, FAR_TWICE = 0.95, 0.82, 0.74, 0.45, 0.3

# Confusions of dialects and recognisers: n/l, l/r, s/sh, z/zh, c/ch, f/h and the nasal endings.
NEAR_INITIALS = ("n l", "l r", "s sh", "z zh", "c ch", "f h")
NEAR_FINALS = ("in ing", "en eng", "an ang", "ian iang", "uan uang")
# Rarer slips of speech recognisers (屯 → 图, 光 → 工): aspiration, place, a lost glide or nasal.
FAR_INITIALS = (
    "b p", "d t", "g k", "j q", "z c", "zh ch", "j zh", "q ch", "x sh", "x s", "z j", "c q", "n m", "h k", "h -", "r -",
)  # fmt: skip
FAR_FINALS = (
    "u un", "u ong", "un ong", "uang ong", "an ian", "ang iang", "ie ve", "e ie", "o uo", "e uo", "ai ei", "ao ou",
    "ao iao", "iao iu", "ou iu", "i v", "u v", "ui ei", "ve uo", "van ian", "vn in", "en un", "eng ong", "a ia",
    "a ua", "ian ie",
    "ui i", "i ei", "i e", "an uan", "ang uang", "an en", "ang eng", "in ian", "ou uo", "u ou", "ong iong", "i in",
)  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LETTER_NAMES = {
    "a": "ei", "b": "bi", "c": "xi sei", "d": "di", "e": "yi", "g": "ji", "i": "ai", "j": "jie", "k": "kai",
    "o": "ou", "p": "pi", "q": "qiu", "t": "ti", "u": "you", "v": "wei", "y": "wai",
}  # fmt: skip
NUMERALS = {"一": "yi yao", "二": "er liang"}
SYLLABLE_UNIT = 0xE000  # private-use code points that stand for a syllable typed in pinyin
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcs")
_LABIAL = {"ua": "a", "ui": "ei", "uan": "an", "uang": "ang", "un": "en", "uo": "o", "ong": "eng"}
_FOLD_INITIAL = {"n": "l", "r": "l", "sh": "s", "zh": "z", "ch": "c", "h": "f"}
_FOLD_FINAL = {"ing": "in", "eng": "en", "ang": "an", "iang": "ian", "uang": "uan"}
_LIKENESS = np.array(  # by step of one part and of the other: same, near, far, unlike
    [[SAME, NEAR, FAR, 0], [NEAR, NEAR_TWICE, FAR_TWICE, 0], [FAR, FAR_TWICE, 0, 0], [0, 0, 0, 0]], np.float32
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sounds:
    """Tables over syllable ids; id 0 is silence.

    `readings[slot][code]` gives the syllables of a UTF-16 code unit, `alike[a, b]` the likeness of two syllables (0.95
    is the same sound, 0 unlike), `fold[a]` a class that near syllables share, `far[f]` the classes a far slip away.
    """

    syllables: tuple[str, ...]
    ids: dict[str, int]
    readings: tuple[NDArray[np.uint16], ...]
    alike: NDArray[np.float32]
    fold: NDArray[np.uint16]
    far: tuple[NDArray[np.uint16], ...]


def split_syllable(syllable: str) -> tuple[str, str]:
    """Split a toneless syllable into its initial ("-" for none) and its final, y and w spelled as vowels."""
    if syllable[0] == "y":
        rest = syllable[1:]
        final = "v" + rest[1:] if rest[0] == "u" else rest if rest[0] == "i" else "i" + rest
        return "-", {"iou": "iu"}.get(final, final)
    if syllable[0] == "w":
        return "-", {"wu": "u", "wei": "ui", "wen": "un", "weng": "ong"}.get(syllable, "u" + syllable[1:])
    initial = next((i for i in _INITIALS if syllable.startswith(i)), "")
    final = syllable[len(initial) :]
    if initial in {"j", "q", "x"} and final.startswith("u"):
        final = "v" + final[1:]
    return initial or "-", final


def _without_labial(initial: str, final: str) -> str:
    """Bring hua, hui, huang to the shape of fa, fei, fang, so that f and h can be compared."""
    return _LABIAL.get(final, final) if initial == "h" else final


def fold_of(syllable: str) -> str:
    """Return the class that a syllable shares with all that are near to it."""
    if syllable.startswith("@"):
        return syllable
    initial, final = split_syllable(syllable)
    final = _without_labial(initial, final)
    return f"{_FOLD_INITIAL.get(initial, initial)} {_FOLD_FINAL.get(final, final)}"


def _numbered(values: Iterable[str]) -> dict[str, int]:
    return {value: i for i, value in enumerate(dict.fromkeys(values))}


def _steps(parts: dict[str, int], near: Sequence[str], far: Sequence[str]) -> NDArray[np.uint8]:
    """Return how far apart two parts are: 0 the same, 1 near, 2 far, 3 unlike."""
    table = np.full((len(parts), len(parts)), 3, np.uint8)
    for step, pairs in ((2, far), (1, near)):
        for a, b in (pair.split() for pair in pairs):
            if a in parts and b in parts:
                table[parts[a], parts[b]] = table[parts[b], parts[a]] = step
    np.fill_diagonal(table, 0)
    return table


def _alike(syllables: Sequence[str]) -> NDArray[np.float32]:
    split = [split_syllable(s) if s.isalpha() else (s, s) for s in syllables]
    flat = [_without_labial(initial, final) for initial, final in split]
    initials = _numbered(initial for initial, _ in split)
    finals = _numbered([final for _, final in split] + flat)
    first = np.array([initials[initial] for initial, _ in split])
    rest, bare = np.array([finals[final] for _, final in split]), np.array([finals[final] for final in flat])
    by_initial = _steps(initials, NEAR_INITIALS, FAR_INITIALS)[first][:, first]
    by_final = _steps(finals, NEAR_FINALS, FAR_FINALS)
    f, h = first == initials["f"], first == initials["h"]
    labial = (f[:, None] & h) | (h[:, None] & f)
    table = _LIKENESS[by_initial, np.where(labial, by_final[bare][:, bare], by_final[rest][:, rest])]
    table[0] = table[:, 0] = 0
    return np.asarray(table, np.float32)


def _read_table() -> list[tuple[int, str, str]]:
    text = files(__package__).joinpath("readings.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return [(int(slot), syllable, characters) for slot, syllable, characters in rows]


def code_units(text: str) -> NDArray[np.uint16]:
    """Return the UTF-16 code units of a text."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def _readings(rows: list[tuple[int, str, str]], ids: dict[str, int]) -> tuple[NDArray[np.uint16], ...]:
    table = np.zeros((SLOTS, 65536), np.uint16)
    for slot, syllable, characters in rows:
        table[slot, code_units(characters)] = ids[syllable]
    spoken = {letter: f"@{letter} {LETTER_NAMES.get(letter, '')}" for letter in LETTERS} | NUMERALS
    for sign, names in spoken.items():
        known = [ids[name] for name in names.split()]
        table[:, ord(sign)] = [*known, *[0] * (SLOTS - len(known))]
    table[0, SYLLABLE_UNIT : SYLLABLE_UNIT + len(ids)] = range(len(ids))
    return tuple(table)


@cache
def sounds() -> Sounds:
    """Load the tables, once."""
    rows = _read_table()
    spoken = (name for names in LETTER_NAMES.values() for name in names.split())
    syllables = ["", *sorted({s for _, s, _ in rows}.union(spoken)), *(f"@{letter}" for letter in LETTERS)]
    ids = {syllable: i for i, syllable in enumerate(syllables)}
    classes = _numbered(["", *map(fold_of, syllables[1:])])
    fold = np.array([0, *(classes[fold_of(s)] for s in syllables[1:])], np.uint16)
    alike = _alike(syllables)
    return Sounds(
        syllables=tuple(syllables),
        ids=ids,
        readings=_readings(rows, ids),
        alike=alike,
        fold=fold,
        far=_far(alike, fold),
    )


def _far(alike: NDArray[np.float32], fold: NDArray[np.uint16]) -> tuple[NDArray[np.uint16], ...]:
    slips = np.zeros((int(fold.max()) + 1, int(fold.max()) + 1), bool)
    first, second = np.nonzero(np.abs(alike - FAR) < 0.01)
    slips[fold[first], fold[second]] = True
    return tuple(np.flatnonzero(line).astype(np.uint16) for line in slips)


@cache
def readings_of(character: str) -> tuple[int, ...]:
    """Return the syllables of one character."""
    code = ord(character)
    return tuple(int(slot[code]) for slot in sounds().readings if slot[code]) if code < 65536 else ()


@cache
def alike_rows() -> list[list[float]]:
    """Return the table of likenesses as lists, which are quicker to look one value up in."""
    rows: list[list[float]] = sounds().alike.tolist()
    return rows
