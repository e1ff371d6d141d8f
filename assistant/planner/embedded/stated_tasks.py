"""Statements about a task that exists (保修条款明天寄): it is moved, and no second one is made."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from crm_store.records import OPEN, Task
from intents import patterns as re
from intents.names import Kind
from intents.sentence import Stretch
from intents.times import Kind as TimeKind
from intents.times import TimeExpression

LEAST, LEAST_WITHOUT_VERB, SHARE, SURELY = 3, 4, 0.6, 0.6
_READ_AS = ("create_task", "out_of_scope", "remark")
_ORDERS = re.compile(
    r"提醒|叫我|喊我|记得?|设|建|加|新|安排|待办|任务|日程|闹钟|帮我|给我|再.{0,3}一[份个次套批]|也|另外|还要|又|remind|task",
    re.I,
)
_BETWEEN = re.compile(
    r"[\W_]+|那个|这个|那份|这份|那条|这条|那件|这件|事儿?|我们|咱们?|[我你它再就要得会先才去给了吧的那这把将能可以到前之改放]"
)


def state_known_task(draft: Draft) -> None:
    """Make a task of what is already one a change of that one: its own words, told with the thing first and a day."""
    times = _days(draft)
    if draft.intent not in _READ_AS or not times or draft.question or _ORDERS.search(draft.text):
        return
    said = _said(draft)
    first = min(t.begin for t in times) - draft.begin
    if len(said) < LEAST or not _BETWEEN.sub("", draft.text[: max(first, 0)]):
        return
    whose = {
        int(c.nameable.id)
        for m in draft.mentions_of(Kind.CUSTOMER, least=0.85)
        for c in m.candidates
        if c.nameable.kind is Kind.CUSTOMER
    }
    tasks = draft.desk.crm.tasks
    known = tasks.find(tasks.c.status == OPEN, order=(tasks.c.due_at,), limit=2000)
    fits = [t for t in known if (not whose or t.customer_id in whose) and _is_of(said, t)]
    if not fits:
        return
    draft.intent, draft.score = "update_task", max(draft.score, SURELY)
    if len(fits) == 1:
        draft.hints = {**draft.hints, "task": fits[0].id}


def _days(draft: Draft) -> list[TimeExpression]:
    """The command's times, less mere lengths (三年运维)."""
    return [t for t in draft.sentence.times if draft.inside(t) and t.kind is not TimeKind.DURATION]


def _said(draft: Draft) -> str:
    """The command's words without its times, the customer and what only joins."""
    blank = list(draft.text)
    spans: list[Stretch] = [*_days(draft), *draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.85)]
    for span in spans:
        if draft.inside(span):
            blank[span.begin - draft.begin : span.stop - draft.begin] = " " * (span.stop - span.begin)
    return _BETWEEN.sub("", "".join(blank))


def _is_of(said: str, task: Task) -> bool:
    """Whether the words are the title's: all of them, with its verb last, or most of the title as it stands."""
    title = re.sub(r"[\W_]+", "", task.title)
    if not set(said) <= set(title):
        return False
    verb_last = not said.startswith(title[:1]) and said.endswith((title[:1], title[:2]))
    return verb_last or (said in title and len(said) >= LEAST_WITHOUT_VERB and len(said) >= SHARE * len(title))
