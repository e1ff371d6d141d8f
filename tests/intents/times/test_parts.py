"""The small parts that the grammar is made of."""

from __future__ import annotations

from datetime import date

import pytest

from intents.times.lengths import length_at
from intents.times.numerals import consecutive, number
from intents.times.rules import WORKDAYS, Rule
from intents.times.script import plain


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("31", 31),
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十五", 25),
        ("廿五", 25),
        ("卅", 30),
        ("两千零四", 2004),
        ("二零二六", 2026),
        ("一百零五", 105),
    ],
)
def test_a_numeral_has_its_value(said: str, value: int) -> None:
    assert number(said) == value


@pytest.mark.parametrize(("said", "is_guess"), [("七八", True), ("两三", True), ("三五", False), ("十二", False)])
def test_two_neighbouring_digits_are_a_guess(said: str, is_guess: bool) -> None:
    assert consecutive(said) is is_guess


def test_plain_script_leads_back_to_the_text_as_given() -> None:
    script = plain("週 三  ３點")
    assert script.text == "周三3点"
    assert (script.origin(2), script.origin_stop(4)) == (5, 7)


def test_blanks_between_latin_words_stay() -> None:
    assert plain("next week 周三").text == "next week周三"


@pytest.mark.parametrize(
    ("said", "months", "days", "seconds"),
    [("两年半", 30, 0, 0), ("三周", 0, 21, 0), ("一个半小时", 0, 0, 5400), ("半个月", 0, 15, 0)],
)
def test_a_length_keeps_months_apart_from_days(said: str, months: int, days: int, seconds: int) -> None:
    length = length_at(said, 0)
    assert length is not None
    assert (length.months, length.days, length.seconds) == (months, days, seconds)


def test_no_plan_is_four_thousand_years_long() -> None:
    assert length_at("4000年", 0) is None


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (Rule(frequency="WEEKLY", interval=2, weekdays=(4,)), "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        (Rule(frequency="MONTHLY", month_days=(-1,)), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (Rule(frequency="MONTHLY", weekdays=(4,), position=-1), "FREQ=MONTHLY;BYDAY=-1FR"),
        (Rule(frequency="MONTHLY", weekdays=WORKDAYS, position=-1), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        (Rule(frequency="YEARLY", months=(3,), month_days=(8,)), "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8"),
    ],
)
def test_a_rule_is_written_as_rfc_5545_has_it(rule: Rule, text: str) -> None:
    assert str(rule) == text


def test_the_first_day_of_a_rule_may_be_the_day_itself() -> None:
    assert Rule(frequency="WEEKLY", weekdays=(2,)).first_day(date(2026, 11, 18)) == date(2026, 11, 18)


def test_a_rule_for_29_february_waits_for_a_leap_year() -> None:
    rule = Rule(frequency="YEARLY", months=(2,), month_days=(29,))
    assert rule.first_day(date(2026, 11, 18)) == date(2028, 2, 29)
