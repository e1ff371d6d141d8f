"""Query parameters of a list of records, made from its fields: equality, ranges, a search word, order, pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, create_model

from channels.problems import Problem, field_problems
from channels.rest.wire import RowId
from crm_store.fields import Field as RecordField
from crm_store.fields import Kind
from crm_store.listing import SEARCHED, Wanted, filterable, orders, ranged

MOST, FURTHEST = 200, 100_000
_TYPES: dict[Kind, Any] = {
    Kind.TEXT: Annotated[str, Field(max_length=256, pattern=r"^[^\x00]*$")],
    Kind.REF: RowId,
    Kind.WHOLE: Annotated[int, Field(ge=0, le=100)],
    Kind.FLAG: bool,
    Kind.NUMBER: Annotated[Decimal, Field(ge=-(10**15), le=10**15, allow_inf_nan=False)],
    Kind.DAY: date,
    Kind.INSTANT: AwareDatetime,
}


class _Query(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    limit: int = Field(default=50, ge=1, le=MOST, description="most records to give")
    offset: int = Field(default=0, ge=0, le=FURTHEST, description="records to pass over")
    after: RowId | None = Field(default=None, description="go on behind this id (order by id only)")
    total: bool = Field(default=False, description="count all that fit, too")


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """The query of one record type: its fields and what reads it."""

    model: type[BaseModel]
    read: Callable[[Request], Awaitable[tuple[Wanted, bool]]]


def filters(record_type: str) -> Filters:
    """Make the query of a record type."""
    model = create_model(f"{record_type.capitalize()}Query", __base__=_Query, **_fields(record_type))

    async def read(request: Request) -> tuple[Wanted, bool]:
        """What is wanted, and whether to count. Raises Problem invalid_body."""
        try:
            query = model.model_validate(dict(request.query_params))
        except ValidationError as error:
            details = field_problems(error.errors(include_input=False, include_url=False))
            raise Problem("invalid_body", details=details) from error
        return _wanted(record_type, query), query.total

    return Filters(model=model, read=read)


def _fields(record_type: str) -> dict[str, Any]:
    found: dict[str, Any] = {f.column: (_TYPES[f.kind] | None, None) for f in filterable(record_type)}
    for each in ranged(record_type):
        found[f"{each.column}_from"] = (_TYPES[each.kind] | None, None)
        found[f"{each.column}_to"] = (_TYPES[each.kind] | None, None)
    if SEARCHED[record_type]:
        about = f"a word to look for in {', '.join(SEARCHED[record_type])}"
        found["q"] = (_TYPES[Kind.TEXT] | None, Field(default=None, description=about))
    columns = orders(record_type)
    found["order"] = (Literal[(*columns, *(f"-{name}" for name in columns))], "id")
    return found


def _wanted(record_type: str, query: Any) -> Wanted:
    if query.after is not None and query.order not in ("id", "-id"):
        raise Problem("invalid_body", details=[{"field": "after", "message": "needs order=id or order=-id"}])
    return Wanted(
        equal=_given(query, filterable(record_type)),
        at_least=_given(query, ranged(record_type), "_from"),
        at_most=_given(query, ranged(record_type), "_to"),
        word=getattr(query, "q", None) or None,
        order=query.order,
        after=query.after,
        offset=query.offset,
        limit=query.limit,
    )


def _given(query: Any, fields: tuple[RecordField, ...], suffix: str = "") -> dict[str, Any]:
    values = {f.column: getattr(query, f"{f.column}{suffix}") for f in fields}
    return {column: value for column, value in values.items() if value is not None}
