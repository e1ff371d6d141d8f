"""Holidays, breaks and working days."""

from __future__ import annotations

from datetime import date

import pytest

from intents.times import add_working_days, break_around, holiday, is_working_day, working_days


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("元旦", 2027, date(2027, 1, 1)),
        ("春节", 2026, date(2026, 2, 17)),
        ("春节", 2027, date(2027, 2, 6)),
        ("除夕", 2026, date(2027, 2, 5)),
        ("清明", 2027, date(2027, 4, 5)),
        ("端午", 2026, date(2026, 6, 19)),
        ("中秋", 2026, date(2026, 9, 25)),
        ("国庆", 2030, date(2030, 10, 1)),
        ("母亲节", 2027, date(2027, 5, 9)),
        ("冬至", 2024, date(2024, 12, 21)),
    ],
)
def test_a_holiday_falls_on_its_day(name: str, year: int, expected: date) -> None:
    assert holiday(name, year) == expected


def test_a_name_that_is_no_holiday_has_no_day() -> None:
    assert holiday("周年庆", 2026) is None


def test_lunar_holidays_end_where_the_tables_end() -> None:
    assert holiday("春节", 2200) is None


def test_a_make_up_saturday_is_worked() -> None:
    assert is_working_day(date(2026, 10, 10))


def test_an_announced_day_off_is_not_worked() -> None:
    assert not is_working_day(date(2026, 10, 7))


def test_without_a_notice_the_customary_break_and_weekends_are_off() -> None:
    days = [date(2030, 10, 7), date(2030, 10, 8), date(2030, 11, 9)]
    assert [is_working_day(day) for day in days] == [False, True, False]


def test_a_break_runs_to_the_first_working_day() -> None:
    assert break_around(date(2026, 10, 1)) == (date(2026, 10, 1), date(2026, 10, 8))


def test_working_days_are_counted_over_weekends_and_breaks() -> None:
    assert add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)


def test_working_days_are_counted_backwards_too() -> None:
    assert add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)


def test_the_working_days_of_a_week_leave_out_its_weekend() -> None:
    assert [day.day for day in working_days(date(2026, 11, 16), date(2026, 11, 23))] == [16, 17, 18, 19, 20]
