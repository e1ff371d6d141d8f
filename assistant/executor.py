"""The only place where a tool runs: validate, authorise, hold, run in one unit of work, audit, take back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from assistant.holding import digest, reason_to_hold
from assistant.messages import Ask, Do, Held, Outcome, Plan, RanCall, Say, Settle, Step, TakeBack, ToolCall
from crm_store.audit import Change
from crm_store.errors import NotPermitted, RecordNotVisible, UndoRefused, VersionConflict
from crm_store.pendings import CANCELLED_, CONFIRMED, Pending
from crm_store.records import LOST
from crm_store.undo import UNDO, undo
from crm_store.unit_of_work import UnitOfWork
from tools.base import Effect, Tool, ToolContext, ToolRefused, View
from tools.cards import Answer, Card
from tools.naming import names_for
from tools.written import Written

Ids = Callable[[], str]


@dataclass(slots=True)
class Ledger:
    """What has come out of a turn so far; the reply is made from it."""

    answers: list[Answer] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    calls: list[RanCall] = field(default_factory=list)
    refused: bool = False
    said: list[Say] = field(default_factory=list)
    changed: bool = False


class Executor:
    """Runs the steps of a plan inside one unit of work."""

    def __init__(self, tools: Mapping[str, Tool], new_id: Ids) -> None:
        self._tools = tools
        self._new_id = new_id

    def carry_out(self, uow: UnitOfWork, plan: Plan, *, conversation_id: str, words: str) -> Ledger:
        """Do all steps in order: what is clear is written, what must be confirmed is held, the rest asked or said."""
        view = View(language=plan.language, zone=uow.settings.timezone, now=uow.now)
        run = _Run(self._tools, self._new_id, uow, view, conversation_id, words)
        for step in plan.steps:
            run.step(step)
        run.hold_what_waits()
        return run.ledger

    def is_reading(self, plan: Plan) -> bool:
        """Whether no step of the plan can write, so that it may run outside the writer."""
        return all(isinstance(step, Ask | Say) or self._only_reads(step) for step in plan.steps)

    def _only_reads(self, step: Step) -> bool:
        return isinstance(step, Do) and all(
            call.tool in self._tools and self._tools[call.tool].effect is Effect.READ for call in step.calls
        )


@dataclass(slots=True)
class _Waiting:
    """Calls of this turn that must be confirmed, with what they would do."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


