"""One turn: hear, understand, act, answer; one turn at a time per conversation, one effect per message."""

from __future__ import annotations

import asyncio
import logging
import weakref
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from assistant.errors import ConversationBusy, InputRejected
from assistant.executor import Executor
from assistant.focus import RecordOf, next_state
from assistant.messages import Ask, Inbound, Plan, Reply, Settle, TakeBack
from assistant.planner import Heard, Planner, PlansInside
from assistant.reply import make_reply, reply_from_json, reply_text
from assistant.transcription import Transcriber
from crm_store.errors import VersionConflict
from crm_store.mailboxes import AlreadyAnswered
from crm_store.principal import Origin, Principal
from crm_store.records import Record
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork
from intents.normalise import clean_inbound, has_words

log = logging.getLogger(__name__)
TITLE_CHARS = 40
Check = Callable[[UnitOfWork], None]
_NO_WORDS = "没有看到文字内容。请说一句话,例如「下周三提醒我给客户打电话」。\nI found no words in your message."


class Assistant:
    """Answers messages. Everything it needs comes in as arguments."""

    def __init__(
        self,
        *,
        store: Store,
        planner: Planner,
        executor: Executor,
        transcriber: Transcriber,
        max_chars: int,
    ) -> None:
        self._store = store
        self._planner = planner
        self._inside = planner if isinstance(planner, PlansInside) else None
        self._executor = executor
        self._transcriber = transcriber
        self._max_chars = max_chars
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    @property
    def plans_inside(self) -> bool:
        """Whether a turn of text looks at the store within its one transaction only."""
        return self._inside is not None

    async def turn(self, inbound: Inbound, *, check: Check | None = None) -> Reply:
        """Answer one message. A repeated message id gives the first answer.

        `check` is called in the turn's transaction before anything else, and nothing is done when it raises; it needs
        `plans_inside`. Raises InputRejected (unusable message), TranscriptionError, ConversationBusy; nothing is
        written then.
        """
        async with self._lock(inbound.conversation_id):
            text = await self._hear(inbound)
            if not has_words(text):
                return await self._act(inbound, text, _asking_for_words, check)
            heard = Heard(inbound=inbound, text=text)
            return await self._plan_and_act(heard, check)

    async def settle(
        self, inbound: Inbound, *, confirm: bool, pending_id: str | None = None, edits: dict[str, Any] | None = None
    ) -> Reply:
        """Confirm (with edited arguments, by position of the call) or cancel held writes, by id or all."""
        step = Settle(confirm=confirm, pending_id=pending_id, edits=edits)
        return await self._command(inbound, step)

    async def undo(self, inbound: Inbound, *, change_set_id: int | None = None) -> Reply:
        """Take a change back: the one named, or the newest of the conversation."""
        return await self._command(inbound, TakeBack(change_set_id=change_set_id))

    async def _command(self, inbound: Inbound, step: Settle | TakeBack) -> Reply:
        async with self._lock(inbound.conversation_id):
            return await self._act(
                inbound, inbound.text, lambda version: Plan(steps=(step,), conversation_version=version)
            )

    async def _hear(self, inbound: Inbound) -> str:
        """The message as clean text."""
        if inbound.audio is not None:
            return clean_inbound(await self._transcriber.transcribe(inbound.audio, inbound.principal))
        if len(inbound.text) > self._max_chars:
            raise InputRejected(
                f"这条消息太长了({len(inbound.text)} 字),最多 {self._max_chars} 字;请分几条发送。 "
                f"The message is too long; the limit is {self._max_chars} characters."
            )
        return clean_inbound(inbound.text)

    async def _plan_and_act(self, heard: Heard, check: Check | None) -> Reply:
        """Plan and act; once more when another replica's turn of this conversation was faster."""
        for _ in range(2):
            make = await self._plan(heard)
            try:
                return await self._carry_out(heard.inbound, heard.text, make, check)
            except VersionConflict:
                log.info("conversation moved on while planning; planning again")
        raise ConversationBusy("同一个对话里有别的消息正在处理,请稍后再发一次。")

    async def _plan(self, heard: Heard) -> Callable[[UnitOfWork], Plan]:
        """What gives the plan in the transaction that carries it out; a model is asked before that begins."""
        if self._inside is not None:
            return partial(self._inside.plan_now, heard)
        plan = await self._planner.plan(heard, self._store)
        return lambda _: plan

    async def _act(self, inbound: Inbound, text: str, make: Callable[[int], Plan], check: Check | None = None) -> Reply:
        """Carry out a plan that needs no planner."""
        return await self._carry_out(inbound, text, lambda uow: make(conversation_version(uow, inbound)), check)

    async def _carry_out(
        self, inbound: Inbound, text: str, make: Callable[[UnitOfWork], Plan], check: Check | None
    ) -> Reply:
        origin = Origin(
            channel=inbound.channel,
            conversation_id=inbound.conversation_id,
            message_id=inbound.message_id,
            words=text,
        )

        def work(uow: UnitOfWork) -> Reply:
            if check is not None:
                check(uow)
            return self._answer_once(uow, inbound, text, make)

        try:
            return await self._store.write(inbound.principal, origin, work)
        except AlreadyAnswered:
            return await self._store.read(inbound.principal, lambda uow: _first_answer(uow, inbound))

    def _answer_once(self, uow: UnitOfWork, inbound: Inbound, text: str, make: Callable[[UnitOfWork], Plan]) -> Reply:
        """In one transaction: effect, conversation, inbox row, so that a message has its effect once or not at all."""
        first = uow.inbox.answer(inbound.channel, inbound.message_id)
        if first is not None:
            return _repeated(first)
        conversation = uow.conversations.open(inbound.conversation_id, inbound.channel)
        plan = make(uow)
        if conversation.version != plan.conversation_version:
            raise VersionConflict("conversation", 0)
        ledger = self._executor.carry_out(uow, plan, conversation_id=conversation.id, words=text)
        heard = text if inbound.audio is not None else None
        reply = make_reply(uow, inbound, plan, ledger, heard=heard)
        wire = reply_text(reply)
        uow.conversations.append_exchange(conversation.id, inbound.message_id, text, reply.text, wire)
        state = next_state(
            conversation.state, plan, ledger, uow.audit.changes, uow.audit.change_set_id, _records_of(uow)
        )
        uow.conversations.save(conversation, state, title=conversation.title or text[:TITLE_CHARS] or None)
        uow.inbox.record(inbound.channel, inbound.message_id, conversation.id, wire)
        return replace(reply, wire=wire)

    def _lock(self, conversation_id: str) -> asyncio.Lock:
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        return lock


def _records_of(uow: UnitOfWork) -> RecordOf:
    """Looks up a record that the user may see; one that this turn has written is known, unless a customer moved."""
    changes = uow.audit.changes
    moved = any(change.record_type == "customer" for change in changes)
    written = {} if moved else {(each.record_type, each.record_id): each.after for each in changes}

    def record_of(record_type: str, record_id: int) -> Record | None:
        known = written.get((record_type, record_id))
        return uow.repository(record_type).get(record_id) if known is None else known

    return record_of


def conversation_version(uow: UnitOfWork, inbound: Inbound) -> int:
    """The version a plan is made for; a conversation that does not exist yet will have version 1."""
    found = uow.conversations.get(inbound.conversation_id)
    return 1 if found is None else found.version


def _asking_for_words(version: int) -> Plan:
    return Plan(steps=(Ask(text=_NO_WORDS, question=None),), conversation_version=version)


def _first_answer(uow: UnitOfWork, inbound: Inbound) -> Reply:
    first = uow.inbox.answer(inbound.channel, inbound.message_id)
    assert first is not None
    return _repeated(first)


def _repeated(first: dict[str, Any]) -> Reply:
    return reply_from_json({**first, "repeated": True})


__all__ = ["Assistant", "Principal", "conversation_version"]
