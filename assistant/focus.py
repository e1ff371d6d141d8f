"""The conversation's state after a turn: what is in focus, which list was shown, which question is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.executor import Ledger
from assistant.messages import Plan
from crm_store.audit import DELETE, Change
from crm_store.records import Record

LISTED_MAX = 50
_FOCUSED = ("customer", "contact", "opportunity", "task", "lead", "note", "product", "user")
_WORTH_A_FOCUS = ("customer", "contact", "opportunity", "task", "lead", "note")


def next_state(
    state: dict[str, Any], plan: Plan, ledger: Ledger, changes: Sequence[Change], change_set_id: int | None
) -> dict[str, Any]:
    """The state to keep. Keys: turn, focus, listed, question, last (newest write), said (the planner's own memory)."""
    turn = int(state.get("turn", 0)) + 1
    after: dict[str, Any] = {
        "turn": turn,
        "focus": dict(state.get("focus", {})),
        "listed": state.get("listed", []),
        "list": state.get("list", []),
        "last": state.get("last"),
        "question": ledger.asks[0].question if ledger.asks else _suspended(state.get("question"), ledger, changes),
        "said": plan.state.get("said") or state.get("said"),
        "asked": _last_question(ledger) or state.get("asked"),
    }
    _focus_on_shown(after, ledger)
    if ledger.asks and ledger.asks[0].question and len(ledger.asks[0].options) > 1:
        question = ledger.asks[0].question
        after["list"] = [[question["slot"], option["id"]] for option in question["options"]]
    for kind, record_id in plan.state.get("focus", {}).items():
        after["focus"][kind] = record_id
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


def _focus_on_shown(after: dict[str, Any], ledger: Ledger) -> None:
    links = [link for answer in ledger.answers for link in answer.shown]
    if not links:
        return
    after["listed"] = [[link.type, link.id] for link in links[:LISTED_MAX]]
    if len(links) > 1:
        after["list"] = after["listed"]
    for kind in _FOCUSED:
        ids = {link.id for link in links if link.type == kind}
        if len(ids) == 1:
            after["focus"][kind] = ids.pop()
        elif ids and _first_is_meant(ledger, kind):
            after["focus"][kind] = next(link.id for link in links if link.type == kind)
            after["focus"].pop("customer", None)


def _first_is_meant(ledger: Ledger, kind: str) -> bool:
    """Whether a list was asked for by size or date, so that its first is what the question was about."""
    calls = [call for call in ledger.calls if call.tool == "list_opportunities"]
    return kind == "opportunity" and len(calls) == 1 and bool(calls[0].args.get("order"))


def _focus_on_changes(after: dict[str, Any], changes: Sequence[Change]) -> None:
    for change in changes:
        if change.record_type not in _WORTH_A_FOCUS:
            continue
        if change.op == DELETE:
            after["focus"].pop(change.record_type, None)
            continue
        after["focus"][change.record_type] = change.record_id
        _focus_on_parents(after, change.record)


def _focus_on_parents(after: dict[str, Any], record: Record) -> None:
    for kind in ("customer", "opportunity", "lead"):
        parent = getattr(record, f"{kind}_id", None)
        if parent is not None:
            after["focus"][kind] = parent


def _plain(args: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if isinstance(value, str | int | float | bool | list)}
