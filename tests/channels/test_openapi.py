"""The interface's own description: complete, and true."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from crm_store.fields import PLURALS
from tests.channels.conftest import API, House


@pytest.fixture
def described(house: House) -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = house.client().get("/openapi.json").json()
    return found


def test_every_resource_and_turn_is_described(described: dict[str, Any]) -> None:
    paths = described["paths"]
    for plural in PLURALS.values():
        assert {"get", "post"} <= set(paths[f"{API}/{plural}"])
        assert {"get", "patch", "delete"} <= set(paths[f"{API}/{plural}/{{record_id}}"])
    for verb in ("messages", "confirm", "cancel", "edit", "undo"):
        assert "post" in paths[f"{API}/conversations/{{conversation_id}}/{verb}"]


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    known = set(described["components"]["schemas"])
    assert {ref.rpartition("/")[2] for ref in _references(described)} <= known


def test_operations_have_names_of_their_own(described: dict[str, Any]) -> None:
    ids = [about["operationId"] for item in described["paths"].values() for about in item.values()]
    assert len(ids) == len(set(ids))


def test_bodies_and_queries_are_described(described: dict[str, Any]) -> None:
    create = described["paths"][f"{API}/customers"]["post"]
    name = create["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    fields = described["components"]["schemas"][name]
    assert fields["required"] == ["name"]
    assert "owner_id" in fields["properties"]
    query = {each["name"] for each in described["paths"][f"{API}/tasks"]["get"]["parameters"]}
    assert {"limit", "offset", "after", "q", "status", "due_at_from", "due_at_to", "order"} <= query


def test_an_answer_is_as_described(described: dict[str, Any], rep: TestClient, talk: str) -> None:
    turn = rep.post(f"{API}/conversations/{talk}/messages", json={"say": "你好"}).json()
    assert set(described["components"]["schemas"]["TurnShape"]["required"]) <= set(turn)
    customer = rep.get(f"{API}/customers/1").json()
    assert set(described["components"]["schemas"]["Customer"]["properties"]) == set(customer)


def test_the_documentation_page_needs_nothing_from_elsewhere(house: House) -> None:
    page = house.client().get("/docs").text
    assert "http://" not in page
    assert "https://" not in page
    assert "<script>" not in page


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [ref for each in value.values() for ref in _references(each)]
    return [ref for each in value for ref in _references(each)] if isinstance(value, list) else []
