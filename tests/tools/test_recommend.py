"""recommend: strategy from records, script and solution from documents, each line with its source."""

from __future__ import annotations

from typing import Any

import pytest

from crm_store.principal import SYSTEM, Origin
from tests.tools.world import World
from tools.base import ToolRefused
from tools.recommend import recommend
from tools.solutions import same_trade

DOCUMENTS = {
    "p2.md": "---\nkind: product\nproduct: 静音水泵P2\n---\n# 静音水泵P2\n降噪外壳让噪声只有48分贝,质保两年。",
    "case-hotel.md": "---\nkind: case\nproduct: 静音水泵P2\nindustry: 酒店\n---\n# 案例:某酒店换泵\n## 原来的问题\n"
    "客人投诉夜里吵。\n## 结果\n投诉从每月9起降到0起。",
    "play-offer.md": "---\nkind: playbook\nstage: 报价\n---\n# 打法:报价以后\n报价后三天内约总经理当面讲一遍。",
    "play-old.md": "---\nkind: playbook\nstage: 报价\nexpires: 2020-01-01\n---\n# 旧打法\n报价后等客户来电。",
    "script-noise.md": "---\nkind: script\ntopic: 噪音异议\n---\n# 话术:客户担心水泵噪音\n"
    "先请客户到样板机房听一分钟,再看降噪报告。",
}


@pytest.fixture
def stocked(world: World) -> World:
    def put(uow: Any) -> None:
        for path, text in DOCUMENTS.items():
            uow.documents.put(path, text.encode())

    world.store.write_now(SYSTEM, Origin(channel="test"), put)
    return world


def test_strategy_says_what_presses_with_its_record(stocked: World) -> None:
    text = stocked.run(recommend, opportunity=stocked["pool"], aspect="strategy").answer.text
    assert "先把逾期的「发送降噪报告」补上,原定 3月10日(周二)17:00〔待办 发送降噪报告〕" in text


def test_the_playbook_of_the_stage_is_quoted_and_cited(stocked: World) -> None:
    answer = stocked.run(recommend, opportunity=stocked["pool"], aspect="strategy").answer
    assert "报价后三天内约总经理当面讲一遍。〔play-offer〕" in answer.text
    assert [citation.document for citation in answer.citations] == ["play-offer"]


def test_an_expired_playbook_is_left_out(stocked: World) -> None:
    assert "等客户来电" not in stocked.run(recommend, opportunity=stocked["pool"]).answer.text


def test_the_script_fits_what_the_customer_said(stocked: World) -> None:
    answer = stocked.run(recommend, opportunity=stocked["pool"], aspect="script").answer
    assert "样板机房听一分钟" in answer.text
    assert "script-noise" in {citation.document for citation in answer.citations}


def test_the_objection_in_the_words_is_answered(stocked: World) -> None:
    ran = stocked.run(recommend, customer=stocked["pine"], aspect="script", query="何必嫌水泵噪音大,怎么说")
    assert "样板机房听一分钟" in ran.answer.text


def test_a_solution_is_a_real_product_with_what_speaks_for_it(stocked: World) -> None:
    answer = stocked.run(recommend, customer=stocked["lake"], aspect="solution").answer
    assert "1. 静音水泵P2,目录价 1.2万" in answer.text
    assert "在跟商机里就有它〔湖光泳池改造〕" in answer.text
    assert "同行业案例:投诉从每月9起降到0起。〔case-hotel〕" in answer.text
    assert "2025年6月1日(周日) 买过(3.6万)" in answer.text


def test_every_line_with_a_fact_names_its_source(stocked: World) -> None:
    text = stocked.run(recommend, opportunity=stocked["pool"]).answer.text
    facts = [line for line in text.split("\n")[1:] if not line.startswith("【") and "目录价" not in line]
    assert facts
    assert all(line.endswith("〕") for line in facts)


def test_every_quote_stands_in_its_document(stocked: World) -> None:
    for citation in stocked.run(recommend, opportunity=stocked["pool"]).answer.citations:
        assert all(line in DOCUMENTS[f"{citation.document}.md"] for line in citation.quote.split("\n"))


def test_of_several_open_deals_the_one_that_closes_first(stocked: World) -> None:
    assert stocked.run(recommend, customer=stocked["lake"]).answer.text.startswith("湖光泳池改造: ")


def test_without_documents_nothing_is_made_up(world: World) -> None:
    answer = world.run(recommend, customer=world["pine"]).answer
    assert "资料里没有适合这种情况的话术。" in answer.text
    assert "记录和资料里没有能说明该推哪个产品的依据。" in answer.text
    assert answer.citations == ()


def test_without_anybody_it_asks(world: World) -> None:
    with pytest.raises(ToolRefused, match="哪个客户或商机"):
        world.run(recommend)


def test_in_english_around_the_quotes(stocked: World) -> None:
    text = stocked.run(recommend, opportunity=stocked["pool"], language="en").answer.text
    assert "First do what is overdue" in text
    assert "What to say" in text


@pytest.mark.parametrize(
    ("about", "trade", "expected"),
    [
        ("酒店", "酒店", True),
        ("连锁餐饮", "餐饮", True),
        ("制药", "生物制药", True),
        ("食品制造", "家居制造", False),
        ("", "酒店", False),
        ("酒店", "", False),
    ],
)
def test_trades_that_are_the_same(about: str, trade: str, expected: bool) -> None:
    assert same_trade(about, trade) is expected
