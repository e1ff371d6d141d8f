"""Shows what the embedded planner makes of a text: what it marked, which commands it saw, which calls it would make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.messages import Do, Inbound, Plan
from assistant.planner import Heard
from assistant.planner.embedded import EmbeddedPlanner
from crm_store.database import Database
from crm_store.principal import SYSTEM, Principal, Role
from crm_store.store import Store, principal_of
from crm_store.unit_of_work import UnitOfWork
from eval.stores import SetClock, Template, WorldError, build_empty, build_template, in_zone, url_of, world_folder
from intents.commands import find_commands
from intents.normalise import clean_inbound
from intents.numbers import Amount
from intents.sentence import LIKELY, Sentence

CHANNEL = "understand"
NOBODY = Principal(user_id=1, key="nobody", name="nobody", role=Role.REP, team=None, team_ids=(1,))
"""Who asks where no user is named: somebody who sees nothing."""
Understand = Callable[["Question"], dict[str, Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A text and when it is said; None is the world's clock, or the machine's where there is no world."""

    text: str
    now: datetime | None = None


@contextmanager
def understanding(world: Path | None, user: str | None) -> Iterator[Understand]:
    """Gives what understands texts as `user` in a world (or as nobody in none). Raises WorldError."""
    with TemporaryDirectory(prefix="understand-") as scratch:
        file = Path(scratch) / "world.db"
        template = build_empty(file) if world is None else build_template(world_folder(world, ""), file)
        clock = SetClock(template.now or datetime.now(UTC))
        store = Store(Database(url_of(file)), clock)
        try:
            yield _Reader(template, store, clock, NOBODY if user is None else principal_named(store, user)).understand
        finally:
            store.close()


def principal_named(store: Store, user: str) -> Principal:
    """The user of that id. Raises WorldError."""
    found = store.read_now(SYSTEM, lambda uow: principal_of(uow.users, uow.users.by_key(user)))
    if found is None:
        raise WorldError(f"no active user {user!r} in the world")
    return found


class _Reader:
    """One planner over one store, for as many texts as come."""

    def __init__(self, template: Template, store: Store, clock: SetClock, principal: Principal) -> None:
        self._template = template
        self._store = store
        self._clock = clock
        self._default = clock.at
        self._principal = principal
        self._planner = EmbeddedPlanner()
        self._numbers = count(1)

    def understand(self, question: Question) -> dict[str, Any]:
        self._clock.at = in_zone(question.now or self._default, self._template.zone)
        inbound = Inbound(
            principal=self._principal,
            channel=CHANNEL,
            conversation_id=CHANNEL,
            message_id=f"message-{next(self._numbers)}",
            text=question.text,
        )
        heard = Heard(inbound=inbound, text=clean_inbound(question.text))
        shown = self._store.read_now(self._principal, lambda uow: self._shown(heard, uow))
        return {"text": question.text, **shown}

    def _shown(self, heard: Heard, uow: UnitOfWork) -> dict[str, Any]:
        desk = self._planner.desk(heard, uow)
        plan = self._planner.plan_now(heard, uow)
        commands = find_commands(desk.sentence, desk.classifier)
        return {
            "normalised": desk.sentence.text,
            "times": _times(desk.sentence),
            "amounts": [_amount(each, desk.sentence) for each in desk.sentence.amounts],
            "entities": _entities(desk.sentence),
            "intents": [{"name": each.intent, "score": round(each.score, 2)} for each in commands],
            "calls": _calls(plan),
        }


def _times(sentence: Sentence) -> list[dict[str, Any]]:
    return [
        {
            "text": sentence.raw(time.begin, time.stop),
            "start": time.start.isoformat(),
            "end": time.end.isoformat(),
            "grain": time.grain.value,
        }
        for time in sentence.times
    ]


def _amount(amount: Amount, sentence: Sentence) -> dict[str, Any]:
    return {"text": sentence.raw(amount.begin, amount.stop), "value": _number(amount.value), "unit": amount.unit}


def _entities(sentence: Sentence) -> list[dict[str, Any]]:
    """The likeliest record of each mention, the sure ones only (see the bands in intents/names)."""
    found = []
    for mention in sentence.mentions:
        best = mention.candidates[0] if mention.candidates else None
        if best is not None and best.score >= LIKELY and not mention.inside:
            found.append(
                {
                    "text": sentence.raw(mention.begin, mention.stop),
                    "type": best.nameable.kind.value,
                    "name": best.nameable.name,
                    "score": round(best.score, 2),
                    "by": best.by.value,
                }
            )
    return found


def _calls(plan: Plan) -> list[dict[str, Any]]:
    return [{"tool": c.tool, "args": _plain(c.args)} for step in plan.steps if isinstance(step, Do) for c in step.calls]


def _plain(value: Any) -> Any:
    """The value as JSON holds it."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
