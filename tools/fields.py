"""The fields of each record type as users see them: label, order, and how a value is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crm_store.records import Record
from tools.base import View
from tools.cards import Fact, RecordLink
from tools.naming import REFERENCES, Names
from tools.recurrence import in_words
from tools.wording import (
    DETAIL,
    INTERACTION,
    LEAD_STATUS,
    PRIORITY,
    TASK_STATUS,
    day,
    listed,
    moment,
    money,
    plain,
    word,
)

Writer = Callable[[Any, Names, View], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One field: its labels, and how its value is written; `usual` is a value not worth showing in a new record."""

    name: str
    zh: str
    en: str
    write: Writer = lambda value, names, view: str(value)
    usual: object = None

    def text(self, record: Record, names: Names, view: View) -> str:
        """The field's value in words; '' where it is empty."""
        value = getattr(record, self.name)
        return "" if value is None or value in ((), {}, "") else self.write(value, names, view)

    def label(self, view: View) -> str:
        """The field's label."""
        return view.say(self.zh, self.en)

    def link(self, record: Record, names: Names) -> RecordLink | None:
        """The record that the field refers to."""
        kind = REFERENCES.get(self.name)
        value = getattr(record, self.name)
        return names.link(kind, value) if kind in _LINKED and isinstance(value, int) else None


_LINKED = ("customer", "opportunity", "lead")


def _name(record_type: str) -> Writer:
    return lambda value, names, view: names.of(record_type, value)


def _names(value: Any, names: Names, view: View) -> str:
    return listed([names.of("product", one) for one in value], view)


def _words(value: Any, names: Names, view: View) -> str:
    return listed(value, view)


def _table(table: dict[str, tuple[str, str]]) -> Writer:
    return lambda value, names, view: word(table, value, view)


def _details(value: Any, names: Names, view: View) -> str:
    return view.say(";", "; ").join(f"{word(DETAIL, key, view)}: {text}" for key, text in value.items())


def _day(value: Any, names: Names, view: View) -> str:
    return day(value, view)


def _moment(value: Any, names: Names, view: View) -> str:
    return moment(value, view)


def _money(value: Any, names: Names, view: View) -> str:
    return money(value, view)


def _plain(value: Any, names: Names, view: View) -> str:
    return plain(value)


def _rule(value: Any, names: Names, view: View) -> str:
    return in_words(value, view)


_CUSTOMER = Shown("customer_id", "客户", "customer", _name("customer"))
_OPPORTUNITY = Shown("opportunity_id", "商机", "opportunity", _name("opportunity"))
_OWNER = Shown("owner_id", "负责人", "owner", _name("user"))
_NAME = Shown("name", "名称", "name")
_PHONE = Shown("phone", "电话", "phone")

FIELDS: dict[str, tuple[Shown, ...]] = {
    "customer": (
        _NAME,
        Shown("aliases", "简称", "aliases", _words),
        Shown("level", "等级", "level"),
        Shown("industry", "行业", "industry"),
        Shown("region", "地区", "region"),
        _OWNER,
        Shown("tags", "标签", "tags", _words),
        _PHONE,
        Shown("address", "地址", "address"),
        Shown("website", "网站", "website"),
        Shown("merged_into_id", "并入", "merged into", _name("customer")),
    ),
    "contact": (
        Shown("name", "姓名", "name"),
        _CUSTOMER,
        Shown("title", "职务", "title"),
        _PHONE,
        Shown("email", "邮箱", "email"),
        Shown("role", "角色", "role"),
    ),
    "opportunity": (
        _NAME,
        _CUSTOMER,
        Shown("stage_id", "阶段", "stage", _name("stage")),
        Shown("amount", "金额", "amount", _money),
        Shown("expected_close_date", "预计签约", "expected close", _day),
        Shown("product_ids", "产品", "products", _names),
        _OWNER,
        Shown("closed_on", "结束日期", "closed on", _day),
        Shown("lost_reason", "输单原因", "lost reason"),
    ),
    "order": (
        _CUSTOMER,
        Shown("product_id", "产品", "product", _name("product")),
        Shown("quantity", "数量", "quantity", _plain),
        Shown("amount", "金额", "amount", _money),
        Shown("ordered_on", "日期", "date", _day),
    ),
    "note": (
        _CUSTOMER,
        Shown("occurred_at", "时间", "time", _moment),
        Shown("summary", "内容", "summary"),
        _OPPORTUNITY,
        Shown("attendees", "参与人", "attendees", _words),
        Shown("details", "要点", "details", _details),
    ),
    "task": (
        Shown("title", "事项", "title"),
        _CUSTOMER,
        _OPPORTUNITY,
        Shown("lead_id", "线索", "lead", _name("lead")),
        Shown("due_at", "时间", "due", _moment),
        Shown("recurrence", "重复", "repeats", _rule),
        Shown("assignee_id", "负责人", "assignee", _name("user")),
        Shown("priority", "优先级", "priority", _table(PRIORITY), usual="normal"),
        Shown("status", "状态", "status", _table(TASK_STATUS), usual="open"),
    ),
    "lead": (
        Shown("name", "姓名", "name"),
        Shown("company", "公司", "company"),
        _PHONE,
        Shown("source", "来源", "source"),
        Shown("status", "状态", "status", _table(LEAD_STATUS)),
        _OWNER,
        Shown("customer_id", "转为客户", "customer", _name("customer")),
    ),
    "interaction": (
        _CUSTOMER,
        Shown("kind", "方式", "kind", _table(INTERACTION)),
        Shown("occurred_at", "时间", "time", _moment),
        Shown("summary", "内容", "summary"),
    ),
    "product": (
        _NAME,
        Shown("category", "类别", "category"),
        Shown("list_price", "目录价", "list price", _money),
    ),
    "user": (
        Shown("name", "姓名", "name"),
        Shown("role", "角色", "role"),
        Shown("team", "团队", "team"),
    ),
}


def field_of(record_type: str, name: str) -> Shown | None:
    """The field of that name, or None where users don't see it."""
    return next((shown for shown in FIELDS.get(record_type, ()) if shown.name == name), None)


def facts_of(record_type: str, record: Record, names: Names, view: View) -> tuple[Fact, ...]:
    """All filled fields of a record."""
    return tuple(
        Fact(label=shown.label(view), value=text, link=shown.link(record, names))
        for shown in FIELDS.get(record_type, ())
        if (text := shown.text(record, names, view)) and getattr(record, shown.name) != shown.usual
    )


def changed_facts(record_type: str, before: Record, after: Record, names: Names, view: View) -> tuple[Fact, ...]:
    """The fields that differ, old value and new."""
    return tuple(
        Fact(
            label=shown.label(view),
            value=shown.text(after, names, view) or view.say("无", "none"),
            before=shown.text(before, names, view) or view.say("无", "none"),
            link=shown.link(after, names),
        )
        for shown in FIELDS.get(record_type, ())
        if getattr(before, shown.name) != getattr(after, shown.name)
    )
