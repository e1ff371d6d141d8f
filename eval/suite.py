"""Cases of a suite as FORMAT.md defines them, read strictly: whatever is wrong is named with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from crm_store.fields import FIELDS, HOUSEKEEPING

Texts = Annotated[list[str], Field(min_length=1)]
Outcome = Literal["answered", "done", "pending", "asked", "refused", "failed"]
_TYPES = frozenset(record_type for record_type in FIELDS if record_type not in HOUSEKEEPING)


class SuiteError(Exception):
    """A suite, or a file of results, can't be read; the text names file, line and reason."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectedChange(_Strict):
    """One change that a turn shall make; keys of `record` and `match` are fields, with `~` they hold when contained."""

    op: Literal["create", "update", "delete"]
    type: str
    record: dict[str, Any] = Field(default_factory=dict)
    match: dict[str, Any] = Field(default_factory=dict)
    optional: bool = False

    @model_validator(mode="after")
    def _names_known_fields(self) -> ExpectedChange:
        if self.type not in _TYPES:
            raise ValueError(f"unknown record type {self.type!r}")
        known = {field.name for field in FIELDS[self.type] if not field.kept_in_extra}
        unknown = {key.removesuffix("~") for key in (*self.record, *self.match)} - known
        if unknown:
            raise ValueError(f"{self.type} has no field {', '.join(sorted(unknown))}")
        return self


class Expect(_Strict):
    """What must hold after a turn; a key that is absent says nothing."""

    changes: list[ExpectedChange] | None = None
    outcome: Annotated[list[Outcome], Field(min_length=1)] | None = None
    reply_has: list[str | Texts] = Field(default_factory=list)
    reply_lacks: list[str] = Field(default_factory=list)
    cites: list[str] = Field(default_factory=list)
    options_has: list[str] = Field(default_factory=list)


class Turn(_Strict):
    """One message: its text, or a recording next to the suite; `said` gives its true words for reports only."""

    say: str | None = None
    audio: str | None = None
    said: str | None = None
    expect: Expect = Field(default_factory=Expect)

    @model_validator(mode="after")
    def _is_text_or_audio(self) -> Turn:
        if (self.say is None) == (self.audio is None):
            raise ValueError("a turn has either say or audio")
        return self

    @property
    def words(self) -> str:
        """What was said, as far as the suite knows."""
        return next((text for text in (self.say, self.said, self.audio) if text is not None), "")


class Case(_Strict):
    """One conversation of one user in a fresh copy of a world."""

    id: str = Field(min_length=1)
    world: str = ""
    user: str
    tags: list[str] = Field(default_factory=list)
    now: datetime | None = None
    confirm: Literal["auto", "manual"] = "auto"
    turns: list[Turn] = Field(min_length=1)


_CASE_KEYS = frozenset(Case.model_fields)
_TURN_KEYS = frozenset(Turn.model_fields) - {"expect"}


def read_suite(path: Path, *, scored: bool = True) -> list[Case]:
    """All cases of a `.jsonl` file, in order.

    To be scored, a suite may hold nothing that FORMAT.md doesn't know: a rule unchecked is worse than an error.
    A replay alone (`scored=False`) reads what it needs and ignores the rest. Raises SuiteError.
    """
    cases: list[Case] = []
    seen: set[str] = set()
    for number, value in read_lines(path):
        case = _case(path, number, value if scored else _needed_to_replay(value))
        if case.id in seen:
            raise SuiteError(f"{path}:{number}: id {case.id!r} is used twice")
        seen.add(case.id)
        cases.append(case)
    if not cases:
        raise SuiteError(f"{path}: no cases in it")
    return cases


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The JSON values of a file of lines with their numbers from 1; blank lines are passed over. Raises SuiteError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SuiteError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise SuiteError(f"{path}: not UTF-8 at byte {error.start}") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise SuiteError(f"{path}:{number}: not JSON: {error}") from error


def describe(error: ValidationError) -> str:
    """A validation error on one line: where and what, for each problem."""
    return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'line'}: {e['msg']}" for e in error.errors())


def _case(path: Path, number: int, value: Any) -> Case:
    try:
        return Case.model_validate(value)
    except ValidationError as error:
        raise SuiteError(f"{path}:{number}: {describe(error)}") from error


def _needed_to_replay(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    case = {key: value[key] for key in _CASE_KEYS & value.keys()}
    turns = case.get("turns")
    if isinstance(turns, list):
        case["turns"] = [
            {key: turn[key] for key in _TURN_KEYS & turn.keys()} if isinstance(turn, dict) else turn for turn in turns
        ]
    return case
