"""Due tasks reach the page: each once, seen when the user says so."""

from __future__ import annotations

import asyncio

import pytest
from fastapi.testclient import TestClient

from channels.reminding import keep_reminding
from crm_store.errors import StoreError
from tests.channels.conftest import API, House


async def look_once(house: House) -> None:
    """Let the loop look once; it then sleeps for an hour."""
    loop = asyncio.create_task(keep_reminding(house.app.state.service))
    while "sales_assistant_reminders_total" not in house.app.state.service.metrics.text().decode():
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)


def test_a_task_that_is_due_reaches_its_assignee_once(house: House, rep: TestClient, other: TestClient) -> None:
    house.clock.forward(days=2, hours=5, minutes=1)
    for _ in range(2):
        asyncio.run(look_once(house))
    (mine,) = rep.get(f"{API}/reminders").json()["items"]
    assert (mine["title"], mine["customer"], mine["late"]) == ("寄样品报告", "松岭制药有限公司", False)
    (theirs,) = other.get(f"{API}/reminders").json()["items"]
    assert (theirs["title"], theirs["late"]) == ("约现场", True)


def test_a_reminder_that_was_seen_is_not_shown_again(house: House, rep: TestClient, other: TestClient) -> None:
    house.clock.forward(days=3)
    asyncio.run(look_once(house))
    (mine,) = rep.get(f"{API}/reminders", params={"unseen": "true"}).json()["items"]
    assert other.post(f"{API}/reminders/seen", json={"ids": [mine["id"]]}).status_code == 204
    assert len(rep.get(f"{API}/reminders", params={"unseen": "true"}).json()["items"]) == 1
    assert rep.post(f"{API}/reminders/seen", json={"ids": [mine["id"]]}).status_code == 204
    assert rep.get(f"{API}/reminders", params={"unseen": "true"}).json()["items"] == []
    assert rep.get(f"{API}/reminders", params={"after": mine["id"]}).json()["items"] == []


def test_nothing_is_due_before_its_time(house: House, rep: TestClient) -> None:
    asyncio.run(look_once(house))
    assert rep.get(f"{API}/reminders").json()["items"] == []


def test_the_app_reminds_while_it_runs(house: House) -> None:
    house.clock.forward(days=3)
    token = house.bearer("heqing").headers["Authorization"]
    with house.client() as running:
        for _ in range(500):
            found = running.get(f"{API}/reminders", headers={"Authorization": token}).json()["items"]
            if found:
                break
    assert [each["title"] for each in found] == ["寄样品报告"]


async def test_a_store_that_is_away_does_not_end_the_loop(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    async def away(*_: object) -> int:
        tries.append(1)
        raise StoreError("weg")

    service = house.app.state.service
    object.__setattr__(service.runtime.settings, "reminder_seconds", 0.001)
    monkeypatch.setattr("crm_store.store.Store.write", away)
    loop = asyncio.create_task(keep_reminding(service))
    while len(tries) < 3:
        await asyncio.sleep(0.001)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
