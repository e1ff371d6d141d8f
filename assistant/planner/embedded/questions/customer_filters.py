"""The filters of a question for customers: level, region, trade, tag, owner, silence."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.ordering import ordering_in
from assistant.planner.embedded.questions.words import SPAN, span_days
from assistant.planner.embedded.reading.fields import level_in
from assistant.planner.embedded.reading.periods import period_in
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.times import Look

_MET = (
    "联系|沟通|拜访|跟进|动静|聊|走动|来往|往来|接触|互动|打交道|过问|搭理|打过?电话|通过?电话|登门|上门|走访|回访|"
    "(?:碰|见)(?:过|着)?(?:一?次)?(?:面|头)|见(?!效|到货)|会面|露面"
)
_SILENCE = re.compile(
    r"(\d+|[一二两三四五六七八九十半]+)\s*(?:个)?(天|日|周|星期|礼拜|月|季度|年|days?|weeks?|months?)(?:时间)?(?:都|来|里|"
    rf"以上|多|没有?去|了|还|就){{0,3}}(?:没|未|不)(?:有|再|怎么|去|跟|和|同|与|(?:他|她|它)们?|人家|客户)*(?:{_MET})|"
    r"not contacted (?:for|in) (\d+) (days?|weeks?|months?)"
)
_SILENT_FOR = re.compile(
    rf"(?:没|未)(?:有|再|怎么|去)*(?:{_MET})过?的?(?:时间)?(?:已经?)?(?:超过?|满|多于|达|有|快)了?{SPAN.pattern}"
)
_SILENT_SINCE = re.compile(rf"(?:没|未)(?:有|再|怎么|去)*(?:{_MET})")


def customer_filters(draft: Draft) -> dict[str, object]:
    """Arguments of find_customers; values are matched against those that visible customers have."""
    customers = draft.desk.crm.customers.find(limit=5000)
    return {
        "level": level_in(draft.text),
        "region": _named_value(draft.text, [c.region for c in customers]),
        "industry": _named_value(draft.text, [c.industry for c in customers]),
        "tag": _named_value(draft.text, [tag for c in customers for tag in c.tags], whole=True),
        "owner": _owner(draft),
        "inactive_days": silence_in(draft.text) or _silent_since(draft),
        "has_open_opportunity": _with_deal(draft.text),
        **ordering_in(draft),
    }


def _named_value(text: str, values: list[str | None], *, whole: bool = False) -> str | None:
    """The value (or its distinctive beginning or end) that the text names; the longest wins."""
    known = sorted({value for value in values if value}, key=len, reverse=True)
    exact = next((value for value in known if value in text), None)
    if exact or whole:
        return exact
    parts = ((part, value) for value in known for part in (value[:2], value[-2:]) if len(value) > 2)
    return next((part for part, _ in parts if part in text and part not in ("公司", "行业", "客户")), None)


_COLLEAGUES = re.compile("[他她](?!们)(?:的|名下|手|负责|那边|管|有|跟|带)")


def _owner(draft: Draft) -> int | None:
    for mention in draft.mentions_of(NameKind.USER, least=0.75):
        if mention.candidates[0].nameable.kind is NameKind.USER:
            return int(mention.candidates[0].nameable.id)
    return draft.desk.focus("user") if _COLLEAGUES.search(draft.text) else None


def silence_in(text: str) -> int | None:
    """Days without contact that the text asks for; a bare 「很久没联系」 means 30."""
    found = _SILENCE.search(text) or _SILENT_FOR.search(text)
    if found is None:
        quiet = rf"(?:很久|好久|老久|许久|长期|一直|久)(?:都|了)?没(?:有|再|怎么|去)*(?:{_MET}|动)|沉默|冷落"
        return 30 if re.search(quiet, text) else None
    said = [part for part in found.groups() if part]
    return span_days(said[0], said[1])


def _silent_since(draft: Draft) -> int | None:
    """Days since the time said, where nobody was spoken to from then on: 「四月以来没拜访过的」."""
    if not _SILENT_SINCE.search(draft.text):
        return None
    begun = period_in(draft, Look.BACK).begin
    days = 0 if begun is None else (draft.now - begun).days
    return days if days > 0 else None


def _with_deal(text: str) -> bool | None:
    if re.search(r"没(?:有)?(?:商机|单子|在谈)|without (?:any )?(?:open )?(?:deal|opportunit)", text):
        return False
    return True if re.search(r"有(?:商机|单子|在谈|在跟)(?:的)?", text) else None
