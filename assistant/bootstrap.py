"""All wiring in one place: from settings to a running assistant."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.executor import Executor
from assistant.planner import Planner
from assistant.planner.embedded import EmbeddedPlanner
from assistant.settings import Settings
from assistant.speech.engines import Engine
from assistant.speech.listening import Listener
from assistant.turn import Assistant
from crm_store.database import Database
from crm_store.store import Clock, Store
from tools.base import Tool, load_tools


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """The present."""
        return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Runtime:
    """A wired assistant with what its channels need."""

    settings: Settings
    store: Store
    assistant: Assistant
    tools: Mapping[str, Tool]
    clock: Clock
    new_id: Callable[[], str]
    listener: Listener

    def close(self) -> None:
        """Give threads and connections back."""
        self.listener.close()
        self.store.close()


def new_id() -> str:
    """A random id."""
    return uuid.uuid4().hex


def build(
    settings: Settings, *, clock: Clock | None = None, ids: Callable[[], str] = new_id, planner: Planner | None = None
) -> Runtime:
    """Wire store, planner, tools and turn. The database must have been migrated."""
    time = clock or SystemClock()
    store = Store(Database(settings.database_url), time)
    tools = load_tools()
    listener = Listener(store, lambda: _engine(settings))
    assistant = Assistant(
        store=store,
        planner=planner or EmbeddedPlanner(),
        executor=Executor(tools, ids),
        transcriber=listener,
        max_chars=settings.max_message_chars,
    )
    return Runtime(
        settings=settings,
        store=store,
        assistant=assistant,
        tools=tools,
        clock=time,
        new_id=ids,
        listener=listener,
    )


def _engine(settings: Settings) -> Engine:
    from assistant.speech.setting_up import make_engine  # engines and their HTTP client load with the first recording

    return make_engine(settings)
