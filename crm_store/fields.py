"""What a record looks like outside the store: the fields of `world.json`, CSV and xlsx, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crm_store.principal import Role
from crm_store.records import CUSTOMER_LEVELS, LEAD_STATUSES, TASK_PRIORITIES, TASK_STATUSES
from crm_store.schema import RECORD_TABLES


class Kind(StrEnum):
    """How a value is written outside the store."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"
    INSTANT = "instant"
    TEXTS = "texts"
    OBJECT = "object"
    FLAG = "flag"
    REF = "ref"
    REFS = "refs"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field: `name` outside, `column` in our tables, `headers` the Chinese column headings that mean it.

    `target` is the record type that a REF or REFS names by its natural key. `kept_in_extra` marks what FORMAT.md has no
    place for: it is written under `extra`.
    """

    name: str
    column: str
    kind: Kind = Kind.TEXT
    target: str | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    default: object = None
    headers: tuple[str, ...] = ()
    kept_in_extra: bool = False


def _text(name: str, *headers: str, column: str | None = None, required: bool = False) -> Field:
    return Field(name=name, column=column or name, headers=headers, required=required)


def _of(kind: Kind, name: str, *headers: str, column: str | None = None, required: bool = False) -> Field:
    return Field(name=name, column=column or name, kind=kind, headers=headers, required=required)


def _one_of(name: str, choices: tuple[str, ...], *headers: str, default: str | None = None) -> Field:
    required = default is None and name != "level"
    return Field(name=name, column=name, choices=choices, headers=headers, default=default, required=required)


def _ref(name: str, target: str, *headers: str, required: bool = False) -> Field:
    return Field(name=name, column=f"{name}_id", kind=Kind.REF, target=target, headers=headers, required=required)


_CUSTOMER = _ref("customer", "customer", "客户", "客户名称", "公司", "公司名称", "所属客户", required=True)
_CUSTOMER_IF_ANY = _ref("customer", "customer", "客户", "客户名称", "公司名称", "所属客户")
_OPPORTUNITY = _ref("opportunity", "opportunity", "商机", "商机名称", "相关商机")
_PHONE = _text("phone", "电话", "手机", "手机号", "联系电话", "电话号码")
_OWNER_HEADERS = ("负责人", "归属人", "所有者", "销售", "跟进人", "业务员")
_OWNER = _ref("owner", "user", *_OWNER_HEADERS, required=True)

FIELDS: dict[str, tuple[Field, ...]] = {
    "stage": (
        _text("key", "阶段编号", "编号", required=True),
        _text("name", "阶段", "阶段名称", "名称", required=True),
        _of(Kind.WHOLE, "probability", "概率", "赢率", "成交概率", required=True),
    ),
    "user": (
        _text("id", "账号", "用户编号", "工号", "用户名", column="key", required=True),
        _text("name", "姓名", "名字", required=True),
        _one_of("role", tuple(Role), "角色", "权限"),
        _text("team", "团队", "小组", "部门", "销售组"),
        _text("wecom_userid", "企业微信账号", "企微账号", "企业微信"),
        Field(name="active", column="active", kind=Kind.FLAG, default=True, kept_in_extra=True),
    ),
    "customer": (
        _text("name", "客户", "客户名称", "公司", "公司名称", "企业名称", "名称", required=True),
        _of(Kind.TEXTS, "aliases", "别名", "简称", "客户简称"),
        _text("industry", "行业", "所属行业"),
        _text("region", "地区", "区域", "省份", "城市", "所在地"),
        _one_of("level", CUSTOMER_LEVELS, "等级", "级别", "客户等级", "客户级别"),
        _OWNER,
        _of(Kind.TEXTS, "tags", "标签", "客户标签"),
        _PHONE,
        _text("address", "地址", "公司地址", "详细地址"),
        _text("website", "网址", "网站", "官网"),
    ),
    "contact": (
        _CUSTOMER,
        _text("name", "姓名", "联系人", "联系人姓名", "名字", required=True),
        _text("title", "职位", "职务", "头衔"),
        _PHONE,
        _text("email", "邮箱", "电子邮箱", "邮件"),
        _text("role", "角色", "决策角色"),
    ),
    "product": (
        _text("name", "产品", "产品名称", "名称", "型号", required=True),
        _text("category", "类别", "分类", "产品类别"),
        _of(Kind.NUMBER, "list_price", "标价", "目录价", "单价", "价格", "报价"),
    ),
    "opportunity": (
        _text("name", "商机", "商机名称", "项目", "项目名称", "名称", required=True),
        _CUSTOMER,
        _ref("stage", "stage", "阶段", "销售阶段", "商机阶段", required=True),
        _of(Kind.NUMBER, "amount", "金额", "预计金额", "商机金额", "合同金额"),
        _of(Kind.DAY, "expected_close_date", "预计成交日期", "预计签约日期", "预计结单日期", "预计成交"),
        _OWNER,
        Field(
            name="products",
            column="product_ids",
            kind=Kind.REFS,
            target="product",
            headers=("产品", "产品名称", "意向产品"),
        ),
        _of(Kind.DAY, "closed_on", "成交日期", "结单日期", "关闭日期"),
        _text("lost_reason", "输单原因", "丢单原因"),
    ),
    "order": (
        _CUSTOMER,
        _ref("product", "product", "产品", "产品名称", "型号", required=True),
        _of(Kind.NUMBER, "quantity", "数量", required=True),
        _of(Kind.NUMBER, "amount", "金额", "订单金额", "总价", required=True),
        _of(Kind.DAY, "ordered_on", "日期", "下单日期", "订单日期", "采购日期", "购买日期", required=True),
    ),
    "lead": (
        _text("name", "姓名", "线索", "线索名称", "联系人", "名称", required=True),
        _text("company", "公司", "公司名称", "单位"),
        _PHONE,
        _text("source", "来源", "线索来源", "渠道"),
        _one_of("status", LEAD_STATUSES, "状态", "线索状态", default="new"),
        _ref("owner", "user", *_OWNER_HEADERS),
        Field(
            name="customer",
            column="customer_id",
            kind=Kind.REF,
            target="customer",
            headers=("客户",),
            kept_in_extra=True,
        ),
    ),
    "note": (
        _CUSTOMER,
        _ref("author", "user", "记录人", "作者", "销售", "负责人", required=True),
        _of(Kind.INSTANT, "occurred_at", "时间", "日期", "拜访时间", "沟通时间", "会议时间", required=True),
        _text("summary", "摘要", "内容", "纪要", "会议纪要", "沟通内容", required=True),
        _OPPORTUNITY,
        _of(Kind.TEXTS, "attendees", "参会人", "参与人", "对方人员"),
        _of(Kind.OBJECT, "details", "详情", "要点"),
    ),
    "task": (
        _CUSTOMER_IF_ANY,
        _OPPORTUNITY,
        _ref("lead", "lead", "线索"),
        _text("recurrence", "重复", "周期", "重复规则"),
        _text("title", "标题", "待办", "任务", "事项", "待办事项", "内容", required=True),
        _of(Kind.INSTANT, "due_at", "到期时间", "截止时间", "截止日期", "到期", "提醒时间"),
        _ref("assignee", "user", "执行人", "负责人", "指派给", required=True),
        _one_of("status", TASK_STATUSES, "状态", default="open"),
        _one_of("priority", TASK_PRIORITIES, "优先级", default="normal"),
        Field(name="completed_at", column="completed_at", kind=Kind.INSTANT, kept_in_extra=True),
    ),
    "interaction": (
        _CUSTOMER,
        _ref("user", "user", "销售", "记录人", "负责人", required=True),
        _text("kind", "方式", "类型", "沟通方式", required=True),
        _of(Kind.INSTANT, "occurred_at", "时间", "日期", "沟通时间", required=True),
        _text("summary", "内容", "摘要", "沟通内容", required=True),
    ),
}
"""Fields by record type, in the order in which the types can be loaded (what is referred to comes first)."""

PLURALS = {
    record_type: "opportunities" if record_type == "opportunity" else f"{record_type}s" for record_type in FIELDS
}
"""The name of a record type's list in `world.json`."""

HOUSEKEEPING = ("interaction",)
"""Record types that FORMAT.md does not count as changes and has no list for; exported under `extra`."""

NATURAL_KEY = {"user": "key", "stage": "key", "task": "title"}
"""The column that names a record, where it is not `name`."""


def key_column(record_type: str) -> str:
    """The column by which other records refer to one of this type."""
    return NATURAL_KEY.get(record_type, "name")


def longest(record_type: str, field: Field) -> int | None:
    """How many characters the field's column holds; None without limit."""
    length: int | None = getattr(RECORD_TABLES[record_type].c[field.column].type, "length", None)
    return length
