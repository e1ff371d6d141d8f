"""What narrows a question: topic, owners, stages, status, size, order, how many."""

from __future__ import annotations

from datetime import date

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.words import STATUSES, TOPICS_DEAL
from assistant.planner.embedded.resolve import Resolution, Verdict
from crm_store.records import LOST, WON
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.numbers import parse_number


def topic_in(text: str, topics: tuple[tuple[str, str], ...], default: str = "all") -> str:
    return next((name for name, words in topics if re.search(words, text, re.I)), default)


def is_unseen(draft: Draft, found: Resolution) -> bool:
    return found.verdict in (Verdict.UNKNOWN, Verdict.ASK)


def iso_day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def owners_in(draft: Draft) -> list[int]:
    ids = [
        int(m.candidates[0].nameable.id)
        for m in draft.mentions_of(NameKind.USER, least=0.75)
        if m.candidates[0].nameable.kind is NameKind.USER
    ]
    colleague = draft.desk.focus("user")
    if not ids and colleague is not None and re.search("[他她](?!们)", draft.text):
        ids = [colleague]
    if not ids and re.search(r"我(?:的|自己|手上|手里|名下|这边)|\bmy\b", draft.text):
        ids = [draft.desk.crm.principal.user_id]
    return list(dict.fromkeys(ids))


def stages_in(draft: Draft) -> list[int]:
    named = [m.candidates[0].nameable for m in draft.mentions_of(NameKind.STAGE, least=0.8)]
    keys = {s.id: s.key for s in draft.desk.stages}
    ids = [int(n.id) for n in named if n.kind is NameKind.STAGE and keys.get(int(n.id)) not in (WON, LOST)]
    return ids or _stage_by_word(draft)


_STAGE_SAID = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:的)?(?:阶段|环节|[这那]一?[步关档栏])")
PART = 2


def _stage_by_word(draft: Draft) -> list[int]:
    """The one open stage whose name has the word before 阶段 (会签阶段 for 合同会签)."""
    said = _STAGE_SAID.search(draft.text)
    word = said[1][-PART:] if said else ""
    fits = [s.id for s in draft.desk.stages if word and word in s.name and s.key not in (WON, LOST)]
    return fits if len(fits) == 1 else []


def status_in(text: str) -> str:
    if re.search(
        r"(?:要|该|能|会|可以|准备|计划|打算|应该)(?:签|成|拿|定)|没签|未签|没成交|还没|没关|没拿下|在谈|在跟|在手|"
        r"未关|没结|有望|预计|能签|可能|open",
        text,
    ):
        return "open"
    return next((name for name, words in STATUSES if re.search(words, text, re.I)), "open")


def amount_bounds(draft: Draft) -> tuple[str | None, str | None]:
    low = high = None
    for amount in draft.amounts:
        after = draft.sentence.text[amount.stop : amount.stop + 3]
        before = draft.sentence.text[max(0, amount.begin - 4) : amount.begin]
        low = str(amount.low) if amount.low is not None and amount.high is None else low
        high = str(amount.high) if amount.high is not None and amount.low is None else high
        if re.search(r"以上|往上|起", after) or re.search(r"过|大于|高于|不低于|over|above", before):
            low = str(amount.value)
        elif re.search(r"以下|以内|不到", after) or re.search(r"低于|小于|不超过|under|below", before):
            high = str(amount.value)
    return low, high


def order_in(text: str) -> str | None:
    if re.search(
        r"最大|金额.{0,4}(?:排|最高)|最高|大的|大单|大到小|高到低|多到少|降序|top|biggest|largest", text, re.I
    ):
        return "amount"
    return "close_date" if re.search(r"最快|最近要|最近的|最早|最先|先后|soonest", text) else None


_COUNTED = re.compile(r"(?:前|最大的?|top)\s*([一二两三四五六七八九十\d]+)\s*(?:个|大|名|家|单)?", re.I)
_MOST = r"最(?:大|高|贵|早|快|近|先)"
_SINGLE = re.compile(
    rf"{_MOST}的?(?:在?[跟谈手]的?)?(?:那|一|这)?(?:个|张|笔|单)?(?:单子?|商机|项目|生意|deal)?(?:是|叫|在|要)?(?:哪|什么|谁|啥|多少)|"
    rf"最近(?:要|能|会|该)?签的?(?:是)?哪|{_MOST}的?(?:那|一)(?:个|张|笔|单)?$|哪一?(?:个|张|笔|单|家)?(?:单子?|商机|项目)?(?:的)?(?:金额|"
    rf"预计)?.{{0,4}}{_MOST}|{_MOST}的?(?:那|一)(?:个|张|笔|单)|"
    r"(?:biggest|largest|soonest|first to close)(?!.*deals\b)",
    re.I,
)


def limit_in(draft: Draft) -> int | None:
    found = _COUNTED.search(draft.text)
    value = parse_number(found[1]) if found else None
    if value is None and _SINGLE.search(draft.text):
        return 1
    return int(value) if value else None


def deal_topic(text: str) -> str:
    """The one fact of a deal that is asked for; 'all' where it is several (金额和签约日)."""
    asked = [name for name, words in TOPICS_DEAL if name != "customer" and re.search(words, text, re.I)]
    return asked[0] if len(asked) == 1 else topic_in(text, TOPICS_DEAL) if not asked else "all"
