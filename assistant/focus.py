"""The conversation's state after a turn: what is in focus, which list was shown, which question is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from assistant.executor import Ledger
from assistant.messages import Plan
from crm_store.audit import DELETE, Change
from crm_store.records import Record

LISTED_MAX = 50
MENTIONED_MAX = 20
FEW = 3
"""So many records of a type shown together are remembered one by one (前面那位), more only as a list."""
_FOCUSED = ("customer", "contact", "opportunity", "task", "lead", "note", "product", "user")
_WORTH_A_FOCUS = ("customer", "contact", "opportunity", "task", "lead", "note")
RecordOf = Callable[[str, int], Record | None]
"""Looks a record up by type and id; None where there is none (any more)."""


def _no_record(record_type: str, record_id: int) -> Record | None:
    return None


def next_state(
    state: dict[str, Any],
    plan: Plan,
    ledger: Ledger,
    changes: Sequence[Change],
    change_set_id: int | None,
    record_of: RecordOf = _no_record,
) -> dict[str, Any]:
    """The state to keep.

    Keys: turn, focus (record type → id), recent (types in focus, the newest first), about (the turn in which each came
    into focus), mentioned (records one by one, the newest last), listed (and listed_at), list, question, last (newest
    write), said (the planner's own memory). `lists` holds the last list of several records of each type.
    """
    turn = int(state.get("turn", 0)) + 1
    after: dict[str, Any] = {
        "turn": turn,
        "focus": dict(state.get("focus", {})),
        "recent": list(state.get("recent", [])),
        "about": dict(state.get("about", {})),
        "mentioned": list(state.get("mentioned", [])),
        "listed": state.get("listed", []),
        "listed_at": state.get("listed_at", -1),
        "list": state.get("list", []),
        "lists": dict(state.get("lists", {})),
        "last": state.get("last"),
        "question": ledger.asks[0].question if ledger.asks else _suspended(state.get("question"), ledger, changes),
        "said": plan.state.get("said") or state.get("said"),
        "asked": _last_question(ledger) or state.get("asked"),
    }
    _focus_on_shown(after, ledger, record_of)
    if ledger.asks and ledger.asks[0].question and len(ledger.asks[0].options) > 1:
        question = ledger.asks[0].question
        after["list"] = [[question["slot"], option["id"]] for option in question["options"]]
        _keep_lists(after)
    for kind, record_id in plan.state.get("focus", {}).items():
        _focus(after, kind, record_id)
    if changes:
        _focus_on_changes(after, changes)
        after["last"] = {
            "change_set": change_set_id,
            "turn": turn,
            "records": [[c.record_type, c.record_id, c.op] for c in changes],
            "calls": [{"tool": c.tool, "args": _plain(c.args)} for c in ledger.calls if c.ok],
        }
    return after


SUSPENDED_FOR = 2
"""A question survives so many turns in which the user looked something up instead of answering."""


def _suspended(question: dict[str, Any] | None, ledger: Ledger, changes: Sequence[Change]) -> dict[str, Any] | None:
    looked_up = bool(ledger.calls) and not changes and not ledger.held and not ledger.refused
    age = 0 if question is None else int(question.get("suspended", 0)) + 1
    return {**question, "suspended": age} if question is not None and looked_up and age <= SUSPENDED_FOR else None


def _last_question(ledger: Ledger) -> dict[str, Any] | None:
    """The reading call of this turn, if it was one question: what 「李婷呢」 repeats about somebody else."""
    if len(ledger.calls) != 1 or ledger.changed or ledger.held:
        return None
    call = ledger.calls[0]
    return {"tool": call.tool, "args": _plain(call.args)}


def _focus(after: dict[str, Any], kind: str, record_id: int) -> None:
    """Put one record in focus, as the newest."""
    after["focus"][kind] = record_id
    after["recent"] = [kind, *(each for each in after["recent"] if each != kind)]
    after["about"][kind] = after["turn"]
    _mention(after, kind, record_id)


def _mention(after: dict[str, Any], kind: str, record_id: int) -> None:
    """Remember a record as the newest of its type; of the last two neither changes place when it is shown again."""
    if [kind, record_id] in [each for each in after["mentioned"] if each[0] == kind][-2:]:
        return
    after["mentioned"] = [*(each for each in after["mentioned"] if each != [kind, record_id]), [kind, record_id]]
    del after["mentioned"][:-MENTIONED_MAX]


def _focus_on_shown(after: dict[str, Any], ledger: Ledger, record_of: RecordOf) -> None:
    links = [link for answer in ledger.answers for link in answer.shown]
    if not links:
        return
    after["listed"] = [[link.type, link.id] for link in links[:LISTED_MAX]]
    after["listed_at"] = after["turn"]
    if len(links) > 1:
        after["list"] = after["listed"]
        _keep_lists(after)
    customers = _customers(((link.type, link.id) for link in links), record_of)
    if len(customers) == 1:
        _focus(after, "customer", customers.pop())
    for kind in _FOCUSED:
        ids = list(dict.fromkeys(link.id for link in links if link.type == kind))
        if len(ids) == 1:
            _focus(after, kind, ids[0])
        for record_id in ids if len(ids) <= FEW else ():
            _mention(after, kind, record_id)


def _keep_lists(after: dict[str, Any]) -> None:
    """Remember, for each type of several records just listed, which they were and when."""
    for kind in {kind for kind, _ in after["list"]}:
        ids = [record_id for each, record_id in after["list"] if each == kind]
        if len(ids) > 1:
            after["lists"][kind] = {"turn": after["turn"], "ids": ids}


CONVERTED = "converted"
"""A lead with this status is a customer now, which the talk goes on about."""
_OF_CUSTOMERS = ("contact", "opportunity", "task", "note")


def _customers(links: Iterable[tuple[str, int]], record_of: RecordOf) -> set[int]:
    """The customers that records hang on; one that is a customer hangs on itself."""
    found: set[int] = set()
    for kind, record_id in links:
        record = record_of(kind, record_id) if kind in _OF_CUSTOMERS else None
        customer_id = record_id if kind == "customer" else getattr(record, "customer_id", None)
        found |= set() if customer_id is None else {customer_id}
    return found


def _focus_on_changes(after: dict[str, Any], changes: Sequence[Change]) -> None:
    for change in changes:
        if change.record_type not in _WORTH_A_FOCUS:
            continue
        if change.op == DELETE or getattr(change.record, "status", None) == CONVERTED:
            after["focus"].pop(change.record_type, None)
            continue
        _focus_on_parents(after, change.record)
        _focus(after, change.record_type, change.record_id)


def _focus_on_parents(after: dict[str, Any], record: Record) -> None:
    for kind in ("customer", "opportunity", "lead"):
        parent = getattr(record, f"{kind}_id", None)
        if parent is not None:
            _focus(after, kind, parent)


def _plain(args: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if isinstance(value, str | int | float | bool | list)}
