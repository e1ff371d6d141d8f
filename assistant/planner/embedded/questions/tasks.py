"""Questions about tasks: today, overdue, this week, for one customer or colleague."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.words import NOT_OVERDUE, OVERDUE
from assistant.planner.embedded.questions.filters import is_unseen
from assistant.planner.embedded.questions.one_deal import opportunity_detail
from assistant.planner.embedded.reading.periods import period_in
from assistant.planner.embedded.resolve import NOTHING, resolve_customer
from assistant.planner.embedded.targets import resolve_user
from crm_store.principal import Role
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.times import Look

_AS_WELL = re.compile(
    r"也(?:一起|一并|都)?(?:带上|算上?|加上|列|放|报|给|要|看|念|包括)|(?:加上|连同|连着|包括|算上|带上)|以及|和(?:已经)?(?:逾期|过期|拖)"
)
"""「今天的,拖着的也带上」: what is overdue besides what falls into the period."""


_OF_A_DEAL = re.compile(
    r"(?:单子|商机|这一?单|那一?单).{0,4}(?:多少钱|金额|报价多少|值多少|多大|(?:什么时候|啥时候|哪天|几号|几时)(?:能|要)?(?:签|成交))"
)


_COLLEAGUES_OWN = re.compile(
    r"[他她](?:手[里上头]|名下|那边|头上|身上|还?有|还剩|逾期|拖|(?:这|本|下|上)个?(?:周|礼拜|星期|月)|今天|"
    r"明天|的(?:待办|任务|活))"
)
RECENTLY = 3
"""For so many turns a colleague spoken of is whose tasks 他手上 means."""


def list_tasks(draft: Draft) -> list[Step]:
    """What is to be done: today, overdue, this week, for one customer or colleague."""
    if _OF_A_DEAL.search(draft.text):
        return opportunity_detail(draft)
    named = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7)
    points_back = re.search(r"他们|它|那边|这家|该客户|their|them", draft.text)
    customer = resolve_customer(draft, focus=bool(points_back)) if named or points_back else NOTHING
    if is_unseen(draft, customer):
        return ask_which(draft, "customer", customer)
    period = period_in(draft, Look.AHEAD if _task_status(draft.text) is None else Look.BACK)
    ahead = NOT_OVERDUE.search(draft.text) is not None
    overdue = not ahead and bool(OVERDUE.search(draft.text))
    both = overdue and period.end is not None and bool(_AS_WELL.search(draft.text))
    user = resolve_user(draft)
    if user is None and not named and _COLLEAGUES_OWN.search(draft.text) and draft.desk.turns_ago("user") <= RECENTLY:
        user = draft.desk.focus("user")
    task = next(
        (
            m.candidates[0]
            for m in draft.mentions_of(NameKind.TASK, least=0.8)
            if m.candidates[0].nameable.kind is NameKind.TASK
        ),
        None,
    )
    if task is not None:
        return [do(draft, "list_tasks", {"words": [task.nameable.name], "everyone": True, "status": "all"})]
    begin = None if overdue or period.begin is None else period.begin.isoformat()
    if ahead and begin is None:
        begin = draft.now.isoformat()
    args: dict[str, object] = {
        "customer": customer.id,
        "assignee": user if user is not None else _own(draft),
        "begin": begin,
        "end": None if (overdue and not both) or period.end is None else period.end.isoformat(),
        "overdue": (overdue and not both) or None,
        "status": _task_status(draft.text),
        "priority": "high" if re.search(r"高优|紧急|重要|加急|urgent|high", draft.text) else None,
        "everyone": True if re.search(r"全组|团队|组里|大家|所有人|team|everyone", draft.text) else None,
    }
    return [do(draft, "list_tasks", args)]


def _own(draft: Draft) -> int | None:
    """A manager who says 「我的」 means its own."""
    me = draft.desk.crm.principal
    return (
        me.user_id
        if me.role is not Role.REP and re.search(r"我(?:的|自己|今天|明天|这周|有)|\bmy\b", draft.text)
        else None
    )


def _task_status(text: str) -> str | None:
    if re.search(
        r"(?<![没未能要该])(?:已经?|都)?(?:完成|搞定|办结|[做办干弄忙处搞](?:理)?(?:完|好|妥|掉|成))(?:了|的|过)|completed|"
        r"(?<!没)(?<!未)(?<!没有)(?<!not )(?<!un)done",
        text,
    ) and not re.search(r"没(?:有)?(?:完成|做|办)|未完成", text):
        return "done"
    return "cancelled" if re.search(r"取消(?:了|的|过)", text) else None