class _Run:
    """One carrying out of a plan."""

    def __init__(
        self, tools: Mapping[str, Tool], new_id: Ids, uow: UnitOfWork, view: View, conversation_id: str, words: str
    ) -> None:
        self._tools = tools
        self._new_id = new_id
        self._uow = uow
        self._view = view
        self._conversation_id = conversation_id
        self._words = words
        self._waiting = _Waiting()
        self.ledger = Ledger()

    def _reason_to_hold(self, changes: Sequence[Change]) -> str | None:
        of_deals = any(change.record_type == "opportunity" for change in changes)
        return reason_to_hold(changes, self._lost if of_deals else frozenset())

    @cached_property
    def _lost(self) -> frozenset[int]:
        lost = self._uow.stages.by_key(LOST)
        return frozenset() if lost is None else frozenset((lost.id,))

    def step(self, step: Step) -> None:
        """Carry out one step."""
        if isinstance(step, Do):
            self._do(step)
        elif isinstance(step, Ask):
            self.ledger.asks.append(step)
        elif isinstance(step, Say):
            self.ledger.said.append(step)
            self.ledger.refused |= step.outcome is Outcome.REFUSED
        elif isinstance(step, Settle):
            self._settle(step)
        else:
            self._take_back(step)

    def hold_what_waits(self) -> None:
        """Keep what must be confirmed, as one held write for the whole message."""
        waiting = self._waiting
        if not waiting.calls:
            return
        bound = digest(waiting.calls, waiting.changes, self._uow.principal.user_id, self._conversation_id)
        title = self._view.say("请确认", "Please confirm")
        pending = self._uow.pendings.hold(
            self._new_id(),
            self._conversation_id,
            calls=waiting.calls,
            digest=bound,
            shown={"title": title, "reasons": waiting.reasons},
            words=self._words,
        )
        self.ledger.held.append(
            Held(id=pending.id, title=title, cards=tuple(waiting.cards), expires_at=pending.expires_at)
        )

    def _do(self, step: Do) -> None:
        try:
            with self._uow.savepoint() as savepoint:
                answers = [self._call(call) for call in step.calls]
                reason = step.hold or self._reason_to_hold(savepoint.changes)
                if reason is not None and savepoint.changes:
                    self._wait(step, answers, list(savepoint.changes), reason)
                    savepoint.rollback()
                    return
                self.ledger.changed |= bool(savepoint.changes)
        except _REFUSALS as refusal:
            self._refuse(step.calls, refusal)
            return
        self.ledger.calls += [RanCall(tool=c.tool, args=c.args, ok=True) for c in step.calls]
        self.ledger.answers += _with_echo(answers, step.echo)

    def _call(self, call: ToolCall) -> Answer:
        tool = self._tools.get(call.tool)
        if tool is None:
            raise ToolRefused(self._view.say(f"没有「{call.tool}」这个功能", f"There is no tool {call.tool}"))
        args = tool.args.model_validate(call.args)
        return tool.function(ToolContext(crm=self._uow, view=self._view), args).render(self._view)

    def _wait(self, step: Do, answers: Sequence[Answer], changes: list[Change], reason: str) -> None:
        for call in step.calls:
            args = self._tools[call.tool].args.model_validate(call.args).model_dump(mode="json", exclude_unset=True)
            self._waiting.calls.append({"tool": call.tool, "args": args})
            self.ledger.calls.append(RanCall(tool=call.tool, args=call.args, ok=True))
        self._waiting.cards += [card for answer in _with_echo(answers, step.echo) for card in answer.cards]
        self._waiting.changes += changes
        self._waiting.reasons.append(reason)

    def _settle(self, step: Settle) -> None:
        waiting = self._uow.pendings.waiting(self._conversation_id)
        if step.pending_id is not None:
            waiting = [p for p in waiting if p.id == step.pending_id]
        if not waiting:
            text = self._view.say("没有等待确认的操作(可能已处理或已过期)。", "Nothing is waiting for confirmation.")
            self.ledger.said.append(Say(text=text))
            return
        for pending in waiting:
            if step.confirm:
                self._confirm(pending, step.edits or {})
            else:
                self._uow.pendings.settle(pending.id, CANCELLED_)
        if not step.confirm:
            text = self._view.say("好的,已取消,什么都没有改。", "Cancelled; nothing was changed.")
            self.ledger.said.append(Say(text=text))

    def _confirm(self, pending: Pending, edits: Mapping[str, Any]) -> None:
        """Run what was held, if the records are still as they were shown; else show it anew."""
        calls = [
            ToolCall(tool=c["tool"], args={**c["args"], **edits.get(str(i), {})}) for i, c in enumerate(pending.calls)
        ]
        if not self._uow.pendings.settle(pending.id, CONFIRMED):
            return
        try:
            with self._uow.savepoint() as savepoint:
                answers = [self._call(call) for call in calls]
                changes = list(savepoint.changes)
                user_id = self._uow.principal.user_id
                same = digest(pending.calls, changes, user_id, self._conversation_id) == pending.digest
                if not same and not edits:
                    savepoint.rollback()
        except _REFUSALS as refusal:
            self._refuse(calls, refusal)
            return
        if not same and not edits:
            step = Do(calls=tuple(calls))
            self._wait(step, answers, changes, "changed")
            text = self._view.say(
                "这条记录在此期间被改过,请再看一遍再确认。", "The record changed meanwhile; please check again."
            )
            self.ledger.said.append(Say(text=text))
            return
        self.ledger.changed |= bool(changes)
        self.ledger.calls += [RanCall(tool=c.tool, args=c.args, ok=True) for c in calls]
        self.ledger.answers += answers

    def _take_back(self, step: TakeBack) -> None:
        audit = self._uow.audit
        if step.change_set_id is not None:
            found = audit.load(step.change_set_id)
        else:
            mine = audit.recent(conversation_id=self._conversation_id)
            found = next((s for s in mine if s.kind != UNDO and s.undone_by is None and s.changes), None)
        if found is None:
            self.ledger.said.append(Say(text=self._view.say("没有可以撤销的修改。", "There is nothing to undo.")))
            return
        try:
            with self._uow.savepoint() as savepoint:
                undo(self._uow, found)
                changes = list(savepoint.changes)
        except (UndoRefused, *_REFUSALS) as refusal:
            self._refuse((), refusal)
            return
        self.ledger.changed = True
        self.ledger.answers.append(self._undone(changes))

    def _undone(self, changes: Sequence[Change]) -> Answer:
        records = [r for change in changes for r in (change.before, change.after) if r is not None]
        names = names_for(ToolContext(crm=self._uow, view=self._view), records)
        shown = Written(changes=tuple(changes), same=(), names=names).render(self._view)
        text = self._view.say("已撤销,恢复到修改前。", "Undone; restored as before.")
        return Answer(text=f"{text}{shown.text}", cards=shown.cards, shown=shown.shown)

    def _refuse(self, calls: Sequence[ToolCall], refusal: Exception) -> None:
        self.ledger.calls += [RanCall(tool=c.tool, args=c.args, ok=False) for c in calls]
        self.ledger.refused = True
        self.ledger.said.append(Say(text=self._reason(refusal), outcome=Outcome.REFUSED))

    def _reason(self, refusal: Exception) -> str:
        if isinstance(refusal, ToolRefused | NotPermitted | UndoRefused):
            return refusal.reason
        if isinstance(refusal, RecordNotVisible):
            return self._view.say("没有找到这条记录。", "There is no such record.")
        if isinstance(refusal, VersionConflict):
            return self._view.say("这条记录刚被别人改过,请再试一次。", "Somebody just changed this record; try again.")
        return self._view.say(
            "参数不完整或不合规,没有执行。", "The arguments are incomplete or invalid; nothing was done."
        )


_REFUSALS = (ToolRefused, NotPermitted, RecordNotVisible, VersionConflict, ValidationError)


def _with_echo(answers: Sequence[Answer], echo: str) -> list[Answer]:
    """Put the echo of resolved dates and amounts behind the first sentence."""
    if not echo or not answers:
        return list(answers)
    first = answers[0]
    text = f"{first.text}({echo})" if first.text else echo
    return [Answer(text=text, cards=first.cards, citations=first.citations, shown=first.shown), *answers[1:]]
