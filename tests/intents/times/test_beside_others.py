"""Times that other words run into: amounts before a month, 再一个 before a weekday, pinyin, bare working days."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from intents.times import find_times

NOW = datetime(2027, 5, 6, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Thursday


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("三套十六万八九月底签", "2027-09-30T00:00"),
        ("三套九万六 八月底签", "2027-08-31T00:00"),
        ("再一个礼拜六下午三点去看琴", "2027-05-08T15:00"),
        ("过一个礼拜一起去看", "2027-05-13T00:00"),
        ("mingtian 上午11点送琴凳", "2027-05-07T11:00"),
        ("周五下午四点过年度回款", "2027-05-07T16:00"),
    ],
)
def test_the_time_is_found_beside_them(text: str, start: str) -> None:
    assert [found.start.isoformat()[:16] for found in find_times(text, now=NOW)] == [start]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("工作日傍晚五点半都提醒我填日报", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("工作日九点前到就行", None),
    ],
)
def test_bare_working_days_are_a_rule_where_all_are_meant(text: str, rule: str | None) -> None:
    assert [found.recurrence for found in find_times(text, now=NOW)] == [rule]
