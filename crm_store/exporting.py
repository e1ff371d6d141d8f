"""Exporting: a world's folder, and tables that Excel opens without running anything in them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import cast, select
from sqlalchemy.types import String

from crm_store import documents
from crm_store.errors import NotPermitted
from crm_store.fields import FIELDS, PLURALS, Field, Kind
from crm_store.natural import NaturalKeys, Shape
from crm_store.schema import RECORD_TABLES
from crm_store.scope import visible
from crm_store.unit_of_work import UnitOfWork
from crm_store.world import Report, dump_world

_PAGE = 5000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_CELL = 32_767  # Excel's limit
Write = Callable[[Sequence[Any]], Any]


def export_world(uow: UnitOfWork, folder: Path) -> int:
    """Write `world.json` and `collateral/` and return the number of records. Only an admin may."""
    world = dump_world(uow)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(world, ensure_ascii=False, indent=1)
    _replace(folder / "world.json", lambda path: path.write_text(text + "\n", "utf-8"))
    documents.write_folder(uow.documents.all(), folder / documents.FOLDER)
    return sum(len(world[PLURALS[t]]) for t in FIELDS if PLURALS[t] in world)


def export_table(uow: UnitOfWork, record_type: str, path: Path, report: Report) -> int:
    """Write what the principal sees of one record type to a .csv (UTF-8 with BOM, as Excel likes) or .xlsx."""
    rows = _rows(uow, record_type, report)
    if path.suffix.lower() == ".xlsx":
        return _replace(path, lambda target: _write_xlsx(target, PLURALS[record_type], rows))
    if path.suffix.lower() == ".csv":
        return _replace(path, lambda target: _write_csv(target, rows))
    raise NotPermitted(f"{path.name}: 只能导出 .csv 和 .xlsx 文件")


def safe(text: str) -> str:
    """A text that a spreadsheet takes for text: one that looks like a formula gets a quote in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _replace(path: Path, write: Callable[[Path], int]) -> int:
    """Write beside the target, then put it in its place: nobody ever reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    try:
        done = write(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return done


def _write_csv(path: Path, rows: Iterator[list[Any]]) -> int:
    count = -1  # the headings are no record
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _write_xlsx(path: Path, title: str, rows: Iterator[list[Any]]) -> int:
    import openpyxl  # 0.2 s, for those who want a workbook

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    count = -1
    for row in rows:
        sheet.append([_CONTROL.sub("", cell)[:_LONGEST_CELL] if isinstance(cell, str) else cell for cell in row])
        count += 1
    book.save(path)
    return count


def _rows(uow: UnitOfWork, record_type: str, report: Report) -> Iterator[list[Any]]:
    """The headings, then the records; what a record keeps under `extra` has columns of its own."""
    fields = FIELDS[record_type]
    known = {field.name for field in fields}
    extra = [key for key in _extra_keys(uow, record_type) if key not in known]
    yield [field.name for field in fields] + [safe(key) for key in extra]
    natural = NaturalKeys(uow)
    for page in _pages(uow, record_type):
        natural.preload(record_type, page)
        for record in page:
            yield _cells(fields, extra, natural.record(record_type, record))
        report(record_type, len(page))


def _pages(uow: UnitOfWork, record_type: str) -> Iterator[list[Any]]:
    repository = uow.repository(record_type)
    last = 0
    while page := repository.find(repository.c.id > last, limit=_PAGE):
        yield page
        last = page[-1].id


def _extra_keys(uow: UnitOfWork, record_type: str) -> list[str]:
    table = RECORD_TABLES[record_type]
    query = select(table.c.extra).where(visible(record_type, uow.principal), cast(table.c.extra, String) != "{}")
    return list(dict.fromkeys(key for row in uow.rows(query) for key in row[0]))


def _cells(fields: Sequence[Field], extra: Sequence[str], shape: Shape) -> list[Any]:
    kept: Mapping[str, Any] = shape.get("extra", {})
    values = [_cell(f, (kept if f.kept_in_extra else shape).get(f.name, f.default)) for f in fields]
    return values + [_plain(kept.get(key)) for key in extra]


def _cell(field: Field, value: Any) -> Any:
    if value is None or field.kind in (Kind.NUMBER, Kind.WHOLE):
        return "" if value is None else value
    if field.kind in (Kind.TEXTS, Kind.REFS):
        return safe("、".join(value))
    if field.kind is Kind.FLAG:
        return "是" if value else "否"
    return _plain(value)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int | float):
        return "" if value is None else value
    if isinstance(value, dict | list):
        return safe(json.dumps(value, ensure_ascii=False)) if value else ""
    return safe(str(value))
