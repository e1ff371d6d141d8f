"""Which messages are questions to the documents, which to the records, and what the search is told."""

from __future__ import annotations

import pytest

from assistant.bootstrap import Runtime
from tests.assistant.conftest import principal_in
from tests.assistant.world import FENGQIAO, YUNXIU, Talk, put_documents, tools_called

DOCUMENTS = {
    "gp178.md": "---\nkind: product\nproduct: GP-178 三角钢琴\n---\n# GP-178 三角钢琴\n琴长178厘米,净重320公斤,共88键。"
    "\n调律建议每半年一次,湿度保持在百分之五十。击弦机质保十年。",
    "policy.md": "---\nkind: policy\ntopic: 折扣\n---\n# 折扣与付款\n"
    "九五折以内销售自己定,九折找区域经理批。首付不低于三成。",
    "service.md": "---\nkind: policy\ntopic: 售后\n---\n# 售后\n报修后24小时内上门,琴弦断了免费换一次。",
    "case-hall.md": "---\nkind: case\nindustry: 演出\nproduct: GP-178 三角钢琴\n---\n# 案例:某剧院换琴\n"
    "换琴后演出投诉降到零,两年收回投资。",
    "play-trial.md": "---\nkind: playbook\nstage: 试弹\n---\n# 打法:试弹以后\n试弹后一周没回音,请调律师上门回访一次。",
}


@pytest.fixture
def chat(embedded: Runtime) -> Talk:
    """蓝筱's conversation, with documents."""
    put_documents(embedded, DOCUMENTS)
    return Talk(embedded, principal_in(embedded, "lan"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("GP-178有多重", "320公斤"),
        ("琴弦断了收不收钱", "免费换一次"),
        ("多久要调一次律", "每半年一次"),
        ("要打九折得找哪位签字", "区域经理"),
        ("裴同舟问琴坏了几个钟头有人来", "24小时"),
        ("祁知夏想少付点首付,最低能到几成", "三成"),
        ("how heavy is the GP-178", "320公斤"),
    ],
)
async def test_what_only_documents_have_is_looked_for_there(chat: Talk, said: str, expected: str) -> None:
    reply = await chat.say(said)
    assert tools_called(reply) == ["search_collateral"]
    assert expected in reply.text
    assert reply.citations


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("祁知夏电话多少", "list_contacts"),
        ("GP-178目录价多少", "product_info"),
        ("枫桥的纪要列一下", "list_notes"),
        ("今天有什么待办", "list_tasks"),
        ("云岫音乐厅三角琴现在到哪一步了", "opportunity_detail"),
        ("我的商机有哪些", "list_opportunities"),
    ],
)
async def test_what_records_have_is_looked_for_there(chat: Talk, said: str, tool: str) -> None:
    assert tools_called(await chat.say(said)) == [tool]


async def test_what_is_not_written_is_said_to_be_not_there(chat: Talk) -> None:
    reply = await chat.say("GP-178的防火等级是几级")
    assert tools_called(reply) == ["search_collateral"]
    assert "资料里没有" in reply.text
    assert not reply.citations


async def test_the_search_is_told_whom_it_is_for(chat: Talk) -> None:
    reply = await chat.say("枫桥问琴坏了几个钟头有人来")
    assert reply.calls[0].args["customer"] == FENGQIAO


async def test_the_next_question_goes_on_about_the_product(chat: Talk) -> None:
    await chat.say("GP-178有多重")
    reply = await chat.say("那击弦机质保几年")
    assert "质保十年" in reply.text
    assert reply.calls[0].args["product"] == 1


async def test_advice_on_a_deal_joins_records_and_documents(chat: Talk) -> None:
    reply = await chat.say("给枫桥这单出个主意,怎么推进")
    assert tools_called(reply) == ["recommend"]
    assert "试弹后一周没回音,请调律师上门回访一次。〔play-trial〕" in reply.text
    assert "寄保修条款" in reply.text


async def test_a_solution_for_a_customer(chat: Talk) -> None:
    reply = await chat.say("云岫适合推什么产品")
    assert tools_called(reply) == ["recommend"]
    assert reply.calls[0].args["customer"] == YUNXIU
    assert "两年收回投资" in reply.text


async def test_the_deals_that_need_somebody(chat: Talk) -> None:
    reply = await chat.say("我手上的单子先跟哪个好")
    assert tools_called(reply) == ["next_actions"]
    assert "枫桥琴房更新" in reply.text


async def test_a_question_beside_a_command_does_not_swallow_it(chat: Talk) -> None:
    reply = await chat.say("明天下午三点提醒我给枫桥送琴凳")
    assert tools_called(reply) == ["create_task"]
