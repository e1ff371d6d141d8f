"""Counts and measures are read with their measure word; what merely looks like one is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intents.numbers import find_amounts, find_quantities

COUNTS = [
    ("三台", 3, "台"),
    ("14套", 14, "套"),
    ("14 套", 14, "套"),
    ("两箱缓冲液", 2, "箱"),
    ("500吨", 500, "吨"),
    ("20人", 20, "人"),
    ("二十个人", 20, "个"),
    ("三个商机", 3, "个"),
    ("两位客户", 2, "位"),
    ("五家门店", 5, "家"),
    ("三单", 3, "单"),
    ("两款产品", 2, "款"),
    ("一百二十件", 120, "件"),
    ("三百件", 300, "件"),
    ("1,200件", 1200, "件"),
    ("三万台", 30_000, "台"),
    ("3.5万件", 35_000, "件"),
    ("200万个", 2_000_000, "个"),
    ("10万用户", 100_000, "用户"),
    ("2万名员工", 20_000, "名"),
    ("5万只口罩", 50_000, "只"),
    ("三块屏幕", 3, "块"),
    ("100米", 100, "米"),
    ("1.5米", "1.5", "米"),
    ("300平米", 300, "平米"),
    ("两吨半", "2.5", "吨"),
    ("半箱", "0.5", "箱"),
    ("3kg", 3, "kg"),
    ("100kWh", 100, "kWh"),
    ("50 pcs", 50, "pcs"),
    ("20 licenses", 20, "licenses"),
    ("two more seats", 2, "seats"),
    ("a dozen boxes", 12, "boxes"),
    ("人手就俩", 2, "个"),
    ("C60三台", 3, "台"),
    ("C60x3台", 3, "台"),
    ("电池两块", 2, "块"),
    ("P30手机5部", 5, "部"),
    ("5G基站3个", 3, "个"),
    ("8核服务器4台", 4, "台"),
    ("主机*2", 2, ""),
    ("数量改成5", 5, ""),
    ("台数是十二", 12, ""),
    ("年检要送两次", 2, "次"),
    ("USB3.0线100根", 100, "根"),
    ("下单两百件", 200, "件"),
    ("一万零五十台", 10_050, "台"),
]

VAGUE = [
    ("三五台", 3, 5),
    ("三到五台", 3, 5),
    ("3-5台", 3, 5),
    ("四五十个样", 40, 50),
    ("二十来人", 20, 30),
    ("十多台", 10, 20),
    ("三万多台", 30_000, 40_000),
    ("数十台", 20, 90),
    ("100余家", 100, 200),
    ("几十家", 20, 90),
]

NO_COUNTS = [
    *(
        "第三台",
        "下一家",
        "这一单",
        "那一家",
        "另一个",
        "三个月",
        "三个小时",
        "两个星期",
        "3个工作日",
        "半个月",
        "三天",
        "5年",
        "三点",
        "3号",
        "三楼",
    ),
    *(
        "三万五",
        "三十万只能这样",
        "30万张总同意",
        "50万包含安装",
        "38万单子",
        "30万批了",
        "30万对吧",
        "20万条件",
        "三个亿",
        "三个点",
        "他们俩",
        "咱俩",
    ),
    *(
        "一下",
        "一起",
        "一次性付清",
        "五花八门",
        "七匹狼",
        "三只松鼠",
        "三棵树",
        "周三台湾客户",
        "in 5 days",
        "3 weeks",
        "20 dollars",
        "元件",
        "几台",
    ),
]


@pytest.mark.parametrize(("text", "value", "classifier"), COUNTS)
def test_a_count_is_read(text: str, value: int | str, classifier: str) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.classifier) == (Decimal(value), classifier)
    assert text[quantity.begin : quantity.stop] == quantity.text
    assert find_amounts(text) == []


@pytest.mark.parametrize(("text", "low", "high"), VAGUE)
def test_a_vague_count_gives_its_range(text: str, low: int, high: int) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.approximate
    assert (quantity.low, quantity.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "low", "high"), [("500人以上", 500, None), ("不超过10台", None, 10), ("至少3套", 3, None)]
)
def test_a_bounded_count_has_one_end(text: str, low: int | None, high: int | None) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.low, quantity.high) == (low, high)


@pytest.mark.parametrize("text", ["大概三台", "三台左右", "差不多三吨"])
def test_a_rough_count_is_marked(text: str) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.approximate


@pytest.mark.parametrize("text", NO_COUNTS)
def test_it_is_no_count(text: str) -> None:
    assert find_quantities(text) == []


def test_counts_stand_in_the_order_of_the_text() -> None:
    found = find_quantities("W8要2台R20要三台,再配两箱")
    assert [quantity.text for quantity in found] == ["2台", "三台", "两箱"]


def test_the_piece_that_a_price_is_for_is_no_count() -> None:
    assert find_quantities("一台5000") == []
    assert find_quantities("两万一台") == []
