"""Reading one field's value from the outside (JSON, CSV, xlsx) into what a record holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from crm_store.fields import Field, Kind
from crm_store.texts import is_storable

_SEPARATORS = re.compile(r"[,，、;；|]")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?")
_CHOICES = {
    "销售": "rep", "销售代表": "rep", "业务员": "rep", "经理": "manager", "销售经理": "manager", "主管": "manager",
    "管理员": "admin", "系统管理员": "admin",
    "未完成": "open", "进行中": "open", "待办": "open",
    "已完成": "done", "完成": "done", "已取消": "cancelled", "取消": "cancelled",
    "低": "low", "普通": "normal", "中": "normal", "一般": "normal", "高": "high", "紧急": "high",
    "新": "new", "新线索": "new", "未处理": "new",
    "跟进中": "working", "已跟进": "working", "有效": "qualified", "合格": "qualified",
    "已转化": "converted", "已转客户": "converted", "无效": "unqualified", "不合格": "unqualified",
}  # fmt: skip
_LARGEST = Decimal(10) ** 16  # hundredths of it still fit 64 bits


class BadValue(ValueError):
    """A value can't be what its field asks for; the message is the reason, in Chinese."""


def parse(field: Field, value: Any, *, longest: int | None, zone: ZoneInfo) -> Any:
    """The record's value of `field`; None for an empty one. References stay names. Raises BadValue."""
    if value is None or value == "":
        if field.required:
            raise BadValue("不能为空")
        return _EMPTY.get(field.kind, lambda: field.default)() if field.default is None else field.default
    if field.kind is Kind.TEXT:
        return _text(field, value, longest)
    if field.kind is Kind.INSTANT:
        return _instant(value, zone)
    return _PARSERS[field.kind](value)


def _text(field: Field, value: Any, longest: int | None) -> str:
    text = _name(value)
    if field.choices:
        text = text if text in field.choices else _CHOICES.get(text, text)
        if text not in field.choices:
            raise BadValue(f"只能是 {'、'.join(field.choices)},不能是“{text[:20]}”")
    if longest is not None and len(text) > longest:
        raise BadValue(f"最多 {longest} 个字,这里有 {len(text)} 个")
    return text


def _name(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet keeps a phone number as a float
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValue("应当是文字")
    text = str(value)
    if not is_storable(text):
        raise BadValue("有无法保存的字符(NUL 或不完整的字符)")
    return text


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise BadValue("应当是数字")
    try:
        number = Decimal(str(value).replace(",", "").replace("，", "").strip().lstrip("¥￥"))
    except InvalidOperation as error:
        raise BadValue(f"“{str(value)[:20]}”不是数字") from error
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise BadValue("数字太大")
    if number != number.quantize(Decimal("0.01")):
        raise BadValue("最多两位小数")
    return number


def _whole(value: Any) -> int:
    number = _number(str(value).rstrip("%") if isinstance(value, str) else value)
    if number != int(number) or not 0 <= number <= 100:
        raise BadValue("应当是 0 到 100 的整数")
    return int(number)


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DATE.match(str(value).strip())
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise BadValue(f"“{str(value)[:20]}”不是日期,应当像 2026-11-25") from error


def _instant(value: Any, zone: ZoneInfo) -> datetime:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time(), zone)
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(_iso(str(value).strip()))
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadValue(f"“{str(value)[:25]}”不是时间,应当像 2026-11-25 15:00") from error


def _iso(text: str) -> str:
    found = _DATE.match(text)
    if found is None:
        return text
    year, month, day = found.groups()
    rest = text[found.end() :].strip().lstrip("T").strip()
    rest = re.sub(r"^(\d):", r"0\1:", rest)
    return f"{year}-{int(month):02}-{int(day):02}" + (f"T{rest}" if rest else "")


def _texts(value: Any) -> tuple[str, ...]:
    parts = _SEPARATORS.split(value) if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise BadValue("应当是一列文字")
    names = (_name(part) for part in parts)
    return tuple(n.strip() for n in names if n.strip()) if isinstance(value, str) else tuple(names)


def _object(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise BadValue("应当是 JSON 对象") from error
    if not isinstance(value, dict):
        raise BadValue("应当是 JSON 对象")
    if not is_storable_json(value):
        raise BadValue("有无法保存的字符(NUL 或不完整的字符)")
    return value


def is_storable_json(value: Any) -> bool:
    """Whether every text in a JSON value can be stored."""
    if isinstance(value, str):
        return is_storable(value)
    if isinstance(value, dict):
        return all(is_storable(key) and is_storable_json(item) for key, item in value.items())
    return not isinstance(value, list) or all(map(is_storable_json, value))


def _flag(value: Any) -> bool:
    known = {"true": True, "1": True, "是": True, "启用": True, "false": False, "0": False, "否": False, "停用": False}
    found = known.get(str(value).strip().casefold())
    if found is None:
        raise BadValue("应当是 是 或 否")
    return found


_PARSERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
    Kind.DAY: _day,
    Kind.TEXTS: _texts,
    Kind.OBJECT: _object,
    Kind.FLAG: _flag,
    Kind.REF: _name,
    Kind.REFS: _texts,
}
_EMPTY: dict[Kind, Callable[[], Any]] = {Kind.TEXTS: tuple, Kind.REFS: tuple, Kind.OBJECT: dict}
