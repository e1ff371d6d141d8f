"""Importing files: worlds and tables, each whole or not at all, in the one transaction of its unit of work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm_store import documents
from crm_store.bulk import Same
from crm_store.duplicates import OnDuplicate
from crm_store.errors import ImportRejected
from crm_store.fields import FIELDS, Field
from crm_store.headings import match, missing, type_named
from crm_store.loading import Batch, Loader, Problems
from crm_store.sheets import Rows, Sheet, read_sheet
from crm_store.unit_of_work import UnitOfWork
from crm_store.world import Report, load_world

WORLD = "world.json"
_TABLES = (".csv", ".tsv", ".xlsx")


@dataclass(frozen=True, kw_only=True, slots=True)
class TableOptions:
    """How to read a table: `columns` maps headings to fields, `given` sets a field for every row."""

    record_type: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    on_duplicate: OnDuplicate = OnDuplicate.REFUSE


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What an import did. `kept_columns` are headings that no field knows; their cells are under the records' extra."""

    records: int
    skipped: int = 0
    documents: int = 0
    kept_columns: tuple[str, ...] = ()


def import_path(uow: UnitOfWork, path: Path, options: TableOptions, report: Report) -> Imported:
    """Import a world's folder, its `world.json`, a folder of tables or one table. Raises ImportRejected."""
    if path.is_dir() and (path / WORLD).is_file():
        return import_world(uow, path, report)
    if path.name.endswith(".json") and path.is_file():
        return Imported(records=load_world(uow, read_world(path), report))
    if path.is_dir():
        return _import_tables(uow, path, options, report)
    if not path.is_file():
        raise ImportRejected([f"没有文件 {path}"])
    return import_table(uow, path, options, report)


def import_world(uow: UnitOfWork, folder: Path, report: Report) -> Imported:
    """Import `world.json` and `collateral/`. Raises ImportRejected."""
    records = load_world(uow, read_world(folder / WORLD), report)
    files = documents.read_folder(folder / documents.FOLDER)
    for path, content in files:
        uow.documents.put(path, content)
    return Imported(records=records, documents=len(files))


