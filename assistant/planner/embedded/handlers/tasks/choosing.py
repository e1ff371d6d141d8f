"""Which existing tasks a command means, or the question to ask."""

from __future__ import annotations

from datetime import timedelta

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.groups import each_named, means_several, tasks_meant
from assistant.planner.embedded.pointing import facts_of, shown
from assistant.planner.embedded.resolve import OPTIONS, SURE, Resolution, Verdict, resolve_customer
from assistant.planner.embedded.strangers import explains, stranger
from assistant.planner.embedded.targets import listed_choice, options_for, task_scores
from crm_store.audit import CREATE
from crm_store.records import OPEN, Task
from intents import patterns as re
from intents.names import Kind as NameKind

_THAT = re.compile(r"它|这(?:个|条|件)|那(?:个|条|件)|刚才|刚刚|上面|前面|this|that|it\b")
LEAST = 0.3
CLOSE, FAR = 0.12, 0.2
SAYS_IT = 0.5
"""From this score on the words say the task; below it another must be FAR behind."""


def choose_tasks(draft: Draft, *, statuses: tuple[str, ...] = (OPEN,)) -> list[int] | list[Step]:
    """The tasks meant, or the question to ask. Ints and steps are told apart by type."""
    if "task" in draft.hints:
        return [int(draft.hints["task"])]
    if (picked := listed_choice(draft, "task")) is not None:
        return [picked]
    if _OTHER.search(draft.text) and (other := _other(draft)):
        if len(other) == 1:
            return other
        return ask_which(draft, "task", Resolution(verdict=Verdict.ASK, options=tuple(other[:5]), kind="task"))
    if means_several(draft) and (many := tasks_meant(draft, statuses)):
        return many
    candidates = _of_assignee(draft, _candidates(draft, statuses))
    customer = resolve_customer(draft, focus=False)
    scored = [(i, s) for i, s in task_scores(draft, candidates, customer) if s >= LEAST]
    focus = draft.desk.focus("task")
    if not scored or (_THAT.search(draft.text) and scored[0][1] < 0.5):
        if not scored and customer.verdict is Verdict.UNKNOWN and stranger(draft):
            return ask_which(draft, "customer", customer)
        if focus is not None and customer.id in (None, draft.desk.crm.tasks.require(focus).customer_id):
            return [focus]
        if not scored:
            return _ask_task(draft, [t.id for t in candidates], customer)
    if customer.verdict is Verdict.UNKNOWN and not customer.options and scored[0][1] < SAYS_IT:
        return ask_which(draft, "customer", customer)
    best = _best_task(draft, scored, focus)
    return _of_somebody_else(draft, best, customer) or best


def _of_somebody_else(draft: Draft, best: list[int] | list[Step], customer: Resolution) -> list[Step]:
    """A question where the words name another customer than the task's, or somebody whom no record explains."""
    tasks = [t for t in best if isinstance(t, int)]
    found = draft.desk.crm.tasks.require(tasks[0]) if len(tasks) == 1 else None
    if found is None or found.customer_id is None or draft.hints:
        return []
    if strange := stranger(draft):
        explained = explains((*_names_of(draft, found.customer_id), facts_of(draft.desk, found)), strange)
        return [] if explained else ask_which(draft, "customer", Resolution(verdict=Verdict.UNKNOWN, words=strange))
    if customer.id in (None, found.customer_id) or not _names_it(draft, int(customer.id or 0), found.title):
        return []
    own = [t.id for t in draft.desk.crm.tasks.of_customer(int(customer.id or 0), status=found.status)]
    options = (found.id, *own)[:OPTIONS]
    return ask_which(draft, "task", Resolution(verdict=Verdict.ASK, options=options, kind="task"))


def _names_of(draft: Draft, customer_id: int) -> tuple[str, ...]:
    customer = draft.desk.crm.customers.require(customer_id)
    return (customer.name, *customer.aliases)


