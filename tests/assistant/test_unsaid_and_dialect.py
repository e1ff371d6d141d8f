"""Words of the Wu dialect for times of day, and what takes back or presses on with a message as a whole."""

from __future__ import annotations

import pytest

from assistant.planner.embedded.dialogue import _UNSAID
from assistant.planner.embedded.handlers.contacts import _is_of_reach
from intents.evidence import _NEGATES
from intents.normalise import normalise


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("明朝下午两点去送样", "明天下午两点去送样"),
        ("礼拜一早浪九点开会", "礼拜一早上九点开会"),
        ("明朝代的瓷器展", "明朝代的瓷器展"),
        ("浪潮公司早上九点", "浪潮公司早上九点"),
    ],
)
def test_dialect_times_of_day_are_read_in_mandarin(raw: str, text: str) -> None:
    assert normalise(raw).text == text


@pytest.mark.parametrize(
    ("text", "unsaid"), [("推到成交 当我没讲", True), ("就当我没说吧", True), ("他当我没说过假话", False)]
)
def test_a_message_taken_back_at_its_end(text: str, unsaid: bool) -> None:
    assert (_UNSAID.search(text) is not None) is unsaid


@pytest.mark.parametrize(("text", "negates"), [("记上别让我漏了", False), ("别让他去", True)])
def test_not_to_let_me_miss_it_is_no_refusal(text: str, negates: bool) -> None:
    assert (_NEGATES.search(text) is not None) is negates


@pytest.mark.parametrize(
    ("text", "reach"), [("邵主任换新号", True), ("升主任了，换新号", False), ("任经理，新电话", False)]
)
def test_a_title_beside_a_number_is_how_one_is_called(text: str, reach: bool) -> None:
    assert _is_of_reach(text, True) is reach
