"""Whatever comes in: a clear answer, the right status, nothing written, no stack trace."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from crm_store.principal import SYSTEM
from crm_store.snapshots import snapshot
from tests.channels.conftest import API, House

JSON = "application/json"


def everything(house: House) -> Any:
    """All records of the store."""
    return house.runtime.store.read_now(SYSTEM, snapshot)


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 422, "invalid_json"),
        (b"{", 422, "invalid_json"),
        (b"not json", 422, "invalid_json"),
        (b"\xff\xfe\x00", 422, "invalid_json"),
        (b'{"say": "\\ud800"}', 422, "invalid_json"),
        (b'{"say": "\xed\xa0\x80"}', 422, "invalid_json"),
        (b'{"say": "a", "say": "b"}', 422, "invalid_json"),
        (b'{"say": NaN}', 422, "invalid_body"),
        (b'{"say": "a", "message_id": Infinity}', 422, "invalid_body"),
        (b"[" * 5000, 422, "invalid_json"),
        (b"[]", 422, "invalid_body"),
        (b"null", 422, "invalid_body"),
        (b"{}", 422, "invalid_body"),
        (b'{"say": 5}', 422, "invalid_body"),
        (b'{"say": null}', 422, "invalid_body"),
        (b'{"say": "a", "user": "root"}', 422, "invalid_body"),
        (b'{"say": "a", "message_id": ""}', 422, "invalid_body"),
        (b'{"say": "a", "message_id": "\\n"}', 422, "invalid_body"),
        (b'{"say": "' + b"x" * 1_000_000 + b'"}', 413, "body_too_large"),
        ('{"say": "' + "长" * 30_000 + '"}', 422, "input_rejected"),
    ],
)
def test_a_message_that_can_not_be_read_is_refused(
    house: House, rep: TestClient, talk: str, raw: bytes | str, status: int, code: str
) -> None:
    before = everything(house)
    content = raw.encode() if isinstance(raw, str) else raw
    answer = rep.post(f"{API}/conversations/{talk}/messages", content=content, headers={"Content-Type": JSON})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert answer.json()["message_en"]
    assert rep.get(f"{API}/conversations/{talk}/messages").json()["items"] == []
    assert everything(house) == before


@pytest.mark.parametrize("value", [b'{"a": NaN}', b'{"a": -Infinity}', b'{"a": 1e999}', b'{"a": 1, "a": 2}'])
def test_nothing_odd_hides_in_free_values(rep: TestClient, talk: str, value: bytes) -> None:
    raw = b'{"pending_id": "p", "edits": {"0": ' + value + b"}}"
    answer = rep.post(f"{API}/conversations/{talk}/edit", content=raw, headers={"Content-Type": JSON})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_json")


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "😀👍", "……", "\x00", "\u200b\ufeff"])
def test_a_message_without_words_is_answered_kindly(house: House, rep: TestClient, talk: str, text: str) -> None:
    before = everything(house)
    answer = rep.post(f"{API}/conversations/{talk}/messages", json={"say": text})
    assert answer.status_code == 200
    assert answer.json()["reply"]
    assert answer.json()["changes"] == []
    assert everything(house) == before


def test_nul_and_odd_spaces_inside_a_text_do_no_harm(rep: TestClient, talk: str) -> None:
    answer = rep.post(f"{API}/conversations/{talk}/messages", json={"say": "你\x00好\u2028"})
    assert (answer.status_code, answer.json()["reply"]) == (200, "收到")


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_only_json_is_taken(rep: TestClient, talk: str, kind: str | None) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    answer = rep.post(f"{API}/conversations/{talk}/messages", content=b'{"say": "a"}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_a_body_that_is_larger_than_announced_is_stopped(house: House) -> None:
    def chunks() -> Any:
        for _ in range(20):
            yield b"x" * 100_000

    answer = house.bearer("heqing").post(f"{API}/conversations", content=chunks(), headers={"Content-Type": JSON})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing",
        "/nothing",
        "/static/../app.py",
        "/static/%2e%2e%2fapp.py",
        "/static/nothing.js",
        "/api/v1/customers/999",
    ],
)
def test_what_is_not_there_is_not_found(rep: TestClient, path: str) -> None:
    answer = rep.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "path",
    [
        "customers/abc",
        "customers/0",
        "customers/-1",
        "customers/1.5",
        f"customers/{2**70}",
        "conversations/a b",
        "conversations/%00",
        "conversations/" + "x" * 100,
    ],
)
def test_an_id_that_is_none_is_refused(rep: TestClient, path: str) -> None:
    answer = rep.get(f"{API}/{path}")
    assert answer.status_code == 422


def test_a_method_that_is_not_offered_is_refused(rep: TestClient) -> None:
    answer = rep.put(f"{API}/customers/1", json={})
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize("title", ["a\x00b", "长" * 300])
def test_a_title_that_can_not_be_kept_is_refused(rep: TestClient, title: str) -> None:
    assert rep.post(f"{API}/conversations", json={"title": title}).status_code == 422
    assert rep.get(f"{API}/conversations").json()["items"] == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "reminders/seen", {"ids": [2**63]}),
        ("POST", "reminders/seen", {"ids": []}),
        ("POST", "conversations/{talk}/undo", {"change_set_id": 2**63}),
        ("GET", f"conversations/{{talk}}/messages?before={2**63}", None),
        ("GET", f"reminders?after={2**63}", None),
        ("POST", "contacts", {"name": "甲", "customer_id": 2**63}),
    ],
)
def test_a_number_that_no_database_takes_is_refused(
    rep: TestClient, talk: str, method: str, path: str, body: dict[str, Any] | None
) -> None:
    assert rep.request(method, f"{API}/{path.format(talk=talk)}", json=body).status_code == 422


def test_an_undo_of_nothing_is_answered(rep: TestClient, talk: str) -> None:
    for body in ({}, {"change_set_id": 999}):
        answer = rep.post(f"{API}/conversations/{talk}/undo", json=body)
        assert (answer.status_code, answer.json()["changes"]) == (200, [])


@pytest.mark.parametrize("edits", [{"0": {"nonsense": 1}}, {"7": {"reason": "x"}}, {"0": {"opportunities": [2]}}])
def test_edits_that_fit_nothing_change_nothing(house: House, rep: TestClient, talk: str, edits: dict[str, Any]) -> None:
    from tests.channels.scripted import call

    house.planner.on("输了", call("lose_opportunity", opportunities=(1,), reason="价格"))
    held = rep.post(f"{API}/conversations/{talk}/messages", json={"say": "输了"}).json()["held"][0]["id"]
    theirs = house.record("opportunity", name="白鹭水质项目")
    answer = rep.post(f"{API}/conversations/{talk}/edit", json={"pending_id": held, "edits": edits})
    assert answer.status_code == 200
    assert house.record("opportunity", name="白鹭水质项目") == theirs
