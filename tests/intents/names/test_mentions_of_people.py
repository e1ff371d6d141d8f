"""People are found by name, surname and title, given name, and by sound."""

import pytest

from intents.names import By, Candidate, Kind, Nameable, NameIndex


def people(index: NameIndex, text: str) -> list[Candidate]:
    """Return the persons that a text may mean, best first."""
    kinds = {Kind.CONTACT, Kind.USER, Kind.LEAD}
    return sorted((c for m in index.mentions(text, kinds=kinds) for c in m.candidates), key=lambda c: -c.score)


@pytest.mark.parametrize(
    ("text", "name", "by"),
    [
        ("四十分钟后打给温岐帆", "温岐帆", By.EXACT),
        ("温岐帆经理改号码了", "温岐帆", By.EXACT),
        ("欧阳修文要样品", "欧阳修文", By.EXACT),
        ("John Carter 来电", "John Carter", By.EXACT),
        ("john 来电", "John Carter", By.PART),
        ("汪健桥说预算批了", "汪建桥", By.SOUND),
        ("王建桥说预算批了", "汪建桥", By.SOUND),
        ("问奇番要资料", "温岐帆", By.SOUND),
        ("谭木野留的手机", "覃牧野", By.SOUND),
        ("秦牧也留的手机", "覃牧野", By.SOUND),
        ("赵军郎要报价", "招俊朗", By.SOUND),
        ("工敏之升职了", "龚敏之", By.SOUND),
        ("百行知要看样", "柏行之", By.SOUND),
        ("欧阳秀文要样品", "欧阳修文", By.SOUND),
        ("钟一番那条线索", "钟以帆", By.SOUND),
        ("让路一行跟进", "路一航", By.SOUND),
        ("宫敏芝升职了", "龚敏之", By.SOUND),
        ("文琪凡下周来", "温岐帆", By.SOUND),
        ("郭鸣远同意了", "郭明远", By.SOUND),
        ("郭民远同意了", "郭明远", By.NEAR_SOUND),
        ("王若鼓请假", "王若谷", By.SOUND),
        ("岐帆那边怎么说", "温岐帆", By.PART),
    ],
)
def test_a_person_is_found_by_name(index: NameIndex, text: str, name: str, by: By) -> None:
    best = people(index, text)[0]
    assert (best.nameable.name, best.by) == (name, by)
    assert best.score >= 0.75


@pytest.mark.parametrize(
    ("text", "name", "by"),
    [
        ("汪主任说先试用", "汪建桥", By.TITLE),
        ("郭总下周签字", "郭明远", By.TITLE),
        ("国总下周签字", "郭明远", By.SOUND),
        ("减场长要数据", "简宁", By.SOUND),
        ("欧阳经理问交期", "欧阳修文", By.TITLE),
        ("温经理在开会", "温岐帆", By.TITLE),
        ("温总在开会", "温岐帆", By.TITLE),
        ("文经理在开会", "温岐帆", By.SOUND),
        ("龚厂长要报价", "龚敏之", By.TITLE),
        ("招主管要报价", "招俊朗", By.TITLE),
        ("王主任要报价", "王若谷", By.TITLE),
    ],
)
def test_a_person_is_found_by_surname_and_title(index: NameIndex, text: str, name: str, by: By) -> None:
    best = people(index, text)[0]
    assert (best.nameable.name, best.by) == (name, by)
    assert best.score >= 0.75


def test_surnames_of_one_sound_are_all_listed(index: NameIndex) -> None:
    assert [c.nameable.name for c in people(index, "汪主任说先试用")] == ["汪建桥", "王若谷"]


def test_two_persons_of_one_surname_and_title_score_alike(index: NameIndex) -> None:
    first, second = people(index, "蒋主任调岗了")[:2]
    assert {first.nameable.name, second.nameable.name} == {"蒋未岚", "蒋蔚兰"}
    assert first.score == second.score


def test_two_persons_of_one_sound_score_alike() -> None:
    made = [Nameable(kind=Kind.CONTACT, id=i, name=name) for i, name in enumerate(("蒋未岚", "姜蔚兰"))]
    first, second = people(NameIndex.build(made), "周五给江卫栏送标准液")
    assert abs(first.score - second.score) < 0.02


def test_a_title_that_does_not_fit_scores_less(index: NameIndex) -> None:
    (fits,) = [c for c in people(index, "郭总来电") if c.nameable.name == "郭明远"]
    (odd,) = [c for c in people(index, "郭科长来电") if c.nameable.name == "郭明远"]
    assert odd.score < fits.score - 0.15


def test_a_person_is_a_mention_of_its_own_next_to_the_customer(index: NameIndex) -> None:
    found = index.mentions("翎川精密汪主任说预算批了")
    assert [m.text for m in found if not m.inside] == ["翎川精密", "汪主任"]


def test_the_title_belongs_to_the_mention(index: NameIndex) -> None:
    (mention,) = index.mentions("温岐帆经理改号码了", kinds={Kind.CONTACT})
    assert mention.text == "温岐帆经理"


@pytest.mark.parametrize("text", ["老郭今天生日", "小温说可以"])
def test_a_familiar_form_is_found_but_not_sure(index: NameIndex, text: str) -> None:
    best = people(index, text)[0]
    assert best.by is By.TITLE
    assert 0.5 < best.score < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "找主任批一下",
        "和经理聊过了",
        "采购经理说可以",
        "检测部经理来电",
        "水质中心主任同意",
        "约总监见面",
        "让工程师过去",
        "总共三百万",
        "工作安排好了",
        "相关总结写好了",
    ],
)
def test_a_verb_or_department_before_a_title_is_no_surname(text: str) -> None:
    names = ["赵明", "何平", "苟旭", "卜晓", "辛梅", "岳扬", "尚远", "共鸣", "关山", "项羽"]
    index = NameIndex.build(
        Nameable(kind=Kind.CONTACT, id=i, name=n, title="部门主任兼经理") for i, n in enumerate(names)
    )
    assert all(c.score < 0.75 for c in people(index, text))


def test_of_many_namesakes_those_of_the_named_customer_are_listed() -> None:
    made = [Nameable(kind=Kind.CUSTOMER, id=1, name="苏州翎川阀门有限公司")]
    made += [Nameable(kind=Kind.CONTACT, id=i, name=f"王{i}", title="主任", customer_id=i % 50) for i in range(10, 60)]
    found = people(NameIndex.build(made), "翎川阀门王主任来电")
    assert 1 in {c.nameable.customer_id for c in found}
    assert len(found) == 8
