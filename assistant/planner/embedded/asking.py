"""Questions that look like commands (那件事办完了吗): they are answered and write nothing."""

from __future__ import annotations

from intents import patterns as re
from intents.commands import REMARK, Command

_WHETHER = re.compile(
    r"(?:了|好|完|过|掉|到|上|成|妥|定|齐|走|出去|回来|进去|下来)(?:了)?(?:吗|么|嘛|没有?|没得|不曾|没呢)$|(?:是不是|是否|有没有|到底|究竟).{2,}|"
    r"(?:搞|办|做|弄|写|寄|送|发|交|签|约|谈|定)没(?:搞|办|做|弄|写|寄|送|发|交|签|约|谈|定)"
)
_SURELY = re.compile(r"(?:[完好过掉妥齐走]|已经?.{1,8})了?吧$|了吧$|(?:完|好|过|掉|妥|走)了$")
"""「办完了吧?」 and 「办完了?」 ask with their mark."""
_IF_DONE = re.compile(r"(?:[完好掉妥]|过了|了)(?:了)?的话|(?:如果|要是|假如|倘若|若).{0,12}(?:[完好掉妥]了?|过了|了)")
"""「送完的话勾掉」: whether it was done is what nobody has said yet."""
_ASKED_FOR = re.compile(
    r"提醒|叫我|喊我|记得|记一?下|问问|问一?下|催|(?:帮我|给我|替我|请|麻烦你?)(?!看|查|问|瞧|瞅|确认|核|说|讲|翻|找)|能不能|能否|可不可以|可以|"
    r"(?:好|行|中|成)[吗么不]$"
)
"""What asks for a deed, whatever the sentence ends in."""
_ANSWERS = {
    "complete_task": "list_tasks",
    "cancel_task": "list_tasks",
    "update_task": "list_tasks",
    "reopen_task": "list_tasks",
    "update_opportunity": "opportunity_detail",
    "win_opportunity": "opportunity_detail",
    "lose_opportunity": "opportunity_detail",
    "update_customer": "customer_360",
    "update_contact": "list_contacts",
    "update_lead": "list_leads",
    "convert_lead": "list_leads",
    "record_order": "purchase_history",
    "delete_record": REMARK,
}
"""The question that a write's words put when they ask whether it was done."""


def asks_of_task(words: str) -> bool:
    """Whether it is asked if something was done: 「看下数据发了没」."""
    return _WHETHER.search(re.sub(r"[，,。.！!～~？?\s]+$", "", words)) is not None


def asked_instead(words: str, command: Command) -> str | None:
    """The question that a command puts which sounds like a write; None where it is no question."""
    said = re.sub(r"(?:[，,。.！!～~？?\s]|呢|啊|呀|哈|来着|的)+$", "", words)
    if command.intent not in _ANSWERS or _ASKED_FOR.search(said):
        return None
    if command.intent == "complete_task" and _IF_DONE.search(said):
        return _ANSWERS[command.intent]
    marked = command.question or words.rstrip().endswith(("?", "？"))
    asks = _WHETHER.search(said) or (_SURELY.search(said) and marked and "把" not in said)
    return _ANSWERS[command.intent] if asks else None
