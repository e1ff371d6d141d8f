"""Recurring tasks: what an RRULE says, in words, and when it comes next (RFC 5545, read by dateutil)."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from tools.base import View

_UNITS = {
    "DAILY": ("天", "day"),
    "WEEKLY": ("周", "week"),
    "MONTHLY": ("个月", "month"),
    "YEARLY": ("年", "year"),
    "HOURLY": ("小时", "hour"),
}
_DAYS = {"MO": "一", "TU": "二", "WE": "三", "TH": "四", "FR": "五", "SA": "六", "SU": "日"}
_DAYS_EN = {"MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun"}
_LAST_DAY = "-1"


def normal(rule: str) -> str:
    """The rule without its 'RRULE:' prefix, in capitals. Raises ValueError when it is not one."""
    from dateutil.rrule import rrulestr

    text = rule.strip().upper().removeprefix("RRULE:")
    if "\n" in text or not text:
        raise ValueError("not one RRULE")
    if "SECONDLY" in text or "MINUTELY" in text:
        raise ValueError("too often for a task")
    rrulestr(text, dtstart=datetime(2000, 1, 1))  # noqa: DTZ001  (only whether it parses; rules are local time)
    return text


def following(rule: str, due_at: datetime, now: datetime, zone: ZoneInfo) -> tuple[datetime, str] | None:
    """The next occurrence after both `due_at` and `now`, and the rule from there on; None when the rule has ended.

    The rule runs in local time, so that 16:00 stays 16:00; a COUNT is lowered by the occurrences that have passed.
    """
    from dateutil.rrule import rrulestr

    start = due_at.astimezone(zone).replace(tzinfo=None)
    after = max(start, now.astimezone(zone).replace(tzinfo=None))
    for passed, occurrence in enumerate(rrulestr(_floating(rule), dtstart=start)):
        if occurrence > after:
            return occurrence.replace(tzinfo=zone), _lowered(rule, passed)
    return None


def _floating(rule: str) -> str:
    """UNTIL without its zone mark, since dateutil wants it to match a local start."""
    return re.sub(r"(UNTIL=\d{8}T\d{6})Z", r"\1", rule)


def _lowered(rule: str, passed: int) -> str:
    return re.sub(r"COUNT=(\d+)", lambda found: f"COUNT={max(int(found[1]) - passed, 1)}", rule)


def in_words(rule: str, view: View) -> str:
    """A rule as people say it: 每周五, 每 2 周(周五), 每月 1 日; an unusual rule is shown as it is."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    unit = _UNITS.get(parts.get("FREQ", ""))
    if unit is None:
        return rule
    every = int(parts.get("INTERVAL", "1"))
    text = _base(every, unit, view)
    on = _on(parts, view)
    if on:
        joined = f"{text}{on}" if every == 1 and view.language != "en" else f"{text} ({on})"
        text = joined.replace("每周周", "每周")
    return text + _limit(parts, view)


def _base(every: int, unit: tuple[str, str], view: View) -> str:
    if every == 1:
        return view.say(f"每{unit[0].removeprefix('个')}", f"every {unit[1]}")
    return view.say(f"每 {every} {unit[0]}", f"every {every} {unit[1]}s")


def _on(parts: dict[str, str], view: View) -> str:
    if "BYDAY" in parts:
        return _weekdays(parts["BYDAY"].split(","), view)
    days = parts.get("BYMONTHDAY", "").split(",")
    names = [view.say("最后一天", "last day") if d == _LAST_DAY else view.say(f"{d} 日", f"day {d}") for d in days if d]
    month = parts.get("BYMONTH")
    prefix = view.say(f"{month} 月 ", f"month {month}, ") if month else ""
    return prefix + view.say("、", ", ").join(names)


def _weekdays(codes: list[str], view: View) -> str:
    if set(codes) == {"MO", "TU", "WE", "TH", "FR"}:
        return view.say("工作日", "weekdays").removeprefix("每")
    names = [_weekday(code, view) for code in codes]
    return ", ".join(names) if view.language == "en" else "周" + "、".join(names)


def _weekday(code: str, view: View) -> str:
    nth, name = code[:-2], code[-2:]
    if view.language == "en":
        return f"{nth} {_DAYS_EN.get(name, name)}".strip()
    return f"{_DAYS.get(name, name)}" + (f"(第 {nth} 个)" if nth else "")


def _limit(parts: dict[str, str], view: View) -> str:
    if "COUNT" in parts:
        return view.say(f",共 {parts['COUNT']} 次", f", {parts['COUNT']} times")
    until = parts.get("UNTIL", "")[:8]
    return view.say(f",到 {until}", f", until {until}") if until else ""
