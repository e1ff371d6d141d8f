"""Records as resources: lists, entity tags, changes through the store's rules, and what another rep does not see."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from crm_store.fields import PLURALS
from tests.channels.conftest import API, ON_BOTH, House

pytestmark = ON_BOTH

THEIRS = {"customers": 3, "opportunities": 2, "tasks": 2}
"""Records of 宋宇, by list: 何青 must not see them."""


def names(client: TestClient, path: str, **query: Any) -> list[str]:
    """The names in a list."""
    answer = client.get(f"{API}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return [each.get("name") or each.get("title") for each in answer.json()["items"]]


@pytest.mark.parametrize("plural", sorted(PLURALS.values()))
def test_every_record_type_can_be_listed(rep: TestClient, plural: str) -> None:
    answer = rep.get(f"{API}/{plural}", params={"total": "true"})
    assert answer.status_code == 200
    assert answer.json()["total"] == len(answer.json()["items"])


def test_a_record_shows_its_fields_and_what_its_references_are_called(rep: TestClient) -> None:
    found = rep.get(f"{API}/opportunities/1").json()
    assert found["amount"] == 640000
    assert found["expected_close_date"] == "2026-06-30"
    assert found["names"] == {
        "customer_id": "松岭制药有限公司",
        "stage_id": "初谈",
        "owner_id": "何青",
        "product_ids": ["S200 光谱仪"],
    }


def test_times_are_shown_in_the_store_s_zone(rep: TestClient) -> None:
    assert rep.get(f"{API}/tasks/1").json()["due_at"] == "2026-05-15T15:00:00+08:00"


@pytest.mark.parametrize(
    ("path", "query", "count"),
    [
        ("customers", {"level": "A"}, 1),
        ("customers", {"q": "松岭"}, 1),
        ("customers", {"q": "%"}, 0),
        ("customers", {"owner_id": 2}, 0),
        ("tasks", {"status": "open", "due_at_to": "2026-05-16T00:00:00+08:00"}, 1),
        ("tasks", {"due_at_from": "2026-05-16T00:00:00+08:00"}, 0),
        ("opportunities", {"amount_from": 600000, "amount_to": 640000}, 1),
        ("opportunities", {"expected_close_date_to": "2026-06-29"}, 0),
        ("orders", {"ordered_on_from": "2025-11-02"}, 1),
        ("users", {"active": "true"}, 4),
    ],
)
def test_a_list_is_filtered(rep: TestClient, path: str, query: dict[str, Any], count: int) -> None:
    assert len(rep.get(f"{API}/{path}", params=query).json()["items"]) == count


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 10_000},
        {"offset": -1},
        {"order": "password"},
        {"no_such_field": 1},
        {"owner_id": "abc"},
        {"owner_id": 2**70},
        {"after": 1, "order": "name"},
        {"q": "a\x00b"},
    ],
)
def test_a_query_that_makes_no_sense_is_refused(rep: TestClient, query: dict[str, Any]) -> None:
    answer = rep.get(f"{API}/customers", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_body")


def test_pages_by_offset_and_by_id_give_every_record_once(house: House) -> None:
    admin = house.bearer("root")
    whole = names(admin, "customers")
    by_offset = [name for offset in range(3) for name in names(admin, "customers", limit=1, offset=offset)]
    by_id = names(admin, "customers", limit=2) + names(admin, "customers", limit=2, after=2)
    assert whole == by_offset == by_id
    assert [admin.get(f"{API}/customers", params={"limit": n}).json()["more"] for n in (2, 3)] == [True, False]


def test_a_list_is_ordered_either_way(house: House) -> None:
    admin = house.bearer("root")
    assert names(admin, "opportunities", order="-amount") == names(admin, "opportunities", order="amount")[::-1]


@pytest.mark.parametrize("plural", THEIRS)
def test_another_s_record_and_none_are_the_same_404(rep: TestClient, plural: str) -> None:
    theirs, none = THEIRS[plural], 999_999
    shown = []
    for method in ("GET", "PATCH", "DELETE"):
        answers = [
            rep.request(method, f"{API}/{plural}/{each}", json={} if method == "PATCH" else None)
            for each in (theirs, none)
        ]
        shown += [{**answer.json(), "request_id": ""} for answer in answers]
        assert [answer.status_code for answer in answers] == [404, 404]
    assert all(each == shown[0] for each in shown)


def test_a_manager_sees_the_team_s_and_an_admin_all(house: House) -> None:
    assert len(names(house.bearer("fanlei"), "customers")) == 2
    assert len(names(house.bearer("root"), "customers")) == 3


def test_a_record_is_created_changed_and_deleted(house: House, rep: TestClient) -> None:
    made = rep.post(f"{API}/customers", json={"name": "鹿泉食品", "level": "B", "tags": ["新"]})
    assert made.status_code == 201
    path = made.headers["location"]
    assert rep.get(path).json()["owner_id"] == 1
    changed = rep.patch(path, json={"level": "A", "tags": []})
    assert (changed.json()["level"], changed.json()["tags"], changed.json()["version"]) == ("A", [], 2)
    assert rep.delete(path).status_code == 204
    assert rep.get(path).status_code == 404


def test_what_a_program_changes_can_be_traced_and_undone(rep: TestClient, talk: str) -> None:
    rep.patch(f"{API}/customers/1", json={"level": "C"})
    (mine,) = rep.get(f"{API}/changes").json()["items"]
    assert mine["channel"] == "rest"
    undone = rep.post(f"{API}/conversations/{talk}/undo", json={"change_set_id": mine["id"]}).json()
    assert undone["changes"][0]["record"]["level"] == "A"


def test_an_entity_tag_saves_reading_again(rep: TestClient) -> None:
    for path in ("customers/1", "customers"):
        tag = rep.get(f"{API}/{path}").headers["etag"]
        again = rep.get(f"{API}/{path}", headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_an_entity_tag_changes_with_the_record(rep: TestClient) -> None:
    tag = rep.get(f"{API}/customers/1").headers["etag"]
    changed = rep.patch(f"{API}/customers/1", json={"level": "C"}, headers={"If-Match": tag})
    assert changed.headers["etag"] != tag
    assert rep.get(f"{API}/customers/1", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_change_made_on_an_old_version_is_refused(rep: TestClient, method: str) -> None:
    tag = rep.get(f"{API}/customers/1").headers["etag"]
    rep.patch(f"{API}/customers/1", json={"level": "C"})
    body = {"level": "B"} if method == "PATCH" else None
    answer = rep.request(method, f"{API}/customers/1", json=body, headers={"If-Match": tag})
    assert (answer.status_code, answer.json()["code"]) == (412, "version_conflict")
    assert rep.get(f"{API}/customers/1").json()["level"] == "C"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("customers", {}, "name"),
        ("customers", {"name": ""}, "name"),
        ("customers", {"name": "  "}, "name"),
        ("customers", {"name": "长" * 300}, "name"),
        ("customers", {"name": "a\x00b"}, "name"),
        ("customers", {"name": "甲", "level": "Z"}, "level"),
        ("customers", {"name": "甲", "nonsense": 1}, "nonsense"),
        ("customers", {"name": "甲", "id": 7}, "id"),
        ("customers", {"name": "甲", "version": 7}, "version"),
        ("contacts", {"name": "乙", "customer_id": 3}, "customer_id"),
        ("contacts", {"name": "乙", "customer_id": 999}, "customer_id"),
        ("opportunities", {"name": "丙", "customer_id": 1, "stage_id": 99}, "stage_id"),
        ("opportunities", {"name": "丙", "customer_id": 1, "stage_id": 1, "amount": -1}, "amount"),
        ("opportunities", {"name": "丙", "customer_id": 1, "stage_id": 1, "amount": 10**18}, "amount"),
        ("opportunities", {"name": "丙", "customer_id": 1, "stage_id": 1, "product_ids": [99]}, "product_ids"),
        ("tasks", {"title": "丁", "due_at": "2026-05-20T10:00:00"}, "due_at"),
        ("tasks", {"title": "丁", "due_at": "明天"}, "due_at"),
        ("tasks", {"title": "丁", "assignee_id": "1"}, "assignee_id"),
        ("notes", {"summary": "戊", "customer_id": 1}, "occurred_at"),
    ],
)
def test_a_record_that_is_not_right_is_refused_with_the_field(
    rep: TestClient, path: str, body: dict[str, Any], field: str
) -> None:
    before = rep.get(f"{API}/{path}").json()
    answer = rep.post(f"{API}/{path}", json=body)
    assert answer.status_code == 422
    assert field in [each["field"] for each in answer.json()["details"]]
    assert rep.get(f"{API}/{path}").json() == before


def test_null_empties_a_field_but_not_one_that_is_needed(rep: TestClient) -> None:
    assert rep.patch(f"{API}/customers/1", json={"phone": None}).json()["phone"] is None
    assert rep.patch(f"{API}/customers/1", json={"name": None}).status_code == 422


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("products", {"name": "新品"}),
        ("users", {"key": "x", "name": "某", "role": "rep"}),
        ("customers", {"name": "甲", "owner_id": 2}),
        ("tasks", {"title": "替我做", "assignee_id": 2}),
    ],
)
def test_what_a_rep_may_not_do_is_said(rep: TestClient, path: str, body: dict[str, Any]) -> None:
    answer = rep.post(f"{API}/{path}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


def test_a_customer_that_is_there_is_not_created_again_by_accident(rep: TestClient) -> None:
    answer = rep.post(f"{API}/customers", json={"name": "松岭"})
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate")
    assert answer.json()["details"] == [{"id": 1, "name": "松岭制药有限公司"}]
    assert rep.post(f"{API}/customers?allow_duplicate=true", json={"name": "松岭"}).status_code == 201


def test_a_key_that_is_taken_is_a_conflict(house: House) -> None:
    admin = house.bearer("root")
    answer = admin.post(f"{API}/users", json={"key": "heqing", "name": "又一个", "role": "rep"})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def test_completing_a_task_over_the_interface_is_completing_it(rep: TestClient) -> None:
    done = rep.patch(f"{API}/tasks/1", json={"status": "done", "priority": "low"}).json()
    assert (done["status"], done["priority"]) == ("done", "low")
    assert done["completed_at"] == "2026-05-13T10:00:00+08:00"


def test_completing_a_recurring_task_makes_the_next(rep: TestClient) -> None:
    rep.patch(f"{API}/tasks/1", json={"recurrence": "FREQ=WEEKLY"})
    rep.patch(f"{API}/tasks/1", json={"status": "done"})
    (coming,) = rep.get(f"{API}/tasks", params={"status": "open"}).json()["items"]
    assert coming["due_at"] == "2026-05-22T15:00:00+08:00"


def test_winning_over_the_interface_notes_the_day(rep: TestClient) -> None:
    won = rep.patch(f"{API}/opportunities/1", json={"stage_id": 3}).json()
    assert (won["names"]["stage_id"], won["closed_on"]) == ("成交", "2026-05-13")


def test_a_change_of_nothing_changes_nothing(rep: TestClient) -> None:
    assert rep.patch(f"{API}/customers/1", json={"level": "A"}).json()["version"] == 1
    assert rep.get(f"{API}/changes").json()["items"] == []
