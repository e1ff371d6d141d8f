"""Who is asking: the identity that every unit of work is bound to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a user may see: a rep its own customers, a manager those of the team, an admin everything."""

    REP = "rep"
    MANAGER = "manager"
    ADMIN = "admin"


@dataclass(frozen=True, kw_only=True, slots=True)
class Principal:
    """An authenticated user. `scope_ids` are the users whose customers are visible; None means all."""

    user_id: int
    key: str
    name: str
    role: Role
    team: str | None
    team_ids: tuple[int, ...]

    @property
    def scope_ids(self) -> tuple[int, ...] | None:
        """Ids of the users whose records this principal sees, or None for everybody's."""
        if self.role is Role.ADMIN:
            return None
        return self.team_ids if self.role is Role.MANAGER else (self.user_id,)

    def covers(self, user_id: int | None) -> bool:
        """Whether records owned by `user_id` are this principal's to see and change."""
        scope = self.scope_ids
        return scope is None or user_id in scope


SYSTEM = Principal(user_id=0, key="system", name="system", role=Role.ADMIN, team=None, team_ids=())
"""The principal of imports, reminders and migrations; never of a message."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where a change comes from: channel, conversation, message and the words that asked for it."""

    channel: str
    conversation_id: str | None = None
    message_id: str | None = None
    words: str | None = None
