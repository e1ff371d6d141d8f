"""Due tasks reach the page: each once, seen when the user says so."""

from __future__ import annotations

import asyncio
import itertools

import pytest
from fastapi.testclient import TestClient

from channels.reminding import keep_reminding, remind_once
from crm_store.errors import StoreError
from tests.channels.conftest import API, House


def look_once(house: House) -> None:
    """Look for due tasks as the app's loop does."""
    asyncio.run(remind_once(house.app.state.service))


def test_a_task_that_is_due_reaches_its_assignee_once(house: House, rep: TestClient, other: TestClient) -> None:
    house.clock.forward(days=2, hours=5, minutes=1)
    for _ in range(2):
        look_once(house)
    (mine,) = rep.get(f"{API}/reminders").json()["items"]
    assert (mine["title"], mine["customer"], mine["late"]) == ("寄样品报告", "松岭制药有限公司", False)
    (theirs,) = other.get(f"{API}/reminders").json()["items"]
    assert (theirs["title"], theirs["late"]) == ("约现场", True)


def test_a_reminder_that_was_seen_is_not_shown_again(house: House, rep: TestClient, other: TestClient) -> None:
    house.clock.forward(days=3)
    look_once(house)
    (mine,) = rep.get(f"{API}/reminders", params={"unseen": "true"}).json()["items"]
    assert other.post(f"{API}/reminders/seen", json={"ids": [mine["id"]]}).status_code == 204
    assert len(rep.get(f"{API}/reminders", params={"unseen": "true"}).json()["items"]) == 1
    assert rep.post(f"{API}/reminders/seen", json={"ids": [mine["id"]]}).status_code == 204
    assert rep.get(f"{API}/reminders", params={"unseen": "true"}).json()["items"] == []
    assert rep.get(f"{API}/reminders", params={"after": mine["id"]}).json()["items"] == []


def test_nothing_is_due_before_its_time(house: House, rep: TestClient) -> None:
    look_once(house)
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
    tries, enough = itertools.count(1), asyncio.Event()

    async def away(*_: object) -> int:
        if next(tries) == 3:
            enough.set()
        raise StoreError("weg")

    service = house.app.state.service
    object.__setattr__(service.runtime.settings, "reminder_seconds", 0.001)
    monkeypatch.setattr("crm_store.store.Store.write", away)
    loop = asyncio.create_task(keep_reminding(service))
    await asyncio.wait_for(enough.wait(), timeout=30)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
