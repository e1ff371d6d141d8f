"""Words: numerals, codes, values asked for, styles, products named."""

from __future__ import annotations

import pytest

from crm_store.collateral.cleaning import folded, shown
from crm_store.collateral.numerals import with_digits
from crm_store.collateral.question import read_question
from crm_store.collateral.styles import style_of
from crm_store.collateral.subjects import Subjects
from crm_store.collateral.terms import terms_of
from crm_store.collateral.values import has_value, value_asked
from crm_store.collateral.words import code_forms, glossary

PRODUCTS = ("远帆C7 气泵", "远帆C70 空压机", "远帆云 监控平台", "远帆L1 边缘网关")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("四小时", "4小时"),
        ("十五天", "15天"),
        ("二十台", "20台"),
        ("一百二十公斤", "120公斤"),
        ("九五折", "95折"),
        ("九折", "90折"),
        ("8.5折", "85折"),
        ("k3一个", "k3一个"),
        ("第一次", "第一次"),
        ("一起", "一起"),
        ("六七年", "6到7年"),
        ("两三台", "2到3台"),
    ],
)
def test_numerals_before_units_become_digits(text: str, expected: str) -> None:
    assert with_digits(text) == expected


def test_folding_makes_spellings_equal() -> None:
    assert folded("ＥＳＳ－２１５ 繁體 1,200元") == "ess-215 繁体 1200元"


def test_what_is_shown_has_nothing_hidden() -> None:
    assert shown("价\u200b格\u2066 x\x00\u3000y") == "价格 x y"


@pytest.mark.parametrize(
    ("code", "forms"), [("ess-215", ["ess215", "ess", "215"]), ("c7", ["c7"]), ("modbus", ["modbus"])]
)
def test_codes_are_found_in_any_spelling(code: str, forms: list[str]) -> None:
    assert code_forms(code)[0] == forms[0]
    assert set(forms) <= {*code_forms(code), forms[0]}


def test_the_glossary_is_broad_and_joins_words_of_one_meaning() -> None:
    words = glossary()
    assert set(words.of("质保")) & set(words.of("保修")) & set(words.of("warranty"))
    assert set(words.of("没预算")) & set(words.of("预算冻结"))
    assert not words.of("魑魅")


@pytest.mark.parametrize(
    ("text", "kind", "sentence", "has"),
    [
        ("多久能到", "duration", "4小时内到场", True),
        ("多久能到", "duration", "派人到场", False),
        ("运行噪声多少分贝", "noise", "噪声低于52分贝", True),
        ("整机有多重", "weight", "净重38公斤", True),
        ("几折要谁批", "discount", "给到95折", True),
        ("打九折找谁签字", "person", "由区域经理批准", True),
        ("一小时做多少杯", "measure:杯", "每小时出杯90杯", True),
        ("一小时做多少杯", "measure:杯", "每小时90袋", False),
        ("质保期多长", "duration", "质保18个月", True),
        ("走廊多宽", "distance", "通道70厘米", True),
        ("介绍一下", "", "什么都行", True),
        ("外壳是哪家厂做的", "maker", "外壳由北岭厂代工", True),
        ("滤网是什么牌子", "maker", "滤网每季更换", False),
        ("电机在哪里生产", "maker", "电机为进口", True),
        ("他是哪家公司的", "", "什么都行", True),
        ("最低能测到多少", "number", "下限0.5", True),
    ],
)
def test_the_kind_of_value_that_is_asked_for(text: str, kind: str, sentence: str, has: bool) -> None:
    assert value_asked(text) == kind
    assert has_value(kind, sentence) is has


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("有没有食品厂的案例", "case"),
        ("对方拿低价压我们", "compare"),
        ("客户说没预算怎么回", "advice"),
        ("下一步该干嘛", "advice"),
        ("85折谁批", "policy"),
        ("质保几年", ""),
    ],
)
def test_the_style_of_a_question(text: str, style: str) -> None:
    assert style_of(text).name == style


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("c7的质保", {"远帆c7 气泵"}),
        ("c70的质保", {"远帆c70 空压机"}),
        ("C-7多重", {"远帆c7 气泵"}),
        ("空压机多重", {"远帆c70 空压机"}),
        ("边缘网关怎么装", {"远帆l1 边缘网关"}),
        ("平台怎么收费", set()),
        ("c7接监控平台", {"远帆c7 气泵", "远帆云 监控平台"}),
        ("质保几年", set()),
    ],
)
def test_products_are_named_by_code_or_telling_word(text: str, products: set[str]) -> None:
    assert Subjects.of(folded(text), PRODUCTS, ()).products == products


def test_a_question_has_its_asking_clauses_and_what_was_said_around() -> None:
    question = read_question("王总嫌读数飘,多久校一次零,要不要停机", lambda pair: False)
    assert [clause.text for clause in question.clauses] == ["多久校1次零", "要不要停机"]
    assert "读数" in {term.text for term in question.clauses[0].around}
    assert "王" not in question.text


def test_terms_leave_out_words_of_grammar() -> None:
    assert terms_of("请问这个的质保是多少").words == ["质保"]
