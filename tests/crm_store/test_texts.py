"""No table takes text that one of the two databases would refuse or change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from crm_store.errors import UnstorableText
from crm_store.principal import SYSTEM, Origin
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import Company

BAD = ["空\x00字", "半\ud83d个", "\udc00"]
GOOD = "表情😀、全角　空格、\u200b零宽、换行\n与 𠮷 野家"
PLACES: dict[str, Callable[[UnitOfWork, str], object]] = {
    "field": lambda uow, bad: uow.leads.add(name=bad),
    "changed field": lambda uow, bad: uow.leads.update(1, company=bad),
    "list": lambda uow, bad: uow.customers.update(1, tags=("好", bad)),
    "object": lambda uow, bad: uow.notes.update(1, details={"needs": {"deep": [bad]}}),
    "key of an object": lambda uow, bad: uow.leads.update(1, extra={bad: 1}),
    "outbox": lambda uow, bad: uow.outbox.put("k", "note", 1, {"title": bad}),
    "dedupe key": lambda uow, bad: uow.outbox.put(bad, "note", 1, {}),
    "inbox": lambda uow, bad: uow.inbox.record("web", "m1", "c1", {"text": bad}),
    "message id": lambda uow, bad: uow.inbox.answer("web", bad),
    "conversation": lambda uow, bad: uow.conversations.open(bad, "web"),
    "message": lambda uow, bad: uow.conversations.append("c1", "user", "m1", bad, {}),
    "state": lambda uow, bad: uow.conversations.save(uow.conversations.open("c2", "web"), {"a": bad}),
    "pending": lambda uow, bad: uow.pendings.hold("p", "c1", calls=[{"a": bad}], digest="d", shown={}, words=None),
    "label": lambda uow, bad: uow.credentials.issue(1, "api", timedelta(hours=1), label=bad),
    "setting": lambda uow, bad: uow.settings.put("seller", bad),
    "search": lambda uow, bad: uow.customers.matching(bad),
    "name": lambda uow, bad: uow.customers.same_as(bad, bad),
}


def put_text(put: Callable[[UnitOfWork, str], object], bad: str, uow: UnitOfWork) -> object:
    return put(uow, bad)


def test_every_place_that_takes_text_refuses_nul_and_half_characters(company: Company) -> None:
    taken = []
    for place, put in PLACES.items():
        for bad in BAD:
            try:
                company.write("boss", partial(put_text, put, bad))
            except UnstorableText:
                continue
            taken.append((place, bad))
    assert taken == []


@pytest.mark.parametrize("bad", BAD)
def test_words_of_a_change_that_can_not_be_stored_stop_the_change(company: Company, bad: str) -> None:
    with pytest.raises(UnstorableText):
        company.store.write_now(SYSTEM, Origin(channel="web", words=bad), lambda uow: uow.leads.add(name="某人"))
    assert company.read("boss", lambda uow: uow.leads.count()) == 2


def test_every_other_character_comes_back_as_it_went_in(company: Company) -> None:
    made = company.write("ann", lambda uow: uow.leads.add(name=GOOD, extra={GOOD: [GOOD]}))
    found = company.read("ann", lambda uow: uow.leads.require(made.id))
    assert (found.name, found.extra) == (GOOD, {GOOD: [GOOD]})
    (entry,) = company.read("ann", lambda uow: uow.audit.history("lead", made.id))
    assert entry.changes[0].after == found
