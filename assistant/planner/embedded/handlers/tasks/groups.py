"""Several tasks meant at once: 「全部」, 「这两件」, 「逾期的都」, a colleague's, a row of words."""

from __future__ import annotations

from assistant.planner.embedded.common import said_last
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.assignees import ASSIGN
from assistant.planner.embedded.handlers.tasks.words import OVERDUE
from assistant.planner.embedded.resolve import resolve_customer
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.numbers import parse_number

_ALL = re.compile(
    r"全部|所有|都|统一|一起|一并|这[些几两三四]|那[些几两三四]|它们|他们|"
    r"(?<![\u4e00-\u9fff])[两三四五六七八九十\d]+[件条个]|[两三四五][件条个]|全(?=[标给改划勾推挪取删完])|一次性|\ball\b|\bboth\b"
)
SURELY_TITLED = 0.8
_ROW = re.compile(r"([^，。；、]{1,12}(?:[、和跟与及][^，。；、]{1,12}?)+)[那这]([两三四五六七八九\d])[条个件项]")


def each_named(draft: Draft, ids: list[int]) -> list[int]:
    """「电工、法务那两条」: a row of words, one for each task, and as many as are counted."""
    row = _ROW.search(draft.text)
    if row is None:
        return []
    words = [w for w in re.split("[、和跟与及]", row[1]) if w]
    titles = {i: task.title for i, task in draft.desk.crm.tasks.many(ids).items()}
    found = [[i for i in ids if word in titles[i]] for word in words]
    each = [one[0] for one in found if len(one) == 1]
    return each if len(set(each)) == len(words) == int(parse_number(row[2]) or 0) else []


_COUNTED_HEAD = re.compile(r"^.{0,4}[两三四五六七几][件个](?:事情?|任务|活)?[儿]?(?:[啊哈呢哦]|，|,|\s|:|：)+")
"""「三件事啊,」 announces several commands and counts no tasks."""
_SEVERAL = re.compile(r"全部|所有|这[些几两三四]|那[些几两三四]|[两三四五六七八九十][件条个]|它们|\ball\b|\bboth\b")


def means_several(draft: Draft) -> bool:
    """Whether the words mean several tasks: not where 都 merely goes with one that is named by its title."""
    text = _COUNTED_HEAD.sub("", draft.text)
    if not _ALL.search(text):
        return False
    titled = any(
        m.candidates[0].nameable.kind is NameKind.TASK and m.candidates[0].score >= SURELY_TITLED
        for m in draft.mentions_of(NameKind.TASK, least=SURELY_TITLED)
    )
    return not titled or bool(_SEVERAL.search(text) or OVERDUE.search(text))


def tasks_meant(draft: Draft, statuses: tuple[str, ...]) -> list[int]:
    """The tasks that 「全部 / 这两件 / 逾期的都」 means."""
    tasks = draft.desk.crm.tasks
    theirs = _counted_of(draft)
    mine = (draft.desk.crm.principal.user_id if theirs is None else theirs,)
    if OVERDUE.search(draft.text):
        return [t.id for t in tasks.open_between(None, draft.now, assignee_ids=mine)]
    listed = draft.desk.listed("task")
    if theirs is not None:
        shown_of = [i for i in listed or draft.desk.listed_before("task") if tasks.require(i).assignee_id == theirs]
        if shown_of:
            return shown_of
    customer = resolve_customer(draft, focus=False)
    if customer.id is not None:
        return [t.id for t in tasks.of_customer(customer.id, status=statuses[0])]
    times = said_last(draft, draft.times)
    if len(times) > 1 or (times and not listed and not new_time_is_target(draft)):
        return [t.id for t in tasks.open_between(times[0].start, times[0].end, assignee_ids=mine)]
    return listed


_COUNTS_THEIRS = re.compile(
    r"(?:手里|手上|名下|那边|那里|那儿)?的?(?:这|那)?(?:[两二三四五六七八九十几些\d]+[件条个项]|全部|所有|逾期|的?(?:待办|任务))|"
    rf"(?:手里|手上|名下|那边|那里|那儿)?的?(?:这|那)?(?:{OVERDUE.pattern}|没(?:办|做|弄|完成|处理)(?:完|好|掉)?的)"
)


def _counted_of(draft: Draft) -> int | None:
    """The colleague whose tasks are meant: 「庄颖那两件都…」, 「庄颖三条统一…」."""
    for mention in draft.mentions_of(NameKind.USER, least=0.7):
        before = draft.sentence.text[draft.begin : mention.begin]
        if (
            draft.inside(mention)
            and not ASSIGN.search(before)
            and _COUNTS_THEIRS.match(draft.sentence.text, mention.stop)
        ):
            return next(int(c.nameable.id) for c in mention.candidates if c.nameable.kind is NameKind.USER)
    return None


def new_time_is_target(draft: Draft) -> bool:
    """Whether the only time said is where something is moved to."""
    return (
        bool(re.search(r"(?:到|至|成|为|在)\s*$", draft.sentence.text[draft.begin : draft.times[-1].begin]))
        if draft.times
        else False
    )
