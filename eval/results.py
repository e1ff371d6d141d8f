"""What a replay writes down: one line a case, in the shape of FORMAT.md, read again to be scored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.suite import Outcome, SuiteError, describe, read_lines


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ActualChange(_Line):
    """One record that changed; `record` is as it was left (or, for a delete, last was), `before` as it had been."""

    op: Literal["create", "update", "delete"]
    type: str
    record: dict[str, Any]
    before: dict[str, Any] | None = None


class TurnResult(_Line):
    """One turn as it went.

    `confirmed_changes` are the positions in `changes` of what was only done after 确认, said by the replay or the case.
    """

    say: str
    reply: str = ""
    outcome: Outcome
    calls: list[dict[str, Any]] = Field(default_factory=list)
    changes: list[ActualChange] = Field(default_factory=list)
    citations: list[dict[str, Any]] = Field(default_factory=list)
    options: list[dict[str, Any]] = Field(default_factory=list)
    confirmed: bool = False
    latency_ms: float = 0.0
    confirmed_changes: list[int] | None = None
    error: str | None = None

    def is_confirmed_change(self, position: int) -> bool:
        """Whether the change at this position came after 确认; results that don't say count all of a confirmed turn."""
        return self.confirmed if self.confirmed_changes is None else position in self.confirmed_changes


class CaseResult(_Line):
    """One case as it went; `error` says why it could not be played to its end."""

    id: str
    turns: list[TurnResult]
    error: str | None = None


def to_line(result: CaseResult) -> str:
    """One line of JSON, without line end; keys in the order of FORMAT.md, an absent error left out."""
    plain = result.model_dump(mode="json")
    for part in (plain, *plain["turns"]):
        if part["error"] is None:
            del part["error"]
    return json.dumps(plain, ensure_ascii=False)


def read_results(path: Path) -> dict[str, CaseResult]:
    """The results of a file by case id. Raises SuiteError."""
    results: dict[str, CaseResult] = {}
    for number, value in read_lines(path):
        try:
            result = CaseResult.model_validate(value)
        except ValidationError as error:
            raise SuiteError(f"{path}:{number}: {describe(error)}") from error
        results[result.id] = result
    return results
