"""Tokens: stored as digests, used once where that is meant, ended by time and by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from crm_store.database import Database
from crm_store.errors import NotPermitted
from crm_store.principal import SYSTEM, Origin
from tests.crm_store.conftest import Company

HOUR = timedelta(hours=1)


@pytest.fixture
def ann(company: Company) -> int:
    return company.id("user", "ann")


def issued(company: Company, user_id: int, kind: str = "link", ttl: timedelta | None = HOUR) -> str:
    return company.store.write_now(SYSTEM, Origin(channel="x"), lambda uow: uow.credentials.issue(user_id, kind, ttl))


def redeemed(company: Company, token: str, kind: str = "link") -> int | None:
    return company.store.write_now(SYSTEM, Origin(channel="x"), lambda uow: uow.credentials.redeem(token, kind))


def checked(company: Company, token: str, kind: str) -> int | None:
    return company.store.read_now(SYSTEM, lambda uow: uow.credentials.check(token, kind))


def test_a_one_time_token_works_once(company: Company, ann: int) -> None:
    token = issued(company, ann)
    assert [redeemed(company, token), redeemed(company, token)] == [ann, None]


def test_of_many_at_once_one_redeems(company: Company, ann: int) -> None:
    token = issued(company, ann)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: redeemed(company, token), range(8)))
    assert sorted(found, key=str) == [ann, *[None] * 7]


def test_a_session_can_be_checked_until_it_expires(company: Company, ann: int) -> None:
    token = issued(company, ann, "session")
    assert [checked(company, token, "session"), checked(company, token, "session")] == [ann, ann]
    company.clock.move(hours=1)
    assert checked(company, token, "session") is None


def test_a_token_is_good_for_its_kind_only(company: Company, ann: int) -> None:
    token = issued(company, ann, "session")
    assert checked(company, token, "api") is None
    assert redeemed(company, token, "link") is None


@pytest.mark.parametrize("wrong", ["", "x", "\ud800", "\x00"])
def test_what_was_never_issued_is_nobody(company: Company, wrong: str) -> None:
    assert checked(company, wrong, "session") is None


def test_a_revoked_token_is_over(company: Company, ann: int) -> None:
    token = issued(company, ann, "session")
    revoke = company.store.write_now(SYSTEM, Origin(channel="x"), lambda uow: uow.credentials.revoke(token))
    assert revoke
    assert checked(company, token, "session") is None


def test_all_of_a_user_are_revoked_together(company: Company, ann: int) -> None:
    tokens = [issued(company, ann, kind) for kind in ("session", "api", "session")]
    company.write("ann", lambda uow: uow.credentials.revoke_all(ann, "session"))
    kinds = ("session", "api", "session")
    assert [checked(company, t, k) for t, k in zip(tokens, kinds, strict=True)] == [None, ann, None]


def test_an_inactive_user_has_no_valid_token(company: Company, ann: int) -> None:
    token = issued(company, ann, "session")
    company.write("boss", lambda uow: uow.users.update(ann, active=False))
    assert checked(company, token, "session") is None


def test_nobody_issues_or_lists_for_another(company: Company, ann: int) -> None:
    with pytest.raises(NotPermitted):
        company.write("bob", lambda uow: uow.credentials.issue(ann, "api", None))
    with pytest.raises(NotPermitted):
        company.read("bob", lambda uow: uow.credentials.of_user(ann))


def test_the_token_itself_is_not_stored(company: Company, ann: int) -> None:
    token = issued(company, ann)
    database = Database(company.url)
    stored = database.read_now(lambda connection: connection.execute(text("SELECT * FROM credentials")).all())
    database.close()
    assert token not in str(stored)


def test_over_tokens_are_forgotten(company: Company, ann: int) -> None:
    issued(company, ann)
    company.clock.move(hours=2)
    now = company.clock.now()
    forgotten = company.store.write_now(SYSTEM, Origin(channel="x"), lambda uow: uow.credentials.forget_expired(now))
    assert forgotten == 1
