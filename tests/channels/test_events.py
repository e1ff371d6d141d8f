"""A turn as server-sent events."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.errors import PlannerError
from tests.channels.conftest import API, House
from tests.channels.scripted import call

EVENTS = {"Accept": "text/event-stream"}


def test_an_answer_comes_as_delta_cards_and_done(house: House, rep: TestClient, talk: str) -> None:
    customer = house.record("customer", name="松岭制药有限公司")
    house.planner.on("松岭怎么样", call("customer_360", customer=customer.id))
    events = _say(rep, talk, "松岭怎么样")
    names = [name for name, _ in events]
    assert names[0] == "delta"
    assert set(names[1:-1]) == {"card"}
    assert names[-1] == "done"
    assert events[-1][1]["cards"] == [data["card"] for name, data in events if name == "card"]


def test_a_held_card_says_what_confirms_it(house: House, rep: TestClient, talk: str) -> None:
    found = house.record("opportunity", name="松岭光谱仪")
    house.planner.on("删掉它", call("delete_record", record_type="opportunity", record_ids=(found.id,)))
    events = dict(_say(rep, talk, "删掉它"))
    assert events["card"]["pending_id"] == events["done"]["held"][0]["id"]


def test_the_stream_begins_before_the_answer_is_there_and_is_not_held_back(rep: TestClient, talk: str) -> None:
    answer = rep.post(f"{API}/conversations/{talk}/messages", json={"say": "你好"}, headers=EVENTS)
    assert answer.text.startswith(": ok\n\n")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["x-accel-buffering"] == "no"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("error", "code"), [(PlannerError("不行"), "planner"), (ZeroDivisionError("x"), "internal")])
def test_an_error_in_a_stream_is_its_last_event(
    house: House, rep: TestClient, talk: str, error: Exception, code: str
) -> None:
    house.planner.error = error
    ((name, problem),) = _say(rep, talk, "你好")
    assert (name, problem["code"]) == ("problem", code)
    assert {"message", "message_en", "request_id"} <= set(problem)


def test_what_is_wrong_before_the_turn_is_a_plain_error(rep: TestClient) -> None:
    answer = rep.post(f"{API}/conversations/none/messages", json={"say": "你好"}, headers=EVENTS)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")


def test_a_text_of_several_lines_stays_one_event(house: House, rep: TestClient, talk: str) -> None:
    (_, delta), (_, done) = _say(rep, talk, "第一行\n\ndata: 假的\n\nevent: done")
    assert delta["text"] == "收到"
    assert done["say"].startswith("第一行\n\ndata")


def _say(client: TestClient, talk: str, text: str) -> list[tuple[str, Any]]:
    answer = client.post(f"{API}/conversations/{talk}/messages", json={"say": text}, headers=EVENTS)
    assert answer.status_code == 200
    blocks = [block for block in answer.text.split("\n\n") if block and not block.startswith(":")]
    return [_parsed(block) for block in blocks]


def _parsed(block: str) -> tuple[str, Any]:
    event, data = block.split("\n")
    return event.removeprefix("event: "), json.loads(data.removeprefix("data: "))
