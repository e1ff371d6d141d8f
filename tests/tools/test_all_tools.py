"""What holds of every tool: found by name, described for a model, file and test of its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.base import Effect, Tool, load_tools

TOOLS = load_tools()
READS = {
    "change_history",
    "customer_360",
    "find_customers",
    "list_contacts",
    "list_leads",
    "list_notes",
    "list_opportunities",
    "list_stages",
    "list_tasks",
    "list_users",
    "opportunity_detail",
    "performance",
    "pipeline_figures",
    "product_info",
    "next_actions",
    "recommend",
    "search_collateral",
    "purchase_history",
}


def test_only_these_read_all_others_write() -> None:
    assert {name for name, tool in TOOLS.items() if tool.effect is Effect.READ} == READS


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_a_tool_lives_in_a_file_of_its_name_and_has_a_test(tool: Tool) -> None:
    here = Path(__file__).parent
    assert tool.function.__module__ == f"tools.{tool.name}"
    assert (here / f"test_{tool.name}.py").exists()


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_a_model_can_read_what_it_does_and_every_argument(tool: Tool) -> None:
    assert tool.description
    schema = tool.args.model_json_schema()
    assert all(field.get("description") for field in schema.get("properties", {}).values())
