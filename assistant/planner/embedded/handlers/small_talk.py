"""What is said when nothing is to be looked up or changed."""

from __future__ import annotations

from assistant.messages import Outcome, Say, Step
from assistant.planner.embedded.common import refuse
from assistant.planner.embedded.draft import Draft


def greet(draft: Draft) -> list[Step]:
    """Hello."""
    return [
        Say(
            text=draft.say(
                "您好,我是小销。说一句话,我来查客户、记纪要、排待办、改商机。",
                "Hello, I am your sales assistant. Tell me what to look up, note or schedule.",
            )
        )
    ]


def thanks(draft: Draft) -> list[Step]:
    """You're welcome."""
    return [Say(text=draft.say("不客气。", "You're welcome."))]


def help_text(draft: Draft) -> list[Step]:
    """What can be said."""
    zh = (
        "可以这样说:\n· 查:「越州酒业现在什么情况」「今天有哪些待办」「本季度能签多少」\n· 记:「刚见了越州酒业的郭总,"
        "预算三百六十万,记一下」\n"
        "· 排:「下周三下午三点提醒我回访」\n· 改:「推到商务谈判,金额改成360万」\n· 撤:「撤销」;需要确认的会先给您看。"
    )
    en = (
        "Try: “What's the status of X?”, “Remind me to call Y next Wednesday at 3pm”, “Move the deal to negotiation”,"
        " “undo”."
    )
    return [Say(text=draft.say(zh, en))]


def remark(draft: Draft) -> list[Step]:
    """Something said in passing: nothing is written, a minute is offered."""
    zh = "收到,没有改动任何数据。要记成纪要或设待办的话,请直接说「记一下」或「提醒我……」。"
    return [Say(text=draft.say(zh, "Noted, nothing was written. Say “log this” or “remind me …” if you want me to."))]


def negated(draft: Draft) -> list[Step]:
    """An instruction not to do something."""
    return [Say(text=draft.say("好的,不动,没有改动任何数据。", "All right, nothing was changed."))]


def nothing_waits(draft: Draft) -> list[Step]:
    """A yes or no to no question."""
    return [
        Say(
            text=draft.say(
                "目前没有等待确认的操作,没有改动任何数据。", "Nothing is waiting for confirmation; nothing was changed."
            )
        )
    ]


def out_of_scope(draft: Draft) -> list[Step]:
    """Something that this assistant does not do."""
    return refuse(
        draft,
        "这件事我做不了,没有改动任何数据。我能帮您查客户和商机、记纪要、排待办、改商机。",
        "I can't do that; nothing was changed. I look up customers and deals, take notes and schedule tasks.",
    )


def nothing_known(draft: Draft) -> list[Step]:
    """What is said when nothing else fits."""
    text = draft.say(
        "这句我没听懂要做什么,没有改动任何数据。可以说:"
        "「下周三下午三点提醒我给客户打电话」「列出今天的待办」「把商机推到下一阶段」。",
        "I did not understand what to do; nothing was changed.",
    )
    return [Say(text=text, outcome=Outcome.ANSWERED)]
