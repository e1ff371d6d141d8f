"""What every request meets: headers, ids, measurements, health."""

from __future__ import annotations

import logging
import time

import pytest
from fastapi.testclient import TestClient

from channels.headers import CONTENT_SECURITY_POLICY
from tests.channels.conftest import API, House

PATHS = ["/", "/signin", "/docs", "/healthz", f"{API}/me", "/nothing", "/openapi.json"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(house: House, path: str) -> None:
    headers = house.client().get(path).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-request-id"]


def test_no_inline_script_or_frame_is_allowed() -> None:
    assert "unsafe-inline" not in CONTENT_SECURITY_POLICY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


def test_an_unexpected_error_carries_the_headers_too(house: House, rep: TestClient, talk: str) -> None:
    house.planner.error = ZeroDivisionError("secret")
    answer = rep.post(f"{API}/conversations/{talk}/messages", json={"say": "你好"})
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["x-request-id"] == answer.json()["request_id"]


@pytest.mark.parametrize(
    ("given", "kept"), [("abc-123.XYZ_9", True), ("short", False), ("a b" * 5, False), ("x" * 65, False)]
)
def test_a_request_id_is_kept_when_it_is_harmless(house: House, given: str, kept: bool) -> None:
    shown = house.client().get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert (shown == given) is kept


def test_health_and_readiness(house: House) -> None:
    assert house.client().get("/healthz").json() == {"status": "ok"}
    ready = house.client().get("/readyz")
    assert (ready.status_code, ready.json()["store"], ready.json()["planner"]["kind"]) == (200, "ok", "embedded")


def test_a_store_that_is_away_is_not_ready(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        from crm_store.errors import StoreError

        raise StoreError("weg")

    monkeypatch.setattr("crm_store.store.Store.read", away)
    answer = house.client().get("/readyz")
    assert (answer.status_code, answer.json()["store"]) == (503, "unreachable")


def test_turns_and_errors_are_measured(rep: TestClient, talk: str) -> None:
    rep.post(f"{API}/conversations/{talk}/messages", json={"say": "你好"})
    rep.get(f"{API}/customers/999")
    text = rep.get("/metrics").text
    assert 'sales_assistant_turns_total{channel="rest",outcome="answered"} 1.0' in text
    assert 'sales_assistant_turn_seconds_count{channel="rest"} 1.0' in text
    assert 'sales_assistant_problems_total{code="not_found"} 1.0' in text
    assert 'route="/api/v1/customers/{record_id}",status="404"' in text


def test_made_up_methods_and_paths_do_not_swell_the_measurements(house: House) -> None:
    client = house.client()
    for number in range(3):
        client.request(f"MADEUP{number}", f"/made/up/{number}")
    text = client.get("/metrics").text
    assert 'method="OTHER",route="-"' in text
    assert "made/up" not in text


def test_logs_hold_facts_and_no_words_or_tokens(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="channels.http")
    token = house.link_token("heqing")
    client = house.client()
    client.get("/signin", params={"token": token})
    headers = {"X-CSRF-Token": client.post(f"{API}/sign-in", json={"token": token}).json()["csrf_token"]}
    talk = client.post(f"{API}/conversations", json={}, headers=headers).json()["id"]
    client.post(f"{API}/conversations/{talk}/messages", json={"say": "秘密的话13955500001"}, headers=headers)

    def ours() -> list[str]:
        return [r.getMessage() for r in caplog.records if r.name.startswith(("channels", "assistant"))]

    for _ in range(200):  # the line of a request is written after its answer is sent
        if any("/messages" in line for line in ours()):
            break
        time.sleep(0.05)
    assert any("/messages" in line for line in ours())
    assert not [line for line in ours() if token in line or "秘密" in line or "13955500001" in line or "何青" in line]
