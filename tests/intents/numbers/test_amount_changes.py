"""What is done to a price, percentages and factors: set, added, taken off, multiplied."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intents.numbers import AmountOp, find_amounts

OPERATIONS = [
    ("涨到八十八万", AmountOp.SET, 880_000),
    ("涨价到50万", AmountOp.SET, 500_000),
    ("降到45万", AmountOp.SET, 450_000),
    ("改成45万", AmountOp.SET, 450_000),
    ("改为四十五万整", AmountOp.SET, 450_000),
    ("提到50万", AmountOp.SET, 500_000),
    ("报价-30万", AmountOp.SET, 300_000),
    ("raise to 30k", AmountOp.SET, 30_000),
    ("drop the price to 45,000", AmountOp.SET, 45_000),
    ("涨八万", AmountOp.ADD, 80_000),
    ("涨了八万", AmountOp.ADD, 80_000),
    ("涨了差不多两万", AmountOp.ADD, 20_000),
    ("再加两万", AmountOp.ADD, 20_000),
    ("加价两千块", AmountOp.ADD, 2000),
    ("上浮两万", AmountOp.ADD, 20_000),
    ("多报五千元", AmountOp.ADD, 5000),
    ("贵了一万", AmountOp.ADD, 10_000),
    ("比上次高出两万", AmountOp.ADD, 20_000),
    ("比预算少三万", AmountOp.SUBTRACT, 30_000),
    ("+2万", AmountOp.ADD, 20_000),
    ("add 20k", AmountOp.ADD, 20_000),
    ("降两万", AmountOp.SUBTRACT, 20_000),
    ("降了两万", AmountOp.SUBTRACT, 20_000),
    ("砍掉三万", AmountOp.SUBTRACT, 30_000),
    ("便宜两千块", AmountOp.SUBTRACT, 2000),
    ("便宜他们两万", AmountOp.SUBTRACT, 20_000),
    ("少收三万", AmountOp.SUBTRACT, 30_000),
    ("抹三千块", AmountOp.SUBTRACT, 3000),
    ("给两万的优惠", AmountOp.SUBTRACT, 20_000),
    ("-2万", AmountOp.SUBTRACT, 20_000),
    ("cut the price by 5k", AmountOp.SUBTRACT, 5000),
    ("参加的项目30万", AmountOp.SET, 300_000),
    ("差不多两万", AmountOp.SET, 20_000),
    ("至少两万", AmountOp.SET, 20_000),
]

SHARES = [
    ("涨10%", AmountOp.PERCENT_CHANGE, "0.1"),
    ("上浮10%", AmountOp.PERCENT_CHANGE, "0.1"),
    ("提两个点", AmountOp.PERCENT_CHANGE, "0.02"),
    ("降5个点", AmountOp.PERCENT_CHANGE, "-0.05"),
    ("再让三个点", AmountOp.PERCENT_CHANGE, "-0.03"),
    ("下浮8%", AmountOp.PERCENT_CHANGE, "-0.08"),
    ("降百分之五", AmountOp.PERCENT_CHANGE, "-0.05"),
    ("降了五个百分点", AmountOp.PERCENT_CHANGE, "-0.05"),
    ("降一成", AmountOp.PERCENT_CHANGE, "-0.1"),
    ("三个点的优惠", AmountOp.PERCENT_CHANGE, "-0.03"),
    ("-5%", AmountOp.PERCENT_CHANGE, "-0.05"),
    ("raise it by 10%", AmountOp.PERCENT_CHANGE, "0.1"),
    ("give them 5% off", AmountOp.PERCENT_CHANGE, "-0.05"),
    ("reduce the price by 10 percent", AmountOp.PERCENT_CHANGE, "-0.1"),
    ("首付30%", AmountOp.PERCENT, "0.3"),
    ("涨到10%", AmountOp.PERCENT, "0.1"),
    ("百分之十二点五", AmountOp.PERCENT, "0.125"),
    ("百分之一", AmountOp.PERCENT, "0.01"),
    ("千分之三", AmountOp.PERCENT, "0.003"),
    ("3‰", AmountOp.PERCENT, "0.003"),
    ("三成定金", AmountOp.PERCENT, "0.3"),
    ("三个点", AmountOp.PERCENT, "0.03"),
    ("先付一半", AmountOp.PERCENT, "0.5"),
    ("百分百", AmountOp.PERCENT, "1"),
    ("百分之百", AmountOp.PERCENT, "1"),
    ("中标概率80%", AmountOp.PERCENT, "0.8"),
    ("四分之一", AmountOp.PERCENT, "0.25"),
]

FACTORS = [
    ("打九五折", "0.95"),
    ("九五折", "0.95"),
    ("95折", "0.95"),
    ("打8.8折", "0.88"),
    ("八八折", "0.88"),
    ("九点五折", "0.95"),
    ("9.5折", "0.95"),
    ("八折", "0.8"),
    ("9折", "0.9"),
    ("985折", "0.985"),
    ("打对折", "0.5"),
    ("半价", "0.5"),
    ("砍一半", "0.5"),
    ("翻一番", "2"),
    ("翻番", "2"),
    ("翻倍", "2"),
    ("翻两番", "4"),
    ("翻三倍", "3"),
    ("增加一倍", "2"),
    ("增加两倍", "3"),
    ("涨到原来的两倍", "2"),
    ("double it", "2"),
]


@pytest.mark.parametrize(("text", "op", "value"), OPERATIONS)
def test_the_verb_says_what_a_sum_does(text: str, op: AmountOp, value: int) -> None:
    (amount,) = find_amounts(text)
    assert (amount.op, amount.value) == (op, Decimal(value))


@pytest.mark.parametrize(("text", "op", "value"), SHARES)
def test_a_percentage_changes_only_after_a_verb_of_change(text: str, op: AmountOp, value: str) -> None:
    (amount,) = find_amounts(text)
    assert (amount.op, amount.value) == (op, Decimal(value))


@pytest.mark.parametrize(("text", "value"), FACTORS)
def test_a_discount_is_what_is_left_of_the_price(text: str, value: str) -> None:
    (amount,) = find_amounts(text)
    assert (amount.op, amount.value) == (AmountOp.FACTOR, Decimal(value))


@pytest.mark.parametrize(
    "text", ["从36万涨到38万", "原来的36万改成38万", "由36万调到38万", "raise it from 360k to 380k"]
)
def test_the_old_value_is_told_from_the_new(text: str) -> None:
    assert [(amount.op, amount.value) for amount in find_amounts(text)] == [
        (AmountOp.FROM, Decimal(360_000)),
        (AmountOp.SET, Decimal(380_000)),
    ]


def test_a_sum_after_a_discount_is_set() -> None:
    assert [(amount.op, amount.value) for amount in find_amounts("打八五折后是三十四万")] == [
        (AmountOp.FACTOR, Decimal("0.85")),
        (AmountOp.SET, Decimal(340_000)),
    ]


@pytest.mark.parametrize(
    ("text", "op", "low", "high"),
    [
        ("5%-8%", AmountOp.PERCENT, "0.05", "0.08"),
        ("降5到8个点", AmountOp.PERCENT_CHANGE, "-0.08", "-0.05"),
        ("涨价5%到8%", AmountOp.PERCENT_CHANGE, "0.05", "0.08"),
        ("三四成", AmountOp.PERCENT, "0.3", "0.4"),
        ("打七折到八折", AmountOp.FACTOR, "0.7", "0.8"),
    ],
)
def test_a_range_of_shares_is_one_amount(text: str, op: AmountOp, low: str, high: str) -> None:
    (amount,) = find_amounts(text)
    assert (amount.op, amount.low, amount.high) == (op, Decimal(low), Decimal(high))


@pytest.mark.parametrize(("text", "low", "high"), [("九折以下要审批", None, "0.9"), ("不低于九五折", "0.95", None)])
def test_a_bound_on_a_discount_is_kept(text: str, low: str | None, high: str | None) -> None:
    (amount,) = find_amounts(text)
    assert (amount.low, amount.high) == (low and Decimal(low), high and Decimal(high))
