"""An invented book of customers, people, products, opportunities and tasks, and ways to mishear its names."""

import random
from collections.abc import Iterator

from intents.names import Kind, Nameable
from intents.names.ordinary import dictionary
from intents.names.sounds import NEAR, NEAR_TWICE, readings_of, sounds

CUSTOMERS = (  # name, aliases, region
    ("苏州翎川精密机械有限公司", ("翎川", "翎川精密"), "苏州"),
    ("无锡凌川阀门有限公司", ("凌川", "凌川阀门"), "无锡"),
    ("厦门珀澜陶瓷股份有限公司", ("珀澜", "珀澜陶瓷"), "厦门"),
    ("温州柏岚鞋业有限公司", ("柏岚", "柏岚鞋业"), "温州"),
    ("洛阳砚青轴承有限公司", ("砚青", "砚青轴承"), "洛阳"),
    ("洛阳砚青检测服务有限公司", ("砚青检测",), "洛阳"),
    ("昆明绛云花卉有限公司", (), "昆明"),
    ("大连汐湾船舶配件有限公司", ("汐湾船配",), "大连"),
    ("西安觅野无人机科技有限公司", ("觅野", "觅野科技"), "西安"),
    ("宁波檀溪家居集团有限公司", ("檀溪", "檀溪家居"), "宁波"),
    ("长沙麓禾食品股份有限公司", ("麓禾", "麓禾食品"), "长沙"),
    ("青岛鲸屿海洋工程有限公司", ("鲸屿", "鲸屿海工"), "青岛"),
    ("合肥曜芯半导体有限公司", ("曜芯", "曜芯半导体"), "合肥"),
    ("兰州祁漠光伏有限公司", ("祁漠", "祁漠光伏"), "兰州"),
    ("南宁榕蔓纸业有限公司", ("榕蔓", "榕蔓纸业"), "南宁"),
    ("Acme Robotics Co., Ltd.", ("Acme",), None),
    ("博世维克（中国）传动有限公司", ("Bosch Vick", "博世维克"), None),
    ("3M中国有限公司", ("3M",), None),
    ("北京慧易信息技术有限公司", ("慧易",), "北京"),
    ("上海汽车零部件集团有限公司", (), "上海"),
    ("哈尔滨凛冬滑雪装备有限公司", ("凛冬", "凛冬装备"), "哈尔滨"),
    ("贵阳岑巩茶业有限公司", ("岑巩茶业",), "贵阳"),
    ("佛山沐荷卫浴有限公司", ("沐荷", "沐荷卫浴"), "佛山"),
    ("郑州禹犁农机股份有限公司", ("禹犁", "禹犁农机"), "郑州"),
)
CONTACTS = (  # name, title, number of the customer
    ("汪建桥", "质量部主任", 0),
    ("王若谷", "车间主任", 1),
    ("郭明远", "总经理", 2),
    ("简宁", "技术场长", 10),
    ("欧阳修文", "采购经理", 4),
    ("温岐帆", "设备部经理", 5),
    ("蒋未岚", "实验室主任", 6),
    ("蒋蔚兰", "化验室主任", 7),
    ("覃牧野", "技术负责人", 8),
    ("招俊朗", "采购主管", 9),
    ("龚敏之", "副厂长", 11),
    ("柏行之", "创始人", 12),
    ("John Carter", "CTO", 15),
)
PRODUCTS = (
    "泽衡K80 张力控制器",
    "泽衡K120 张力控制器",
    "泽衡LS-3 激光测径仪",
    "泽衡P200 压力变送器",
    "上门校准服务",
    "KunPeng 云网关",
)
OPPORTUNITIES = (
    ("翎川测径仪采购", 0),
    ("翎川产线扩容", 0),
    ("珀澜窑炉温控改造", 2),
    ("砚青LS-3试点", 4),
    ("檀溪年度校准框架", 9),
    ("鲸屿压力监测", 11),
)
TASKS = (
    ("上门标定张力传感器", 0),
    ("发送通讯协议说明", 2),
    ("寄测径仪样机", 4),
    ("催回验收单", 9),
    ("提交投标文件", 11),
)
STAGES = ("初步接洽", "方案论证", "商务谈判", "成交", "丢单")


def book() -> list[Nameable]:
    """Return the records of the world."""
    return [
        *(
            Nameable(kind=Kind.CUSTOMER, id=i, name=name, aliases=aliases, region=region)
            for i, (name, aliases, region) in enumerate(CUSTOMERS)
        ),
        *(
            Nameable(kind=Kind.CONTACT, id=i, name=name, title=title, customer_id=customer)
            for i, (name, title, customer) in enumerate(CONTACTS)
        ),
        *(Nameable(kind=Kind.PRODUCT, id=i, name=name) for i, name in enumerate(PRODUCTS)),
        *(
            Nameable(kind=Kind.OPPORTUNITY, id=i, name=name, customer_id=customer)
            for i, (name, customer) in enumerate(OPPORTUNITIES)
        ),
        *(Nameable(kind=Kind.TASK, id=i, name=name, customer_id=customer) for i, (name, customer) in enumerate(TASKS)),
        *(Nameable(kind=Kind.STAGE, id=f"s{i}", name=name) for i, name in enumerate(STAGES)),
        Nameable(kind=Kind.USER, id="luo", name="路一航"),
        Nameable(kind=Kind.LEAD, id=1, name="钟以帆", aliases=("遂宁漪语果园",)),
    ]


