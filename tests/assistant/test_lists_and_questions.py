"""Creations told as a list, several fields at once, lost deals with reasons, and questions with more than one fact."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.bootstrap import Runtime
from assistant.messages import Outcome
from tests.assistant.conftest import principal_in
from tests.assistant.world import Talk, changed, only_change, tools_called

CREATED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "云岫新来个灯光师叫滕若水,手机13700000021,加上", "contact",
        {"customer": "云岫剧院有限公司", "name": "滕若水", "title": "灯光师", "phone": "13700000021"},
    ),
    (
        "加联系人 枫桥 教务秘书 尹小棠 13700000022", "contact",
        {"customer": "枫桥艺术学校", "name": "尹小棠", "title": "教务秘书", "phone": "13700000022"},
    ),
    (
        "Add a contact at 云岫: Linda Qiu, CFO, 13700000023", "contact",
        {"customer": "云岫剧院有限公司", "name": "Linda Qiu", "title": "CFO"},
    ),
    (
        "登记线索一条,来源官网,单位太仓鹿鸣琴社,联系人巫启明,电话13700000024", "lead",
        {"name": "巫启明", "company": "太仓鹿鸣琴社", "phone": "13700000024", "source": "官网"},
    ),
    (
        "展会上碰到一家 昆山县星禾艺培 姓白 叫白树声 电话13700000025 录成线索", "lead",
        {"name": "白树声", "company": "昆山县星禾艺培", "source": "展会"},
    ),
    (
        "新线索:吴江蓝田中学,洪敏,13700000026,朋友推荐的", "lead",
        {"name": "洪敏", "company": "吴江蓝田中学", "source": "朋友推荐"},
    ),
    (
        "新增商机:云岫 GP-178两台,33,600元,预计9月20日签", "opportunity",
        {"customer": "云岫剧院有限公司", "amount": 33600, "expected_close_date": "2026-09-20"},
    ),
    (
        "新客户 湖州星河小学,C级,在湖州", "customer",
        {"name": "湖州星河小学", "level": "C", "region": "湖州"},
    ),
)  # fmt: skip


@pytest.mark.parametrize(("said", "kind", "fields"), CREATED)
async def test_one_record_is_made_of_all_that_is_listed(
    chat: Talk, said: str, kind: str, fields: dict[str, Any]
) -> None:
    record = only_change(await chat.say(said), "create", kind)
    assert {name: record[name] for name in fields} == fields


async def test_an_answer_may_bring_all_the_rest(chat: Talk) -> None:
    assert (await chat.say("加个联系人")).outcome is Outcome.ASKED
    record = only_change(await chat.say("云岫,票务主管,冯玥,13700000027"), "create", "contact")
    assert (record["name"], record["title"], record["phone"]) == ("冯玥", "票务主管", "13700000027")


async def test_a_customer_file_is_filled_from_one_answer(chat: Talk) -> None:
    assert (await chat.say("我要建一个新的客户档案")).outcome is Outcome.ASKED
    record = only_change(await chat.say("全称南通栎阳乐器有限公司,乐器行业,B级"), "create", "customer")
    assert (record["name"], record["industry"], record["level"]) == ("南通栎阳乐器有限公司", "乐器", "B")
    deal = only_change(await chat.say("再替他们立一笔商机,名称栎阳展厅,87万,年底签"), "create", "opportunity")
    assert (deal["customer"], deal["name"], deal["amount"]) == ("南通栎阳乐器有限公司", "栎阳展厅", 870000)


async def test_a_deal_that_is_yet_to_be_thought_about_is_not_made(chat: Talk) -> None:
    assert (await chat.say("要给云岫新立一个商机,名字和金额我想想")).changes == ()


UPDATED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("枫桥降成C级再打个标签叫观望", "customer", {"level": "C", "tags": ["观望"]}),
    ("给云岫打个 tag 叫 暂缓", "customer", {"tags": ["暂缓"]}),
    ("云岫搬到嘉兴去了,区域字段换成嘉兴", "customer", {"region": "嘉兴"}),
    ("云岫的地区填错啦 应该是绍兴", "customer", {"region": "绍兴"}),
    ("云岫搬到余杭区文一西路969号了", "customer", {"address": "余杭区文一西路969号", "region": "杭州"}),
    ("裴同舟邮箱登记为 pei@yunxiu.example,职务改为副总经理", "contact",
     {"email": "pei@yunxiu.example", "title": "副总经理"}),
    ("裴同舟手机号后四位换成了8899", "contact", {"phone": "13700008899"}),
    ("祁知夏的职务从校长改成名誉校长", "contact", {"title": "名誉校长"}),
    ("阮女士那条线索转成合格", "lead", {"status": "qualified"}),
    ("阮女士 预算确认过了，mark 成 qulified", "lead", {"status": "qualified"}),
    ("Move 枫桥琴房更新 to the contract stage and bump the amount to 380k", "opportunity",
     {"stage": "contract", "amount": 380000}),
)  # fmt: skip


@pytest.mark.parametrize(("said", "kind", "fields"), UPDATED)
async def test_every_field_said_is_set(chat: Talk, said: str, kind: str, fields: dict[str, Any]) -> None:
    record = only_change(await chat.say(said), "update", kind)
    assert {name: record[name] for name in fields} == fields


async def test_a_piece_of_another_word_is_no_title(chat: Talk) -> None:
    await chat.say("裴同舟的电话")
    reply = await chat.say("他们总部搬宁波了,地区也改一下")
    assert only_change(reply, "update", "customer")["region"] == "宁波"


LOST = (
    ("枫桥琴房更新不得行了他们预算砍了弄成丢单", "预算砍"),
    ("枫桥琴房更新黄了 法务那条款谈崩了 记丢单", "谈崩"),
    ("把枫桥琴房更新标成丢单,原因是校方换了领导", "换了领导"),
    ("枫桥琴房更新没戏了,关成丢单", None),
)


@pytest.mark.parametrize(("said", "reason"), LOST)
async def test_a_lost_deal_is_held_with_the_reason_alone(chat: Talk, said: str, reason: str | None) -> None:
    assert (await chat.say(said)).outcome is Outcome.PENDING
    record = only_change(await chat.say("确认"), "update", "opportunity")
    assert record["stage"] == "lost"
    assert (record["lost_reason"] is None) if reason is None else (reason in record["lost_reason"])
    assert "丢单" not in (record["lost_reason"] or "")


async def test_a_deal_of_somebody_elses_customer_is_not_taken_for_ones_own(chat: Talk) -> None:
    assert (await chat.say("雪鸮琴房更新改成丢单")).outcome is Outcome.ASKED


async def test_a_signing_day_is_no_stage_called_signing(chat: Talk) -> None:
    await chat.say("云岫音乐厅三角琴的签单日得改")
    assert (
        only_change(await chat.say("签单日改成7月20号"), "update", "opportunity")["expected_close_date"] == "2026-07-20"
    )


async def test_two_deals_are_moved_together_after_a_yes(chat: Talk) -> None:
    await chat.say("给云岫建个商机,叫云岫排练厅,20万")
    assert (await chat.say("云岫那两单各自往前推一个阶段")).outcome is Outcome.PENDING
    reply = await chat.say("确认")
    assert changed(reply) == [("update", "opportunity")] * 2
    assert {change["record"]["stage"] for change in reply.changes} == {"trial"}


async def test_what_goes_to_whom_is_told_by_the_words_before_the_name(embedded: Runtime) -> None:
    talk = Talk(embedded, principal_in(embedded, "ge"))
    assert (await talk.say("蓝筱的枫桥琴房更新划给杜若飞")).outcome is Outcome.PENDING
    assert only_change(await talk.say("确认"), "update", "opportunity")["owner"] == "du"


ASKED = (
    ("枫桥的全貌,联系人、商机、待办都要", ("祁知夏", "枫桥琴房更新", "寄保修条款")),
    ("枫桥琴房更新的金额和签约日报一下", ("32万", "6月30日")),
    ("祁校长怕啥来着", ("保修条款",)),
    ("试弹阶段里最大的是哪一单", ("枫桥琴房更新", "32万")),
    ("我最大的一单叫什么", ("枫桥琴房更新",)),
)


@pytest.mark.parametrize(("said", "told"), ASKED)
async def test_a_question_is_answered_from_the_records(chat: Talk, said: str, told: tuple[str, ...]) -> None:
    reply = await chat.say(said)
    assert reply.changes == ()
    assert "search_collateral" not in tools_called(reply)
    assert all(part in reply.text for part in told), reply.text


async def test_figures_are_told_for_each_colleague(embedded: Runtime) -> None:
    talk = Talk(embedded, principal_in(embedded, "ge"))
    reply = await talk.say("两个人各有多少在谈的金额")
    assert all(part in reply.text for part in ("蓝筱 48.8万", "杜若飞 50万"))


async def test_a_wish_to_think_about_it_changes_nothing(chat: Talk) -> None:
    assert (await chat.say("我在想要不要把枫桥升成A级")).changes == ()
