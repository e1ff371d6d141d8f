"""Echo a moment as a colleague would write it: 11月25日(下周三)15:00."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from intents.times.stretch import monday_of

_NEAR: Final = {-1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
_NEAR_ENGLISH: Final = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_WEEKS: Final = {-1: "上周", 0: "本周", 1: "下周"}
_WEEKS_ENGLISH: Final = {-1: "last ", 0: "this ", 1: "next "}
_WEEKDAYS: Final = "一二三四五六日"


def describe(when: datetime, *, now: datetime, has_hour: bool, language: str = "zh") -> str:
    """`when` seen from `now`, in Chinese or (language "en") in English; the year only if it is another one."""
    local = when.astimezone(now.tzinfo)
    if language.startswith("en"):
        return _english(local, now, has_hour)
    year = "" if local.year == now.year else f"{local.year}年"
    hour = f"{local:%H:%M}" if has_hour else ""
    return f"{year}{local.month}月{local.day}日({_day_name(local.date(), now.date())}){hour}"


def _day_name(day: date, today: date) -> str:
    weekday = _WEEKDAYS[day.weekday()]
    near = _NEAR.get((day - today).days)
    return f"{near} 周{weekday}" if near else f"{_WEEKS.get(_weeks_between(day, today), '周')}{weekday}"


def _english(local: datetime, now: datetime, has_hour: bool) -> str:
    year = "" if local.year == now.year else f" {local.year}"
    hour = f" {local:%H:%M}" if has_hour else ""
    day, today = local.date(), now.date()
    near = _NEAR_ENGLISH.get((day - today).days)
    name = f"{near}, {local:%a}" if near else f"{_WEEKS_ENGLISH.get(_weeks_between(day, today), '')}{local:%A}"
    return f"{local:%b} {local.day}{year} ({name}){hour}"


def _weeks_between(day: date, today: date) -> int:
    return (monday_of(day) - monday_of(today)) // timedelta(days=7)
