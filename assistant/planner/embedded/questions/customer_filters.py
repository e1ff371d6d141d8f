"""The filters of a question for customers: level, region, trade, tag, owner, silence."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.reading.fields import level_in
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.numbers import parse_number

_SILENCE = re.compile(
    r"(\d+|[一二两三四五六七八九十半]+)\s*(?:个)?(天|日|周|星期|礼拜|月|季度|年|days?|weeks?|months?)(?:都|来|里|"
    r"以上|多)?(?:没|未|不)(?:有)?(?:联系|沟通|拜访|跟进|见|动静|聊)|not contacted (?:for|in) (\d+) (days?|weeks?|"
    r"months?)"
)
_DAYS = {
    "天": 1,
    "日": 1,
    "周": 7,
    "星期": 7,
    "礼拜": 7,
    "月": 30,
    "季度": 90,
    "年": 365,
    "day": 1,
    "week": 7,
    "month": 30,
}


def customer_filters(draft: Draft) -> dict[str, object]:
    """Arguments of find_customers; values are matched against those that visible customers have."""
    customers = draft.desk.crm.customers.find(limit=5000)
    return {
        "level": level_in(draft.text),
        "region": _named_value(draft.text, [c.region for c in customers]),
        "industry": _named_value(draft.text, [c.industry for c in customers]),
        "tag": _named_value(draft.text, [tag for c in customers for tag in c.tags], whole=True),
        "owner": _owner(draft),
        "inactive_days": silence_in(draft.text),
        "has_open_opportunity": _with_deal(draft.text),
    }


def _named_value(text: str, values: list[str | None], *, whole: bool = False) -> str | None:
    """The value (or its distinctive beginning or end) that the text names; the longest wins."""
    known = sorted({value for value in values if value}, key=len, reverse=True)
    exact = next((value for value in known if value in text), None)
    if exact or whole:
        return exact
    parts = ((part, value) for value in known for part in (value[:2], value[-2:]) if len(value) > 2)
    return next((part for part, _ in parts if part in text and part not in ("公司", "行业", "客户")), None)


def _owner(draft: Draft) -> int | None:
    for mention in draft.mentions_of(NameKind.USER, least=0.75):
        if mention.candidates[0].nameable.kind is NameKind.USER:
            return int(mention.candidates[0].nameable.id)
    return None


def silence_in(text: str) -> int | None:
    """Days without contact that the text asks for; a bare 「很久没联系」 means 30."""
    found = _SILENCE.search(text)
    if found is None:
        return (
            30
            if re.search(r"(?:很久|好久|长期|一直|久)(?:都)?没(?:有)?(?:联系|沟通|跟进|拜访|动)|沉默|冷落", text)
            else None
        )
    count, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
    days = _DAYS[unit.rstrip("s")]
    value = parse_number(count)
    return None if value is None else max(1, int(value * days))


def _with_deal(text: str) -> bool | None:
    if re.search(r"没(?:有)?(?:商机|单子|在谈)|without (?:any )?(?:open )?(?:deal|opportunit)", text):
        return False
    return True if re.search(r"有(?:商机|单子|在谈|在跟)(?:的)?", text) else None
