"""Plays cases as messages that arrive over a channel, and notes what the store says happened."""

from __future__ import annotations

import logging
import mimetypes
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from assistant.bootstrap import Runtime
from assistant.errors import AssistantError
from assistant.messages import Audio, Inbound, Outcome
from crm_store.pendings import CONFIRMED
from crm_store.principal import Principal
from eval.changes import Change, changes_between, positions_of_new
from eval.doors import Door, DoorClosed, OpenDoor, directly
from eval.playground import Playground
from eval.results import ActualChange, CaseResult, TurnResult
from eval.stores import Template, WorldError, in_zone
from eval.suite import Case, Turn

log = logging.getLogger(__name__)
CHANNEL = "replay"
CONFIRMATION = "确认"


async def play_case(
    case: Case,
    template: Template | WorldError,
    playground: Playground | None,
    folder: Path,
    open_door: OpenDoor = directly,
) -> CaseResult:
    """Play one case; one that can't be played is a result with the reason. Recordings lie in the suite's `folder`."""
    if playground is None or isinstance(template, WorldError):
        return _failed(case, str(template))
    moment = case.now or template.now
    if moment is None:
        return _failed(case, "neither the case nor its world says what time it is (now)")
    runtime = await playground.begin(in_zone(moment, template.zone), case.user)
    principal = await runtime.store.principal(case.user)
    if principal is None:
        return _failed(case, f"no active user {case.user!r} in the world")
    try:
        door = await open_door(runtime, principal)
    except DoorClosed as error:
        return _failed(case, str(error))
    conversation = _Conversation(case, door, runtime, principal, playground, folder)
    return CaseResult(id=case.id, turns=[await conversation.play(turn) for turn in case.turns])


def _failed(case: Case, reason: str) -> CaseResult:
    return CaseResult(id=case.id, turns=[], error=reason)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answer:
    """A reply in its wire form, or a stand-in for it with the reason why there is none."""

    plain: dict[str, Any]
    latency_ms: float
    error: str | None = None


def _no_answer(say: str, reason: str, started: float) -> _Answer:
    lists: dict[str, Any] = {key: [] for key in ("calls", "citations", "options", "held")}
    plain = {"reply": say, "outcome": Outcome.FAILED.value, **lists}
    return _Answer(plain=plain, latency_ms=_since(started), error=reason)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)


class _Conversation:
    """One case as it is played: the store before the turn and now, and what is held."""

    def __init__(
        self, case: Case, door: Door, runtime: Runtime, principal: Principal, playground: Playground, folder: Path
    ) -> None:
        self.case = case
        self.door = door
        self.runtime = runtime
        self.principal = principal
        self.playground = playground
        self.folder = folder
        self.before = self.now = playground.at_first
        self.held: list[str] = []
        self.messages = count(1)

    async def play(self, turn: Turn) -> TurnResult:
        """One turn with the confirmation that follows it."""
        try:
            audio = None if turn.audio is None else read_audio(self.folder / turn.audio)
        except OSError as error:
            return TurnResult(say=turn.words, outcome="failed", error=f"{turn.audio}: {error.strerror or error}")
        answer = await self._send(turn.say or "", audio)
        changes = self._changes()
        unconfirmed = [] if await self._settles_held() else changes
        waits = answer.plain["outcome"] == Outcome.PENDING and self.case.confirm == "auto"
        then = await self._send(CONFIRMATION, None) if waits else None
        if then is not None:
            changes = self._changes()
        self.held += [held["id"] for held in answer.plain["held"]]
        self.before = self.now
        return TurnResult(
            say=turn.words,
            reply=answer.plain["reply"],
            outcome=answer.plain["outcome"],
            calls=answer.plain["calls"] + (then.plain["calls"] if then is not None else []),
            changes=[ActualChange.model_validate(change) for change in changes],
            citations=answer.plain["citations"],
            options=answer.plain["options"],
            confirmed=waits,
            latency_ms=answer.latency_ms,
            confirmed_changes=positions_of_new(changes, unconfirmed),
            error=answer.error or (then.error if then is not None else None),
        )

    async def _send(self, text: str, audio: Audio | None) -> _Answer:
        """The answer to one message; what breaks unexpectedly is logged with its traceback, and the case goes on.

        What breaks often shows its traceback once.
        """
        inbound = Inbound(
            principal=self.principal,
            channel=CHANNEL,
            conversation_id=CHANNEL,
            message_id=f"message-{next(self.messages)}",
            text=text,
            audio=audio,
        )
        started = time.perf_counter()
        try:
            plain = await self.door.send(inbound)
        except AssistantError as error:
            return _no_answer(error.say, f"{error.code}: {error.say}", started)
        except DoorClosed as error:
            return _no_answer("", str(error), started)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            log.error("case %s: %s", self.case.id, reason, exc_info=reason not in self.playground.breakages)
            self.playground.breakages.add(reason)
            return _no_answer("", reason, started)
        return _Answer(plain=plain, latency_ms=_since(started))

    def _changes(self) -> list[Change]:
        """What this turn has changed so far."""
        self.now = self.playground.look()
        return changes_between(self.before, self.now)

    async def _settles_held(self) -> bool:
        """Whether something that earlier turns held has been confirmed since; it is then forgotten."""
        if not self.held:
            return False
        held = self.held
        found = await self.runtime.store.read(self.principal, lambda uow: [uow.pendings.get(each) for each in held])
        waiting = [each.id for each in found if each is not None and each.status != CONFIRMED]
        self.held = waiting
        return len(waiting) < len(held)


def read_audio(path: Path) -> Audio:
    """A recording with the media type that its name tells. Raises OSError."""
    media_type, _ = mimetypes.guess_type(path.name)
    return Audio(data=path.read_bytes(), media_type=media_type or "application/octet-stream")
