"""Patterns that are compiled when first used behave as compiled ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from intents import patterns

TEXT = "改到3号,不,4号"
USES: dict[str, Callable[[Any], object]] = {
    "search": lambda p: p.search(TEXT)[0],
    "search from": lambda p: p.search(TEXT, 4).span(),
    "search between": lambda p: p.search(TEXT, 4, 6),
    "match": lambda p: p.match(TEXT, 2)[0],
    "fullmatch": lambda p: p.fullmatch("5号").groups(),
    "sub": lambda p: p.sub("X", TEXT, 1),
    "findall": lambda p: p.findall(TEXT),
    "finditer": lambda p: [found.span() for found in p.finditer(TEXT)],
    "split": lambda p: p.split(TEXT),
    "pattern": lambda p: p.pattern,
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_a_lazy_pattern_is_used_as_a_compiled_one(use: Callable[[Any], object]) -> None:
    source = r"(\d)号"
    assert use(patterns.compile(source)) == use(re.compile(source))


def test_flags_count() -> None:
    assert patterns.compile("ok", patterns.I).fullmatch("OK")
    assert not patterns.compile("ok").fullmatch("OK")


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile

    def counted(source: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(source)
        return real(source, flags)

    monkeypatch.setattr(re, "compile", counted)
    lazy = patterns.compile("待办|任务")
    assert compiled == []
    assert lazy.search("建个待办") is not None
    assert lazy.match("任务") is not None
    assert compiled == ["待办|任务"]


def test_what_a_pattern_does_not_have_is_an_error() -> None:
    with pytest.raises(AttributeError):
        patterns.compile("a").scanner("a")  # type: ignore[attr-defined]
