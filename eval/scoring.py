"""Scores replayed cases: passed, wrong writes before and after 确认, needless holds, latency (FORMAT.md, "A case")."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from crm_store.records import LOST
from eval.matching import Pairing, contains, pair_changes
from eval.results import ActualChange, CaseResult, TurnResult
from eval.suite import Case, Expect, ExpectedChange

HELD = "pending"
_OWNED = ("customer", "opportunity", "lead")


@dataclass(frozen=True, kw_only=True, slots=True)
class TurnScore:
    """What is to be said of one turn; `reasons` is empty where everything holds."""

    reasons: tuple[str, ...] = ()
    wrong_before: int = 0
    wrong_after: int = 0
    needless_hold: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseScore:
    """What is to be said of one case; `error` is why it could not be played to its end."""

    case: Case
    result: CaseResult | None
    turns: tuple[TurnScore, ...]
    error: str | None = None

    @property
    def passed(self) -> bool:
        """Whether every turn holds."""
        return self.error is None and not any(turn.reasons for turn in self.turns)


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """The figures of a tag or of all; latencies in milliseconds, NaN without a turn."""

    cases: int
    passed: int
    wrong_before: int
    wrong_after: int
    needless_holds: int
    p50_ms: float
    p99_ms: float


def score_suite(cases: Iterable[Case], results: Mapping[str, CaseResult]) -> list[CaseScore]:
    """Each case with its score; a case that has no result counts as failed."""
    return [score_case(case, results.get(case.id)) for case in cases]


def score_case(case: Case, result: CaseResult | None) -> CaseScore:
    """The score of one case."""
    if result is None:
        return CaseScore(case=case, result=None, turns=(), error="no result")
    created: list[ActualChange] = []
    scores: list[TurnScore] = []
    for turn, got in zip(case.turns, result.turns, strict=False):
        scores.append(score_turn(turn.expect, got, created))
        created += [change for change in got.changes if change.op == "create"]
    short = len(result.turns) < len(case.turns)
    error = result.error or (f"{len(result.turns)} of {len(case.turns)} turns were played" if short else None)
    return CaseScore(case=case, result=result, turns=tuple(scores), error=error)


def score_turn(expect: Expect, got: TurnResult, created: Sequence[ActualChange] = ()) -> TurnScore:
    """The score of one turn; `created` are the creations of the turns before it."""
    reasons = [] if got.error is None or _may_fail(expect) else [f"error: {got.error}"]
    reasons += _reply_reasons(expect, got)
    if expect.changes is None:
        return TurnScore(reasons=tuple(reasons), needless_hold=_is_needless(expect, got))
    pairing = pair_changes(expect.changes, got.changes, created)
    wrong = [*pairing.unexpected, *pairing.unasked]
    after = sum(got.is_confirmed_change(position) for position in wrong)
    return TurnScore(
        reasons=(*reasons, *_change_reasons(expect.changes, got, pairing)),
        wrong_before=len(wrong) - after,
        wrong_after=after,
        needless_hold=_is_needless(expect, got),
    )


def totals(scores: Sequence[CaseScore]) -> Totals:
    """The figures of these cases."""
    turns = [turn for score in scores for turn in score.turns]
    latencies = sorted(t.latency_ms for s in scores if s.result is not None for t in s.result.turns)
    return Totals(
        cases=len(scores),
        passed=sum(score.passed for score in scores),
        wrong_before=sum(turn.wrong_before for turn in turns),
        wrong_after=sum(turn.wrong_after for turn in turns),
        needless_holds=sum(turn.needless_hold for turn in turns),
        p50_ms=percentile(latencies, 50),
        p99_ms=percentile(latencies, 99),
    )


def totals_by_tag(scores: Sequence[CaseScore]) -> dict[str, Totals]:
    """The figures of each tag, the most frequent tag first."""
    counts = Counter(tag for score in scores for tag in score.case.tags)
    tags = sorted(counts, key=lambda tag: (-counts[tag], tag))
    return {tag: totals([score for score in scores if tag in score.case.tags]) for tag in tags}


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile of rising values; NaN without any."""
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)] if ordered else math.nan


def _may_fail(expect: Expect) -> bool:
    return expect.outcome is not None and "failed" in expect.outcome


def _reply_reasons(expect: Expect, got: TurnResult) -> list[str]:
    reasons = []
    if expect.outcome is not None and got.outcome not in expect.outcome:
        reasons.append(f"outcome is {got.outcome}, not {' or '.join(expect.outcome)}")
    reasons += [f"reply lacks {each!r}" for each in expect.reply_has if not contains(got.reply, each)]
    reasons += [f"reply has {each!r}" for each in expect.reply_lacks if contains(got.reply, each)]
    if expect.cites and not _cited(got) & {name.casefold() for name in expect.cites}:
        reasons.append(f"cites none of {', '.join(expect.cites)}")
    offered = "\n".join(f"{option.get('label', '')}\n{option.get('value', '')}" for option in got.options)
    reasons += [f"no option has {each!r}" for each in expect.options_has if not contains(offered, each)]
    return reasons


def _cited(got: TurnResult) -> set[str]:
    """The cited documents as cases name them: without folder and `.md`."""
    names = (str(citation.get("document", "")) for citation in got.citations)
    return {PurePosixPath(name).name.removesuffix(".md").casefold() for name in names}


def _change_reasons(expected: Sequence[ExpectedChange], got: TurnResult, pairing: Pairing) -> list[str]:
    reasons = [f"not done: {_wanted(expected[e])}" for e in pairing.missing]
    reasons += [f"wrong write: {got.changes[a].op} {got.changes[a].type}" for a in pairing.unexpected]
    reasons += [
        f"wrong write: {got.changes[a].type} field {', '.join(fields)} was not asked for"
        for a, fields in sorted(pairing.unasked.items())
    ]
    return reasons


def _wanted(change: ExpectedChange) -> str:
    return f"{change.op} {change.type} {change.match or ''}{change.record or ''}"


def _is_needless(expect: Expect, got: TurnResult) -> bool:
    """Whether something was held that should have been done at once.

    That is so when the case expects changes, doesn't allow `pending`, and none of the changes is of a kind that
    FORMAT.md holds.
    """
    if got.outcome != HELD or not expect.changes or (expect.outcome is not None and HELD in expect.outcome):
        return False
    changes = [change for change in expect.changes if not change.optional] or expect.changes
    return not (_sets_one_field_of_many(changes) or any(_must_be_held(change, got) for change in changes))


def _must_be_held(change: ExpectedChange, got: TurnResult) -> bool:
    """Deleting, losing, giving a record to another owner."""
    if change.op == "delete":
        return True
    if change.op != "update":
        return False
    if change.type == "opportunity" and change.record.get("stage") == LOST:
        return True
    return change.type in _OWNED and "owner" in change.record and not _takes_unowned(change, got)


def _takes_unowned(change: ExpectedChange, got: TurnResult) -> bool:
    """Whether nobody owned the record before, so that nothing is taken from anybody."""
    before = [each.before for each in got.changes if each.type == change.type and each.before is not None]
    return bool(before) and all(record.get("owner") is None for record in before)


def _sets_one_field_of_many(changes: Sequence[ExpectedChange]) -> bool:
    """Whether one command may be behind several updates: they set the same fields of records of one type."""
    updates = Counter((c.type, frozenset(c.record)) for c in changes if c.op == "update")
    return any(count > 1 for count in updates.values())
