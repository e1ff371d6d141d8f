"""Each rule of scoring, on results made by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from eval.results import CaseResult, TurnResult
from eval.scoring import percentile, score_case, score_suite, score_turn, totals, totals_by_tag
from eval.suite import Case, Expect
from tests.eval.world import case

CREATED = {"op": "create", "type": "task", "record": {"title": "甲"}, "before": None}
LOSING = {"op": "update", "type": "opportunity", "record": {"stage": "lost"}, "before": {"stage": "talk"}}
WANTED = {"op": "create", "type": "task", "record": {"title": "甲"}}


def got(outcome: str = "answered", **rest: Any) -> TurnResult:
    return TurnResult.model_validate({"say": "…", "outcome": outcome, **rest})


def expect(**rest: Any) -> Expect:
    return Expect.model_validate(rest)


HOLDS = [
    pytest.param({}, got(), id="nothing expected"),
    pytest.param({"changes": []}, got(), id="no changes"),
    pytest.param({"changes": [WANTED]}, got("done", changes=[CREATED]), id="these changes"),
    pytest.param({"outcome": ["asked", "refused"]}, got("refused"), id="one of the outcomes"),
    pytest.param({"outcome": ["failed"]}, got("failed", error="no weights"), id="a failure that is expected"),
    pytest.param({"reply_has": ["Ab", ["x", "CD"]]}, got(reply="abcd"), id="texts of the reply"),
    pytest.param({"reply_lacks": ["x"]}, got(reply="abcd"), id="texts that the reply lacks"),
    pytest.param({"cites": ["x", "Lease"]}, got(citations=[{"document": "guides/lease"}]), id="one of the documents"),
    pytest.param({"cites": ["lease"]}, got(citations=[{"document": "lease.md"}]), id="a document with its ending"),
    pytest.param({"options_has": ["甲"]}, got(options=[{"label": "甲公司", "value": "1"}]), id="an option's label"),
    pytest.param({"options_has": ["甲"]}, got(options=[{"label": "1", "value": "甲公司"}]), id="an option's value"),
]
FAILS = [
    pytest.param({"changes": []}, got("done", changes=[CREATED]), "wrong write", id="a change too many"),
    pytest.param({"changes": [WANTED]}, got(), "not done", id="a change too few"),
    pytest.param({"outcome": ["asked"]}, got("done"), "outcome is done", id="another outcome"),
    pytest.param({"reply_has": ["x"]}, got(reply="abcd"), "reply lacks 'x'", id="a text is missing"),
    pytest.param({"reply_has": [["x", "y"]]}, got(reply="abcd"), "reply lacks", id="all of the texts are missing"),
    pytest.param({"reply_lacks": ["AB"]}, got(reply="abcd"), "reply has 'AB'", id="a text that must not be there"),
    pytest.param({"cites": ["lease"]}, got(), "cites none of lease", id="no document cited"),
    pytest.param({"cites": ["lease"]}, got(citations=[{"document": "lease-plan"}]), "cites", id="another document"),
    pytest.param({"options_has": ["甲"]}, got(reply="甲"), "no option has '甲'", id="no such option"),
    pytest.param({}, got("failed", error="no weights"), "no weights", id="an error"),
]


@pytest.mark.parametrize(("expected", "result"), HOLDS)
def test_a_turn_holds(expected: dict[str, Any], result: TurnResult) -> None:
    assert score_turn(expect(**expected), result).reasons == ()


@pytest.mark.parametrize(("expected", "result", "reason"), FAILS)
def test_a_turn_fails_with_the_reason(expected: dict[str, Any], result: TurnResult, reason: str) -> None:
    (said,) = score_turn(expect(**expected), result).reasons
    assert reason in said


def test_wrong_writes_are_counted_before_and_after_confirmation_apart() -> None:
    result = got("pending", changes=[CREATED, LOSING, LOSING], confirmed=True, confirmed_changes=[1, 2])
    score = score_turn(expect(changes=[]), result)
    assert (score.wrong_before, score.wrong_after) == (1, 2)


def test_results_that_do_not_say_count_all_of_a_confirmed_turn_as_after() -> None:
    score = score_turn(expect(changes=[]), got("pending", changes=[CREATED], confirmed=True))
    assert (score.wrong_before, score.wrong_after) == (0, 1)


def test_a_field_that_nobody_asked_for_is_a_wrong_write() -> None:
    change = {"op": "update", "type": "task", "record": {"title": "乙", "priority": "low"}, "before": {"title": "甲"}}
    expected = expect(changes=[{"op": "update", "type": "task", "record": {"title": "乙"}}])
    score = score_turn(expected, got("done", changes=[change]))
    assert (score.wrong_before, score.reasons) == (1, ("wrong write: task field priority was not asked for",))


def test_a_change_that_did_not_happen_is_no_wrong_write() -> None:
    assert score_turn(expect(changes=[WANTED]), got()).wrong_before == 0


def test_an_optional_change_is_no_wrong_write() -> None:
    expected = expect(changes=[{**WANTED, "optional": True}])
    assert score_turn(expected, got("done", changes=[CREATED])).wrong_before == 0


def updating(kind: str, match: str = "", **record: Any) -> dict[str, Any]:
    return {"op": "update", "type": kind, "record": record, **({"match": {"title": match}} if match else {})}


NEEDLESS = [
    pytest.param([WANTED], None, True, id="a creation"),
    pytest.param([WANTED], ["done"], True, id="a creation that shall be done"),
    pytest.param([WANTED], ["done", "pending"], False, id="a hold that is allowed"),
    pytest.param([updating("opportunity", stage="won")], None, True, id="winning"),
    pytest.param([updating("opportunity", amount=1)], None, True, id="an amount"),
    pytest.param([updating("opportunity", stage="lost")], None, False, id="losing"),
    pytest.param([{"op": "delete", "type": "task"}], None, False, id="deleting"),
    pytest.param([updating("customer", owner="mili")], None, False, id="another owner"),
    pytest.param([updating("task", "甲", due_at="2026-01-01"), updating("task", "乙", due_at="2026-01-02")], None,
                 False, id="one field of several records"),
    pytest.param([updating("task", status="done"), updating("opportunity", stage="won")], None, True,
                 id="two commands in one message"),
    pytest.param([WANTED, {"op": "delete", "type": "task", "optional": True}], None, True, id="an optional deletion"),
    pytest.param([], None, False, id="no change expected"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "outcome", "needless"), NEEDLESS)
def test_a_hold_is_needless_where_nothing_had_to_be_held(
    changes: list[dict[str, Any]], outcome: list[str] | None, needless: bool
) -> None:
    expected = expect(changes=changes, outcome=outcome)
    assert score_turn(expected, got("pending", confirmed=True)).needless_hold is needless
    assert score_turn(expected, got("done")).needless_hold is False


def test_taking_what_nobody_owns_needs_no_confirmation() -> None:
    taken = {"op": "update", "type": "lead", "record": {"owner": "mili"}, "before": {"owner": None}}
    expected = expect(changes=[updating("lead", owner="mili")])
    assert score_turn(expected, got("pending", changes=[taken], confirmed=True)).needless_hold is True


def played(case_id: str, *turns: TurnResult, error: str | None = None) -> CaseResult:
    return CaseResult(id=case_id, turns=list(turns), error=error)


def of(plain: dict[str, Any]) -> Case:
    return Case.model_validate(plain)


def test_a_case_passes_when_every_turn_holds() -> None:
    asked = of(case("a") | {"turns": [{"say": "好"}, {"say": "好", "expect": {"outcome": ["done"]}}]})
    assert score_case(asked, played("a", got(), got("done"))).passed
    assert not score_case(asked, played("a", got("done"), got())).passed


@pytest.mark.parametrize(
    ("result", "error"),
    [
        (None, "no result"),
        (played("a", error="no such user"), "no such user"),
        (played("a", got()), "1 of 2 turns were played"),
    ],
)
def test_a_case_that_was_not_played_to_its_end_fails(result: CaseResult | None, error: str) -> None:
    score = score_case(of(case("a", "好", "好")), result)
    assert (score.passed, score.error) == (False, error)


def test_a_task_created_in_an_earlier_turn_counts_as_taken_back_when_cancelled() -> None:
    record = {"title": "甲", "status": "cancelled"}
    cancelled = {"op": "update", "type": "task", "record": record, "before": {"title": "甲"}}
    turns = [{"say": "记"}, {"say": "撤", "expect": {"changes": [{"op": "delete", "type": "task"}]}}]
    result = played("a", got("done", changes=[CREATED]), got("done", changes=[cancelled]))
    assert score_case(of(case("a") | {"turns": turns}), result).passed


def test_figures_are_for_all_and_for_each_tag() -> None:
    cases = [
        of(case("a", "好", tags=["task", "date"])),
        of(case("b", tags=["task"]) | {"turns": [{"say": "好", "expect": {"changes": []}}]}),
    ]
    results = {
        "a": played("a", got(latency_ms=2.0)),
        "b": played("b", got("pending", changes=[CREATED, CREATED], confirmed_changes=[1], latency_ms=4.0)),
    }
    scores = score_suite(cases, results)
    everything = totals(scores)
    assert (everything.cases, everything.passed, everything.wrong_before, everything.wrong_after) == (2, 1, 1, 1)
    assert (everything.p50_ms, everything.p99_ms) == (2.0, 4.0)
    by_tag = totals_by_tag(scores)
    assert {tag: figures.passed for tag, figures in by_tag.items()} == {"task": 1, "date": 1}
    assert [*by_tag] == ["task", "date"]


@pytest.mark.parametrize(("percent", "value"), [(50, 50.0), (99, 99.0), (100, 100.0), (1, 1.0)])
def test_percentiles_are_nearest_ranks(percent: float, value: float) -> None:
    assert percentile([float(n) for n in range(1, 101)], percent) == value


def test_nothing_has_no_percentile() -> None:
    assert math.isnan(percentile([], 50))
