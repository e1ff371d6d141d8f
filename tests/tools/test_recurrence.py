"""Recurrence rules in words, and when they come next."""

from __future__ import annotations

import pytest

from tests.tools.world import NOW, ZONE, at
from tools.base import View
from tools.recurrence import following, in_words

ZH = View(language="zh", zone=ZONE, now=NOW)
EN = View(language="en", zone=ZONE, now=NOW)


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ("FREQ=DAILY", "每天", "every day"),
        ("FREQ=WEEKLY;BYDAY=FR", "每周五", "every week (Fri)"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "每周一、四", "every week (Mon, Thu)"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "每 2 周 (周五)", "every 2 weeks (Fri)"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "每周工作日", "every week (weekdays)"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "每月1 日", "every month (day 1)"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "每月最后一天", "every month (last day)"),
        ("FREQ=DAILY;COUNT=3", "每天,共 3 次", "every day, 3 times"),
        ("FREQ=DAILY;UNTIL=20260401T000000Z", "每天,到 20260401", "every day, until 20260401"),
    ],
)
def test_a_rule_in_words(rule: str, zh: str, en: str) -> None:
    assert (in_words(rule, ZH), in_words(rule, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("rule", "due", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=FR", at(3, 13, 16), (at(3, 20, 16), "FREQ=WEEKLY;BYDAY=FR")),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", at(2, 28, 9), (at(3, 31, 9), "FREQ=MONTHLY;BYMONTHDAY=-1")),
        ("FREQ=DAILY;COUNT=10", at(3, 9, 9), (at(3, 12, 9), "FREQ=DAILY;COUNT=7")),
        ("FREQ=DAILY;UNTIL=20260311T000000Z", at(3, 9, 9), None),
    ],
)
def test_the_next_occurrence_is_after_due_and_now(rule: str, due: object, expected: object) -> None:
    assert following(rule, due, NOW, ZONE) == expected  # type: ignore[arg-type]
