"""search_collateral: quotes with citations, for a customer, and what is not there."""

from __future__ import annotations

import pytest

from crm_store.principal import SYSTEM, Origin
from tests.tools.world import World
from tools.search_collateral import search_collateral

DOCUMENTS = {
    "p2.md": "---\nkind: product\nproduct: 静音水泵P2\n---\n# 静音水泵P2\n噪声48分贝,质保两年。流量每小时12方。",
    "sub/after-sales.md": "---\nkind: policy\ntopic: 售后\n---\n# 售后规定\n报修后6小时内到场,夜间顺延到次日上午。",
    "old.md": "---\nkind: policy\nexpires: 2020-01-01\n---\n# 旧的售后规定\n报修后48小时内到场。",
}


@pytest.fixture
def stocked(world: World) -> World:
    def put(uow: object) -> None:
        for path, text in DOCUMENTS.items():
            uow.documents.put(path, text.encode())  # type: ignore[attr-defined]

    world.store.write_now(SYSTEM, Origin(channel="test"), put)
    return world


def test_the_answer_quotes_and_cites(stocked: World) -> None:
    answer = stocked.run(search_collateral, query="P2质保几年").answer
    assert "质保两年" in answer.text
    assert [(c.document, c.section) for c in answer.citations] == [("p2", "静音水泵P2")]
    assert answer.citations[0].quote in answer.text


def test_two_questions_are_answered_together(stocked: World) -> None:
    answer = stocked.run(search_collateral, query="P2噪声多少分贝,坏了多久有人来").answer
    assert "48分贝" in answer.text
    assert "6小时" in answer.text
    assert {citation.document for citation in answer.citations} == {"p2", "after-sales"}


def test_what_is_not_there_is_said_and_nothing_quoted(stocked: World) -> None:
    answer = stocked.run(search_collateral, query="P2的防爆证书编号是多少").answer
    assert answer.text.startswith("资料里没有写到")
    assert not answer.citations


def test_a_product_can_be_given_by_id(stocked: World) -> None:
    answer = stocked.run(search_collateral, query="质保几年", product=stocked["pump"]).answer
    assert "质保两年" in answer.text


def test_an_expired_document_is_not_quoted(stocked: World) -> None:
    assert "48小时" not in stocked.run(search_collateral, query="报修后多久到场").answer.text


def test_english_is_answered_in_english_around_the_quote(stocked: World) -> None:
    answer = stocked.run(search_collateral, query="what is the explosion-proof certificate of P2", language="en").answer
    assert answer.text.startswith("The documents say nothing")


def test_without_documents_it_says_so(world: World) -> None:
    assert world.run(search_collateral, query="质保几年").answer.text.startswith("资料里没有写到")
