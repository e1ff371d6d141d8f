"""Learns what the records of an index have in common, and so what does not tell them apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intents.names import shapes
from intents.names.lexicon import lexicon
from intents.names.model import Kind, Nameable
from intents.names.shapes import Words
from intents.names.units import of_name

ENDINGS_SHARE, BRAND_SHARE = 0.004, 0.4  # of the customers, of the products
LEAST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """Words of trades, brands and kinds of product, and how each customer is called within a title."""

    words: Words
    brands: frozenset[str]
    kinds: frozenset[str]
    called: dict[int, tuple[str, ...]]


def vocabulary(nameables: Sequence[Nameable]) -> Vocabulary:
    """Learn the shared words of an index from its records."""
    base = lexicon()
    customers = [n for n in nameables if n.kind is Kind.CUSTOMER]
    regions = base.regions | {of_name(n.region) for n in customers if n.region and 2 <= len(n.region) < 8}
    plain = Words(lexicon=base, regions=regions, generic=base.organisation)
    cores = [shapes.organisation(of_name(n.name), plain).core for n in customers]
    endings = shapes.common_endings(cores, max(LEAST, int(len(customers) * ENDINGS_SHARE)))
    words = Words(lexicon=base, regions=regions, generic=base.organisation | endings)
    products = [of_name(n.name) for n in nameables if n.kind is Kind.PRODUCT]
    heads, tails = shapes.common_edges(products, max(LEAST, int(len(products) * BRAND_SHARE)))
    return Vocabulary(
        words=words, brands=frozenset(filter(is_han, heads)), kinds=frozenset(filter(is_han, tails)),
        called=_called(nameables, words),
    )  # fmt: skip


def is_han(text: str) -> bool:
    """Tell whether a text has Chinese characters only."""
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
