"""Money, days and counts as people read them."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal

import pytest

from tests.tools.world import NOW, ZONE, at
from tools.base import View
from tools.wording import counted, day, moment, money, percent, plain, span

ZH = View(language="zh", zone=ZONE, now=NOW)
EN = View(language="en", zone=ZONE, now=NOW)


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("1360000", "136万", "CNY 1,360,000"),
        ("444000", "44.4万", "CNY 444,000"),
        ("185250", "185,250元", "CNY 185,250"),
        ("9800", "9,800元", "CNY 9,800"),
        ("0", "0元", "CNY 0"),
        ("12.5", "12.50元", "CNY 12.50"),
        ("120000000", "1.2亿(120,000,000元)", "CNY 120,000,000"),
        ("123450000", "12345万", "CNY 123,450,000"),
        ("-50000", "-5万", "CNY -50,000"),
    ],
)
def test_money_is_exact(amount: str, zh: str, en: str) -> None:
    assert (money(Decimal(amount), ZH), money(Decimal(amount), EN)) == (zh, en)


def test_no_amount_is_said() -> None:
    assert (money(None, ZH), money(None, EN)) == ("未填", "not set")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (date(2026, 11, 25), "11月25日(周三)", "Nov 25 (Wed)"),
        (date(2027, 1, 5), "2027年1月5日(周二)", "Jan 5, 2027 (Tue)"),
    ],
)
def test_a_day_has_its_weekday_and_another_year(value: date, zh: str, en: str) -> None:
    assert (day(value, ZH), day(value, EN)) == (zh, en)


def test_a_moment_is_in_the_zone_people_speak_in() -> None:
    assert moment(at(3, 12, 1).astimezone(UTC), ZH) == "3月12日(周四)01:00"


@pytest.mark.parametrize(
    ("begin", "end", "text"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), "3月1日(周日)"),
        (date(2026, 3, 1), date(2026, 3, 2), "3月1日(周日)至3月2日(周一)"),
        (date(2026, 3, 1), None, "3月1日(周日)起"),
        (None, date(2026, 3, 1), "3月1日(周日)及以前"),
        (None, None, ""),
    ],
)
def test_a_span_of_days(begin: date | None, end: date | None, text: str) -> None:
    assert span(begin, end, ZH) == text


def test_counts_and_numbers() -> None:
    assert (counted(3, "task", ZH), counted(1, "task", EN)) == ("3 条待办", "1 task")
    assert counted(2, "opportunity", EN) == "2 opportunities"
    assert (percent(0.125), plain(Decimal("1E+3")), plain(Decimal("1.50"))) == ("12.5%", "1000", "1.5")
