"""The products that a question names, by name, code or a telling part of it; what is about another is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crm_store.collateral.asking import Term
from crm_store.collateral.cleaning import folded
from crm_store.collateral.passages import Section
from crm_store.collateral.words import code_forms, glossary, is_code, tokens

OF_ONE_THING = frozenset({"product", "case", "battlecard", "manual", "faq"})
"""Kinds whose documents say what holds for one thing; policies, scripts and playbooks may hold for any."""
LONGEST_PIECE = 4
"""Characters up to which a word of a name is looked for inside the other names' words; longer ones are rarely there."""
_CODE = re.compile(r"[a-z]+(?:[-_]?[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """How a passage stands to the products asked about; all but `admitted` are false where none is named."""

    about: bool  # its document is about one of them
    stands: bool  # it, or its document, names one of them
    apart: bool  # its document is about a product that isn't asked about
    admitted: bool  # it may answer: it names one of them, or is a general rule that holds for any product


@dataclass(frozen=True, kw_only=True, slots=True)
class Subjects:
    """Products that a question names. `names` are the words by which it does, `products` their full names (folded)."""

    names: tuple[str, ...] = ()
    products: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()  # folded codes and words that stand for a named product in a text

    @classmethod
    def of(cls, text: str, products: Iterable[str], documented: Iterable[str], given: Sequence[str] = ()) -> Subjects:
        """Find the products that a folded question names, among the company's and those that documents are about."""
        known = frozenset(folded(name) for name in (*products, *documented))
        aliases = _aliases(known)
        named = {name: [alias for alias in aliases[name] if _stands(alias, text)] for name in known}
        named = {name: found for name, found in named.items() if found}
        named = _most_told(_by_code(named))
        chosen = set(named) | {folded(name) for name in given}
        marks = {alias for name in chosen for alias in aliases.get(name, (name,))}
        return cls(
            names=tuple(dict.fromkeys(max(found, key=len) for found in named.values())),
            products=frozenset(chosen),
            marks=frozenset(marks),
        )

    def covers(self, term: Term) -> bool:
        """Whether a term is (part of) the name of a product that is asked about."""
        return any(
            term.text == mark or (len(term.text) > 1 and term.text in mark) for mark in (*self.marks, *self.names)
        )

    def marked(self, text: str) -> bool:
        """Whether a folded text names a product that is asked about."""
        return any(_stands(mark, text) for mark in self.marks)

    def mentioned(self, section: Section, passage: str) -> Mention:
        """How a passage of a section stands to the products that are asked about."""
        product = folded(section.about.product)
        about = product in self.products
        stands = about or (bool(self.marks) and self.marked(folded("\n".join((section.title, *section.path, passage)))))
        general = section.about.kind not in OF_ONE_THING and not product
        return Mention(
            about=about,
            stands=stands,
            apart=bool(self.products and product) and not about,
            admitted=not self.products or stands or general,
        )


@lru_cache(maxsize=16)
def _aliases(names: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """How people call each product: the whole name, its parts, its code, and words that no other product's name has."""
    spans = {name: _spans(name) for name in names}
    counts = Counter(span for found in spans.values() for span in found)
    pieces = Counter(piece for name in names for piece in _pieces(name))

    def is_own(span: str) -> bool:
        return counts[span] == 1 and (len(span) > LONGEST_PIECE or is_code(span) or pieces[span] <= 1)

    return {name: tuple(_called(name, [s for s in spans[name] if is_own(s)])) for name in names}


def _pieces(name: str) -> set[str]:
    """Stretches of a name, however it is cut into words: 储能 is in 储能柜 as well."""
    sizes = range(2, LONGEST_PIECE + 1)
    return {name[place : place + size] for size in sizes for place in range(len(name) - size + 1)}


def _spans(name: str) -> list[str]:
    """Neighbouring words of a name joined, each once."""
    found: dict[str, None] = {}
    for words in (tokens(part) for part in name.split()):
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                found["".join(words[start:end])] = None
    return list(found)


def _called(name: str, own: Iterable[str]) -> Iterable[str]:
    telling = (code_forms(span)[0] if is_code(span) else span for span in own if _telling(span))
    return dict.fromkeys([name, *(part for part in name.split() if len(part) > 1), *telling])


def _telling(alias: str) -> bool:
    """Whether a piece of a name may stand for it: not a short everyday word such as 设备 or 服务."""
    return len(alias) > 2 or (len(alias) == 2 and not glossary().of(alias))


def _stands(alias: str, text: str) -> bool:
    if not _CODE.fullmatch(alias):
        return alias in text
    compact = re.sub(r"(?<=[a-z0-9])[-_ ](?=[a-z0-9])", "", text)
    plain = re.sub(r"[-_ ]", "", alias)
    return re.search(rf"(?<![a-z0-9]){re.escape(plain)}(?![a-z0-9])", compact) is not None


def _by_code(named: dict[str, list[str]]) -> dict[str, list[str]]:
    """Where a product is named by its code or whole name, a common word of another's name doesn't mean the other."""
    exact = {name for name, found in named.items() if name in found or any(is_code(alias) for alias in found)}
    if not exact:
        return named
    return {name: found for name, found in named.items() if name in exact or max(map(len, found)) > 2}


def _most_told(named: dict[str, list[str]]) -> dict[str, list[str]]:
    """Where one product is named by more than another whose words it shares, the other was not meant."""
    lengths = {name: max(len(alias) for alias in found) for name, found in named.items()}
    return {
        name: found
        for name, found in named.items()
        if not any(
            other != name and set(found) <= set(named[other]) and lengths[other] > lengths[name] for other in named
        )
    }
