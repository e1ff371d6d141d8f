"""The queries behind the tools say the same on PostgreSQL as on SQLite."""

from __future__ import annotations

from typing import Any

from tests.tools.world import World, at
from tools.base import load_tools

NAMED = ("customer", "opportunity", "product", "author", "assignee", "lead")
CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("find_customers", {"query": "老客户", "industry": "酒店业", "region": "苏州市", "level": "A", "tag": "老客户"}),
    ("find_customers", {"inactive_days": 5, "has_open_opportunity": True}),
    ("customer_360", {"customer": "lake"}),
    ("list_contacts", {"role": "采购"}),
    ("purchase_history", {"product": "pump", "begin": "2025-01-01"}),
    ("list_notes", {"words": ("噪音", "能耗", "40万")}),
    ("list_notes", {"begin": at(2, 1, 0), "end": at(3, 6, 0)}),
    ("list_tasks", {"begin": at(3, 9, 0), "end": at(3, 13, 0)}),
    ("list_tasks", {"status": "done"}),
    ("list_tasks", {"words": ("样",)}),
    ("list_opportunities", {"product": "panel", "order": "amount", "amount_min": 1}),
    ("list_opportunities", {"order": "stage", "status": "all"}),
    ("list_opportunities", {"status": "closed", "closed_from": "2026-01-01"}),
    ("opportunity_detail", {"opportunity": "pool"}),
    *(
        ("pipeline_figures", {"group_by": group, "status": "all"})
        for group in ("none", "stage", "owner", "customer", "product", "month", "industry", "region")
    ),
    ("performance", {"begin": "2026-01-01", "end": "2026-03-31"}),
    ("list_leads", {"query": "乐园", "source": "展会"}),
    ("product_info", {}),
    ("list_users", {}),
)


def test_every_answer_is_the_same_on_both(world: World, postgres_world: World) -> None:
    tools = load_tools()
    for name, args in CALLS:
        given: dict[str, Any] = {key: world[value] if key in NAMED else value for key, value in args.items()}
        here = world.run(tools[name], by="boss", **given)
        there = postgres_world.run(tools[name], by="boss", **given)
        assert (there.text, there.answer.shown) == (here.text, here.answer.shown), (name, args)


def test_a_write_works_there_too(postgres_world: World) -> None:
    tools = load_tools()
    args: dict[str, Any] = {"title": "巡检", "due_at": at(3, 13, 16), "recurrence": "FREQ=DAILY"}
    created = postgres_world.run(tools["create_task"], **args).only
    done = postgres_world.run(tools["set_task_status"], tasks=(created.record_id,), status="done")
    assert done.kinds() == [("update", "task"), ("create", "task")]
    gone = postgres_world.run(tools["delete_record"], record_type="customer", record_ids=(postgres_world["pine"],))
    assert ("delete", "customer") in gone.kinds()
