"""The echo of a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from intents.times import describe

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
NOW: Final = datetime(2026, 11, 18, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("when", "has_hour", "chinese", "english"),
    [
        ("2026-11-25T15:00", True, "11月25日(下周三)15:00", "Nov 25 (next Wednesday) 15:00"),
        ("2026-11-25T18:00", False, "11月25日(下周三)", "Nov 25 (next Wednesday)"),
        ("2026-11-18T18:00", True, "11月18日(今天 周三)18:00", "Nov 18 (today, Wed) 18:00"),
        ("2026-11-19T09:05", True, "11月19日(明天 周四)09:05", "Nov 19 (tomorrow, Thu) 09:05"),
        ("2026-11-20T00:00", False, "11月20日(后天 周五)", "Nov 20 (this Friday)"),
        ("2026-11-22T00:00", False, "11月22日(本周日)", "Nov 22 (this Sunday)"),
        ("2026-11-17T00:00", False, "11月17日(昨天 周二)", "Nov 17 (yesterday, Tue)"),
        ("2026-11-12T00:00", False, "11月12日(上周四)", "Nov 12 (last Thursday)"),
        ("2026-12-31T00:00", False, "12月31日(周四)", "Dec 31 (Thursday)"),
        ("2027-02-06T00:00", False, "2027年2月6日(周六)", "Feb 6 2027 (Saturday)"),
    ],
)
def test_a_moment_is_echoed_as_a_colleague_would_write_it(
    when: str, has_hour: bool, chinese: str, english: str
) -> None:
    moment = datetime.fromisoformat(when).replace(tzinfo=SHANGHAI)
    assert describe(moment, now=NOW, has_hour=has_hour) == chinese
    assert describe(moment, now=NOW, has_hour=has_hour, language="en") == english


def test_a_moment_is_echoed_in_the_zone_of_the_clock() -> None:
    moment = datetime(2026, 11, 25, 7, tzinfo=ZoneInfo("UTC"))
    assert describe(moment, now=NOW, has_hour=True) == "11月25日(下周三)15:00"
