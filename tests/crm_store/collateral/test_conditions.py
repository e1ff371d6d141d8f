"""Amounts that decide which rule applies."""

from __future__ import annotations

import pytest

from crm_store.collateral.answering import answer
from crm_store.collateral.cleaning import folded
from crm_store.collateral.conditions import decides, ranges_in
from tests.crm_store.collateral.asking import small_index


@pytest.mark.parametrize(
    ("asked", "rule", "expected"),
    [
        ("厂里不满八十个人", "不足100人每次收600元", 1),
        ("厂里不满八十个人", "满100人免费上门", -1),
        ("用了六年", "五年到八年的折8%", 1),
        ("用了六年", "不满五年的折15%", -1),
        ("用了六七年", "超过8年不收", -1),
        ("想给九一折", "九折到九五折 | 区域经理", 1),
        ("想给九一折", "低于90折 | 总经理", -1),
        ("要83折", "88折以下到80折:总监批", 1),
        ("一次拿六百箱", "满500箱再让一个点", 1),
        ("一次拿六百箱", "1000箱以上再让两个点", -1),
        ("只用十天", "租期不到两周的另议", 1),
        ("到货零下八度", "高于零下12度拒收", 1),
        ("到货零下十五度", "高于零下12度拒收", -1),
        ("三台起步怎么算", "5台以内30天到货", 1),
        ("要多久", "5台以内30天到货", 0),
        ("用了六年", "整机质保两年", 0),
    ],
)
def test_a_rule_is_for_the_asked_amount_or_for_others(asked: str, rule: str, expected: int) -> None:
    assert decides(ranges_in(folded(asked)), folded(rule)) == expected


def test_a_price_is_no_rule() -> None:
    assert not any(each.bounded for each in ranges_in("每台18万元,重2.6吨"))


RULES = small_index(
    deposit="---\nkind: policy\n---\n# 押金\n## 小户\n不足30间的按每间200元收押金。\n## 大户\n满30人的团免收押金。",
    bulk="---\nkind: policy\n---\n# 量大\n## 到50箱\n50箱以内没有优惠。\n## 到200箱\n51到200箱让两个点。\n"
    "## 再多\n201箱以上让四个点。",
)


@pytest.mark.parametrize(
    ("text", "told"),
    [("一次要120箱有什么优惠", "让两个点"), ("三百箱优惠多少", "让四个点"), ("才拿四十箱有优惠吗", "没有优惠")],
)
def test_the_rule_for_the_asked_amount_is_quoted_first(text: str, told: str) -> None:
    assert told in answer(RULES, text).quotes[0].text
