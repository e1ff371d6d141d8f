"""Numerals survive the way into Chinese words and back, and sums are spoken exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intents.numbers import Amount, Email, Phone, Quantity, find_all, find_amounts, parse_number, speak_yuan

DIGITS = "零一二三四五六七八九"


def in_words(number: int, *, two: str = "二") -> str:
    """Spell a number below 10^12 in full, as a schoolbook does; `two` stands before 百, 千, 万, 亿."""
    if number == 0:
        return "零"
    words, pending_zero = "", False
    for power, scale in ((8, "亿"), (4, "万"), (0, "")):
        section = number // 10**power % 10**4
        if section:
            if words and (pending_zero or section < 1000):
                words += "零"
            words += section_in_words(section, two=two, scale=scale) + scale
        pending_zero = bool(words) and (not section or section % 10 == 0)
    return words.removeprefix("一") if words.startswith("一十") else words


def section_in_words(section: int, *, two: str, scale: str) -> str:
    words, zero = "", False
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = section // 10**power % 10
        if not digit:
            zero = bool(words)
            continue
        alone = unit == "" and not words and scale != ""
        spoken = two if digit == 2 and (unit in {"百", "千"} or alone) else DIGITS[digit]
        words += ("零" if zero else "") + spoken + unit
        zero = False
    return words


@given(st.integers(min_value=0, max_value=10**12 - 1), st.sampled_from("二两"))
@example(10_010, "二")
@example(100_000_001, "二")
@example(1_000_010_000, "两")
@example(200_200_200, "两")
def test_a_number_in_words_reads_back(number: int, two: str) -> None:
    assert parse_number(in_words(number, two=two)) == number


@given(st.integers(min_value=1, max_value=10**8 - 1))
def test_a_sum_in_words_is_found_whole(number: int) -> None:
    (amount,) = find_amounts(f"合同额{in_words(number)}元。")
    assert (amount.value, amount.unit) == (Decimal(number), "CNY")


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_typed_numbers_read_back(number: Decimal) -> None:
    assert parse_number(f"{number}") == number
    assert parse_number(f"{number:,}") == number


@given(
    st.integers(min_value=1, max_value=9),
    st.integers(min_value=1, max_value=9),
    st.sampled_from(["百", "千", "万", "亿"]),
)
def test_a_last_digit_without_a_unit_is_a_tenth(first: int, last: int, unit: str) -> None:
    whole = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[unit]
    assert parse_number(f"{DIGITS[first]}{unit}{DIGITS[last]}") == first * whole + last * whole // 10


@given(st.integers(min_value=-(10**12), max_value=10**12), st.sampled_from(["zh", "en"]))
def test_a_spoken_sum_is_exact(fen: int, language: str) -> None:
    value = Decimal(fen) / 100
    spoken = speak_yuan(value, language).replace("元", "").replace("¥", "")
    assert parse_number(spoken) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百五十八", 358),
        ("3.5", "3.5"),
        ("1,200", 1200),
        ("一百零二", 102),
        ("两", 2),
        ("半", "0.5"),
        ("俩", 2),
        ("仨", 3),
        ("十来", 10),
        ("十", 10),
        ("零", 0),
        ("二零二六", 2026),
        ("三点一四", "3.14"),
        ("一百二", 120),
        ("负五", -5),
        ("-3", -3),
        ("120w", 1_200_000),
        ("88万8", 888_000),
        ("三十六万八", 368_000),
        ("贰佰", 200),
        ("一千零一十", 1010),
        ("三万亿", 3 * 10**12),
        ("half a million", 500_000),
        ("twenty-five", 25),
        ("a million and a half", 1_500_000),
        (" 42 ", 42),
    ],
)
def test_a_text_that_is_a_number_is_read(text: str, value: int | str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "三台", "多少", "abc", "3月", "百度", "点五万一", "一二三四五六七八九零一二三四五六七", "1" * 5000, "--3"],
)
def test_any_other_text_is_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("1360000", "136万", "¥1,360,000"),
        ("88500", "8.85万", "¥88,500"),
        ("5000", "5,000元", "¥5,000"),
        ("120000000", "1.2亿", "¥120,000,000"),
        ("1234567", "1,234,567元", "¥1,234,567"),
        ("123456700", "12345.67万", "¥123,456,700"),
        ("10000", "1万", "¥10,000"),
        ("9999", "9,999元", "¥9,999"),
        ("0", "0元", "¥0"),
        ("88.5", "88.50元", "¥88.50"),
        ("-20000", "-2万", "-¥20,000"),
    ],
)
def test_a_sum_is_spoken(value: str, zh: str, en: str) -> None:
    assert speak_yuan(Decimal(value)) == zh
    assert speak_yuan(Decimal(value), "en") == en


@given(
    st.text(
        alphabet="0123456789一二三五十百千万亿零两半几多来点个元块折%-到第周月号台,. aCkwm每降涨约翻倍的", max_size=40
    )
)
def test_spans_are_true_and_apart_whatever_comes(text: str) -> None:
    found = find_all(text)
    lists: list[Sequence[Amount | Quantity | Phone | Email]] = [
        found.amounts, found.quantities, found.phones, found.emails
    ]  # fmt: skip
    spans = sorted((one.begin, one.stop) for one in chain(*lists))
    assert all(begin < stop for begin, stop in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[one.begin : one.stop] == one.text for one in chain(*lists))


@pytest.mark.parametrize("piece", ["三万", "1 ", "1到", "万把", "a@", "C-", "one and ", "十点二十", "嗯那啥"])
def test_thousands_of_hostile_characters_come_back(piece: str) -> None:
    text = (piece * 4000)[:4000]
    assert all(one.stop <= len(text) for one in find_all(text).amounts)


@pytest.mark.parametrize("text", ["5万一半", "0w一半", "三千万一半", "3块一半"])
def test_a_half_of_a_number_is_no_last_digit(text: str) -> None:
    amounts = find_all(text).amounts
    assert [one.text for one in amounts] == [text[:-2], "一半"]
