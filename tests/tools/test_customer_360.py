"""customer_360: the sentence answers the topic, the cards show what belongs to it."""

from __future__ import annotations

import pytest

from crm_store.errors import RecordNotVisible
from tests.tools.world import World, at
from tools.customer_360 import customer_360


def test_all_shows_everything(world: World) -> None:
    text = world.run(customer_360, customer=world["lake"]).text
    for shown in (
        "A 级",
        "林舟",
        "合计 48.55万",
        "湖光泳池改造",
        "报价",
        "降噪报告",
        "发送降噪报告",
        "已逾期",
        "周岚",
        "19900000001",
        "10.2万",
    ):
        assert shown in text
    assert "湖光一期" not in text


def test_the_english_answer_has_english_labels(world: World) -> None:
    text = world.run(customer_360, language="en", customer=world["lake"]).text
    for shown in ("level A", "Open opportunities (CNY 485,500)", "Latest notes", "Contacts", "purchases: CNY 102,000"):
        assert shown in text


@pytest.mark.parametrize(
    ("topic", "sentence"),
    [
        ("level", "湖光酒店有限公司是 A 级客户。"),
        ("owner", "湖光酒店有限公司的负责人是林舟。"),
        ("industry", "湖光酒店有限公司的行业: 酒店"),
        ("tags", "湖光酒店有限公司的标签: 老客户"),
        ("aliases", "湖光酒店有限公司的简称: 湖光"),
        ("address", "没有登记湖光酒店有限公司的地址。"),
    ],
)
def test_a_narrow_topic_is_answered_first_and_alone(world: World, topic: str, sentence: str) -> None:
    answer = world.run(customer_360, customer=world["lake"], topic=topic).answer
    assert answer.text == sentence
    assert len(answer.cards) == 1


def test_progress_says_stage_last_contact_and_next_task(world: World) -> None:
    answer = world.run(customer_360, customer=world["lake"], topic="progress").answer
    for said in ("湖光泳池改造在「报价」阶段", "上次沟通 3月5日(周四)", "下一步: 发送降噪报告"):
        assert said in answer.text


def test_the_last_contact_may_be_a_logged_call(world: World) -> None:
    world.add(
        "ringing",
        "interaction",
        customer_id=world["lake"],
        user_id=world["lin"],
        kind="call",
        occurred_at=at(3, 9),
        summary="约了时间",
    )
    answer = world.run(customer_360, customer=world["lake"], topic="last_contact").answer
    assert answer.text == "上次沟通 3月9日(周一): 电话, 约了时间"


def test_a_customer_without_anything_has_an_answer(world: World) -> None:
    ran = world.run(customer_360, by="far", customer=world["dune"], topic="progress")
    assert "没有在跟商机" in ran.text
    assert "还没有与沙丘物业公司的沟通记录" in ran.text


def test_records_are_shown_in_display_order(world: World) -> None:
    shown = world.run(customer_360, customer=world["lake"]).answer.shown
    kinds = list(dict.fromkeys(link.type for link in shown))
    assert kinds == ["customer", "opportunity", "note", "task", "contact"]


def test_somebody_elses_customer_does_not_exist(world: World) -> None:
    with pytest.raises(RecordNotVisible):
        world.run(customer_360, customer=world["reef"])
