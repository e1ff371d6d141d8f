"""Sums of money are read to the yuan, in every way that a salesperson writes or says them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intents.numbers import Amount, find_amounts

PLAIN = [
    ("三百五十八万", 3_580_000),
    ("358万", 3_580_000),
    ("358 万", 3_580_000),
    ("120w", 1_200_000),
    ("120W", 1_200_000),
    ("1.2百万", 1_200_000),
    ("1.2千万", 12_000_000),
    ("一千两百万", 12_000_000),
    ("一千二百万", 12_000_000),
    ("3.5个亿", 350_000_000),
    ("三个亿", 300_000_000),
    ("半个亿", 50_000_000),
    ("一亿二", 120_000_000),
    ("两亿三千五百万", 235_000_000),
    ("1亿2千万", 120_000_000),
    ("三万亿", 3_000_000_000_000),
    ("64.5万", 645_000),
    ("六十四万五", 645_000),
    ("六十四点五万", 645_000),
    ("一点二亿", 120_000_000),
    ("三点五万", 35_000),
    ("¥3,200,000", 3_200_000),
    ("3,200,000元", 3_200_000),
    ("￥ 300", 300),
    ("88万8", 888_000),
    ("88w8", 888_000),
    ("八十八万八", 888_000),
    ("三十八万八", 388_000),
    ("三十八万八千", 388_000),
    ("三十六万八千五", 368_500),
    ("一百二十三万五", 1_235_000),
    ("三万五", 35_000),
    ("一万二", 12_000),
    ("1万5", 15_000),
    ("12万3456", 123_456),
    ("一万零五十元", 10_050),
    ("十万零八百", 100_800),
    ("一百零五万", 1_050_000),
    ("五十万零五千", 505_000),
    ("十五万", 150_000),
    ("十万", 100_000),
    ("一百一十万", 1_100_000),
    ("一百十五万", 1_150_000),
    ("两万块", 20_000),
    ("两万块钱", 20_000),
    ("两千块", 2000),
    ("九万九千九百九十九元", 99_999),
    ("2千块", 2000),
    ("20k", 20_000),
    ("20K", 20_000),
    ("1.5m", 1_500_000),
    ("1.5w", 15_000),
    ("五十w", 500_000),
    ("half a million", 500_000),
    ("3.6 million", 3_600_000),
    ("ten thousand", 10_000),
    ("one hundred and twenty thousand", 120_000),
    ("two and a half million", 2_500_000),
    ("200 grand", 200_000),
    ("一百五十万元整", 1_500_000),
    ("伍拾万元", 500_000),
    ("壹佰贰拾叁万元", 1_230_000),
    ("50万人民币", 500_000),
    ("人民币50万", 500_000),
    ("RMB50万", 500_000),
    ("CNY 500,000", 500_000),
    ("5k yuan", 5000),
    ("一百二十块", 120),
    ("三五八万", 3_580_000),
    ("38.8万元", 388_000),
    ("0.5万", 5000),
    ("1,234,567.89元", "1234567.89"),
    ("五毛", "0.5"),
    ("三块五", "3.5"),
    ("三块五毛二", "3.52"),
    ("12元5角", "12.5"),
]

IN_A_SENTENCE = [
    ("把那单改成八十八万了你更新一下", 880_000),
    ("金额按9.6万填", 96_000),
    ("39万他认,年检送两次", 390_000),
    ("设备四台,15.2万,五月底定", 152_000),
    ("最后三十八万八拿下", 388_000),
    ("十五万四台", 150_000),
    ("三十六万八月签", 360_000),
    ("三十六万八号签", 360_000),
    ("88万15号前回款", 880_000),
    ("十二月十五号前回款三十万", 300_000),
    ("2026年3月15日签约金额120万", 1_200_000),
    ("30万张总同意了", 300_000),
    ("30万只能付一次", 300_000),
    ("三十万批下来了", 300_000),
    ("30万对吧", 300_000),
    ("50万包含安装", 500_000),
    ("38万单子", 380_000),
    ("20万条件是月底付", 200_000),
    ("三十万来不及走流程", 300_000),
    ("型号M3000报价3000元", 3000),
    ("手机13800001234,金额5万", 50_000),
    ("给万科报三十万", 300_000),
    ("五粮液签了两百万", 2_000_000),
    ("周三三点定下来是四十万", 400_000),
    ("第三季度目标500万", 5_000_000),
    ("3号楼的项目报80万", 800_000),
    ("三十五万一口价", 350_000),
    ("三十五万一次付清", 350_000),
    ("二十六万八成交", 268_000),
    ("三十六万八张总同意了", 368_000),
    ("三十六万八分三次付", 368_000),
    ("三十六万八年底签", 368_000),
    ("三十六万八周五签", 368_000),
    ("三十六万八包安装", 368_000),
    ("三十六万八家里同意", 368_000),
    ("三十六万八他们认", 368_000),
    ("每次十五万", 150_000),
    ("quote 300k for 3 units at 3pm", 300_000),
    ("the deal is worth 1.5 million", 1_500_000),
    ("set the amount to 88,500", 88_500),
]

FOREIGN = [
    ("USD 20k", "USD", 20_000),
    ("USD20k", "USD", 20_000),
    ("$20k", "USD", 20_000),
    ("US$2,500", "USD", 2500),
    ("2万美元", "USD", 20_000),
    ("三千刀", "USD", 3000),
    ("2500美金", "USD", 2500),
    ("500 dollars", "USD", 500),
    ("€500", "EUR", 500),
    ("三万欧元", "EUR", 30_000),
    ("£1,000", "GBP", 1000),
    ("500万日元", "JPY", 5_000_000),
    ("HK$3000", "HKD", 3000),
    ("三千港币", "HKD", 3000),
]

# text, value, what else it may be, unit
ELLIPTIC = [
    ("一百二", 120, 1_200_000, ""),
    ("报一百二他就签", 120, 1_200_000, "CNY"),
    ("报价三百五", 350, 3_500_000, "CNY"),
    ("三百五十八", 358, 3_580_000, ""),
    ("两千三", 2300, 23_000_000, ""),
    ("改到120", 120, 1_200_000, ""),
    ("金额改成358", 358, 3_580_000, "CNY"),
    ("报三五八", 358, 3_580_000, "CNY"),
    ("按358算", 358, 3_580_000, ""),
    ("就120吧", 120, 1_200_000, ""),
    ("金额9.6", "9.6", 96_000, "CNY"),
    ("五千", 5000, 50_000_000, ""),
    ("2千", 2000, 20_000_000, ""),
]

ABOUT = [
    ("三十来万", 300_000, 400_000),
    ("二三十万", 200_000, 300_000),
    ("三五十万", 300_000, 500_000),
    ("五六万", 50_000, 60_000),
    ("两三百万", 2_000_000, 3_000_000),
    ("七八十万", 700_000, 800_000),
    ("二十五六万", 250_000, 260_000),
    ("一百二三十万", 1_200_000, 1_300_000),
    ("一百多万", 1_000_000, 2_000_000),
    ("30多万", 300_000, 400_000),
    ("30几万", 300_000, 400_000),
    ("三十万多", 300_000, 310_000),
    ("三个多亿", 300_000_000, 400_000_000),
    ("十几万块钱", 100_000, 200_000),
    ("几十万", 200_000, 900_000),
    ("几百万", 2_000_000, 9_000_000),
    ("数百万元", 2_000_000, 9_000_000),
    ("百来万", 1_000_000, 2_000_000),
    ("两百来万", 2_000_000, 3_000_000),
    ("五十到一百万之间", 500_000, 1_000_000),
    ("百八十万", 1_000_000, 2_000_000),
    ("千把块", 1000, 2000),
    ("40到50万", 400_000, 500_000),
    ("40-50万", 400_000, 500_000),
    ("80~100w", 800_000, 1_000_000),
    ("三十到四十万", 300_000, 400_000),
    ("40万到50万", 400_000, 500_000),
    ("5000到1万", 5000, 10_000),
    ("between 40k and 50k", 40_000, 50_000),
]


def only(text: str) -> Amount:
    (amount,) = find_amounts(text)
    return amount


@pytest.mark.parametrize(("text", "value"), [*PLAIN, *IN_A_SENTENCE])
def test_a_sum_is_read_in_yuan(text: str, value: int | str) -> None:
    amount = only(text)
    assert (amount.value, amount.unit) == (Decimal(value), "CNY")
    assert amount.scale_said
    assert not amount.approximate


@pytest.mark.parametrize("text", [text for text, _ in PLAIN])
def test_the_span_of_a_lone_sum_is_all_of_it(text: str) -> None:
    amount = only(text)
    assert text[amount.begin : amount.stop] == amount.text == text.removesuffix("整")


@pytest.mark.parametrize(("text", "unit", "value"), FOREIGN)
def test_a_foreign_sum_keeps_its_currency(text: str, unit: str, value: int) -> None:
    amount = only(text)
    assert (amount.value, amount.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(("text", "value", "other", "unit"), ELLIPTIC)
def test_a_sum_without_scale_names_its_other_reading(text: str, value: int | str, other: int, unit: str) -> None:
    amount = only(text)
    assert (amount.value, amount.unit, amount.scale_said) == (Decimal(value), unit, False)
    assert amount.alternatives == (Decimal(other),)


@pytest.mark.parametrize("text", ["88500", "金额改成88500", "amount 50000"])
def test_a_large_number_written_out_has_one_reading(text: str) -> None:
    amount = only(text)
    assert amount.scale_said
    assert amount.alternatives == ()


@pytest.mark.parametrize(("text", "low", "high"), ABOUT)
def test_a_vague_sum_gives_its_range(text: str, low: int, high: int) -> None:
    amount = only(text)
    assert amount.approximate
    assert (amount.low, amount.high, amount.value) == (Decimal(low), Decimal(high), Decimal(low))


@pytest.mark.parametrize(
    "text",
    [
        "大概五十万",
        "五十万左右",
        "差不多五十万",
        "约五十万",
        "将近五十万",
        "近五十万",
        "五十万上下",
        "五十万出头",
        "about 500k",
        "快五十万了",
    ],
)
def test_a_rough_sum_is_marked(text: str) -> None:
    assert (only(text).approximate, only(text).value) == (True, Decimal(500_000))


def test_signing_a_contract_is_no_roughly() -> None:
    assert not only("签约38万").approximate


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50万以上的商机", 500_000, None),
        ("超过50万", 500_000, None),
        ("不低于50万", 500_000, None),
        ("至少50万", 500_000, None),
        ("38万起", 380_000, None),
        ("over 50k", 50_000, None),
        ("不超过20万", None, 200_000),
        ("20万以内", None, 200_000),
        ("最多20万", None, 200_000),
        ("不到一百万", None, 1_000_000),
        ("less than 50k", None, 50_000),
    ],
)
def test_an_open_range_has_one_end(text: str, low: int | None, high: int | None) -> None:
    amount = only(text)
    assert (amount.low, amount.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "每台三万五",
        "单价2.8万",
        "2.5万/台",
        "两万一台",
        "三块五一个",
        "80元/吨",
        "每套12,000元",
        "一台5000",
        "5000一台",
        "2k each",
        "单台3万",
    ],
)
def test_a_price_per_piece_is_marked(text: str) -> None:
    assert only(text).per_unit


@pytest.mark.parametrize("text", ["总价88万", "一共三十万", "每年十万服务费", "再加一台,38万"])
def test_a_total_is_not_per_piece(text: str) -> None:
    assert not only(text).per_unit


def test_places_taken_by_names_hold_no_amount() -> None:
    text = "给三十万科技报二十万"
    assert [amount.text for amount in find_amounts(text, taken=[(1, 6)])] == ["二十万"]
