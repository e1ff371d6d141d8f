"""Names of the records that a result mentions, looked up while the store is open and carried in the result."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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


def names_for(ctx: ToolContext, records: Iterable[Record], **more: Iterable[int]) -> Names:
    """The names of everything that `records` refer to; `more` adds ids by record type."""
    wanted: dict[str, set[int]] = {kind: set(ids) for kind, ids in more.items()}
    fields: dict[str, tuple[tuple[str, str], ...]] = {}
    for record in records:
        cls = type(record)
        if cls.__name__ not in fields:
            fields[cls.__name__] = _references(cls)
        for name, kind in fields[cls.__name__]:
            value = getattr(record, name)
            if value:
                wanted.setdefault(kind, set()).update(value if isinstance(value, tuple) else (value,))
    return Names(by_type=names_of(ctx.crm, {kind: ids for kind, ids in wanted.items() if ids}))


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
