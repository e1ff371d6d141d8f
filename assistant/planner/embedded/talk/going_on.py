"""A short question that goes on about what was just shown, naming nothing: 「哪天签来着」, 「花了多少」."""

from __future__ import annotations

from typing import Any

from assistant.messages import Do, Step, ToolCall
from assistant.planner.embedded.common import keep_in_focus
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.talk.message import evidence_of, whole
from intents import patterns as re
from intents.names import Kind

LONGEST = 18
NAMED = 0.8
RECENT = 3
"""Turns within which the deal spoken of is still the one that is meant."""
_LEAD_IN = r"^(?:那么?|所以|对了|它|这个|这一?[单笔]|那一?[单笔]|他们|她|他)?(?:的)?"
_OF_A_DEAL = (
    (
        "lost_reason",
        re.compile(_LEAD_IN + r"(?:当时|后来)?(?:为什么|为啥|因为什么|怎么)?(?:丢单?|输单?|丢标)(?:的|掉的"
            r"|了的)?(?:原因|理由|缘由|$)"),
    ),
    (
        "close_date",
        re.compile(
            _LEAD_IN + r"(?:预计|大概|原定|计划|说好)?(?:是|在)?(?:哪一?天|几号|什么时候|啥时候|何时|几时)(?:能"
                r"|要|该)?(?:签|签约|签单|成交|签合同)"
            r"(?:来着|的|呢|啊|吧)?[?？]?$"
        ),
    ),
)
_OF_PURCHASES = re.compile(
    _LEAD_IN + r"(?:一共|总共|合计|是|在|都)?(?:多少钱|(?:花|用|付)了?(?:了|掉)?(?:多少|好多|几)(?:钱|万)?"
    r"|(?:哪一?天|几号|什么时候|啥时候|何时|哪年|几月)(?:买|下单|订|下的单|采购|进)的?(?:单)?的?)(?:来着|呢|啊|了)?[?？]?$"
)
_OF_MINUTES = re.compile(
    r"^(?:那|当时|那天|那次|那回|会上|现场)?(?:在场|参加|到场|去|来|陪同)?(?:的)?(?:还)?(?:有)?(?:谁|哪些人|哪几[位个]|哪位)(?:在场|参加|到场|在|去|来)?"
    r"(?:了|的)?(?:答应|承诺|说|提|要|讲|许|负责|保证|拍板|应下|同意)?[\u4e00-\u9fff]{0,6}[?？]?$"
    r"|^(?:当时|那天|那次|那回|会上)(?:在场|参加|到场|出席|去|来)的?(?:人)?(?:还)?(?:有)?(?:谁|哪些|哪几[位个]|哪位)"
)
_NOT_OF_MINUTES = re.compile("我们?|咱|负责人|归谁|拍板权|联系|电话|手机|号码|同事|审批|批准")
_OTHER_END = re.compile(_LEAD_IN + r"(丢|输|黄|赢|签|成)(?:掉|下|下来|单)?了?的(?:单子?|商机|项目)?(?:呢|[，,]"
    r"|有哪些|是哪[几些]|都?有啥)")


def goes_on(desk: Desk) -> list[Step]:
    """The answer about what was just shown; [] where the message names something, or asks something else."""
    last = desk.state.get("asked") or {}
    if desk.waiting or len(desk.text) > LONGEST or _names_something(desk) or not _asks(desk):
        return []
    tool, args = str(last.get("tool") or ""), dict(last.get("args") or {})
    ended = _OTHER_END.match(desk.text) if args.get("status") in ("won", "lost") else None
    if ended is not None and tool == "list_opportunities":
        args["status"] = "lost" if ended[1] in "丢输黄" else "won"
        return _asked(desk, tool, args)
    if tool == "purchase_history" and _OF_PURCHASES.match(desk.text):
        return _asked(desk, tool, args)
    of_talk = _OF_MINUTES.match(desk.text) and not _NOT_OF_MINUTES.search(desk.text)
    if tool == "list_notes" and of_talk and desk.topic == "note":
        return _asked(desk, tool, args)
    return _of_the_deal(desk)


def _of_the_deal(desk: Desk) -> list[Step]:
    deal = desk.focus("opportunity")
    topic = next((name for name, words in _OF_A_DEAL if words.match(desk.text)), None)
    if deal is None or topic is None or desk.turns_ago("opportunity") > RECENT:
        return []
    return _asked(desk, "opportunity_detail", {"opportunity": deal, "topic": topic})


def _asks(desk: Desk) -> bool:
    return not evidence_of(desk).orders and _GIVES.search(desk.text) is None


_GIVES = re.compile(r"[:：]\s*\S|(?:原因|理由)[^，。]{0,4}(?:写|改|填|补|记|换)")
"""What a field is to say: no question."""


def _names_something(desk: Desk) -> bool:
    tops = [m.candidates[0] for m in desk.sentence.mentions if m.candidates and len(m.text) > 1]
    return any(top.score >= NAMED and top.nameable.kind is not Kind.STAGE for top in tops)


def _asked(desk: Desk, tool: str, args: dict[str, Any]) -> list[Step]:
    keep_in_focus(whole(desk, tool), args)
    return [Do(calls=(ToolCall(tool=tool, args=args),))]
