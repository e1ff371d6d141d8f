"""What a record looks like to other programs: one model to read, one to create, one to change, made from its fields."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, get_type_hints
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, create_model

from channels.rest.body import Body
from channels.rest.wire import RowId
from crm_store.fields import FIELDS, Kind, longest
from crm_store.fields import Field as RecordField
from crm_store.principal import Principal
from crm_store.records import RECORD_TYPES, Record

MINE = {
    "customer": "owner_id",
    "opportunity": "owner_id",
    "note": "author_id",
    "task": "assignee_id",
    "interaction": "user_id",
}
"""The field that means the signed-in user when a new record does not say."""

_SERVER_SETS = ("completed_at",)
_ALSO_WRITTEN = {"stage": ("position",)}
_MOST = Decimal(10) ** 15
_LONG = 20_000
_BOOKKEEPING = ("version", "created_at", "updated_at")


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Models:
    """The models of one record type."""

    read: type[BaseModel]
    create: type[Body]
    change: type[Body]


def models(record_type: str) -> Models:
    """Make the models of a record type."""
    name = record_type.capitalize()
    create: dict[str, Any] = {c: (_writable(f), _default(record_type, f)) for c, f in _fields(record_type).items()}
    change: dict[str, Any] = {c: (_writable(f, optional=not _needed(f)), None) for c, f in _fields(record_type).items()}
    for column in _ALSO_WRITTEN.get(record_type, ()):
        create[column], change[column] = (int, ...), (int, None)
    return Models(
        read=create_model(name, __config__=ConfigDict(defer_build=True), **_readable(record_type)),
        create=create_model(f"New{name}", __base__=Body, **create),
        change=create_model(f"Changed{name}", __base__=Body, **change),
    )


def shape(record: Record, zone: ZoneInfo, names: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
    """A record as JSON values: money as a number of yuan, times in `zone`, and what its references are called."""
    plain = {f.name: _plain(getattr(record, f.name), zone) for f in dataclasses.fields(record)}
    del plain["deleted_at"]
    called = {column: _called(getattr(record, column), found) for column, found in names.items()}
    return {**plain, "names": {column: name for column, name in called.items() if name}}


def new_fields(record_type: str, body: Body, principal: Principal) -> dict[str, Any]:
    """The fields of a record to create; what was left out takes the record's own default."""
    given = {name: _stored(getattr(body, name)) for name in body.model_fields_set}
    if record_type in MINE:
        given.setdefault(MINE[record_type], principal.user_id)
    return given


def changed_fields(body: Body) -> dict[str, Any]:
    """The fields that a change names, null included."""
    return {name: _stored(getattr(body, name)) for name in body.model_fields_set}


def _stored(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _fields(record_type: str) -> dict[str, RecordField]:
    return {f.column: f for f in FIELDS[record_type] if f.column not in _SERVER_SETS and not _is_made_by_us(f)}


def _is_made_by_us(field: RecordField) -> bool:
    """A converted lead's customer comes from converting it."""
    return field.kept_in_extra and field.kind is Kind.REF


def _needed(field: RecordField) -> bool:
    """Whether the record can't be without a value, so that null is refused."""
    return field.required or field.default is not None or field.kind in (Kind.TEXTS, Kind.REFS, Kind.OBJECT, Kind.FLAG)


def _default(record_type: str, field: RecordField) -> Any:
    if field.required and MINE.get(record_type) != field.column:
        return ...
    return field.default


def _writable(field: RecordField, *, optional: bool | None = None) -> Any:
    kind = _kind(field)
    return kind | None if (not _needed(field) if optional is None else optional) else kind


def _kind(field: RecordField) -> Any:
    if field.choices:
        return Literal[field.choices]
    return {
        Kind.TEXT: _text(field),
        Kind.WHOLE: Annotated[int, Field(ge=0, le=100)],
        Kind.NUMBER: Annotated[Decimal, Field(ge=0, le=_MOST, decimal_places=2, allow_inf_nan=False, strict=False)],
        Kind.DAY: date,
        Kind.INSTANT: AwareDatetime,
        Kind.TEXTS: Annotated[list[_TEXT_IN_LIST], Field(max_length=200)],
        Kind.OBJECT: dict[str, Any],
        Kind.FLAG: bool,
        Kind.REF: RowId,
        Kind.REFS: Annotated[list[RowId], Field(max_length=200)],
    }[field.kind]


_NO_NUL = r"^[^\x00]*$"
_TEXT_IN_LIST = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=_NO_NUL)]


def _text(field: RecordField) -> Any:
    most = longest(_type_of(field), field) or _LONG
    least = 1 if field.required else 0
    return Annotated[str, StringConstraints(min_length=least, max_length=most, pattern=_NO_NUL, strip_whitespace=True)]


def _type_of(field: RecordField) -> str:
    return next(record_type for record_type, fields in FIELDS.items() if any(f is field for f in fields))


def _readable(record_type: str) -> dict[str, Any]:
    hints = get_type_hints(RECORD_TYPES[record_type])
    fields: dict[str, Any] = {name: (_json_type(hint), ...) for name, hint in hints.items() if name != "deleted_at"}
    fields["names"] = (dict[str, str | list[str]], Field(description="what the records behind the ids are called"))
    return fields


def _json_type(hint: Any) -> Any:
    text = str(hint)
    if "Decimal" in text:
        return float | None if "None" in text else float
    return hint


def _plain(value: Any, zone: ZoneInfo) -> Any:
    match value:
        case datetime():
            return value.astimezone(zone).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == int(value) else float(value)
        case tuple():
            return list(value)
        case _:
            return value


def _called(value: Any, names: Mapping[int, str]) -> str | list[str]:
    if isinstance(value, tuple):
        return [names.get(each, "") for each in value]
    return names.get(value, "")