def read_world(path: Path) -> dict[str, Any]:
    """A `world.json` as JSON says, without what Python's reader lets pass. Raises ImportRejected."""
    try:
        world = json.loads(path.read_text("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except UnicodeDecodeError as error:
        raise ImportRejected([f"{path.name}: 应当是 UTF-8"]) from error
    except json.JSONDecodeError as error:
        raise ImportRejected(
            [f"{path.name} 第 {error.lineno} 行第 {error.colno} 列: 不是 JSON({error.msg})"]
        ) from error
    except RecursionError as error:
        raise ImportRejected([f"{path.name}: 嵌套太深"]) from error
    if not isinstance(world, dict):
        raise ImportRejected([f"{path.name}: 应当是一个 JSON 对象"])
    return world


def import_table(uow: UnitOfWork, path: Path, options: TableOptions, report: Report) -> Imported:
    """Import one table of one record type. Raises ImportRejected."""
    record_type = type_named(options.record_type or path.stem)
    if record_type is None:
        raise ImportRejected([f"{path.name}: 看不出是哪种记录,请用 --type 指定,有:{'、'.join(FIELDS)}"])
    problems = Problems()
    loader = Loader(uow, problems, options.on_duplicate)
    table = _Table(record_type, read_sheet(path), options)
    records = 0
    for rows in table.sheet.batches:
        records += len(loader.load(table.batch(rows, problems)))
        report(record_type, len(rows.cells))
    problems.refuse()
    return Imported(records=records, skipped=loader.skipped, kept_columns=table.kept_columns)


def _import_tables(uow: UnitOfWork, folder: Path, options: TableOptions, report: Report) -> Imported:
    order = list(FIELDS)
    found = {p: type_named(p.stem) for p in sorted(folder.iterdir()) if p.suffix.lower() in _TABLES}
    tables = sorted((order.index(t), p) for p, t in found.items() if t is not None)
    if not tables:
        raise ImportRejected([f"{folder}: 没有 {WORLD},也没有以记录类型命名的表(如 customers.csv、客户.xlsx)"])
    parts = [import_table(uow, path, options, report) for _, path in tables]
    return Imported(
        records=sum(part.records for part in parts),
        skipped=sum(part.skipped for part in parts),
        kept_columns=tuple(heading for part in parts for heading in part.kept_columns),
    )


class _Table:
    """A sheet whose columns have been told apart."""

    def __init__(self, record_type: str, sheet: Sheet, options: TableOptions) -> None:
        self.sheet = sheet
        self._record_type = record_type
        self._fields: dict[int, Field] = match(record_type, sheet.headings, options.columns)
        self._given = _given(record_type, options.given)
        absent = missing(record_type, self._fields, self._given)
        if absent:
            raise ImportRejected([f"第 1 行: {problem}" for problem in absent])
        self._kept = {i: h for i, h in enumerate(sheet.headings) if h and i not in self._fields}

    @property
    def kept_columns(self) -> tuple[str, ...]:
        """Headings that are no field."""
        return tuple(self._kept.values())

    def batch(self, rows: Rows, problems: Problems) -> Batch:
        """The rows as columns; a row that has not as many cells as there are headings is a problem."""
        width, count = len(self.sheet.headings), len(rows.cells)
        cells: Iterable[Sequence[Any]] = rows.cells
        if set(map(len, rows.cells)) != {width}:
            self._note_ragged(rows, width, problems)
            cells = ((*row, *[""] * (width - len(row)))[:width] for row in rows.cells)
        columns = list(zip(*cells, strict=True))
        values: dict[str, Sequence[Any]] = {f.name: _stripped(columns[i]) for i, f in self._fields.items()}
        given = {name: Same(value, count) for name, value in self._given.items()}
        return Batch(
            record_type=self._record_type,
            count=count,
            values={**given, **values},
            extra=self._extra(columns, count),
            place=lambda index, name: self._place(rows, index, name),
        )

    def _note_ragged(self, rows: Rows, width: int, problems: Problems) -> None:
        for line, row in zip(rows.lines, rows.cells, strict=True):
            if len(row) != width:
                problems.add(f"第 {line} 行", f"有 {len(row)} 列,表头有 {width} 列")

    def _extra(self, columns: Sequence[Sequence[Any]], count: int) -> list[dict[str, Any]] | None:
        if not self._kept:
            return None
        kept = [(heading, columns[index]) for index, heading in self._kept.items()]
        return [{h: _plain(column[row]) for h, column in kept if column[row] != ""} for row in range(count)]

    def _place(self, rows: Rows, index: int, name: str) -> str:
        heading = next((self.sheet.headings[i] for i, f in self._fields.items() if f.name == name), name)
        return f"第 {rows.lines[index]} 行" + (f"「{heading}」" if heading else "")


def _given(record_type: str, given: Mapping[str, str]) -> dict[str, str]:
    names = {f.name for f in FIELDS[record_type]}
    unknown = [name for name in given if name not in names]
    if unknown:
        raise ImportRejected([f"没有字段“{name}”,有:{'、'.join(sorted(names))}" for name in unknown])
    return dict(given)


def _stripped(column: Sequence[Any]) -> list[Any]:
    """Cells without blanks around them, and without the quote that keeps a spreadsheet from seeing a formula."""
    if set(map(type, column)) == {str}:
        texts = list(map(str.strip, column))
        return list(map(_unguarded, texts)) if "'" in "".join(texts) else texts
    cells = [value.strip() if type(value) is str else value for value in column]
    if any("'" in cell for cell in cells if type(cell) is str):
        return [_unguarded(cell) if type(cell) is str else cell for cell in cells]
    return cells


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:2] in tuple("=+-@\t\r") else text


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) else str(value)


def _refuse_constant(name: str) -> None:
    raise ImportRejected([f"{WORLD}: {name} 不是 JSON 的数字"])


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ImportRejected([f"{WORLD}: 一个对象里有两个“{twice}”"])
    return found
