"""Records and changes are compared as FORMAT.md says."""

from __future__ import annotations

from typing import Any

import pytest

from eval.matching import fields_hold, pair_changes, unasked_fields
from eval.results import ActualChange
from eval.suite import ExpectedChange

FIELDS = [
    pytest.param({"name": "ACME"}, {"name": "acme"}, True, id="texts without regard to case"),
    pytest.param({"name": "Acm"}, {"name": "acme"}, False, id="a part is not the whole"),
    pytest.param({"name~": "Cm"}, {"name": "acme"}, True, id="contained"),
    pytest.param({"name~": ["x", "CM"]}, {"name": "acme"}, True, id="any one of several contained"),
    pytest.param({"name~": ["x", "y"]}, {"name": "acme"}, False, id="none of several contained"),
    pytest.param({"name~": "x"}, {"name": None}, False, id="nothing contains nothing"),
    pytest.param({"tags~": "重点"}, {"tags": ["一般", "重点培育"]}, True, id="contained in one of a list"),
    pytest.param({"details~": "12万"}, {"details": {"budget": "约12万"}}, True, id="contained in an object"),
    pytest.param({"tags": ["B", "a"]}, {"tags": ["A", "b"]}, True, id="lists without regard to order"),
    pytest.param({"tags": ["a"]}, {"tags": ["a", "a"]}, False, id="lists count"),
    pytest.param({"amount": 64000}, {"amount": 64000.0}, True, id="numbers by value"),
    pytest.param({"amount": 64000}, {"amount": 64000.5}, False, id="another number"),
    pytest.param({"amount": 64000}, {"amount": "64000"}, False, id="a number is no text"),
    pytest.param({"customer": None}, {"customer": None}, True, id="none"),
    pytest.param({"customer": None}, {}, True, id="absent is none"),
    pytest.param({"tags": []}, {"tags": None}, True, id="empty is none"),
    pytest.param({"customer": None}, {"customer": "甲"}, False, id="something is not none"),
    pytest.param({"due_at": "2026-11-25T15:00"}, {"due_at": "2026-11-25T15:00:00+08:00"}, True, id="minute"),
    pytest.param({"due_at": "2026-11-25T15:00"}, {"due_at": "2026-11-25T15:00:41+08:00"}, True, id="seconds"),
    pytest.param({"due_at": "2026-11-25T15:00"}, {"due_at": "2026-11-25T15:01:00+08:00"}, False, id="another minute"),
    pytest.param({"due_at": "2026-11-25"}, {"due_at": "2026-11-25T23:59:00+08:00"}, True, id="any time of the day"),
    pytest.param({"due_at": "2026-11-25"}, {"due_at": "2026-11-26T00:00:00+08:00"}, False, id="another day"),
    pytest.param({"due_at": "2026-11-25T07:00Z"}, {"due_at": "2026-11-25T15:00:00+08:00"}, True, id="another offset"),
    pytest.param({"due_at": None}, {"due_at": "2026-11-25T15:00:00+08:00"}, False, id="no time"),
    pytest.param({"expected_close_date": "2026-11-25"}, {"expected_close_date": "2026-11-25"}, True, id="a date"),
]


@pytest.mark.parametrize(("wanted", "record", "holds"), FIELDS)
def test_a_field_holds(wanted: dict[str, Any], record: dict[str, Any], holds: bool) -> None:
    assert fields_hold(wanted, record) is holds


def create(**record: Any) -> ActualChange:
    return ActualChange(op="create", type="task", record=record)


def update(kind: str, before: dict[str, Any], **after: Any) -> ActualChange:
    return ActualChange(op="update", type=kind, record={**before, **after}, before=before)


def want(op: str, kind: str = "task", **rest: Any) -> ExpectedChange:
    return ExpectedChange.model_validate({"op": op, "type": kind, **rest})


def test_expected_and_actual_changes_are_paired_whatever_their_order() -> None:
    loose, strict = want("create", record={"title~": "电话"}), want("create", record={"title~": "报价"})
    actual = [create(title="电话报价"), create(title="打电话")]
    assert pair_changes([loose, strict], actual).pairs == ((0, 1), (1, 0))


def test_what_is_left_over_on_either_side_is_told() -> None:
    pairing = pair_changes([want("create", record={"title": "甲"})], [create(title="乙")])
    assert (pairing.missing, pairing.unexpected) == ((0,), (0,))


def test_a_change_is_needed_for_each_expectation() -> None:
    twice = [want("create", record={"title": "甲"})] * 2
    assert pair_changes(twice, [create(title="甲")]).missing == (1,)


@pytest.mark.parametrize("actual", [[], [create(title="甲")]])
def test_an_optional_change_may_happen_or_not(actual: list[ActualChange]) -> None:
    pairing = pair_changes([want("create", record={"title": "甲"}, optional=True)], actual)
    assert (pairing.missing, pairing.unexpected) == ((), ())


