"""The store's commands: migrate, import, export, backup, restore, merge, records."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic_settings import BaseSettings, SettingsConfigDict
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from crm_store.database import DEFAULT_URL, Database
from crm_store.duplicates import OnDuplicate
from crm_store.errors import ImportRejected, NotPermitted, RecordNotVisible, StoreError, UnstorableText
from crm_store.fields import FIELDS, PLURALS
from crm_store.headings import LABELS, type_named
from crm_store.principal import SYSTEM, Origin, Principal
from crm_store.store import Store, principal_of
from crm_store.unit_of_work import UnitOfWork

T = TypeVar("T")
app = typer.Typer(add_completion=False, no_args_is_help=True)
_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)
Url = Annotated[str | None, typer.Option("--database", help="数据库地址,默认取 SALES_ASSISTANT_DATABASE_URL")]
As = Annotated[str | None, typer.Option("--as", help="以这个用户的权限(用户 id);默认不限")]


class _Where(BaseSettings):
    """Where the store is, from the same variable and `.env` as the whole program."""

    model_config = SettingsConfigDict(env_prefix="SALES_ASSISTANT_", env_file=".env", extra="ignore")

    database_url: str = DEFAULT_URL


class _Now:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@app.command()
def migrate(database: Url = None) -> None:
    """建立数据库,或升级到本版本 (make or upgrade the tables)"""
    from crm_store.migrations import upgrade

    with _plainly():
        changed = upgrade(_url(database))
        _out.print("数据库已就绪" if changed else "数据库已是最新")


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="world.json 所在文件夹、一个表(.csv/.xlsx),或一文件夹的表")],
    type: Annotated[str | None, typer.Option("--type", help="记录类型:customer、客户……默认看文件名")] = None,
    map: Annotated[list[str] | None, typer.Option("--map", help="列名=字段,可多次")] = None,
    set: Annotated[list[str] | None, typer.Option("--set", help="字段=值,用于所有行,可多次")] = None,
    duplicates: Annotated[
        OnDuplicate, typer.Option(help="已有的记录:refuse 报错,skip 跳过,add 照加")
    ] = OnDuplicate.REFUSE,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="系统里已有用户时什么也不做")] = False,
    as_: As = None,
    database: Url = None,
) -> None:
    """导入一个世界或表格,全部成功或全不导入 (import a world, CSV or xlsx)"""
    from crm_store.importing import TableOptions, import_path

    with _plainly(), _store(database) as store:
        if if_empty and store.read_now(SYSTEM, lambda uow: uow.users.count()):
            _out.print("系统里已有数据,没有导入")
            return
        options = TableOptions(record_type=type, columns=_pairs(map), given=_pairs(set), on_duplicate=duplicates)
        with _counting("导入") as report:
            done = store.write_now(
                _principal(store, as_),
                Origin(channel="import", words=str(path)),
                lambda u: import_path(u, path, options, report),
            )
        _out.print(f"已导入 {done.records} 条记录" + (f"、{done.documents} 份资料" if done.documents else ""))
        if done.skipped:
            _out.print(f"跳过 {done.skipped} 条已有的记录")
        if done.kept_columns:
            _out.print(f"不认识的列保存在附加信息里:{'、'.join(done.kept_columns)}")


@app.command()
def export(
    target: Annotated[Path, typer.Argument(help="文件夹(world.json 和 collateral),或一个 .csv/.xlsx 文件")],
    type: Annotated[str | None, typer.Option("--type", help="导出成表时的记录类型;默认看文件名")] = None,
    tables: Annotated[bool, typer.Option("--tables", help="文件夹里每种记录一个 CSV,而不是 world.json")] = False,
    as_: As = None,
    database: Url = None,
) -> None:
    """导出整个系统或一种记录 (export a world, CSV or xlsx)"""
    from crm_store.exporting import export_table, export_world

    with _plainly(), _store(database) as store:
        principal = _principal(store, as_)
        if target.suffix.lower() in (".csv", ".xlsx"):
            chosen = {_type(type or target.stem): target}
        elif tables:
            chosen = {t: target / f"{PLURALS[t]}.csv" for t in FIELDS}
        else:
            count = store.read_now(principal, lambda uow: export_world(uow, target))
            _out.print(f"已导出 {count} 条记录到 {target}")
            return
        with _counting("导出") as report:
            for record_type, path in chosen.items():
                count = store.read_now(principal, _exporting(export_table, record_type, path, report))
                _out.print(f"{LABELS[record_type]}:{count} 条 → {path}")


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="备份文件")], database: Url = None) -> None:
    """备份整个数据库,不必停机 (back up while running)"""
    from crm_store import backup as backups

    with _plainly(), _database(database) as opened, _bar("备份") as progress:
        backups.backup(opened, target, progress)
    _out.print(f"已备份到 {target}")


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="备份文件")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问")] = False,
    database: Url = None,
) -> None:
    """用备份替换整个数据库,不必停机 (replace everything by a backup)"""
    from crm_store import backup as backups

    if not yes:
        typer.confirm("现有数据会全部被备份替换,继续吗?", abort=True)
    with _plainly(), _database(database) as opened, _bar("恢复") as progress:
        backups.restore(opened, source, progress, _Now().now())
    _out.print(f"已从 {source} 恢复")


@app.command()
def merge(
    kept: Annotated[str, typer.Argument(help="保留的客户:全名或编号")],
    other: Annotated[str, typer.Argument(help="并入的客户:全名或编号")],
    as_: As = None,
    database: Url = None,
) -> None:
    """把两个重复的客户并成一个 (merge two customers)"""
    from crm_store.merge import merge as merge_customers

    def work(uow: UnitOfWork) -> tuple[str, int]:
        result = merge_customers(uow, _customer(uow, kept), _customer(uow, other))
        return result.name, len(uow.audit.changes)

    with _plainly(), _store(database) as store:
        origin = Origin(channel="cli", words=f"merge {kept} {other}")
        name, changes = store.write_now(_principal(store, as_), origin, work)
        _out.print(f"已并入「{name}」,共改动 {changes} 条记录")


@app.command()
def records(
    type: Annotated[str, typer.Argument(help="记录类型:customer、客户……")],
    find: Annotated[str, typer.Option(help="只列出含有这段文字的")] = "",
    limit: Annotated[int, typer.Option(min=1, help="最多列几条")] = 50,
    as_: As = None,
    database: Url = None,
) -> None:
    """列出记录,每条一行 JSON (list records as JSON lines)"""
    from crm_store.natural import NaturalKeys

    def work(uow: UnitOfWork) -> Iterator[dict[str, Any]]:
        repository, natural, left = uow.repository(_type(type)), NaturalKeys(uow), limit
        last = 0
        while left and (page := repository.find(repository.c.id > last, limit=500)):
            last = page[-1].id
            natural.preload(_type(type), page)
            for record in page:
                shape = natural.record(_type(type), record)
                if left and find.casefold() in json.dumps(shape, ensure_ascii=False).casefold():
                    left -= 1
                    yield {"#": record.id, **shape}

    with _plainly(), _store(database) as store:
        for line in store.read_now(_principal(store, as_), lambda uow: list(work(uow))):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


@contextmanager
def _plainly() -> Iterator[None]:
    """Show what the user or operator can act on as plain sentences; anything else stays a stack trace."""
    try:
        yield
    except ImportRejected as error:
        _err.print("没有导入任何东西:", *error.problems, sep="\n", markup=False)
        raise typer.Exit(1) from None
    except (StoreError, NotPermitted, UnstorableText) as error:
        _err.print(str(error), markup=False)
        raise typer.Exit(1) from None
    except RecordNotVisible as error:
        _err.print(f"没有这条记录,或者无权查看:{error}", markup=False)
        raise typer.Exit(1) from None
    except OSError as error:
        _err.print(f"文件读写不了:{error}", markup=False)
        raise typer.Exit(1) from None


@contextmanager
def _database(url: str | None) -> Iterator[Database]:
    from crm_store.migrations import HEAD, current

    database = Database(_url(url))
    try:
        if database.read_now(current) != HEAD:
            raise StoreError("数据库还没有建立或版本不对,请先运行 sales-assistant migrate")
        yield database
    finally:
        database.close()


@contextmanager
def _store(url: str | None) -> Iterator[Store]:
    with _database(url) as database:
        yield Store(database, _Now())


def _url(url: str | None) -> str:
    return url or _Where().database_url


def _principal(store: Store, key: str | None) -> Principal:
    if key is None:
        return SYSTEM
    found = store.read_now(SYSTEM, lambda uow: principal_of(uow.users, uow.users.by_key(key)))
    if found is None:
        raise NotPermitted(f"没有用户“{key}”")
    return found


def _customer(uow: UnitOfWork, text: str) -> int:
    if text.isdecimal():
        return int(text)
    found = uow.customers.find(uow.customers.c.name == text)
    if len(found) != 1:
        raise NotPermitted(f"没有客户“{text}”" if not found else f"有 {len(found)} 个客户叫“{text}”,请用编号")
    return found[0].id


def _type(text: str) -> str:
    found = type_named(text)
    if found is None:
        raise NotPermitted(f"没有记录类型“{text}”,有:{'、'.join(FIELDS)}")
    return found


def _pairs(texts: list[str] | None) -> dict[str, str]:
    parts = [text.partition("=") for text in texts or ()]
    for left, equals, _ in parts:
        if not equals:
            raise NotPermitted(f"“{left}”应当写成 左边=右边")
    return {left: right for left, _, right in parts}


def _exporting(
    export_one: Callable[..., int], record_type: str, path: Path, report: Callable[[str, int], None]
) -> Callable[[UnitOfWork], int]:
    return lambda uow: export_one(uow, record_type, path, report)


@contextmanager
def _counting(title: str) -> Iterator[Callable[[str, int], None]]:
    """A progress line a record type, which counts records."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True, disable=not _err.is_terminal) as progress:
        tasks = {}

        def report(record_type: str, count: int) -> None:
            if record_type not in tasks:
                tasks[record_type] = progress.add_task(f"{title}{LABELS[record_type]}", total=None)
            progress.advance(tasks[record_type], count)

        yield report


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar of so much done of so much."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True, disable=not _err.is_terminal) as progress:
        task = progress.add_task(title)
        yield lambda done, total: progress.update(task, completed=done, total=total)
