"""Spells out the rows of the index: the names, aliases, parts and abbreviations by which each record is called."""

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from intents.names import shapes
from intents.names.lexicon import Lexicon, lexicon
from intents.names.model import Kind, Nameable
from intents.names.shapes import REGION, Shape, Words
from intents.names.units import of_name

_BLANKS = re.compile(r"[\s()（）/,，、]+")
_ENDINGS_SHARE, _BRAND_SHARE = 0.004, 0.4
PERSONS = frozenset({Kind.CONTACT, Kind.USER, Kind.LEAD})


class Form(enum.IntEnum):
    """What a row is to its record."""

    NAME = 0
    ALIAS = 1
    PART = 2
    ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One string under which the record `owner` (its number in the segment) is indexed."""

    owner: int
    form: Form
    shape: Shape
    person: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """What the records of an index have in common: words of their trades, brands and kinds of product, and how each
    customer is called.
    """

    words: Words
    brands: frozenset[str]
    kinds: frozenset[str]
    called: dict[int, tuple[str, ...]]


def vocabulary(nameables: Sequence[Nameable]) -> Vocabulary:
    """Learn the shared words of an index from its records."""
    base = lexicon()
    customers = [n for n in nameables if n.kind is Kind.CUSTOMER]
    regions = base.regions | {of_name(n.region) for n in customers if n.region and len(n.region) < 8}
    plain = Words(lexicon=base, regions=regions, generic=base.organisation)
    cores = [shapes.organisation(of_name(n.name), plain).core for n in customers]
    endings = shapes.common_endings(cores, max(3, int(len(customers) * _ENDINGS_SHARE)))
    words = Words(lexicon=base, regions=regions, generic=base.organisation | endings)
    products = [of_name(n.name) for n in nameables if n.kind is Kind.PRODUCT]
    heads, tails = shapes.common_edges(products, max(3, int(len(products) * _BRAND_SHARE)))
    return Vocabulary(
        words=words, brands=frozenset(filter(_is_han, heads)), kinds=frozenset(filter(_is_han, tails)),
        called=_called(nameables, words),
    )  # fmt: skip


def _is_han(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text)


def _called(nameables: Iterable[Nameable], words: Words) -> dict[int, tuple[str, ...]]:
    """Return, for each customer on which a phrase hangs, the ways it may be called within one."""
    wanted = {n.customer_id for n in nameables if n.kind in {Kind.OPPORTUNITY, Kind.TASK}}
    called: dict[int, tuple[str, ...]] = {}
    for n in nameables:
        if n.kind is Kind.CUSTOMER and isinstance(n.id, int) and n.id in wanted:
            shape = shapes.organisation(of_name(n.name), words)
            called[n.id] = tuple({shape.units, shape.core, *map(of_name, n.aliases)} - {""})
    return called


def rows_of(owner: int, nameable: Nameable, known: Vocabulary) -> Iterator[Row]:
    """Yield the rows of one record."""
    first = _named(owner, Form.NAME, nameable, of_name(nameable.name), known)
    yield first
    for alias in nameable.aliases:
        yield _named(owner, Form.ALIAS, nameable, of_name(alias), known)
    for part in _parts(nameable, first.shape):
        yield Row(owner, Form.PART, shapes.product(part, frozenset(), known.kinds), False)
    for short in _abbreviations(nameable, first.shape):
        yield Row(owner, Form.ABBREVIATION, shapes.person(short), False)


def _named(owner: int, form: Form, nameable: Nameable, units: str, known: Vocabulary) -> Row:
    as_person = nameable.kind in PERSONS and shapes.is_person(units, known.words.generic)
    return Row(owner, form, _shaper(nameable, known, as_person)(units), as_person)


def _shaper(nameable: Nameable, known: Vocabulary, as_person: bool) -> "partial[Shape]":
    if as_person or nameable.kind is Kind.STAGE:
        return partial(shapes.person)
    if nameable.kind is Kind.PRODUCT:
        return partial(shapes.product, brands=known.brands, endings=known.kinds)
    if nameable.kind in {Kind.OPPORTUNITY, Kind.TASK}:
        owners = known.called.get(nameable.customer_id, ()) if nameable.customer_id is not None else ()
        return partial(shapes.phrase, owners=owners, light=known.words.lexicon.work)
    return partial(shapes.organisation, words=known.words)


def _parts(nameable: Nameable, shape: Shape) -> Iterable[str]:
    if nameable.kind is not Kind.PRODUCT:
        return ()
    pieces = [of_name(piece) for piece in _BLANKS.split(nameable.name)]
    return shapes.product_parts(shape, pieces)


def _abbreviations(nameable: Nameable, shape: Shape) -> Iterable[str]:
    """Yield the initials of a company without a brand of its own: 上海汽车集团 → 上汽, 上汽集团."""
    if nameable.kind is not Kind.CUSTOMER or not 4 <= len(shape.units) <= 12 or not _is_han(shape.units):
        return ()
    base = lexicon()
    region = shapes.region_length(shape.units, base.regions)
    rest = shape.units[region:]
    if not 2 <= region <= 3 or shape.classes[0] == REGION or len(rest) < 2:
        return ()
    return _initials(shape.units[0], rest, base)


def _initials(head: str, rest: str, base: Lexicon) -> list[str]:
    pairs = [rest[i : i + 2] for i in range(0, len(rest) - 1, 2)]
    short = head + pairs[0][0]
    found = [short, head + "".join(pair[0] for pair in pairs)]
    if len(pairs) > 1 and pairs[-1] in base.organisation:
        found.append(short + pairs[-1])
    return list(dict.fromkeys(found))




