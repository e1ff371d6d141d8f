"""Loading records given as columns of outside values: parse, resolve names, check, then write them in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_store.bulk import Same
from crm_store.duplicates import Duplicates, OnDuplicate
from crm_store.errors import ImportRejected
from crm_store.fields import FIELDS, Field, Kind, longest
from crm_store.names import name_keys
from crm_store.parsing import BadValue, parse
from crm_store.principal import Role
from crm_store.references import NOT_FOUND, SEVERAL, References
from crm_store.texts import is_storable
from crm_store.unit_of_work import UnitOfWork

Columns = dict[str, Sequence[Any]]
Place = Callable[[int, str], str]
"""Names the place of a problem from the row's index within the batch and the field's name."""
MOST_PROBLEMS = 100
_LABELS = {
    "user": "用户", "stage": "阶段", "customer": "客户", "product": "产品", "opportunity": "商机", "lead": "线索",
}  # fmt: skip
_OWNERS = {"customer": "owner_id", "opportunity": "owner_id", "lead": "owner_id", "task": "assignee_id"}


@dataclass(kw_only=True, slots=True)
class Problems:
    """What is wrong with the data, up to a number that somebody will still read."""

    found: list[str] = field(default_factory=list)
    left_out: int = 0

    def add(self, place: str, reason: str) -> None:
        """Note one problem at one place."""
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(f"{place}: {reason}")
        else:
            self.left_out += 1

    def __bool__(self) -> bool:
        return bool(self.found)

    def refuse(self) -> None:
        """Raise ImportRejected if there is any problem."""
        if self.found:
            more = [f"……另有 {self.left_out} 处问题"] if self.left_out else []
            raise ImportRejected(self.found + more)


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Records of one type: outside values by field name, every column `count` long; `extra` keeps unknown keys."""

    record_type: str
    count: int
    values: Mapping[str, Sequence[Any]]
    extra: Sequence[dict[str, Any]] | None
    place: Place


class Loader:
    """Turns batches into records; nothing is written for a batch with a problem, and no rules are skipped."""

    def __init__(self, uow: UnitOfWork, problems: Problems, policy: OnDuplicate) -> None:
        self._uow = uow
        self._problems = problems
        self._policy = policy
        self._duplicates: dict[str, Duplicates] = {}
        self.skipped = 0
        self._references = References(uow)
        self._stages = uow.stages.count()

    def load(self, batch: Batch) -> Sequence[int]:
        """Write one batch and return the new ids; none when there is any problem so far."""
        columns = self._columns(batch)
        self._check_permission(batch, columns)
        duplicates = self._duplicates_in(batch, columns)
        if self._policy == OnDuplicate.SKIP:
            columns, count = _without(columns, duplicates, batch.count)
            self.skipped += len(duplicates)
        else:
            count = batch.count
            for index, reason in duplicates.items():
                self._problems.add(batch.place(index, ""), reason)
        return () if self._problems else self._write(batch.record_type, columns, count)

    def _duplicates_in(self, batch: Batch, columns: Columns) -> dict[int, str]:
        if batch.record_type not in self._duplicates:
            self._duplicates[batch.record_type] = Duplicates(self._uow, batch.record_type, self._policy)
        return {} if self._problems else self._duplicates[batch.record_type].find(columns)

    def _columns(self, batch: Batch) -> Columns:
        """The columns of our tables, parsed and with ids for names; problems are noted."""
        fields = [f for f in FIELDS[batch.record_type] if f.name in batch.values or f.required]
        columns = {f.column: self._parsed(batch, f) for f in fields}
        for each in fields:
            if each.target is not None:
                columns[each.column] = self._resolved(batch, each, columns)
        if batch.extra is not None:
            columns["extra"] = batch.extra
        if batch.record_type == "customer":
            columns["name_key"] = name_keys([name or "" for name in columns["name"]])
        return columns

    def _write(self, record_type: str, columns: Columns, count: int) -> Sequence[int]:
        if record_type == "stage":
            columns["position"] = range(self._stages, self._stages + count)
            self._stages += count
        return self._uow.bulk.add(record_type, columns, count)

    def _parsed(self, batch: Batch, field: Field) -> Sequence[Any]:
        raw = batch.values.get(field.name)
        if raw is None:
            raw = Same(None, batch.count)
        limit, zone = longest(batch.record_type, field), self._uow.settings.timezone
        if field.target is not None:
            limit = None
        if field.kind is Kind.TEXT and not field.choices and _fits(raw, limit, field.required):
            return [value or None for value in raw]
        return _each(lambda value: parse(field, value, longest=limit, zone=zone), raw, self._noting(batch, field))

    def _noting(self, batch: Batch, field: Field) -> Callable[[int, str], None]:
        return lambda index, reason: self._problems.add(batch.place(index, field.name), reason)

    def _resolved(self, batch: Batch, field: Field, columns: Mapping[str, Sequence[Any]]) -> Sequence[Any]:
        names = columns[field.column]
        note = self._noting(batch, field)
        assert field.target is not None
        if field.target == "opportunity":
            return self._opportunities(names, columns.get("customer_id"), note)
        if field.kind is Kind.REFS:
            ids = self._references.ids(field.target, {name for each in names for name in each or ()})
            return [
                tuple(_id(ids, name, field, index, note) for name in each or ()) for index, each in enumerate(names)
            ]
        ids = self._references.ids(field.target, {name for name in names if name is not None})
        if min(ids.values(), default=1) > NOT_FOUND:
            return [None if name is None else ids[name] for name in names]
        return [None if name is None else _id(ids, name, field, index, note) for index, name in enumerate(names)]

    def _opportunities(
        self, names: Sequence[Any], customers: Sequence[Any] | None, note: Callable[[int, str], None]
    ) -> Sequence[Any]:
        pairs = list(zip(names, customers if customers is not None else Same(None, len(names)), strict=True))
        ids = self._references.opportunities([pair for pair in pairs if pair[0] is not None])
        for index, pair in enumerate(pairs):
            if pair[0] is not None and ids[pair] <= NOT_FOUND:
                note(index, _reason(ids[pair], "opportunity", pair[0]))
        return [None if pair[0] is None else ids[pair] for pair in pairs]

    def _check_permission(self, batch: Batch, columns: Mapping[str, Sequence[Any]]) -> None:
        """A rep imports what it could create by hand, a manager what the team could."""
        principal = self._uow.principal
        if principal.role is Role.ADMIN:
            return
        owner = _OWNERS.get(batch.record_type)
        if owner is None and batch.record_type in ("user", "stage", "product"):
            self._problems.add(batch.place(0, ""), "只有管理员可以导入")
        for index, user_id in enumerate(columns.get(owner or "", ())):
            if user_id is not None and not principal.covers(user_id):
                self._problems.add(batch.place(index, "owner"), "只能为自己(经理可为本组)导入")


