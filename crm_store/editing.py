"""Changing records field by field, as forms and other programs do: what a value refers to exists, keys stay unique."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from crm_store.fields import FIELDS, Field, Kind
from crm_store.records import Record
from crm_store.unit_of_work import UnitOfWork


class BadReference(Exception):
    """A field names a record that does not exist for the principal."""

    def __init__(self, column: str, record_id: int) -> None:
        super().__init__(f"{column} {record_id}")
        self.column = column
        self.record_id = record_id


class KeyTaken(Exception):
    """Another record has the same key."""


def create(uow: UnitOfWork, record_type: str, fields: Mapping[str, Any]) -> Record:
    """Add a record. Raises BadReference, KeyTaken, NotPermitted."""
    _check_references(uow, record_type, fields)
    try:
        with uow.savepoint():
            return uow.repository(record_type).add(**fields)  # type: ignore[no-any-return]
    except IntegrityError as error:
        raise KeyTaken(record_type) from error


def change(
    uow: UnitOfWork, record_type: str, record_id: int, fields: Mapping[str, Any], *, expected_version: int | None = None
) -> Record:
    """Change fields. Raises RecordNotVisible, VersionConflict, BadReference, KeyTaken, NotPermitted."""
    repository = uow.repository(record_type)
    before = repository.require(record_id)
    _check_references(uow, record_type, {n: v for n, v in fields.items() if getattr(before, n) != v})
    try:
        with uow.savepoint():
            return repository.update(record_id, expected_version=expected_version, **fields)  # type: ignore[no-any-return]
    except IntegrityError as error:
        raise KeyTaken(record_type) from error


def _check_references(uow: UnitOfWork, record_type: str, fields: Mapping[str, Any]) -> None:
    for field in FIELDS[record_type]:
        if field.target is not None:
            for record_id in _ids(field, fields.get(field.column)):
                if uow.repository(field.target).get(record_id) is None:
                    raise BadReference(field.column, record_id)


def _ids(field: Field, value: Any) -> tuple[int, ...]:
    if value is None:
        return ()
    return tuple(value) if field.kind is Kind.REFS else (value,)
