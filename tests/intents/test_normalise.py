"""Normalising brings one form of a message and never loses the place of a character in the user's own words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.normalise import clean_inbound, has_words, normalise

FORMS = [
    # widths
    ("Ｃ６０要３台", "C60要3台"),
    ("金额３，２００，０００元", "金额3,200,000元"),
    ("１５：３０开会", "15:30开会"),
    ("15：30开会", "15:30开会"),
    ("涨５％", "涨5%"),
    ("￥３００", "¥300"),
    ("ａ＠ｂ．ｃｏｍ", "a@b.com"),
    ("４０～５０万", "40~50万"),
    ("⼈民币", "人民币"),
    # punctuation
    ("好,周五见", "好，周五见"),
    ("好,周五见!", "好，周五见"),
    ("三台(含税)", "三台（含税）"),
    ("预算200，3月签", "预算200，3月签"),
    ("价格3,200元", "价格3,200元"),
    ("好的.", "好的"),
    ("备注:尽快", "备注：尽快"),
    ("看https://a.cn/b:8080", "看https://a.cn/b:8080"),
    ("「甲」说", "“甲”说"),
    ("Call Li，then mail him。", "Call Li,then mail him."),
    # scripts
    ("報價三萬", "报价三万"),
    ("請記錄後天下午的會議", "记录后天下午的会议"),
    ("餅乾廠的單子", "饼干厂的单子"),
    ("頭髮護理", "头发护理"),
    ("王乾说行", "王乾说行"),
    ("李昇的电话", "李昇的电话"),
    ("后天", "后天"),
    # blanks
    ("  报价  三万 ", "报价 三万"),
    ("第一行\n\n 第二行", "第一行\n第二行"),
    ("好\u3000的", "好 的"),
    ("报\u200b价\ufeff", "报价"),
    ("a\tb", "a b"),
    # fillers
    ("嗯，帮我看看", "帮我看看"),
    ("嗯嗯 那个啥 明天去", "明天去"),
    ("那啥 明天去", "明天去"),
    ("额 明天去", "明天去"),
    ("呃呃 明天去", "明天去"),
    ("就是说 明天去", "明天去"),
    ("啊，明天去", "明天去"),
    ("给呃张总打电话", "给张总打电话"),
    ("我们先记一下，那啥，报价三万", "我们先记一下，报价三万"),
    ("明天去。嗯，带样机", "明天去。带样机"),
    ("um, remind me to call Li", "remind me to call Li"),
    ("call uh Mr Li", "call Mr Li"),
    # no fillers
    ("下周三呃下周四", "下周三呃下周四"),
    ("周五，呃，周六", "周五，呃，周六"),
    ("下周三 哦不 下周四", "下周三 哦不 下周四"),
    ("周五不对周六", "周五不对周六"),
    ("不是三台是四台", "不是三台是四台"),
    ("额度调到5万", "额度调到5万"),
    ("额外加两台", "额外加两台"),
    ("金额是多少", "金额是多少"),
    ("那啥时候去", "那啥时候去"),
    ("他就是说不行", "他就是说不行"),
    ("Wednesday uh Thursday", "Wednesday uh Thursday"),
    ("Umeda called", "Umeda called"),
    ("嗯", "嗯"),
    ("嗯嗯。", "嗯嗯。"),
    ("", ""),
    ("   ", ""),
]


@pytest.mark.parametrize(("raw", "text"), FORMS)
def test_a_message_takes_its_one_form(raw: str, text: str) -> None:
    assert normalise(raw).text == text


@pytest.mark.parametrize("raw", [raw for raw, _ in FORMS])
def test_normalising_twice_changes_nothing_more(raw: str) -> None:
    once = normalise(raw).text
    assert normalise(once).text == once


@pytest.mark.parametrize(
    ("raw", "part", "own_words"),
    [
        ("那啥 金额３万元", "3万元", "３万元"),
        ("報價  三萬", "报价 三万", "報價  三萬"),
        ("嗯，给呃张总打电话", "给张总", "给呃张总"),
        ("\ufeff周五\u200b见", "周五见", "周五\u200b见"),
    ],
)
def test_a_span_shows_in_the_users_own_words(raw: str, part: str, own_words: str) -> None:
    form = normalise(raw)
    begin = form.text.index(part)
    assert raw[form.offsets[begin] : form.offsets[begin + len(part) - 1] + 1] == own_words


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("给张总报价", "zh"),
        ("Remind me to call 张伟 tomorrow", "en"),
        ("报价发给Tom和Anna", "zh"),
        ("TOC-3", "zh"),
        ("ok", "zh"),
        ("yes please", "en"),
        ("13800001234", "zh"),
        ("ann@foo.com", "zh"),
        ("", "zh"),
    ],
)
def test_the_language_is_that_of_most_words(raw: str, language: str) -> None:
    assert normalise(raw).language == language


@given(st.text(alphabet=st.characters(), max_size=60))
def test_offsets_rise_and_stay_inside_whatever_comes(raw: str) -> None:
    form = normalise(raw)
    assert len(form.offsets) == len(form.text)
    assert list(form.offsets) == sorted(set(form.offsets))
    assert all(0 <= place < len(raw) for place in form.offsets)


@given(st.text(alphabet="嗯呃额啊啥那个就是说，。 \n周三给张總總萬, um１２", max_size=30))
def test_words_are_never_lost_with_the_fillers(raw: str) -> None:
    assert has_words(normalise(raw).text) == has_words(raw)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\x00b", "ab"),
        ("a\x1b[0m", "a[0m"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("\udc00", "\ufffd"),
        ("e\u0301", "é"),
        ("零\u200b宽\u2060", "零宽"),
        ("\u202eabc", "abc"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("留\t住\n", "留\t住\n"),
        ("隐\U000e0041藏", "隐藏"),
        ("正常", "正常"),
        ("", ""),
    ],
)
def test_what_comes_in_is_safe_to_store(raw: str, clean: str) -> None:
    assert clean_inbound(raw) == clean


def test_a_tower_of_combining_marks_is_cut_to_thirty() -> None:
    clean = clean_inbound("x" + "\u0316\u0300" * 5000)
    assert sum(unicodedata.combining(char) > 0 for char in clean) == 30


@given(st.text(alphabet=st.characters(), max_size=60))
def test_clean_text_is_clean_already_and_fit_for_utf8(raw: str) -> None:
    clean = clean_inbound(raw)
    assert clean_inbound(clean) == clean
    assert "\x00" not in clean.encode("utf-8").decode("utf-8")


@pytest.mark.parametrize(
    "text", ["", " \n", "。。。", "？！", "👍", "👨‍👩‍👧", "[微笑]", "[微笑][强]", "1️⃣", "~~~", "\u200b", "…"]
)
def test_blank_marks_and_emoji_are_no_words(text: str) -> None:
    assert not has_words(text)


@pytest.mark.parametrize("text", ["嗯", "3", "a", "好👍", "[好的]", "[报价]", "一", "é"])
def test_letters_digits_and_characters_are_words(text: str) -> None:
    assert has_words(text)
