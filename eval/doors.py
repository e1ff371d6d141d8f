"""The ways by which a replayed message reaches the assistant: straight into the turn, or over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from types import TracebackType
from typing import Any, Protocol, Self

import httpx

from assistant.bootstrap import Runtime
from assistant.messages import Inbound
from assistant.reply import reply_json
from assistant.turn import Assistant
from crm_store.principal import Origin, Principal

HTTP_PREFIX = "/api/v1"
_SIGN_IN = timedelta(hours=1)


class DoorClosed(Exception):
    """The assistant can't be reached this way, or refused the message; the text says why."""


class Door(Protocol):
    """Takes one message and gives the reply in its wire form, which has the keys of a replay's turn and `held`."""

    async def send(self, inbound: Inbound) -> dict[str, Any]:
        """The reply. Raises AssistantError or DoorClosed."""
        ...


OpenDoor = Callable[[Runtime, Principal], Awaitable[Door]]
"""Opens a door for one user to a running assistant."""
Serve = Callable[[Runtime], AbstractContextManager[str]]
"""Serves an assistant over HTTP while the context lasts; gives the address, without a path."""


class Direct:
    """The assistant's own turn, which every channel calls."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def send(self, inbound: Inbound) -> dict[str, Any]:
        """The reply."""
        return reply_json(await self._assistant.turn(inbound))


async def directly(runtime: Runtime, principal: Principal) -> Door:
    """The door without a channel."""
    return Direct(runtime.assistant)


class OverHttp:
    """Opens doors through a real HTTP server; use it as a context, which stops the server."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._served: tuple[Runtime, str] | None = None
        self._running = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._running.close()

    async def __call__(self, runtime: Runtime, principal: Principal) -> Door:
        """Sign in as the user by a one-time link and start a conversation."""
        link = runtime.store.write_now(
            principal, Origin(channel="replay"), lambda uow: uow.credentials.issue(principal.user_id, "link", _SIGN_IN)
        )
        url = f"{self._address(runtime)}{HTTP_PREFIX}"
        signed_in = await _post(f"{url}/sign-in", {"token": link, "session": "bearer"}, {})
        headers = {"Authorization": f"Bearer {signed_in['token']}"}
        started = await _post(f"{url}/conversations", {}, headers)
        return _HttpDoor(f"{url}/conversations/{started['id']}/messages", headers)

    def _address(self, runtime: Runtime) -> str:
        """The address at which this assistant is served; another's server is stopped."""
        if self._served is None or self._served[0] is not runtime:
            self._running.close()
            self._served = runtime, self._running.enter_context(self._serve(runtime))
        return self._served[1]


class _HttpDoor:
    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._url = url
        self._headers = headers

    async def send(self, inbound: Inbound) -> dict[str, Any]:
        """The reply to a written message."""
        if inbound.audio is not None:
            raise DoorClosed("recordings are replayed without HTTP only")
        return await _post(self._url, {"say": inbound.text, "message_id": inbound.message_id}, self._headers)


async def _post(url: str, body: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        response = await client.post(url, json=body, headers=headers)
    if response.is_error:
        raise DoorClosed(f"HTTP {response.status_code}: {response.text[:500]}")
    answer: dict[str, Any] = response.json()
    return answer
