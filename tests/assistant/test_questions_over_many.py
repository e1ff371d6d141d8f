"""Questions over several records: who ordered, the extremes of a list, customers of a list, names that nobody has."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.bootstrap import Runtime
from assistant.messages import Outcome, Reply
from crm_store.principal import SYSTEM, Origin
from tests.assistant.conftest import principal_in
from tests.assistant.world import FENGQIAO, KINDERGARTEN, TRAINING, YUNXIU, Talk, changed, tools_called

ORDERS = (
    (FENGQIAO, 1, 1, 168000, date(2025, 3, 4)),
    (FENGQIAO, 2, 2, 64000, date(2026, 2, 10)),
    (YUNXIU, 2, 1, 32000, date(2025, 6, 18)),
    (TRAINING, 1, 1, 168000, date(2024, 11, 20)),
)
NAMES = {
    FENGQIAO: "枫桥艺术学校", YUNXIU: "云岫剧院有限公司", KINDERGARTEN: "青禾幼儿园", TRAINING: "青禾音乐培训中心",
}  # fmt: skip


@pytest.fixture
def shop(chat: Talk) -> Talk:
    """The conversation, with orders of three years and a lost deal."""

    def work(uow: Any) -> None:
        for customer, product, quantity, amount, day in ORDERS:
            uow.orders.add(customer_id=customer, product_id=product, quantity=quantity, amount=amount, ordered_on=day)

    chat.runtime.store.write_now(SYSTEM, Origin(channel="elsewhere"), work)
    return chat


def told(reply: Reply) -> str:
    """All that a reply shows."""
    rows = (" ".join(row.cells) for card in reply.cards for row in card.rows)
    return "\n".join((reply.text, *(card.title for card in reply.cards), *rows))


WHO_ORDERED: tuple[tuple[str, set[int]], ...] = (
    ("今年下过单的客户有哪些", {FENGQIAO}),
    ("哪些客户去年买过今年还没再下单", {YUNXIU}),
    ("半年没下单的老客户有哪些", {YUNXIU, TRAINING}),
    ("一年多没复购的客户有没有", {TRAINING}),
    ("去年都有哪几家进过货", {FENGQIAO, YUNXIU}),
)


@pytest.mark.parametrize(("asked", "expected"), WHO_ORDERED)
async def test_customers_are_found_by_what_they_ordered_when(shop: Talk, asked: str, expected: set[int]) -> None:
    reply = await shop.say(asked)
    assert {one for one, name in NAMES.items() if name in told(reply)} == expected, told(reply)


async def test_who_bought_a_product_is_told_by_its_orders(shop: Talk) -> None:
    reply = await shop.say("都有哪些客户买过三角钢琴")
    assert {one for one, name in NAMES.items() if name in told(reply)} == {FENGQIAO, TRAINING}
    assert "云岫" not in told(reply)


SILENT = ("哪家两天没碰过面了", "谁有三天没见过面了", "没联系超过三天的客户", "五月十号以来没拜访过的客户")


@pytest.mark.parametrize("asked", SILENT)
async def test_silence_has_many_words(chat: Talk, asked: str) -> None:
    reply = await chat.say(asked)
    days = [run.args.get("inactive_days") for run in reply.calls]
    assert len(days) == 1, reply.text
    assert days[0] in (2, 3), reply.text


OF_DEALS: tuple[tuple[str, str, str], ...] = (
    ("金额最大的是哪个", "枫桥琴房更新", "云岫音乐厅三角琴"),
    ("最小的那笔", "云岫音乐厅三角琴", "枫桥琴房更新"),
    ("最快签的是哪个", "枫桥琴房更新", "云岫音乐厅三角琴"),
    ("哪个最晚关", "云岫音乐厅三角琴", "枫桥琴房更新"),
    ("除了云岫还有多少", "32万", "云岫音乐厅"),
    ("刨掉枫桥还剩几个", "16.8万", "枫桥琴房"),
)


@pytest.mark.parametrize(("asked", "has", "lacks"), OF_DEALS)
async def test_one_of_the_deals_listed_is_singled_out(chat: Talk, asked: str, has: str, lacks: str) -> None:
    await chat.say("我在谈的单子有哪些")
    reply = await chat.say(asked)
    assert has in told(reply), told(reply)
    assert lacks not in told(reply), told(reply)
    assert reply.outcome is Outcome.ANSWERED


OF_CUSTOMERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("他们在谈的单子加起来多少", ("48.8万",)),
    ("这几家的联系人都是谁", ("祁知夏", "裴同舟")),
    ("对接人分别是谁", ("祁知夏", "裴同舟")),
    ("这几家里谁最久没联系了", ("最久没联系的是", "枫桥 05-06")),
)


@pytest.mark.parametrize(("asked", "has"), OF_CUSTOMERS)
async def test_the_customers_listed_are_asked_about_together(chat: Talk, asked: str, has: tuple[str, ...]) -> None:
    await chat.say("有在谈商机的客户有哪些")
    reply = await chat.say(asked)
    assert all(words in told(reply) for words in has), told(reply)
    assert reply.outcome is Outcome.ANSWERED
    assert not changed(reply)


async def test_another_month_is_not_added_to_a_deadline(chat: Talk) -> None:
    assert "枫桥琴房更新" in told(await chat.say("六月底前要签的单子有哪些"))
    reply = await chat.say("下下个月的呢")
    assert "枫桥琴房更新" not in told(reply)
    assert "云岫音乐厅三角琴" in told(reply)


NOBODY = ("雪鸮的单子金额多少", "雪鸮的待办有哪些", "雪鸮买过什么", "鹄瓴的商机到哪了")


@pytest.mark.parametrize("asked", NOBODY)
async def test_a_name_that_nobody_visible_has_is_no_question_for_all(chat: Talk, asked: str) -> None:
    """雪鸮 is a colleague's customer: it is not found, as 鹄瓴 is not, whom there is not at all."""
    reply = await chat.say(asked)
    assert reply.outcome is Outcome.ASKED
    assert asked[:2] in reply.text
    assert not any(words in told(reply) for words in ("排练厅", "边牧云", "杜若飞", "枫桥", "50万")), told(reply)


