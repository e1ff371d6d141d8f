"""Dates, times, codes, ordinals, names and counts are never taken for money."""

from __future__ import annotations

import pytest

from intents.numbers import find_amounts

NEITHER = [
    # dates and times
    *(
        "3月12日",
        "12.3号",
        "15:30",
        "2026年",
        "二零二六年",
        "2026-11-25",
        "2026/11/25",
        "2026.11",
        "11/25",
        "十二月十五号",
    ),
    *(
        "下午三点五十",
        "三点半",
        "十点二十",
        "八点半到九点",
        "3点半",
        "明天上午10点",
        "周三",
        "礼拜五",
        "星期一",
        "初五",
        "三季度",
        "第三季度",
    ),
    *(
        "5天",
        "三个月",
        "两个星期",
        "3个工作日",
        "半小时",
        "48小时",
        "三年",
        "过两天",
        "七天后",
        "账期30天",
        "一会儿",
        "two weeks",
        "at 3pm",
    ),
    # codes
    *(
        "C60",
        "TOC-3",
        "W8",
        "R20",
        "5G",
        "3D打印",
        "M3000",
        "3M公司",
        "V2.0",
        "1.2.3版本",
        "ISO9001",
        "ISO 9001认证",
        "iPhone 15",
    ),
    *(
        "Windows 11",
        "4K屏",
        "24V电源",
        "192.168.1.1",
        "尾号8866",
        "合同编号20260315",
        "#12",
        "No. 5",
        "3.0版",
        "B2B",
        "7*24",
        "24/7",
    ),
    # ordinals and places
    *(
        "第二个",
        "二期项目",
        "3号楼",
        "一号楼二单元301室",
        "第一批",
        "第三次",
        "三楼",
        "2号线",
        "二手设备",
        "一线城市",
        "三甲医院",
        "500强",
    ),
    # names
    *(
        "万科",
        "万华化学",
        "百度",
        "千岛湖",
        "亿纬锂能",
        "三一重工",
        "一汽",
        "四维图新",
        "七匹狼",
        "三只松鼠",
        "五粮液",
        "六安",
        "九江",
        "十堰",
        "三星",
    ),
    *("张三", "李四", "两江新区", "八方电气", "万达广场", "九牧厨卫", "985高校"),
    # phones
    *("13800001234", "0571-88886666", "一三八零零零零一二三四", "138 0000 1234", "400-820-8820", "a38@b.com"),
    # words
    *(
        "千万别忘了",
        "早上千万记得",
        "万一不行",
        "十分满意",
        "一下",
        "一起",
        "统一",
        "唯一",
        "一般",
        "三心二意",
        "一刀切",
        "一成不变",
        "便宜点",
        "多少钱",
    ),
    *(
        "几个客户",
        "他们俩",
        "三七分",
        "五五开",
        "一定",
        "一直",
        "不一定",
        "双十一",
        "打骨折",
        "有点贵",
        "",
        "。",
        "12",
        "元旦",
    ),
    # counts
    *(
        "三台",
        "14套",
        "两箱",
        "500吨",
        "20人",
        "三万台",
        "200万个",
        "10万用户",
        "三台啤酒分析仪",
        "两位客户",
        "三块屏幕",
        "十来家",
        "3 licenses",
    ),
]


@pytest.mark.parametrize("text", [text for text in NEITHER if text != "12"])
def test_it_is_no_amount(text: str) -> None:
    assert find_amounts(text) == []


@pytest.mark.parametrize("text", [text for text in NEITHER if text and not text[-1].isascii()])
def test_it_is_no_amount_inside_a_sentence(text: str) -> None:
    assert find_amounts(f"跟客户说{text}，记一下") == []
