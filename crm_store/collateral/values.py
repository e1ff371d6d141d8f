"""Kinds of values: what a question asks for (how long, how much, who), and whether a sentence has one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crm_store.collateral.data import load_data

_NUMBER = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千半]+)万?"
_MEASURE = re.compile(
    "(?:多少|几)([杯袋包桶箱瓶盒辆间层楼倍页份名位部扇盏把根块粒颗株只匹尾亩轮趟场节门床盘匙串捆卷筐车船艘架枚])"
)
_MEASURED = "measure:"  # begins the name of a number with the asked measure word (几杯 → measure:杯)
_NOT_A_NAME = ("", "count", "number", "times", "money")


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueKind:
    """A kind of value: how it is asked for, what it looks like, and whether only a sentence with one answers."""

    name: str
    ask: re.Pattern[str]
    value: re.Pattern[str]
    strict: bool


def value_asked(text: str) -> str:
    """The name of the kind of value that a folded clause asks for; '' where it asks for none that is known."""
    known = next((kind.name for kind in value_kinds().values() if kind.ask.search(text)), "")
    measure = _MEASURE.search(text)
    return _MEASURED + measure[1] if measure and known in _NOT_A_NAME else known


def has_value(kind: str, text: str) -> bool:
    """Whether a folded sentence has a value of a kind; true for no kind."""
    if kind.startswith(_MEASURED):
        return re.search(rf"{_NUMBER} ?{kind[len(_MEASURED) :]}", text) is not None
    return not kind or value_kinds()[kind].value.search(text) is not None


def asked_by(kind: str, text: str) -> str:
    """The words by which a folded clause asks for a kind of value; a value of that kind says as much."""
    found = None if not kind or kind.startswith(_MEASURED) else value_kinds()[kind].ask.search(text)
    return found[0] if found else ""


def is_strict(kind: str) -> bool:
    """Whether only a sentence with such a value answers."""
    return bool(kind) and not kind.startswith(_MEASURED) and value_kinds()[kind].strict


@lru_cache(maxsize=1)
def value_kinds() -> dict[str, ValueKind]:
    """The kinds of values that ship with the program (data/values.yaml), in their order."""
    return {
        name: ValueKind(
            name=name,
            ask=re.compile(each["ask"]),
            value=re.compile(each["value"].replace("N", _NUMBER)),
            strict="loose" not in each,
        )
        for name, each in load_data("values").items()
    }
