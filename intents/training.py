"""Training sentences: the catalog's examples with placeholders masked, filled with invented names, and misheard."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from intents import patterns as re
from intents.classifier import MIXED
from intents.concepts import CONCEPTS
from intents.sentence import MASKS

CATALOG = Path(__file__).parent / "catalog"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NAME_CHARACTERS = "恒远瑞博科新华盛东方嘉禾德信安达利丰锦程昊天正泰宏图鼎立百川云帆凯旋佳美金石蓝海青松朗润泽源"
_DEED_WORDS = (
    "寄样品 发报价单 核对合同 回访客户 安排培训 确认到货 对账 整理方案 催回款 送检测报告 约演示 开票 寄合同 打样 "
    "量尺寸 勘查现场 更新台账 盘点库存 准备标书 "
    "交授权书 拷机 装机调试 续签协议 邀请参观 补签字页 发邀请函 做测算表 收试用反馈 提交技术方案 整理证书 跟进付款"
)
_DEEDS = tuple(_DEED_WORDS.split())
_GOOD_WORDS = (
    "储能二期 年度框架 设备采购 产线改造 系统升级 试点项目 监测平台 传感器 分析仪 备件包 软件授权 维保服务 门锁改造 "
    "网关 机柜 叉车租赁 试剂盒 涂料 轴承 充电桩 "
    "冷库扩建 扩容 首单 续约 样机 控制器 年检服务 一期 改造工程"
)
_GOODS = tuple(_GOOD_WORDS.split())
_SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻柏水窦章云苏潘葛范彭郎鲁韦马苗方俞任袁柳"


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One sentence of the catalog with the intent it belongs to."""

    intent: str
    say: str


def catalog_examples(folder: Path = CATALOG) -> list[Example]:
    """All examples and counter-examples of the catalog, in file order."""
    found: list[Example] = []
    for path in sorted(folder.glob("*.yaml")):
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [Example(intent=entry["intent"], say=str(say)) for say in entry["examples"]]
        found += [Example(intent=wrong["is"], say=str(wrong["say"])) for wrong in entry.get("not") or ()]
    return found


def catalog_hash(folder: Path = CATALOG) -> str:
    """A hash over catalog and concepts; a test compares it with the one the model was trained from."""
    parts = [path.read_bytes() for path in (*sorted(folder.glob("*.yaml")), CONCEPTS)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def masked_form(say: str) -> str:
    """The example as the classifier will see it when every name was recognised."""
    return _PLACEHOLDER.sub(lambda match: MASKS.get(match[1], _stand_in(match[1])), say)


def _stand_in(placeholder: str) -> str:
    return "某某" if placeholder == "person" else "某公司"


def variants(say: str, draw: random.Random) -> Iterator[str]:
    """The masked form, and forms in which some names were not recognised or some characters were misheard."""
    yield _PLACEHOLDER.sub(lambda m: MASKS.get(m[1]) or _invented(m[1], draw), say)
    if _PLACEHOLDER.search(say):
        yield _PLACEHOLDER.sub(lambda m: _invented(m[1], draw) if draw.random() < 0.6 else _mask(m[1], draw), say)
    bare = _PLACEHOLDER.sub(lambda m: _mask(m[1], draw), say)
    yield re.sub(r"[，。？！,?!、]", lambda _: draw.choice(("", " ")), bare)


def _mask(placeholder: str, draw: random.Random) -> str:
    return MASKS.get(placeholder) or _invented(placeholder, draw)


def _invented(placeholder: str, draw: random.Random) -> str:
    if placeholder in ("contact", "person", "lead", "user"):
        given = "".join(draw.choices(_NAME_CHARACTERS, k=draw.choice((1, 2))))
        return draw.choice(_SURNAMES) + draw.choice((given, given, "总", "经理", "主任", "工"))
    if placeholder in ("customer", "company"):
        return "".join(draw.choices(_NAME_CHARACTERS, k=2)) + draw.choice(("", "", "科技", "集团", "公司", "医院"))
    if placeholder == "task":
        return draw.choice(_DEEDS) + draw.choice(("", "", "的事", "那件事", "那条"))
    if placeholder in ("opportunity", "product"):
        return draw.choice(("", draw.choice(_NAME_CHARACTERS) + draw.choice(_NAME_CHARACTERS))) + draw.choice(_GOODS)
    return MASKS[placeholder]


def training_set(examples: Sequence[Example], *, seed: int, rounds: int = 2) -> tuple[list[str], list[str]]:
    """Texts and their intents; the same seed gives the same set."""
    draw = random.Random(seed)
    texts: list[str] = []
    labels: list[str] = []
    for example in examples:
        forms = {form for _ in range(rounds) for form in variants(example.say, draw)}
        texts += sorted(forms)
        labels += [example.intent] * len(forms)
    return texts, labels


_COMMANDS = ("create_task", "update_task", "update_opportunity", "record_note", "update_customer", "update_contact", (
    "create_contact"
),
             "complete_task", "win_opportunity", "create_opportunity", "list_tasks", "list_contacts", (
                 "customer_360"
             ), "create_lead")  # fmt: skip


def run_together(examples: Sequence[Example], *, seed: int, count: int) -> list[Example]:
    """Examples of two sentences in one: two commands are MIXED, a remark beside a command belongs to the command."""
    draw = random.Random(seed)
    commands = [e for e in examples if e.intent in _COMMANDS]
    remarks = [e for e in examples if e.intent == "remark"]
    notes = [e for e in examples if e.intent == "record_note"]
    made: list[Example] = []
    for i in range(count):
        first, second, remark, note = (
            draw.choice(commands),
            draw.choice(commands),
            draw.choice(remarks),
            draw.choice(notes),
        )
        between = draw.choice(("，", "，", " ", "。", "，另外", "，顺便", "，然后"))
        if first.intent != second.intent:
            made.append(Example(intent=MIXED, say=f"{first.say}{between}{second.say}"))
        if i % 2:
            made.append(Example(intent=second.intent, say=f"{remark.say}，{second.say}"))
        else:
            made.append(Example(intent="record_note", say=f"{note.say}，{remark.say}"))
    return made
