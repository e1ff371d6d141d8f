"""Chatting in the terminal: cards as tables, options by number, reminders of what has fallen due."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from assistant.bootstrap import Runtime
from assistant.errors import AssistantError
from assistant.messages import Held, Inbound, Option, Reply
from crm_store.errors import StoreError
from crm_store.principal import SYSTEM, Origin, Principal
from crm_store.reminders import KIND, remind
from crm_store.unit_of_work import UnitOfWork
from tools.cards import TEXT_ROWS, Card, Chart, Fact

CHANNEL = "terminal"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_ENDS = ("exit", "quit", "退出", "再见")
_BAR = 30
_HELP = "直接说话;问题可以用编号回答;确认、取消、撤销照说;退出: exit  (just talk; exit to leave)"


class Terminal:
    """One chat at a console."""

    def __init__(self, runtime: Runtime, console: Console | None = None) -> None:
        self._runtime = runtime
        self._console = console or Console()
        self._options: Sequence[Option] = ()

    async def run(self, user_key: str, conversation_id: str | None = None) -> bool:
        """Talk until the input ends; False where there is no such active user."""
        principal = await self._runtime.store.principal(user_key)
        if principal is None:
            return False
        conversation_id = conversation_id or self._runtime.new_id()
        self._console.print(plain(f"{principal.name},您好。{_HELP}"), style="dim")
        while True:
            await self._show_reminders(principal)
            text = await self._ask()
            if text is None or text.strip().lower() in _ENDS:
                return True
            if text.strip():
                await self._turn(principal, conversation_id, self._meant(text))

    async def _ask(self) -> str | None:
        """The next line; None at the end of the input. In a thread, so that the store's loop goes on."""
        try:
            return await asyncio.to_thread(self._console.input, "› ")
        except (EOFError, KeyboardInterrupt):
            return None

    def _meant(self, text: str) -> str:
        """A number chooses among the options that were offered."""
        number = int(text) if text.strip().isdecimal() else 0
        return self._options[number - 1].value if 1 <= number <= len(self._options) else text

    async def _turn(self, principal: Principal, conversation_id: str, text: str) -> None:
        inbound = Inbound(
            principal=principal,
            channel=CHANNEL,
            conversation_id=conversation_id,
            message_id=self._runtime.new_id(),
            text=text,
        )
        try:
            reply = await self._runtime.assistant.turn(inbound)
        except AssistantError as error:
            self._console.print(plain(error.say), style="red")
            return
        except StoreError as error:
            self._console.print(plain(str(error)), style="red")
            return
        self._options = reply.options
        for shown in rendered(reply):
            self._console.print(shown)

    async def _show_reminders(self, principal: Principal) -> None:
        """Make what is due into reminders (nobody else may be running) and show the new ones."""
        await self._runtime.store.write(SYSTEM, Origin(channel="reminders"), remind)
        for line in await self._runtime.store.write(principal, Origin(channel=CHANNEL), _take_reminders):
            self._console.print(plain(line), style="yellow")


def rendered(reply: Reply) -> list[RenderableType]:
    """A reply as things that a console can show, in order."""
    shown: list[RenderableType] = [plain(reply.headline)] if reply.headline else []
    shown += [part for card in reply.cards for part in card_parts(card)]
    shown += [plain(f"〔{c.document} · {c.section}〕{c.quote}", style="dim") for c in reply.citations]
    shown += [part for held in reply.held for part in _held_parts(held)]
    shown += [plain(f"  {number}. {option.label}") for number, option in enumerate(reply.options, 1)]
    return shown


def card_parts(card: Card) -> list[RenderableType]:
    """A card: its facts as a table of two columns, its rows as a table of their own."""
    parts: list[RenderableType] = []
    if card.facts or not card.rows:
        parts.append(_facts(card))
    if card.chart is not None:
        parts.append(_bars(card.chart))
    if card.rows:
        parts.append(_rows(card, title=card.title if not card.facts else ""))
    if card.footer:
        parts.append(plain(card.footer, style="dim"))
    return parts


def plain(text: str, *, style: str = "") -> Text:
    """Text as it is: no markup, and no control characters, with which a name could drive the terminal."""
    return Text(_CONTROL.sub("", text), style=style)


def _held_parts(held: Held) -> list[RenderableType]:
    parts = [part for card in held.cards for part in card_parts(card)]
    how = "说「确认」执行,「取消」放弃 (confirm / cancel)"
    return [Panel(plain(held.title), border_style="yellow"), *parts, plain(how, style="yellow")]


def _facts(card: Card) -> Table:
    table = Table(title=plain(card.title) if card.title else None, show_header=False, title_justify="left")
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for fact in card.facts:
        table.add_row(plain(fact.label), _value(fact))
    return table


def _value(fact: Fact) -> Text:
    if fact.before is None:
        return plain(fact.value)
    return Text.assemble(plain(fact.before or "—", style="dim strike"), " → ", plain(fact.value, style="bold green"))


def _rows(card: Card, *, title: str) -> Table:
    table = Table(title=plain(title) if title else None, show_header=bool(card.columns), title_justify="left")
    width = max(len(card.columns), *(len(row.cells) for row in card.rows))
    for index in range(width):
        table.add_column(plain(card.columns[index]) if index < len(card.columns) else "", overflow="fold")
    for row in card.rows[:TEXT_ROWS]:
        table.add_row(*(plain(cell) for cell in row.cells))
    if len(card.rows) > TEXT_ROWS:
        table.caption = plain(f"……还有 {len(card.rows) - TEXT_ROWS} 条")
    return table


def _bars(chart: Chart) -> Table:
    table = Table(show_header=False, box=None)
    most = max((abs(value) for value in chart.values), default=0) or 1
    for label, value in zip(chart.labels, chart.values, strict=True):
        bar = Text("█" * max(round(abs(value) / most * _BAR), 1), style="cyan")
        table.add_row(plain(label), bar, plain(f"{value:,.10g}{chart.unit}"))
    return table


def _take_reminders(uow: UnitOfWork) -> list[str]:
    """The reminders not yet seen, as lines; they count as seen from now on."""
    unseen = [row for row in uow.outbox.for_me(kind=KIND, limit=500) if row.seen_at is None]
    if unseen:
        uow.outbox.mark_seen([row.id for row in unseen])
    return [_line(row.payload) for row in unseen]


def _line(payload: dict[str, object]) -> str:
    when = str(payload["due_at"])[: 10 if payload.get("all_day") else 16].replace("T", " ")
    about = f" · {payload['customer']}" if payload.get("customer") else ""
    late = "(迟到的提醒)" if payload.get("late") else ""
    return f"⏰ 待办到期{late}: {payload['title']}{about} · {when}"
