"""Says which units of a name carry its identity and which are region, trade, owner or small talk."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import NamedTuple

from intents.names.lexicon import Lexicon

REGION, GENERIC, CORE, OWNER = range(4)  # as bytes of Shape.classes
LONGEST = 31  # units of a name that are indexed
_DIVISIONS = frozenset("省市区县州")
_LEGAL_ENDS = frozenset("司伙资户")


class Shape(NamedTuple):
    """The units of a name without its legal form, and the class of each unit."""

    units: str
    classes: bytes

    @property
    def core(self) -> str:
        """The distinctive units; they lie together, but for an opportunity or a task."""
        begin, stop = self.classes.find(CORE), self.classes.rfind(CORE) + 1
        return self.units[begin:stop] if stop else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The lexicon's words together with those that this index turned out to share."""

    lexicon: Lexicon
    regions: Set[str]
    generic: Set[str]


def without_legal(units: str, legal: Set[str]) -> str:
    """Cut a Chinese legal form off the end."""
    if units[-1:] in _LEGAL_ENDS:
        for size in range(min(6, len(units) - 2), 1, -1):
            if units[-size:] in legal:
                return units[:-size]
    return units


def region_length(units: str, regions: Set[str]) -> int:
    """Return how many leading units name a region."""
    begin = size = 0
    for _ in range(3):  # province, city, district
        for size in (4, 3, 2):
            if len(units) - begin >= size and units[begin : begin + size] in regions:
                break
        else:
            return begin
        begin += size
        if units[begin : begin + 1] in _DIVISIONS and len(units) - begin > 2:
            begin += 1
    return begin


def generic_begin(units: str, begin: int, generic: Set[str]) -> int:
    """Return where the trailing words of the trade begin, not before `begin`."""
    stop = len(units)
    while stop > begin:
        for size in (2, 3, 4, 5):
            if stop - size >= begin and units[stop - size : stop] in generic:
                break
        else:
            if stop - begin <= 2 or units[stop - 1] not in generic:
                break
            size = 1
        stop -= size
    return stop


def organisation(units: str, words: Words) -> Shape:
    """Shape a company's name: region, core, trade."""
    units = without_legal(units, words.lexicon.legal)[:LONGEST]
    size = len(units)
    begin = region_length(units, words.regions)
    stop = generic_begin(units, begin, words.generic)
    if stop - begin < 1:
        begin, stop = 0, size
    elif stop - begin == 1:
        stop = min(size, stop + 2)
    return Shape(units, b"\0" * begin + b"\2" * (stop - begin) + b"\1" * (size - stop))


def plain(units: str) -> Shape:
    """Shape a name all of which counts, such as a person's."""
    return Shape(units[:LONGEST], b"\2" * min(LONGEST, len(units)))


def is_person(units: str, generic: Set[str]) -> bool:
    """Tell whether a lead's name is a person's rather than a company's."""
    return len(units) <= 4 and units[-2:] not in generic and not units.isascii()


def phrase(units: str, owners: Iterable[str], light: Set[str]) -> Shape:
    """Shape an opportunity or a task: the customer's name in it and its everyday verbs count little."""
    units = units[:LONGEST]
    classes = bytearray([CORE]) * len(units)
    for i in range(len(units)):
        for size in (3, 2, 1):
            if units[i : i + size] in light and CORE in classes[i : i + size]:
                classes[i : i + size] = bytes([GENERIC]) * len(units[i : i + size])
                break
    for owner in sorted(owners, key=len, reverse=True):
        found = units.find(owner)
        if found >= 0:
            classes[found : found + len(owner)] = bytes([OWNER]) * len(owner)
            break
    if CORE not in classes:
        classes = bytearray([CORE]) * len(units)
    return Shape(units, bytes(classes))


def product(units: str, brands: Set[str], endings: Set[str]) -> Shape:
    """Shape a product: the maker's brand at its head, and the ending that many share, count little."""
    units = units[:LONGEST]
    begin = next((n for n in (6, 5, 4, 3, 2) if units[:n] in brands and len(units) > n), 0)
    size = next((n for n in (5, 4, 3, 2) if units[-n:] in endings and len(units) - n > begin), 0)
    classes = bytes([REGION]) * begin + bytes([CORE]) * (len(units) - begin - size) + bytes([GENERIC]) * size
    return Shape(units, classes)


def common_endings(cores: Iterable[str], least: int) -> frozenset[str]:
    """Return the two-unit endings that at least `least` cores share: words of a trade that the lexicon lacks."""
    counts = Counter(core[-2:] for core in cores if len(core) >= 4)
    return _common(counts, least)


def common_edges(names: Iterable[str], least: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return the heads and the endings, of two to five units, that at least `least` names share.

    In a price list they are the maker's brand and the kind of product.
    """
    long = [name for name in names if len(name) > 3]
    heads = Counter(name[:size] for name in long for size in (2, 3, 4))
    tails = Counter(name[-size:] for name in long for size in (2, 3, 4, 5) if len(name) > size + 1)
    return _common(heads, least), _common(tails, least)


def _common(counts: Counter[str], least: int) -> frozenset[str]:
    return frozenset(text for text, count in counts.items() if count >= least)
