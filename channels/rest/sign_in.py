"""Signing in with a one-time link's token, out, and asking who one is."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from channels.answers import answer
from channels.problems import Problem
from channels.rest.body import body_of
from channels.rest.documents import ProblemShape, problems, takes
from channels.rest.sessions import BEARER, COOKIE, IN_COOKIE, Session, SignedIn, end, exchange
from channels.rest.wire import SignIn
from channels.service import ServiceOf

router = APIRouter(tags=["sign-in"])
MODELS = (SignIn, ProblemShape)


@router.post("/sign-in", openapi_extra=takes(SignIn), responses=problems(401, 422, 429))
async def sign_in(request: Request, service: ServiceOf, body: Annotated[SignIn, Depends(body_of(SignIn))]) -> Response:
    """Exchange the token of a one-time link for a session: a cookie, or a bearer token in the answer."""
    address = request.client.host if request.client else ""
    service.sign_ins.check(address, time.monotonic())
    session = await exchange(service, body.token, BEARER if body.session == "bearer" else IN_COOKIE)
    if session is None:
        service.sign_ins.failed(address, time.monotonic())
        raise Problem("link_invalid")
    response = answer(_shape(session))
    if session.kind == IN_COOKIE:
        _set_cookie(response, request, session, hours=service.runtime.settings.session_hours)
    return response


@router.post("/sign-out", status_code=204, responses=problems(401, 403))
async def sign_out(request: Request, service: ServiceOf, session: SignedIn) -> Response:
    """End the session."""
    await end(service, session)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=_is_secure(request))
    return response


@router.get("/me", responses=problems(401))
async def me(session: SignedIn) -> Response:
    """Who is signed in; in a browser's session with the token that writes must send as X-CSRF-Token."""
    return answer(_shape(session, with_token=False))


def _shape(session: Session, *, with_token: bool = True) -> dict[str, Any]:
    who = session.principal
    user = {"id": who.user_id, "key": who.key, "name": who.name, "role": who.role, "team": who.team}
    if session.kind == IN_COOKIE:
        return {"user": user, "csrf_token": session.csrf_token}
    return {"user": user, "token": session.token} if with_token else {"user": user}


def _set_cookie(response: Response, request: Request, session: Session, *, hours: int) -> None:
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=hours * 3600,
        path="/",
        httponly=True,
        samesite="lax",
        secure=_is_secure(request),
    )


def _is_secure(request: Request) -> bool:
    """Over plain HTTP (a laptop) a browser would drop a cookie that is marked secure."""
    return request.url.scheme == "https"
