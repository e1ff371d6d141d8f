"""Spells out the rows of the index: the names, aliases, parts and abbreviations by which each record is called."""

import enum
from collections.abc import Iterator
from typing import NamedTuple

from intents.names import parts, shapes
from intents.names.model import Kind, Nameable
from intents.names.shapes import Shape
from intents.names.units import of_name
from intents.names.vocabulary import Vocabulary

PERSONS = frozenset({Kind.CONTACT, Kind.USER, Kind.LEAD})
_PHRASES = frozenset({Kind.OPPORTUNITY, Kind.TASK})
_LATIN = frozenset({Kind.CUSTOMER, Kind.CONTACT, Kind.LEAD, Kind.PRODUCT, Kind.USER})


class Form(enum.IntEnum):
    """What a row is to its record."""

    NAME = 0
    ALIAS = 1
    PART = 2
    ABBREVIATION = 3


class Row(NamedTuple):
    """One string under which the record `owner` (its number in the segment) is indexed."""

    owner: int
    form: Form
    shape: Shape
    person: bool


def rows_of(owner: int, nameable: Nameable, known: Vocabulary) -> Iterator[Row]:
    """Yield the rows of one record."""
    first = _named(owner, Form.NAME, nameable, of_name(nameable.name), known)
    yield first
    for alias in nameable.aliases:
        yield _named(owner, Form.ALIAS, nameable, of_name(alias), known)
    if nameable.kind is Kind.PRODUCT:
        for part in parts.product_parts(nameable.name, first.shape):
            yield Row(owner, Form.PART, shapes.product(part, frozenset(), known.kinds), False)
    if nameable.kind in _LATIN and not nameable.name[:1] > "\u3000":
        for word in (*parts.latin_words(nameable.name), *parts.heard_latin(nameable)):
            yield Row(owner, Form.PART, shapes.plain(word), False)
    for short in () if known.large else parts.abbreviations(nameable, first.shape):
        yield Row(owner, Form.ABBREVIATION, shapes.plain(short), False)


def _named(owner: int, form: Form, nameable: Nameable, units: str, known: Vocabulary) -> Row:
    as_person = nameable.kind in PERSONS and shapes.is_person(units, known.words.generic)
    return Row(owner, form, _shape(nameable, units, known, as_person), as_person)


def _shape(nameable: Nameable, units: str, known: Vocabulary, as_person: bool) -> Shape:
    if as_person or nameable.kind is Kind.STAGE:
        return shapes.plain(units)
    if nameable.kind is Kind.PRODUCT:
        return shapes.product(units, known.brands, known.kinds)
    if nameable.kind in _PHRASES:
        owners = known.called.get(nameable.customer_id, ()) if nameable.customer_id is not None else ()
        return shapes.phrase(units, owners, known.words.lexicon.work)
    return known.organisation(units)
