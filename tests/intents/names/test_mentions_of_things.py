"""Products, opportunities, tasks, leads and stages are found by whole name, code, part, keywords and sound."""

import pytest

from intents.names import By, Candidate, Kind, NameIndex


def found(index: NameIndex, text: str, kind: Kind) -> list[Candidate]:
    """Return the candidates of one kind, best first."""
    return sorted((c for m in index.mentions(text, kinds={kind}) for c in m.candidates), key=lambda c: -c.score)


@pytest.mark.parametrize(
    ("text", "kind", "name", "least"),
    [
        ("K80多少钱", Kind.PRODUCT, "泽衡K80 张力控制器", 0.9),
        ("k80 多少钱", Kind.PRODUCT, "泽衡K80 张力控制器", 0.9),
        ("K八零多少钱", Kind.PRODUCT, "泽衡K80 张力控制器", 0.9),
        ("K八十多少钱", Kind.PRODUCT, "泽衡K80 张力控制器", 0.9),
        ("凯八零多少钱", Kind.PRODUCT, "泽衡K80 张力控制器", 0.7),
        ("K120有货吗", Kind.PRODUCT, "泽衡K120 张力控制器", 0.9),
        ("P两百的目录价", Kind.PRODUCT, "泽衡P200 压力变送器", 0.75),
        ("P二百的目录价", Kind.PRODUCT, "泽衡P200 压力变送器", 0.9),
        ("LS3要检定吗", Kind.PRODUCT, "泽衡LS-3 激光测径仪", 0.9),
        ("激光测径仪要检定吗", Kind.PRODUCT, "泽衡LS-3 激光测径仪", 0.9),
        ("泽衡LS-3激光测径仪来两台", Kind.PRODUCT, "泽衡LS-3 激光测径仪", 0.95),
        ("压力变送器来两台", Kind.PRODUCT, "泽衡P200 压力变送器", 0.9),
        ("压力便送器来两台", Kind.PRODUCT, "泽衡P200 压力变送器", 0.85),
        ("云网关卖多少", Kind.PRODUCT, "KunPeng 云网关", 0.9),
        ("鲲鹏云网关卖多少", Kind.PRODUCT, "KunPeng 云网关", 0.9),
        ("校准服务怎么收费", Kind.PRODUCT, "上门校准服务", 0.6),
        ("翎川测径仪采购赢了", Kind.OPPORTUNITY, "翎川测径仪采购", 0.98),
        ("窑炉温控改造延到月底", Kind.OPPORTUNITY, "珀澜窑炉温控改造", 0.85),
        ("要炉温空改造延到月底", Kind.OPPORTUNITY, "珀澜窑炉温控改造", 0.75),
        ("产线扩荣涨到八十万", Kind.OPPORTUNITY, "翎川产线扩容", 0.75),
        ("珀澜的温控改造", Kind.OPPORTUNITY, "珀澜窑炉温控改造", 0.6),
        ("檀溪校准框架", Kind.OPPORTUNITY, "檀溪年度校准框架", 0.6),
        ("压力监测丢了", Kind.OPPORTUNITY, "鲸屿压力监测", 0.85),
        ("上门标定张力传感器办完了", Kind.TASK, "上门标定张力传感器", 0.98),
        ("标定传感器办完了", Kind.TASK, "上门标定张力传感器", 0.6),
        ("传感器标定好了", Kind.TASK, "上门标定张力传感器", 0.6),
        ("通讯协议今天发不了", Kind.TASK, "发送通讯协议说明", 0.75),
        ("测径仪样机寄走了", Kind.TASK, "寄测径仪样机", 0.75),
        ("投标文件交了", Kind.TASK, "提交投标文件", 0.75),
        ("投镖文件交了", Kind.TASK, "提交投标文件", 0.75),
        ("推进到商务谈判", Kind.STAGE, "商务谈判", 0.98),
        ("推进到商物谈盼", Kind.STAGE, "商务谈判", 0.8),
        ("漪语果园那条线索", Kind.LEAD, "钟以帆", 0.85),
    ],
)
def test_a_thing_is_found(index: NameIndex, text: str, kind: Kind, name: str, least: float) -> None:
    best = found(index, text, kind)[0]
    assert best.nameable.name == name
    assert best.score >= least


def test_a_longer_code_is_not_the_shorter_one(index: NameIndex) -> None:
    assert all(c.score < 0.75 for c in found(index, "K800多少钱", Kind.PRODUCT))


@pytest.mark.parametrize("text", ["号码19900120200", "订了200台", "一百二十万", "第80页"])
def test_numbers_alone_name_no_product(index: NameIndex, text: str) -> None:
    assert found(index, text, Kind.PRODUCT) == []


def test_what_several_products_share_is_no_sure_name(index: NameIndex) -> None:
    both = found(index, "张力控制器", Kind.PRODUCT)
    assert {c.nameable.name for c in both} == {"泽衡K80 张力控制器", "泽衡K120 张力控制器"}
    assert both[0].score == both[1].score


def test_the_customer_within_an_opportunity_is_a_mention_inside_it(index: NameIndex) -> None:
    mentions = index.mentions("翎川产线扩容的金额")
    inside = {m.text: m.inside for m in mentions}
    assert inside["翎川产线扩容"] is False
    assert inside["翎川"] is True


def test_a_task_that_has_more_of_the_keywords_scores_more(index: NameIndex) -> None:
    less, more = (found(index, text, Kind.TASK)[0].score for text in ("传感器好了", "标定张力传感器好了"))
    assert more > less + 0.2


def test_keywords_apart_are_one_mention(index: NameIndex) -> None:
    best = found(index, "标定的那个传感器", Kind.TASK)[0]
    assert (best.nameable.name, best.by, best.whole) == ("上门标定张力传感器", By.PART, False)
