"""What can be found in a sentence: amounts, quantities, phone numbers and e-mail addresses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class AmountOp(StrEnum):
    """What an amount does to the value that stands in the record."""

    SET = "set"
    FROM = "from"  # the value it had: 从36万涨到38万, 原来的36万
    ADD = "add"
    SUBTRACT = "subtract"
    FACTOR = "factor"  # 打九五折, 翻一番, 砍一半
    PERCENT_CHANGE = "percent_change"  # 涨10%, 降5个点
    PERCENT = "percent"  # a percentage that changes nothing by itself: 首付30%


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A sum of money, a percentage or a factor; `text` is `source[begin:stop]`, without 大概, 左右 or the verb.

    `value` is in `unit`s (yuan for CNY), a factor for FACTOR (九五折 is 0.95), a signed share for PERCENT_CHANGE
    (降5个点 is -0.05) and a share for PERCENT (30% is 0.3). Of a range it is the first number said. Only `low` or
    only `high` is given for an open range (50万以上, 不超过20万).
    """

    text: str
    begin: int
    stop: int
    value: Decimal
    unit: str  # 'CNY', 'USD'…; '' when neither a unit, nor a scale (万, k), nor a word for money was said
    op: AmountOp = AmountOp.SET
    approximate: bool = False
    scale_said: bool = True  # False for 一百二 or 120, which may stand for 120万
    alternatives: tuple[Decimal, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    per_unit: bool = False  # 每台, 单价, 2.5万/台


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A count or a measure: 三台, 500吨, 20人; `classifier` as it was said, '' when none was (数量改成5)."""

    text: str
    begin: int
    stop: int
    value: Decimal
    classifier: str
    approximate: bool = False
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Phone:
    """A telephone number.

    `number` is what a CRM stores: eleven digits for a mobile, otherwise the parts joined by `-` as they were written
    (0571-88886666, 400-820-1234), spoken ones split after the area code. `digits` is the same without the `-`.
    """

    text: str
    begin: int
    stop: int
    number: str
    digits: str
    kind: str  # 'mobile', 'landline', 'service' (400, 800) or 'international'


@dataclass(frozen=True, kw_only=True, slots=True)
class Email:
    """An e-mail address, the domain in lower case."""

    text: str
    begin: int
    stop: int
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """Everything one sentence holds, each list in the order of the text."""

    amounts: list[Amount]
    quantities: list[Quantity]
    phones: list[Phone]
    emails: list[Email]
