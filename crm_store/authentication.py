"""Who a token belongs to, read in one statement: every request of every channel begins with this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select

from crm_store.credentials import digest_of
from crm_store.principal import Principal, Role
from crm_store.schema import conversations, credentials, users
from crm_store.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Authenticated:
    """A user behind a valid token; `owns` says whether the conversation asked about is this user's."""

    principal: Principal
    owns: bool


def authenticate(uow: UnitOfWork, token: str, kind: str, conversation_id: str | None = None) -> Authenticated | None:
    """The active user of a token that is valid now, or None. Runs as the system."""
    values = {"digest": digest_of(token), "kind": kind, "now": uow.now, "talk": conversation_id}
    rows = uow.prepared_rows("authenticate", _one_user, values)
    if not rows:
        return None
    user_id, key, name, role, team, _, talks = rows[0]
    mates = tuple(row[5] for row in rows if row[5] is not None)
    principal = Principal(user_id=user_id, key=key, name=name, role=Role(role), team=team, team_ids=mates or (user_id,))
    return Authenticated(principal=principal, owns=talks == user_id)


def _one_user() -> Select[Any]:
    """A row for each member of the user's team; a single one for somebody without a team."""
    c, mates = credentials.c, users.alias("mates")
    valid = (c.digest == bindparam("digest")) & (c.kind == bindparam("kind")) & c.used_at.is_(None)
    alive = c.revoked_at.is_(None) & or_(c.expires_at.is_(None), c.expires_at > bindparam("now"))
    talks = select(conversations.c.user_id).where(conversations.c.id == bindparam("talk")).scalar_subquery()
    return (
        select(users.c.id, users.c.key, users.c.name, users.c.role, users.c.team, mates.c.id, talks)
        .select_from(credentials)
        .join(users, users.c.id == c.user_id)
        .join(mates, and_(mates.c.team == users.c.team, mates.c.deleted_at.is_(None)), isouter=True)
        .where(valid, alive, users.c.active.is_(True), users.c.deleted_at.is_(None))
        .order_by(mates.c.id)
    )
