"""A running assistant over one world that is put back to its beginning before each case.

Starting an assistant anew for each case would take longer than the case (statements are compiled, weights are read),
and would measure latencies that no running service has. So it is kept, and its file gets the world's pages again.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from assistant.bootstrap import Runtime, build
from assistant.messages import Inbound
from assistant.planner import Planner
from assistant.planner.embedded import EmbeddedPlanner
from assistant.planner.embedded.name_cache import NameCache
from assistant.settings import Settings
from crm_store.database import Database
from crm_store.principal import SYSTEM
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork
from crm_store.world import Snapshot, snapshot
from eval.stores import SetClock, Template, rewind, url_of
from intents.names import NameIndex

log = logging.getLogger(__name__)
EMBEDDED = "embedded"
WARM_UP = ("提醒我明天下午三点给客户报价64.5万", "资料里对质保是怎么说的")
MakePlanner = Callable[[], Planner]


class Numbers:
    """Ids that start again at 1 for each case, so that two replays are equal."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self) -> str:
        """The next id."""
        self.last += 1
        return f"id-{self.last:06}"


class RewindableNames(NameCache):
    """The planner's name indexes, which go back in time with the store.

    What was indexed when a case began holds for all cases, since they begin alike; what a case changed is forgotten.
    """

    def __init__(self) -> None:
        super().__init__()
        self._at_first = OrderedDict(self._entries)

    def index_for(self, uow: UnitOfWork) -> NameIndex:
        """The names that this principal may see, as of this transaction."""
        index = super().index_for(uow)
        for key, entry in self._entries.items():
            self._at_first.setdefault(key, replace(entry))
        return index

    def rewind(self) -> None:
        """Go back to the beginning."""
        self._entries = OrderedDict((key, replace(entry)) for key, entry in self._at_first.items())


class RewindablePlanner(EmbeddedPlanner):
    """The embedded planner, which can be kept from case to case."""

    def __init__(self) -> None:
        super().__init__()
        self._names: RewindableNames = RewindableNames()

    def rewind(self) -> None:
        """Forget what cases have changed."""
        self._names.rewind()


class Playground:
    """One world to play in as often as you like; close it when done.

    Only an assistant with the embedded planner is kept from case to case; another planner may remember what it saw.
    """

    def __init__(self, template: Template, settings: Settings, file: Path, make_planner: MakePlanner | None) -> None:
        template.copy_to(file)
        self._settings = settings.model_copy(update={"database_url": url_of(file)})
        self._make_planner = make_planner
        self._clock = SetClock(datetime.now(UTC))
        self._ids = Numbers()
        self._beginning = Database(url_of(template.file))
        self._live = Database(url_of(file))
        self._looking = Store(self._live, self._clock)
        self.breakages: set[str] = set()
        self._kept: tuple[Runtime, RewindablePlanner] | None = None
        self._lent: Runtime | None = None

    @cached_property
    def at_first(self) -> Snapshot:
        """The store as every case finds it."""
        return self._looking.read_now(SYSTEM, snapshot)

    def look(self) -> Snapshot:
        """The store as it stands."""
        return self._looking.read_now(SYSTEM, snapshot)

    async def begin(self, now: datetime, user: str) -> Runtime:
        """The assistant over the world as it was at first; it is this playground's, and good until the next call.

        One that is new answers two messages of `user` first, which load what a running service has loaded.
        """
        self._give_back()
        self._clock.at = now
        if self._make_planner is None and self._settings.planner == EMBEDDED:
            if self._kept is None:
                planner = RewindablePlanner()
                self._kept = self._build(planner), planner
                self._rewind()
                await _warm_up(self._kept[0], user)
            runtime, planner = self._kept
            planner.rewind()
        else:
            runtime = self._lent = self._build(None if self._make_planner is None else self._make_planner())
        self._rewind()
        return runtime

    def close(self) -> None:
        """Give threads and connections back."""
        self._give_back()
        if self._kept is not None:
            self._kept[0].close()
        self._looking.close()
        self._beginning.close()

    def _rewind(self) -> None:
        rewind(self._beginning, self._live)
        self._ids.last = 0

    def _build(self, planner: Planner | None) -> Runtime:
        return build(self._settings, clock=self._clock, ids=self._ids, planner=planner)

    def _give_back(self) -> None:
        if self._lent is not None:
            self._lent.close()
            self._lent = None


async def _warm_up(runtime: Runtime, user: str) -> None:
    principal = await runtime.store.principal(user)
    if principal is not None:
        for text in WARM_UP:
            inbound = Inbound(
                principal=principal, channel="warm-up", conversation_id="warm-up", message_id=text, text=text
            )
            try:
                await runtime.assistant.turn(inbound)
            except Exception:
                log.exception("the warm-up broke")  # the cases will tell whether that matters to them
