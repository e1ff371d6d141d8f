"""Tokens that prove who somebody is: one-time links, sessions, API tokens; only their digests are stored."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from crm_store.errors import NotPermitted
from crm_store.principal import Principal, Role
from crm_store.schema import credentials, users

TOKEN_BYTES = 32
"""256 random bits: with so many, a plain SHA-256 is as good as a slow hash, which is for guessable passwords."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Credential:
    """What a user may know of a token afterwards; never the token."""

    id: int
    user_id: int
    kind: str
    label: str | None
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None


class Credentials:
    """Issues and checks tokens; authentication uses it as the system, a user for itself."""

    def __init__(self, connection: Connection, principal: Principal, now: datetime) -> None:
        self._connection = connection
        self._principal = principal
        self._now = now

    def issue(self, user_id: int, kind: str, ttl: timedelta | None, *, label: str | None = None) -> str:
        """A new token, which can't be shown again; valid for `ttl`, None for ever. Raises NotPermitted."""
        self._check_own(user_id)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._connection.execute(
            insert(credentials),
            {
                "user_id": user_id,
                "kind": kind,
                "digest": digest_of(token),
                "label": label,
                "created_at": self._now,
                "expires_at": None if ttl is None else self._now + ttl,
            },
        )
        return token

    def check(self, token: str, kind: str) -> int | None:
        """The active user whom a valid token belongs to, or None; a used one-time token is no longer valid."""
        query = select(credentials.c.user_id).where(self._valid(token, kind), _of_active_user())
        found: int | None = self._connection.execute(query).scalar_one_or_none()
        return found

    def redeem(self, token: str, kind: str) -> int | None:
        """The same as `check`, and the token is used up: of two at the same time, one gets None."""
        spent = update(credentials).where(self._valid(token, kind), _of_active_user()).values(used_at=self._now)
        if self._connection.execute(spent).rowcount != 1:
            return None
        query = select(credentials.c.user_id).where(credentials.c.digest == digest_of(token))
        return int(self._connection.execute(query).scalar_one())

    def revoke(self, token: str) -> bool:
        """End a token (sign out); False when it was not valid."""
        return self._end(credentials.c.digest == digest_of(token))

    def revoke_all(self, user_id: int, kind: str | None = None) -> bool:
        """End all of a user's tokens, or those of one kind. Raises NotPermitted."""
        self._check_own(user_id)
        of_kind = [] if kind is None else [credentials.c.kind == kind]
        return self._end(credentials.c.user_id == user_id, *of_kind)

    def of_user(self, user_id: int) -> list[Credential]:
        """A user's tokens that are still valid, newest first. Raises NotPermitted."""
        self._check_own(user_id)
        columns = [c for c in credentials.c if c.name != "digest"]
        query = select(*columns).where(credentials.c.user_id == user_id, self._alive())
        rows = self._connection.execute(query.order_by(credentials.c.id.desc()))
        return [Credential(**row._mapping) for row in rows]

    def forget_expired(self, before: datetime) -> int:
        """Delete the rows of tokens that were over before that time, and return how many."""
        c = credentials.c
        over = or_(c.expires_at < before, c.used_at < before, c.revoked_at < before)
        return self._connection.execute(delete(credentials).where(over)).rowcount

    def _end(self, *conditions: ColumnElement[bool]) -> bool:
        ended = update(credentials).where(*conditions, self._alive()).values(revoked_at=self._now)
        return self._connection.execute(ended).rowcount > 0

    def _valid(self, token: str, kind: str) -> ColumnElement[bool]:
        return (credentials.c.digest == digest_of(token)) & (credentials.c.kind == kind) & self._alive()

    def _alive(self) -> ColumnElement[bool]:
        c = credentials.c
        unexpired = or_(c.expires_at.is_(None), c.expires_at > self._now)
        return c.used_at.is_(None) & c.revoked_at.is_(None) & unexpired

    def _check_own(self, user_id: int) -> None:
        if self._principal.role is not Role.ADMIN and user_id != self._principal.user_id:
            raise NotPermitted("只能管理自己的登录凭证")


def _of_active_user() -> ColumnElement[bool]:
    active: Any = select(users.c.id).where(users.c.active.is_(True), users.c.deleted_at.is_(None))
    return credentials.c.user_id.in_(active)


def digest_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
