"""Messages go straight to the turn, and who sends one is looked up in the turn's own transaction."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from assistant.messages import Plan, Say
from assistant.planner import Heard
from assistant.turn import conversation_version
from crm_store.principal import SYSTEM
from crm_store.unit_of_work import UnitOfWork
from tests.channels.conftest import API, ORIGIN, House


class Inside:
    """A planner that plans within the transaction, and says who it thinks is asking."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def plan_now(self, heard: Heard, uow: UnitOfWork) -> Plan:
        self.heard.append(heard.text)
        version = conversation_version(uow, heard.inbound)
        return Plan(steps=(Say(text=f"{uow.principal.role}"),), conversation_version=version)


@pytest.fixture
def inside(house: House, monkeypatch: pytest.MonkeyPatch) -> Inside:
    planner = Inside()
    monkeypatch.setattr(house.runtime.assistant, "_inside", planner)
    return planner


def say(client: TestClient, talk: str, text: str = "你好", **headers: str) -> tuple[int, str]:
    answer = client.post(f"{API}/conversations/{talk}/messages", json={"say": text}, headers=headers)
    found = answer.json()
    return answer.status_code, found.get("code") or found["headline"]


def test_somebody_seen_before_is_answered_as_at_first(inside: Inside, rep: TestClient, talk: str) -> None:
    assert [say(rep, talk) for _ in range(3)] == [(200, "rep")] * 3


def test_a_token_revoked_meanwhile_gets_nothing_done(house: House, inside: Inside, rep: TestClient, talk: str) -> None:
    say(rep, talk, "一")
    token = rep.headers["Authorization"].removeprefix("Bearer ")
    house.runtime.store.write_now(SYSTEM, ORIGIN, lambda uow: uow.credentials.revoke(token))
    assert say(rep, talk, "二") == (401, "not_signed_in")
    assert inside.heard == ["一"]
    refused = rep.post(f"{API}/conversations/{talk}/messages", content=b"{", headers={"Content-Type": "text/plain"})
    assert refused.status_code == 401


def test_a_role_changed_meanwhile_counts_at_once(house: House, inside: Inside, rep: TestClient, talk: str) -> None:
    say(rep, talk)
    me = house.record("user", key="heqing")
    house.runtime.store.write_now(SYSTEM, ORIGIN, lambda uow: uow.users.update(me.id, role="manager"))
    assert say(rep, talk) == (200, "manager")
    house.runtime.store.write_now(SYSTEM, ORIGIN, lambda uow: uow.users.update(me.id, active=False))
    assert say(rep, talk) == (401, "not_signed_in")


def test_a_page_without_its_token_is_refused_the_second_time_too(house: House, inside: Inside) -> None:
    page = house.browser("heqing")
    talk = page.post(f"{API}/conversations", json={}).json()["id"]
    assert say(page, talk) == (200, "rep")
    assert say(page, talk, **{"X-CSRF-Token": "false"}) == (403, "csrf")
    assert len(inside.heard) == 1


@pytest.mark.parametrize("talk", ["none", "a" * 65, "no%20id"])
def test_what_is_no_conversation_of_ones_own_is_refused_as_ever(inside: Inside, rep: TestClient, talk: str) -> None:
    status, code = say(rep, talk)
    assert (status, code) in {(404, "not_found"), (422, "invalid_body")}
    assert not inside.heard


def test_the_straight_way_is_measured_as_its_route(inside: Inside, rep: TestClient, talk: str) -> None:
    say(rep, talk)
    route = f'method="POST",route="{API}/conversations/{{conversation_id}}/messages",status="200"'
    assert route in rep.get("/metrics").text
