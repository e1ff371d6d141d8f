"""Says which units of a name carry its identity and which are region, trade, owner or small talk."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from intents.names.lexicon import Lexicon

REGION, GENERIC, CORE, OWNER = range(4)
LONGEST = 31  # units of a name that are indexed
_DIVISIONS = frozenset("省市区县州")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """The units of a name without its legal form, and the class of each unit."""

    units: str
    classes: bytes

    @property
    def core(self) -> str:
        """The distinctive units."""
        return "".join(unit for unit, kind in zip(self.units, self.classes, strict=True) if kind == CORE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The lexicon's words together with those that this index turned out to share."""

    lexicon: Lexicon
    regions: Set[str]
    generic: Set[str]


def without_legal(units: str, legal: Set[str]) -> str:
    """Cut a Chinese legal form off the end."""
    if units[-1:] not in "司伙资户":
        return units
    for size in range(min(6, len(units) - 2), 1, -1):
        if units[-size:] in legal:
            return units[:-size]
    return units


def region_length(units: str, regions: Set[str]) -> int:
    """Return how many leading units name a region."""
    begin = 0
    while True:
        size = next((n for n in (4, 3, 2) if units[begin : begin + n] in regions), 0)
        if not size:
            return begin
        begin += size
        begin += units[begin : begin + 1] in _DIVISIONS and len(units) - begin > 2


def generic_begin(units: str, begin: int, generic: Set[str]) -> int:
    """Return where the trailing words of the trade begin, not before `begin`."""
    stop = len(units)
    while True:
        size = next((n for n in (5, 4, 3, 2) if stop - n >= begin and units[stop - n : stop] in generic), 0)
        if not size and stop - begin > 2 and units[stop - 1 : stop] in generic:
            size = 1
        if not size:
            return stop
        stop -= size


def organisation(units: str, words: Words) -> Shape:
    """Shape a company's name: region, core, trade."""
    units = without_legal(units, words.lexicon.legal)[:LONGEST]
    begin = region_length(units, words.regions)
    stop = generic_begin(units, begin, words.generic)
    if stop - begin < 1 or (stop - begin == 1 and begin + stop < len(units)):
        begin, stop = (0, len(units)) if stop - begin < 1 else (begin, min(len(units), stop + 2))
    classes = bytes([REGION]) * begin + bytes([CORE]) * (stop - begin) + bytes([GENERIC]) * (len(units) - stop)
    return Shape(units=units, classes=classes)


def plain(units: str) -> Shape:
    """Shape a name all of which counts, such as a person's."""
    return Shape(units=units[:LONGEST], classes=bytes([CORE]) * min(LONGEST, len(units)))


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
    return Shape(units=units, classes=bytes(classes))


def product(units: str, brands: Set[str], endings: Set[str]) -> Shape:
    """Shape a product: the maker's brand at its head, and the ending that many share, count little."""
    units = units[:LONGEST]
    begin = next((n for n in (6, 5, 4, 3, 2) if units[:n] in brands and len(units) > n), 0)
    size = next((n for n in (5, 4, 3, 2) if units[-n:] in endings and len(units) - n > begin), 0)
    classes = bytes([REGION]) * begin + bytes([CORE]) * (len(units) - begin - size) + bytes([GENERIC]) * size
    return Shape(units=units, classes=classes)


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
