"""Words that stand where an owner is named and that no record explains (石桥那单, 给槐序加个标签).

A write must not go to the record spoken of last where the words name somebody else. In doubt the words name somebody:
asking costs a sentence, a wrong write more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.pointing import facts_of
from intents import patterns as re
from intents.evidence import CHANGES
from intents.names import Kind
from intents.names.ordinary import FUNCTION, dictionary
from intents.phonetics import folded_syllables
from intents.sentence import Stretch

_LEADING = re.compile(
    r"^(?:请|麻烦你?|帮忙|帮我|给我|替我|你|您|那个|那么|那就?|这个?|再|先|然后|接着|另外|顺便|顺带|还有|对了|哦|嗯|行|好的?|就|我们?的?|咱们?的?|"
    r"把|将|给|帮|替|跟|和|向|对|为|让|关于|是)+"
)
_NAME = r"([\u4e00-\u9fff]{2,5}?)"
_HOUSE = r"(?:他们|她们)?(?:公司|家|那边|那儿|那里|这边|那头)"
_THAT = r"(?:[那这]一?(?:家|单|笔|个|条|张|件|项)(?!人|时候|月|星期|礼拜|小时|钟|价)|[那这](?:家|单))"
_POINTED = re.compile(rf"{_NAME}(?:{_HOUSE})?的?{_THAT}|{_NAME}{_HOUSE}的?(?=\S)")
_OF_CUSTOMER = (
    r"(?:级别|等级|评级|标签|别名|简称|行业|地区|区域|总机|官网|网址|负责人|[加打贴挂](?:上|个|一个)[^，]*标签)"
)
_OF_ANY = (
    rf"(?:{_OF_CUSTOMER}|阶段|金额|合同额|签约|成交|预计|商机|单子|赢单|丢单|输单|[赢丢输黄签]了|拿下了?|联系人|电话|地址|邮箱|待办|任务|"
    r"[推升降调改挪延](?:进|后|迟)?(?:到|成|为|至))"
)
_BARE = re.compile(rf"{_NAME}的?(?={_OF_ANY})")
_BEFORE_FIELD_OF_CUSTOMER = re.compile(rf"的?{_OF_CUSTOMER}")
_TELLS = re.compile(
    r"[他她它我你您咱了着过]|[说聊谈提讲问见做报写跟推改调升降挪延签赢丢输黄催寄送发打]|客户|商机|单子|项目|合同|金额|阶段|级别|等级|标签|"
    r"待办|任务|提醒|名下|手[里上]|最|第|另|上面|前面|后面|下面|剩下|所有|全部|几"
)
"""Words that tell which record is meant, or what becomes of it, and name nobody."""
COMMON, RARE = 1000, 300
"""The dictionary frequency from which a word names nobody, and below which a lone character belongs to a name."""


def stranger(draft: Draft) -> str:
    """The name of somebody unknown whose record a change would be of; '' where the words name nobody so."""
    if draft.intent not in CHANGES or draft.hints:
        return ""
    known = None
    for begin, name, sure, of_customer in _owners(draft):
        if _TELLS.search(name) or not _reads_as_name(draft, begin, name, sure=sure, of_customer=of_customer):
            continue
        known = _known_words(draft.desk) if known is None else known
        if not any(name[i : i + 2] in known for i in range(len(name) - 1)):
            return name
    return ""


def _owners(draft: Draft) -> Iterator[tuple[int, str, bool, bool]]:
    """What stands where an owner does: where it begins, the words, whether they are pointed at, or a customer's."""
    text = _less_what_is_known(draft)
    for piece in re.finditer(r"[^，。；！？,;!?\s]+", text):
        leading = _LEADING.match(piece[0])
        begin = piece.start() + (leading.end() if leading else 0)
        pointed = _POINTED.match(text, begin, piece.end())
        if pointed:
            yield draft.begin + begin, pointed[1] or pointed[2], True, False
        elif bare := _BARE.match(text, begin, piece.end()):
            field = _BEFORE_FIELD_OF_CUSTOMER.match(text, bare.end(1))
            yield draft.begin + begin, bare[1], False, field is not None


def _less_what_is_known(draft: Draft) -> str:
    """The command's words with stops for the names that are sure, and for times and figures."""
    own = draft.sentence
    sure = [m for m in own.mentions if m.candidates and m.candidates[0].score >= SURE_NAME]
    spans: tuple[Stretch, ...] = (*sure, *own.times, *own.amounts, *own.phones, *own.emails, *own.quantities)
    text = list(own.text)
    for span in spans:
        text[span.begin : span.stop] = "，" * (span.stop - span.begin)
    return "".join(text[draft.begin : draft.stop])


SURE_NAME = 0.75


def _reads_as_name(draft: Draft, begin: int, name: str, *, sure: bool, of_customer: bool) -> bool:
    """Whether words are heard as a customer's name, are no words at all, or, where one must stand, rare words."""
    if any(_is_heard(m.begin, m.stop, begin, len(name)) for m in draft.mentions_of(Kind.CUSTOMER, least=LEAST_HEARD)):
        return True
    words = dictionary().cut(name)
    if all(len(word) == 1 for word in words):
        if any(word in FUNCTION for word in words):
            return False
        return sure or of_customer or any(dictionary().frequency(word) < RARE for word in words)
    return (sure or of_customer) and len(words) == 1 and dictionary().frequency(name) < COMMON


LEAST_HEARD = 0.4


def _is_heard(first: int, stop: int, begin: int, size: int) -> bool:
    return first <= begin < stop and stop <= begin + size


def _known_words(desk: Desk) -> str:
    """What the record spoken of and its customer are called, and the words of the trade: stages, products."""
    crm = desk.crm
    words = [stage.name for stage in desk.stages] + [product.name for product in crm.products.find(limit=500)]
    customer_id = desk.focus("customer")
    customer = None if customer_id is None else crm.customers.get(customer_id)
    if customer is not None:
        words += [facts_of(desk, customer), *(task.title for task in crm.tasks.of_customer(customer.id))]
    for kind in ("contact", "lead", "task"):
        record = crm.repository(kind).get(found) if (found := desk.focus(kind)) is not None else None
        words += [] if record is None else [facts_of(desk, record)]
    return " ".join(words)


def explains(texts: Sequence[str], name: str) -> bool:
    """Whether texts about a record share two neighbouring characters with the name, or the first most of its sounds."""
    sounds = folded_syllables(name)
    pairs = {name[i : i + 2] for i in range(len(name) - 1)}
    for text in texts:
        if any(pair in text for pair in pairs):
            return True
    return any(3 * sum(s in heard for s in sounds) >= 2 * len(sounds) for heard in map(_heard, texts[:8]))


@lru_cache(maxsize=4096)
def _heard(text: str) -> frozenset[str]:
    return frozenset(folded_syllables(text[:40]))


__all__ = ["explains", "stranger"]
