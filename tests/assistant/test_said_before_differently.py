"""Follow-up turns in other words: a value beside 改回, an ordinal, a rough sum, a field, 他 unknown."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change

DIALOGUES: tuple[tuple[tuple[str, ...], str, dict[str, Any]], ...] = (
    # a value said beside taking back counts
    (("枫桥琴房更新金额改成30万", "祁校长反悔了,改回32万吧"), "opportunity", {"amount": 320000}),
    (("云岫音乐厅三角琴金额改成15万", "又反悔了,还是按16万"), "opportunity", {"amount": 160000}),
    # a time is of what was shown alone since
    (("枫桥琴房更新签约日改到7月6号", "约调律师上门是什么时候", "提前一天"), "task", {"due_at": "2026-05-14T09:00"}),
    # a statement of what is done is no question; a command is no choice
    (("明天的待办有哪些", "寄保修条款那个弄好了"), "task", {"status": "done"}),
    (("青禾的联系人有谁", "祁知夏换成副校长了"), "contact", {"title": "副校长"}),
    # so much earlier
    (("后天上午九点提醒我给裴同舟送谱架", "九点怕堵车,再早二十分钟"), "task", {"due_at": "2026-05-15T08:40"}),
    (("后天上午九点提醒我给裴同舟送谱架", "早半个钟头吧"), "task", {"due_at": "2026-05-15T08:30"}),
    (("枫桥琴房更新签约日早一周",), "opportunity", {"expected_close_date": "2026-06-23"}),
    (("枫桥琴房更新签约日推一周", "推太多了,推三天就行"), "opportunity", {"expected_close_date": "2026-07-03"}),
    # the place of a list, not the record written last
    (("我有哪些待办", "第一个改到后天下午四点", "第二个不动,优先级提到高"), "task", {"title": "约调律师上门"}),
    # the record that has the field
    (("建个新客户,徐州澄音剧社", "再录个人,他们前台主管贺楠", "级别我手快了,应该是C"), "customer", {"level": "C"}),
    (("青禾幼儿园打个标签:重点园", "字打错了,标签应该叫示范园"), "customer", {"tags": ["示范园"]}),
    (("云岫剧院我们平时都叫岫院,给它加上这个别名",), "customer", {"aliases": ["云岫", "岫院"]}),
    (("枫桥搬新校区了,客户地区登记成昆山",), "customer", {"region": "昆山"}),
    # taken back in other words
    (("枫桥琴房更新降两万", "算了别降了"), "opportunity", {"amount": 320000}),
    (("寄保修条款交给杜若飞", "还是我自己来吧"), "task", {"assignee": "lan"}),
    (("后天下午三点提醒我找祁知夏对报价", "不是祁知夏,是裴同舟"), "task", {"title": "找裴同舟对报价"}),
    (("寄保修条款改到后天", "带信封这三个字加到标题里"), "task", {"title": "寄保修条款,带信封"}),
    (("拾光琴社那条线索电话多少", "还没人跟吧?分给我", "状态也改成跟进中"), "lead", {"status": "working"}),
)


@pytest.mark.parametrize(("says", "kind", "fields"), DIALOGUES, ids=[says[-1] for says, _, _ in DIALOGUES])
async def test_the_last_turn_is_of_what_was_said_before(
    chat: Talk, says: tuple[str, ...], kind: str, fields: dict[str, Any]
) -> None:
    for said in says:
        reply = await chat.say(said)
    record = only_change(reply, "update", kind)
    assert {name: str(record[name])[: len(str(value))] for name, value in fields.items()} == {
        name: str(value) for name, value in fields.items()
    }


async def test_a_task_called_off_by_mistake_is_open_again(chat: Talk) -> None:
    await chat.say("取消寄保修条款")
    reply = await chat.say("等下,不是取消,是推迟到25号")
    task = reply.changes[-1]["record"]
    assert (task["status"], str(task["due_at"])[:10]) == ("open", "2026-05-25"), reply.text


async def test_numbers_given_to_two_at_once_go_to_each(chat: Talk) -> None:
    reply = await chat.say("祁知夏的手机换成13700000021,云岫的客户总机填13700000022")
    given = {(c["type"], c["record"]["name"]): c["record"]["phone"] for c in reply.changes}
    assert given == {("contact", "祁知夏"): "13700000021", ("customer", "云岫剧院有限公司"): "13700000022"}


ASKED = (
    ("明早九点提醒我打给他问验收的事",),
    ("给云岫打个标签:标杆", "第一个去掉"),
)


@pytest.mark.parametrize("says", ASKED, ids=[says[-1] for says in ASKED])
async def test_what_points_at_nothing_is_asked_about(chat: Talk, says: tuple[str, ...]) -> None:
    for said in says:
        reply = await chat.say(said)
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ()), reply.text


async def test_whom_he_is_comes_into_the_title(chat: Talk) -> None:
    await chat.say("明早九点提醒我打给他问验收的事")
    record = only_change(await chat.say("裴同舟"), "create", "task")
    assert (record["title"], record["customer"]) == ("打给裴同舟问验收的事", "云岫剧院有限公司")


async def test_a_question_between_is_no_minute(chat: Talk) -> None:
    await chat.say("我要给云岫记个拜访纪要")
    reply = await chat.say("等下,先告诉我GP-178的目录价")
    assert reply.changes == ()
    assert "16.8万" in reply.text
    record = only_change(await chat.say("好,接着记:今早见了裴同舟,说想再试弹一次"), "create", "note")
    assert record["summary"] == "今早见了裴同舟,说想再试弹一次"


LEADS = (
    ("录条线索,南通鹭屿酒店,区婉婷,展会上认识的,手机13700000031", "区婉婷", "南通鹭屿酒店"),
    ("新线索:扬州瀚海剧院,麦子晴,13700000032,朋友介绍", "麦子晴", "扬州瀚海剧院"),
)


@pytest.mark.parametrize(("said", "name", "company"), LEADS, ids=[name for _, name, _ in LEADS])
async def test_a_rare_surname_is_a_person(chat: Talk, said: str, name: str, company: str) -> None:
    record = only_change(await chat.say(said), "create", "lead")
    assert (record["name"], record["company"]) == (name, company)


async def test_a_rough_sum_picks_the_deal(chat: Talk) -> None:
    await chat.say("我有哪些商机")
    record = only_change(await chat.say("十几万那个推到试弹"), "update", "opportunity")
    assert record["name"] == "云岫音乐厅三角琴"
