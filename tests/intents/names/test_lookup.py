"""A whole query is looked up as one name."""

import pytest

from intents.names import By, Kind, Nameable, NameIndex


@pytest.mark.parametrize(
    ("query", "name", "by", "least"),
    [
        ("翎川精密", "苏州翎川精密机械有限公司", By.ALIAS, 0.98),
        ("苏州翎川精密机械有限公司", "苏州翎川精密机械有限公司", By.EXACT, 0.98),
        ("绛云", "昆明绛云花卉有限公司", By.PART, 0.85),
        ("砚请轴成", "洛阳砚青轴承有限公司", By.SOUND, 0.85),
        ("珀郎陶瓷", "厦门珀澜陶瓷股份有限公司", By.NEAR_SOUND, 0.8),
        ("路禾", "长沙麓禾食品股份有限公司", By.SOUND, 0.85),
        ("acme", "Acme Robotics Co., Ltd.", By.ALIAS, 0.98),
        ("acme robtics", "Acme Robotics Co., Ltd.", By.TYPO, 0.75),
        ("哈尔滨凛冬雪滑装备", "哈尔滨凛冬滑雪装备有限公司", By.TYPO, 0.6),
        ("tanxi jiaju", "宁波檀溪家居集团有限公司", By.PINYIN, 0.9),
        ("上汽", "上海汽车零部件集团有限公司", By.ABBREVIATION, 0.8),
        ("汪主任", "汪建桥", By.TITLE, 0.9),
        ("温岐帆", "温岐帆", By.EXACT, 0.98),
        ("K120", "泽衡K120 张力控制器", By.PART, 0.9),
        ("产线扩容", "翎川产线扩容", By.PART, 0.85),
        ("标定传感器", "上门标定张力传感器", By.PART, 0.6),
    ],
)
def test_a_query_finds_its_record(index: NameIndex, query: str, name: str, by: By, least: float) -> None:
    best = index.lookup(query)[0]
    assert (best.nameable.name, best.by) == (name, by)
    assert best.score >= least


def test_an_ordinary_word_is_taken_for_a_name_when_it_is_the_query(index: NameIndex) -> None:
    assert index.lookup("会议")[0].nameable.name == "北京慧易信息技术有限公司"


def test_what_a_query_has_besides_the_name_counts_against_it(index: NameIndex) -> None:
    whole, more = index.lookup("凛冬")[0], index.lookup("凛冬物流")[0]
    assert more.score < whole.score - 0.05
    assert not more.whole


def test_kinds_and_limit_are_respected(index: NameIndex) -> None:
    assert all(c.nameable.kind is Kind.OPPORTUNITY for c in index.lookup("翎川", kinds={Kind.OPPORTUNITY}))
    assert len(index.lookup("翎川", limit=1)) == 1


@pytest.mark.parametrize("query", ["", "?", "检", "检测公司", "从未听说的企业"])
def test_an_unknown_query_finds_nothing_likely(index: NameIndex, query: str) -> None:
    assert all(c.score < 0.75 for c in index.lookup(query))


def test_one_among_many_is_found_by_sound_and_by_typo() -> None:
    brands = "翎珀砚绛汐觅檀麓鲸曜祁榕凛岑沐禹澈栎珩晗"
    made = [
        Nameable(kind=Kind.CUSTOMER, id=f"{a}{b}{trade}", name=f"苏州{a}{b}{trade}有限公司")
        for a in brands for b in brands if a != b for trade in ("阀门", "陶瓷", "轴承", "纸业", "农机", "茶业", "鞋业")
    ]  # fmt: skip
    index = NameIndex.build(made)
    assert index.lookup("坡溪陶瓷")[0].nameable.id == "珀汐陶瓷"
    assert index.lookup("苏州珀汐陶")[0].nameable.id == "珀汐陶瓷"