def test_a_change_that_must_happen_comes_before_an_optional_one() -> None:
    expected = [want("create", optional=True), want("create", record={"title": "甲"})]
    pairing = pair_changes(expected, [create(title="甲")])
    assert (pairing.pairs, pairing.missing) == (((1, 0),), ())


def test_match_says_which_record_it_was_before() -> None:
    change = update("task", {"title": "甲"}, title="乙")
    assert pair_changes([want("update", match={"title": "甲"}, record={"title": "乙"})], [change]).missing == ()
    assert pair_changes([want("update", match={"title": "乙"}, record={"title": "乙"})], [change]).missing == (0,)


@pytest.mark.parametrize(("op", "kind"), [("create", "task"), ("update", "note")])
def test_operation_and_type_must_be_equal(op: str, kind: str) -> None:
    assert pair_changes([want(op, kind)], [update("task", {"title": "甲"}, title="乙")]).missing == (0,)


def test_a_deleted_record_is_compared_as_it_last_was() -> None:
    gone = ActualChange(op="delete", type="task", record={"title": "甲"}, before={"title": "甲"})
    assert pair_changes([want("delete", record={"title": "甲"})], [gone]).missing == ()


def test_a_task_taken_back_may_show_as_cancelled() -> None:
    cancelled = update("task", {"title": "甲", "status": "open"}, status="cancelled")
    assert pair_changes([want("delete")], [cancelled], created=[create(title="甲")]).missing == ()


def test_a_task_that_was_there_before_is_not_deleted_by_cancelling() -> None:
    cancelled = update("task", {"title": "甲", "status": "open"}, status="cancelled")
    assert pair_changes([want("delete")], [cancelled], created=[create(title="乙")]).missing == (0,)


LOST: dict[str, Any] = {"stage": "offer", "closed_on": None, "lost_reason": None, "amount": 1}
ENDED: dict[str, Any] = {"stage": "lost", "closed_on": "2026-01-01", "lost_reason": "价格", "amount": 1}
THEIRS: dict[str, Any] = {"customer": "甲", "opportunity": "大单", "lead": None}
WHEN: dict[str, Any] = {"closed_on": "2026-01-01"}
WHY: dict[str, Any] = {"lost_reason": "价格"}
UNASKED = [
    pytest.param({"amount": 2}, "opportunity", LOST, {"amount": 2}, (), id="asked for"),
    pytest.param({"amount": 2}, "opportunity", LOST, {"amount": 2, "stage": "won"}, ("stage",), id="not asked for"),
    pytest.param({"title~": "乙"}, "task", {"title": "甲"}, {"title": "乙"}, (), id="asked for by a part"),
    pytest.param({}, "task", {"title": "甲"}, {"title": "乙"}, (), id="no field named leaves it open"),
    pytest.param({"amount": 2}, "opportunity", {"amount": 1, "tags": None}, {"amount": 2, "tags": []}, (), id="empty"),
    pytest.param({"stage": "lost"}, "opportunity", LOST, ENDED, (), id="losing sets day and reason"),
    pytest.param({"stage": "won"}, "opportunity", LOST, {"stage": "won", "closed_on": "2026-01-01"}, (), id="winning"),
    pytest.param({"stage": "won"}, "opportunity", LOST, WHY | {"stage": "won"}, ("lost_reason",), id="reason"),
    pytest.param({"stage": "talk"}, "opportunity", ENDED, {**LOST, "stage": "talk"}, (), id="reopening clears both"),
    pytest.param({"stage": "talk"}, "opportunity", LOST, WHEN | {"stage": "talk"}, ("closed_on",), id="open"),
    pytest.param({"amount": 2}, "opportunity", LOST, WHEN | {"amount": 2}, ("closed_on",), id="no stage"),
    pytest.param({"customer": "乙"}, "task", THEIRS, {"customer": "乙", "opportunity": None}, (), id="customer"),
    pytest.param({"customer": "乙"}, "task", THEIRS, {"customer": "乙", "lead": "x"}, ("lead",), id="sets a lead"),
    pytest.param({"opportunity": "小单"}, "task", THEIRS, {"opportunity": "小单", "customer": "乙"}, (), id="deal"),
]


@pytest.mark.parametrize(("asked", "kind", "before", "after", "unasked"), UNASKED)
def test_fields_that_nobody_asked_for(
    asked: dict[str, Any], kind: str, before: dict[str, Any], after: dict[str, Any], unasked: tuple[str, ...]
) -> None:
    expected = want("update", kind, record=asked)
    assert unasked_fields(expected, update(kind, before, **after)) == unasked


def test_a_change_without_unasked_fields_is_preferred() -> None:
    dirty = update("task", {"title": "甲", "priority": "low"}, title="乙", priority="high")
    clean = update("task", {"title": "甲", "priority": "low"}, title="乙")
    expected = [want("update", record={"title": "乙"}), want("update", record={"title": "乙", "priority": "high"})]
    pairing = pair_changes(expected, [dirty, clean])
    assert (pairing.pairs, pairing.unasked) == (((0, 1), (1, 0)), {})