BRANDS = "翎珀砚绛汐觅檀麓鲸曜祁榕凛岑沐禹澈栎珩晗芷湛炘骁钰屹璟昶垚淼瑾琮霁朔弈泓"
TRADES = (
    "精密",
    "阀门",
    "陶瓷",
    "轴承",
    "花卉",
    "船舶",
    "家居",
    "食品",
    "半导体",
    "光伏",
    "纸业",
    "卫浴",
    "农机",
    "茶业",
    "鞋业",
)
REGIONS = (
    "苏州",
    "无锡",
    "厦门",
    "温州",
    "洛阳",
    "昆明",
    "大连",
    "西安",
    "宁波",
    "长沙",
    "青岛",
    "合肥",
    "兰州",
    "南宁",
    "佛山",
)
SURNAMES = (
    "赵钱孙李周吴郑冯陈蒋沈韩杨朱秦许何吕张孔曹严魏陶谢邹章苏潘葛范彭鲁韦马苗方俞任袁柳史唐"
    "薛雷贺倪汤罗毕郝常于傅康余顾孟黄"
)
GIVEN = "明远若谷启帆子牧俊朗敏之舟行建川一航亦凡雨桐思齐嘉言景行知微怀瑾承宇书怀望舒清越星野云起念安时雨乐天"


def made_up(customers: int, people: int, seed: int) -> list[Nameable]:
    """Return generated companies, each with two aliases, and contacts."""
    draw = random.Random(seed)
    brands: list[str] = []
    while len(brands) < customers:
        brand = "".join(draw.sample(BRANDS, 2))
        if brand not in brands:
            brands.append(brand)
    made = []
    for i, brand in enumerate(brands):
        region, trade = draw.choice(REGIONS), draw.choice(TRADES)
        name, aliases = f"{region}{brand}{trade}有限公司", (brand, brand + trade)
        made.append(Nameable(kind=Kind.CUSTOMER, id=i, name=name, aliases=aliases, region=region))
    persons = list(dict.fromkeys(draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, 2)) for _ in range(people)))
    made += [
        Nameable(kind=Kind.CONTACT, id=i, name=name, customer_id=draw.randrange(customers))
        for i, name in enumerate(persons)
    ]
    return made


def homophones() -> dict[int, list[str]]:
    """Group the characters in use by their syllables."""
    groups: dict[int, list[str]] = {}
    for character in map(chr, range(0x4E00, 0x9FA6)):
        if dictionary().frequency(character) >= 30:
            for reading in readings_of(character)[:1]:
                groups.setdefault(reading, []).append(character)
    return groups


def near(reading: int, groups: dict[int, list[str]]) -> list[int]:
    """Return the syllables that are near to one but not the same."""
    row = sounds().alike[reading]
    return [other for other in groups if NEAR_TWICE - 0.01 < row[other] < NEAR + 0.01]


def misheard(text: str, draw: random.Random, groups: dict[int, list[str]], *, nearly: bool) -> str:
    """Write a name as a recogniser might: in characters of the same sounds, with a near one among them if `nearly`."""
    slip = draw.randrange(len(text)) if nearly else -1
    heard = []
    for i, character in enumerate(text):
        reading = next((r for r in readings_of(character) if r in groups), None)
        if reading is None:
            heard.append(character)
            continue
        others = near(reading, groups) if i == slip else []
        heard.append(draw.choice(groups[draw.choice(others) if others else reading]))
    return "".join(heard)


FRAMES = (
    "提醒我明天给{}打电话", "{}那个单子推进到下一阶段", "今天去了趟{},聊了聊预算", "把{}的电话发我",
    "{}下周三上午十点来考察", "跟{}约了后天见面", "{}的合同什么时候到期", "查一下{}最近的纪要",
)  # fmt: skip


def heard_cases(count: int, seed: int = 20261122) -> Iterator[tuple[str, Nameable]]:
    """Yield sentences in which a generated name was misheard, and the record that was meant."""
    draw, groups = random.Random(seed), homophones()
    records = made_up(60, 60, seed=5)
    for i in range(count):
        record = draw.choice(records)
        text = record.aliases[1] if record.kind is Kind.CUSTOMER else record.name
        yield draw.choice(FRAMES).format(misheard(text, draw, groups, nearly=i % 3 == 2)), record