OUR_OWN = ("手头的活儿还有多少", "盘子里还有多少没签", "捋一下本周的待办", "全组在谈的单子有哪些", "苏州的单子有哪些")


@pytest.mark.parametrize("asked", OUR_OWN)
async def test_usual_words_are_no_strangers(chat: Talk, asked: str) -> None:
    assert (await chat.say(asked)).outcome is Outcome.ANSWERED


DONE = ("这周我干完了哪些事", "本周办成了什么", "这个礼拜做完了哪些任务", "这周搞定了哪些活")


@pytest.mark.parametrize("asked", DONE)
async def test_what_was_done_is_asked_for(chat: Talk, asked: str) -> None:
    reply = await chat.say(asked)
    assert [run.args.get("status") for run in reply.calls] == ["done"]
    assert not changed(reply)


LOST = (
    ("输单都因为什么", "预算被砍"),
    ("丢过的单有哪些", "预算被砍"),
    ("今年赢了几个输了几个", "输 1"),
    ("赢率多少", "0%"),
)


@pytest.mark.parametrize(("asked", "has"), LOST)
async def test_lost_deals_and_their_reasons(chat: Talk, asked: str, has: str) -> None:
    await chat.say("云岫音乐厅三角琴丢单,预算被砍")
    await chat.confirm()
    assert has in told(await chat.say(asked))


async def test_when_a_deal_was_lost_is_its_day(chat: Talk) -> None:
    await chat.say("云岫音乐厅三角琴丢单,预算被砍")
    await chat.confirm()
    await chat.say("云岫那单怎么丢的")
    assert "5月13日" in told(await chat.say("啥时候丢的"))


async def test_unowned_leads_are_listed_and_none_is_claimed(chat: Talk) -> None:
    await chat.say("展会来的线索有哪些")
    reply = await chat.say("没人认领的线索呢")
    assert tools_called(reply) == ["list_leads"]
    assert not changed(reply)


@pytest.mark.parametrize("asked", ["他有啥逾期的没", "他这周要做的有哪些", "他名下客户有哪些"])
async def test_he_is_the_colleague_asked_about(embedded: Runtime, asked: str) -> None:
    talk = Talk(embedded, principal_in(embedded, "ge"))
    await talk.say("杜若飞手上有哪些单子")
    reply = await talk.say(asked)
    assert [run.args.get("assignee", run.args.get("owner")) for run in reply.calls] == [2], reply.text