def _without(columns: Columns, left_out: Mapping[int, str], count: int) -> tuple[Columns, int]:
    if not left_out:
        return columns, count
    kept = [index for index in range(count) if index not in left_out]
    return {name: [column[index] for index in kept] for name, column in columns.items()}, len(kept)


def _fits(values: Sequence[Any], limit: int | None, required: bool) -> bool:
    """Whether a whole column is plain, short and storable text, told by a few passes in C."""
    if not set(map(type, values)) <= {str, type(None)} or (required and not all(values)):
        return False
    texts = list(filter(None, values))
    return (limit is None or max(map(len, texts), default=0) <= limit) and is_storable("".join(texts))


def _each(convert: Callable[[Any], Any], values: Sequence[Any], note: Callable[[int, str], None]) -> list[Any]:
    """Convert value by value; equal texts are converted once."""
    known: dict[str, Any] = {}
    out: list[Any] = []
    for index, value in enumerate(values):
        text = value if type(value) is str else None
        if text is not None and text in known:
            out.append(known[text])
            continue
        try:
            out.append(convert(value))
        except BadValue as error:
            note(index, str(error))
            out.append(None)
        else:
            if text is not None:
                known[text] = out[-1]
    return out


def _id(ids: Mapping[str, int], name: str, field: Field, index: int, note: Callable[[int, str], None]) -> int:
    found = ids[name]
    if found <= NOT_FOUND:
        assert field.target is not None
        note(index, _reason(found, field.target, name))
    return found


def _reason(found: int, target: str, name: str) -> str:
    label = _LABELS[target]
    if found == SEVERAL:
        return f"有几个{label}都叫“{name[:30]}”,请写全名"
    return f"没有{label}“{name[:30]}”"


def unknown_keys(record: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """What a record has beyond the known fields; its own `extra` is taken apart, so that a round trip adds no layer."""
    names = set(known)
    extra = record.get("extra")
    kept = {key: value for key, value in record.items() if key not in names and key != "extra"}
    return {**(extra if isinstance(extra, dict) else {}), **kept}
