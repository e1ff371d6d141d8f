"""The customer of a command is said otherwise, only where a command names one, and the same way for the same seed."""

from __future__ import annotations

from typing import Any

import pytest

from eval.renaming import RENAMES, renamed
from eval.suite import Case, Expect, ExpectedChange, Turn

WORLD: dict[str, Any] = {
    "customers": [{"name": "枫桥艺术学校", "aliases": ["枫桥学校"]}, {"name": "云岫剧院有限公司", "aliases": ["云岫"]}]
}
TASK = ExpectedChange(op="create", type="task", record={"customer": "枫桥艺术学校"})


def case(text: str, *changes: ExpectedChange) -> Case:
    return Case(id="c1", world="w", user="u", turns=[Turn(say=text, expect=Expect(changes=list(changes)))])


def said(cases: list[Case]) -> list[str]:
    return [turn.words for one in cases for turn in one.turns]


@pytest.mark.parametrize("kind", sorted(RENAMES))
def test_a_renaming_is_the_same_for_the_same_seed_and_leaves_the_other_words(kind: str) -> None:
    cases = [case("明天三点给枫桥学校打电话", TASK)]
    once = said(renamed(cases, WORLD, kind, 5))
    assert once == said(renamed(cases, WORLD, kind, 5))
    assert once[0].startswith("明天三点给")
    assert once[0].endswith("打电话")
    assert "枫桥学校" not in once[0]


def test_nothing_may_be_written_for_a_stranger() -> None:
    (one,) = renamed([case("给枫桥学校打电话", TASK)], WORLD, "stranger")
    assert one.turns[0].expect.changes == []


def test_a_misheard_name_expects_what_the_case_expects() -> None:
    (one,) = renamed([case("给枫桥学校打电话", TASK)], WORLD, "misheard")
    assert one.turns[0].expect.changes == [TASK]


@pytest.mark.parametrize(
    "one",
    [
        case("给枫桥学校和云岫打电话", TASK),
        case("给他打电话", TASK),
        case("枫桥学校有几个单子"),
        case("新客户枫桥学校", ExpectedChange(op="create", type="customer", record={"name": "枫桥学校"})),
    ],
)
def test_what_names_no_single_customer_to_write_for_is_left_out(one: Case) -> None:
    assert renamed([one], WORLD, "stranger") == []
