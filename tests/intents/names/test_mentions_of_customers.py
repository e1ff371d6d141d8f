"""Customers are found in a sentence by whole name, alias, part, pinyin, initials and sound."""

import pytest

from intents.names import By, Candidate, Kind, Nameable, NameIndex
from tests.intents.names.world import FRAMES, REGIONS

WRITTEN = (  # what is said, the customer's name, evidence, whether it is a whole name or alias
    ("苏州翎川精密机械有限公司", "苏州翎川精密机械有限公司", By.EXACT, True),
    ("翎川", "苏州翎川精密机械有限公司", By.ALIAS, True),
    ("翎川精密", "苏州翎川精密机械有限公司", By.ALIAS, True),
    ("翎川精密机械", "苏州翎川精密机械有限公司", By.ALIAS, True),
    ("苏州翎川", "苏州翎川精密机械有限公司", By.ALIAS, True),
    ("凌川阀门有限公司", "无锡凌川阀门有限公司", By.ALIAS, True),
    ("珀澜陶瓷", "厦门珀澜陶瓷股份有限公司", By.ALIAS, True),
    ("砚青检测", "洛阳砚青检测服务有限公司", By.ALIAS, True),
    ("砚青轴承", "洛阳砚青轴承有限公司", By.ALIAS, True),
    ("绛云", "昆明绛云花卉有限公司", By.PART, False),
    ("绛云花卉", "昆明绛云花卉有限公司", By.EXACT, True),
    ("汐湾", "大连汐湾船舶配件有限公司", By.PART, False),
    ("曜芯半导体", "合肥曜芯半导体有限公司", By.ALIAS, True),
    ("Acme", "Acme Robotics Co., Ltd.", By.ALIAS, True),
    ("ACME ROBOTICS", "Acme Robotics Co., Ltd.", By.EXACT, True),
    ("acme robotics", "Acme Robotics Co., Ltd.", By.EXACT, True),
    ("Bosch Vick", "博世维克（中国）传动有限公司", By.ALIAS, True),
    ("博世维克中国", "博世维克（中国）传动有限公司", By.ALIAS, True),
    ("3M", "3M中国有限公司", By.ALIAS, True),
    ("3M中国", "3M中国有限公司", By.EXACT, True),
    ("上汽零部件", "上海汽车零部件集团有限公司", By.ABBREVIATION, False),
    ("岑巩茶业", "贵阳岑巩茶业有限公司", By.ALIAS, True),
)
HEARD = (  # what the recogniser wrote, the customer's name, evidence
    ("绫川精蜜", "苏州翎川精密机械有限公司", By.SOUND),
    ("伯岚鞋业", "温州柏岚鞋业有限公司", By.SOUND),
    ("白兰鞋叶", "温州柏岚鞋业有限公司", By.SOUND),
    ("破兰陶瓷", "厦门珀澜陶瓷股份有限公司", By.SOUND),
    ("坡蓝桃瓷", "厦门珀澜陶瓷股份有限公司", By.SOUND),
    ("演青轴承", "洛阳砚青轴承有限公司", By.SOUND),
    ("咽清轴成", "洛阳砚青轴承有限公司", By.SOUND),
    ("密野科技", "西安觅野无人机科技有限公司", By.SOUND),
    ("觅也", "西安觅野无人机科技有限公司", By.SOUND),
    ("谈溪家具", "宁波檀溪家居集团有限公司", By.SOUND),
    ("坦西加聚", "宁波檀溪家居集团有限公司", By.SOUND),
    ("路禾食品", "长沙麓禾食品股份有限公司", By.SOUND),
    ("鹿和实品", "长沙麓禾食品股份有限公司", By.SOUND),
    ("京语海工", "青岛鲸屿海洋工程有限公司", By.SOUND),
    ("耀新半导体", "合肥曜芯半导体有限公司", By.SOUND),
    ("奇莫光伏", "兰州祁漠光伏有限公司", By.SOUND),
    ("荣慢纸业", "南宁榕蔓纸业有限公司", By.SOUND),
    ("木何卫浴", "佛山沐荷卫浴有限公司", By.SOUND),
    ("雨离农机", "郑州禹犁农机股份有限公司", By.SOUND),
    ("涔拱茶业", "贵阳岑巩茶业有限公司", By.SOUND),
    ("降云花会", "昆明绛云花卉有限公司", By.SOUND),
    ("夕弯船配", "大连汐湾船舶配件有限公司", By.SOUND),
    ("灵冬装备", "哈尔滨凛冬滑雪装备有限公司", By.NEAR_SOUND),
    ("宁川精密", "苏州翎川精密机械有限公司", By.NEAR_SOUND),
    ("路和食品", "长沙麓禾食品股份有限公司", By.SOUND),
    ("禄赫食品", "长沙麓禾食品股份有限公司", By.SOUND),
    ("汾山木荷卫浴", "佛山沐荷卫浴有限公司", By.SOUND),
    ("珀郎陶瓷", "厦门珀澜陶瓷股份有限公司", By.NEAR_SOUND),
    ("檀溪加举", "宁波檀溪家居集团有限公司", By.SOUND),
    ("容漫纸页", "南宁榕蔓纸业有限公司", By.SOUND),
    ("要兴半导体", "合肥曜芯半导体有限公司", By.NEAR_SOUND),
    ("金宇海工", "青岛鲸屿海洋工程有限公司", By.NEAR_SOUND),
    ("七摸光伏", "兰州祁漠光伏有限公司", By.SOUND),
    ("鱼梨农鸡", "郑州禹犁农机股份有限公司", By.SOUND),
    ("播士维克", "博世维克（中国）传动有限公司", By.SOUND),
)
PINYIN = (
    ("lingchuan jingmi", "苏州翎川精密机械有限公司"),
    ("polantaoci", "厦门珀澜陶瓷股份有限公司"),
    ("tanxi jiaju", "宁波檀溪家居集团有限公司"),
    ("luhe食品", "长沙麓禾食品股份有限公司"),
    ("jingyu haigong", "青岛鲸屿海洋工程有限公司"),
    ("qimoguangfu", "兰州祁漠光伏有限公司"),
)


