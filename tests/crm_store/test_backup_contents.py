"""A backup holds the assistant's own tables too; a broken one changes nothing, an interrupted one leaves nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crm_store.backup import backup, restore
from crm_store.database import Database
from crm_store.errors import StoreError
from crm_store.principal import SYSTEM
from crm_store.unit_of_work import UnitOfWork
from crm_store.world import dump_world
from tests.crm_store.conftest import START, Company


class Interrupted(Exception):
    """Somebody pressed Ctrl-C."""


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


def fill(uow: UnitOfWork) -> str:
    """Something in each of the assistant's tables; the token of a session."""
    me = uow.principal.user_id
    uow.conversations.save(uow.conversations.open("c1", "web"), {"焦点": 3}, title="银杏")
    uow.conversations.append("c1", "user", "m1", "明天回访", {"n": 1})
    uow.pendings.hold("p1", "c1", calls=[{"tool": "x"}], digest="d", shown={"t": "删"}, words="删掉")
    uow.inbox.record("web", "m1", "c1", {"text": "好的"})
    uow.outbox.put("k", "note", me, {"a": 1})
    uow.documents.put("政策.md", b"\xef\xbb\xbf# \xe6\x8a\x98\xe6\x89\xa3\r\n")
    uow.leads.add(name="某人", extra={"深": [1, None]})
    return uow.credentials.issue(me, "session", timedelta(days=1))


def contents(uow: UnitOfWork) -> list[object]:
    """What `fill` put there, as its user reads it."""
    return [
        uow.conversations.get("c1"),
        uow.conversations.messages("c1"),
        uow.pendings.waiting("c1"),
        uow.inbox.answer("web", "m1"),
        uow.outbox.for_me(),
        uow.documents.all(),
        uow.audit.recent(),
        uow.credentials.of_user(uow.principal.user_id),
    ]


def spoil(uow: UnitOfWork) -> None:
    """Change all of that."""
    uow.conversations.append("c1", "user", "m2", "后来", {})
    uow.pendings.settle("p1", "confirmed")
    uow.inbox.record("web", "m2", "c1", {})
    uow.outbox.put("k2", "note", uow.principal.user_id, {})
    uow.documents.put("政策.md", b"x")
    uow.leads.add(name="后来的人")
    uow.credentials.revoke_all(uow.principal.user_id)


@pytest.fixture
def database(company: Company) -> Database:
    return Database(company.url)


def test_conversations_mail_documents_audit_and_sessions_come_back(
    company: Company, database: Database, tmp_path: Path
) -> None:
    token = company.write("ann", fill)
    before = company.read("ann", contents)
    assert all(before)
    backup(database, tmp_path / "backup", no_progress)
    company.write("ann", spoil)
    restore(database, tmp_path / "backup", no_progress, START)
    database.close()
    assert company.read("ann", contents) == before
    assert company.store.read_now(SYSTEM, lambda uow: uow.credentials.check(token, "session")) is not None
    company.write("ann", spoil)  # ids go on behind what was restored


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_half_a_backup_is_refused_and_nothing_changes(
    company: Company, database: Database, tmp_path: Path, part: float
) -> None:
    backup(database, tmp_path / "backup", no_progress)
    whole = (tmp_path / "backup").read_bytes()
    (tmp_path / "half").write_bytes(whole[: int(len(whole) * part)])
    company.write("ann", fill)
    before = company.store.read_now(SYSTEM, dump_world)
    with pytest.raises(StoreError):
        restore(database, tmp_path / "half", no_progress, START)
    database.close()
    assert company.store.read_now(SYSTEM, dump_world) == before


def test_an_interrupted_backup_leaves_the_last_one(company: Company, database: Database, tmp_path: Path) -> None:
    (tmp_path / "backup").write_bytes(b"the last one")

    def interrupt(_done: int, _total: int) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        backup(database, tmp_path / "backup", interrupt)
    database.close()
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if "backup" in p.name} == {"backup": b"the last one"}


def test_a_missing_backup_is_said_so(company: Company, database: Database, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有备份文件"):
        restore(database, tmp_path / "nowhere", no_progress, START)
    database.close()
