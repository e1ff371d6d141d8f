"""Days of reminders and of wins, and several fields given at once to what was just made."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from tests.assistant.world import Talk, only_change


@pytest.mark.parametrize(
    "said",
    [
        "提醒我去一趟枫桥取合同",
        "叫我催一下枫桥的回款",
        "设个提醒给枫桥寄样册",
        "提醒我给祁知夏打电话",
        "remind me to call 祁知夏",
    ],
)
async def test_a_reminder_without_a_time_asks_when(chat: Talk, said: str) -> None:
    reply = await chat.say(said)
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())
    task = only_change(await chat.say("下周一下午两点"), "create", "task")
    assert (task["customer"], task["due_at"][:16]) == ("枫桥艺术学校", "2026-05-18T14:00")


async def test_a_thing_to_do_may_have_no_time(chat: Talk) -> None:
    assert only_change(await chat.say("加个待办给枫桥寄样册"), "create", "task")["due_at"] is None


@pytest.mark.parametrize(
    "said", ["预计成交改7月底", "成交改到7月底", "7月底成交", "成交放到7月底", "要到7月底才成交", "预计7月底成交"]
)
async def test_a_win_on_a_day_ahead_is_the_day_to_close(chat: Talk, said: str) -> None:
    deal = only_change(await chat.say(f"枫桥琴房更新{said}"), "update", "opportunity")
    assert (deal["stage"], deal["expected_close_date"]) == ("trial", "2026-07-31")


async def test_a_closing_that_is_put_off_by_a_length_is_moved(chat: Talk) -> None:
    deal = only_change(await chat.say("枫桥琴房更新成交推迟两周"), "update", "opportunity")
    assert (deal["stage"], deal["expected_close_date"]) == ("trial", "2026-07-14")


@pytest.mark.parametrize("said", ["枫桥琴房更新推到成交", "枫桥琴房更新昨天成交了", "枫桥琴房更新签字了 成交价30万"])
async def test_what_is_signed_is_won(chat: Talk, said: str) -> None:
    assert only_change(await chat.say(said), "update", "opportunity")["stage"] == "won"


@pytest.mark.parametrize(("answer", "stage"), [("已经签了", "won"), ("改预计成交日期", "trial")])
async def test_a_win_months_ago_is_asked_about(chat: Talk, answer: str, stage: str) -> None:
    asked = await chat.say("枫桥琴房更新3月5号成交了")
    assert (asked.outcome, asked.changes) == (Outcome.ASKED, ())
    assert only_change(await chat.say(answer), "update", "opportunity")["stage"] == stage


@pytest.mark.parametrize("said", ["级别B,区域宿州,行业饲料", "B级,饲料行业,在宿州"])
async def test_all_fields_of_a_list_are_taken(chat: Talk, said: str) -> None:
    await chat.say("新建客户 宿州棠予饲料有限公司")
    customer = only_change(await chat.say(said), "update", "customer")
    assert (customer["level"], customer["region"], customer["industry"]) == ("B", "宿州", "饲料")


async def test_a_label_with_no_value_is_no_value(chat: Talk) -> None:
    await chat.say("新建客户 宿州棠予饲料有限公司")
    assert (await chat.say("区域改一下")).changes == ()


async def test_their_person_keeps_the_title_said_before_the_name(chat: Talk) -> None:
    await chat.say("新建客户 宿州棠予饲料有限公司")
    contact = only_change(await chat.say("他们品控主管麻志,13700000088,加进联系人"), "create", "contact")
    assert (contact["name"], contact["title"], contact["phone"]) == ("麻志", "品控主管", "13700000088")


async def test_a_person_without_title_takes_one_beside_a_number(chat: Talk) -> None:
    await chat.say("枫桥加个联系人赵启明")
    contact = only_change(await chat.say("职务采购主管,电话13700000077"), "update", "contact")
    assert (contact["title"], contact["phone"]) == ("采购主管", "13700000077")


@pytest.mark.parametrize(
    ("said", "alias"),
    [
        ("枫桥我平时都叫它老祁家,加成别名", "老祁家"),
        ("我们平时管枫桥叫枫小,加成它的别名", "枫小"),
        ("枫桥大伙儿都喊桥子,加到简称里", "桥子"),
    ],
)
async def test_what_a_customer_is_called_is_kept(chat: Talk, said: str, alias: str) -> None:
    assert alias in only_change(await chat.say(said), "update", "customer")["aliases"]


async def test_a_tag_taken_off_deletes_no_customer(chat: Talk) -> None:
    assert (await chat.say("把枫桥的别名枫艺删了")).outcome is not Outcome.PENDING


@pytest.mark.parametrize("said", ["又谈妥了,再进一格", "再往前推一步"])
async def test_one_stage_more(chat: Talk, said: str) -> None:
    await chat.say("云岫音乐厅三角琴往前推一个阶段")
    assert only_change(await chat.say(said), "update", "opportunity")["stage"] == "offer"


async def test_a_firm_not_found_is_the_one_made_new(chat: Talk) -> None:
    await chat.say("给江阴槐序生物录个商机,12万")
    customer = only_change(await chat.say("那先新建这家客户,C级"), "create", "customer")
    assert (customer["name"], customer["level"]) == ("江阴槐序生物", "C")
