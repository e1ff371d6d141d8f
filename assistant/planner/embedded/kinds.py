"""Of which kind a change is, a deal or a task: by its words, by what was spoken of last, by what the customer has."""

from __future__ import annotations

from typing import Any

from assistant.messages import Option, Step
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.targets import task_scores
from crm_store.records import OPEN
from intents.evidence import Evidence, evidence_in
from intents.names import Kind
from intents.times import Kind as TimeKind

TASK, DEAL = "task", "opportunity"
CHANGE_OF = {TASK: "update_task", DEAL: "update_opportunity"}
KIND_OF = {intent: kind for kind, intent in CHANGE_OF.items()}
_SAYS_TASK = r"待办|任务|提醒|日程|逾期|过期|优先|钟点|\btasks?\b|remind"
_SAYS_DEAL = r"商机|单子(?!据)|[这那]单(?!据)|\bdeals?\b|opportunit"
_FIELD_OF_DEAL = (
    r"预计(?:的)?(?:成交|签约|签单|签|关单|结单|落单)?(?:的)?(?:日|时间)|预计.{0,4}签|签约(?:的)?(?:日|时间)|签单(?:的)?(?:日|时间)|"
    r"(?:成交|关单|结单|落单|交割)(?:的)?(?:日|时间)|金额|阶段|close date|closing date|amount|stage"
)
"""Fields that only a deal has."""
SPOKEN_OF = 4
"""So many turns a deal or a task stays what a change without a name is of."""
NAMED, TOLD = 0.6, 0.3
"""A record named this well, or a task whose title the words tell this much of, says the kind itself."""


def kind_said(evidence: Evidence) -> str | None:
    """The kind that the words themselves name; a field that only a deal has goes before the words of a title."""
    task, deal = evidence.says(_SAYS_TASK), evidence.says(_SAYS_DEAL)
    if task != deal:
        return TASK if task else DEAL
    field = evidence.says(_FIELD_OF_DEAL) and not evidence.names(Kind.TASK, WHOLE_TITLE)
    return DEAL if field and not task else None


WHOLE_TITLE = 0.95


def kind_spoken_of(desk: Desk, customer_id: int | None) -> str | None:
    """The kind asked about, shown or written last, of this customer where one is meant; None where it is long ago."""
    asked = KIND_OF.get(str((desk.question or {}).get("intent", "")))
    newest = asked or _newest(desk)
    if newest is None or customer_id is None:
        return newest
    focus = desk.focus(newest)
    ids = {*desk.listed(newest), *desk.listed_before(newest), *([] if focus is None else [focus])}
    records = desk.crm.repository(newest).many(ids).values()
    return newest if any(getattr(record, "customer_id", None) == customer_id for record in records) else None


def _newest(desk: Desk) -> str | None:
    """Which of the two kinds came up last; None where neither did lately, or both in one breath."""
    turn = int(desk.state.get("turn", 0))
    said = {kind: _came_up(desk, kind) for kind in (TASK, DEAL)}
    last = max(said.values())
    if turn - last >= SPOKEN_OF:
        return None
    newest = [kind for kind in said if said[kind] == last]
    if len(newest) == 1:
        return newest[0]
    written = (
        {str(kind) for kind, _, _ in desk.last["records"]} if desk.last and int(desk.last["turn"]) == last else set()
    )
    told = written & {TASK, DEAL} or ({desk.topic} & {TASK, DEAL} if desk.listed_at == last else set())
    return str(next(iter(told))) if len(told) == 1 else None


def _came_up(desk: Desk, kind: str) -> int:
    """The turn in which a record of the kind came into focus or several were listed."""
    kept = desk.state.get("lists", {}).get(kind)
    about = desk.state.get("about", {}).get(kind)
    focused = -99 if about is None or desk.focus(kind) is None else int(about)
    return max(focused, -99 if kept is None else int(kept["turn"]))


def settle_kind(draft: Draft) -> list[Step]:
    """Make a change of a deal one of a task, or the reverse, where the conversation says so; a question in doubt."""
    if draft.intent not in KIND_OF or draft.question or _is_settled(draft):
        return []
    customer = resolve_customer(draft, focus=False)
    if customer.verdict not in (Verdict.SURE, Verdict.NONE):
        return []
    kind = kind_spoken_of(draft.desk, customer.id)
    if kind is not None:
        draft.intent = CHANGE_OF[kind]
        return []
    return [] if customer.id is None else _by_what_there_is(draft, customer.id)


def _is_settled(draft: Draft) -> bool:
    """Whether the words, or what they point at, leave no doubt of the kind; only a bare day does."""
    if draft.hints.keys() & {TASK, DEAL, "record"} or draft.fills or draft.amounts or draft.phones:
        return True
    evidence = evidence_in(draft.sentence, draft.begin, draft.stop)
    if (said := kind_said(evidence)) is not None:
        draft.intent = CHANGE_OF[said]
        return True
    times = [t for t in draft.times if t.kind is not TimeKind.DURATION]
    if not times or any(t.due_has_hour or t.recurrence for t in draft.times):
        return True
    named = any(evidence.names(kind, NAMED) for kind in (Kind.TASK, Kind.OPPORTUNITY, Kind.STAGE, Kind.USER))
    return named or _tells_a_task(draft)


def _tells_a_task(draft: Draft) -> bool:
    """Whether the words tell the title of an open task, beyond the customer's name."""
    tasks = draft.desk.crm.tasks
    candidates = tasks.find(tasks.c.status == OPEN, order=(tasks.c.due_at,), limit=2000)
    nobody = resolve_customer(draft, focus=False)
    told = [score for _, score in task_scores(draft, candidates, nobody)]
    return bool(told) and told[0] - OWN_GAIN >= TOLD


OWN_GAIN = 0.5
"""What task_scores adds for the customer that the words name."""


def _by_what_there_is(draft: Draft, customer_id: int) -> list[Step]:
    """The kind of the only records that the customer has; a question between them where it has both."""
    desk = draft.desk
    closed = {stage.id for stage in desk.stages if stage.is_closed}
    tasks = [t for t in desk.crm.tasks.of_customer(customer_id) if t.status == OPEN]
    deals = [d for d in desk.crm.opportunities.of_customer(customer_id) if d.stage_id not in closed]
    if not tasks or not deals:
        draft.intent = CHANGE_OF[DEAL] if deals else draft.intent if not tasks else CHANGE_OF[TASK]
        return []
    records: list[tuple[str, Any]] = [*((TASK, t) for t in tasks[:MOST]), *((DEAL, d) for d in deals[:MOST])]
    choices = [(_option(draft, kind, record), f"{kind}:{record.id}") for kind, record in records]
    text = draft.say("要改的是待办还是商机?", "Is it a task or a deal that you mean?")
    return [draft.ask("record", text, [*choices])]


MOST = 3


def _option(draft: Draft, kind: str, record: Any) -> Option:
    label = draft.desk.label(kind, record)
    called = draft.say("待办" if kind == TASK else "商机", "task" if kind == TASK else "deal")
    return Option(label=f"{called}「{label}」", value=label)


__all__ = ["kind_said", "kind_spoken_of", "settle_kind"]
