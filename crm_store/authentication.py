"""Who a token belongs to, read in as few statements as possible: every request of every channel begins with this."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select

from crm_store.principal import Principal, Role
from crm_store.schema import conversations, users
from crm_store.unit_of_work import UnitOfWork

_mates = users.alias("mates")
_TALK = select(conversations.c.user_id).where(conversations.c.id == bindparam("talk")).scalar_subquery()
_USER = (
    select(users.c.id, users.c.key, users.c.name, users.c.role, users.c.team, _mates.c.id, _TALK)
    .join_from(users, _mates, and_(_mates.c.team == users.c.team, _mates.c.deleted_at.is_(None)), isouter=True)
    .where(users.c.id == bindparam("user"), users.c.active.is_(True), users.c.deleted_at.is_(None))
    .order_by(_mates.c.id)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Authenticated:
    """A user behind a valid token; `owns` says whether the conversation asked about is this user's."""

    principal: Principal
    owns: bool


def authenticate(uow: UnitOfWork, token: str, kind: str, conversation_id: str | None = None) -> Authenticated | None:
    """The active user of a token that is valid now, or None. Runs as the system."""
    user_id = uow.credentials.check(token, kind)
    if user_id is None:
        return None
    rows = list(uow.rows(_USER.params(user=user_id, talk=conversation_id)))
    if not rows:
        return None
    _, key, name, role, team, _, talks = rows[0]
    mates = tuple(row[5] for row in rows if row[5] is not None)
    principal = Principal(user_id=user_id, key=key, name=name, role=Role(role), team=team, team_ids=mates or (user_id,))
    return Authenticated(principal=principal, owns=talks == user_id)
