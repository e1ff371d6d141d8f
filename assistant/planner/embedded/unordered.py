"""What reads like a change and is no order: forbidden in so many words, only supposed, or told for a minute."""

from __future__ import annotations

from intents import patterns as re
from intents.commands import Command
from intents.evidence import CHANGES, TASK_CHANGES, Evidence

_NOT = (
    r"(?<![特级类区分告个性差])(?:别|莫|甭|勿|休(?=[要想得])|不要|不准|不许|不得|不忙|不急着?|先不|暂不|(?<=先)[末墨磨没憋瘪蹩瘸]|(?<=可)[憋瘪]|"
    r"(?<=千万)[末墨憋瘪]|(?<=暂时)不)"
)
"""Not to, in several dialects, and as a recogniser writes it behind 先 and 千万."""
_SOFT = (
    r"(?:要|想|得|忙着?|慌着?|急着?|再|先|给我?|帮我|就|去|来|"
    r"把|将|往|直接|随便|点成?|改成?|设成?|标成?|弄成?|它|[他她]|[这那]+[个条件项单]|\s)*"
)
_VERBS = {
    "complete_task": r"勾|打勾|划|销|标|关|完成|办结|结(?!果|构)|算(?:是)?(?:完|做)|当(?:成|作)?完",
    "cancel_task": r"删|取消|撤|销|划|作废|废|关|拿掉|去掉",
    "reopen_task": r"开|恢复|重|打开|动",
    "update_task": r"动|推|挪|改|延|调|拖|提前|提早|转|派|给|碰|换|移|降|升",
    "update_opportunity": r"动|推|挪|改|延|调|拖|提前|转|碰|换|移|降|升|涨|减|加|砍|进|报",
    "win_opportunity": r"赢|标|算|成交|关|动|推|改|签",
    "lose_opportunity": r"丢|输|标|算|关|动|推|改|删|失",
    "delete_record": r"删|清|抹|去掉|动",
    "update_customer": r"动|改|升|降|调|换|加|打|标|碰|贴|挂",
    "update_contact": r"动|改|换|碰",
    "update_lead": r"动|改|转|派|标|作废|碰|领|分",
    "convert_lead": r"转|动|变",
    "create_task": r"建|设|排|加|提醒|立|安排|挂|列|弄",
    "create_opportunity": r"建|立|开|加",
    "create_customer": r"建|立|开|加|录",
    "create_contact": r"建|加|存|录",
    "create_lead": r"建|加|存|录",
    "record_order": r"录|记|加|建",
    "merge_customers": r"合|并",
}
_FORBIDS = {intent: re.compile(rf"{_NOT}{_SOFT}(?:{verbs})") for intent, verbs in _VERBS.items()}
_INSTEAD = re.compile(
    r"[，,；;。\s](?:而是|就|还是|只|直接|请|帮我)?(?:把|将)?[^，,；;。]{0,12}(?:(?:改|换|推|挪|延|调|放|移|提前?)(?:到|成|为|至|在)|提醒我|叫我|记(?:一下|个|条)|"
    r"(?:设|建|加|安排|排)[一个条])"
)
"""Another order behind the one that is forbidden."""


def forbids(evidence: Evidence, intent: str) -> bool:
    """Whether the words say not to do this very thing, and order nothing else behind it."""
    pattern = _FORBIDS.get(intent)
    words = evidence.without_left_alone
    found = pattern.search(words) if pattern is not None else None
    return found is not None and _INSTEAD.search(words, found.end()) is None


_SUPPOSES = re.compile(
    r"(?:要是|如果|假如|假设|倘若|若是|万一|比如说?|譬如|打比方|\bif\b|\bsuppos)(?!可以|方便|行的?话|没(?:问题|记错|错|别的|意见)|有空|能行|ok)",
    re.I,
)
_TO_ME = re.compile(
    r"帮我|给我|替我|麻烦|请|提醒|叫我|喊我|记(?:一下|个|条|笔)|待办|任务|就(?:帮我|给我)?(?:把|改|推|挪|标|设|记|调|延|加|建)",
    re.I,
)


def only_supposed(evidence: Evidence, intent: str) -> bool:
    """Whether a change is only imagined, to ask what would come of it: 「要是降到85万,占几折」."""
    found = _SUPPOSES.search(evidence.words) if intent in CHANGES else None
    return found is not None and _TO_ME.search(evidence.words) is None


