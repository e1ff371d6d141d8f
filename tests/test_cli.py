"""The command line finds verbs without importing them, and runs the one that is called."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from assistant import cli

VERBS = '''"""Verbs of a test."""
import typer

app = typer.Typer()
files = typer.Typer()
app.add_typer(files, name="files", help="Handle files.")


@app.command("import")
def import_() -> None:
    """Read a world.

    And more about it.
    """
    typer.echo("imported")


@app.command(help="写出 (write out)")
def write_out(name: str) -> None:
    """Not shown."""
    typer.echo(name)


@files.command()
def show() -> None:
    typer.echo("shown")


def lone(times: int = 1) -> None:
    """Stand alone."""
    typer.echo("lone" * times)
'''


@pytest.fixture
def entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[EntryPoint]:
    (tmp_path / "verbs_of_a_test.py").write_text(VERBS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    targets = {"import": "app", "write-out": "app", "files": "app", "lone": "lone"}
    found = [_entry(verb, f"verbs_of_a_test:{target}") for verb, target in targets.items()]
    monkeypatch.setattr(cli, "entry_points", lambda *, group: [*found, _entry("gone", "no_such_module.cli:app")])
    return found


def _entry(name: str, value: str) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=cli.GROUP)


@pytest.mark.parametrize(
    ("verb", "line"),
    [
        ("import", "Read a world."),
        ("write-out", "写出 (write out)"),
        ("files", "Handle files."),
        ("lone", "Stand alone."),
    ],
)
def test_a_summary_is_read_from_the_source(entries: list[EntryPoint], verb: str, line: str) -> None:
    summaries = {each.name: each.summary() for each in cli.installed_verbs(entries)}
    assert summaries[verb] == line


def test_the_overview_leaves_out_verbs_that_are_not_installed(
    entries: list[EntryPoint], capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["--help"])
    shown = capsys.readouterr().out
    assert all(each.name in shown for each in entries)
    assert "gone" not in shown


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        (["import"], "imported"),
        (["write-out", "甲"], "甲"),
        (["files", "show"], "shown"),
        (["lone", "--times", "2"], "lonelone"),
    ],
)
@pytest.mark.usefixtures("entries")
def test_a_verb_runs_with_its_arguments(arguments: list[str], output: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert (ended.value.code, capsys.readouterr().out.strip()) == (0, output)


@pytest.mark.parametrize(("arguments", "said"), [(["imprt"], "import"), (["gone"], "gone")])
@pytest.mark.usefixtures("entries")
def test_an_unknown_verb_is_a_usage_error_that_names_the_nearest(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == cli.USAGE_ERROR
    assert said in capsys.readouterr().err


def test_a_module_is_found_without_importing_its_package() -> None:
    assert cli.source_of("tests.test_cli") == Path(__file__)
    assert cli.source_of("no_such_package.cli") is None
