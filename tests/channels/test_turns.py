"""Turns over HTTP: the reply in the shape of a replay's turn, held writes, undo, one effect a message."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.errors import ConversationBusy, PlannerError, TranscriptionError
from crm_store.errors import StoreError
from tests.channels.conftest import API, ON_BOTH, House
from tests.channels.scripted import ask, call

pytestmark = ON_BOTH

DELETE = "删除松岭光谱仪"
CREATE = "新建联系人"


@pytest.fixture
def deleting(house: House) -> None:
    """A script in which deleting an opportunity is asked for; deleting is held."""
    found = house.record("opportunity", name="松岭光谱仪")
    house.planner.on(DELETE, call("delete_record", record_type="opportunity", record_ids=(found.id,)))


@pytest.fixture
def creating(house: House) -> None:
    """A script in which a contact is created, at once."""
    customer = house.record("customer", name="松岭制药有限公司")
    house.planner.on(CREATE, call("create_contact", customer=customer.id, name="白露", title="质检主管"))


def say(client: TestClient, talk: str, text: str, **more: Any) -> dict[str, Any]:
    """Say something and give the answer."""
    answer = client.post(f"{API}/conversations/{talk}/messages", json={"say": text, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_an_answer_has_the_shape_of_a_replay_s_turn(rep: TestClient, talk: str) -> None:
    turn = say(rep, talk, "你好")
    expected = {"say", "reply", "outcome", "calls", "changes", "citations", "options", "confirmed", "latency_ms"}
    assert expected <= set(turn)
    assert (turn["say"], turn["reply"], turn["outcome"], turn["confirmed"]) == ("你好", "收到", "answered", False)


def test_a_text_may_be_called_text(rep: TestClient, talk: str) -> None:
    answer = rep.post(f"{API}/conversations/{talk}/messages", json={"text": "你好"})
    assert answer.json()["reply"] == "收到"


@pytest.mark.usefixtures("creating")
def test_a_write_shows_what_changed(rep: TestClient, talk: str) -> None:
    turn = say(rep, talk, CREATE)
    assert turn["outcome"] == "done"
    (change,) = turn["changes"]
    assert (change["op"], change["type"], change["before"]) == ("create", "contact", None)
    assert change["record"]["customer"] == "松岭制药有限公司"
    assert turn["cards"]


@pytest.mark.usefixtures("creating")
def test_a_message_that_is_sent_again_has_one_effect_and_the_first_answer(rep: TestClient, talk: str) -> None:
    first = say(rep, talk, CREATE, message_id="m-1")
    again = say(rep, talk, CREATE, message_id="m-1")
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert again["changes"] == first["changes"]
    assert len(rep.get(f"{API}/contacts", params={"name": "白露"}).json()["items"]) == 1


@pytest.mark.usefixtures("creating")
async def test_copies_of_a_message_that_come_at_the_same_time_have_one_effect(
    house: House, rep: TestClient, talk: str
) -> None:
    headers = {"Authorization": rep.headers["Authorization"]}
    transport = httpx.ASGITransport(house.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as client:
        path, body = f"{API}/conversations/{talk}/messages", {"say": CREATE, "message_id": "m-2"}
        answers = await asyncio.gather(*(client.post(path, json=body) for _ in range(8)))
    turns = [answer.json() for answer in answers]
    assert sorted(turn["repeated"] for turn in turns) == [False] + [True] * 7
    assert len({json.dumps(turn["changes"], sort_keys=True) for turn in turns}) == 1
    assert len(rep.get(f"{API}/contacts", params={"name": "白露"}).json()["items"]) == 1


def test_an_id_of_a_message_is_its_user_s_alone(house: House, rep: TestClient, other: TestClient, talk: str) -> None:
    say(rep, talk, "你好", message_id="same")
    theirs = other.post(f"{API}/conversations", json={}).json()["id"]
    assert say(other, theirs, "你好", message_id="same")["repeated"] is False


@pytest.mark.usefixtures("deleting")
def test_a_held_write_is_done_when_it_is_confirmed(rep: TestClient, talk: str) -> None:
    held = say(rep, talk, DELETE)
    assert (held["outcome"], held["changes"]) == ("pending", [])
    body = {"pending_id": held["held"][0]["id"]}
    done = rep.post(f"{API}/conversations/{talk}/confirm", json=body).json()
    assert done["outcome"] == "done"
    assert [(c["op"], c["type"]) for c in done["changes"]] == [("delete", "opportunity")]


@pytest.mark.usefixtures("deleting")
def test_a_confirmation_works_once(rep: TestClient, talk: str) -> None:
    body = {"pending_id": say(rep, talk, DELETE)["held"][0]["id"]}
    turns = [rep.post(f"{API}/conversations/{talk}/confirm", json=body).json() for _ in range(2)]
    assert [len(turn["changes"]) for turn in turns] == [1, 0]


@pytest.mark.usefixtures("deleting")
def test_a_cancelled_write_is_not_done(rep: TestClient, talk: str) -> None:
    say(rep, talk, DELETE)
    cancelled = rep.post(f"{API}/conversations/{talk}/cancel", json={}).json()
    confirmed = rep.post(f"{API}/conversations/{talk}/confirm", json={}).json()
    assert (cancelled["changes"], confirmed["changes"]) == ([], [])


@pytest.mark.usefixtures("deleting")
def test_another_s_held_write_can_not_be_confirmed(rep: TestClient, other: TestClient, talk: str) -> None:
    body = {"pending_id": say(rep, talk, DELETE)["held"][0]["id"]}
    theirs = other.post(f"{API}/conversations", json={}).json()["id"]
    assert other.post(f"{API}/conversations/{theirs}/confirm", json=body).json()["changes"] == []
    assert other.post(f"{API}/conversations/{talk}/confirm", json=body).status_code == 404


def test_a_held_write_can_be_done_with_other_arguments(house: House, rep: TestClient, talk: str) -> None:
    mine, lost = house.record("opportunity", name="松岭光谱仪"), "输了"
    house.planner.on(lost, call("lose_opportunity", opportunities=(mine.id,), reason="价格"))
    held = say(rep, talk, lost)
    body = {"pending_id": held["held"][0]["id"], "edits": {"0": {"reason": "推迟采购"}}}
    done = rep.post(f"{API}/conversations/{talk}/edit", json=body).json()
    assert done["changes"][0]["record"]["lost_reason"] == "推迟采购"


@pytest.mark.usefixtures("creating")
def test_the_newest_change_is_undone(rep: TestClient, talk: str) -> None:
    say(rep, talk, CREATE)
    undone = rep.post(f"{API}/conversations/{talk}/undo", json={}).json()
    assert [(c["op"], c["type"]) for c in undone["changes"]] == [("delete", "contact")]


@pytest.mark.usefixtures("creating")
def test_a_named_change_is_undone_from_another_conversation(rep: TestClient, talk: str) -> None:
    change_set = say(rep, talk, CREATE)["change_set_id"]
    elsewhere = rep.post(f"{API}/conversations", json={}).json()["id"]
    assert rep.post(f"{API}/conversations/{elsewhere}/undo", json={}).json()["changes"] == []
    undone = rep.post(f"{API}/conversations/{elsewhere}/undo", json={"change_set_id": change_set}).json()
    assert len(undone["changes"]) == 1


@pytest.mark.usefixtures("creating")
def test_another_s_change_can_not_be_undone(rep: TestClient, other: TestClient, talk: str) -> None:
    change_set = say(rep, talk, CREATE)["change_set_id"]
    theirs = other.post(f"{API}/conversations", json={}).json()["id"]
    assert other.post(f"{API}/conversations/{theirs}/undo", json={"change_set_id": change_set}).json()["changes"] == []


@pytest.mark.usefixtures("creating")
def test_my_changes_are_listed_for_undoing(rep: TestClient, other: TestClient, talk: str) -> None:
    change_set = say(rep, talk, CREATE)["change_set_id"]
    (mine,) = rep.get(f"{API}/changes").json()["items"]
    assert (mine["id"], mine["words"], mine["can_undo"]) == (change_set, CREATE, True)
    assert other.get(f"{API}/changes").json()["items"] == []
    rep.post(f"{API}/conversations/{talk}/undo", json={})
    assert [each["can_undo"] for each in rep.get(f"{API}/changes").json()["items"]] == [False, False]


def test_a_question_offers_its_options(house: House, rep: TestClient, talk: str) -> None:
    house.planner.on("给松岭打电话", ask("哪一家?", ["松岭制药", "松林医药"]))
    turn = say(rep, talk, "给松岭打电话")
    assert turn["outcome"] == "asked"
    assert [option["label"] for option in turn["options"]] == ["松岭制药", "松林医药"]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (PlannerError("模型不可用"), 503, "planner"),
        (ConversationBusy("请稍后"), 409, "conversation_busy"),
        (TranscriptionError("没听清"), 422, "transcription"),
        (StoreError("连不上"), 503, "store_unavailable"),
        (ZeroDivisionError("secret"), 500, "internal"),
    ],
)
def test_what_breaks_in_a_turn_is_told_in_one_shape(
    house: House, rep: TestClient, talk: str, error: Exception, status: int, code: str
) -> None:
    house.planner.error = error
    answer = rep.post(f"{API}/conversations/{talk}/messages", json={"say": "你好"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert {"code", "message", "message_en", "request_id"} <= set(answer.json())
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_conversations_are_listed_and_read_back(rep: TestClient, talk: str) -> None:
    say(rep, talk, "你好")
    (listed,) = rep.get(f"{API}/conversations").json()["items"]
    assert (listed["id"], listed["title"]) == (talk, "你好")
    messages = rep.get(f"{API}/conversations/{talk}/messages").json()["items"]
    assert [(m["author"], m["text"]) for m in messages] == [("user", "你好"), ("assistant", "收到")]
    assert messages[1]["reply"]["outcome"] == "answered"


def test_messages_come_in_pages_from_the_newest(rep: TestClient, talk: str) -> None:
    for number in range(3):
        say(rep, talk, f"第{number}句")
    texts: list[str] = []
    before = None
    while True:
        params = {"limit": 4} if before is None else {"limit": 4, "before": before}
        page = rep.get(f"{API}/conversations/{talk}/messages", params=params).json()
        texts = [m["text"] for m in page["items"]] + texts
        before = page["before"]
        if before is None:
            break
    assert texts == ["第0句", "收到", "第1句", "收到", "第2句", "收到"]


def test_a_conversation_can_be_given_a_title(rep: TestClient) -> None:
    made = rep.post(f"{API}/conversations", json={"title": "松岭"})
    assert made.status_code == 201
    assert rep.get(made.headers["location"]).json()["title"] == "松岭"


@pytest.mark.parametrize("path", ["", "/messages"])
def test_another_s_conversation_is_as_absent_as_none(rep: TestClient, other: TestClient, talk: str, path: str) -> None:
    answers = [other.get(f"{API}/conversations/{each}{path}") for each in (talk, "no-such-one")]
    assert [_without_id(answer.json()) for answer in answers] == [_without_id(answers[1].json())] * 2
    assert [answer.status_code for answer in answers] == [404, 404]


def _without_id(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in problem.items() if name != "request_id"}
