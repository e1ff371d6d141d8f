"""Commands of the channels: serve the web, make a sign-in link, chat in the terminal."""

from __future__ import annotations

import gc
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.bootstrap import Runtime
    from assistant.settings import Settings
    from crm_store.unit_of_work import UnitOfWork

app = typer.Typer(no_args_is_help=True)
_SHOWN = "links_shown"
_BACKLOG = 2048
_COLLECTIONS = (10_000, 20, 20)
"""New objects between looks for garbage (700, as usual, would be several a turn), and how many before a deeper one."""


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="监听地址 (address to listen on)")] = None,
    port: Annotated[int | None, typer.Option(help="端口,0 为任选 (port, 0 for any free one)")] = None,
    links: Annotated[bool, typer.Option("--links", help="打印新的登录链接 (print new sign-in links)")] = False,
) -> None:
    """启动网页和接口服务 (serve the web page and the HTTP interface)"""
    from assistant.settings import Settings
    from channels import logs
    from crm_store.migrations import upgrade

    logs.configure()
    gc.disable()  # what is imported and read now stays; looking it through for garbage takes a sixth of the start
    given = {name: value for name, value in {"host": host, "port": port}.items() if value is not None}
    settings = Settings().model_copy(update=given)
    with _told_plainly():
        upgrade(settings.database_url)
        with _running(settings) as runtime:
            _serve(runtime, links=links)


@app.command("signin-link")
def signin_link(
    user: Annotated[str, typer.Argument(help="用户账号,如 zhangwei (key of the user)")],
    base_url: Annotated[str | None, typer.Option(help="服务的网址 (address of the service)")] = None,
) -> None:
    """生成一次性登录链接,24 小时内有效 (make a one-time sign-in link, good for 24 hours)"""
    from assistant.settings import Settings
    from channels.rest.sessions import new_link
    from crm_store.principal import SYSTEM, Origin

    settings = Settings()
    with _told_plainly(), _running(settings) as runtime:
        path = runtime.store.write_now(SYSTEM, Origin(channel="cli"), lambda uow: new_link(uow, user))
    if path is None:
        raise _ended(f"没有用户 {user} (no such active user)")
    typer.echo(f"{(base_url or address(settings.host, settings.port)).rstrip('/')}{path}")


@app.command()
def chat(
    user: Annotated[str, typer.Option("--user", "-u", help="用户账号,如 zhangwei (key of the user)")],
    conversation: Annotated[str | None, typer.Option(help="接着这个对话 (go on with this conversation)")] = None,
) -> None:
    """在终端里对话 (chat in the terminal)"""
    import asyncio

    from assistant.settings import Settings
    from channels.terminal import Terminal

    with _told_plainly(), _running(Settings()) as runtime:
        known = asyncio.run(Terminal(runtime).run(user, conversation))
    if not known:
        raise _ended(f"没有用户 {user} (no such active user)")


@contextmanager
def _running(settings: Settings) -> Iterator[Runtime]:
    """The assistant, until the context ends."""
    from assistant.bootstrap import build

    runtime = build(settings)
    try:
        yield runtime
    finally:
        runtime.close()


@contextmanager
def _told_plainly() -> Iterator[None]:
    """A store that is away or was never made is told in a sentence."""
    from crm_store.errors import StoreError

    try:
        yield
    except StoreError as error:
        raise _ended(f"{error}。先运行 sales-assistant migrate?") from error


def address(host: str, port: int) -> str:
    """The address that people on this machine can open."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"


def _serve(runtime: Runtime, *, links: bool) -> None:
    import uvicorn

    from channels.app import create_app

    settings = runtime.settings
    # Loop and parser are chosen by what is there: uvloop and httptools, but for Windows.
    config = uvicorn.Config(create_app(runtime), access_log=False, log_config=None, server_header=False)
    listening = _listen(settings.host, settings.port)
    url = address(settings.host, listening.getsockname()[1])
    gc.freeze()
    gc.set_threshold(*_COLLECTIONS)
    gc.enable()
    for line in _welcome(runtime, url, links=links):
        typer.echo(line)
    sys.stdout.flush()  # whoever reads this through a pipe waits for the address
    _ends_quietly()
    uvicorn.Server(config).run(sockets=[listening])


def _ends_quietly() -> None:
    """Let the caller tidy up: uvicorn, having shut down, sends itself the signal again, which would end the process."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, opened before anything is said, so that port 0 is known and a taken one is told plainly."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(_BACKLOG)
    except OSError as error:
        opened.close()
        raise _ended(f"{host}:{port} 无法监听({error.strerror}),用 --port 换一个端口") from error
    return opened


def _welcome(runtime: Runtime, url: str, *, links: bool) -> list[str]:
    """What is printed at the start: the address, and sign-in links the first time or when asked for."""
    from crm_store.principal import SYSTEM, Origin

    made = runtime.store.write_now(SYSTEM, Origin(channel="cli"), lambda uow: _links(uow, always=links))
    lines = [f"小销已启动: {url}  (接口文档 {url}/docs)"]
    lines += [f"  {role} {name} 的一次性登录链接: {url}{path}" for role, name, path in made]
    if not made:
        lines.append("  登录链接: sales-assistant signin-link 用户账号,或 serve --links (one-time sign-in links)")
    return lines


def _links(uow: UnitOfWork, *, always: bool) -> list[tuple[str, str, str]]:
    """(role, name, path) for the first rep and the first manager, once a store unless `always`."""
    from channels.rest.sessions import new_link

    if uow.settings.get(_SHOWN) and not always:
        return []
    users = uow.users.find(uow.users.c.active.is_(True))
    found = []
    for role, title in (("rep", "销售"), ("manager", "经理")):
        user = next((user for user in users if user.role == role), None)
        path = None if user is None else new_link(uow, user.key)
        if user is not None and path is not None:
            found.append((title, user.name, path))
    if found:
        uow.settings.put(_SHOWN, True)
    return found


def _ended(reason: str) -> typer.Exit:
    typer.echo(reason, err=True)
    return typer.Exit(1)
