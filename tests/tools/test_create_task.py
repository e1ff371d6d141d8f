"""create_task: what it stores, what it refuses, what it shows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm_store.errors import NotPermitted, RecordNotVisible
from tests.tools.world import NOW, World, at
from tools.base import ToolRefused
from tools.create_task import create_task


def test_it_creates_an_open_task_of_the_user(world: World) -> None:
    ran = world.run(create_task, title="催合同", customer=world["lake"], due_at=at(3, 18, 15))
    task = ran.only.record
    assert (ran.only.op, task.title, task.assignee_id) == ("create", "催合同", world["lin"])
    assert (task.due_at, task.status) == (at(3, 18, 15), "open")


def test_it_shows_customer_and_time_in_chinese(world: World) -> None:
    text = world.run(create_task, title="催合同", customer=world["lake"], due_at=at(3, 18, 15)).text
    assert "已新建待办「催合同」" in text
    assert "湖光酒店有限公司" in text
    assert "3月18日(周三)15:00" in text


def test_it_shows_customer_and_time_in_english(world: World) -> None:
    ran = world.run(create_task, language="en", title="Call", due_at=at(1, 5, 15, year=2027), priority="high")
    assert "Created task “Call”" in ran.text
    assert "Jan 5, 2027 (Tue) 15:00" in ran.text
    assert "priority: high" in ran.text


def test_the_card_is_a_creation_that_links_the_task_and_its_customer(world: World) -> None:
    answer = world.run(create_task, title="催合同", customer=world["lake"]).answer
    card = answer.cards[0]
    assert card.change == "create"
    assert [link.label for link in answer.shown] == ["催合同"]
    assert [fact.link.type for fact in card.facts if fact.link] == ["customer"]


def test_an_opportunity_brings_its_customer(world: World) -> None:
    record = world.run(create_task, title="改图纸", opportunity=world["pool"]).only.record
    assert record.customer_id == world["lake"]


def test_a_due_time_before_now_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused, match="已经过去"):
        world.run(create_task, title="催合同", due_at=NOW - timedelta(minutes=1))


def test_a_refusal_speaks_english_to_an_english_user(world: World) -> None:
    with pytest.raises(ToolRefused, match="already past"):
        world.run(create_task, language="en", title="Call", due_at=NOW - timedelta(minutes=1))


def test_an_opportunity_of_another_customer_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused, match="不属于这个客户"):
        world.run(create_task, title="改图纸", customer=world["pine"], opportunity=world["pool"])


def test_an_empty_title_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused):
        world.run(create_task, title="  ")


def test_a_recurrence_is_stored_in_normal_form_and_shown_in_words(world: World) -> None:
    ran = world.run(create_task, title="巡检", due_at=at(3, 13, 16), recurrence="RRULE:freq=weekly;byday=fr")
    assert ran.only.record.recurrence == "FREQ=WEEKLY;BYDAY=FR"
    assert "重复: 每周五" in ran.text


@pytest.mark.parametrize("rule", ["每周五", "FREQ=SOMETIMES", "FREQ=MINUTELY"])
def test_what_is_no_recurrence_rule_is_refused(world: World, rule: str) -> None:
    with pytest.raises(ToolRefused, match="重复"):
        world.run(create_task, title="巡检", recurrence=rule)


def test_a_teammate_may_get_a_task_and_a_stranger_may_not(world: World) -> None:
    record = world.run(create_task, title="送样", assignee=world["mo"]).only.record
    assert record.assignee_id == world["mo"]
    with pytest.raises(NotPermitted):
        world.run(create_task, title="送样", assignee=world["far"])


def test_a_customer_or_lead_of_somebody_else_does_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(create_task, title="送样", customer=world["dune"])
    with pytest.raises(RecordNotVisible):
        world.run(create_task, by="far", title="送样", lead=world["ring"])
