"""Written answers: what isn't borne out by the quotes that it cites is not let through."""

from __future__ import annotations

import pytest

from crm_store.collateral.answering import Quote
from crm_store.collateral.grounding import check_written
from crm_store.collateral.passages import About, Section

WORDS = ("整机质保三年,易损件质保6个月。", "九折以下由区域经理批准,价格45天内有效。")
QUOTES = [
    Quote(section=Section(document=f"d{n}", title="", path=(), lines=(text,), about=About()), text=text)
    for n, text in enumerate(WORDS, 1)
]


@pytest.mark.parametrize(
    "text",
    [
        "整机质保三年[1]。",
        "整机质保3年,易损件6个月[1]。九折以下要区域经理批准。[2]",
        "九折以下由区域经理批准[2]。您看可以吗?",
    ],
)
def test_what_the_quotes_say_is_let_through(text: str) -> None:
    checked = check_written(text, QUOTES)
    assert checked.holds
    assert checked.text == text


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("整机质保五年[1]。", "整机质保五年[1]。"),
        ("整机质保三年[1]。电池终身免费更换[1]。", "电池终身免费更换[1]。"),
        ("整机质保三年。", "整机质保三年。"),
        ("整机质保三年[7]。", "整机质保三年[7]。"),
        ("九折以下由区域经理批准,价格60天内有效[2]。", "九折以下由区域经理批准,价格60天内有效[2]。"),
        ("整机质保三年[2]。", "整机质保三年[2]。"),
    ],
)
def test_what_they_do_not_say_is_dropped(text: str, dropped: str) -> None:
    checked = check_written(text, QUOTES)
    assert not checked.holds
    assert checked.dropped == (dropped,)


def test_the_quotes_that_were_used_are_told() -> None:
    assert check_written("九折以下由区域经理批准[2]。", QUOTES).quotes == (QUOTES[1],)
