"""The terminal chat: what it shows and what it understands without the assistant."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from rich.console import Console

from assistant.errors import InputRejected
from channels.terminal import Terminal
from tests.channels.conftest import House
from tests.channels.scripted import ask, call


class Typed(Console):
    """A console at which a test has typed lines beforehand."""

    def __init__(self, *lines: str) -> None:
        super().__init__(file=io.StringIO(), width=100, color_system=None)
        self._lines: Iterator[str] = iter(lines)

    def input(self, *_: Any, **__: Any) -> str:
        """The next line, then the end of the input."""
        line = next(self._lines, None)
        if line is None:
            raise EOFError
        return line

    @property
    def shown(self) -> str:
        """Everything that was printed."""
        assert isinstance(self.file, io.StringIO)
        return self.file.getvalue()


async def chat(house: House, *lines: str, user: str = "heqing") -> str:
    """Type lines and give what was shown."""
    console = Typed(*lines)
    assert await Terminal(house.runtime, console).run(user)
    return console.shown


async def test_a_line_is_answered(house: House) -> None:
    assert "收到" in await chat(house, "你好")


async def test_an_unknown_user_is_not_let_in(house: House) -> None:
    assert not await Terminal(house.runtime, Typed("你好")).run("nobody")
    assert house.planner.heard == []


@pytest.mark.parametrize("word", ["exit", "quit", "退出"])
async def test_the_chat_ends_when_asked(house: House, word: str) -> None:
    await chat(house, word, "你好")
    assert house.planner.heard == []


async def test_cards_are_tables(house: House) -> None:
    customer = house.record("customer", name="松岭制药有限公司")
    house.planner.on("松岭怎么样", call("customer_360", customer=customer.id))
    shown = await chat(house, "松岭怎么样")
    assert "松岭制药有限公司" in shown
    assert "024-55501234" in shown


async def test_a_held_write_shows_old_and_new(house: House) -> None:
    found = house.record("opportunity", name="松岭光谱仪")
    house.planner.on("输了", call("lose_opportunity", opportunities=(found.id,), reason="价格"))
    shown = await chat(house, "输了")
    assert "初谈 → 丢单" in shown
    assert "确认" in shown


async def test_a_number_chooses_an_option(house: House) -> None:
    house.planner.on("给松岭打电话", ask("哪一家?", ["松岭制药", "松林医药"]))
    shown = await chat(house, "给松岭打电话", "2")
    assert "2. 松林医药" in shown
    assert house.planner.heard == ["给松岭打电话", "松林医药"]


async def test_a_number_without_options_is_a_message(house: House) -> None:
    await chat(house, "7")
    assert house.planner.heard == ["7"]


async def test_due_tasks_are_told_once(house: House) -> None:
    house.clock.forward(days=3)
    assert "寄样品报告" in await chat(house)
    assert "寄样品报告" not in await chat(house)


async def test_a_refused_message_does_not_end_the_chat(house: House) -> None:
    house.planner.error = InputRejected("太长了")
    assert "太长了" in await chat(house, "很长", "再来")


async def test_names_can_not_drive_the_terminal(house: House) -> None:
    bell = "\x1b]0;owned\x07[red]名字[/red]"
    house.planner.on("看看", ask(bell, [bell]))
    shown = await chat(house, "看看")
    assert "\x1b" not in shown
    assert "[red]名字[/red]" in shown
