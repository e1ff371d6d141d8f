"""Names of the records that a result mentions, looked up while the store is open and carried in the result."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from crm_store.queries_names import names_of
from crm_store.records import Note, Order, Record, Task
from tools.base import ToolContext
from tools.cards import RecordLink

REFERENCES = {
    "owner_id": "user",
    "author_id": "user",
    "assignee_id": "user",
    "user_id": "user",
    "customer_id": "customer",
    "merged_into_id": "customer",
    "opportunity_id": "opportunity",
    "stage_id": "stage",
    "product_id": "product",
    "product_ids": "product",
    "lead_id": "lead",
}
LABEL_LENGTH = 24
_NOTHING: Mapping[str, None] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """Names by record type and id; an unknown id has the empty name."""

    by_type: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def of(self, record_type: str, record_id: int | None) -> str:
        """The name of a record, '' for None."""
        return "" if record_id is None else self.by_type.get(record_type, {}).get(record_id, "")

    def link(self, record_type: str, record_id: int | None) -> RecordLink | None:
        """A link to a record, None for None."""
        name = self.of(record_type, record_id)
        return RecordLink(type=record_type, id=record_id, label=name) if record_id is not None and name else None


def names_for(
    ctx: ToolContext,
    records: Iterable[Record],
    *,
    known: Iterable[Record] = (),
    asked: Mapping[str, int | Iterable[int] | None] = _NOTHING,
) -> Names:
    """The names of everything that `records` refer to, and of ids `asked` about (checked by the caller), by type.

    Names of `known` records, of `records` themselves and of the user are not asked for again.
    """
    mentioned = list(records)
    wanted = {kind: _ids(ids) for kind, ids in asked.items()}
    for kind, record_id in _referred(mentioned):
        wanted.setdefault(kind, set()).add(record_id)
    found = _known(ctx, (*mentioned, *known))
    missing = {kind: [one for one in ids if one not in found.get(kind, {})] for kind, ids in wanted.items()}
    for kind, names in names_of(ctx.crm, {kind: ids for kind, ids in missing.items() if ids}).items():
        found.setdefault(kind, {}).update(names)
    return Names(by_type=found)


def _ids(ids: int | Iterable[int] | None) -> set[int]:
    if ids is None:
        return set()
    return {ids} if isinstance(ids, int) else set(ids)


def _known(ctx: ToolContext, records: Iterable[Record]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {"user": {ctx.crm.principal.user_id: ctx.crm.principal.name}}
    for record in records:
        name = getattr(record, "name", None)
        if name is not None:
            found.setdefault(type(record).__name__.lower(), {})[record.id] = name
    return found


def _referred(records: Iterable[Record]) -> Iterator[tuple[str, int]]:
    """Type and id of all that records refer to."""
    fields: dict[str, tuple[tuple[str, str], ...]] = {}
    for record in records:
        cls = type(record)
        if cls.__name__ not in fields:
            fields[cls.__name__] = _references(cls)
        for name, kind in fields[cls.__name__]:
            value = getattr(record, name)
            for one in value if isinstance(value, tuple) else (value,):
                if one is not None:
                    yield kind, one


def _references(cls: type[Record]) -> tuple[tuple[str, str], ...]:
    return tuple((f.name, REFERENCES[f.name]) for f in dataclasses.fields(cls) if f.name in REFERENCES)


def label_of(record: Record, names: Names) -> str:
    """What a record is called in a sentence: its name, a task's title, the beginning of a note, an order's product."""
    if isinstance(record, Task):
        return record.title
    if isinstance(record, Order):
        return names.of("product", record.product_id)
    text = str(getattr(record, "summary", "") or getattr(record, "name", ""))
    short = text if len(text) <= LABEL_LENGTH else text[:LABEL_LENGTH] + "…"
    return short if isinstance(record, Note) or hasattr(record, "summary") else text


def link_to(record_type: str, record: Record, names: Names) -> RecordLink:
    """A link to a record."""
    return RecordLink(type=record_type, id=record.id, label=label_of(record, names))
