"""How money, days, times and the words of the CRM are written, in Chinese and in English."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tools.base import View

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)

TYPES = {
    "customer": ("客户", "customer"),
    "contact": ("联系人", "contact"),
    "opportunity": ("商机", "opportunity"),
    "order": ("订单", "order"),
    "note": ("纪要", "note"),
    "task": ("待办", "task"),
    "lead": ("线索", "lead"),
    "interaction": ("互动", "interaction"),
    "product": ("产品", "product"),
    "user": ("同事", "user"),
    "stage": ("阶段", "stage"),
}
TASK_STATUS = {"open": ("未完成", "open"), "done": ("已完成", "done"), "cancelled": ("已取消", "cancelled")}
PRIORITY = {"low": ("低", "low"), "normal": ("普通", "normal"), "high": ("高", "high")}
LEAD_STATUS = {
    "new": ("新线索", "new"),
    "working": ("跟进中", "working"),
    "qualified": ("已确认", "qualified"),
    "converted": ("已转客户", "converted"),
    "unqualified": ("已作废", "unqualified"),
}
ROLE = {"rep": ("销售", "rep"), "manager": ("经理", "manager"), "admin": ("管理员", "admin")}
INTERACTION = {
    "call": ("电话", "call"),
    "message": ("消息", "message"),
    "visit": ("拜访", "visit"),
    "email": ("邮件", "email"),
}
DETAIL = {
    "needs": ("需求", "needs"),
    "budget": ("预算", "budget"),
    "competitor": ("竞争对手", "competitor"),
    "decisions": ("结论", "decisions"),
    "next_steps": ("下一步", "next steps"),
}
OPPORTUNITY_STATUS = {
    "open": ("在跟", "open"),
    "won": ("赢单", "won"),
    "lost": ("输单", "lost"),
    "closed": ("已结束", "closed"),
    "all": ("全部", "all"),
}


def word(table: dict[str, tuple[str, str]], key: str | None, view: View) -> str:
    """The wording of a key; a key that the table does not know is shown as it is."""
    return "" if key is None else view.say(*table.get(key, (key, key)))


def money(amount: Decimal | None, view: View) -> str:
    """Yuan, exactly: 136万 where at most two decimals of 万 say all of it, else 185,250元; 1,360,000 in English."""
    if amount is None:
        return view.say("未填", "not set")
    if view.language == "en":
        return f"CNY {grouped(amount)}"
    if abs(amount) >= _YI and (amount / _YI) % Decimal("0.01") == 0:
        return f"{plain(amount / _YI)}亿({grouped(amount)}元)"
    if abs(amount) >= _WAN and amount % 100 == 0:
        return f"{plain(amount / _WAN)}万"
    return f"{grouped(amount)}元"


def grouped(amount: Decimal) -> str:
    """A number with thousands separators, and its decimals where it has any."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float) -> str:
    """A share between 0 and 1 as a percentage."""
    return f"{share * 100:.1f}".rstrip("0").rstrip(".") + "%"


def day(value: date, view: View) -> str:
    """A date with its weekday, the year only where it isn't this one: 11月25日(周三), Nov 25 (Wed)."""
    other_year = value.year != view.now.astimezone(view.zone).year
    if view.language == "en":
        text = f"{_MONTHS_EN[value.month - 1]} {value.day}{f', {value.year}' if other_year else ''}"
        return f"{text} ({_WEEKDAYS_EN[value.weekday()]})"
    text = f"{value.year}年" if other_year else ""
    return f"{text}{value.month}月{value.day}日(周{_WEEKDAYS_ZH[value.weekday()]})"


def moment(value: datetime, view: View) -> str:
    """A time in the zone people speak in: 11月25日(周三)15:00."""
    local = value.astimezone(view.zone)
    gap = " " if view.language == "en" else ""
    return f"{day(local.date(), view)}{gap}{local:%H:%M}"


def span(begin: date | None, end: date | None, view: View) -> str:
    """A period of whole days, both included, one side possibly open; '' when both are."""
    if begin is not None and begin == end:
        return day(begin, view)
    if begin is not None and end is not None:
        return view.say(f"{day(begin, view)}至{day(end, view)}", f"{day(begin, view)} to {day(end, view)}")
    if begin is not None:
        return view.say(f"{day(begin, view)}起", f"from {day(begin, view)}")
    return view.say(f"{day(end, view)}及以前", f"by {day(end, view)}") if end is not None else ""


def listed(words: tuple[str, ...] | list[str], view: View) -> str:
    """Words one after the other."""
    return view.say("、", ", ").join(words)


def counted(count: int, record_type: str, view: View) -> str:
    """A number of records: 3 条待办, 3 tasks."""
    zh, en = TYPES[record_type]
    unit = {"customer": "家", "contact": "位", "opportunity": "个", "product": "个"}.get(record_type, "条")
    plural = en if count == 1 else (f"{en[:-1]}ies" if en.endswith("y") else f"{en}s")
    return view.say(f"{count} {unit}{zh}", f"{count} {plural}")


def shortened(text: str, length: int = 60) -> str:
    """The beginning of a text."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
