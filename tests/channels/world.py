"""A small made-up company for the tests of the channels: two teams, each with a customer or two."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2026, 5, 13, 2, 0, tzinfo=UTC)  # a Wednesday, ten in the morning in Shanghai
NASTY = '<img src=x onerror="window.hacked=1">'

WORLD: dict[str, Any] = {
    "now": "2026-05-13T10:00:00+08:00",
    "timezone": "Asia/Shanghai",
    "seller": "澄川仪器",
    "stages": [
        {"key": "first", "name": "初谈", "probability": 10},
        {"key": "offer", "name": "报价", "probability": 50},
        {"key": "won", "name": "成交", "probability": 100},
        {"key": "lost", "name": "丢单", "probability": 0},
    ],
    "users": [
        {"id": "heqing", "name": "何青", "role": "rep", "team": "北区"},
        {"id": "songyu", "name": "宋宇", "role": "rep", "team": "南区"},
        {"id": "fanlei", "name": "范蕾", "role": "manager", "team": "北区"},
        {"id": "root", "name": "管理员", "role": "admin"},
    ],
    "customers": [
        {"name": "松岭制药有限公司", "aliases": ["松岭"], "owner": "heqing", "level": "A", "phone": "024-55501234"},
        {"name": f"{NASTY}检测所", "owner": "heqing", "level": "B"},
        {"name": "白鹭水务集团", "owner": "songyu", "level": "B"},
    ],
    "contacts": [{"customer": "松岭制药有限公司", "name": "关敏", "title": "采购经理", "phone": "13955500001"}],
    "products": [{"name": "S200 光谱仪", "category": "光谱", "list_price": 320000}],
    "opportunities": [
        {"name": "松岭光谱仪", "customer": "松岭制药有限公司", "stage": "first", "amount": 640000, "owner": "heqing",
         "products": ["S200 光谱仪"], "expected_close_date": "2026-06-30"},
        {"name": "白鹭水质项目", "customer": "白鹭水务集团", "stage": "offer", "amount": 900000, "owner": "songyu"},
    ],
    "orders": [
        {"customer": "松岭制药有限公司", "product": "S200 光谱仪", "quantity": 1, "amount": 318000,
         "ordered_on": "2025-11-02"},
    ],
    "notes": [
        {"customer": "松岭制药有限公司", "author": "heqing", "occurred_at": "2026-05-06T14:00:00+08:00",
         "summary": "看了样机,关注检出限"},
    ],
    "tasks": [
        {"customer": "松岭制药有限公司", "title": "寄样品报告", "due_at": "2026-05-15T15:00:00+08:00",
         "assignee": "heqing", "status": "open", "priority": "high"},
        {"customer": "白鹭水务集团", "title": "约现场", "due_at": "2026-05-14T09:00:00+08:00",
         "assignee": "songyu", "status": "open", "priority": "normal"},
    ],
    "leads": [{"name": "左先生", "company": "云汀食品", "phone": "13955500002", "status": "new"}],
}  # fmt: skip


@dataclass(slots=True)
class Clock:
    """A clock that a test moves."""

    at: datetime = field(default=NOW)

    def now(self) -> datetime:
        """The present, aware."""
        return self.at

    def forward(self, **delta: float) -> None:
        """Move on."""
        self.at += timedelta(**delta)