def candidates(index: NameIndex, text: str, kind: Kind = Kind.CUSTOMER) -> list[Candidate]:
    """Return the candidates of one kind, best first."""
    found = [c for m in index.mentions(text) for c in m.candidates if c.nameable.kind is kind]
    return sorted(found, key=lambda c: -c.score)


@pytest.mark.parametrize("frame", FRAMES[:3])
@pytest.mark.parametrize(("said", "name", "by", "whole"), WRITTEN)
def test_a_written_name_is_found(index: NameIndex, frame: str, said: str, name: str, by: By, whole: bool) -> None:
    best = candidates(index, frame.format(said))[0]
    assert (best.nameable.name, best.by, best.whole) == (name, by, whole)
    assert best.score >= (0.98 if whole else 0.85)


@pytest.mark.parametrize("frame", FRAMES[3:6])
@pytest.mark.parametrize(("heard", "name", "by"), HEARD)
def test_a_misheard_name_is_found(index: NameIndex, frame: str, heard: str, name: str, by: By) -> None:
    best = candidates(index, frame.format(heard))[0]
    assert (best.nameable.name, best.by) == (name, by)
    assert 0.75 <= best.score < 1


@pytest.mark.parametrize(("said", "name"), PINYIN)
def test_typed_pinyin_is_found(index: NameIndex, said: str, name: str) -> None:
    best = candidates(index, f"给 {said} 寄份合同")[0]
    assert (best.nameable.name, best.by) == (name, By.PINYIN)
    assert best.score >= 0.9


def test_an_exact_alias_scores_one_and_its_homophone_is_listed_below(index: NameIndex) -> None:
    found = candidates(index, "翎川的单子赢了")
    assert [(c.nameable.name, c.by) for c in found] == [
        ("苏州翎川精密机械有限公司", By.ALIAS),
        ("无锡凌川阀门有限公司", By.SOUND),
    ]
    assert found[0].score == 1
    assert 0.85 < found[1].score < 0.97


def test_two_customers_that_sound_equally_alike_score_alike(index: NameIndex) -> None:
    found = candidates(index, "今天去了趟铃川聊预算")
    assert {c.nameable.name for c in found} == {"苏州翎川精密机械有限公司", "无锡凌川阀门有限公司"}
    assert abs(found[0].score - found[1].score) < 0.02


def test_the_same_sound_beats_a_near_sound() -> None:
    made = [Nameable(kind=Kind.CUSTOMER, id=i, name=name) for i, name in enumerate(("绵阳岭州水务", "德阳宁州水务"))]
    found = candidates(NameIndex.build(made), "提醒我给凌州打电话")
    assert [c.nameable.id for c in found] == [0, 1]
    assert found[0].score > found[1].score + 0.03


def test_every_reading_of_a_character_counts() -> None:
    made = [
        Nameable(kind=Kind.CUSTOMER, id=i, name=name, aliases=(name[2:4],))
        for i, name in enumerate(("沧州柏乐玩具", "沧州铂越玩具"))
    ]
    index = NameIndex.build(made)
    assert candidates(index, "跟博悦约了后天")[0].score == pytest.approx(
        candidates(index, "跟博悦约了后天")[1].score, abs=0.02
    )
    assert candidates(index, "跟百勒约了后天")[0].nameable.id == 0


def test_a_whole_alias_beats_a_part_of_a_longer_name(index: NameIndex) -> None:
    whole, part = candidates(index, "砚青的对账单寄了吗")
    assert (whole.nameable.name, whole.whole) == ("洛阳砚青轴承有限公司", True)
    assert (part.nameable.name, part.whole) == ("洛阳砚青检测服务有限公司", False)
    assert whole.score >= part.score + 0.05


