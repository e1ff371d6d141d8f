"""The days of the week in Chinese, and when such a numeral counts something else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.stretch import (
    Stretch,
    days,
)

WEEKDAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6} | {
    str(n): n - 1 for n in range(1, 8)
}
WEEKDAY: Final = r"(?:[一二三四五六日天]|[1-7](?![\d点号月日:./]))"
# 下周三次拜访, 上周五家客户, 本周二十号: the numeral counts something else than the days of the week.
_COUNTED_AT = Pattern(
    r"次(?!日)|回(?![访复来款电家公头去信寄执])|[遍趟笔]|个(?![人性体])|台(?![州湾北账])|家(?=客户|公司|企业|单位|店)"
    r"|场(?=会|活动)"
    r"|份(?=合同|报价|方案)|条(?![款件码例])|套(?![餐装件利])|名(?![单片额义称牌])|批(?![量准复注发示])"
    r"|十[一二三四五六七八九]?[号日]|天(?![气河津府猫])|月(?![底初末])|年(?![终会底检])|[常程报]"
)


def counts_days(text: str, stop: int) -> bool:
    """Whether the numeral that ends before `stop` is a day of the week, and not the number of something."""
    return _COUNTED_AT.match(text, stop) is None


def weekend(monday: date) -> Stretch:
    """Saturday and Sunday of the week of `monday`."""
    saturday = monday + timedelta(days=5)
    return days(saturday, saturday + timedelta(days=2), due=saturday)
