"""Signing in with one-time links, sessions in cookies and bearer tokens, and what protects them."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from channels.limits import FAILURES
from tests.channels.conftest import API, House


def test_a_link_signs_its_user_in(house: House) -> None:
    answer = house.client().post(f"{API}/sign-in", json={"token": house.link_token("heqing")})
    assert answer.status_code == 200
    assert answer.json()["user"] == {"id": 1, "key": "heqing", "name": "何青", "role": "rep", "team": "北区"}


def test_a_session_cookie_can_not_be_read_by_scripts_nor_sent_by_other_sites(house: House) -> None:
    answer = house.client().post(f"{API}/sign-in", json={"token": house.link_token("heqing")})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "token" not in answer.json()


def test_over_https_the_cookie_is_sent_over_https_only(house: House) -> None:
    client = TestClient(house.app, base_url="https://crm.example")
    answer = client.post(f"{API}/sign-in", json={"token": house.link_token("heqing")})
    assert "secure" in answer.headers["set-cookie"].lower()


def test_a_link_works_once(house: House) -> None:
    token = house.link_token("heqing")
    statuses = [house.client().post(f"{API}/sign-in", json={"token": token}).status_code for _ in range(2)]
    assert statuses == [200, 401]


def test_a_link_that_is_looked_at_is_not_used_up(house: House) -> None:
    token = house.link_token("heqing")
    assert house.client().get("/signin", params={"token": token}).status_code == 200
    assert house.client().post(f"{API}/sign-in", json={"token": token}).status_code == 200


def test_an_expired_link_is_refused(house: House) -> None:
    token = house.link_token("heqing")
    house.clock.forward(hours=25)
    answer = house.client().post(f"{API}/sign-in", json={"token": token})
    assert (answer.status_code, answer.json()["code"]) == (401, "link_invalid")


@pytest.mark.parametrize("token", ["forged", "x" * 500, "令牌", "a.b.c"])
def test_a_forged_link_is_refused(house: House, token: str) -> None:
    answer = house.client().post(f"{API}/sign-in", json={"token": token})
    assert (answer.status_code, answer.json()["code"]) == (401, "link_invalid")


def test_a_session_token_is_no_link_and_a_link_no_session(house: House, rep: TestClient) -> None:
    session = rep.headers["Authorization"].partition(" ")[2]
    assert house.client().post(f"{API}/sign-in", json={"token": session}).status_code == 401
    link = {"Authorization": f"Bearer {house.link_token('heqing')}"}
    assert house.client().get(f"{API}/me", headers=link).status_code == 401


def test_after_many_failures_an_address_has_to_wait(house: House) -> None:
    client = house.client()
    for _ in range(FAILURES):
        client.post(f"{API}/sign-in", json={"token": "forged"})
    answer = client.post(f"{API}/sign-in", json={"token": house.link_token("heqing")})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": "Basic aGVxaW5nOng="},
        {"Cookie": "xiaoxiao_session=nonsense"},
    ],
)
def test_who_is_not_signed_in_is_told_so(house: House, headers: dict[str, str]) -> None:
    answer = house.client().get(f"{API}/me", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_an_invalid_bearer_token_is_not_made_good_by_a_cookie(house: House) -> None:
    browser = house.browser("heqing")
    assert browser.get(f"{API}/me", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_session_ends_after_its_time(house: House, rep: TestClient) -> None:
    house.clock.forward(hours=house.runtime.settings.session_hours + 1)
    assert rep.get(f"{API}/me").status_code == 401


def test_signing_out_ends_the_session(house: House) -> None:
    browser = house.browser("heqing")
    cookie = {"Cookie": f"xiaoxiao_session={browser.cookies['xiaoxiao_session']}"}
    assert browser.post(f"{API}/sign-out").status_code == 204
    assert house.client().get(f"{API}/me", headers=cookie).status_code == 401


def test_a_user_who_is_switched_off_is_out_at_once(house: House, rep: TestClient) -> None:
    admin = house.bearer("root")
    assert admin.patch(f"{API}/users/1", json={"active": False}).status_code == 200
    assert rep.get(f"{API}/me").status_code == 401


@pytest.mark.parametrize("token", [None, "", "wrong", "é"])
def test_a_write_with_a_cookie_needs_the_page_s_token(house: House, token: str | None) -> None:
    browser = house.browser("heqing")
    del browser.headers["X-CSRF-Token"]
    headers = {} if token is None else {"X-CSRF-Token": token.encode()}
    answer = browser.post(f"{API}/conversations", json={}, headers=headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


def test_a_page_learns_its_token_from_me(house: House) -> None:
    browser = house.browser("heqing")
    token = browser.get(f"{API}/me").json()["csrf_token"]
    assert browser.post(f"{API}/conversations", json={}, headers={"X-CSRF-Token": token}).status_code == 201


def test_another_session_s_token_does_not_do(house: House) -> None:
    mine, theirs = house.browser("heqing"), house.browser("heqing")
    headers = {"X-CSRF-Token": str(theirs.headers["X-CSRF-Token"])}
    assert mine.post(f"{API}/conversations", json={}, headers=headers).status_code == 403


def test_a_principal_is_read_anew_for_every_request(house: House, rep: TestClient) -> None:
    assert len(rep.get(f"{API}/customers").json()["items"]) == 2
    house.bearer("root").patch(f"{API}/users/1", json={"role": "admin"})
    assert len(rep.get(f"{API}/customers").json()["items"]) == 3


def test_no_token_is_kept_in_the_store(house: House, rep: TestClient) -> None:
    token = rep.headers["Authorization"].partition(" ")[2].encode()
    store = Path(house.runtime.settings.database_url.removeprefix("sqlite:///"))
    assert [path.name for path in store.parent.glob("store.db*") if token in path.read_bytes()] == []
