"""The verbs `collateral index` and `collateral search`: an index as a file, without a database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from crm_store.collateral.passages import Hit

app = typer.Typer(name="collateral", help="资料索引:建立与搜索 (index and search collateral)", add_completion=False)
_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)
Model = Annotated[
    str | None, typer.Option("--model", help="sentence-transformers 的模型名或文件夹;默认用内置的,不需要模型")
]


@app.command("index")
def index_folder(
    folder: Annotated[
        Path, typer.Argument(help="资料文件夹:Markdown、文本、HTML、PDF、DOCX、PPTX", exists=True, file_okay=False)
    ],
    to: Annotated[Path, typer.Option("--to", help="写到这个索引文件")],
    model: Model = None,
) -> None:
    """把文件夹里的资料建成索引 (index a folder of documents)"""
    from crm_store.collateral.embedding import SentenceEmbedder
    from crm_store.collateral.folders import index_of_folder
    from crm_store.collateral.storage import save

    with _progress() as report:
        indexed = index_of_folder(folder, SentenceEmbedder(model) if model else None, report)
    save(indexed.index, to)
    for path, reason in indexed.skipped:
        _err.print(f"[yellow]跳过[/yellow] {path}:{reason}")
    passages, sections = len(indexed.index.passages), len(indexed.index.sections)
    _out.print(f"已索引 {indexed.documents} 份资料、{sections} 节、{passages} 段,用时 {indexed.seconds:.1f} 秒 → {to}")
    if indexed.skipped:
        _out.print(f"跳过 {len(indexed.skipped)} 个文件")


@app.command("search")
def search_index(
    index: Annotated[Path, typer.Argument(help="collateral index 写的索引文件", exists=True, dir_okay=False)],
    queries: Annotated[Path, typer.Option("--queries", help='每行 {"id": …, "query": …}', exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", help="结果写到这里,每行一个查询")],
    k: Annotated[int, typer.Option("--k", min=1, help="每个查询最多几条")] = 10,
) -> None:
    """在索引里搜索,结果按相关程度排列 (search an index)"""
    from crm_store.collateral.storage import UnreadableIndex, load

    try:
        loaded = load(index)
    except UnreadableIndex as error:
        _err.print(f"[red]{error}[/red]:{index}")
        raise typer.Exit(1) from error
    asked = list(_queries(queries))
    with out.open("w", encoding="utf-8") as file:
        for one in asked:
            hits = [_row(hit) for hit in loaded.search(one["query"], count=k)]
            file.write(json.dumps({"id": one["id"], "hits": hits}, ensure_ascii=False) + "\n")
    _out.print(f"已搜索 {len(asked)} 个查询 → {out}")


def _queries(path: Path) -> Iterator[dict[str, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            yield {"id": asked["id"], "query": str(asked["query"])}
        except (ValueError, KeyError, TypeError) as error:
            _err.print(f'[red]{path} 第 {number} 行不是 {{"id": …, "query": …}}[/red]')
            raise typer.Exit(1) from error


def _row(hit: Hit) -> dict[str, object]:
    section = hit.section
    return {"document": section.document, "section": section.heading, "text": hit.text, "score": round(hit.score, 4)}


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_err, transient=True) as bar:
        task = bar.add_task("索引", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
