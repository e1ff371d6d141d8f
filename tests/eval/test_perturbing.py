"""Harmless changes of wording keep what a case expects, touch every kind of text they can, and repeat exactly."""

from __future__ import annotations

import pytest

from eval.perturbing import CHANGES, perturbed
from eval.suite import Case, Expect, Turn


def case(*said: str) -> Case:
    turns = [Turn(say=text, expect=Expect(outcome=["done"])) for text in said]
    return Case(id="c1", world="w", user="u", turns=turns)


def said(cases: list[Case]) -> list[str]:
    return [turn.words for one in cases for turn in one.turns]


@pytest.mark.parametrize("kind", sorted(CHANGES))
def test_a_change_is_the_same_for_the_same_seed_and_keeps_the_expectations(kind: str) -> None:
    cases = [case("明天三点,提醒我给越州打电话", "改到四点,后天")]
    once, again = perturbed(cases, kind, 3), perturbed(cases, kind, 3)
    assert said(once) == said(again) != said(cases)
    assert [turn.expect for turn in once[0].turns] == [turn.expect for turn in cases[0].turns]


def test_numbers_keep_their_points_and_commas() -> None:
    assert said(perturbed([case("报价1,200.5,下周发")], "unpunctuated")) == ["报价1,200.5下周发"]


def test_a_question_is_not_closed_with_a_particle() -> None:
    assert perturbed([case("今天有几件事吗")], "closed") == []


@pytest.mark.parametrize("text", ["2", "Book a call", "…"])
def test_what_cannot_be_changed_harmlessly_is_left_out(text: str) -> None:
    assert perturbed([case(text)], "opened") == []


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        perturbed([case("明天提醒我")], "shouted")
