"""Which task or deal a message speaks of that orders nothing of it (a remark, a 「别动」): the next one may mean it."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.resolve import MARGIN, resolve_customer
from assistant.planner.embedded.targets import task_scores
from crm_store.records import OPEN
from intents.names import Kind

SAYS_IT = 0.5
CLOSE = 0.12


def task_spoken_of(draft: Draft) -> int | None:
    """The one open task that the words surely tell; None where none or several do."""
    tasks = draft.desk.crm.tasks
    candidates = tasks.find(tasks.c.status == OPEN, order=(tasks.c.due_at,), limit=2000)
    scored = task_scores(draft, candidates, resolve_customer(draft, focus=False))
    if not scored or scored[0][1] < SAYS_IT or (len(scored) > 1 and scored[0][1] - scored[1][1] < CLOSE):
        return None
    return scored[0][0]


def deal_spoken_of(draft: Draft) -> int | None:
    """The one deal that the words surely name."""
    for mention in draft.mentions_of(Kind.OPPORTUNITY, least=0.85):
        best, *others = [c for c in mention.candidates if c.nameable.kind is Kind.OPPORTUNITY]
        if all(best.score - other.score >= MARGIN for other in others):
            return int(best.nameable.id)
    return None
