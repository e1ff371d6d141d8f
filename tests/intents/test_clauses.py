"""Where a message is cut into clauses, and where it is not."""

from __future__ import annotations

import pytest

from intents.clauses import split_clauses

SPLIT: list[tuple[str, str, list[str]]] = [
    ("nothing to cut", "明天去调琴", ["明天去调琴"]),
    ("punctuation", "见了校长，预算三十万。下周发方案", ["见了校长", "预算三十万", "下周发方案"]),
    ("semicolon", "调琴；送琴凳", ["调琴", "送琴凳"]),
    ("line break", "调琴\n送琴凳", ["调琴", "送琴凳"]),
    ("no empty clauses", "，，调琴。。！", ["调琴"]),
    ("enumeration comma", "琴凳、琴罩都要", ["琴凳、琴罩都要"]),
    ("thousands", "金额1,360,000，周五签", ["金额1,360,000", "周五签"]),
    ("ASCII comma between words", "调琴,送琴凳", ["调琴", "送琴凳"]),
    ("decimal point", "报价64.5万", ["报价64.5万"]),
    ("quotation", "记一下“先调琴，再送货；月底付款”，明天提醒我", ["记一下“先调琴，再送货；月底付款”", "明天提醒我"]),
    ("brackets", "立式琴（带琴凳，带琴罩）送到", ["立式琴（带琴凳，带琴罩）送到"]),
    ("nested marks", "他说“看了《琴，与人》，不错”就走", ["他说“看了《琴，与人》，不错”就走"]),
    ("unclosed mark quotes nothing", "他说“先调琴，再送货", ["他说“先调琴", "再送货"]),
    ("a recogniser's spaces", "明天去调琴 后天送琴凳", ["明天去调琴", "后天送琴凳"]),
    ("space beside Latin letters", "型号 UP-121 立式琴", ["型号", "UP-121", "立式琴"]),
    ("space inside Latin words", "GP 178", ["GP 178"]),
    ("connective", "金额改成三十万另外明天提醒我调琴", ["金额改成三十万", "另外明天提醒我调琴"]),
    ("connective too near the start", "另外明天提醒我", ["另外明天提醒我"]),
    ("connective inside a quotation", "记一下“金额改成三十万另外送琴凳”", ["记一下“金额改成三十万另外送琴凳”"]),
]
LISTED: list[tuple[str, list[str]]] = [
    ("两件事 头一个去调琴 再一个送琴凳", ["去调琴", "送琴凳"]),
    ("有三件事要办，一是调琴，二是送琴凳，最后交周报", ["调琴", "送琴凳", "交周报"]),
    ("两件事头一个把琴房升级再一个礼拜六送琴凳", ["把琴房升级", "礼拜六送琴凳"]),
    ("帮我办两件事：第一，调琴；第二，送琴凳", ["调琴", "送琴凳"]),
    ("第一个取消，第二个改到明天", ["第一个取消", "第二个改到明天"]),
    ("明天那三件事都顺延一天", ["明天那三件事都顺延一天"]),
    ("今天有哪三件事", ["今天有哪三件事"]),
    ("再一个月就到期了", ["再一个月就到期了"]),
]
ENGLISH: list[tuple[str, list[str]]] = [
    ("tune the piano and then send the quote", ["tune the piano", "and then send the quote"]),
    ("move the deal. remind me", ["move the deal.", "remind me"]),
    ("the amount is 1,360,000, please note", ["the amount is 1,360,000", "please note"]),
    ("salt and pepper", ["salt and pepper"]),
    ("call the school and move the visit to Friday", ["call the school", "and move the visit to Friday"]),
]


@pytest.mark.parametrize(("text", "clauses"), [row[1:] for row in SPLIT], ids=[row[0] for row in SPLIT])
def test_a_message_is_cut_into_clauses(text: str, clauses: list[str]) -> None:
    assert [text[c.begin : c.stop] for c in split_clauses(text)] == clauses


@pytest.mark.parametrize(("text", "clauses"), LISTED)
def test_the_parts_of_an_announced_list_stand_without_what_counts_them(text: str, clauses: list[str]) -> None:
    assert [text[c.begin : c.stop] for c in split_clauses(text)] == clauses


@pytest.mark.parametrize(("text", "clauses"), ENGLISH)
def test_an_english_message_is_cut_into_clauses(text: str, clauses: list[str]) -> None:
    assert [text[c.begin : c.stop] for c in split_clauses(text, language="en")] == clauses


@pytest.mark.parametrize(("text", "questions"), [("预算多少？明天调琴", [True, False]), ("调琴,好吗?", [False, True])])
def test_a_clause_knows_that_it_ends_in_a_question_mark(text: str, questions: list[bool]) -> None:
    assert [clause.question for clause in split_clauses(text)] == questions


@pytest.mark.parametrize("text", ["", "   ", "，。！", "\n"])
def test_nothing_said_is_no_clause(text: str) -> None:
    assert split_clauses(text) == []


@pytest.mark.parametrize("text", [row[1] for row in SPLIT])
def test_clauses_stand_in_order_and_apart(text: str) -> None:
    stops = [0]
    for clause in split_clauses(text):
        assert stops[-1] <= clause.begin < clause.stop <= len(text)
        stops.append(clause.stop)
