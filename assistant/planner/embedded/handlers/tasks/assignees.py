"""Whose a task is: the colleague who is told to do it."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.targets import resolve_user
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.names import Mention

ASSIGN = re.compile(
    r"(?:(?:^|(?<=[，。；;,]))(?:我|咱)?要(?=$)|让|叫|安排|派|请|通知|指派|分配|分|交|转|交代|指定|"
    r"assign(?:ed)? (?:it )?to|ask|have|给)(?:给|到)?\s*$"
)
_ASSIGN_PRONOUN = re.compile(
    r"(?:让|叫|派|安排|通知|要)[他她](?!们)|(?:让|叫|安排|派|通知|指派|分配给|交给|给)[他她](?:去|来|派|安排|设|建|"
    r"布置|排|加|把|在|明|后|下|周|今|一|$|，)|派(?:给)?[他她]"
)


def assignee_in(draft: Draft) -> int | None:
    """A colleague who is told to do it: 「让小王…」."""
    if "assignee" in draft.hints:
        return int(draft.hints["assignee"])
    for mention in draft.mentions_of(NameKind.USER, least=0.75):
        before = draft.sentence.text[: mention.begin] if draft.inside(mention) else ""
        if ASSIGN.search(before) or does_it(draft, mention):
            return next(int(c.nameable.id) for c in mention.candidates if c.nameable.kind is NameKind.USER)
    return _pronoun_in(draft)


def _pronoun_in(draft: Draft) -> int | None:
    """The colleague spoken of just now who is told what to do: 「给他派个活」, 「叫他…」."""
    if not _ASSIGN_PRONOUN.search(draft.text):
        return None
    if (named := resolve_user(draft)) is not None:
        return named
    user = draft.desk.focus("user")
    if user is not None and _GIVES_A_TASK.search(draft.text) and draft.desk.turns_ago("user") <= RECENTLY:
        return user
    newest = draft.desk.newest("user", "lead") or ("user", user)
    return None if newest[0] != "user" else newest[1] if newest[1] is not None else _owner_in_focus(draft)


def says_colleague(draft: Draft) -> bool:
    """Whether 他 is a colleague who is told what to do, and not whom the task is about."""
    return _pronoun_in(draft) is not None


RECENTLY = 2
_GIVES_A_TASK = re.compile(
    r"(?:给|替)[他她](?:再|也|另外)?(?:派|安排|设|建|布置|排|加|记|挂|下)(?:上|下)?(?:一?[个条件项])(?:新)?(?:任务|[待代]办|活|日程|差事)|派给[他她]"
)
"""Only a colleague is given tasks; whom one is about is called, met, written to."""


PASSED_ON = re.compile(
    r"(?:安排|布置|交代|交待|派|落实|通知|传达)(?:下去|给[他她]|到[位人]|[他她])(?:吧|了|一下)?(?=$|[，。！])"
)
_HIS_DEED = re.compile(r"(?:要|得|负责|务必|必须)?(?:去)?(?:交|出|写|整理|准备|负责|提交|汇总|做好|弄好|做(?:完|一))")
_FOR_MYSELF = re.compile(r"提醒我|叫我|喊我|催|问|找|看看?|盯|我[要得去来]")


def does_it(draft: Draft, mention: Mention) -> bool:
    """Whether the colleague at the head of a clause is told what to do: 「周一前方岳交一份…,安排下去」."""
    begin = max((t.stop for t in draft.times if draft.inside(t) and t.stop <= mention.begin), default=draft.begin)
    before = draft.sentence.text[begin : mention.begin].strip(" ，,。")
    if before or not draft.inside(mention) or _FOR_MYSELF.search(draft.text):
        return False
    return bool(_HIS_DEED.match(draft.sentence.text, mention.stop) or PASSED_ON.search(draft.text))


def _owner_in_focus(draft: Draft) -> int | None:
    """The colleague whose deal was shown last, where it is somebody else's."""
    deal = draft.desk.focus("opportunity")
    owner = draft.desk.crm.opportunities.require(deal).owner_id if deal is not None else None
    return owner if owner != draft.desk.crm.principal.user_id else None
