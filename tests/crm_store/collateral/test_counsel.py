"""Counsel: which questions ask what to say or which product fits, and which sections answer them."""

from __future__ import annotations

import pytest

from crm_store.collateral.answering import Situation, Standing, answer
from crm_store.collateral.cleaning import folded
from crm_store.collateral.counsel import Wish, counsel_in, speaker_in
from crm_store.collateral.rivals import rival_in
from tests.crm_store.collateral.asking import small_index

RIVAL = (
    "---\nkind: battlecard\ntopic: 竞品 大川水泵\n---\n# 对比卡:大川水泵\n## 对方长处\n裸机价低一成。\n"
    "## 我们怎么赢\n算三年电费,省两万四。\n## 丢单复盘\n去年输给大川四单,都是只比低价。"
)
SCRIPT = (
    "---\nkind: script\ntopic: 价格\n---\n# 异议话术\n## 客户说太贵\n先问跟谁比,再算每吨水的成本。\n"
    "## 客户怕漏水\n请他看十年老机的密封。"
)
PUMP = (
    "---\nkind: product\nproduct: 长河P20 水泵\n---\n# 长河P20 水泵\n"
    "## 适用场合\n高楼二次供水、喷灌。\n## 安装\n半天装好。"
)
SEWAGE = (
    "---\nkind: product\nproduct: 长河W9 污泵\n---\n# 长河W9 污泵\n"
    "## 适用场合\n养殖场粪污、带渣污水。\n## 安装\n一天。"
)
INDEX = small_index(rival=RIVAL, script=SCRIPT, pump=PUMP, sewage=SEWAGE)
SELLER = Situation(products=("长河P20 水泵", "长河W9 污泵"))


@pytest.mark.parametrize(
    "text",
    [
        "他老拿大川的低价压我,怎么回",
        "孙总嫌水泵贵,话该怎么说",
        "客户怕漏水 我拿啥话去打消他顾虑",
        "对面说别家送安装,我咋个回他嘛",
        "人家要等董事会,拿什么材料去打动他",
        "大川压价压得凶,这单怎么打",
        "他老说领导没空,我见面怎么接他这话",
        "对方抱怨来人太慢,我当面该怎么答他的质疑",
        "大川把参数写死了,我们有什么应对办法",
        "水泵一开就嗡嗡响,有啥法子",
        "they say we are too expensive, how should I respond",
    ],
)
def test_what_to_say_is_asked_for(text: str) -> None:
    found = counsel_in(folded(text))
    assert found is not None
    assert found.wish is Wish.WORDS


@pytest.mark.parametrize(
    "text", ["养殖场的粪污要抽,推哪款合适", "高楼供水咱们哪款机器对路", "he pumps sewage, which model fits best"]
)
def test_which_product_fits_is_asked_for(text: str) -> None:
    found = counsel_in(folded(text))
    assert found is not None
    assert found.wish is Wish.PRODUCT


@pytest.mark.parametrize(
    "text",
    [
        "孙总怎么说的",
        "上次他嫌贵,怎么回的",
        "孙总对付款怎么讲",
        "这单下一步怎么推",
        "他们采购经理怎么联系",
        "哪天去拜访合适",
        "哪个客户最适合拜访",
    ],
)
def test_what_was_said_and_what_comes_next_is_not(text: str) -> None:
    assert counsel_in(folded(text)) is None


@pytest.mark.parametrize(
    ("text", "told", "not_told"),
    [
        ("他老拿大川的低价压我,怎么回", "三年电费", "四单"),
        ("孙总嫌水泵贵,话该怎么说", "每吨水的成本", "密封"),
        ("客户怕漏水,我拿什么话打消他顾虑", "密封", "每吨水"),
        ("养殖场的粪污要抽,推哪款合适", "带渣污水", "二次供水"),
        ("他们库管老说漏水吓人,我见面怎么接这个话", "密封", "每吨水"),
        ("对面的人总嫌太贵,有什么好办法", "每吨水的成本", "三年电费"),
    ],
)
def test_it_is_answered_from_the_section_that_says_it(text: str, told: str, not_told: str) -> None:
    quotes = "\n".join(quote.text for quote in answer(INDEX, text, SELLER).quotes)
    assert told in quotes
    assert not_told not in quotes


def test_the_name_of_a_rival_alone_is_no_answer() -> None:
    assert answer(INDEX, "大川去年营收有多少", SELLER).standing is not Standing.FOUND


@pytest.mark.parametrize(("text", "rival"), [("大川他们家", "大川"), ("大川水泵的", "大川水泵"), ("客户要的", "")])
def test_a_rival_is_known_by_the_beginning_of_its_name(text: str, rival: str) -> None:
    assert rival_in(INDEX.sections, text) == rival


def test_a_model_that_was_dictated_has_its_digits() -> None:
    assert folded("z三水泵") == "z3水泵"
    assert folded("b一台") == "b一台"


@pytest.mark.parametrize(
    ("about", "who", "what"),
    [
        ("他们库管老说水泵漏水", "他们库管", "水泵漏水"),
        ("对方抱怨来人太慢", "对方", "来人太慢"),
        ("水泵漏水", "", "水泵漏水"),
        ("说明书找不到了怎么办", "", "说明书找不到了怎么办"),
    ],
)
def test_what_is_said_is_told_from_who_said_it(about: str, who: str, what: str) -> None:
    assert speaker_in(about) == (who, what)
