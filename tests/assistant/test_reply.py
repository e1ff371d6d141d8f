"""The reply: its wire form, its whole text, its outcome."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.executor import Ledger
from assistant.messages import Ask, Held, Option, Outcome, Reply, Say
from assistant.reply import change_cards, outcome_of, reply_from_json, reply_json, reply_text
from crm_store.errors import UnstorableText
from crm_store.texts import to_json
from tests.assistant.world import FENGQIAO, Scripted, Talk, call

WIRE_KEYS = {"reply", "outcome", "calls", "changes", "citations", "options", "conversation_id", "message_id"}


@pytest.fixture
async def replies(talk: Talk, planner: Scripted) -> list[Reply]:
    """One reply of each kind: read, written, held, asked."""
    plans: list[tuple[Any, ...]] = [
        (call("customer_360", customer=FENGQIAO),),
        (call("create_task", title="送琴凳", customer=FENGQIAO, due_at="2026-05-20T15:00:00+08:00"),),
        (call("lose_opportunity", opportunities=[1], reason="价格"),),
        (Ask(text="哪个?", question={"slot": "customer"}, options=(Option(label="枫桥", value="枫桥"),)),),
    ]
    for plan in plans:
        planner.then(*plan)
    return [await talk.say("照办") for _ in plans]


def test_the_wire_form_is_plain_json(replies: list[Reply]) -> None:
    for reply in replies:
        wire = reply_json(reply)
        assert json.loads(json.dumps(wire, ensure_ascii=False)) == wire
        assert wire.keys() >= WIRE_KEYS


def test_the_text_of_a_reply_is_its_wire_form(replies: list[Reply]) -> None:
    for reply in replies:
        assert reply_text(reply) == reply_text(replace(reply, wire="")) == to_json(reply_json(reply))


@pytest.mark.parametrize("text", ["\ud800", "a\x00b"])
def test_what_can_not_be_stored_is_refused(replies: list[Reply], text: str) -> None:
    with pytest.raises(UnstorableText):
        reply_text(replace(replies[0], text=text, wire=""))


def test_a_reply_comes_back_from_its_wire_form(replies: list[Reply]) -> None:
    for reply in replies:
        assert reply_json(reply_from_json(reply_json(reply))) == reply_json(reply)
        assert reply_from_json(reply_json(reply)).outcome is reply.outcome


def test_reading_a_wire_form_leaves_it_as_it_was(replies: list[Reply]) -> None:
    wire = reply_json(replies[0])
    kept = dict(wire)
    reply_from_json(wire)
    assert wire == kept


def test_the_outcome_is_on_the_wire_as_a_word(replies: list[Reply]) -> None:
    assert [reply_json(reply)["outcome"] for reply in replies] == ["answered", "done", "pending", "asked"]


def test_changes_name_records_instead_of_ids(replies: list[Reply]) -> None:
    (change,) = replies[1].changes
    assert change["record"]["customer"] == "枫桥艺术学校"
    assert change["record"]["assignee"] == "lan"
    assert change["record"]["due_at"].startswith("2026-05-20T15:00")
    assert change["before"] is None


def test_a_write_can_be_taken_back_by_its_id(replies: list[Reply]) -> None:
    assert replies[1].change_set_id is not None
    assert replies[0].change_set_id is None


def test_the_whole_text_has_the_cards(replies: list[Reply]) -> None:
    assert "祁知夏" in replies[0].text
    assert "送琴凳" in replies[1].text
    assert "价格" in replies[2].text


def test_a_held_write_is_shown_with_its_way_out(replies: list[Reply]) -> None:
    assert "确认" in replies[2].text
    assert "取消" in replies[2].text


def test_records_shown_are_linked_once(replies: list[Reply]) -> None:
    links = [(link.type, link.id) for link in replies[0].links]
    assert ("customer", FENGQIAO) in links
    assert len(links) == len(set(links))


def test_change_cards_are_those_that_show_a_write(replies: list[Reply]) -> None:
    assert len(change_cards(replies[1].cards)) == 1
    assert change_cards(replies[0].cards) == ()


def _held() -> Held:
    return Held(id="h", title="请确认", cards=(), expires_at=datetime(2026, 5, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    ("ledger", "outcome"),
    [
        (Ledger(), Outcome.ANSWERED),
        (Ledger(refused=True), Outcome.REFUSED),
        (Ledger(refused=True, changed=True), Outcome.DONE),
        (Ledger(changed=True, asks=[Ask(text="哪个?", question=None)]), Outcome.ASKED),
        (Ledger(changed=True, asks=[Ask(text="哪个?", question=None)], held=[_held()]), Outcome.PENDING),
        (Ledger(said=[Say(text="您好")]), Outcome.ANSWERED),
    ],
)
def test_the_outcome_is_what_the_user_must_act_upon_first(ledger: Ledger, outcome: Outcome) -> None:
    assert outcome_of(ledger) is outcome
