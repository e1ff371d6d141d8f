"""What characters a pattern needs, and which rules a text can be spared."""

from __future__ import annotations

import re

import pytest

from intents.evidence import RULES, Evidence
from intents.literals import beginnings, letters, needed, needed_by
from intents.names import Kind
from intents.prospects import Prospects, words_needed


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("提醒|待办", "提待"),
        ("删(?!日程)", "删"),
        ("(?<!改)成?价", "价"),
        ("[A-C]级", "级"),
        ("(?:改|推)+到?", "改推"),
        (r"\bTo\b", "t"),
        ("S", "sſ"),
    ],
)
def test_every_match_has_one_of_the_needed_characters(pattern: str, characters: str) -> None:
    assert needed(pattern) == frozenset(characters)


@pytest.mark.parametrize("pattern", ["a*", ".", "[^a]", "a|", "吗?$", r"\d"])
def test_what_can_match_without_needs_nothing(pattern: str) -> None:
    assert needed(pattern) is None


def test_of_several_patterns_any_will_do() -> None:
    assert needed_by(["提醒", re.compile("待办")]) == frozenset("提待")
    assert needed_by(["提醒", "."]) is None


@pytest.mark.parametrize(
    ("pattern", "first"), [("提醒|待办", "提待"), ("还?没", "还没"), ("(?<!a)b", "b"), (".a", None), ("a?", None)]
)
def test_a_match_begins_with(pattern: str, first: str | None) -> None:
    assert beginnings(pattern) == (None if first is None else frozenset(first))


def test_a_rule_needs_words_only_where_it_never_holds_without() -> None:
    assert words_needed(lambda e: e.asks and e.says("单|项目")) == frozenset("单项")
    assert words_needed(lambda e: e.asks or e.says("单")) is None
    assert words_needed(lambda e: not e.says("单")) is None
    assert words_needed(lambda e: e.names(Kind.LEAD, 0.8) and e.says("电话")) == frozenset("电")
    assert words_needed(lambda e: "单" in e.text) is None


def test_rules_that_are_spared_do_not_hold() -> None:
    said = "下周三提醒我给远景打电话,另外把那单改成 call off"
    evidence = Evidence(
        named={kind: 1.0 for kind in Kind},
        asks=False, orders=True, has_time=True, negates=True, wishes=True, text=said, words=said, letters=letters(said),
    )  # fmt: skip
    tried = set(Prospects.of([applies for applies, _, _ in RULES]).among(evidence.letters))
    assert {number for number, (applies, _, _) in enumerate(RULES) if applies(evidence)} <= tried
    assert len(tried) < len(RULES)
