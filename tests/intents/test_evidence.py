"""What words and named records say for and against an intent."""

from __future__ import annotations

import pytest

from intents.evidence import LEADS, RULES, Evidence, evidence_in, weigh
from intents.names import Kind
from tests.intents.annotated import classifier, sentence


def evidence(text: str) -> Evidence:
    """The evidence of a whole message."""
    said = sentence(text)
    return evidence_in(said, 0, len(said.text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("枫桥最近怎么样", Kind.CUSTOMER),
        ("祁知夏的电话", Kind.CONTACT),
        ("枫桥琴房更新到哪了", Kind.OPPORTUNITY),
        ("阮女士没戏", Kind.LEAD),
        ("让杜若飞去", Kind.USER),
    ],
)
def test_named_records_are_noticed_by_kind(text: str, kind: Kind) -> None:
    assert evidence(text).names(kind)


def test_records_outside_the_stretch_do_not_count() -> None:
    said = sentence("枫桥不错,明天调琴")
    assert not evidence_in(said, said.text.index("明天"), len(said.text)).named


@pytest.mark.parametrize(
    ("text", "asks", "orders", "negates", "wishes"),
    [
        ("枫桥有哪些联系人", True, False, False, False),
        ("枫桥签了吗?", True, False, False, False),
        ("提醒我调琴", False, True, False, False),
        ("别给枫桥建待办", False, False, True, False),
        ("先不用改金额", False, False, True, False),
        ("希望枫桥能签", False, False, False, True),
        ("区别不大", False, False, False, False),
        ("级别改成A", False, True, False, False),
        ("don't move the deal", False, True, True, False),
    ],
)
def test_moods_are_told_apart(text: str, asks: bool, orders: bool, negates: bool, wishes: bool) -> None:
    found = evidence(text)
    assert (found.asks, found.orders, found.negates, found.wishes) == (asks, orders, negates, wishes)


def test_a_question_mark_behind_the_stretch_counts() -> None:
    said = sentence("枫桥签下来?")
    assert evidence_in(said, 0, len(said.text) - 1).asks


def test_a_time_is_noticed() -> None:
    assert evidence("下周三调琴").has_time
    assert not evidence("调琴").has_time


def test_weights_come_in_the_order_of_the_intents() -> None:
    labels = classifier().labels
    assert len(weigh(evidence("枫桥最近怎么样"), labels)) == len(labels)


def test_leads_are_unlikely_where_none_is_spoken_of() -> None:
    added = dict(zip(LEADS, weigh(evidence("枫桥的待办"), LEADS), strict=True))
    assert all(nats < 0 for nats in added.values())


def test_what_was_spoken_of_before_weighs_in() -> None:
    intents = ("update_lead", "update_task")
    said = evidence("作废")
    assert weigh(said, intents, "lead")[0] > weigh(said, intents)[0]


def test_a_negation_speaks_against_changes() -> None:
    intents = ("negated", "create_task")
    negated, create = weigh(evidence("别给枫桥建待办"), intents)
    plain = weigh(evidence("给枫桥建待办"), intents)
    assert negated > plain[0]
    assert create < plain[1]


def test_rules_speak_of_intents_that_the_classifier_knows() -> None:
    known = set(classifier().labels)
    assert {name for _, names, _ in RULES for name in names} <= known
