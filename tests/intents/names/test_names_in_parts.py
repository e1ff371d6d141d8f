"""Names are taken apart: units, region, core, trade, brand, codes, initials, pinyin, and the words around them."""

import numpy as np
import pytest

from intents.names import Kind, Nameable, NameIndex
from intents.names.align import run, runs
from intents.names.lexicon import lexicon
from intents.names.ordinary import Words, dictionary
from intents.names.parts import abbreviations, product_parts
from intents.names.segment import build_segment
from intents.names.shapes import common_edges, common_endings, organisation, phrase, product
from intents.names.typed import as_pinyin, splits, variants
from intents.names.units import of_name, of_sentence
from intents.names.vocabulary import vocabulary
from tests.intents.names.world import book

WORDS = vocabulary(()).words


@pytest.mark.parametrize(
    ("name", "units"),
    [("Acme Robotics Co., Ltd.", "acmerobotics"), ("Bosch GmbH", "bosch"), ("3M中国", "三m中国"),
     ("ＡＢＣ－１２", "abc一二"),
     ("TOC-3 分析仪", "toc三分析仪"), ("K六十", "k六零"), ("六十", "六十"), ("六十五", "六十五"), ("十", "十"),
     ("博世（中国）", "博世中国"), ("Inc", "inc")],
)  # fmt: skip
def test_units_of_a_name(name: str, units: str) -> None:
    assert of_name(name) == units


def test_units_of_a_sentence_know_their_places() -> None:
    units = of_sentence("给 K-80，报价")
    assert units.text == "给k八零,报价"
    assert units.at == (0, 2, 4, 5, 6, 7, 8)
    assert units.glued(3)
    assert not units.glued(1)


@pytest.mark.parametrize(
    ("name", "core"),
    [("苏州翎川精密机械有限公司", "翎川"), ("重庆市渝北区珀澜陶瓷厂", "渝北区珀澜"), ("翎川", "翎川"),
     ("中国石油化工集团", "中国石油化工集团"),
     ("上海汽车集团股份有限公司", "上海汽车集团"), ("长春翎电子科技", "翎电子"), ("翎川集团", "翎川"),
     ("食品有限公司", "食品"),
     ("砚青检测技术服务中心", "砚青"), ("重庆", "重庆"), ("科技", "科技")],
)  # fmt: skip
def test_the_core_of_a_company(name: str, core: str) -> None:
    assert organisation(of_name(name), WORDS).core == core


def test_the_owner_and_the_verbs_of_a_phrase_are_light() -> None:
    assert list(phrase("翎川产线扩容方案", ["翎川", "翎"], WORDS.lexicon.work).classes) == [3, 3, 2, 2, 2, 2, 1, 1]


def test_the_brand_and_the_kind_of_a_product_are_light() -> None:
    shape = product("泽衡k八零张力控制器", frozenset({"泽衡"}), frozenset({"控制器"}))
    assert list(shape.classes) == [0, 0, 2, 2, 2, 2, 2, 1, 1, 1]


def test_a_product_is_called_by_its_code_and_its_pieces() -> None:
    shape = product(of_name("泽衡S-200 激光测径仪"), frozenset({"泽衡"}), frozenset())
    assert product_parts("泽衡S-200 激光测径仪", shape) == ["s二零零", "s二百", "激光测径仪"]


def test_shared_endings_and_brands_are_learnt() -> None:
    assert common_endings(["翎川口腔", "珀澜口腔", "砚青口腔", "觅野牙科"], 3) == {"口腔"}
    heads, tails = common_edges(["泽衡甲控制器", "泽衡乙控制器", "泽衡丙控制器"], 3)
    assert "泽衡" in heads
    assert "控制器" in tails


@pytest.mark.parametrize(
    ("name", "short"),
    [("上海汽车集团股份有限公司", "上汽"), ("中国石油化工集团", "中石化"), ("上海翎山钢铁集团", "翎钢")],
)
def test_initials_of_a_company(name: str, short: str) -> None:
    one = Nameable(kind=Kind.CUSTOMER, id=1, name=name)
    assert short in abbreviations(one, organisation(of_name(name), WORDS))


@pytest.mark.parametrize("name", ["厦门翎川集团股份有限公司", "翎川股份", "上海集团", "长沙翎"])
def test_a_company_without_a_trade_has_no_initials(name: str) -> None:
    one = Nameable(kind=Kind.CUSTOMER, id=1, name=name)
    assert list(abbreviations(one, organisation(of_name(name), WORDS))) == []


@pytest.mark.parametrize(
    ("letters", "syllables"),
    [("lingchuan", ("ling", "chuan")), ("xian", ("xian",)), ("robot", None), ("haier", ("hai", "er"))],
)
def test_pinyin_is_read(letters: str, syllables: tuple[str, ...] | None) -> None:
    assert splits(letters)[:1] == ([syllables] if syllables else [])


def test_one_syllable_alone_is_not_taken_for_typed_pinyin() -> None:
    assert as_pinyin("ban") == ""


def test_a_sentence_in_pinyin_keeps_its_places() -> None:
    reading = next(variants(of_sentence("给lingchuan打电话")))
    assert len(reading.text) == 6
    assert (reading.at[1], reading.ends[1], reading.ends[2]) == (1, 5, 10)


@pytest.mark.parametrize("text", ["明天开会", "OK", "k80"])
def test_a_sentence_without_pinyin_has_no_other_reading(text: str) -> None:
    assert list(variants(of_sentence(text))) == []


@pytest.mark.parametrize(("text", "plain", "odd"), [("上午开会议", (3, 5), (0, 1)), ("聊一聊翎川", (0, 2), (3, 5))])
def test_plain_words_are_less_strange_than_odd_ones(text: str, plain: tuple[int, int], odd: tuple[int, int]) -> None:
    words = Words.of(text, dictionary())
    assert words.strange(*plain) < words.strange(*odd)


def test_a_stretch_that_tears_a_word_is_not_strange() -> None:
    assert Words.of("把联系方式发我", dictionary()).strange(2, 4) < 0.7


def test_one_run_is_measured_as_many_are() -> None:
    segment = build_segment(tuple(book()))
    for text in ("绫川精蜜的汪主任要 K80", "acme robtics", "坡蓝桃瓷窑炉温控", "3M中国,博世"):
        units = of_sentence(text)
        rows = np.repeat(np.arange(segment.rows), len(units.text) + 6)
        shifts = np.tile(np.arange(-6, len(units.text)), segment.rows)
        many = list(runs(segment, units, rows, shifts).listed(np.arange(len(rows))))
        for one in many:
            alone = run(segment, units.text, one.row, one.shift)
            if one.matched > 1:
                assert (alone.begin, alone.stop, alone.matched) == (one.begin, one.stop, one.matched)
                assert alone.core == pytest.approx(one.core, abs=1e-5)
                assert alone.whole == pytest.approx(one.whole, abs=1e-5)
                assert (alone.complete, alone.complete_core) == (one.complete, one.complete_core)


def test_the_lexicon_has_its_sections() -> None:
    words = lexicon()
    assert "上海" in words.regions
    assert "有限公司" in words.legal
    assert words.title_sizes["副"] >= 3
    assert not words.regions & words.titles


def test_records_without_usable_names_are_no_error() -> None:
    odd = [
        Nameable(kind=kind, id=i, name=name)
        for kind in Kind
        for i, name in enumerate(("", " ", "甲", "😀", "-", "a" * 99))
    ]
    assert NameIndex.build(odd).mentions("甲公司的合同") == []
