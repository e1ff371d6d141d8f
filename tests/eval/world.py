"""A small made-up world for the tests of the evaluation, and ways to write worlds, suites and scripts down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.messages import Do, Plan, Say, Settle, Step, TakeBack, ToolCall
from assistant.planner import Heard
from assistant.turn import conversation_version
from crm_store.store import Store

WORLD: dict[str, Any] = {
    "now": "2026-09-02T10:00:00+08:00",
    "timezone": "Asia/Shanghai",
    "seller": "汀兰称重",
    "stages": [
        {"key": "talk", "name": "接触", "probability": 20},
        {"key": "offer", "name": "报价", "probability": 60},
        {"key": "won", "name": "成交", "probability": 100},
        {"key": "lost", "name": "丢单", "probability": 0},
    ],
    "users": [
        {"id": "mili", "name": "米立", "role": "rep", "team": "东组", "wecom_userid": None},
        {"id": "shaoyan", "name": "邵岩", "role": "rep", "team": "西组", "wecom_userid": "ShaoYan"},
    ],
    "customers": [
        {"name": "榆川粮油有限公司", "aliases": ["榆川"], "industry": "粮油", "region": "陕西", "level": "A",
         "owner": "mili", "tags": ["重点"], "phone": "029-55500001", "address": "榆川路1号", "website": None,
         "extra": {"legacy_id": 7}},
        {"name": "苔原冷链", "aliases": [], "industry": "物流", "region": "甘肃", "level": "B", "owner": "mili",
         "tags": [], "phone": None, "address": None, "website": None},
    ],
    "contacts": [{"customer": "榆川粮油有限公司", "name": "厉敏", "title": "厂长", "phone": "13955500001",
                  "email": None, "role": "决策人"}],
    "products": [{"name": "TC-5 地磅", "category": "地磅", "list_price": 58000}],
    "opportunities": [
        {"name": "榆川地磅", "customer": "榆川粮油有限公司", "stage": "talk", "amount": 116000,
         "expected_close_date": "2026-10-15", "owner": "mili", "products": ["TC-5 地磅"], "closed_on": None,
         "lost_reason": None},
    ],
    "orders": [{"customer": "榆川粮油有限公司", "product": "TC-5 地磅", "quantity": 2, "amount": 112000.5,
                "ordered_on": "2025-04-01"}],
    "leads": [{"name": "贺先生", "company": "砚台面粉", "phone": "13955500002", "source": "展会", "status": "new",
               "owner": None}],
    "notes": [{"customer": "榆川粮油有限公司", "author": "mili", "occurred_at": "2026-08-20T14:00:00+08:00",
               "summary": "看了样机", "opportunity": "榆川地磅", "attendees": ["厉敏"],
               "details": {"budget": "12万"}}],
    "tasks": [{"customer": "榆川粮油有限公司", "opportunity": None, "lead": None, "recurrence": None,
               "title": "寄报价单", "due_at": "2026-09-03T15:00:00+08:00",
               "assignee": "mili", "status": "open", "priority": "normal"}],
}  # fmt: skip
"""Ids follow the lists: customer 1 is 榆川, opportunity 1 is 榆川地磅, task 1 is 寄报价单."""

LIST_BY_TYPE = {
    "customer": "customers", "contact": "contacts", "product": "products", "opportunity": "opportunities",
    "order": "orders", "note": "notes", "task": "tasks", "lead": "leads", "user": "users", "stage": "stages",
}  # fmt: skip

TASK = Do(calls=(ToolCall(tool="create_task", args={"title": "打电话", "customer": 1}),))
LOSE = Do(calls=(ToolCall(tool="lose_opportunity", args={"opportunities": [1], "reason": "价格"}),))
CONFIRM = Settle(confirm=True)
BACK = TakeBack()


def write_world(folder: Path, world: Mapping[str, Any] | None = None) -> Path:
    """A world's folder with one document."""
    (folder / "collateral").mkdir(parents=True)
    (folder / "world.json").write_text(json.dumps(WORLD if world is None else world, ensure_ascii=False), "utf-8")
    (folder / "collateral" / "lease.md").write_text("# 租赁\n\n地磅可以租。\n", "utf-8")
    return folder


def write_suite(path: Path, *cases: Mapping[str, Any] | str) -> Path:
    """A suite of cases, or of lines as they are."""
    lines = [case if isinstance(case, str) else json.dumps(case, ensure_ascii=False) for case in cases]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def case(case_id: str, *says: str, **rest: Any) -> dict[str, Any]:
    """A case of 米立's that says these things and expects nothing."""
    return {"id": case_id, "world": "small", "user": "mili", "turns": [{"say": say} for say in says], **rest}


@dataclass(frozen=True, kw_only=True, slots=True)
class Scripted:
    """Stands in for a planner: what is said exactly is done as written down, all else is answered with 收到."""

    script: Mapping[str, Sequence[Step]] = field(default_factory=dict)
    breaks_on: str = ""

    async def plan(self, heard: Heard, store: Store) -> Plan:
        """The plan that the test wrote."""
        if heard.text == self.breaks_on:
            raise RuntimeError("the planner broke")
        version = await store.read(heard.inbound.principal, lambda uow: conversation_version(uow, heard.inbound))
        return Plan(steps=tuple(self.script.get(heard.text, (Say(text="收到"),))), conversation_version=version)
