"""Customers, contacts, leads and deals told in any order: what becomes which field, and what is no name."""

from __future__ import annotations

import pytest

from assistant.messages import Outcome
from assistant.planner.embedded.reading.fields import address_in, alias_in, region_in, titles_heard
from assistant.planner.embedded.reading.name_forms import is_organisation, is_person, is_persons_alone
from tests.assistant.world import Talk, only_change


@pytest.mark.parametrize(
    ("said", "person", "company"),
    [
        ("展会上扫到一个:泰兴石渡琴行,老板娘黎秀,13900000901,建成线索", "黎秀", "泰兴石渡琴行"),
        ("常熟的一个店叫半亩琴房 老板叫骆大鹏 电话13900000902 建个线索哈", "骆大鹏", "半亩琴房"),
        ("录个线索 13900000903 宋知微 泰州老灶台艺校 朋友介绍", "宋知微", "泰州老灶台艺校"),
        ("有一个宜兴苍垒乐器的 叫崔景和 是老客户介绍的 电话13900000904 帮我建个线索吧", "崔景和", "宜兴苍垒乐器"),
        ("小红书来了条线索 昆山朵雨音乐 联系人冼雅文 电话13900000905,谢谢", "冼雅文", "昆山朵雨音乐"),
    ],
)
async def test_a_lead_is_told_in_any_order(chat: Talk, said: str, person: str, company: str) -> None:
    lead = only_change(await chat.say(said), "create", "lead")
    assert (lead["name"], lead["company"]) == (person, company)


@pytest.mark.parametrize("said", ["建个线索吧谢谢", "帮我建条线索:老板姓唐", "录成线索,13900000906"])
async def test_a_lead_without_a_name_is_asked_about(chat: Talk, said: str) -> None:
    reply = await chat.say(said)
    assert (reply.outcome, reply.changes) == (Outcome.ASKED, ())


@pytest.mark.parametrize(
    ("said", "name", "title"),
    [
        ("枫桥加个联系人叫简沛 直播运营 13900000907", "简沛", "直播运营"),
        ("云岫新场长到任了,聂广成,13900000908,存联系人", "聂广成", "场长"),
        ("添个人:枫桥的采购许佳,13900000909", "许佳", "采购"),
    ],
)
async def test_a_contacts_title_stands_beside_the_name(chat: Talk, said: str, name: str, title: str) -> None:
    person = only_change(await chat.say(said), "create", "contact")
    assert (person["name"], person["title"]) == (name, title)


async def test_what_a_new_deal_is_announced_as_is_its_name(chat: Talk) -> None:
    deal = only_change(await chat.say("云岫新开一单:秋季巡演用琴,12万,11月底签"), "create", "opportunity")
    assert (deal["name"], deal["expected_close_date"]) == ("秋季巡演用琴", "2026-11-30")


@pytest.mark.parametrize(
    ("said", "address", "region"),
    [
        ("枫桥总部搬到佛山了 区域改一改", None, "佛山"),
        ("枫桥搬新办公室了，地址:佛山市南海区桂澜路66号", "佛山市南海区桂澜路66号", None),
        ("地址也搬了，无锡市新吴区锡兴路88号", "无锡市新吴区锡兴路88号", None),
        ("地址:成都市 锦江区 东大街12号 记一下", "成都市 锦江区 东大街12号", None),
        ("他们搬家了", None, None),
        ("区域换成苏州 级别提到A", None, "苏州"),
    ],
)
def test_one_field_does_not_run_into_the_next(said: str, address: str | None, region: str | None) -> None:
    assert (address_in(said), region_in(said)) == (address, region)


@pytest.mark.parametrize(
    ("said", "alias"),
    [
        ("往后我说老枫，指的就是枫桥", "老枫"),
        ("以后管枫桥叫老枫", "老枫"),
        ("他说价格贵，指的是三角琴", None),
        ("以后叫他早点来", None),
    ],
)
def test_a_name_that_is_taught(said: str, alias: str | None) -> None:
    assert alias_in(said) == alias


@pytest.mark.parametrize("said", ["成线索", "建个", "谢谢", "经理", "张总的", "王电话"])
def test_command_words_are_no_persons(said: str) -> None:
    assert not is_person(said) or not is_persons_alone(said)


def test_names_have_their_forms() -> None:
    assert is_person("冼雅文")
    assert is_organisation("半亩琴房")
    assert not is_organisation("录成线索")
    assert titles_heard("现在是副总经里,他是主人") == "现在是副总经理,他是主人"
