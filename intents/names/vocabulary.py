"""Learns what the records of an index have in common, and so what does not tell them apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from intents.names import shapes
from intents.names.lexicon import lexicon
from intents.names.model import Kind, Nameable
from intents.names.shapes import Shape, Words
from intents.names.units import of_name

ENDINGS_SHARE, BRAND_SHARE = 0.004, 0.4  # of the customers, of the products
LEAST = 3
LARGE = 20_000  # customers from which initials tell none apart


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """Words of trades, brands and kinds of product, and how each customer is called within a title.

    `shapes` keeps the shapes of customers' names that were needed to learn the words.
    """

    words: Words
    brands: frozenset[str]
    kinds: frozenset[str]
    called: dict[int, tuple[str, ...]]
    shapes: dict[str, Shape]
    large: bool

    def organisation(self, units: str) -> Shape:
        """Shape a company's name."""
        known = self.shapes.get(units)
        return known or shapes.organisation(units, self.words)


def vocabulary(nameables: Sequence[Nameable]) -> Vocabulary:
    """Learn the shared words of an index from its records."""
    base = lexicon()
    customers = [n for n in nameables if n.kind is Kind.CUSTOMER]
    regions = base.regions | {of_name(n.region) for n in customers if n.region and 2 <= len(n.region) < 8}
    plain = Words(lexicon=base, regions=regions, generic=base.organisation)
    shaped = {(units := of_name(n.name)): shapes.organisation(units, plain) for n in customers}
    cores = [shape.core for shape in shaped.values()]
    endings = shapes.common_endings(cores, max(LEAST, int(len(customers) * ENDINGS_SHARE)))
    words = Words(lexicon=base, regions=regions, generic=base.organisation | endings)
    shaped = {
        units: shape for (units, shape), core in zip(shaped.items(), cores, strict=True) if core[-2:] not in endings
    }
    products = [of_name(n.name) for n in nameables if n.kind is Kind.PRODUCT]
    heads, tails = shapes.common_edges(products, max(LEAST, int(len(products) * BRAND_SHARE)))
    known = Vocabulary(
        words=words, brands=frozenset(filter(is_han, heads)), kinds=frozenset(filter(is_han, tails)), called={},
        shapes=shaped, large=len(customers) > LARGE,
    )  # fmt: skip
    return replace(known, called=_called(nameables, known))


def is_han(text: str) -> bool:
    """Tell whether a text has Chinese characters only."""
    return bool(text) and min(text) >= "\u4e00" and max(text) <= "\u9fff"


def _called(nameables: Iterable[Nameable], known: Vocabulary) -> dict[int, tuple[str, ...]]:
    """Return, for each customer on which a phrase hangs, the ways it may be called within one."""
    wanted = {n.customer_id for n in nameables if n.kind in {Kind.OPPORTUNITY, Kind.TASK}}
    called: dict[int, tuple[str, ...]] = {}
    for n in nameables if wanted else ():
        if n.kind is Kind.CUSTOMER and isinstance(n.id, int) and n.id in wanted:
            shape = known.organisation(of_name(n.name))
            called[n.id] = tuple({shape.units, shape.core, *map(of_name, n.aliases)} - {""})
    return called
