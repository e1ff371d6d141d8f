"""Questions that go on about what was just shown, counsel that goes to the documents, and prices only supposed."""

from __future__ import annotations

import pytest

from assistant.bootstrap import Runtime
from tests.assistant.conftest import principal_in
from tests.assistant.world import Talk, put_documents, tools_called

DOCUMENTS = {
    "battle.md": "---\nkind: battlecard\ntopic: 竞品 海韵琴行\n---\n# 对比卡:海韵琴行\n## 怎么打\n"
    "算十年调律费,省一万二。\n"
    "## 对方概况\n质保五年。",
    "script.md": "---\nkind: script\ntopic: 价格\n---\n# 话术\n## 客户嫌贵\n先问跟谁比,再讲音板是实木的。",
    "gp178.md": "---\nkind: product\nproduct: GP-178 三角钢琴\n---\n# GP-178 三角钢琴\n"
    "## 适合谁\n中型剧场、排练厅。\n质保十年。",
}


@pytest.fixture
def chat(embedded: Runtime) -> Talk:
    """蓝筱's conversation, with documents."""
    put_documents(embedded, DOCUMENTS)
    return Talk(embedded, principal_in(embedded, "lan"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("枫桥老拿海韵的低价压我,怎么回", "调律费"),
        ("裴同舟嫌贵,话该怎么说", "音板"),
        ("云岫要给排练厅添琴,推哪款合适", "排练厅"),
    ],
)
async def test_counsel_is_looked_for_in_the_documents(chat: Talk, said: str, expected: str) -> None:
    reply = await chat.say(said)
    assert tools_called(reply) == ["search_collateral"]
    assert expected in reply.text


async def test_they_after_a_question_on_a_rival_are_the_rival(chat: Talk) -> None:
    await chat.say("海韵的质保几年")
    reply = await chat.say("他们厂里有几个工人")
    assert tools_called(reply) == ["search_collateral"]
    assert "没有" in reply.text