_KEPT = re.compile(
    r"(?:存|记|写|整理|录|做|归|补)(?:录|记)?(?:一下|下来|好)?(?:成|为|进|到|个|份|一?[条篇份段笔])?.{0,8}(?:纪要|记录|走访|拜访|小结|档|备忘|笔记)|"
    r"口述|汇报一下|"
    r"补(?:记|录|写|登)?一?[个条笔次段](?:电话|微信|线上|上门)?(?:沟通|来访|面谈|通话)|"
    r"(?:记|录|写)(?:一下|下来|下)|\b(?:minutes|meeting note)",
    re.I,
)
_REPORTS = re.compile(
    r"(?:发来?|念|读|收到|转来?|转发|捎来?|回)了?(?:一?[条个段句封])?[^，。；\s]{0,6}(?:消息|短信|微信|邮件|段子|语音|留言|原话)|(?:发来|传来|转来|捎来|写来|回)的?话(?:是|说)?(?=[:：，“\"「])|"
    r"(?:微信|短信|邮件|群里头?|留言)[^，。；\s]{0,10}(?:说|写|发|称|讲)|"
    r"\b(?:sent|forwarded|read out) (?:me )?(?:a|an) (?:message|text|email)",
    re.I,
)
_A_MINUTE = re.compile(
    r"(?:记|写|存|整理|录|做|归|补|贴)[^，。；]{0,8}?(?:纪要|记录|沟通|走访|拜访|小结|档|备忘|笔记)|纪要|记录一?[条段个下]|记一?[下条笔]",
    re.I,
)


def tells_of_a_message(text: str, command: Command) -> bool:
    """Whether a command stands in what somebody else wrote or said, told for a minute: it is kept, never obeyed."""
    reported, minute = _REPORTS.search(text), _A_MINUTE.search(text)
    if reported is None or minute is None or command.stop <= reported.end():
        return False
    return command.begin >= reported.start() or minute.start() < reported.start()


_MINUTE_OPENS = re.compile(r"(?:记|写|存|录|补)(?:上|下)?一?[笔条下段个](?:纪要|记录|沟通|拜访)?[:：，,]")
_QUOTE = re.compile("[“\"「『]")


def quoted_in_a_minute(text: str, command: Command) -> bool:
    """Whether a command lies in what a minute quotes (记一笔:某某说“把…”): nothing of it is asked for."""
    opened = _MINUTE_OPENS.search(text)
    return opened is not None and command.stop > opened.end() and _QUOTE.search(text, opened.end()) is not None


_SAID_TO_ME = re.compile(
    r"提醒|叫我|喊我|帮我|给我(?!们)|替我|麻烦你|待办|任务|日程|另外(?:再)?(?:把|建|设|加|排|给)|[这那]条(?!件|路|线(?!索))|"
    r"(?:商机|单子?|金额|阶段|级别|等级|签约日?期?|成交日?期?|预计日?期?)[^，。；\s]{0,8}(?:改|推|调|标|升|降|挪|延)[^，。；\s]{0,3}(?:到|成|为|至)|"
    r"(?:把|将)[^，。；\s]{2,16}(?:改|推|调|标|升|降|挪|延|设|完成)|(?:改|标|设|更新|升|降|调)(?:成|为|到)|\b(?:remind|task|move|update|set)\b",
    re.I,
)
"""Words by which a clause beside dictation is an order to the assistant and no part of the talk."""


_OF_A_TASK = re.compile(
    r"提醒|叫我|喊我|帮我|替我|待办|任务|日程|[这那][条件](?!路|线(?!索))|\b(?:remind|task)\b", re.I
)
"""Beside a minute only these change a task: what is moved in the talk itself is the customer's affair."""


def is_told(text: str, command: Command, changes: tuple[str, ...]) -> bool:
    """Whether what reads like a change is a part of the talk that a minute is asked for of."""
    if command.intent not in changes:
        return False
    orders = _OF_A_TASK if command.intent in TASK_CHANGES else _SAID_TO_ME
    return _KEPT.search(text) is not None and orders.search(text, command.begin, command.stop) is None


__all__ = ["forbids", "is_told", "only_supposed", "quoted_in_a_minute", "tells_of_a_message"]
