"""Telephone numbers, typed or dictated, and e-mail addresses come out as a CRM stores them."""

from __future__ import annotations

import pytest

from intents.numbers import find_emails, find_phones

MOBILES = [
    ("13800001234", "13800001234"),
    ("手机13800001234", "13800001234"),
    ("手机变成13800001234了", "13800001234"),
    ("138 0000 1234", "13800001234"),
    ("138-0000-1234", "13800001234"),
    ("1380 0001 234", "13800001234"),
    ("138 000 01234", "13800001234"),
    ("1 3 8 0 0 0 0 1 2 3 4", "13800001234"),
    ("+86 13800001234", "13800001234"),
    ("+8613800001234", "13800001234"),
    ("+86-138-0000-1234", "13800001234"),
    ("8613800001234", "13800001234"),
    ("0086-13800001234", "13800001234"),
    ("一三八零零零零一二三四", "13800001234"),
    ("幺三八零零零零幺二三四", "13800001234"),
    ("一三八〇〇〇〇一二三四", "13800001234"),
    ("一三八 零零零零 一二三四", "13800001234"),
    ("腰三八零零零零腰二三四", "13800001234"),
    ("号码是一七六零零零零五五幺幺你改改", "17600005511"),
    ("一七六四个零五五幺幺", "17600005511"),
    ("一三八零零零零一二三两", "13800001232"),
    ("138零零零零1234", "13800001234"),
    ("联系人老周13800001234采购", "13800001234"),
    ("13800001234转告一下", "13800001234"),
    ("13800001234 3台", "13800001234"),
    ("13800001234,20万", "13800001234"),
    ("电话:13800001234。", "13800001234"),
    ("(13800001234)", "13800001234"),
]

LINES = [
    ("0571-88886666", "0571-88886666", "landline"),
    ("0571 88886666", "0571-88886666", "landline"),
    ("(0571)88886666", "0571-88886666", "landline"),
    ("(0571) 8888-6666", "0571-88886666", "landline"),
    ("057188886666", "057188886666", "landline"),
    ("010-62345678", "010-62345678", "landline"),
    ("021 6123 4567", "021-61234567", "landline"),
    ("0379-6543210", "0379-6543210", "landline"),
    ("零五七一八八八八六六六六", "0571-88886666", "landline"),
    ("零幺零六二三四五六七八", "010-62345678", "landline"),
    ("+86 571 88886666", "0571-88886666", "landline"),
    ("010-62345678转8001", "010-62345678-8001", "landline"),
    ("010-62345678分机12", "010-62345678-12", "landline"),
    ("座机88886666", "88886666", "landline"),
    ("电话是 8765432", "8765432", "landline"),
    ("400-820-8820", "400-820-8820", "service"),
    ("4008208820", "4008208820", "service"),
    ("四零零八二零八八二零", "4008208820", "service"),
    ("800-820-1234", "800-820-1234", "service"),
    ("+1 415 555 2671", "+14155552671", "international"),
    ("+852 2345 6789", "+85223456789", "international"),
    ("+1 (415) 555-2671", "+14155552671", "international"),
    ("+49 30 1234567", "+49301234567", "international"),
]

NO_PHONES = [
    *(
        "1380000123",
        "138000012345",
        "12800001234",
        "1380000",
        "88886666",
        "8765432",
        "合同20260315001234",
        "R13800001234",
        "2026-11-25",
    ),
    *(
        "2026-11-25 15:30",
        "1,380,000,123",
        "三百五十八万",
        "一百三十八",
        "一二三四五",
        "1.3800001234",
        "40-50",
        "三个零",
        "3.14159265358",
    ),
    *("13800001234567", "一三八零零零零一二三", "订单号 9900112233", "", "十三亿八千万"),
]


@pytest.mark.parametrize(("text", "number"), MOBILES)
def test_a_mobile_is_eleven_digits(text: str, number: str) -> None:
    (phone,) = find_phones(text)
    assert (phone.number, phone.digits, phone.kind) == (number, number, "mobile")
    assert text[phone.begin : phone.stop] == phone.text


@pytest.mark.parametrize(("text", "number", "kind"), LINES)
def test_other_lines_keep_their_parts(text: str, number: str, kind: str) -> None:
    (phone,) = find_phones(text)
    assert (phone.number, phone.kind) == (number, kind)
    assert phone.digits == number.replace("-", "")


@pytest.mark.parametrize("text", NO_PHONES)
def test_it_is_no_telephone_number(text: str) -> None:
    assert find_phones(text) == []


@pytest.mark.parametrize("between", ["和", " ", ",", "、", "，备用"])
def test_two_numbers_are_two(between: str) -> None:
    found = find_phones(f"13800001234{between}13900005678")
    assert [phone.number for phone in found] == ["13800001234", "13900005678"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("zhang.san@corp.com.cn", "zhang.san@corp.com.cn"),
        ("邮箱zhang_san@corp.example发报价", "zhang_san@corp.example"),
        ("Tom@Foo.COM", "Tom@foo.com"),
        ("a+b@c.io。", "a+b@c.io"),
        ("13800001234@qq.com", "13800001234@qq.com"),
        ("li@abc-def.cn,抄送", "li@abc-def.cn"),
        ("li艾特abc点com", "li@abc.com"),
        ("li 圈a abc 点 com 点 cn", "li@abc.com.cn"),
        ("li@abc点cn", "li@abc.cn"),
    ],
)
def test_an_address_is_read(text: str, address: str) -> None:
    (email,) = find_emails(text)
    assert email.address == address
    assert text[email.begin : email.stop] == email.text


@pytest.mark.parametrize("text", ["", "@", "a@b", "@张总", "a@b.c1", "a@@b.com", "艾特他一下", "x@.com"])
def test_it_is_no_address(text: str) -> None:
    assert find_emails(text) == []


def test_the_number_inside_an_address_is_no_telephone() -> None:
    from intents.numbers import find_all

    assert find_all("13800001234@qq.com").phones == []
