"""A customer that is but heard is believed where what follows shows that a name was said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intents.names import Kind, Nameable, NameIndex
from intents.sentence import annotate

NOW = datetime(2026, 5, 13, 10, tzinfo=UTC)
INDEX = NameIndex.build(
    [
        Nameable(kind=Kind.CUSTOMER, id=1, name="杭州锦绫服饰有限公司", aliases=("锦绫",)),
        Nameable(kind=Kind.CUSTOMER, id=2, name="宁波锦菱进出口有限公司", aliases=("锦菱",)),
        Nameable(kind=Kind.OPPORTUNITY, id=1, name="锦绫女工两癌筛查", customer_id=1),
        Nameable(kind=Kind.CONTACT, id=1, name="沈玉兰", title="工会主席", customer_id=1),
        Nameable(kind=Kind.CONTACT, id=2, name="阎飞", title="技术经理", customer_id=1),
    ]
)


def best(text: str, kind: Kind) -> list[tuple[str, bool]]:
    """The likeliest records of a kind and whether they are sure."""
    found = annotate(text, now=NOW, names=INDEX).mentions
    return [
        (m.candidates[0].nameable.name, m.candidates[0].score >= 0.75)
        for m in found
        if m.candidates[0].nameable.kind is kind
    ]


@pytest.mark.parametrize("text", ["金陵那个两癌筛查降到5万", "金陵的女工两癌筛查降到5万", "金陵家的两癌筛查降到5万"])
def test_its_own_deal_confirms_a_customer_heard(text: str) -> None:
    assert ("杭州锦绫服饰有限公司", True) in best(text, Kind.CUSTOMER)


def test_a_word_alone_is_no_customer() -> None:
    assert not any(sure for _, sure in best("明天去金陵", Kind.CUSTOMER))


@pytest.mark.parametrize("text", ["姓沈的那位换号了", "找姓沈的要号码", "那个姓沈的升主任了"])
def test_a_surname_alone_names_the_people_who_bear_it(text: str) -> None:
    assert ("沈玉兰", True) in best(text, Kind.CONTACT)


def test_somebody_new_of_a_surname_is_nobody_known() -> None:
    assert best("新来了个姓沈的采购", Kind.CONTACT) == []


def test_somebody_heard_is_believed_behind_his_customers_name() -> None:
    assert ("阎飞", True) in best("锦绫的严飞升了", Kind.CONTACT)


def test_two_customers_that_sound_alike_confirm_nobody_heard() -> None:
    assert ("阎飞", True) not in best("金灵的严飞升了", Kind.CONTACT)