def test_a_whole_alias_by_sound_beats_a_part_by_sound(index: NameIndex) -> None:
    whole, part = candidates(index, "演清的对账单寄了吗")
    assert (whole.nameable.name, part.nameable.name) == ("洛阳砚青轴承有限公司", "洛阳砚青检测服务有限公司")
    assert whole.score >= part.score + 0.04


@pytest.mark.parametrize(
    "text", ["检测公司来电话了", "有限公司", "去了一家机械集团", "阀门厂的老板", "科技公司都这样", "陶瓷股份涨了"]
)
def test_words_of_a_trade_name_no_customer(index: NameIndex, text: str) -> None:
    assert all(c.score < 0.6 for c in candidates(index, text))


@pytest.mark.parametrize("text", ["明天上午开会议", "会议改到下周", "把会议纪要发我"])
def test_an_ordinary_word_that_sounds_like_a_name_is_unsure(index: NameIndex, text: str) -> None:
    assert all(c.score < 0.6 for c in candidates(index, text))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("翎江源精密下周二答疑", "苏州翎川精密机械有限公司"),
        ("麓源食品的合同", "长沙麓禾食品股份有限公司"),
        ("珀西陶瓷来人了", "厦门珀澜陶瓷股份有限公司"),
        ("檀香家居要报价", "宁波檀溪家居集团有限公司"),
    ],
)
def test_an_unknown_company_like_a_known_one_is_unsure(index: NameIndex, text: str, known: str) -> None:
    assert all(c.score < 0.75 for c in candidates(index, text) if c.nameable.name == known)


def test_another_trade_next_to_a_name_is_told(index: NameIndex) -> None:
    found = candidates(index, "凛冬物流有限公司的人来了")[0]
    assert found.extra.startswith("物流")
    assert found.score < 0.75


@pytest.mark.parametrize("text", ["翎川设备到货了", "翎川技术交流改到周五", "檀溪软件升级做完了", "珀澜的食品订单"])
def test_an_everyday_word_after_a_name_leaves_it_sure(index: NameIndex, text: str) -> None:
    assert candidates(index, text)[0].score >= 0.95


def test_a_sound_that_ends_in_the_word_of_another_trade_is_unsure(index: NameIndex) -> None:
    assert all(c.score < 0.75 for c in candidates(index, "下周再谈系统升级"))


def test_another_region_before_a_name_is_told(index: NameIndex) -> None:
    found = candidates(index, "成都翎川要的合同")[0]
    assert found.extra == "成都"
    assert found.score < 0.9


def test_the_legal_form_belongs_to_the_mention(index: NameIndex) -> None:
    (mention,) = index.mentions("洛阳砚青轴承有限公司的合同", kinds={Kind.CUSTOMER})
    assert mention.text == "洛阳砚青轴承有限公司"


def test_a_mention_says_where_it_stands(index: NameIndex) -> None:
    text = "明天, 给 檀溪家居 送样"
    (mention,) = index.mentions(text, kinds={Kind.CUSTOMER})
    assert text[mention.begin : mention.stop] == mention.text == "檀溪家居"


def test_several_customers_are_found_left_to_right(index: NameIndex) -> None:
    found = index.mentions("先去祁漠光伏,再去沐荷卫浴,最后到禹犁", kinds={Kind.CUSTOMER})
    assert [m.candidates[0].nameable.id for m in found] == [13, 22, 23]


def test_only_the_wanted_kinds_are_found(index: NameIndex) -> None:
    found = index.mentions("翎川精密的汪建桥", kinds={Kind.CONTACT})
    assert {c.nameable.kind for m in found for c in m.candidates} == {Kind.CONTACT}


def test_a_name_within_a_latin_word_is_unsure(index: NameIndex) -> None:
    assert all(c.score < 0.75 for c in candidates(index, "the acmesoft demo"))


def test_a_name_does_not_run_over_punctuation(index: NameIndex) -> None:
    assert all(c.score < 0.75 for c in candidates(index, "先去翎,川菜馆等我"))


def test_at_most_eight_candidates_are_listed() -> None:
    made = [Nameable(kind=Kind.CUSTOMER, id=i, name=f"{region}翎川有限公司") for i, region in enumerate(REGIONS)]
    (mention,) = NameIndex.build(made).mentions("去翎川")
    assert len(mention.candidates) == 8


@pytest.mark.parametrize("text", ["", " ", "。", "的", "😀😀", "𠮷野家", "a", "12345678901"])
def test_a_text_without_names_has_no_mentions(index: NameIndex, text: str) -> None:
    assert index.mentions(text) == []


def test_an_empty_index_finds_nothing() -> None:
    empty = NameIndex.build([])
    assert empty.mentions("翎川精密的合同") == []
    assert empty.lookup("翎川") == []
