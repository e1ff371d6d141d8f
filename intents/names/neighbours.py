"""Weighs what stands next to a hit: a legal form belongs to it, another trade or region speaks for another company."""

from dataclasses import dataclass, field

from intents.names.lexicon import Lexicon
from intents.names.model import Kind, Nameable
from intents.names.scoring import Hit

OTHER_TRADE, OTHER_COMPANY, OTHER_REGION = 0.86, 0.65, 0.86
TORN_WORD, TORN_NUMBER = 0.5, 0.6
LEGAL_BEGINS = frozenset("有股集控分子总公普个")
_NUMERALS = frozenset("零一二三四五六七八九十百")


@dataclass(frozen=True, slots=True)
class Around:
    """A text in which words of the lexicon are looked up by place, each once."""

    text: str
    base: Lexicon
    known: dict[tuple[int, int], str] = field(default_factory=dict)

    def legal(self, begin: int) -> str:
        """Return the legal form that begins at a place, or nothing."""
        return self._longest(0, begin, self.base.legal) if self.text[begin : begin + 1] in LEGAL_BEGINS else ""

    def trade(self, begin: int) -> str:
        """Return the word of a trade that begins at a place, or nothing."""
        return self._longest(1, begin, self.base.organisation) if begin < len(self.text) else ""

    def region(self, stop: int) -> str:
        """Return the region that ends at a place, or nothing."""
        found = self.known.get((2, stop))
        if found is None:
            pieces = (self.text[stop - n : stop] for n in (4, 3, 2) if n <= stop)
            found = self.known[2, stop] = next((piece for piece in pieces if piece in self.base.regions), "")
        return found

    def _longest(self, table: int, begin: int, words: frozenset[str]) -> str:
        found = self.known.get((table, begin))
        if found is None:
            pieces = (self.text[begin : begin + n] for n in (6, 5, 4, 3, 2))
            found = self.known[table, begin] = next((piece for piece in pieces if piece in words), "")
        return found


def company(hit: Hit, nameable: Nameable, around: Around) -> None:
    """Extend a company's hit over its legal form, or mark it down for another trade or region beside it."""
    legal, trade, region = around.legal(hit.stop), around.trade(hit.stop), around.region(hit.begin)
    if not (legal or trade or region):
        return
    own = " ".join([nameable.name, *nameable.aliases, nameable.industry or "", nameable.region or ""]).lower()
    if legal:
        hit.stop += len(legal)
    elif trade and trade in own:
        hit.stop += len(trade)
        hit.stop += len(around.legal(hit.stop))
    elif trade:
        after = hit.stop + len(trade)
        more = around.legal(after) or around.trade(after)
        hit.extra = trade + more
        hit.score *= OTHER_COMPANY if more else OTHER_TRADE
    if region and region not in own:
        hit.extra = region + hit.extra
        hit.score *= OTHER_REGION


def torn(hit: Hit, text: str) -> float:
    """Return the factor for a hit that begins or ends within a Latin word or a number."""
    factor = 1.0
    if _latin(text, hit.begin - 1) and _latin(text, hit.begin):
        factor *= TORN_WORD
    if text[hit.stop : hit.stop + 1] > "零" and text[hit.stop - 1] not in _NUMERALS:
        return factor  # by far the commonest: neither a letter nor a numeral follows
    if _latin(text, hit.stop - 1) and _latin(text, hit.stop):
        factor *= TORN_WORD
    ends_in_number = text[hit.stop - 1] in _NUMERALS and any(_latin(text, i) for i in range(hit.begin, hit.stop))
    if ends_in_number and text[hit.stop : hit.stop + 1] in _NUMERALS - {""}:
        factor *= TORN_NUMBER
    return factor


def _latin(text: str, position: int) -> bool:
    return 0 <= position < len(text) and "a" <= text[position] <= "z"


def is_company(nameable: Nameable, by_person: bool) -> bool:
    """Tell whether a nameable is a company."""
    return nameable.kind is Kind.CUSTOMER or (nameable.kind is Kind.LEAD and not by_person)
