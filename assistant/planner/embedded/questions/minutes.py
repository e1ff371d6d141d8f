"""Questions that minutes answer: the last ones, those with certain words, what was said (他怕啥来着)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.filters import is_unseen
from assistant.planner.embedded.reading.periods import period_in
from assistant.planner.embedded.resolve import resolve_customer
from assistant.planner.embedded.targets import resolve_user
from crm_store.collateral.cleaning import folded
from crm_store.collateral.counsel import counsel_in
from crm_store.records import Note
from intents import patterns as re
from intents.names import Kind
from intents.names import Kind as NameKind
from intents.times import Look

_SAYS = re.compile(
    r"(?:怕|担心|担忧|顾虑|嫌|介意|在意|看重|要求|抱怨|卡|意思).{0,8}(?:什么|啥|哪|咩|来着)|(?:什么|啥|哪些?)(?:顾虑|担心|要求|意见|态度)|怎么(?:讲|说|看|想|回|答)|"
    r"咋(?:讲|说|看|想|回)|讲(?:了|过|的)?(?:什么|啥)|说(?:了|过|的)?(?:什么|啥|几|多)|"
    r"提(?:了|过|到)?(?:什么|啥|哪)|(?:那一?次|那一?回|那天)(?:又|是|在|的)*(?:几号|哪一?天|什么时候|啥时候|何时|几月)|什么(?:意思|态度|口风)|松口(?:没|了吗)|答应(?:没|了没|了吗)|"
    r"(?:what|why).*(?:worr|concern|complain|sa(?:id|y)|afraid|object)",
    re.I,
)
_THEIR_WISH = re.compile(
    r"(?:那|所以)?(?:[他她]们?|人家|客户|对方)(?:那边)?(?:当时|上次|上回|最后)?(?:想?要|提|嫌|问|点名|挑|担心|在意|说)(?:了|过|到|出)?的"
)
"""What the people spoken of asked for (她们要的证书): it stands in their minutes, if anywhere."""
_OURS = re.compile(
    r"我(?:自己)?(?:能|可以|该|怎么)|(?:得|要|找|由)谁|谁(?:能|来)?(?:批|点头|拍板|定)|审批|权限|几点|待办|任务|提醒|话术|案例|例子|先例|起订|有没有.{0,10}(?:款|型号)|"
    r"资料|说明书|政策|手册|对手|竞品|应该怎么|应当|怎么(?:应对|回应|办|跟客户)|如何(?:回|应|跟)|我们(?:应|该|怎)|case\b|battle|policy|"
    r"目录价|挂牌|保修|质保政策|先查|排查",
    re.I,
)
_STOP = re.compile(
    r"什么|时候|怎么|哪里|哪儿|哪些|哪个|哪天|几天|几号|多少|好多|来着|一下|我们|他们|你们|上次|上回|最近|一次|那边|这边|历次|沟通|纪要|记录|方面|到底|还是|"
    r"提过|说过|讲过|提到|的|了|吗|呢|啊|吧|嘛|和|跟|对|在|是|有|没|不|就|都|也|给|把|被|让|请|谁|啥|哪|几|讲|说|聊|谈|提"
)
NEWEST = 20
LEAST, SHARE, LONGEST = 3, 0.5, 30
"""So many pairs of characters, and such a share of the question's own words, must stand in a minute; a longer question
tells a story of its own."""


def told_before(draft: Draft) -> dict[str, object] | None:
    """Arguments of list_notes where the question is about what a customer's people said; None where it is not.

    It is, where one of them is asked after with a word of saying or fearing, or where a minute of the customer spoken
    of has the question's own words, and nothing in it asks for our papers.
    """
    if _OURS.search(draft.text) or counsel_in(folded(draft.text)) is not None:
        return None
    person = bool(draft.mentions_of(Kind.CONTACT, least=0.7)) or bool(re.match(r"[他她](?!们)|那[位人]", draft.text))
    named = resolve_customer(draft, focus=False)
    customer = named.id if named.found else draft.desk.focus("customer")
    if customer is None:
        return None
    notes = draft.desk.crm.notes.of_customer(customer, limit=NEWEST)
    words = words_told(draft, notes)
    theirs = bool(words) and _THEIR_WISH.match(draft.text) is not None
    asks_after = theirs or (
        _SAYS.search(draft.text) is not None and (person or bool(named.found) or "来着" in draft.text)
    )
    close = "，" not in draft.text and _mostly(draft, words) and not draft.mentions_of(Kind.PRODUCT, least=0.9)
    if not notes or len(draft.text) > LONGEST or not (asks_after or close or ("来着" in draft.text and words)):
        return None
    return {"customer": customer, "words": list(words) or None, "latest": None if words else True}


def _mostly(draft: Draft, words: Sequence[str]) -> bool:
    """Whether what the question asks for is, for the most part, in the minutes."""
    own = sum(len(piece) for piece in _pieces(draft) if len(piece) > 1)
    return sum(len(w) - 1 for w in words) >= LEAST and sum(map(len, words)) >= SHARE * own


def _pieces(draft: Draft) -> list[str]:
    text = draft.text
    named = draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.7)
    for known in [*(m.text for m in named), *(t.text for t in draft.times)]:
        text = text.replace(known, "，")
    return re.split(r"[\W_]+", _STOP.sub("，", text))


def words_told(draft: Draft, notes: Sequence[Note]) -> tuple[str, ...]:
    """The longest stretches of the question, names and function words aside, that the minutes have too."""
    told = "\n".join(f"{note.summary} {' '.join(map(str, (note.details or {}).values()))}" for note in notes).lower()
    found = [word for piece in _pieces(draft) for word in _common(piece.lower(), told)]
    return tuple(dict.fromkeys(found))[:6]


def _common(piece: str, told: str) -> list[str]:
    """Maximal stretches of `piece`, of two characters or more (a whole word, where Latin), that `told` has."""
    if piece.isascii():
        return [piece] if len(piece) > 1 and piece in told else []
    found: list[str] = []
    at = 0
    while at < len(piece) - 1:
        stop = next((s for s in range(len(piece), at + 1, -1) if piece[at:s] in told), at)
        if stop > at:
            found.append(piece[at:stop])
        at = max(stop, at + 1)
    return found


_QUERY_WORDS = re.compile(
    r"上次|最近|最后|一次|沟通|纪要|记录|聊|谈|说|提|过|什么|啥|哪些|哪次|哪家|哪|谁|有没有|是否|查|搜|找|看|一下|列|"
    r"出来|帮我|给我|我|的|了|吗|呢|啊|客户|关于|所有|里|里面|在|都|那|些|次|跟|和|怎么|内容|情况|讲|回顾|翻|"
    r"\b(?:what|did|we|talk|about|last|notes?|meeting|search|find|who|mentioned|the|with|show|me|for|any|in)\b",
    re.I,
)


_LATEST = re.compile(
    r"上(?:一)?次|最近一次|最后一次|last time|\blast (?:meet|met|see|saw|visit|talk|speak|spoke)"
)


def list_notes(draft: Draft) -> list[Step]:
    """The last minutes, or those that mention something."""
    customer = resolve_customer(draft)
    if is_unseen(draft, customer) and not re.search("谁|哪|who|which", draft.text):
        return ask_which(draft, "customer", customer)
    period = period_in(draft, Look.BACK)
    named = bool(draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7))
    searching = bool(re.search(r"谁|哪(?:次|家|些)|搜|查|找|提到|提过|说过|who|which|mention|search", draft.text, re.I))
    asked_of = bool(re.search("提到|提过|说过|谈到|搜|查|mention|search", draft.text, re.I))
    words = _search_words(draft) if (searching and (asked_of or not named)) or not customer.found else ()
    if words:
        known = draft.desk.crm.notes
        whose = customer.id if named else None
        notes = known.find(limit=2000) if whose is None else known.of_customer(whose, limit=200)
        words = words_told(draft, notes) or (() if named else words)
    args: dict[str, object] = {
        "customer": customer.id if named or not words else None,
        "author": resolve_user(draft),
        "begin": None if period.begin is None else period.begin.isoformat(),
        "end": None if period.end is None else period.end.isoformat(),
        "words": list(words) or None,
        "latest": True if _LATEST.search(draft.text) else None,
    }
    return [do(draft, "list_notes", args)]


def _search_words(draft: Draft) -> tuple[str, ...]:
    text = draft.text
    people = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7)
    for words in [*(m.text for m in people), *(t.text for t in draft.times)]:
        text = text.replace(words, "，")
    pieces = re.split(r"[\W_]+", _QUERY_WORDS.sub("，", text))
    return tuple(dict.fromkeys(piece for piece in pieces if len(piece) >= 2))[:6]
