"""A piano dealer's small CRM for the assistant's tests, its clock, its scripted planner, and a way to talk to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from assistant.bootstrap import Runtime
from assistant.messages import Do, Inbound, Outcome, Plan, Reply, Step, ToolCall
from assistant.planner import Heard
from assistant.turn import conversation_version
from crm_store.principal import SYSTEM, Origin, Principal
from crm_store.store import Store

NOW = "2026-05-13T10:00:00+08:00"  # a Wednesday
WORLD: dict[str, Any] = {
    "now": NOW,
    "timezone": "Asia/Shanghai",
    "seller": "听澜琴行",
    "stages": [
        {"key": "visit", "name": "初访", "probability": 10},
        {"key": "trial", "name": "试弹", "probability": 40},
        {"key": "offer", "name": "报价", "probability": 60},
        {"key": "contract", "name": "合同", "probability": 80},
        {"key": "won", "name": "成交", "probability": 100},
        {"key": "lost", "name": "丢单", "probability": 0},
    ],
    "users": [
        {"id": "lan", "name": "蓝筱", "role": "rep", "team": "南组"},
        {"id": "du", "name": "杜若飞", "role": "rep", "team": "南组"},
        {"id": "ge", "name": "葛存远", "role": "manager", "team": "南组"},
    ],
    "customers": [
        {"name": "枫桥艺术学校", "aliases": ["枫桥"], "industry": "教育", "region": "苏州", "level": "B",
         "owner": "lan"},
        {"name": "云岫剧院有限公司", "aliases": ["云岫"], "industry": "演出", "region": "杭州", "level": "A",
         "owner": "lan"},
        {"name": "青禾幼儿园", "aliases": ["青禾"], "industry": "幼教", "region": "无锡", "level": "C", "owner": "lan"},
        {"name": "青禾音乐培训中心", "aliases": ["青禾"], "industry": "培训", "region": "常州", "level": "B",
         "owner": "lan"},
        {"name": "雪鸮音乐厅", "aliases": ["雪鸮"], "industry": "演出", "region": "沈阳", "level": "A", "owner": "du"},
    ],
    "contacts": [
        {"customer": "枫桥艺术学校", "name": "祁知夏", "title": "校长", "phone": "13700000001", "role": "决策人"},
        {"customer": "云岫剧院有限公司", "name": "裴同舟", "title": "舞台总监", "phone": "13700000002"},
        {"customer": "雪鸮音乐厅", "name": "边牧云", "title": "馆长", "phone": "13700000003"},
    ],
    "products": [
        {"name": "GP-178 三角钢琴", "category": "三角琴", "list_price": 168000},
        {"name": "UP-121 立式钢琴", "category": "立式琴", "list_price": 32000},
    ],
    "opportunities": [
        {"name": "枫桥琴房更新", "customer": "枫桥艺术学校", "stage": "trial", "amount": 320000,
         "expected_close_date": "2026-06-30", "owner": "lan", "products": ["UP-121 立式钢琴"]},
        {"name": "云岫音乐厅三角琴", "customer": "云岫剧院有限公司", "stage": "visit", "amount": 168000,
         "expected_close_date": "2026-07-15", "owner": "lan", "products": ["GP-178 三角钢琴"]},
        {"name": "雪鸮排练厅", "customer": "雪鸮音乐厅", "stage": "offer", "amount": 500000, "owner": "du"},
    ],
    "notes": [
        {"customer": "枫桥艺术学校", "author": "lan", "occurred_at": "2026-05-06T15:00:00+08:00",
         "summary": "祁知夏想看立式琴的保修条款。"},
    ],
    "tasks": [
        {"customer": "枫桥艺术学校", "title": "寄保修条款", "due_at": "2026-05-14T15:00:00+08:00", "assignee": "lan",
         "status": "open", "priority": "normal"},
        {"customer": "云岫剧院有限公司", "title": "约调律师上门", "due_at": "2026-05-15T09:00:00+08:00",
         "assignee": "lan", "status": "open", "priority": "normal"},
    ],
    "leads": [
        {"name": "阮女士", "company": "拾光琴社", "phone": "13700000009", "source": "展会", "status": "new",
         "owner": "lan"},
    ],
}  # fmt: skip
"""Ids follow the lists, from 1: customer 1 is 枫桥, opportunity 1 is 枫桥琴房更新, task 1 is 寄保修条款."""
FENGQIAO, YUNXIU, KINDERGARTEN, TRAINING, XUEXIAO = 1, 2, 3, 4, 5


@dataclass
class MovableClock:
    """A clock that stands still until a test moves it."""

    at: datetime = field(default_factory=lambda: datetime.fromisoformat(NOW))

    def now(self) -> datetime:
        """The present, aware."""
        return self.at

    def wait(self, time: timedelta) -> None:
        """Let time pass."""
        self.at += time


class Scripted:
    """Stands in for a planner: each message takes the next plan that the test wrote; none may be left over."""

    def __init__(self) -> None:
        self._plans: list[tuple[Step, ...]] = []
        self.heard: list[str] = []
        self.stale = 0

    def then(self, *steps: Step) -> None:
        """What the next message is to do."""
        self._plans.append(steps)

    async def plan(self, heard: Heard, store: Store) -> Plan:
        """The next plan; made for an older version of the conversation while `stale` is above zero."""
        self.heard.append(heard.text)
        version = await store.read(heard.inbound.principal, lambda uow: conversation_version(uow, heard.inbound))
        if self.stale:
            self.stale -= 1
            return Plan(steps=self._plans[0], conversation_version=version + 1)
        return Plan(steps=self._plans.pop(0), conversation_version=version)

    def check(self) -> None:
        """Fail when a plan was not asked for."""
        assert self._plans == [], "scripted plans were not used"


def call(tool: str, **args: Any) -> Do:
    """A command of one call."""
    return Do(calls=(ToolCall(tool=tool, args=args),))


@dataclass
class Talk:
    """One user's conversation with a running assistant."""

    runtime: Runtime
    principal: Principal
    conversation_id: str = "talk"
    numbers: count[int] = field(default_factory=lambda: count(1))

    def inbound(self, text: str, message_id: str | None = None) -> Inbound:
        """A message as a channel would hand it over."""
        return Inbound(
            principal=self.principal,
            channel="test",
            conversation_id=self.conversation_id,
            message_id=message_id or f"{self.principal.key}-{self.conversation_id}-{next(self.numbers)}",
            text=text,
        )

    async def say(self, text: str, message_id: str | None = None) -> Reply:
        """Send a message and get the answer."""
        return await self.runtime.assistant.turn(self.inbound(text, message_id))

    async def confirm(self, pending_id: str | None = None, edits: dict[str, Any] | None = None) -> Reply:
        """Press 确认 on a card."""
        return await self.runtime.assistant.settle(self.inbound(""), confirm=True, pending_id=pending_id, edits=edits)

    async def cancel(self, pending_id: str | None = None) -> Reply:
        """Press 取消 on a card."""
        return await self.runtime.assistant.settle(self.inbound(""), confirm=False, pending_id=pending_id)

    async def undo(self, change_set_id: int | None = None) -> Reply:
        """Press 撤销."""
        return await self.runtime.assistant.undo(self.inbound(""), change_set_id=change_set_id)

    def get(self, record_type: str, record_id: int) -> Any:
        """A record as it now stands, None where it is deleted."""
        return self.runtime.store.read_now(SYSTEM, lambda uow: uow.repository(record_type).get(record_id))

    def all(self, record_type: str) -> list[Any]:
        """All records of a type."""
        return list(self.runtime.store.read_now(SYSTEM, lambda uow: uow.repository(record_type).find()))

    def edit(self, record_type: str, record_id: int, **fields: Any) -> None:
        """Somebody else's change."""
        origin = Origin(channel="elsewhere")

        def work(uow: Any) -> None:
            uow.repository(record_type).update(record_id, **fields)

        self.runtime.store.write_now(SYSTEM, origin, work)

    def delete(self, record_type: str, record_id: int) -> None:
        """Somebody else's deletion."""
        origin = Origin(channel="elsewhere")

        def work(uow: Any) -> None:
            uow.repository(record_type).delete(record_id)

        self.runtime.store.write_now(SYSTEM, origin, work)


def only_change(reply: Reply, op: str, record_type: str) -> dict[str, Any]:
    """The record of the one change that a reply reports."""
    assert [(c["op"], c["type"]) for c in reply.changes] == [(op, record_type)], reply.text
    record: dict[str, Any] = reply.changes[0]["record"]
    return record


def changed(reply: Reply) -> list[tuple[str, str]]:
    """Op and type of each change, sorted."""
    return sorted((c["op"], c["type"]) for c in reply.changes)


def tools_called(reply: Reply) -> list[str]:
    """The tools that ran, in order."""
    return [ran.tool for ran in reply.calls]


def outcomes(replies: Sequence[Reply]) -> list[Outcome]:
    """How each turn ended."""
    return [reply.outcome for reply in replies]


def put_documents(runtime: Runtime, documents: Mapping[str, str]) -> None:
    """Give a running assistant collateral: texts by path."""

    def put(uow: Any) -> None:
        for path, text in documents.items():
            uow.documents.put(path, text.encode())

    runtime.store.write_now(SYSTEM, Origin(channel="test"), put)
