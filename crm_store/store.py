"""The store: opened for a principal, it hands out units of work and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from crm_store.database import Database
from crm_store.principal import SYSTEM, Origin, Principal, Role
from crm_store.records import User
from crm_store.repositories import UserRepository
from crm_store.unit_of_work import UnitOfWork

T = TypeVar("T")
READING = Origin(channel="read")


class Clock(Protocol):
    """Where the time comes from; a replay freezes it."""

    def now(self) -> datetime:
        """The present, aware."""
        ...


class Store:
    """The one door to the data. Every verb is bound to a principal; there is no session outside it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def read(self, principal: Principal, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` on what `principal` may see; nothing it writes is kept."""
        return await self._database.read(lambda c: work(self._unit(c, principal, READING)))

    async def write(self, principal: Principal, origin: Origin, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in one transaction: all of it commits when it returns, none when it raises."""
        return await self._database.write(lambda c: work(self._unit(c, principal, origin)))

    async def glance(self, principal: Principal, work: Callable[[UnitOfWork], T]) -> T:
        """`read` for a look-up of a few rows by key, which on SQLite takes less time than the way to another thread."""
        return await self._database.glance(lambda c: work(self._unit(c, principal, READING)))

    def read_now(self, principal: Principal, work: Callable[[UnitOfWork], T]) -> T:
        """`read` in this thread, for the command line."""
        return self._database.read_now(lambda c: work(self._unit(c, principal, READING)))

    def write_now(self, principal: Principal, origin: Origin, work: Callable[[UnitOfWork], T]) -> T:
        """`write` in this thread, for the command line."""
        return self._database.write_now(lambda c: work(self._unit(c, principal, origin)))

    async def principal(self, user_key: str) -> Principal | None:
        """The principal of an active user, by key; only authentication calls this."""
        return await self.read(SYSTEM, lambda uow: principal_of(uow.users, uow.users.by_key(user_key)))

    def close(self) -> None:
        """Give threads and connections back."""
        self._database.close()

    def _unit(self, connection: Connection, principal: Principal, origin: Origin) -> UnitOfWork:
        return UnitOfWork(connection, principal, origin, self._clock.now())


def principal_of(users: UserRepository, user: User | None) -> Principal | None:
    """The principal of a user record; somebody without a team is a team of one."""
    if user is None or not user.active:
        return None
    team = users.find(users.c.team == user.team) if user.team else [user]
    return Principal(
        user_id=user.id,
        key=user.key,
        name=user.name,
        role=Role(user.role),
        team=user.team,
        team_ids=tuple(sorted(member.id for member in team)),
    )