def _names_it(draft: Draft, customer_id: int, title: str) -> bool:
    """Whether the words name the customer for sure, and not as a part of the task's title."""
    named = [m for m in draft.mentions_of(NameKind.CUSTOMER, least=SURE) if m.text not in title]
    return any(c.nameable.id == customer_id and c.score >= SURE for m in named for c in m.candidates[:1])


def _best_task(draft: Draft, scored: list[tuple[int, float]], focus: int | None) -> list[int] | list[Step]:
    """The task ahead of all others, or a question between those that fit about equally; weak evidence needs a lead."""
    best, score = scored[0]
    rivals = [i for i, s in scored[1:] if score - s < (CLOSE if score >= SAYS_IT else FAR)]
    if rivals and len(counted := each_named(draft, [best, *rivals])) > 1:
        return counted
    if rivals and len(listed := [i for i in (best, *rivals) if i in shown(draft.desk, "task")]) == 1:
        return listed
    if focus in (best, *rivals) and focus is not None and (focus == best or _is_close(scored, focus)):
        return [focus]
    if rivals:
        narrowed = _by_old_time(draft, [best, *rivals])
        if len(narrowed) == 1:
            return narrowed
        return ask_which(draft, "task", Resolution(verdict=Verdict.ASK, options=(best, *rivals)[:5], kind="task"))
    return [best]


def _is_close(scored: list[tuple[int, float]], task_id: int) -> bool:
    return any(i == task_id and scored[0][1] - s < CLOSE for i, s in scored)


_OTHER = re.compile(r"另(?:外)?(?:的)?(?:那)?一[个件条项]|剩下(?:的)?(?:那)?一?[个件条项]|the other")


def _other(draft: Draft) -> list[int]:
    """Of the tasks listed or made, those that were neither changed nor spoken of since; [] where nothing was listed."""
    desk = draft.desk
    recent = desk.crm.audit.recent(conversation_id=desk.heard.inbound.conversation_id)
    changed = {c.record_id for each in recent for c in each.changes if c.record_type == "task" and c.op != CREATE}
    listed = desk.crm.tasks.many(desk.listed_before("task"))
    still = [i for i in desk.listed_before("task") if i in listed and listed[i].status == OPEN and i not in changed]
    return [i for i in still if i != desk.focus("task")] if len(still) > 1 else still


def _by_old_time(draft: Draft, ids: list[int]) -> list[int]:
    """Of several tasks, those due when the command says (周五那个)."""
    tasks = draft.desk.crm.tasks.many(ids)
    for time in draft.times:
        due = [
            i
            for i in ids
            if (d := tasks[i].due_at) is not None and time.start <= d < max(time.end, time.start + timedelta(minutes=1))
        ]
        if due:
            return due
    return ids


def _ask_task(draft: Draft, ids: list[int], customer: Resolution) -> list[Step]:
    if customer.id is not None:
        own = [t.id for t in draft.desk.crm.tasks.of_customer(customer.id)]
        if len(own) == 1:
            return [draft.ask("task", draft.say("是这条待办吗?", "Is it this task?"), options_for(draft, "task", own))]
        ids = own or ids
    return ask_which(draft, "task", Resolution(verdict=Verdict.ASK, options=tuple(ids[:5]), kind="task"))


_THEIRS = re.compile(r"(?:的|手里的?|名下的?|手上的?)?那?[条个项件]|的")


def _of_assignee(draft: Draft, tasks: list[Task]) -> list[Task]:
    """庄颖那条: the tasks of the colleague whose one is spoken of; all, where no colleague is."""
    for mention in draft.mentions_of(NameKind.USER, least=0.85):
        if draft.inside(mention) and _THEIRS.match(draft.sentence.text, mention.stop):
            user = next(int(c.nameable.id) for c in mention.candidates if c.nameable.kind is NameKind.USER)
            return [t for t in tasks if t.assignee_id == user] or tasks
    return tasks


def _candidates(draft: Draft, statuses: tuple[str, ...]) -> list[Task]:
    tasks = draft.desk.crm.tasks
    return tasks.find(tasks.c.status.in_(statuses), order=(tasks.c.due_at,), limit=2000)
