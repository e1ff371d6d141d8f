"""A served app and a real Chromium that looks at it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from channels.web.screenshot import CHROMIUM, OPTIONS
from tests.channels.conftest import House


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """The app at an address."""

    house: House
    url: str

    def link(self, user: str) -> str:
        """A new sign-in link."""
        return f"{self.url}/signin?token={self.house.link_token(user)}"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the module: as long as it is open, this thread can run no coroutine tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def served(house: House) -> Iterator[Served]:
    """The test's app, listening on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(house.app, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Served(house=house, url=f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join()


def _is_ours(message: ConsoleMessage) -> bool:
    """Whether a console message is a fault of the page: an answer of 401 or a cut connection is none."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    """A page, signed in as 何青; nothing may go wrong in it."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1100, "height": 800})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if _is_ours(message) else None)
    opened.goto(served.link("heqing"))
    opened.wait_for_url(f"{served.url}/")
    opened.get_by_text("何青").wait_for()
    yield opened
    context.close()
    assert wrong == []
