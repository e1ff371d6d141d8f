"""Who is asking: a session from a cookie or a bearer token, looked up in the store for every request."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Path, Request

from channels.problems import Problem
from channels.service import Service, service_of
from crm_store.authentication import authenticate
from crm_store.principal import SYSTEM, Origin, Principal
from crm_store.store import principal_of
from crm_store.unit_of_work import UnitOfWork

COOKIE = "xiaoxiao_session"
CSRF_HEADER = "X-CSRF-Token"
LINK, IN_COOKIE, BEARER = "link", "session", "bearer"
CHANNELS = {IN_COOKIE: "web", BEARER: "rest"}
"""Kinds of credentials, and the channel that a change made with one is said to come from."""

LINK_LIFETIME = timedelta(hours=24)
LONGEST_TOKEN = 512
_SEEN = 10_000
_READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """A signed-in user, as the store knows it now."""

    principal: Principal
    kind: str
    token: str

    @property
    def channel(self) -> str:
        """The channel's name in audit entries."""
        return CHANNELS[self.kind]

    @property
    def csrf_token(self) -> str:
        """What a page must send along with writes: only a page of ours can have read it."""
        return hmac.new(self.token.encode(), b"csrf", hashlib.sha256).hexdigest()


async def signed_in(request: Request) -> Session:
    """The session of a request. Raises Problem: not_signed_in, csrf."""
    session, _ = await _authenticate(request, None)
    return session


async def in_conversation(request: Request, conversation_id: str) -> Session:
    """The session of a request to a conversation, which must be the user's; read together, since every turn does it.

    Raises what `signed_in` raises, and Problem not_found: another's conversation and none are not told apart.
    """
    session, owns = await _authenticate(request, conversation_id)
    if not owns:
        raise Problem("not_found")
    seen = service_of(request).seen
    if len(seen) >= _SEEN:
        del seen[next(iter(seen))]
    seen[session.token, session.kind, conversation_id] = session.principal
    return session


class SessionEnded(Exception):
    """A session that was presumed is not, or not any more, what it was."""


def presumed(request: Request, conversation_id: str) -> Session | None:
    """The session as it was when last looked up, or None. What it does must begin with `recheck`.

    So that a turn looks it up where it looks up all else, in its own transaction. Raises Problem: not_signed_in, csrf.
    """
    token, kind = _token(request)
    principal = service_of(request).seen.get((token, kind, conversation_id))
    return None if principal is None else _session(request, Session(principal=principal, kind=kind, token=token))


def recheck(session: Session, conversation_id: str, uow: UnitOfWork) -> None:
    """Raise SessionEnded unless the session is the one that was presumed."""
    found = authenticate(uow, session.token, session.kind, conversation_id)
    if found is None or not found.owns or found.principal != session.principal:
        raise SessionEnded


ConversationId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
CONVERSATION_ID = "[A-Za-z0-9_.:-]{1,64}"
SignedIn = Annotated[Session, Depends(signed_in)]
"""An argument of a route: who is asking."""


async def _authenticate(request: Request, conversation_id: str | None) -> tuple[Session, bool]:
    token, kind = _token(request)
    store = service_of(request).runtime.store
    found = await store.glance(SYSTEM, lambda uow: authenticate(uow, token, kind, conversation_id))
    if found is None:
        raise Problem("not_signed_in")
    session = _session(request, Session(principal=found.principal, kind=kind, token=token))
    return session, found.owns


def _session(request: Request, session: Session) -> Session:
    """The session, having checked that a page of ours asks, and noted for the log who it is."""
    if session.kind == IN_COOKIE and request.method not in _READING:
        _check_csrf(request, session)
    request.state.user_id = session.principal.user_id
    return session


async def exchange(service: Service, token: str, kind: str) -> Session | None:
    """Use up a sign-in link's token and open a session of `kind`; None for a token that is no longer good."""
    lifetime = timedelta(hours=service.runtime.settings.session_hours)

    def work(uow: UnitOfWork) -> Session | None:
        user_id = uow.credentials.redeem(token, LINK)
        principal = None if user_id is None else principal_of(uow.users, uow.users.get(user_id))
        if principal is None:
            return None
        return Session(principal=principal, kind=kind, token=uow.credentials.issue(principal.user_id, kind, lifetime))

    return await service.runtime.store.write(SYSTEM, Origin(channel=CHANNELS[kind]), work)


async def end(service: Service, session: Session) -> None:
    """Sign out: the session's token is worth nothing from now on."""
    origin = Origin(channel=session.channel)
    await service.runtime.store.write(SYSTEM, origin, lambda uow: uow.credentials.revoke(session.token))


def new_link(uow: UnitOfWork, user_key: str) -> str | None:
    """The path of a one-time sign-in link for an active user, good for a day; None where there is no such user.

    Runs as the system, from the command line or by an administrator's wish.
    """
    user = uow.users.by_key(user_key)
    if user is None or not user.active:
        return None
    return f"/signin?token={uow.credentials.issue(user.id, LINK, LINK_LIFETIME)}"


def _token(request: Request) -> tuple[str, str]:
    """The token and its kind; a bearer token counts before a cookie. Raises Problem not_signed_in."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer"
    token = value.strip() if is_bearer else request.cookies.get(COOKIE, "")
    if not token or len(token) > LONGEST_TOKEN:
        raise Problem("not_signed_in")
    return token, BEARER if is_bearer else IN_COOKIE


def _check_csrf(request: Request, session: Session) -> None:
    given = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(given.encode(), session.csrf_token.encode()):
        raise Problem("csrf")
