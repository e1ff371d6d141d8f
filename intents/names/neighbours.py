"""Weighs what stands next to a hit: a legal form belongs to it, another trade or region speaks for another company."""

from dataclasses import dataclass, field

from intents.names.lexicon import Lexicon
from intents.names.model import By, Kind, Nameable
from intents.names.ordinary import FUNCTION
from intents.names.scoring import Hit
from intents.names.sounds import SYLLABLE_UNIT
from intents.names.titles import titles_in
from intents.names.units import NUMERALS, Units

OTHER_TRADE, OTHER_COMPANY, OTHER_REGION = 0.86, 0.65, 0.86
EVERYDAY, TORN_TRADE = 0.96, 0.7
HEARD_OTHER_TRADE, LONGER_BRAND = 0.78, 0.85  # where the name is by sound, which is weaker against what contradicts it
TORN_WORD, TORN_NUMBER = 0.5, 0.6
LONG_NAME = 4
INNER = frozenset(
    ["信息", "数据", "技术", "网络", "物流", "培训", "仓储", "财务", "检验", "运营", "安全", "管理", "服务", "采购"]
)
"""What a company's own 中心 is for: 某某信息中心 is a department of it, where the name is written as it is."""
LEGAL_BEGINS = frozenset("有股集控分子总公普个")


@dataclass(frozen=True, slots=True)
class Around:
    """A text in which words of the lexicon are looked up by place, each once."""

    text: str
    base: Lexicon
    known: dict[tuple[int, int], str] = field(default_factory=dict)
    titles: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "titles", dict(titles_in(self.text, self.base)))

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
    """Extend a company's hit over its region and legal form; mark it down for another's region or trade beside it."""
    legal, trade, region = around.legal(hit.stop), around.trade(hit.stop), around.region(hit.begin)
    weak = hit.weakest < 1 or hit.by is By.ABBREVIATION
    if not (legal or trade or region or weak):
        return
    own = " ".join([nameable.name, *nameable.aliases, nameable.industry or "", nameable.region or ""]).lower()
    if legal:
        hit.stop += len(legal)
    elif trade and trade in own:
        hit.stop += len(trade)
        hit.stop += len(around.legal(hit.stop))
    elif trade:
        _other_trade(hit, trade, around)
    elif weak:
        _longer_brand(hit, own, around)
    if region and region in own:
        hit.begin -= len(region)
    elif region:
        hit.extra = region + hit.extra
        hit.score *= OTHER_REGION


def _other_trade(hit: Hit, trade: str, around: Around) -> None:
    """Mark down a hit that another trade's word follows: less where people say it of any company (翎川设备到货)."""
    after = hit.stop + len(trade)
    more = around.legal(after) or around.trade(after)
    if more == "中心" and trade in INNER and hit.weakest == 1:
        return
    hit.extra = trade + more
    if more:
        hit.score *= OTHER_COMPANY
    elif hit.weakest == 1:
        hit.score *= EVERYDAY if trade in around.base.everyday else OTHER_TRADE
    else:
        hit.score *= HEARD_OTHER_TRADE


def _longer_brand(hit: Hit, own: str, around: Around) -> None:
    """Mark down a weak hit that ends in another trade's word, or one unit before it."""
    torn, following = around.trade(hit.stop - 1), around.trade(hit.stop + 1)
    if len(torn) > 1 and torn not in own:
        hit.extra = torn[1:]
        hit.score *= TORN_TRADE
    elif following and around.text[hit.stop] not in FUNCTION and not _is_complete(hit):
        hit.extra = around.text[hit.stop]
        hit.score *= LONGER_BRAND


def _is_complete(hit: Hit) -> bool:
    """Tell whether a whole name is too long for a brand that another word goes on (某某大剧院开视频会)."""
    return hit.whole and hit.stop - hit.begin >= LONG_NAME


def torn(hit: Hit, units: Units) -> float:
    """Return the factor for a hit that begins or ends within a Latin word or a number."""
    text, factor = units.text, 1.0
    if _latin(text, hit.begin) and _latin(text, hit.begin - 1) and units.glued(hit.begin):
        factor *= TORN_WORD
    last, after = text[hit.stop - 1], text[hit.stop : hit.stop + 1]
    if not (after and units.glued(hit.stop)):
        return factor
    if _latin(text, hit.stop - 1) and _latin(text, hit.stop):
        factor *= TORN_WORD
    elif last in NUMERALS and after in NUMERALS and any(_latin(text, i) for i in range(hit.begin, hit.stop)):
        factor *= TORN_NUMBER
    return factor


def _latin(text: str, position: int) -> bool:
    return 0 <= position < len(text) and "a" <= text[position] <= "z"


def by_typing(hit: Hit, text: str) -> By:
    """Return the evidence of a hit, pinyin where that was typed."""
    sounded = hit.by in {By.SOUND, By.NEAR_SOUND}
    typed = sounded and any(SYLLABLE_UNIT <= ord(unit) < 0xF000 for unit in text[hit.begin : hit.stop])
    return By.PINYIN if typed else hit.by


def is_company(nameable: Nameable, by_person: bool) -> bool:
    """Tell whether a nameable is a company."""
    return nameable.kind is Kind.CUSTOMER or (nameable.kind is Kind.LEAD and not by_person)
