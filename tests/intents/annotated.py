"""Sentences annotated against a handful of invented records, for the tests of commands, evidence and the classifier."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from intents.classifier import Classifier
from intents.names import Kind, Nameable, NameIndex
from intents.phonetics import folded_syllables
from intents.sentence import Sentence, annotate

NOW = datetime(2026, 5, 13, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Wednesday
RECORDS = (
    Nameable(kind=Kind.CUSTOMER, id=1, name="枫桥艺术学校", aliases=("枫桥",)),
    Nameable(kind=Kind.CUSTOMER, id=2, name="云岫剧院有限公司", aliases=("云岫",)),
    Nameable(kind=Kind.CONTACT, id=1, name="祁知夏", title="校长", customer_id=1),
    Nameable(kind=Kind.OPPORTUNITY, id=1, name="枫桥琴房更新", customer_id=1),
    Nameable(kind=Kind.PRODUCT, id=1, name="UP-121 立式钢琴"),
    Nameable(kind=Kind.LEAD, id=1, name="阮女士"),
    Nameable(kind=Kind.USER, id=2, name="杜若飞"),
    Nameable(kind=Kind.STAGE, id=3, name="报价"),
)


@cache
def names() -> NameIndex:
    """The index over the records."""
    return NameIndex.build(RECORDS)


@cache
def classifier() -> Classifier:
    """The classifier as it is delivered."""
    return Classifier.load(folded_syllables)


def sentence(text: str) -> Sentence:
    """A message, annotated."""
    return annotate(text, now=NOW, names=names())
